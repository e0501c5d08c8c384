package main

import (
	"archive/zip"
	"bytes"
	"compress/flate"
	"errors"
	"flag"
	"io"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/goroot"
)

var update = flag.Bool("update", false, "make api/api.zip out of the API files of this Go distribution")

const archive = "api/api.zip"

// distributed returns the API folder of this Go distribution, and skips the test if it has none.
func distributed(t *testing.T) string {
	root, err := goroot.Find()
	require.NoError(t, err)
	dir := filepath.Join(root, "api")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("this Go distribution, %s, has no api folder: only the copy is tested", root)
	}
	return dir
}

// The copy says what the distribution says, line by line.
func TestCarriedCopy(t *testing.T) {
	dir := distributed(t)
	if *update {
		pack(t, dir)
		t.Skip("made " + archive + ": run the test again, without -update")
	}
	copied, err := zip.NewReader(bytes.NewReader(carried), int64(len(carried)))
	require.NoError(t, err)
	files := 0
	for _, f := range copied.File {
		if _, ok := releaseOfFile(f.Name); !ok {
			continue
		}
		want, err := os.ReadFile(filepath.Join(dir, f.Name))
		require.NoError(t, err)
		got, err := fs.ReadFile(copied, f.Name)
		require.NoError(t, err)
		files++
		requireSameLines(t, string(want), spread(string(got)), f.Name)
	}
	assert.GreaterOrEqual(t, files, 27)
}

// requireSameLines compares texts but for the order of their lines.
func requireSameLines(t *testing.T, want, got, name string) {
	t.Helper()
	a, b := slices.Sorted(strings.Lines(want)), slices.Sorted(strings.Lines(got))
	if !slices.Equal(a, b) {
		for i := range min(len(a), len(b)) {
			require.Equal(t, a[i], b[i], "%s, line %d of the sorted ones", name, i+1)
		}
		require.Equal(t, len(a), len(b), "%s: number of lines", name)
	}
}

