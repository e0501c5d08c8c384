package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

// The model is a slice of runes.
func TestRuler(t *testing.T) {
	for seed := range uint64(20) {
		rng := rand.New(rand.NewPCG(seed, 0))
		model := []rune(strings.Repeat(poem, int(seed%4)*100))
		r := newRuler(string(model))
		seen := 0
		for range 200 {
			at := rng.IntN(len(model) + 1)
			b := len(string(model[:at]))
			got, ok := r.byteOf(at)
			require.True(t, ok)
			require.Equal(t, b, got)
			n, ok := r.charOf(b)
			require.True(t, ok)
			require.Equal(t, at, n)
			if at < len(model) && utf8.RuneLen(model[at]) > 1 {
				_, ok = r.charOf(b + 1)
				require.False(t, ok, "it divides a character")
			}
			if rng.IntN(2) == 0 {
				n := rng.IntN(min(len(model)-at, 3000) + 1)
				r.remove(b, len(string(model[at:at+n])))
				model = append(model[:at:at], model[at+n:]...)
			} else {
				fresh := []rune(strings.Repeat("木ö𝔸.", rng.IntN(rng.IntN(2000)+1)))
				r.insert(b, []byte(string(fresh)))
				model = append(model[:at:at], append(fresh, model[at:]...)...)
			}
			require.Equal(t, len(model), r.chars())
			seen = max(seen, len(r.blocks))
			for _, b := range r.blocks {
				require.NotEmpty(t, b.text)
				require.LessOrEqual(t, len(b.text), 2*blockSize)
			}
		}
		require.Greater(t, seen, 2, "it has had several blocks")
		_, ok := r.byteOf(len(model) + 1)
		require.False(t, ok)
		_, ok = r.charOf(len(string(model)) + 1)
		require.False(t, ok)
	}
}

// The trace in testdata is what its edits were recorded as, and leads to its end.
func TestTrace(t *testing.T) {
	const file = "testdata/poem.trace.json"
	code, stdout, stderr := invoke("-trace", file)
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "text   testdata/poem.trace.json, 96 bytes\nedits  those of its 120 transactions, which lead to its endContent\n")
	assert.Contains(t, stdout, "\n  memory held ")
	requireNarrow(t, stdout)

	content, err := os.ReadFile(file)
	require.NoError(t, err)
	var tr struct{ EndContent string }
	require.NoError(t, json.Unmarshal(content, &tr))
	d, err := open(options{trace: file})
	require.NoError(t, err)
	code, stdout, stderr = invoke("-trace", file, "cat", itoa(len(d.edits)))
	require.Zero(t, code, stderr)
	assert.Equal(t, tr.EndContent, stdout)
	_, generated, _ := invoke("-file", "testdata/poem.txt", "-n", "120", "-seed", "8", "cat", "120")
	assert.Equal(t, generated, stdout)

	out := filepath.Join(t.TempDir(), "again")
	code, _, stderr = invoke("-file", "testdata/poem.txt", "-n", "120", "-seed", "8", "-record-trace", out)
	require.Zero(t, code, stderr)
	again, err := os.ReadFile(out)
	require.NoError(t, err)
	assert.Equal(t, string(content), string(again))
}

func itoa(n int) string {
	text, _ := json.Marshal(n)
	return string(text)
}

// Whatever is recorded, gzipped or not, is read as the same text.
func TestTracesRoundTrip(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "text")
	write(t, file, string(long()))
	for _, name := range []string{"a.json", "b.json.gz"} {
		out := filepath.Join(dir, name)
		code, _, stderr := invoke("-file", file, "-n", "600", "-seed", "5", "-record-trace", out)
		require.Zero(t, code, stderr)
		content, err := os.ReadFile(out)
		require.NoError(t, err)
		assert.Equal(t, name == "b.json.gz", bytes.HasPrefix(content, []byte("\x1f\x8b")))
		d, err := open(options{trace: out})
		require.NoError(t, err)
		h, err := d.replay()
		require.NoError(t, err)
		_, want, _ := invoke("-file", file, "-n", "600", "-seed", "5", "cat", "600")
		assert.Equal(t, want, string(h.newest().AppendTo(nil)))
	}
	code, _, stderr := invoke(append(poemArgs(""), "-record-trace", filepath.Join(dir, "c"))...)
	require.Zero(t, code, stderr)
	assert.FileExists(t, filepath.Join(dir, "c"))
}

