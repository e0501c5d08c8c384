package vector_test

import (
	"errors"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

func TestTryApply(t *testing.T) {
	type splice = diff.Splice[string]
	v := vector.Of("a", "b", "c", "d", "e")
	got, err := vector.TryApply(v, slices.Values([]splice{
		{At: 0, Old: nil, New: []string{"x", "y"}},           // x y a b c d e
		{At: 2, Old: []string{"a", "b"}, New: []string{"z"}}, // x y z c d e
		{At: 2, Old: []string{"z", "c"}, New: []string{"p", "q", "r"}},
		{At: 7, Old: nil, New: []string{"end"}}, // x y p q r d e end
		{At: 5, Old: []string{"d", "e", "end"}, New: nil},
		{At: 5, Old: nil, New: nil},
	}))
	require.NoError(t, err)
	assert.Equal(t, "[x y p q r]", got.String())
	assert.Equal(t, "[a b c d e]", v.String())

	ok := splice{At: 0, Old: []string{"a"}, New: []string{"A", "B"}}
	for _, c := range []struct {
		splices []splice
		want    diff.Mismatch
		text    string
	}{
		{[]splice{{At: 0, Old: []string{"x"}, New: nil}}, diff.Mismatch{Reason: diff.Different, Len: 5, Expected: "x", Found: "a"}, `vector: splice 0: element 0 is "a", not "x"`},
		{[]splice{ok, {At: 3, Old: []string{"c", "x"}, New: nil}}, diff.Mismatch{Index: 1, Reason: diff.Different, At: 4, Len: 6, Expected: "x", Found: "d"}, `vector: splice 1: element 4 is "d", not "x"`},
		{[]splice{ok, {At: 7, Old: nil, New: []string{"x"}}}, diff.Mismatch{Index: 1, Reason: diff.OutOfRange, At: 7, Len: 6}, "vector: splice 1: at 7, out of range [0:6]"},
		{[]splice{{At: 4, Old: []string{"e", "f"}, New: nil}}, diff.Mismatch{Reason: diff.OutOfRange, At: 4, Len: 5}, "splice 0"},
		{[]splice{{At: -1, Old: nil, New: nil}}, diff.Mismatch{Reason: diff.OutOfRange, At: -1, Len: 5}, "at -1, out of range"},
		{[]splice{{At: math.MinInt, Old: []string{"a"}, New: nil}}, diff.Mismatch{Reason: diff.OutOfRange, At: math.MinInt, Len: 5}, "out of range"},
		{[]splice{{At: math.MaxInt, Old: []string{"a"}, New: nil}}, diff.Mismatch{Reason: diff.OutOfRange, At: math.MaxInt, Len: 5}, "out of range"},
		{[]splice{{At: math.MaxInt, Old: []string{"a", "b", "c"}, New: nil}}, diff.Mismatch{Reason: diff.OutOfRange, At: math.MaxInt, Len: 5}, "out of range"},
		{[]splice{{At: math.MaxInt, Old: nil, New: nil}}, diff.Mismatch{Reason: diff.OutOfRange, At: math.MaxInt, Len: 5}, "out of range"},
	} {
		got, err := vector.TryApply(v, slices.Values(c.splices))
		var m *diff.Mismatch
		require.True(t, errors.As(err, &m), "%v: %v", c.splices, err)
		assert.Equal(t, c.want, *m)
		assert.ErrorContains(t, err, c.text)
		assert.True(t, got == v, "%v: nothing is applied", c.splices)
		assert.Equal(t, "[a b c d e]", v.String())
	}

	got, err = vector.TryApply(v, slices.Values([]splice{}))
	assert.True(t, got == v && err == nil)
	got, err = vector.TryApply(v, slices.Values([]splice{{At: 5}}))
	assert.True(t, got == v && err == nil, "no change")
	assert.PanicsWithValue(t, "vector: TryApply of a nil function", func() { vector.TryApply(v, nil) })
	assert.PanicsWithValue(t, "vector: TryApplyFunc of a nil function", func() { vector.TryApplyFunc(v, slices.Values([]splice{}), nil) })
}

// In a tree, with the head and tail in use: the splices of a Diff fit, and those of a changed version do not.
func TestTryApplyInATree(t *testing.T) {
	var from, to vector.Vector[int]
	for i := range 3000 {
		from = from.Append(i)
	}
	from = from.Prepend(-3, -2, -1)
	to = from.Delete(2, 700).Insert(1000, 1, 2, 3).Set(5, 77).Set(1500, 88).Append(4, 5).Delete(1800, 1801)
	got, err := vector.TryApply(from, vector.Diff(from, to))
	require.NoError(t, err)
	assert.True(t, vector.Equal(got, to))
	for s := range vector.Diff(from, to) {
		for _, at := range []int{s.At, s.At + len(s.Old) - 1} {
			if len(s.Old) == 0 {
				continue
			}
			other := from
			if at < other.Len() {
				other = other.Set(at, 1<<28)
			}
			got, err := vector.TryApply(other, slices.Values([]diff.Splice[int]{s}))
			assert.Error(t, err)
			assert.True(t, got == other)
		}
		break
	}
}

func TestTryApplyComparesContents(t *testing.T) {
	type S = hamt.Set[string]
	v := vector.Of(hamt.SetOf("a", "b"))
	got, err := vector.TryApply(v, slices.Values([]diff.Splice[S]{{Old: []S{hamt.SetOf("b", "a")}, New: []S{{}}}}))
	require.NoError(t, err)
	assert.Equal(t, "[[]]", got.String())

	anys := vector.Of[any]([]int{1})
	remove := slices.Values([]diff.Splice[any]{{Old: []any{[]int{1}}}})
	same, err := vector.TryApply(anys, remove)
	assert.ErrorContains(t, err, "element 0 is [1], not [1]")
	assert.True(t, same == anys)
	none, err := vector.TryApplyFunc(anys, remove, func(a, b any) bool { return slices.Equal(a.([]int), b.([]int)) })
	require.NoError(t, err)
	assert.Equal(t, 0, none.Len())
}
