package vector_test

import (
	"iter"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

// pairs returns what All (or, backward, Backward) yields for [0, n), as a sequence of positions
// times two.
func pairs(seq iter.Seq2[int, int]) iter.Seq[[2]int] {
	return func(yield func([2]int) bool) {
		for i, x := range seq {
			if !yield([2]int{i, x}) {
				return
			}
		}
	}
}

// sequences returns all iterators over v, and what they have to yield.
func sequences(v vec, n int) map[string]struct {
	seq  iter.Seq[[2]int]
	want [][2]int
} {
	type s = struct {
		seq  iter.Seq[[2]int]
		want [][2]int
	}
	want, values := make([][2]int, n), make([][2]int, n)
	for i := range n {
		want[i], values[i] = [2]int{i, i}, [2]int{0, i}
	}
	backward := slices.Clone(want)
	slices.Reverse(backward)
	valuesOf := func(seq iter.Seq[int]) iter.Seq[[2]int] {
		return func(yield func([2]int) bool) {
			for x := range seq {
				if !yield([2]int{0, x}) {
					return
				}
			}
		}
	}
	b := v.Builder()
	return map[string]s{
		"All":            {pairs(v.All()), want},
		"Backward":       {pairs(v.Backward()), backward},
		"Values":         {valuesOf(v.Values()), values},
		"Builder.All":    {pairs(b.All()), want},
		"Builder.Values": {valuesOf(b.Values()), values},
	}
}

// TestBreakAtEveryPosition, and range again from the start.
func TestBreakAtEveryPosition(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			for name, s := range sequences(v, n) {
				for stop := 0; stop < n; stop += 1 + n/300 {
					seen := 0
					for p := range s.seq {
						if p != s.want[seen] {
							t.Fatalf("%s: %v at %d", name, p, seen)
						}
						if seen++; seen > stop {
							break
						}
					}
					if seen != stop+1 {
						t.Fatalf("%s: broken after %d, not %d", name, seen, stop+1)
					}
				}
				require.Equal(t, s.want, slices.AppendSeq(make([][2]int, 0, n), s.seq), name)
			}
		})
	}
}

// TestNestedRanges ranges over one sequence while it is being ranged over.
func TestNestedRanges(t *testing.T) {
	for _, n := range []int{0, 1, leaf + 1, 2*leaf + 3} {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			for name, s := range sequences(v, n) {
				outer := 0
				for p := range s.seq {
					inner := 0
					for q := range s.seq {
						if q != s.want[inner] {
							t.Fatalf("%s: %v at %d", name, q, inner)
						}
						inner++
					}
					if inner != n || p != s.want[outer] {
						t.Fatalf("%s: %v at %d, with %d inside", name, p, outer, inner)
					}
					outer++
				}
				assert.Equal(t, n, outer, name)
			}
		})
	}
}

// TestPull draws from two iterators in turn, and stops in the middle.
func TestPull(t *testing.T) {
	const n = 100
	eachForm(t, upTo(n), func(t *testing.T, v vec) {
		all, stopAll := iter.Pull2(v.All())
		back, stopBack := iter.Pull2(v.Backward())
		values, stopValues := iter.Pull(v.Values())
		defer stopValues()
		for k := range n {
			i, x, ok := all()
			require.Equal(t, []any{k, k, true}, []any{i, x, ok})
			if x, ok = values(); x != k || !ok {
				t.Fatalf("%d, %v at %d", x, ok, k)
			}
			if k < n/2 {
				i, x, ok = back()
				require.Equal(t, []any{n - 1 - k, n - 1 - k, true}, []any{i, x, ok})
			}
		}
		_, _, ok := all()
		assert.False(t, ok)
		_, ok = values()
		assert.False(t, ok)
		stopAll()
		stopBack()
		_, _, ok = back()
		assert.False(t, ok)
	})
}

// TestBodyPanics: a sequence whose range panicked is as good as new.
func TestBodyPanics(t *testing.T) {
	v := vector.Of(upTo(3 * leaf)...)
	for name, s := range sequences(v, v.Len()) {
		for _, at := range []int{0, leaf, 3*leaf - 1} {
			seen := 0
			assert.PanicsWithValue(t, "body", func() {
				for range s.seq {
					if seen == at {
						panic("body")
					}
					seen++
				}
			})
			assert.Equal(t, s.want, slices.Collect(s.seq), "%s after a panic at %d", name, at)
		}
	}
}

// TestReadersBesideWriters reads one version in 16 goroutines, while others append to it,
// prepend to it, and change it by builders. Under -race any write to what they read is
// reported; without, a torn version is.
func TestReadersBesideWriters(t *testing.T) {
	const rounds = 6
	n := 5*leaf + leaf/2
	for _, f := range forms(upTo(n)) {
		v := f.v
		want := upTo(n)
		var wg sync.WaitGroup
		for g := range 16 {
			wg.Go(func() {
				for range rounds {
					i := 0
					for j, x := range v.All() {
						if j != i || x != i {
							t.Errorf("%s: %d at %d", f.name, x, j)
						}
						i++
					}
					for _, x := range v.Backward() {
						if i--; x != i || v.At(i) != x {
							t.Errorf("%s: %d at %d", f.name, x, i)
						}
					}
					if !slices.Equal(want, v.AppendTo(nil)) || vector.Index(v, n-1-g) != n-1-g {
						t.Errorf("%s: another vector", f.name)
					}
				}
			})
		}
		for g := range 4 {
			wg.Go(func() {
				for range rounds {
					w, x := v, v
					for i := range leaf + 3 { // all take the same room
						w = w.Append(g*1000 + i)
						x = x.Prepend(g*1000 + i)
					}
					for i := range leaf + 3 {
						if w.At(n+i) != g*1000+i || x.At(leaf+2-i) != g*1000+i {
							t.Errorf("%s: elements of another goroutine", f.name)
						}
					}
				}
			})
			wg.Go(func() {
				for range rounds {
					b := v.Builder()
					for i := range n {
						b.Set(i, -g)
					}
					b.Append(1, 2, 3)
					b.Build()
					b.Insert(n/2, 9)
					b.Delete(1, 5)
					b.Build()
				}
			})
			wg.Go(func() {
				for k := range rounds {
					w := v.Set(k, -1).Insert(n/2, 5).Delete(k, n/2).Concat(v).Slice(k, n)
					vector.Equal(v, w)
					for range vector.Diff(v, w) {
					}
				}
			})
		}
		wg.Wait()
		holds(t, want, v, f.name)
	}
}

