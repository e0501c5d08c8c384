package vector_test

import (
	"cmp"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/vector"
)

// A card is sorted by rank; the number tells cards of one rank apart.
type card struct{ rank, number int }

func byRank(a, b card) int { return cmp.Compare(a.rank, b.rank) }

// TestSortFunc against slices.SortStableFunc: few ranks, so that stability shows.
func TestSortFunc(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, n := range lengths() {
		for _, ranks := range []int{1, 2, 7, n + 1} {
			s := make([]card, n)
			for i := range s {
				s[i] = card{rng.IntN(ranks), i}
			}
			nearly := slices.SortedStableFunc(slices.Values(s), byRank) // all but the last one
			if n > 0 {
				nearly[n-1].rank = -1
			}
			for _, s := range [][]card{s, nearly} {
				want := slices.Clone(s)
				slices.SortStableFunc(want, byRank)
				eachForm(t, s, func(t *testing.T, v vector.Vector[card]) {
					got := v.SortFunc(byRank)
					holds(t, want, got)
					holds(t, s, v, "the receiver")
					assert.Equal(t, slices.IsSortedFunc(s, byRank), got == v, "it is the receiver if that is sorted")
					assert.True(t, got == got.SortFunc(byRank))
				})
			}
		}
	}
	// An order that contradicts itself gives some permutation.
	eachForm(t, upTo(3*leaf), func(t *testing.T, v vec) {
		got := v.SortFunc(func(int, int) int { return rng.IntN(3) - 1 }).AppendTo(nil)
		slices.Sort(got)
		assert.Equal(t, upTo(3*leaf), got)
	})
}

func TestReverseFilterMap(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for _, n := range lengths() {
		s := upTo(n)
		for i := range s {
			s[i] = rng.IntN(100)
		}
		eachForm(t, s, func(t *testing.T, v vec) {
			reversed := slices.Clone(s)
			slices.Reverse(reversed)
			holds(t, reversed, v.Reverse())
			holds(t, s, v.Reverse().Reverse())

			for name, keep := range map[string]func(i int) bool{ // by position
				"all":                  func(int) bool { return true },
				"none":                 func(int) bool { return false },
				"all but the first":    func(i int) bool { return i > 0 },
				"all but the last":     func(i int) bool { return i < n-1 },
				"the last":             func(i int) bool { return i == n-1 },
				"every second":         func(i int) bool { return i%2 == 0 },
				"all but the middle":   func(i int) bool { return i != n/2 },
				"the first half":       func(i int) bool { return i < n/2 },
				"the second half":      func(i int) bool { return i >= n/2 },
				"all but a whole leaf": func(i int) bool { return i < leaf || i >= 2*leaf },
			} {
				i, want := 0, []int{}
				for j, x := range s {
					if keep(j) {
						want = append(want, x)
					}
				}
				got := v.Filter(func(x int) bool {
					if x != s[i] {
						t.Errorf("%s: asked about %d, not %d", name, x, s[i])
					}
					i++
					return keep(i - 1)
				})
				require.Equal(t, n, i, "%s: asked once for each", name)
				holds(t, want, got, name)
				assert.Equal(t, len(want) == n, got == v, name)
				got.Append(-1).Prepend(-1) // where the room of what was kept may be the receiver's
				holds(t, s, v, name)
			}

			calls := 0
			texts := vector.Map(v, func(x int) string { calls++; return fmt.Sprint(x, "/", calls) })
			want := make([]string, n)
			for i, x := range s {
				want[i] = fmt.Sprint(x, "/", i+1)
			}
			holds(t, want, texts)
			assert.Equal(t, n, calls)
			holds(t, s, v)
		})
	}
}

func TestIndexAndContains(t *testing.T) {
	for _, n := range lengths() {
		s := upTo(n)
		for i := range s {
			s[i] = i * 7 % (n/2 + 1) // most of them twice
		}
		eachForm(t, s, func(t *testing.T, v vec) {
			for x := -1; x <= n/2+1; x += 1 + n/200 {
				want := slices.Index(s, x)
				if got := vector.Index(v, x); got != want || vector.Contains(v, x) != (want >= 0) {
					t.Fatalf("Index of %d is %d, not %d", x, got, want)
				}
			}
		})
	}
	floats := vector.Of(0.0, math.NaN(), math.Copysign(0, -1))
	assert.Equal(t, -1, vector.Index(floats, math.NaN()), "a NaN is not equal to itself")
	assert.Equal(t, 0, vector.Index(floats, math.Copysign(0, -1)))
	mixed := vector.Of[any](1, "1", []int{1}, nil)
	assert.Equal(t, 1, vector.Index[any](mixed, "1"))
	assert.Equal(t, 3, vector.Index[any](mixed, nil))
	assert.Panics(t, func() { vector.Index[any](mixed, []int{1}) }, "as == does")
	assert.Equal(t, 4, mixed.Len())
}

