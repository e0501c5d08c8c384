package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// timing matches what differs from run to run.
var timing = regexp.MustCompile(`[0-9.,]+ (ns|us|ms|s)\b`)

// invoke runs the program and returns what it wrote, without times.
func invoke(args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	code = run(args, &out, &errs)
	return code, timing.ReplaceAllString(out.String(), "TIME"), errs.String()
}

// poemArgs returns arguments before which the text and the edits of testdata are named.
func poemArgs(args string) []string {
	return append([]string{"-file", "testdata/poem.txt", "-edits", "testdata/edits.txt"}, strings.Fields(args)...)
}

func TestCommands(t *testing.T) {
	for args, want := range map[string]string{
		"cat 3": `	the wood is 木,

is one and the same.
The old wood is gröwn,
End without a newline`,
		"at 0": `Version 0 of 6: testdata/poem.txt as it was read, 96 bytes

  The wood is gröwn,
      the wood is 木,

  and every stem
  is one and the same.
  End without a newline
`,
		"at 1": `Version 1 of 6: 100 bytes, after
insert 4 "old "

line 1, byte 4:
- The wood is gröwn,
+ The old wood is gröwn,
      the wood is 木,

  and every stem

It took TIME to open versions 0 and 1, to count their lines up to there, and to read these.
`,
		"at 2": `Version 2 of 6: 85 bytes, after
delete 43 15

line 4, byte 43:
  The old wood is gröwn,
      the wood is 木,

- and every stem
  is one and the same.
  End without a newline

It took TIME to open versions 1 and 2, to count their lines up to there, and to read these.
`,
		"at 3": `Version 3 of 6: 85 bytes, after
move 0 24 to 40

line 1, byte 0:
- The old wood is gröwn,
      the wood is 木,

  is one and the same.

line 4, byte 40:
      the wood is 木,

  is one and the same.
+ The old wood is gröwn,
  End without a newline

It took TIME to open versions 2 and 3, to count their lines up to there, and to read these.
`,
		"at 6": `Version 6 of 6: 157 bytes, after
insert 0 "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n"

line 1, byte 0:
+ 1
+ 2
+ 3
+ 4
+ 5
+ 6
+ 7
+ 8
+ 9
+ 10
+ 11
+ 12
+ ... and 2 more lines
  and every stem
  The old wood is gröwn,
      the wood is 木,

It took TIME to open versions 5 and 6, to count their lines up to there, and to read these.
`,
	} {
		code, stdout, stderr := invoke(poemArgs(args)...)
		assert.Zero(t, code, args)
		assert.Empty(t, stderr, args)
		assert.Equal(t, want, stdout, args)
	}
}

// What changes at the end of a long line is shown, and what cannot be printed is not.
func TestLongLinesAndControlCharacters(t *testing.T) {
	dir := t.TempDir()
	file, list := filepath.Join(dir, "text"), filepath.Join(dir, "list")
	write(t, file, strings.Repeat("ä", 500)+"\x1b[31m end\r\n"+strings.Repeat("x", 300))
	write(t, list, "insert 1001 \"here\"\n")
	code, stdout, stderr := invoke("-file", file, "-edits", list, "at", "1")
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "\n- ..."+strings.Repeat("ä", 24)+".[31m end\n+ ..."+strings.Repeat("ä", 24)+".here[31m end\n")
	requireNarrow(t, stdout)
}

// A line that is divided, or joined with the next, is shown as a whole before and after.
func TestDividedLines(t *testing.T) {
	dir := t.TempDir()
	file, list := filepath.Join(dir, "text"), filepath.Join(dir, "list")
	write(t, file, "abc\ndef\n")
	write(t, list, "insert 1 \"\\n\"\ndelete 1 1\ndelete 8 0\n")
	for v, want := range map[string]string{
		"1": "line 1, byte 1:\n- abc\n+ a\n+ bc\n  def\n\n",
		"2": "line 1, byte 1:\n- a\n- bc\n+ abc\n  def\n\n",
		"3": "line 3, byte 8:\n  abc\n  def\n\n",
	} {
		code, stdout, stderr := invoke("-file", file, "-edits", list, "at", v)
		require.Zero(t, code, stderr)
		assert.Contains(t, stdout, want, "version %s", v)
	}
}

func TestOverview(t *testing.T) {
	code, stdout, stderr := invoke(poemArgs("")...)
	require.Zero(t, code, stderr)
	for _, want := range []string{
		"A text, 6 edits, and every version of it\ntext   testdata/poem.txt, 96 bytes\nedits  testdata/edits.txt\n",
		"\ninsert               2            18  ", "\ndelete               1            15  ", "\nmove ", "\ncopy ",
		"\n0                   96  ", "\n1                  100  ", "\n6                  157  ",
		"\nKeeping 7 versions  ", "Every version was made as one too",
	} {
		assert.Contains(t, stdout, want)
	}
	requireNarrow(t, stdout)
}

// Without copies of all versions, what they would hold is reckoned, and said to be.
func TestOverviewOfManyVersions(t *testing.T) {
	file := filepath.Join(t.TempDir(), "text")
	const size, n = 1 << 20, 120
	write(t, file, strings.Repeat(poem, size/len(poem)))
	code, stdout, stderr := invoke("-file", file, "-n", "120")
	require.Zero(t, code, stderr)
	assert.Regexp(t, `(?m)^120 .* ~12\d\.\d MB$`, stdout)
	assert.Regexp(t, `(?m)^10 .* 11\.\d MB$`, stdout, "these were made")
	assert.Contains(t, stdout, "edits  generated with -seed 1\n")
	assert.Contains(t, stdout, "\nKeeping 121 versions ")
	assert.Regexp(t, `(?m)^  memory held .*[0-9]x less$`, stdout)
	assert.Contains(t, strings.ReplaceAll(stdout, "\n", " "), "all 121 held as much")
	requireNarrow(t, stdout)
}