func TestPatches(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace")
	write(t, path, `{"kind": "sequential", "startContent": "wöö", "endContent": "w木d", "txns": [
		{"patches": [[1, 2, "oo"], [3, 0, "d"]]}, {"time": 7, "patches": []}, {"time": "now", "patches": [[1, 2, "木"], [0, 0, ""]]}]}`)
	d, err := open(options{trace: path})
	require.NoError(t, err)
	assert.Equal(t, []edit{
		{kind: deletion, at: 1, n: 4, of: newest}, {kind: insertion, at: 1, text: "oo", of: newest}, {kind: insertion, at: 3, text: "d", of: newest},
		{kind: deletion, at: 1, n: 2, of: newest}, {kind: insertion, at: 1, text: "木", of: newest},
	}, d.edits)
	_, err = d.replay()
	assert.NoError(t, err)
}

func TestBadTraces(t *testing.T) {
	path := filepath.Join(t.TempDir(), "trace")
	patches := func(s string) string {
		return `{"startContent": "ab", "endContent": "ab", "txns": [{"patches": []}, {"patches": [[0, 0, ""], ` + s + `]}]}`
	}
	const form = `not of the form [POSITION, REMOVED, "INSERTED"]`
	for content, want := range map[string]string{
		"":                              ":1: no trace: EOF",
		"{\n\"txns\": [\n}":             ":3: no trace: invalid character '}'",
		"{\n\"txns\": 5}":               ":2: no trace: txns is a number",
		"{\"txns\": []}":                ": no trace: it has no txns, or no endContent",
		"{\"endContent\": \"\"}":        ": no trace: it has no txns, or no endContent",
		"[]":                            ":1: no trace: ",
		"\xff":                          ": no UTF-8",
		"\x1f\x8b":                      ": unexpected EOF",
		patches("[0, 0, \"\"]") + "\n]": ":2: no trace: something follows it",
		patches("[0, 1]"):               ": transaction 1, patch 1: " + form + ": [0, 1]",
		patches("[0, 1, \"\", 2]"):      form,
		patches("[0, null, \"\"]"):      form,
		patches("[0.5, 0, \"\"]"):       form,
		patches("[\"0\", 0, \"\"]"):     form,
		patches("7"):                    form,
		patches("[-1, 0, \"\"]"):        "transaction 1, patch 1: a negative number: [-1, 0, \"\"]",
		patches("[3, 0, \"x\"]"):        "transaction 1, patch 1: position 3 is out of range: the text has 2 characters: [3, 0, \"x\"]",
		patches("[1, 2, \"x\"]"):        "2 characters from 1 on are out of range: the text has 2 characters",
		patches("[1, 9223372036854775807, \"\"]"):                      "out of range",
		patches("[1, 1, \"\u202e\"]"):                                  `the edits do not lead to its endContent: character 1 differs`,
		patches("[1, 0, \"\u202e\"], [9, 0, \"\u202e\"]"):              `patch 2: position 9 is out of range: the text has 3 characters: [9, 0, "\u202e"]`,
		`{"endContent": "", "txns": [{"parents": [], "patches": []}]}`: "transaction 0: it has parents",
	} {
		write(t, path, content)
		for _, args := range [][]string{{"-trace", path}, {"-trace", path, "cat", "0"}} {
			code, stdout, stderr := invoke(args...)
			assert.Equal(t, cli.Failed, code, content)
			assert.Empty(t, stdout, content)
			assert.Contains(t, stderr, path, content)
			assert.Contains(t, stderr, want, content)
		}
	}
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	z.Write([]byte("{"))
	require.NoError(t, z.Close())
	write(t, path, packed.String())
	_, _, stderr := invoke("-trace", path)
	assert.Contains(t, stderr, ":1: no trace: unexpected EOF")

	list := filepath.Join(t.TempDir(), "list")
	write(t, list, "delete 15 1\n") // half of an ö
	for args, want := range map[string]string{
		"-trace none":          "cannot read the trace: open none",
		"-trace x -n 3":        "flag -n has no meaning with -trace",
		"-trace x -record y":   "flag -record has no meaning with -trace",
		"-record-trace x at 3": "flag -record-trace has no meaning for rope at",
		"-file testdata/poem.txt -edits " + list + " -record-trace " + path: "edit 1 divides a character, and a trace counts characters: delete 15 1",
		"-file testdata/poem.txt -n 3 -record-trace testdata/none/x":        "cannot write the trace: open testdata/none/x:",
	} {
		code, _, stderr := invoke(strings.Fields(args)...)
		assert.NotZero(t, code, args)
		assert.Contains(t, stderr, want, args)
	}
}