// pack makes the copy of the API files in dir.
func pack(t *testing.T, dir string) {
	files, err := folder(dir).load()
	require.NoError(t, err)
	var packed bytes.Buffer
	w := zip.NewWriter(&packed)
	w.RegisterCompressor(zip.Deflate, func(w io.Writer) (io.WriteCloser, error) { return flate.NewWriter(w, flate.BestCompression) })
	add := func(name, text string) {
		f, err := w.Create(name)
		require.NoError(t, err)
		_, err = io.WriteString(f, text)
		require.NoError(t, err)
	}
	license, err := os.ReadFile("api/LICENSE")
	require.NoError(t, err)
	add("LICENSE", string(license))
	for _, f := range files {
		name := "go" + f.release.String() + ".txt"
		if f.release == 0 {
			name = "go1.txt"
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		require.NoError(t, err)
		together := gather(string(text))
		requireSameLines(t, string(text), spread(together), name)
		add(name, together)
	}
	require.NoError(t, w.Close())
	require.NoError(t, os.WriteFile(archive, packed.Bytes(), 0o666))
}

// gather is what spread undoes.
func gather(text string) string {
	type about struct{ head, rest string }
	var all []about // in the order in which they come first; for lines about no platform, only a head
	platforms := map[about][]string{}
	for l := range strings.Lines(text) {
		ps, head, rest := platformsOf(l)
		a := about{l, ""}
		if len(ps) > 0 {
			a = about{head, rest}
		}
		if platforms[a] == nil || len(ps) == 0 {
			all = append(all, a)
		}
		platforms[a] = append(platforms[a], ps...)
	}
	slices.SortStableFunc(all, func(a, b about) int { // the same platforms next to each other compress well
		return slices.Compare(platforms[a], platforms[b])
	})
	var b strings.Builder
	for _, a := range all {
		b.WriteString(a.head + strings.Join(platforms[a], " ") + a.rest)
	}
	return b.String()
}

func TestSpread(t *testing.T) {
	const text = "# a comment (of one line), and more\n" +
		"pkg a (x-1 y-2), method (*T) M(int), more\n" +
		"pkg a (x-1), const C = \"(p q), r\"\n" +
		"\n" +
		"pkg a, method (*T) M(func() (int, error))"
	assert.Equal(t, "# a comment (of one line), and more\n"+
		"pkg a (x-1), method (*T) M(int), more\n"+
		"pkg a (y-2), method (*T) M(int), more\n"+
		"pkg a (x-1), const C = \"(p q), r\"\n"+
		"\n"+
		"pkg a, method (*T) M(func() (int, error))", spread(text))
}

// distribution makes the program believe that the Go distribution has these files only.
func distribution(t *testing.T, files map[string]string) (root string) {
	root = t.TempDir()
	for name, text := range files {
		path := filepath.Join(root, filepath.FromSlash(name))
		require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
		require.NoError(t, os.WriteFile(path, []byte(text), 0o666))
	}
	t.Cleanup(func() { findRoot = goroot.Find })
	findRoot = func() (string, error) { return root, nil }
	return root
}

// invokeDefault runs the program without -dir, and returns what it wrote, in one line.
func invokeDefault(args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	code = run(args, &out, &errs)
	return code, strings.Join(strings.Fields(out.String()), " "), errs.String()
}

const copied = "the copy of Go's api folder that timeline carries"

// Without an api folder, every command answers from the copy, and says so.
func TestDistributionWithoutAPI(t *testing.T) {
	root := distribution(t, map[string]string{"VERSION": "go1.27"})
	for _, args := range [][]string{{"at", "1.21", "slices"}, {"at", "1.20", "slices"}, {"at", "1.21"}, {"diff", "1.20", "1.21", "go/ast"},
		{"when", "func ContainsFunc"}} {
		code, stdout, stderr := invokeDefault(args...)
		assert.Zero(t, code, "%v: %s", args, stderr)
		assert.Contains(t, stdout, "Read from "+copied+" (no API history in "+filepath.Join(root, "api")+": there is no such folder).", args)
		assert.Contains(t, stdout, "1.21", args)
	}
	code, _, stderr := invokeDefault("at", "1.999")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, stderr, "unknown release 1.999: "+copied+" has Go 1.0 to Go 1.")
	assert.Contains(t, stderr, "; -dir names another folder")

	distribution(t, map[string]string{"api/except.txt": "", "api/README": ""})
	_, stdout, _ := invokeDefault("at", "1.21", "slices")
	assert.Contains(t, filepath.ToSlash(stdout), "/api: it has no file go1*.txt).")
}

func TestDistributionWithAPI(t *testing.T) {
	root := distribution(t, map[string]string{"api/go1.txt": "pkg own, const C int\n"})
	code, stdout, stderr := invokeDefault("at", "1", "own")
	assert.Zero(t, code, stderr)
	assert.Contains(t, stdout, "Read from "+filepath.Join(root, "api")+".")
	code, stdout, _ = invokeDefault()
	assert.Zero(t, code)
	assert.Contains(t, stdout, "1 line of API text in "+filepath.Join(root, "api")+",")
	code, _, stderr = invokeDefault("at", "1.21")
	assert.Equal(t, cli.Failed, code)
	assert.Equal(t, "timeline: unknown release 1.21: the history has Go 1.0 only\n", stderr)
}

// What is there and cannot be read is an error: the copy is not taken for it.
func TestDistributionWithBadAPI(t *testing.T) {
	root := distribution(t, map[string]string{"api/go1.txt": "pkg own, const C int\nnonsense\n"})
	code, stdout, stderr := invokeDefault("at", "1")
	assert.Equal(t, cli.Failed, code)
	assert.Empty(t, stdout)
	assert.Contains(t, stderr, filepath.Join(root, "api", "go1.txt")+":2: ")

	root = distribution(t, map[string]string{"api": "a file\n"})
	code, _, stderr = invokeDefault("at", "1")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, stderr, "cannot read "+filepath.Join(root, "api")+": ")
}