func TestOverviewOfNothing(t *testing.T) {
	file := filepath.Join(t.TempDir(), "text")
	write(t, file, "")
	code, stdout, stderr := invoke("-file", file, "-n", "0")
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "\nKeeping 1 version ")
	assert.NotContains(t, stdout, "NaN")
	assert.NotContains(t, stdout, "Inf")
}

// What -record writes, -edits reads: every version is the same.
func TestRecord(t *testing.T) {
	dir := t.TempDir()
	file, list := filepath.Join(dir, "text"), filepath.Join(dir, "list")
	write(t, file, string(long()))
	code, stdout, stderr := invoke("-file", file, "-n", "400", "-seed", "3", "-record", list)
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "edits  generated with -seed 3, written to "+list+"\n")
	for _, v := range []string{"1", "399", "400"} {
		_, generated, _ := invoke("-file", file, "-n", "400", "-seed", "3", "cat", v)
		_, read, _ := invoke("-file", file, "-edits", list, "cat", v)
		assert.Equal(t, generated, read, "version %s", v)
		assert.NotEmpty(t, read)
	}
}

func TestErrors(t *testing.T) {
	dir := t.TempDir()
	bad, beyond := filepath.Join(dir, "bad"), filepath.Join(dir, "beyond")
	write(t, bad, "insert 0 \"x\"\n\ndelete 0\n")
	write(t, beyond, "# of a longer text\ndelete 0 90\ninsert 7 \"x\"\n")
	const file = "-file testdata/poem.txt "
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"-file testdata/none", cli.Failed, "cannot read the text: open testdata/none:"},
		{"-file testdata", cli.Failed, "cannot read the text: "},
		{file + "-edits testdata/none", cli.Failed, "cannot read the edits: open testdata/none:"},
		{file + "-edits " + bad, cli.Failed, bad + ":3: not of the form delete AT COUNT: delete 0\n"},
		{file + "-edits " + beyond, cli.Failed, beyond + `:3: position 7 is out of range: the text has 6 bytes: insert 7 "x"` + "\n"},
		{file + "at 1 -edits " + beyond, cli.Failed, beyond + ":3: "},
		{file + "-edits testdata/edits.txt at 7", cli.Failed, "there is no version 7: the edits make versions 0 to 6\n"},
		{file + "cat 11 -n 10", cli.Failed, "there is no version 11: the edits make versions 0 to 10\n"},
		{file + "-n 10 cat -- -1", cli.Failed, "there is no version -1"},
		{file + "-n 10 -record testdata/none/list", cli.Failed, "cannot record the edits: open testdata/none/list:"},
		{file + "at last", cli.Usage, `"last" is no version; versions are counted from 0`},
		{file + "-n -5", cli.Usage, "-n -5: want 0 to 500000"},
		{file + "-n 500001", cli.Usage, "want 0 to 500000, which takes 3.0 GB"},
		{file + "-n 99999999999999 at 10:00:00", cli.Usage, "want 0 to 500000"},
		{file + "-seed x", cli.Usage, "invalid value"},
		{file + "-edits testdata/edits.txt -n 5", cli.Usage, "flag -n has no meaning with -edits"},
		{file + "-edits testdata/edits.txt -seed 5 at 1", cli.Usage, "flag -seed has no meaning with -edits"},
		{file + "-record x at 1", cli.Usage, "flag -record has no meaning for rope at"},
		{"at", cli.Usage, "usage: rope at N"},
		{"cat 1 2", cli.Usage, "usage: rope cat N"},
		{"undo", cli.Usage, `unknown command "undo"`},
	} {
		code, stdout, stderr := invoke(strings.Fields(c.args)...)
		assert.Equal(t, c.code, code, c.args)
		assert.Empty(t, stdout, c.args)
		assert.Contains(t, stderr, c.want, c.args)
		assert.True(t, strings.HasPrefix(stderr, "rope: "), c.args)
	}
}

func TestDefaultText(t *testing.T) {
	root := t.TempDir()
	_, err := defaultFileIn(root)
	assert.ErrorContains(t, err, "-file names a text")
	server := filepath.Join(root, "src", "net", "http", "server.go")
	write(t, server, "package http\n")
	got, err := defaultFileIn(root)
	assert.NoError(t, err)
	assert.Equal(t, server, got)
	spec := filepath.Join(root, "doc", "go_spec.html")
	write(t, spec, "<p>\n")
	got, err = defaultFileIn(root)
	assert.NoError(t, err)
	assert.Equal(t, spec, got)

	code, _, stderr := invoke("at", "10") // of the distribution that runs the test
	assert.Zero(t, code, stderr)
	t.Setenv("PATH", "")
	code, _, stderr = invoke("at", "10")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, stderr, "-file")
}

func TestHelp(t *testing.T) {
	code, stdout, _ := invoke("help")
	assert.Zero(t, code)
	assert.Equal(t, usage, stdout)
	requireNarrow(t, usage)
}

func write(t *testing.T, path, content string) {
	t.Helper()
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o777))
	require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
}

// requireNarrow fails if a line is too long. Paths of temporary folders are.
func requireNarrow(t *testing.T, s string) {
	t.Helper()
	for l := range strings.Lines(s) {
		if !strings.Contains(l, os.TempDir()) {
			assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(l, "\n")), report.Width, l)
		}
	}
}
