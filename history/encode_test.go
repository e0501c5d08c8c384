package history_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/history"
)

// whole prints everything that can be seen of h: its values, its limit and branching by what they do, and its branches.
func whole(h history.History[string]) string {
	var b strings.Builder
	fmt.Fprint(&b, h.Now(), " past")
	for v := range h.Past() {
		fmt.Fprint(&b, " ", v)
	}
	fmt.Fprint(&b, " future")
	for v := range h.Future() {
		fmt.Fprint(&b, " ", v)
	}
	for x := range h.Branches() {
		fmt.Fprintf(&b, " (%s)", whole(x))
	}
	return b.String()
}

// behaves is whole of what h becomes by a few steps, in which limits and branching show.
func behaves(h history.History[string]) string {
	parts := []string{whole(h)}
	for u := h; ; {
		var ok bool
		if u, ok = u.Undo(); !ok {
			break
		}
		parts = append(parts, whole(u), whole(u.Do("x").Do("y").Do("z")))
	}
	for i := range 20 {
		h = h.Do(fmt.Sprint(i))
	}
	return strings.Join(append(parts, whole(h)), "\n")
}

func back(h history.History[string], n int) history.History[string] {
	h, _ = h.Jump(-n)
	return h
}

func histories() map[string]history.History[string] {
	line := history.New("a").Do("b").Do("c").Do("d")
	branched := back(line.Branching(true), 2).Do("e").Do("f")
	branched = back(branched, 1).Do("g")
	twice := back(branched, 1).Do("h")
	nested := history.History[string]{}
	for b := range back(twice, 2).Branches() {
		nested = back(b, 1).Do("i") // a branch of a branch
		break
	}
	deep := history.New("0").Branching(true)
	for i := range 50 {
		deep = deep.Do(fmt.Sprint("l", i)).Do(fmt.Sprint("m", i))
		deep = back(deep, 1).Do(fmt.Sprint("r", i))
	}
	all := map[string]history.History[string]{
		"zero": {}, "new": history.New("a"), "line": line, "middle": back(line, 2), "first": back(line, 3), "limited": line.Limit(2),
		"branched": branched, "middle of branched": back(branched, 2), "twice": twice, "nested": nested, "deep": deep, "deep, limited": deep.Limit(7),
	}
	for b := range twice.Branches() {
		all["a branch of twice: "+whole(b)] = b
	}
	return all
}

func TestHistoriesSurvive(t *testing.T) {
	for name, h := range histories() {
		data, err := json.Marshal(h)
		require.NoError(t, err, name)
		out := history.New("old").Do("other")
		require.NoError(t, json.Unmarshal(data, &out), "%s: %s", name, data)
		assert.Equal(t, behaves(h), behaves(out), "%s: %s", name, data)
		require.NoError(t, history.Check(out), name)
		again, err := json.Marshal(out)
		require.NoError(t, err)
		assert.Equal(t, string(data), string(again), name)

		var buf bytes.Buffer
		require.NoError(t, gob.NewEncoder(&buf).Encode(h), name)
		out = history.New("old")
		require.NoError(t, gob.NewDecoder(&buf).Decode(&out), name)
		assert.Equal(t, behaves(h), behaves(out), name)
		data, err = h.MarshalBinary()
		require.NoError(t, err)
		for n := range len(data) {
			broken := out
			assert.Error(t, broken.UnmarshalBinary(data[:n]), "%s: the first %d bytes of %d", name, n, len(data))
			assert.True(t, broken == out)
		}
		y, err := h.MarshalYAML()
		require.NoError(t, err)
		assert.Contains(t, fmt.Sprintf("%+v", y), h.Now())
	}
}

func TestHistoryJSONIsForPeople(t *testing.T) {
	h := back(history.New("a").Do("b").Do("c").Limit(9).Branching(true), 1).Do("d")
	h = back(h, 1)
	data, err := json.Marshal(h)
	require.NoError(t, err)
	assert.Equal(t, `{"past":["a"],"now":"b","future":["d"],"limit":9,"branching":true,"branches":[{"at":1,"steps":["c"]}]}`, string(data))
	data, err = json.Marshal(history.History[int]{})
	require.NoError(t, err)
	assert.Equal(t, `{"now":0}`, string(data))
}

