package main

import (
	"bytes"
	"errors"
	"fmt"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/store"
)

// fromFile runs a command that answers with want once more, from a file, and fails if the answer is another one there.
func fromFile(t *testing.T, file, want string, args ...string) {
	t.Helper()
	code, stdout, stderr := invoke(append([]string{"-store", file}, args...)...)
	assert.Zero(t, code, "%v: %s", args, stderr)
	answer, note, _ := cutLast(stdout, "\n\n")
	assert.Equal(t, want, answer+"\n", args)
	assert.Regexp(t, `^(Wrote 3 releases to|Answered from) `, note, args)
	assert.Contains(t, strings.ReplaceAll(note, "\n", " "), file, args)
}

func cutLast(s, sep string) (before, after string, found bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// ask runs the program, and returns what it says at the end of an answer, in one line, or its error.
func ask(args ...string) (code int, note string) {
	var out, errs strings.Builder
	code = run(args, &out, &errs)
	_, note, _ = cutLast(out.String(), "\n\n")
	note = timing.ReplaceAllString(strings.ReplaceAll(strings.TrimSpace(note), "\n", " "), "TIME")
	return code, note + errs.String()
}

// some makes a folder with the named files of testdata, and returns a function that adds more.
func some(t *testing.T, names ...string) (dir string, add func(names ...string)) {
	t.Helper()
	dir = t.TempDir()
	add = func(names ...string) {
		for _, name := range names {
			text, err := os.ReadFile(filepath.Join("testdata", name))
			require.NoError(t, err)
			require.NoError(t, os.WriteFile(filepath.Join(dir, name), text, 0o600))
		}
	}
	add(names...)
	return dir, add
}

// versions returns the versions of the branch in a file, oldest first.
func versions(t *testing.T, file string) (ids, messages []string) {
	t.Helper()
	st, err := store.Open(file, store.ReadOnly())
	require.NoError(t, err)
	defer st.Close()
	for v, err := range store.NewBranch(st, branchName, schema).Log(t.Context()) {
		require.NoError(t, err)
		ids, messages = append(ids, v.ID().String()), append(messages, v.Message())
	}
	slices.Reverse(ids)
	slices.Reverse(messages)
	return ids, messages
}

// TestWrittenOnce: the first run writes every release, the second none, and a later one what is new.
func TestWrittenOnce(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.ramet")
	dir, add := some(t, "go1.txt", "go1.2.txt")
	code, note := ask("-store", file, "-dir", dir, "at", "1.2")
	assert.Zero(t, code, note)
	assert.Regexp(t, `^Wrote 2 releases to .*go\.ramet \([0-9.]+ kB\) in TIME\. Answered from there in TIME\.$`, note)
	first, messages := versions(t, file)
	assert.Equal(t, []string{"1.0", "1.2"}, messages)

	before, err := os.ReadFile(file)
	require.NoError(t, err)
	code, note = ask("-store", file, "-dir", dir, "at", "1.2")
	assert.Zero(t, code, note)
	assert.Regexp(t, `^Answered from .*go\.ramet \([0-9.]+ kB\) in TIME\. It had all 2 releases, so nothing was written\.$`, note)
	after, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.True(t, bytes.Equal(before, after), "a question changes nothing")

	add("go1.10.txt")
	code, note = ask("-store", file, "-dir", dir, "at", "1.10")
	assert.Zero(t, code, note)
	assert.Contains(t, note, "Wrote 1 release, besides 2 that it had, to ")
	all, messages := versions(t, file)
	assert.Equal(t, []string{"1.0", "1.2", "1.10"}, messages)
	assert.Equal(t, first, all[:2], "they are the versions that were there")

	code, want, _ := invoke("diff", "1.0", "1.10", "-platform", "all")
	assert.Zero(t, code)
	fromFile(t, file, want, "diff", "1.0", "1.10", "-platform", "all")
}

// TestFileOfOtherReleases: what a file holds is what the folder holds, or the program says that it is not.
func TestFileOfOtherReleases(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.ramet")
	dir, add := some(t, "go1.txt", "go1.10.txt")
	code, note := ask("-store", file, "-dir", dir, "at", "1.10")
	require.Zero(t, code, note)

	add("go1.2.txt")
	code, note = ask("-store", file, "-dir", dir, "at", "1.10")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, note, "goes to Go 1.10 without Go 1.2, which "+dir+" has: it cannot be put in between\n")
	require.NoError(t, os.Remove(filepath.Join(dir, "go1.2.txt")))

	code, note = ask("-store", file, "at", "1.10")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, note, "it was written from another folder, and not from ")

	code, _ = ask("-store", file, "-dir", dir, "at", "1.10")
	assert.Zero(t, code)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go1.10.txt"), []byte("pkg forest, func Rest()\n"), 0o600))
	code, note = ask("-store", file, "-dir", dir, "at", "1.10")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, note, "its Go 1.10 is not the one in "+dir+"; another file has room for that\n")
}

// TestStoppedHalfway: what was written before an error stays, and the next run goes on there.
func TestStoppedHalfway(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.ramet")
	dir, add := some(t, "go1.txt", "go1.10.txt")
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go1.2.txt"), []byte("nonsense\n"), 0o600))
	code, note := ask("-store", file, "-dir", dir, "at", "1.10")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, note, "go1.2.txt:1: line does not start with")
	_, messages := versions(t, file)
	assert.Equal(t, []string{"1.0"}, messages)
	add("go1.2.txt")
	code, note = ask("-store", file, "-dir", dir, "at", "1.10")
	assert.Zero(t, code)
	assert.Contains(t, note, "Wrote 2 releases, besides 1 that it had, to")
}