func TestMissingGoCommand(t *testing.T) {
	t.Setenv("PATH", "")
	code, stdout, stderr := invokeDefault("at", "1.18")
	assert.Zero(t, code, stderr)
	assert.Contains(t, stdout, "that timeline carries (cannot ask the go command for its folder: ")
}

// Every command that the overview suggests has an answer, whatever was read.
func TestSuggestions(t *testing.T) {
	own := func(texts ...string) string {
		dir := filepath.Join(t.TempDir(), "it's a $folder")
		require.NoError(t, os.Mkdir(dir, 0o777))
		for i, text := range texts {
			require.NoError(t, os.WriteFile(filepath.Join(dir, "go1."+string(rune('1'+i))+".txt"), []byte(text), 0o666))
		}
		return dir
	}
	real, err := os.ReadFile("testdata/go1.txt")
	require.NoError(t, err)
	distribution(t, nil)
	for name, c := range map[string]struct {
		dir  string
		want int
	}{
		"the copy":     {"", 3},
		"testdata":     {"testdata", 3},
		"one release":  {own(string(real)), 2},
		"two, alike":   {own(string(real), "# nothing\n"), 3},
		"a platform":   {own("pkg soil (clay-386), const Depth = 3\n"), 2},
		"one, empty":   {own("# nothing\n"), 0},
		"a flag":       {own("pkg -a, const X = 1\n"), 1},
		"one package":  {own("pkg a, const X = \"a 'b' $c\"\n", "pkg a, const X = 2\n"), 3},
		"empty before": {own("", "pkg a, const It's int\n"), 3},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"-dir", c.dir}
			if c.dir == "" {
				if testing.Short() {
					t.Skip("the overview of all releases measures for seconds")
				}
				args = nil
			}
			var out, errs strings.Builder
			require.Zero(t, run(args, &out, &errs), errs.String())
			if c.dir == "" {
				assert.Regexp(t, `^The API of (2[7-9]|[3-9]\d) Go releases, all of them in memory at once\n`+
					`1\d\d,\d\d\d lines of API text in `+copied+` \(no`, out.String())
			}
			try := func(out string) {
				_, tries, ok := strings.Cut(out, "\nTry:\n")
				require.Equal(t, c.want > 0, ok, out)
				tries, _, _ = strings.Cut(tries, "\n\n")
				if !ok {
					return
				}
				lines := strings.Split(strings.TrimSuffix(tries, "\n"), "\n")
				require.Len(t, lines, c.want)
				for _, l := range lines {
					words := shellWords(t, l)
					require.Equal(t, "timeline", words[0])
					var out, errs strings.Builder
					assert.Zero(t, run(words[1:], &out, &errs), "%s: %s", l, errs.String())
				}
			}
			try(out.String())
			out.Reset()
			args = append(args, "-store", filepath.Join(t.TempDir(), "a $file"))
			require.Zero(t, run(args, &out, &errs), errs.String())
			assert.Contains(t, out.String(), "all of them in one file\n")
			try(out.String())
		})
	}
}

// TestSuggestionsOnWindows: what its shells cannot read is not suggested.
func TestSuggestionsOnWindows(t *testing.T) {
	for _, c := range []struct {
		words []string
		want  string
	}{
		{[]string{"-dir", `C:\my api`, "when", "func F"}, `timeline -dir "C:\my api" when "func F"`},
		{[]string{"when", "method (*T) F"}, `timeline when "method (*T) F"`},
		{[]string{"-dir", "a$b", "at", "1.0", "a"}, ""},
	} {
		got, ok := command("windows", "timeline", c.words)
		assert.Equal(t, c.want, got)
		assert.Equal(t, c.want != "", ok)
	}
}

// shellWords splits a command as a shell does.
func shellWords(t *testing.T, command string) (words []string) {
	sh, err := exec.LookPath("sh")
	if err != nil {
		t.Skipf("there is no shell to read the suggestions: %v", err)
	}
	out, err := exec.Command(sh, "-c", `printf '%s\n' `+command).Output()
	require.NoError(t, err, command)
	return strings.Split(strings.TrimSuffix(string(out), "\n"), "\n")
}
