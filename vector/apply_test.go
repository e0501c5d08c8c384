package vector_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

// TestApplyOfRuns replaces elements at every place that a run can have: within the head, a leaf or the tail, and
// across them. What was there before stays as it was.
func TestApplyOfRuns(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 9))
	for _, n := range lengths()[1:] {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			for range 20 {
				want, list := upTo(n), []diff.Splice[int](nil)
				for k := range 1 + rng.IntN(6) {
					i := rng.IntN(len(want) + 1)
					j := i + rng.IntN(len(want)-i+1)/(1+rng.IntN(3))
					xs := slices.Repeat([]int{-1 - k}, j-i)
					if k%3 == 2 { // another length, so that some splices are made in what a builder does not own
						xs = append(xs[:len(xs)/2], slices.Repeat([]int{7}, rng.IntN(5))...)
					}
					list = append(list, diff.Splice[int]{At: i, Old: slices.Clone(want[i:j]), New: xs})
					want = slices.Replace(want, i, j, xs...)
				}
				got := vector.Apply(v, slices.Values(list))
				holds(t, want, got, "%v", list)
				back := vector.Apply(got, func(yield func(diff.Splice[int]) bool) {
					for _, s := range slices.Backward(list) {
						if !yield(s.Inverse()) {
							return
						}
					}
				})
				holds(t, want, got, "after the way back")
				holds(t, upTo(n), back, "undone: %v", list)
			}
			holds(t, upTo(n), v, "the version that it began with")
		})
	}
}

// TestApplyIsOnePieceOfWork: a long run copies each leaf and node once, and many splices do as well.
func TestApplyIsOnePieceOfWork(t *testing.T) {
	n := 300 * leaf
	v := vector.Of(upTo(n)...)
	run := diff.Splice[int]{At: 3, Old: make([]int, n-6), New: make([]int, n-6)}
	var single []diff.Splice[int]
	for i := range n {
		single = append(single, diff.Splice[int]{At: i, Old: []int{i}, New: []int{-i}})
	}
	nodes := 300 * 5 / 4 // in the narrow build a node has four children, or two
	if leaf < 8 {
		nodes = 300 * 2
	}
	for _, list := range [][]diff.Splice[int]{{run}, single} {
		allocs := testing.AllocsPerRun(3, func() { vector.Apply(v, slices.Values(list)) })
		assert.LessOrEqual(t, allocs, float64(nodes+20), "%d splices", len(list))
		assert.Greater(t, allocs, 300.0)
	}
	assert.True(t, vector.Apply(v, slices.Values([]diff.Splice[int]{{At: 3}})) == v, "nothing is done")
}
