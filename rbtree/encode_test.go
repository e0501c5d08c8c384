package rbtree_test

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// roundTrips checks that m survives JSON and gob, and that an equal map with another history
// has the same encodings.
func roundTrips[K cmp.Ordered, V comparable](t *testing.T, m rbtree.Map[K, V]) {
	t.Helper()
	var other rbtree.Map[K, V]
	entries := slices.Collect(m.Keys())
	for _, k := range slices.Backward(entries) {
		other = other.Set(k, m.Get(k))
	}

	data, err := json.Marshal(m)
	require.NoError(t, err)
	again, err := json.Marshal(other)
	require.NoError(t, err)
	assert.Equal(t, string(data), string(again), "JSON of an equal map")
	var got rbtree.Map[K, V]
	require.NoError(t, json.Unmarshal(data, &got))
	assert.True(t, rbtree.Equal(m, got), "JSON %s gives %v", data, got)
	assert.NoError(t, rbtree.Check(got))

	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(m))
	got = rbtree.Map[K, V]{}
	require.NoError(t, gob.NewDecoder(&buf).Decode(&got))
	assert.True(t, rbtree.Equal(m, got), "gob gives %v", got)

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
	roundTrips(t, rbtree.Map[string, int]{})
	roundTrips(t, rbtree.MapOf(map[string]int{"": 0, "b": 1, "a<": 2}))
	roundTrips(t, rbtree.MapOf(ints))
	roundTrips(t, rbtree.MapOf(map[float64]int{0.5: 1, 2: 4}))
	roundTrips(t, rbtree.MapOf(map[string]struct{}{"a": {}}))
	roundTrips(t, rbtree.MapOf(map[string]any{"b": true, "f": 0.5, "s": "y"}))
	roundTrips(t, rbtree.MapOf(map[int]string{1: "one"}))
}

func TestMapJSONIsThatOfABuiltInMap(t *testing.T) {
	built := map[string][]int{"b": {1, 2}, "a": nil, "<&>": {}}
	want, err := json.Marshal(built)
	require.NoError(t, err)
	got, err := json.Marshal(rbtree.MapOf(built))
	require.NoError(t, err)
	assert.Equal(t, string(want), string(got))
}

func TestSetEncodings(t *testing.T) {
	s := rbtree.SetOf("oak", "ash", "elm")
	data, err := json.Marshal(s)
	require.NoError(t, err)
	assert.JSONEq(t, `["ash","elm","oak"]`, string(data))
	var got rbtree.Set[string]
	require.NoError(t, json.Unmarshal([]byte(`["elm","oak","ash","elm"]`), &got))
	assert.True(t, s.Equal(got))

	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(s))
	got = rbtree.Set[string]{}
	require.NoError(t, gob.NewDecoder(&buf).Decode(&got))
	assert.True(t, s.Equal(got))
}

func TestDecodingReplacesAndKeepsTheOrder(t *testing.T) {
	m := rbtree.NewMapFunc[string, int](fold).Set("old", 1)
	require.NoError(t, json.Unmarshal([]byte(`{"Ash":1,"ASH":2,"elm":3}`), &m))
	assert.Equal(t, 2, m.Len(), "a key given twice is one")
	assert.Equal(t, 2, m.Get("ash"), "and the last value wins")
	assert.False(t, m.Contains("old"))

	s := rbtree.NewSetFunc(fold).Add("old")
	require.NoError(t, json.Unmarshal([]byte(`["Ash","ASH"]`), &s))
	assert.Equal(t, 1, s.Len())
	assert.True(t, s.Contains("aSh"))

	data, err := m.GobEncode()
	require.NoError(t, err)
	other := rbtree.NewMapFunc[string, int](fold).Set("old", 1)
	require.NoError(t, other.GobDecode(data))
	assert.True(t, other.Contains("ASH"))
	assert.False(t, other.Contains("old"))

	data, err = s.GobEncode()
	require.NoError(t, err)
	t2 := rbtree.NewSetFunc(fold).Add("old")
	require.NoError(t, t2.GobDecode(data))
	assert.True(t, t2.Contains("ASH"))
	assert.Equal(t, 1, t2.Len())
}

// compareAny orders the keys that JSON has.
func compareAny(a, b any) int { return strings.Compare(fmt.Sprint(a), fmt.Sprint(b)) }

