package hamt_test

import (
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// allSequences returns all iterators of the package over n entries, as sequences of what they yield.
func allSequences(h hamt.Hasher[int], n int) map[string]iter.Seq[any] {
	m := hamt.NewMap[int, int](h)
	s := hamt.NewSet[int](h)
	for k := range n {
		m, s = m.Set(k, -k), s.Add(k)
	}
	b := m.Builder()
	b.Set(0, 0) // owns a path
	sb := s.Builder()
	if n == 0 {
		b.Delete(0)
	}
	changes := func(from, to hamt.Map[int, int]) iter.Seq[any] {
		return func(yield func(any) bool) {
			hamt.Diff(from, to)(func(c diff.Change[int, int]) bool { return yield(c) })
		}
	}
	empty := hamt.NewMap[int, int](h)
	return map[string]iter.Seq[any]{
		"All":            boxed2(m.All()),
		"Keys":           boxed(m.Keys()),
		"Values":         boxed(m.Values()),
		"builder All":    boxed2(b.All()),
		"builder Keys":   boxed(b.Keys()),
		"builder Values": boxed(b.Values()),
		"set":            boxed(s.All()),
		"set builder":    boxed(sb.All()),
		"Diff, added":    changes(empty, m),
		"Diff, removed":  changes(m, empty),
		"Diff, updated":  changes(m, hamt.MapValues(m, func(_, v int) int { return v - 1 })),
		"Diff, mixed":    changes(m.Filter(func(k, _ int) bool { return k%2 == 0 }), m.Filter(func(k, _ int) bool { return k%2 == 1 })),
	}
}

func boxed[T any](seq iter.Seq[T]) iter.Seq[any] {
	return func(yield func(any) bool) { seq(func(v T) bool { return yield(v) }) }
}

func boxed2[K, V any](seq iter.Seq2[K, V]) iter.Seq[any] {
	return func(yield func(any) bool) {
		seq(func(k K, v V) bool { return yield([2]any{k, v}) })
	}
}

// shapesToIterate are hashers and sizes that make a leaf, inner nodes and collisions.
func shapesToIterate(f func(h hamt.Hasher[int], n int)) {
	for _, n := range []int{0, 1, hamt.LeafMax, hamt.LeafMax + 1, 3*hamt.LeafMax + 2} {
		f(nil, n)
		f(testkit.LastBits[int](2), n)
		f(testkit.Constant[int](), n)
	}
}

func TestIteratorsBrokenNestedReused(t *testing.T) {
	shapesToIterate(func(h hamt.Hasher[int], n int) {
		for name, seq := range allSequences(h, n) {
			first := slices.Collect(seq)
			require.Len(t, first, n, name)
			require.Equal(t, first, slices.Collect(seq), "%s: ranged over again", name)
			for stop := range n + 1 {
				var got []any
				for v := range seq {
					if len(got) == stop {
						break
					}
					got = append(got, v)
				}
				require.True(t, slices.Equal(first[:stop], got), "%s: broken off at %d", name, stop)

				require.Equal(t, stop < n, func() bool {
					i := 0
					for range seq {
						if i++; i > stop {
							return true
						}
					}
					return false
				}(), "%s: returned from at %d", name, stop)

				next, done := iter.Pull(seq)
				for i := range stop {
					v, ok := next()
					require.True(t, ok && v == first[i], "%s: pulled", name)
				}
				done()
				_, ok := next()
				require.False(t, ok, "%s: pulled after it was stopped", name)
			}
			next, done := iter.Pull(seq)
			for range n {
				next()
			}
			_, ok := next()
			require.False(t, ok, "%s: pulled past the end", name)
			done()

			outer := 0
			for v := range seq {
				require.Equal(t, first[outer], v)
				outer++
				inner := 0
				for w := range seq {
					require.Equal(t, first[inner], w, "%s: nested", name)
					if inner++; inner == outer {
						break
					}
				}
			}
			require.Equal(t, n, outer, "%s: the outer of two nested ranges", name)
		}
	})
}

// TestIteratorNeverCalledAfterFalse ranges by hand: a body that returned false is not called
// again.
func TestIteratorNeverCalledAfterFalse(t *testing.T) {
	shapesToIterate(func(h hamt.Hasher[int], n int) {
		for name, seq := range allSequences(h, n) {
			for stop := 1; stop <= n; stop++ {
				calls := 0
				seq(func(any) bool { calls++; return calls < stop })
				require.Equal(t, stop, calls, name)
			}
		}
	})
}

// TestDiffBrokenOff breaks off a range over the changes between trees of different sizes, in which
// one has a leaf where the other has many.
func TestDiffBrokenOff(t *testing.T) {
	shapesToIterate(func(h hamt.Hasher[int], n int) {
		few, many := hamt.NewMap[int, int](h), hamt.NewMap[int, int](h)
		for k := range n {
			few = few.Set(5*k, k)
		}
		for k := range 6 * n {
			many = many.Set(k, k)
		}
		for _, x := range [][2]hamt.Map[int, int]{{few, many}, {many, few}} {
			seq := hamt.Diff(x[0], x[1])
			all := slices.Collect(seq)
			for stop := range all {
				var got []diff.Change[int, int]
				for c := range seq {
					if got = append(got, c); len(got) > stop {
						break
					}
				}
				require.True(t, slices.Equal(all[:stop+1], got))
			}
		}
	})
}

func TestIteratorSharedByGoroutines(t *testing.T) {
	// A builder's is for one goroutine.
	shapesToIterate(func(h hamt.Hasher[int], n int) {
		for name, seq := range allSequences(h, n) {
			if name == "builder All" || name == "builder Keys" || name == "builder Values" || name == "set builder" {
				continue
			}
			want := slices.Collect(seq)
			got := make([][]any, 16)
			var wg sync.WaitGroup
			for i := range got {
				wg.Go(func() { got[i] = slices.Collect(seq) })
			}
			wg.Wait()
			for _, g := range got {
				require.Equal(t, want, g, name)
			}
		}
	})
}

// TestRangeOverBuilderSeesItsBeginning changes a builder at each step of a range over it.
func TestRangeOverBuilderSeesItsBeginning(t *testing.T) {
	type builder = *hamt.MapBuilder[int, int]
	bodies := map[string]func(b builder, model map[int]int, k int){
		"set":       func(b builder, model map[int]int, k int) { b.Set(k, 1000); model[k] = 1000 },
		"set other": func(b builder, model map[int]int, k int) { b.Set(1000+k, k); model[1000+k] = k },
		"delete":    func(b builder, model map[int]int, k int) { b.Delete(k); delete(model, k) },
		"delete other": func(b builder, model map[int]int, k int) {
			b.Delete(k ^ 1)
			delete(model, k^1)
		},
		"clear": func(b builder, model map[int]int, _ int) { b.Clear(); clear(model) },
		"build": func(b builder, model map[int]int, k int) {
			b.Set(k, -5)
			b.Build()
			b.Set(k, -6)
			model[k] = -6
		},
		"delete all": func(b builder, model map[int]int, _ int) {
			b.DeleteFunc(func(int, int) bool { return true })
			clear(model)
		},
		"set all": func(b builder, model map[int]int, k int) {
			b.SetAll(testkit.Zip([]int{k, 2000}, []int{-1, k}))
			model[k], model[2000] = -1, k
		},
		"range": func(b builder, model map[int]int, k int) {
			for j := range b.Keys() {
				b.Set(j, 4)
				model[j] = 4
			}
		},
	}
	shapesToIterate(func(h hamt.Hasher[int], n int) {
		for name, body := range bodies {
			for step := range min(n+1, 12) {
				b, model := hamt.NewMap[int, int](h).Builder(), map[int]int{}
				all, keys, values := b.All(), b.Keys(), b.Values() // made before what they see
				for k := range n {
					b.Set(k, k)
					model[k] = k
				}
				atStart := maps.Clone(model)
				got := map[int]int{}
				for k, v := range all {
					require.NotContains(t, got, k, "%s: %d yielded twice", name, k)
					if got[k] = v; step == n || len(got) > step {
						body(b, model, k)
					}
				}
				require.Equal(t, atStart, got, "%s in each step from %d on", name, step)
				require.NoError(t, hamt.CheckBuilder(b), name)
				sameMap(t, model, b.Build(), name)

				for _, seq := range []iter.Seq[int]{values, keys} {
					before, yields := len(model), 0
					for i := range seq {
						yields++
						body(b, model, i)
					}
					require.Equal(t, before, yields, name)
				}
				sameMap(t, model, b.Build(), name)
			}
		}
	})
}

func TestRangeOverSetBuilderSeesItsBeginning(t *testing.T) {
	b := hamt.SetOf[int]().Builder()
	seq := b.All()
	const n = 3 * hamt.LeafMax
	for k := range n {
		b.Add(k)
	}
	seen := map[int]bool{}
	for k := range seq {
		assert.False(t, seen[k])
		seen[k] = true
		b.Delete(k)
		b.Delete(k + 1)
		b.Add(-k - 1)
	}
	assert.Len(t, seen, n)
	assert.Equal(t, n, b.Len())
	for k := range b.All() {
		assert.Negative(t, k)
		b.Clear()
	}
	assert.Zero(t, b.Len())
}
