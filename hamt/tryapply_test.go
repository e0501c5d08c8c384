package hamt_test

import (
	"encoding/json"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
)

// refusedAs checks that err has want for its mismatch, and a text with the given words.
func refusedAs(t *testing.T, err error, want diff.Mismatch, words ...string) {
	t.Helper()
	var m *diff.Mismatch
	if !assert.True(t, errors.As(err, &m), "%v", err) {
		return
	}
	assert.Equal(t, want, *m)
	for _, w := range append(words, "hamt: change ") {
		assert.ErrorContains(t, err, w)
	}
	assert.Less(t, len(err.Error()), 400)
}

func TestTryApply(t *testing.T) {
	type change = diff.Change[string, int]
	m := hamt.MapOf(map[string]int{"a": 1, "b": 2, "c": 3})
	to, err := hamt.TryApply(m, slices.Values([]change{
		{Kind: diff.Added, Key: "d", Old: 0, New: 4}, {Kind: diff.Updated, Key: "d", Old: 4, New: 5}, {Kind: diff.Removed, Key: "a", Old: 1, New: 0}, {Kind: diff.Added, Key: "a", Old: 0, New: 9},
		{Kind: diff.Removed, Key: "b", Old: 2, New: 0}, {Kind: diff.Updated, Key: "c", Old: 3, New: 3},
	}))
	require.NoError(t, err)
	assert.Equal(t, "{a: 9, c: 3, d: 5}", to.String())
	assert.Equal(t, "{a: 1, b: 2, c: 3}", m.String())

	ok := change{Kind: diff.Added, Key: "new", Old: 0, New: 1}
	for _, c := range []struct {
		changes []change
		want    diff.Mismatch
		words   []string
	}{
		{[]change{{Kind: diff.Added, Key: "a", Old: 0, New: 7}}, diff.Mismatch{Reason: diff.Present, Kind: diff.Added, Key: "a", Found: 1}, []string{`added key "a"`, "already", "1"}},
		{[]change{{Kind: diff.Removed, Key: "x", Old: 7, New: 0}}, diff.Mismatch{Reason: diff.Absent, Kind: diff.Removed, Key: "x", Expected: 7}, []string{`removed key "x" is not there`}},
		{[]change{ok, {Kind: diff.Removed, Key: "a", Old: 7, New: 0}}, diff.Mismatch{Index: 1, Reason: diff.Different, Kind: diff.Removed, Key: "a", Expected: 7, Found: 1}, []string{"change 1", `"a" is 1, not 7`}},
		{[]change{ok, {Kind: diff.Updated, Key: "x", Old: 7, New: 8}}, diff.Mismatch{Index: 1, Reason: diff.Absent, Kind: diff.Updated, Key: "x", Expected: 7}, []string{`updated key "x" is not there`}},
		{[]change{{Kind: diff.Updated, Key: "b", Old: 3, New: 4}}, diff.Mismatch{Reason: diff.Different, Kind: diff.Updated, Key: "b", Expected: 3, Found: 2}, nil},
		{[]change{ok, ok}, diff.Mismatch{Index: 1, Reason: diff.Present, Kind: diff.Added, Key: "new", Found: 1}, nil},
		{[]change{{Kind: diff.Removed, Key: "a", Old: 1, New: 0}, {Kind: diff.Removed, Key: "a", Old: 1, New: 0}}, diff.Mismatch{Index: 1, Reason: diff.Absent, Kind: diff.Removed, Key: "a", Expected: 1}, nil},
		{[]change{ok, {Kind: 0, Key: "a", Old: 1, New: 1}}, diff.Mismatch{Index: 1, Reason: diff.UnknownKind, Key: "a"}, []string{"unknown kind 0"}},
		{[]change{{Kind: 77, Key: "a", Old: 1, New: 1}}, diff.Mismatch{Reason: diff.UnknownKind, Kind: 77, Key: "a"}, []string{"unknown kind 77"}},
	} {
		got, err := hamt.TryApply(m, slices.Values(c.changes))
		refusedAs(t, err, c.want, c.words...)
		assert.True(t, got == m, "%v: nothing is applied", c.changes)
		assert.Equal(t, "{a: 1, b: 2, c: 3}", m.String())
	}

	got, err := hamt.TryApply(m, slices.Values([]change{}))
	assert.True(t, got == m && err == nil)
	assert.PanicsWithValue(t, "hamt: TryApply of a nil function", func() { hamt.TryApply(m, nil) })
	assert.PanicsWithValue(t, "hamt: TryApplyFunc of a nil function", func() { hamt.TryApplyFunc(m, slices.Values([]change{}), nil) })
	assert.PanicsWithValue(t, "hamt: TryApplySet of a nil function", func() { hamt.TryApplySet(hamt.SetOf(1), nil) })
}

// It looks at no more of the sequence than up to what does not fit.
func TestTryApplyStops(t *testing.T) {
	var seq iter.Seq[diff.Change[int, int]] = func(yield func(diff.Change[int, int]) bool) {
		assert.True(t, yield(diff.Change[int, int]{Kind: diff.Added, Key: 1}))
		assert.False(t, yield(diff.Change[int, int]{Kind: diff.Added, Key: 1}))
	}
	_, err := hamt.TryApply(hamt.Map[int, int]{}, seq)
	assert.Error(t, err)
}

