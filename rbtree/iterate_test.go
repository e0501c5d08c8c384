package rbtree_test

import (
	"iter"
	"maps"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
)

// allSequences returns all iterators of the package over n entries, as sequences of what they yield.
func allSequences(n int) map[string]iter.Seq[any] {
	var m, wide rbtree.Map[int, int]
	var s rbtree.Set[int]
	for k := range n {
		m, s = m.Set(k, -k), s.Add(k)
	}
	for k := -40; k < n+40; k++ {
		wide = wide.Set(k, -k)
	}
	b, sb := m.Builder(), s.Builder()
	changes := func(from, to rbtree.Map[int, int]) iter.Seq[any] {
		return func(yield func(any) bool) {
			rbtree.Diff(from, to)(func(c diff.Change[int, int]) bool { return yield(c) })
		}
	}
	var empty rbtree.Map[int, int]
	span := wide.From(0).Below(n)
	return map[string]iter.Seq[any]{
		"All": boxed2(m.All()), "Keys": boxed(m.Keys()), "Values": boxed(m.Values()), "Backward": boxed2(m.Backward()),
		"span All": boxed2(span.All()), "span Keys": boxed(span.Keys()), "span Values": boxed(span.Values()), "span Backward": boxed2(span.Backward()),
		"builder All": boxed2(b.All()), "builder Keys": boxed(b.Keys()), "builder Values": boxed(b.Values()),
		"set": boxed(s.All()), "set Backward": boxed(s.Backward()), "set builder": boxed(sb.All()),
		"set span": boxed(s.From(0).All()), "set span Backward": boxed(s.From(0).Backward()),
		"Diff, added": changes(empty, m), "Diff, removed": changes(m, empty),
		"Diff, updated": changes(m, rbtree.MapValues(m, func(_, v int) int { return v - 1 })),
		"Diff, mixed":   changes(m.Filter(func(k, _ int) bool { return k%2 == 0 }), m.Filter(func(k, _ int) bool { return k%2 == 1 })),
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

func TestIteratorsBrokenNestedReused(t *testing.T) {
	leaf := rbtree.LeafCap[int, int]()
	for _, n := range []int{0, 1, leaf, leaf + 1, 3*leaf + 2} {
		for name, seq := range allSequences(n) {
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
				if stop > 0 {
					calls := 0
					seq(func(any) bool { calls++; return calls < stop })
					require.Equal(t, stop, calls, "%s: called after it returned false", name)
				}
				if stop%5 == 0 {
					next, done := iter.Pull(seq)
					for i := range stop {
						v, ok := next()
						require.True(t, ok && v == first[i], "%s: pulled", name)
					}
					done()
					_, ok := next()
					require.False(t, ok, "%s: pulled after it was stopped", name)
				}
			}
			outer := 0
			for v := range seq {
				require.Equal(t, first[outer], v)
				outer++
				inner := 0
				for w := range seq {
					if w != first[inner] {
						require.Equal(t, first[inner], w, "%s: nested", name)
					}
					if inner++; inner == outer {
						break
					}
				}
			}
			require.Equal(t, n, outer, "%s: the outer of two nested ranges", name)
		}
	}
}

// TestRangesOverBuildersSeeTheBeginning, whatever the body does.
func TestRangesOverBuildersSeeTheBeginning(t *testing.T) {
	n := 4 * rbtree.LeafCap[int, int]()
	for _, body := range []func(b *rbtree.MapBuilder[int, int], k int){
		func(b *rbtree.MapBuilder[int, int], k int) { b.Set(k, -1) },
		func(b *rbtree.MapBuilder[int, int], k int) { b.Set(k+n, -1) },
		func(b *rbtree.MapBuilder[int, int], k int) { b.Delete(k); b.Delete(n - k) },
		func(b *rbtree.MapBuilder[int, int], k int) { b.Clear() },
		func(b *rbtree.MapBuilder[int, int], k int) { b.Set(k-n, 0); b.Build() },
		func(b *rbtree.MapBuilder[int, int], k int) { b.DeleteFunc(func(k, _ int) bool { return k%2 == 0 }) },
	} {
		var b rbtree.MapBuilder[int, int]
		for k := range n {
			b.Set(k, k)
		}
		seq := b.All()
		b.Set(n, n) // after the sequence was made, before the range begins
		want := 0
		for k, v := range seq {
			require.Equal(t, []int{want, want}, []int{k, v})
			want++
			body(&b, k)
			require.NoError(t, rbtree.CheckBuilder(&b))
		}
		require.Equal(t, n+1, want)
	}
}

// TestOneSequenceInManyGoroutines: each range has a cursor of its own.
func TestOneSequenceInManyGoroutines(t *testing.T) {
	var m rbtree.Map[int, int]
	for k := range 1000 {
		m = m.Set(k, k)
	}
	seq, back := m.All(), m.From(10).Backward()
	want := maps.Collect(seq)
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			assert.True(t, maps.Equal(want, maps.Collect(seq)))
			assert.Len(t, maps.Collect(back), 990)
			assert.Equal(t, 2, m.Union(m.Set(-1, 1).Delete(3)).Len()-m.Delete(5).Len())
		})
	}
	wg.Wait()
}