func TestBinarySearchFunc(t *testing.T) {
	compare := func(c card, rank int) int { return cmp.Compare(c.rank, rank) }
	for _, n := range lengths() {
		s := make([]card, n)
		for i := range s {
			s[i] = card{i / 3 * 2, i} // even ranks, three of each
		}
		eachForm(t, s, func(t *testing.T, v vector.Vector[card]) {
			for rank := -1; rank <= n+1; rank += 1 + n/400 {
				calls := 0
				i, found := vector.BinarySearchFunc(v, rank, func(c card, rank int) int { calls++; return compare(c, rank) })
				j, want := slices.BinarySearchFunc(s, rank, compare)
				if i != j || found != want {
					t.Fatalf("%d: %d, %v and not %d, %v", rank, i, found, j, want)
				}
				if calls > 14 {
					t.Fatalf("%d calls for %d elements", calls, n)
				}
			}
		})
	}
}

// TestCallbackPanicsAtEveryCall lets the k-th call of a caller's function panic, for every k:
// all that there is stays what it is.
func TestCallbackPanicsAtEveryCall(t *testing.T) {
	n := min(2*leaf+3, 40)
	s := upTo(n)
	slices.Reverse(s)
	eachForm(t, s, func(t *testing.T, v vec) {
		var f testkit.Faults
		other := vector.Of(s...)
		b := v.Builder()
		b.Append(-1)
		seq := func(yield func(int) bool) {
			for i := range n {
				f.Tick()
				if !yield(i) {
					return
				}
			}
		}
		for name, do := range map[string]func(){
			"Map":              func() { vector.Map(v, func(x int) int { f.Tick(); return x }) },
			"Filter":           func() { v.Filter(func(x int) bool { f.Tick(); return x%3 > 0 }) },
			"Filter of none":   func() { v.Filter(func(int) bool { f.Tick(); return true }) },
			"SortFunc":         func() { v.SortFunc(func(a, b int) int { f.Tick(); return cmp.Compare(a, b) }) },
			"SortFunc of none": func() { v.SortFunc(func(a, b int) int { f.Tick(); return 0 }) },
			"BinarySearchFunc": func() { vector.BinarySearchFunc(v, 5, func(x, y int) int { f.Tick(); return cmp.Compare(y, x) }) },
			"EqualFunc":        func() { vector.EqualFunc(v, other, func(a, b int) bool { f.Tick(); return a == b }) },
			"Collect":          func() { vector.Collect(seq) },
			"All": func() {
				for i := range v.All() {
					f.Tick()
					v.Append(i)
				}
			},
			"Builder.All": func() {
				for i := range b.All() {
					f.Tick()
					b.Set(i, b.At(i))
				}
			},
			"Diff": func() {
				for range vector.Diff(v, other.Set(0, -5).Delete(n/2, n/2+1).Set(n-2, -6)) {
					f.Tick()
				}
			},
			"Apply": func() {
				vector.Apply(v, func(yield func(diff.Splice[int]) bool) {
					for i := range seq {
						if !yield(diff.Splice[int]{At: i, Old: []int{0}, New: []int{i, i}}) {
							return
						}
					}
				})
			},
		} {
			k := 1
			for f.Attempt(k, do) {
				if v.Len() != n || b.Len() != n+1 || !slices.Equal(s, v.AppendTo(nil)) {
					t.Fatalf("%s: a panic in call %d leaves %v", name, k, v)
				}
				k++
			}
			assert.Greater(t, k, 1, "%s calls the function", name)
			holds(t, s, v, name)
		}
		holds(t, append(slices.Clone(s), -1), b.Build())
		b.Append(-2)
		holds(t, append(slices.Clone(s), -1, -2), b.Build())
	})
}
