package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/vector"
)

type state struct {
	ages hamt.Map[string, int]
	log  vector.Vector[string]
}

// made makes a file with two versions and a tag.
func made(t testing.TB) string {
	path := filepath.Join(t.TempDir(), "s.ramet")
	st, err := store.Open(path)
	require.NoError(t, err)
	defer st.Close()
	b := store.NewBranch(st, "main", store.Struct(
		store.Part("ages", func(s *state) *hamt.Map[string, int] { return &s.ages }, store.HashMap[string, int](nil, nil)),
		store.Part("log", func(s *state) *vector.Vector[string] { return &s.log }, store.Vector[string](nil)),
	))
	v1, err := b.Commit(t.Context(), nil, state{hamt.Map[string, int]{}.Set("ada", 36).Set("bob", 40), vector.Of("born")}, store.Message("first"), store.Author("ann"))
	require.NoError(t, err)
	require.NoError(t, st.Tag(t.Context(), "v1", v1.ID()))
	_, err = b.Commit(t.Context(), v1, state{hamt.Map[string, int]{}.Set("ada", 37).Set("c d", 1), vector.Of("born", "grown")}, store.Message("second"))
	require.NoError(t, err)
	return path
}

func ramet(t testing.TB, in []byte, args ...string) (code int, out, errs string) {
	var o, e bytes.Buffer
	code = run(t.Context(), args, bytes.NewReader(in), &o, &e)
	return code, o.String(), e.String()
}

func TestCommands(t *testing.T) {
	path := made(t)
	for _, c := range []struct {
		args string
		want []string
	}{
		{"heads FILE", []string{"branch  ", "  main\n", "tag  ", "  v1\n"}},
		{"log FILE", []string{"second", "ann: first"}},
		{"log FILE v1", []string{"ann: first"}},
		{"show FILE main", []string{"second", "ages", "hash map", "         2  string → varint", "vector"}},
		{"show FILE main ages", []string{"ada  37\n\"c d\"  1\n"}},
		{"show FILE main log", []string{"born\ngrown\n"}},
		{"diff FILE v1 main", []string{"- ages ada  36\n+ ages ada  37\n- ages bob  40\n+ ages \"c d\"  1\n+ log [1]  grown\n"}},
		{"diff -n 1 FILE v1 main log", []string{"+ log [1]  grown\n"}},
		{"stats FILE", []string{"1 branches, 1 tags, 2 versions (of 0 the data were collected)"}},
		{"check FILE", []string{"all is as it should be"}},
		{"collect FILE -last 1", []string{"2 versions have their data, 0 have not"}},
		{"help", []string{"Exit codes"}},
		{"-h", []string{"Exit codes"}},
	} {
		code, out, errs := ramet(t, nil, strings.Fields(strings.Replace(c.args, "FILE", path, 1))...)
		assert.Equal(t, ok, code, "%s: %s", c.args, errs)
		for _, w := range c.want {
			assert.Contains(t, out, w, c.args)
		}
	}
	code, out, _ := ramet(t, nil, "log", path, "-n", "1", "-json")
	require.Equal(t, ok, code)
	var v struct {
		ID, Message string
		Generation  int
		Parents     []string
	}
	require.NoError(t, json.Unmarshal([]byte(out), &v))
	require.Equal(t, "second", v.Message)
	require.Len(t, v.Parents, 1)
	code, out, _ = ramet(t, nil, "show", path, v.Parents[0][:8], "ages", "-json")
	require.Equal(t, ok, code)
	require.Equal(t, `{"key":"ada","value":36}`+"\n"+`{"key":"bob","value":40}`+"\n", out)
	code, out, _ = ramet(t, nil, "diff", path, "v1", "main", "log", "-json")
	require.Equal(t, ok, code)
	require.Equal(t, `{"at":1,"new":"grown","part":"log"}`+"\n", out)
}

func TestBackup(t *testing.T) {
	path := made(t)
	code, pack, errs := ramet(t, nil, "export", path)
	require.Equal(t, ok, code, errs)
	copied := filepath.Join(t.TempDir(), "copy.ramet")
	code, out, errs := ramet(t, []byte(pack), "import", copied)
	require.Equal(t, ok, code, errs)
	require.Contains(t, out, "heads/main")
	_, want, _ := ramet(t, nil, "log", path, "-json")
	_, got, _ := ramet(t, nil, "log", copied, "-json")
	require.Equal(t, want, got)
	code, _, errs = ramet(t, []byte(pack[:len(pack)-1]), "import", filepath.Join(t.TempDir(), "cut"))
	require.Equal(t, failed, code)
	require.Contains(t, errs, "ends too early")
}

func TestMistakes(t *testing.T) {
	path := made(t)
	other := filepath.Join(t.TempDir(), "text")
	require.NoError(t, os.WriteFile(other, []byte(strings.Repeat("no store\n", 10_000)), 0o600))
	none := filepath.Join(t.TempDir(), "none")
	for _, c := range []struct {
		code int
		args []string
		want string
	}{
		{usage, nil, "no command"},
		{usage, []string{"frob", path}, "no command"},
		{usage, []string{"heads"}, "needs a FILE"},
		{usage, []string{"heads", path, "x"}, "arguments"},
		{usage, []string{"heads", path, "-last", "3"}, "does not take -last"},
		{usage, []string{"heads", path, "-frob"}, "frob"},
		{usage, []string{"log", path, "-n", "-1"}, "not negative"},
		{usage, []string{"collect", path, "-since", "noon"}, "no time"},
		{usage, []string{"export", path, "-json"}, "no JSON"},
		{failed, []string{"heads", none}, "none"},
		{failed, []string{"heads", other}, "text"},
		{failed, []string{"log", path, "nobody"}, "no branch"},
		{failed, []string{"show", path, "main", "pets"}, `there is "ages", "log"`},
		{failed, []string{"diff", path, "main", "v1", "pets"}, "no part"},
		{failed, []string{"log", path, strings.Repeat("0", 64)}, "missing"},
	} {
		code, _, errs := ramet(t, nil, c.args...)
		assert.Equal(t, c.code, code, "%v: %s", c.args, errs)
		assert.Contains(t, errs, c.want, "%v", c.args)
	}
	_, err := os.Stat(none)
	require.ErrorIs(t, err, os.ErrNotExist)
}

// TestCheckFinds what is damaged, and says so by its exit code.
func TestCheckFinds(t *testing.T) {
	path := made(t)
	data, err := os.ReadFile(path)
	require.NoError(t, err)
	i := bytes.LastIndex(data, []byte("grown"))
	require.Positive(t, i)
	data[i] ^= 1
	require.NoError(t, os.WriteFile(path, data, 0o600))
	code, out, errs := ramet(t, nil, "check", path)
	require.Equal(t, problems, code, errs)
	require.Contains(t, out, "invariant 1")
	require.Contains(t, out, `heads/main`)
	code, out, _ = ramet(t, nil, "check", path, "-json")
	require.Equal(t, problems, code)
	for line := range strings.Lines(out) {
		require.True(t, json.Valid([]byte(line)), line)
	}
}