// TestUnusableFiles are left as they are.
func TestUnusableFiles(t *testing.T) {
	question := func(file string) (int, string) { return ask("-store", file, "-dir", "testdata", "at", "1.2", "soil") }
	file := filepath.Join(t.TempDir(), "go.ramet")
	for _, text := range []string{"", "something else", strings.Repeat("something else\n", 10_000)} {
		require.NoError(t, os.WriteFile(file, []byte(text), 0o600))
		code, note := question(file)
		assert.Equal(t, cli.Failed, code)
		assert.Contains(t, note, "timeline: "+file+": left as it is, for it is something else: ")
		there, err := os.ReadFile(file)
		require.NoError(t, err)
		assert.Equal(t, text, string(there))
	}
	code, note := question(filepath.Join(file, "below"))
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, note, "timeline: "+filepath.Join(file, "below")+": ")
	code, note = question(t.TempDir())
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, note, "no regular file")

	// The branch of somebody else.
	require.NoError(t, os.Remove(file))
	st, err := store.Open(file)
	require.NoError(t, err)
	other := store.NewBranch(st, branchName, store.Value[string](nil))
	_, err = other.Commit(t.Context(), nil, "theirs", store.Message("what is theirs"))
	require.NoError(t, err)
	code, note = question(file)
	assert.Equal(t, cli.Failed, code)
	assert.Equal(t, "timeline: "+file+": in use: one program has the file at a time, and another has it now\n", note)
	require.NoError(t, st.Close())
	code, note = question(file)
	assert.Equal(t, cli.Failed, code)
	assert.Regexp(t, `version \w+ of branch "go", "what is theirs", is not what timeline writes\n$`, note)
}

// TestSeveralReaders: whoever has nothing to write shares the file.
func TestSeveralReaders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.ramet")
	code, note := ask("-store", file, "-dir", "testdata", "when", "Grow")
	require.Zero(t, code, note)
	st, err := store.Open(file, store.ReadOnly())
	require.NoError(t, err)
	defer st.Close()
	code, note = ask("-store", file, "-dir", "testdata", "when", "Grow")
	assert.Zero(t, code, note)
}

// TestDamagedFile: whatever is changed in a file, there is the answer of before, or an error; never another answer.
func TestDamagedFile(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.ramet")
	code, want, _ := invoke("when", "-all", "-re", ".")
	require.Zero(t, code)
	fromFile(t, file, want, "when", "-all", "-re", ".")
	whole, err := os.ReadFile(file)
	require.NoError(t, err)
	found := 0
	for at := 0; at < len(whole); at += 499 {
		bad := bytes.Clone(whole)
		bad[at] ^= 0x10
		require.NoError(t, os.WriteFile(file, bad, 0o600))
		code, got, stderr := invoke("-store", file, "when", "-all", "-re", ".")
		if code == cli.Failed {
			found++
			assert.Contains(t, stderr, file)
			continue
		}
		got, _, _ = cutLast(got, "\n\n")
		require.Equal(t, want, got+"\n", "byte %d", at)
	}
	assert.NotZero(t, found)
	t.Logf("%d of %d changes were found", found, len(whole)/499)

	const begun = 16 << 10 // not all that is used; the end of a file is room to grow
	require.Greater(t, len(whole), 2*begun)
	require.NoError(t, os.WriteFile(file, whole[:begun], 0o600))
	code, note := ask("-store", file, "-dir", "testdata", "when", "Grow")
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, note, file+": damaged, and not to be relied on: ")
}

// TestShippedHistoryStored: the history of Go itself is the same from a file and from memory.
func TestShippedHistoryStored(t *testing.T) {
	if testing.Short() {
		t.Skip("27 releases are written")
	}
	find := findRoot
	defer func() { findRoot = find }()
	findRoot = func() (string, error) { return "", errors.New("not now") }
	file := filepath.Join(t.TempDir(), "go.ramet")
	o := options{store: file}
	f, err := openStored(o)
	require.NoError(t, err)
	defer f.close()
	from, files, err := read(options{})
	require.NoError(t, err)
	tl := build(files)
	require.Equal(t, tl.releases(), f.releases())
	sameRecord(t, tl, f, "net/http", "slices", "syscall")
	assert.NotNil(t, from.why)
}

// sorted collects what has no order, up to an error.
func sorted[T any](seq iter.Seq2[T, error]) (all []string, err error) {
	for x, err := range seq {
		if err != nil {
			return nil, err
		}
		all = append(all, fmt.Sprintf("%+v", x))
	}
	slices.Sort(all)
	return all, nil
}

// sameRecord fails if two records differ in what they say of packages, sizes, platforms and all changes.
func sameRecord(t *testing.T, a, b record, paths ...string) {
	t.Helper()
	before := none
	for _, r := range a.releases() {
		p, err := a.packages(r)
		require.NoError(t, err)
		q, err := b.packages(r)
		require.NoError(t, err)
		require.Equal(t, p, q, "Go %s", r)
		n, m, err := b.size(r)
		require.NoError(t, err)
		wantN, wantM, _ := a.size(r)
		require.Equal(t, [2]int{wantN, wantM}, [2]int{n, m}, "Go %s", r)
		for _, path := range append(paths, "") {
			want, err := sorted(a.changes(before, r, path))
			require.NoError(t, err)
			got, err := sorted(b.changes(before, r, path))
			require.NoError(t, err)
			require.Equal(t, want, got, "Go %s, %s", r, path)
			if path == "" {
				continue
			}
			has, err := sorted(a.features(r, path))
			require.NoError(t, err)
			stored, err := sorted(b.features(r, path))
			require.NoError(t, err)
			require.Equal(t, has, stored, "Go %s, %s", r, path)
		}
		before = r
	}
	p, err := a.platforms()
	require.NoError(t, err)
	q, err := b.platforms()
	require.NoError(t, err)
	require.Equal(t, p, q)
}
