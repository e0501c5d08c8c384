package vector

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// A leaf may be in two vectors at different offsets from what is compared, and with different
// lengths.
func TestSharedLeavesThatDoNotMatch(t *testing.T) {
	leaf := 1 << leafBits[int]()
	// x is 4 5 4 5 … 4 9, a leaf: what is two places further is the same but for the end.
	x := make([]int, leaf)
	for i := range x {
		x[i] = 4 + i%2
	}
	x[leaf-1] = 9
	alone := Of(append(slices.Clone(x), 0)...).Slice(0, leaf) // x is a leaf of its tree
	rest := upTo(leaf / 2)
	v := alone.Prepend(1, 2, 3, 4, 5).Append(rest...)
	w := alone.Prepend(1, 2, 3).Append(4, 9).Append(rest...)
	for _, a := range []Vector[int]{v, w, alone, v.Slice(2, v.Len()), w.Slice(0, w.Len()-3)} {
		for _, b := range []Vector[int]{v, w, alone, v.Slice(2, v.Len()), w.Slice(0, w.Len()-3)} {
			assert.Equal(t, slices.Equal(a.AppendTo(nil), b.AppendTo(nil)), Equal(a, b))
			assert.NoError(t, roundTrip(a, b))
		}
	}

	// The array of a short tail becomes a leaf in one vector, and a full leaf in another.
	short := grow(leaf*2 + leaf/2 + 1)
	exact := short.Append(upTo(leaf/2 - 1)...)
	full := exact.Append(upTo(leaf)...)
	more := built(leaf * 3)
	a, b := short.Concat(more), full.Concat(more)
	c, d := short.Append(1).Concat(more), exact.Concat(more)
	twice, e := short.Concat(exact.Append(upTo(leaf+1)...).Slice(2*leaf, 4*leaf+1)), exact.Append(7)
	for _, p := range [][2]Vector[int]{{a, b}, {b, a}, {a, c}, {c, b}, {a, d}, {d, a}, {twice, e}, {e, twice}, {short, full}, {full, short}} {
		assert.NoError(t, roundTrip(p[0], p[1]))
		assert.False(t, Equal(p[0], p[1]))
		n := min(p[0].Len(), p[1].Len())
		q, r := p[0].Slice(0, n), p[1].Slice(0, n)
		assert.Equal(t, slices.Equal(q.AppendTo(nil), r.AppendTo(nil)), Equal(q, r))
	}
}

// A full tail that a builder found in a version becomes a leaf that the builder does not own.
func TestBuilderDoesNotOwnTheTailItFound(t *testing.T) {
	leaf := 1 << leafBits[int]()
	for _, n := range []int{leaf, 2 * leaf, 5 * leaf} {
		for _, v := range []Vector[int]{grow(n), Of(upTo(n)...), built(n)} {
			b := v.Builder()
			b.Append(-1)
			for i := range n {
				b.Set(i, -2)
			}
			same(t, upTo(n), v)
			want := slices.Repeat([]int{-2}, n)
			same(t, append(want, -1), b.Build())
		}
	}
}

func TestNegativePositionOfWhatWasCut(t *testing.T) {
	v := grow(6).Slice(2, 6)
	assert.PanicsWithValue(t, "vector: index -1 out of range [0:4]", func() { v.At(-1) })
	w := growFront(6).Slice(0, 4)
	assert.PanicsWithValue(t, "vector: index 4 out of range [0:4]", func() { w.At(4) })
	assert.PanicsWithValue(t, "vector: index 5 out of range [0:4]", func() { w.Set(5, 1) })
}

// Leaves of equal elements are shared at many places: a diff of equal vectors has nothing to say.
func TestDiffOfEqualVectorsThatRepeat(t *testing.T) {
	big := Of(make([]int, 1000)...)
	for s := range Diff(big.Slice(0, 999), big.Slice(1, 1000)) {
		t.Fatal(s)
	}
	assert.NoError(t, roundTrip(big.Slice(0, 999), big.Slice(1, 1000).Append(1)))
}
