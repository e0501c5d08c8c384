package change_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
)

// anything is a built-in map of anything as a checked builder, and a source of itself.
type anything[K comparable] map[K]any

func (a anything[K]) Builder() anything[K]      { return a }
func (a anything[K]) Set(k K, v any) bool       { _, had := a[k]; a[k] = v; return !had }
func (a anything[K]) Delete(k K) bool           { _, had := a[k]; delete(a, k); return had }
func (a anything[K]) Lookup(k K) (any, bool)    { v, ok := a[k]; return v, ok }
func (p plain) Lookup(k string) (v int, _ bool) { v, ok := p[k]; return v, ok }

func TestTryApply(t *testing.T) {
	type c = diff.Change[string, any]
	for _, test := range []struct {
		name    string
		changes []c
		want    *diff.Mismatch // nil: they fit
	}{
		{"none", nil, nil},
		{"one after the other", []c{
			{Kind: diff.Added, Key: "new", New: 1},
			{Kind: diff.Updated, Key: "new", Old: 1, New: []int{2}},
			{Kind: diff.Removed, Key: "a", Old: 1},
			{Kind: diff.Added, Key: "a", New: 5},
		}, nil},
		{"added, but present", []c{{Kind: diff.Added, Key: "a", New: 7}}, &diff.Mismatch{Reason: diff.Present, Kind: diff.Added, Key: "a", Found: 1}},
		{"removed, but absent", []c{{Kind: diff.Added, Key: "x", New: 1}, {Kind: diff.Removed, Key: "y", Old: 7}},
			&diff.Mismatch{Index: 1, Reason: diff.Absent, Kind: diff.Removed, Key: "y", Expected: 7}},
		{"updated, but different", []c{{Kind: diff.Updated, Key: "a", Old: 2, New: 3}},
			&diff.Mismatch{Reason: diff.Different, Kind: diff.Updated, Key: "a", Expected: 2, Found: 1}},
		{"what == cannot compare", []c{{Kind: diff.Removed, Key: "slice", Old: []int{1}}},
			&diff.Mismatch{Reason: diff.Different, Kind: diff.Removed, Key: "slice", Expected: []int{1}, Found: []int{1}}},
		{"unknown", []c{{Kind: 0, Key: "a"}}, &diff.Mismatch{Reason: diff.UnknownKind, Key: "a"}},
		{"unknown, too", []c{{Kind: 77, Key: "a"}}, &diff.Mismatch{Reason: diff.UnknownKind, Kind: 77, Key: "a"}},
	} {
		b, begun, wrong := change.TryApply(anything[string]{"a": 1, "slice": []int{1}}, slices.Values(test.changes), nil, true)
		assert.Equal(t, test.want, wrong, test.name)
		assert.Equal(t, len(test.changes) > 0, begun, test.name)
		if test.name == "one after the other" {
			assert.Equal(t, anything[string]{"a": 5, "slice": []int{1}, "new": []int{2}}, b)
		}
	}
	_, _, wrong := change.TryApply(anything[string]{"a": 1}, slices.Values([]c{{Kind: diff.Removed, Key: "a", Old: 2}}), func(a, b any) bool { return true }, true)
	assert.Nil(t, wrong, "by a function")
}

// TestTryApplyKeys: whether a key is comparable is asked only where that depends on the value and keys go by ==.
func TestTryApplyKeys(t *testing.T) {
	bad := []diff.Change[any, any]{{Kind: diff.Added, Key: []int{1}}}
	_, begun, wrong := change.TryApply(anything[any]{}, slices.Values(bad), nil, true)
	assert.True(t, begun)
	require.NotNil(t, wrong)
	assert.Equal(t, diff.Uncomparable, wrong.Reason)
	assert.Panics(t, func() { change.TryApply(anything[any]{}, slices.Values(bad), nil, false) }, "left to those who know the keys")

	type named struct {
		at   [2]any
		name string
	}
	_, _, wrong = change.TryApply(anything[named]{}, slices.Values([]diff.Change[named, any]{{Kind: diff.Added, Key: named{[2]any{1, []int{}}, "a"}}}), nil, true)
	require.NotNil(t, wrong)
	assert.Equal(t, diff.Uncomparable, wrong.Reason)
	_, _, wrong = change.TryApply(anything[struct{ a, b int }]{}, slices.Values([]diff.Change[struct{ a, b int }, any]{{Kind: diff.Added}}), nil, true)
	assert.Nil(t, wrong)
	_, _, wrong = change.TryApply[plain2](plain2{}, slices.Values([]diff.Change[string, int]{{Kind: diff.Added, Key: "a", New: 1}}), nil, true)
	assert.Nil(t, wrong)
}

// plain2 is a source of a built-in map.
type plain2 plain

func (p plain2) Builder() plain { return plain(p) }
