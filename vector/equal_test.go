package vector_test

import (
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

// nested returns vectors of one element each, built apart from any others.
func nested(xs ...int) (v vector.Vector[vec]) {
	for _, x := range xs {
		v = v.Append(vector.Of(x))
	}
	return v
}

// TestElementsThatAreCollections are compared by their contents wherever elements are compared.
func TestElementsThatAreCollections(t *testing.T) {
	a, b := nested(1, 2, 3), nested(1, 2, 3)
	require.False(t, a.At(0) == b.At(0))
	assert.True(t, vector.Equal(a, b))
	assert.True(t, a.Equal(b))
	assert.False(t, vector.Equal(a, nested(1, 2, 4)))
	assert.False(t, a.Equal(nested(1, 2, 4)))
	assert.Equal(t, 1, vector.Index(a, vector.Of(2)))
	assert.Equal(t, -1, vector.Index(a, vector.Of(4)))
	assert.True(t, vector.Contains(a, vector.Of(3)))
	assert.Zero(t, len(slices.Collect(vector.Diff(a, b))))

	splices := slices.Collect(vector.Diff(nested(0, 1, 2, 3, 4, 5), nested(0, 9, 1, 2, 3, 5)))
	require.Len(t, splices, 2)
	for i, want := range []diff.Splice[int]{{At: 1, New: []int{9}}, {At: 5, Old: []int{4}}} {
		assert.Equal(t, want.At, splices[i].At)
		assert.True(t, vector.Of(splices[i].Old...).Equal(nested(want.Old...)))
		assert.True(t, vector.Of(splices[i].New...).Equal(nested(want.New...)))
	}

	merged, overlaps := vector.Merge(nested(1, 2, 3, 4, 5), nested(1, 9, 3, 4, 5), nested(1, 9, 3, 4, 6))
	assert.Zero(t, len(overlaps))
	assert.True(t, merged.Equal(nested(1, 9, 3, 4, 6)))
	_, overlaps = vector.Merge(nested(1, 2, 3), nested(1, 8, 3), nested(1, 9, 3))
	assert.Len(t, overlaps, 1)

	// In an interface, and too many changes to find them all: there are no anchors by identity.
	anys := func(from, to int) (v vector.Vector[any]) {
		for i := range 3000 {
			if i%7 < 3 {
				i += from
			}
			v = v.Append(any(vector.Of(i % to)))
		}
		return v
	}
	v, w := anys(0, 2000), anys(10_000, 2001)
	got := vector.Apply(v, vector.Diff(v, w))
	assert.True(t, got.Equal(w))
	assert.False(t, got.Equal(v))
}

func upToFloat(n int) (s []float64) {
	for i := range n {
		s = append(s, float64(i))
	}
	return s
}

// TestEqualNeverPanics, as a method; the function does where == does.
func TestEqualNeverPanics(t *testing.T) {
	nan := vector.Of(1, math.NaN())
	assert.True(t, nan.Equal(nan))
	long := vector.Of(append(upToFloat(3*leaf), math.NaN())...)
	assert.True(t, long.Equal(long.Set(0, 1).Set(0, 0)), "a shared part")
	assert.False(t, nan.Equal(vector.Of(1, math.NaN())))
	calls := func() vector.Vector[func()] { return vector.Of(func() {}, nil) }
	f := calls()
	assert.True(t, f.Equal(f))
	assert.False(t, f.Equal(calls()))
	bytes := func() vector.Vector[any] { return vector.Of[any](1, []byte("x")) }
	assert.False(t, bytes().Equal(bytes()))
	assert.Panics(t, func() { vector.Equal(bytes(), bytes()) })
	assert.Panics(t, func() {
		for range vector.Diff(bytes(), bytes()) {
		}
	})
	assert.False(t, vector.Of[any](1, "x").Equal(bytes()), "of other types")
	type pair struct{ x any } // the key of a map panics where == need not
	p, q := vector.Of(pair{[]int{}}, pair{1}), vector.Of(pair{"a"}, pair{2}, pair{3})
	assert.Len(t, slices.Collect(vector.Diff(p, q)), 1)
	assert.False(t, p.Equal(q))
	assert.True(t, vector.Vector[func()]{}.Equal(vector.Vector[func()]{}))
	// Each NaN is new.
	many := func() []float64 { return slices.Repeat([]float64{math.NaN(), 1}, 3000) }
	v, w := vector.Of(many()...), vector.Of(many()...)
	got := vector.Apply(v, vector.Diff(v, w))
	assert.Equal(t, w.Len(), got.Len())
	assert.Equal(t, 1.0, got.At(5999))
}