// TestVersionsPassedOn hands every version of a growing vector to readers that another
// goroutine runs.
func TestVersionsPassedOn(t *testing.T) {
	versions := make(chan vec)
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for v := range versions {
				n := v.Len()
				last, _ := v.Last()
				w := v.Append(-1) // takes the room that the writer is about to take, or copies
				if x, _ := w.Last(); last != n-1 || x != -1 || v.At(n/2) != n/2 {
					t.Errorf("%d at the end of %d, then %d", last, n, x)
				}
			}
		})
	}
	var v vec
	for i := range 20 * leaf {
		v = v.Append(i)
		versions <- v
	}
	close(versions)
	wg.Wait()
	holds(t, upTo(20*leaf), v)
}

// TestAppendTo keeps what dst has, writes into its room alone, and shares nothing.
func TestAppendTo(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			require.Equal(t, n, len(v.AppendTo(nil)))
			assert.Equal(t, append([]int{-1, -2}, upTo(n)...), v.AppendTo([]int{-1, -2}))

			array := slices.Repeat([]int{-7}, n+5)
			got := v.AppendTo(array[: 2 : n+4])
			assert.Equal(t, append([]int{-7, -7}, upTo(n)...), got)
			assert.True(t, &got[0] == &array[0], "there is room")
			assert.Equal(t, []int{-7, -7, -7}, array[n+2:], "and no more than that is written")

			full := []int{-7, -7, -7}
			got = v.AppendTo(full[:2:2])
			assert.Equal(t, []int{-7, -7, -7}, full, "there is no room")
			for i := range got {
				got[i] = -9
			}
			got = append(got, -9)
			assert.Equal(t, n == 0, vector.Equal(v, vector.Of(got[:n]...)))
			holds(t, upTo(n), v, "what AppendTo returns is not the vector's")
		})
	}
	assert.Nil(t, vec{}.AppendTo(nil))
}

// TestInputIsCopied: slices that were passed in, or are in a splice, can be changed afterwards.
func TestInputIsCopied(t *testing.T) {
	for _, n := range []int{1, 2, leaf - 1, leaf, leaf + 1, 2 * leaf, 3*leaf + 1, 20 * leaf} {
		base := vector.Of(-1, -2, -3).Append(upTo(3 * leaf)...)
		want := base.AppendTo(nil)
		for name, do := range map[string]func(xs []int) (v vec, at int){
			"Of":              func(xs []int) (vec, int) { return vector.Of(xs...), 0 },
			"Append":          func(xs []int) (vec, int) { return base.Append(xs...), base.Len() },
			"Append to empty": func(xs []int) (vec, int) { return vec{}.Append(xs...), 0 },
			"Prepend":         func(xs []int) (vec, int) { return base.Prepend(xs...), 0 },
			"Insert":          func(xs []int) (vec, int) { return base.Insert(leaf, xs...), leaf },
			"Builder.Append":  func(xs []int) (vec, int) { b := base.Builder(); b.Append(xs...); return b.Build(), base.Len() },
			"Builder.Prepend": func(xs []int) (vec, int) { b := base.Builder(); b.Prepend(xs...); return b.Build(), 0 },
			"Builder.Insert":  func(xs []int) (vec, int) { b := base.Builder(); b.Insert(2, xs...); return b.Build(), 2 },
			"Apply": func(xs []int) (vec, int) {
				return vector.Apply(base, slices.Values([]diff.Splice[int]{{At: 5, New: xs}})), 5
			},
		} {
			xs := upTo(n)
			v, at := do(xs)
			for i := range xs {
				xs[i] = -100
			}
			_ = append(xs[:0], -200)
			if !slices.Equal(upTo(n), v.Slice(at, at+n).AppendTo(nil)) {
				t.Errorf("%s of %d: the vector has what the slice has now", name, n)
			}
		}
		holds(t, want, base)
	}
	// What Diff yields is the range's own.
	from := vector.Of(upTo(4 * leaf)...)
	to := from.Set(1, -1).Insert(2*leaf, -2, -3)
	for s := range vector.Diff(from, to) {
		s.New = append(s.New[:0], slices.Repeat([]int{-9}, len(s.New))...)
		s.Old = append(s.Old[:0], slices.Repeat([]int{-9}, len(s.Old))...)
	}
	holds(t, upTo(4*leaf), from)
	assert.Equal(t, []int{-2, -3}, to.Slice(2*leaf, 2*leaf+2).AppendTo(nil))
	assert.Equal(t, -1, to.At(1))
}
