package hamt_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
)

// roundTrips checks that m survives JSON and gob, and that an equal map with another history
// has the same encodings.
func roundTrips[K comparable, V comparable](t *testing.T, m hamt.Map[K, V]) {
	t.Helper()
	var other hamt.Map[K, V]
	entries := slices.Collect(m.Keys())
	for _, k := range slices.Backward(entries) {
		other = other.Set(k, m.Get(k))
	}

	data, err := json.Marshal(m)
	require.NoError(t, err)
	again, err := json.Marshal(other)
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again), "JSON of an equal map")
	var got hamt.Map[K, V]
	require.NoError(t, json.Unmarshal(data, &got))
	assert.True(t, hamt.Equal(m, got), "JSON %s gives %v", data, got)
	assert.NoError(t, hamt.Check(got))

	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(m))
	got = hamt.Map[K, V]{}
	require.NoError(t, gob.NewDecoder(&buf).Decode(&got))
	assert.True(t, hamt.Equal(m, got), "gob gives %v", got)

	data, err = m.GobEncode()
	require.NoError(t, err)
	again, err = other.GobEncode()
	require.NoError(t, err)
	assert.Equal(t, data, again, "gob of an equal map")
}

func TestMapEncodings(t *testing.T) {
	ints := map[int]int{}
	for i := range 500 {
		ints[i*7919] = i
	}
	roundTrips(t, hamt.Map[string, int]{})
	roundTrips(t, hamt.MapOf(map[string]int{"": 0, "b": 1, "a<": 2}))
	roundTrips(t, hamt.MapOf(ints))
	roundTrips(t, hamt.MapOf(map[string]struct{}{"a": {}}))
	roundTrips(t, hamt.MapOf(map[point]point{{1, 2, "a"}: {3, 4, "b"}, {-1, 0, ""}: {}}))
	roundTrips(t, hamt.MapOf(map[string]any{"b": true, "f": 0.5, "s": "y"}))
}

func TestMapJSONIsThatOfABuiltInMap(t *testing.T) {
	built := map[string][]int{"b": {1, 2}, "a": nil, "<&>": {}}
	want, err := json.Marshal(built)
	require.NoError(t, err)
	got, err := json.Marshal(hamt.MapOf(built))
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

func TestSetEncodings(t *testing.T) {
	s := hamt.SetOf("oak", "ash", "elm")
	data, err := json.Marshal(s)
	require.NoError(t, err)
	assert.JSONEq(t, `["ash","elm","oak"]`, string(data))
	var got hamt.Set[string]
	require.NoError(t, json.Unmarshal([]byte(`["elm","oak","ash","elm"]`), &got))
	assert.True(t, s.Equal(got))

	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(s))
	got = hamt.Set[string]{}
	require.NoError(t, gob.NewDecoder(&buf).Decode(&got))
	assert.True(t, s.Equal(got))
}

func TestDecodingReplacesAndKeepsTheHasher(t *testing.T) {
	m := hamt.NewMap[string, int](foldCase{}).Set("old", 1)
	require.NoError(t, json.Unmarshal([]byte(`{"Ash":1,"ASH":2,"elm":3}`), &m))
	assert.Equal(t, 2, m.Len(), "a key given twice is one")
	assert.Equal(t, 2, m.Get("ash"), "and the last value wins")
	assert.False(t, m.Contains("old"))

	s := hamt.NewSet[string](foldCase{}).Add("old")
	require.NoError(t, json.Unmarshal([]byte(`["Ash","ASH"]`), &s))
	assert.Equal(t, 1, s.Len())
	assert.True(t, s.Contains("aSh"))

	data, err := m.GobEncode()
	require.NoError(t, err)
	other := hamt.NewMap[string, int](foldCase{}).Set("old", 1)
	require.NoError(t, other.GobDecode(data))
	assert.True(t, other.Contains("ASH"))
	assert.False(t, other.Contains("old"))

	data, err = s.GobEncode()
	require.NoError(t, err)
	t2 := hamt.NewSet[string](foldCase{}).Add("old")
	require.NoError(t, t2.GobDecode(data))
	assert.True(t, t2.Contains("ASH"))
	assert.Equal(t, 1, t2.Len())
}

func TestBadInputChangesNothing(t *testing.T) {
	m := hamt.MapOf(map[any]int{"kept": 1})
	s := hamt.SetOf[any]("kept")
	mapBefore, setBefore := m, s

	for _, bad := range []string{``, `{`, `[`, `[["a",1]`, `[["a",1],]`, `[["a"]]`, `[["a",1,2]]`, `[[[1],2]]`, `[["a","x"]]`, `7`, `[] 1`} {
		assert.Error(t, m.UnmarshalJSON([]byte(bad)), "map from %s", bad)
		assert.True(t, m == mapBefore, "map from %s", bad)
	}
	for _, bad := range []string{``, `{}`, `["a",[1]]`, `["a"`, `["a"]]`, `7`} {
		assert.Error(t, s.UnmarshalJSON([]byte(bad)), "set from %s", bad)
		assert.True(t, s == setBefore, "set from %s", bad)
	}
	require.NoError(t, m.UnmarshalJSON([]byte(`null`)))
	require.NoError(t, s.UnmarshalJSON([]byte(` null `)))
	assert.True(t, m == mapBefore && s == setBefore, "null is a no-op")

	whole, err := hamt.MapOf(map[string]int{"a": 1, "b": 2, "c": 3}).GobEncode()
	require.NoError(t, err)
	target := hamt.MapOf(map[string]int{"kept": 1})
	targetBefore := target
	words := hamt.SetOf("kept")
	wordsBefore := words
	for n := range whole {
		assert.Error(t, target.GobDecode(whole[:n]), "the first %d bytes", n)
		assert.Error(t, words.GobDecode(whole[:n]), "the first %d bytes", n)
	}
	assert.Error(t, target.GobDecode(append(whole, 0)))
	assert.True(t, target == targetBefore && words == wordsBefore)
}

func TestMarshalErrors(t *testing.T) {
	_, err := json.Marshal(hamt.MapOf(map[string]any{"f": func() {}}))
	assert.Error(t, err)
	_, err = hamt.SetOf[any](make(chan int)).GobEncode()
	assert.Error(t, err)
	_, err = hamt.SetOf[any](make(chan int)).MarshalJSON()
	assert.Error(t, err)
}
