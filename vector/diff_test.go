package vector

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
)

// edited returns v with an edit that src says.
func edited(v Vector[int], src *source) Vector[int] {
	n, leaf := v.Len(), 1<<leafBits[int]()
	i, j := src.upTo(n, leaf), src.upTo(n, leaf)
	i, j = min(i, j), max(i, j)
	switch src.byte() % 9 {
	case 0:
		return v.Insert(i, -1)
	case 1:
		return v.Insert(i, make([]int, j%(2*leaf))...)
	case 2:
		return v.Delete(i, min(n, i+1))
	case 3:
		return v.Delete(i, j)
	case 4:
		if i < n {
			return v.Set(i, -2)
		}
	case 5:
		return v.Append(-3, -4).Prepend(-5)
	case 6:
		return v.Slice(i, n)
	case 7:
		return v.Slice(0, j)
	case 8:
		return v.Slice(j, n).Concat(v.Slice(0, j)).Slice(0, min(n, 5000))
	}
	return v
}

// roundTrip checks that the splices of Diff lead from v to w, and their inverses back.
func roundTrip(v, w Vector[int]) error {
	splices := slices.Collect(Diff(v, w))
	end := 0
	for _, s := range splices {
		if len(s.Old) == 0 && len(s.New) == 0 || s.At < end {
			return fmt.Errorf("splice %+v, after one that ends at %d", s, end)
		}
		end = s.At + len(s.New)
	}
	got := Apply(v, slices.Values(splices))
	if !slices.Equal(got.AppendTo(nil), w.AppendTo(nil)) || !Equal(got, w) {
		return fmt.Errorf("%v makes %v, not %v", splices, got, w)
	}
	slices.Reverse(splices)
	for i := range splices {
		splices[i] = splices[i].Inverse()
	}
	if back := Apply(got, slices.Values(splices)); !Equal(back, v) {
		return fmt.Errorf("the inverses %v make %v, not %v", splices, back, v)
	}
	return nil
}

func TestDiff(t *testing.T) {
	for seed := range uint64(times(3000)) {
		rng := rand.New(rand.NewPCG(seed, 4))
		v := built(rng.IntN(4000))
		for range rng.IntN(4) {
			k := rng.IntN(v.Len() + 1)
			v = v.Slice(k, v.Len()).Concat(v.Slice(0, k))
		}
		w := v
		src := &source{program(rng, rng.IntN(60))}
		for len(src.rest) > 0 {
			w = edited(w, src)
		}
		if err := roundTrip(v, w); err != nil {
			t.Fatalf("seed %d: %v", seed, err)
		}
		if n := rng.IntN(v.Len() + 1); n%3 == 0 { // unrelated ones
			if err := roundTrip(v, Of(w.AppendTo(nil)...)); err != nil {
				t.Fatalf("seed %d: %v", seed, err)
			}
		}
	}
}

func TestDiffIsSmall(t *testing.T) {
	v := built(100_000)
	for _, c := range []struct {
		w    Vector[int]
		want []diff.Splice[int]
	}{
		{v, nil},
		{v.Set(70_000, -1), []diff.Splice[int]{{At: 70_000, Old: []int{70_000}, New: []int{-1}}}},
		{v.Insert(70_000, -1), []diff.Splice[int]{{At: 70_000, Old: nil, New: []int{-1}}}},
		{v.Delete(70_000, 70_002), []diff.Splice[int]{{At: 70_000, Old: []int{70_000, 70_001}, New: nil}}},
		{v.Append(-1), []diff.Splice[int]{{At: 100_000, Old: nil, New: []int{-1}}}},
		{v.Prepend(-1), []diff.Splice[int]{{At: 0, Old: nil, New: []int{-1}}}},
		{v.Slice(3, 100_000), []diff.Splice[int]{{At: 0, Old: []int{0, 1, 2}, New: nil}}},
		{v.Insert(50_000, -1).Delete(30_000, 30_001).Set(90_000, -2), []diff.Splice[int]{
			{At: 30_000, Old: []int{30_000}, New: nil},
			{At: 49_999, Old: nil, New: []int{-1}},
			{At: 90_000, Old: []int{90_000}, New: []int{-2}},
		}},
	} {
		var got []diff.Splice[int]
		for s := range Diff(v, c.w) {
			got = append(got, diff.Splice[int]{At: s.At, Old: append([]int(nil), s.Old...), New: append([]int(nil), s.New...)})
		}
		assert.Equal(t, c.want, got)
		require.NoError(t, roundTrip(c.w, v))
	}
}

// What versions share is not looked at: the comparisons that an eq counts grow with the number
// of edits, not with the length.
func TestEqualLooksAtLittle(t *testing.T) {
	v := built(1_000_000)
	w := v
	for edits := range 5 {
		n := 0
		assert.True(t, EqualFunc(v, w, func(a, b int) bool { n++; return a == b }))
		assert.LessOrEqual(t, n, edits*(1<<leafBits[int]()))
		w = w.Set(edits*200_000+7, -1).Set(edits*200_000+7, edits*200_000+7)
	}
	assert.False(t, Equal(v, w.Set(999_999, 0)))
	assert.False(t, EqualFunc(v, w.Set(0, 1), func(a, b int) bool { return a == b }))
	assert.True(t, EqualFunc(v, Map(w, func(x int) string { return fmt.Sprint(x) }), func(a int, b string) bool { return fmt.Sprint(a) == b }))
}

func TestDiffStopsEarly(t *testing.T) {
	v := built(5000)
	w := v.Set(10, -1).Set(12, -1).Set(4000, -1)
	n := 0
	for range Diff(v, w) {
		n++
		if n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
}

func TestApplyPanics(t *testing.T) {
	v := Of(1, 2, 3)
	for _, s := range []diff.Splice[int]{{At: -1}, {At: 4}, {At: 2, Old: []int{1, 2}}} {
		assert.Panics(t, func() { Apply(v, slices.Values([]diff.Splice[int]{s})) })
	}
	assert.PanicsWithValue(t, "vector: Apply of a nil function", func() { Apply(v, nil) })
}