func TestBadInputChangesNothing(t *testing.T) {
	m := rbtree.NewMapFunc[any, int](compareAny).Set("kept", 1)
	s := rbtree.NewSetFunc(compareAny).Add("kept")
	mapBefore, setBefore := m, s

	for _, bad := range []string{``, `{`, `[`, `[["a",1]`, `[["a",1],]`, `[["a"]]`, `[["a",1,2]]`, `[["a","x"]]`, `7`, `[] 1`} {
		assert.Error(t, m.UnmarshalJSON([]byte(bad)), "map from %s", bad)
		assert.True(t, m == mapBefore, "map from %s", bad)
	}
	for _, bad := range []string{``, `{}`, `["a"`, `["a"]]`, `7`} {
		assert.Error(t, s.UnmarshalJSON([]byte(bad)), "set from %s", bad)
		assert.True(t, s == setBefore, "set from %s", bad)
	}
	require.NoError(t, m.UnmarshalJSON([]byte(`null`)))
	require.NoError(t, s.UnmarshalJSON([]byte(` null `)))
	assert.True(t, m == mapBefore && s == setBefore, "null is a no-op")

	whole, err := rbtree.MapOf(map[string]int{"a": 1, "b": 2, "c": 3}).GobEncode()
	require.NoError(t, err)
	target := rbtree.MapOf(map[string]int{"kept": 1})
	targetBefore := target
	words := rbtree.SetOf("kept")
	wordsBefore := words
	for n := range whole {
		assert.Error(t, target.GobDecode(whole[:n]), "the first %d bytes", n)
		assert.Error(t, words.GobDecode(whole[:n]), "the first %d bytes", n)
	}
	assert.Error(t, target.GobDecode(append(whole, 0)))
	assert.True(t, target == targetBefore && words == wordsBefore)
}

// TestEncodingsAreInOrder: the map's, not that of the keys' text.
func TestEncodingsAreInOrder(t *testing.T) {
	m := rbtree.MapOf(map[int]string{10: "ten", -9: "minus nine", 9: "nine"})
	data, err := json.Marshal(m)
	require.NoError(t, err)
	assert.Equal(t, `{"-9":"minus nine","9":"nine","10":"ten"}`, string(data))
	reversed := rbtree.NewMapFunc[int, string](func(a, b int) int { return cmp.Compare(b, a) })
	require.NoError(t, json.Unmarshal(data, &reversed))
	data, err = json.Marshal(reversed)
	require.NoError(t, err)
	assert.Equal(t, `{"10":"ten","9":"nine","-9":"minus nine"}`, string(data))
	points := rbtree.NewMapFunc[point, int](comparePoints).Set(point{2, 1, "b"}, 1).Set(point{1, 1, "a"}, 2)
	data, err = json.Marshal(points)
	require.NoError(t, err)
	assert.Equal(t, `[[{"X":1,"Y":1,"Name":"a"},2],[{"X":2,"Y":1,"Name":"b"},1]]`, string(data))
	again := rbtree.NewMapFunc[point, int](comparePoints)
	require.NoError(t, json.Unmarshal(data, &again))
	assert.True(t, rbtree.Equal(points, again))
}

// TestDecodingWithoutAnOrder: entries of keys without an order are an error.
func TestDecodingWithoutAnOrder(t *testing.T) {
	const forMap = "rbtree: key type rbtree_test.point has no natural order; use NewMapFunc"
	const forSet = "rbtree: key type rbtree_test.point has no natural order; use NewSetFunc"
	m, s := rbtree.NewMapFunc[point, int](comparePoints).Set(point{}, 1), rbtree.NewSetFunc(comparePoints).Add(point{})
	mapJSON, err := m.MarshalJSON()
	require.NoError(t, err)
	setJSON, err := s.MarshalJSON()
	require.NoError(t, err)
	mapGob, err := m.GobEncode()
	require.NoError(t, err)
	setGob, err := s.GobEncode()
	require.NoError(t, err)
	var m0 rbtree.Map[point, int]
	var s0 rbtree.Set[point]
	assert.EqualError(t, m0.UnmarshalJSON(mapJSON), forMap)
	assert.EqualError(t, m0.GobDecode(mapGob), forMap)
	assert.EqualError(t, s0.UnmarshalJSON(setJSON), forSet)
	assert.EqualError(t, s0.GobDecode(setGob), forSet)
	assert.True(t, m0 == rbtree.Map[point, int]{} && s0 == rbtree.Set[point]{})
	assert.NoError(t, m0.UnmarshalJSON([]byte(`[]`)))
	require.NoError(t, m.UnmarshalJSON([]byte(`[]`)))
	assert.Zero(t, m.Len())
	assert.Equal(t, 1, m.Set(point{}, 1).Len())
}

func TestMarshalErrors(t *testing.T) {
	_, err := json.Marshal(rbtree.MapOf(map[string]any{"f": func() {}}))
	assert.Error(t, err)
	_, err = rbtree.NewMapFunc[any, int](compareAny).Set(make(chan int), 1).GobEncode()
	assert.Error(t, err)
	_, err = rbtree.NewSetFunc(compareAny).Add(make(chan int)).MarshalJSON()
	assert.Error(t, err)
	_, err = rbtree.NewSetFunc(compareAny).Add(make(chan int)).GobEncode()
	assert.Error(t, err)
}