// Values that are collections are compared by contents.
func TestTryApplyComparesContents(t *testing.T) {
	type V = hamt.Set[int]
	m := hamt.MapOf(map[string]V{"a": hamt.SetOf(1, 2)})
	update := func(old V) iter.Seq[diff.Change[string, V]] {
		return slices.Values([]diff.Change[string, V]{{Kind: diff.Updated, Key: "a", Old: old, New: hamt.SetOf(3)}})
	}
	got, err := hamt.TryApply(m, update(hamt.SetOf(2, 1)))
	require.NoError(t, err)
	assert.Equal(t, "{a: [3]}", got.String())
	got, err = hamt.TryApply(m, update(hamt.SetOf(1)))
	assert.ErrorContains(t, err, "is [1 2], not [1]")
	assert.True(t, got == m)
}

// What comes from elsewhere causes errors, not panics.
func TestTryApplyOfWhatCannotBeCompared(t *testing.T) {
	type change = diff.Change[any, any]
	var sent []change
	require.NoError(t, json.Unmarshal([]byte(`[{"kind":"added","key":"a","new":[1]},{"kind":"updated","key":"a","old":[1],"new":[2]}]`), &sent))
	var m hamt.Map[any, any]
	got, err := hamt.TryApply(m, slices.Values(sent))
	refusedAs(t, err, diff.Mismatch{Index: 1, Reason: diff.Different, Kind: diff.Updated, Key: "a", Expected: []any{1.0}, Found: []any{1.0}})
	assert.True(t, got == m)
	got, err = hamt.TryApplyFunc(m, slices.Values(sent), func(a, b any) bool { return assert.ObjectsAreEqual(a, b) })
	require.NoError(t, err)
	assert.Equal(t, "{a: [2]}", got.String())

	for _, kind := range []diff.Kind{diff.Added, diff.Removed, diff.Updated} {
		got, err = hamt.TryApply(m, slices.Values([]change{{Kind: kind, Key: []int{1}}}))
		refusedAs(t, err, diff.Mismatch{Reason: diff.Uncomparable, Kind: kind, Key: []int{1}}, "key of type []int is not comparable")
		assert.True(t, got == m)
	}
}

func TestTryApplySet(t *testing.T) {
	type change = diff.Change[string, struct{}]
	s := hamt.SetOf("a", "b")
	got, err := hamt.TryApplySet(s, slices.Values([]change{{Kind: diff.Added, Key: "c"}, {Kind: diff.Removed, Key: "a"}, {Kind: diff.Updated, Key: "b"}}))
	require.NoError(t, err)
	assert.Equal(t, "[b c]", got.String())

	for _, c := range []struct {
		change change
		want   diff.Mismatch
	}{
		{change{Kind: diff.Added, Key: "a"}, diff.Mismatch{Index: 1, Reason: diff.Present, Kind: diff.Added, Key: "a", Found: struct{}{}}},
		{change{Kind: diff.Removed, Key: "x"}, diff.Mismatch{Index: 1, Reason: diff.Absent, Kind: diff.Removed, Key: "x", Expected: struct{}{}}},
		{change{Kind: diff.Updated, Key: "x"}, diff.Mismatch{Index: 1, Reason: diff.Absent, Kind: diff.Updated, Key: "x", Expected: struct{}{}}},
		{change{Kind: 9, Key: "b"}, diff.Mismatch{Index: 1, Reason: diff.UnknownKind, Kind: 9, Key: "b"}},
	} {
		got, err := hamt.TryApplySet(s, slices.Values([]change{{Kind: diff.Removed, Key: "b"}, c.change}))
		refusedAs(t, err, c.want)
		assert.True(t, got == s)
	}
	got, err = hamt.TryApplySet(s, slices.Values([]change{{Kind: diff.Updated, Key: "a"}}))
	assert.True(t, got == s && err == nil, "no change")
	assert.Equal(t, "[a b]", s.String())
}

func TestTryApplyErrorsAreShort(t *testing.T) {
	m := hamt.Map[string, string]{}.Set(strings.Repeat("k", 1<<16), strings.Repeat("v", 1<<16))
	for k := range m.Keys() {
		_, err := hamt.TryApply(m, slices.Values([]diff.Change[string, string]{{Kind: diff.Updated, Key: k, Old: strings.Repeat("w", 1<<16)}}))
		assert.Less(t, len(err.Error()), 400)
	}
	long := hamt.Set[int]{}.Builder()
	for i := range 10000 {
		long.Add(i)
	}
	v := hamt.Map[string, hamt.Set[int]]{}.Set("a", long.Build())
	_, err := hamt.TryApply(v, slices.Values([]diff.Change[string, hamt.Set[int]]{{Kind: diff.Added, Key: "a"}}))
	assert.Less(t, len(err.Error()), 400)
}

// Apply of an unknown kind panics, and changes nothing that anybody sees.
func TestApplyOfUnknownKind(t *testing.T) {
	m, s := hamt.MapOf(map[string]int{"a": 1, "b": 2}), hamt.SetOf("a", "b")
	assert.PanicsWithValue(t, "hamt: Apply of a change of unknown kind Kind(9)", func() {
		hamt.Apply(m, slices.Values([]diff.Change[string, int]{{Kind: diff.Updated, Key: "a", Old: 1, New: 7}, {Kind: 9, Key: "b", Old: 0, New: 1}}))
	})
	assert.PanicsWithValue(t, "hamt: ApplySet of a change of unknown kind Kind(9)", func() {
		hamt.ApplySet(s, slices.Values([]diff.Change[string, struct{}]{{Kind: diff.Removed, Key: "a"}, {Kind: 9, Key: "b"}}))
	})
	assert.Equal(t, "{a: 1, b: 2}", m.String())
	assert.Equal(t, "[a b]", s.String())
}