func TestBadHistories(t *testing.T) {
	h := history.New("kept")
	before := h
	for _, bad := range []string{
		``, `{`, `[]`, `7`, `{}`, `{"now":1}`, `{"now":"a"`, `{"now":"a"}x`, `{"now":"a","now":"b"}`, `{"now":"a","Past":[]}`, `{"now":"a","more":1}`,
		`{"now":"a","past":null}`, `{"now":"a","past":{}}`, `{"now":"a","past":[1]}`, `{"now":"a","limit":-1}`, `{"now":"a","limit":1.5}`, `{"now":"a","limit":1,"past":["b","c"]}`,
		`{"now":"a","branching":1}`, `{"now":"a","branches":[{}]}`, `{"now":"a","branches":[{"at":0}]}`, `{"now":"a","branches":[{"at":1,"steps":["b"]}]}`,
		`{"now":"a","branches":[{"at":-1,"steps":["b"]}]}`, `{"now":"a","branches":[{"at":0,"of":0,"steps":["b"]}]}`, `{"now":"a","branches":[{"at":0,"of":-1,"steps":["b"]}]}`,
		`{"now":"a","branches":[{"at":0,"steps":["b"]},{"at":1,"of":0,"steps":["c"]}]}`, `{"now":"a","branches":[{"at":0,"steps":["b"],"x":1}]}`,
		`{"now":"a","branches":[{"at":0,"steps":["b"]}]}`, `{"now":"a","future":["d"],"branches":[{"at":0,"steps":["b"]},{"of":0,"at":0,"steps":["c"]}]}`,
		`{"now":"a","past":["b"],"limit":1,"branches":[{"at":0,"steps":["c"]},{"at":0,"steps":["d"]}]}`, `{"now":"a","branches":[7]}`,
	} {
		assert.Error(t, h.UnmarshalJSON([]byte(bad)), bad)
		assert.Error(t, json.Unmarshal([]byte(bad), &h), bad)
		assert.True(t, h == before, bad)
	}
	require.NoError(t, json.Unmarshal([]byte(`null`), &h))
	assert.True(t, h == before)
	require.NoError(t, json.Unmarshal([]byte(`{"now":"a","future":["d"],"branches":[{"at":0,"steps":["b","e"]},{"of":0,"at":0,"steps":["c"]}]}`), &h))
	require.NoError(t, history.Check(h))

	good, err := back(before.Do("b").Branching(true), 1).Do("c").GobEncode()
	require.NoError(t, err)
	for i := range good {
		for _, c := range []byte{0, 1, 2, 100, 255} {
			bad := bytes.Clone(good)
			bad[i] = c
			out := before
			if out.GobDecode(bad) != nil {
				assert.True(t, out == before)
			} else {
				require.NoError(t, history.Check(out))
			}
		}
	}
	assert.Error(t, h.GobDecode(nil))
	_, err = history.New(func() {}).MarshalJSON()
	assert.Error(t, err)
	_, err = history.New(func() {}).GobEncode()
	assert.Error(t, err)
}

func TestHistoryHasNoOtherForm(t *testing.T) {
	h := history.New("a")
	_, err := xml.Marshal(h)
	var unsupported *xml.UnsupportedTypeError
	assert.ErrorAs(t, err, &unsupported)
	assert.Error(t, xml.Unmarshal([]byte("<h/>"), &h))
	_, err = h.MarshalText()
	assert.Error(t, err)
	assert.Error(t, h.UnmarshalTOML(nil))
}

func TestHistoryFromYAML(t *testing.T) {
	h := history.New("a")
	failing := func(any) error { return assert.AnError }
	assert.ErrorIs(t, h.UnmarshalYAML(failing), assert.AnError)
	require.NoError(t, h.UnmarshalYAML(func(any) error { return nil }), "null")
	assert.Equal(t, "a", h.Now())
}

// JSON stands in for YAML here: the names differ only in what JSON overlooks.
func TestHistoryFromYAMLOfBranches(t *testing.T) {
	from := func(text string) func(any) error {
		return func(x any) error { return json.Unmarshal([]byte(text), x) }
	}
	var h, want history.History[string]
	require.NoError(t, json.Unmarshal([]byte(`{"past":["o"],"now":"a","branches":[{"at":0,"steps":["b","d"]},{"of":0,"at":0,"steps":["c"]}]}`), &want))
	require.NoError(t, h.UnmarshalYAML(from(`{"Past":["o"],"Now":"a","Branches":[{"At":0,"Steps":["b","d"]},{"Of":0,"At":0,"Steps":["c"]}]}`)))
	assert.Equal(t, behaves(want), behaves(h))
	before := h
	assert.Error(t, h.UnmarshalYAML(from(`{}`)))
	assert.Error(t, h.UnmarshalYAML(from(`{"Now":"a","Branches":[{"Of":-1}]}`)))
	assert.True(t, h == before)
}
