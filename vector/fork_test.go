package vector

import (
	"fmt"
	"slices"
	"sync"
	"testing"

	"github.com/stretchr/testify/require"
)

// grow returns a vector of n elements that was grown at the back, one by one, from a chain of
// versions, with the last version's free room left to take.
func grow(n int) Vector[int] {
	var v Vector[int]
	for i := range n {
		v = v.Append(i)
	}
	return v
}

func growFront(n int) Vector[int] {
	var v Vector[int]
	for i := range n {
		v = v.Prepend(n - 1 - i)
	}
	return v
}

// same fails the test unless v has the given elements.
func same[T comparable](t testing.TB, want []T, v Vector[T]) {
	t.Helper()
	if err := (version[T]{v: v, model: want}).verify(0); err != nil {
		t.Fatal(err)
	}
}

func upTo(n int) []int {
	s := make([]int, n)
	for i := range s {
		s[i] = i
	}
	return s
}

// forkLengths are all lengths of two leaves and those about every boundary of the first levels.
func forkLengths() []int {
	leaf := 1 << leafBits[int]()
	lengths := upTo(min(1101, 20*leaf))
	for size := leaf; size < 40000; size *= fan {
		for _, k := range []int{1, 2, fan/2 + 1, fan - 1} {
			for d := -2; d <= 2; d++ {
				lengths = append(lengths, k*size+d, k*size+leaf+d, k*size+2*leaf+d)
			}
		}
	}
	slices.Sort(lengths)
	lengths = slices.Compact(lengths)
	return slices.DeleteFunc(lengths, func(n int) bool { return n < 0 || n > 35000 || quick() && n%7 > 1 })
}

// Two versions made from one never see each other, whatever the length.
func TestForks(t *testing.T) {
	for _, n := range forkLengths() {
		model := upTo(n)
		for _, v := range []Vector[int]{grow(n), growFront(n), Of(model...)} {
			a, b := v.Append(-1), v.Append(-2)
			c, d := v.Prepend(-3), v.Prepend(-4)
			aa, ab := a.Append(-5), a.Append(-6)
			cc, cb := c.Prepend(-7), c.Prepend(-8)
			e, f := v.Insert(n/2, -9), v.Insert(n/2, -10)
			g := v.Slice(n/3, n).Append(-11)
			h := v.Slice(0, n-n/3).Prepend(-12)
			many := v.Append(model[:min(n, 200)]...)
			checks := []version[int]{
				{v: v, model: model},
				{v: a, model: slices.Concat(model, []int{-1})}, {v: b, model: slices.Concat(model, []int{-2})},
				{v: c, model: slices.Concat([]int{-3}, model)}, {v: d, model: slices.Concat([]int{-4}, model)},
				{v: aa, model: slices.Concat(model, []int{-1, -5})}, {v: ab, model: slices.Concat(model, []int{-1, -6})},
				{v: cc, model: slices.Concat([]int{-7, -3}, model)}, {v: cb, model: slices.Concat([]int{-8, -3}, model)},
				{v: e, model: slices.Insert(slices.Clone(model), n/2, -9)}, {v: f, model: slices.Insert(slices.Clone(model), n/2, -10)},
				{v: g, model: slices.Concat(model[n/3:], []int{-11})}, {v: h, model: slices.Concat([]int{-12}, model[:n-n/3])},
				{v: many, model: slices.Concat(model, model[:min(n, 200)])},
			}
			for i, c := range checks {
				if err := c.verify(1); err != nil {
					t.Fatalf("length %d, version %d: %v", n, i, err)
				}
				if first, ok := c.v.First(); ok && first != c.model[0] {
					t.Fatalf("length %d, version %d: First is %d", n, i, first)
				}
				if last, ok := c.v.Last(); ok && last != c.model[len(c.model)-1] {
					t.Fatalf("length %d, version %d: Last is %d", n, i, last)
				}
			}
		}
	}
}

// Of many goroutines that append to one version, one takes the free room and the others copy;
// none sees another's elements.
func TestForksFromManyGoroutines(t *testing.T) {
	const goroutines, steps = 16, 200
	for _, n := range []int{0, 1, 3, 1<<leafBits[int]() - 1, 1 << leafBits[int](), 700} {
		for name, v := range map[string]Vector[int]{"back": grow(n), "front": growFront(n), "builder": built(n)} {
			t.Run(fmt.Sprintf("%s/%d", name, n), func(t *testing.T) {
				var wg sync.WaitGroup
				start := make(chan struct{})
				results := make([]Vector[int], goroutines)
				for g := range goroutines {
					wg.Go(func() {
						<-start
						w := v
						for i := range steps {
							w = w.Append(g*steps + i).Prepend(-g*steps - i)
						}
						results[g] = w
					})
				}
				close(start)
				wg.Wait()
				same(t, upTo(n), v)
				for g, w := range results {
					var want []int
					for i := range steps {
						want = append(want, -g*steps-(steps-1-i))
					}
					want = append(want, upTo(n)...)
					for i := range steps {
						want = append(want, g*steps+i)
					}
					same(t, want, w)
				}
			})
		}
	}
}

func built(n int) Vector[int] {
	var b Builder[int]
	for i := range n {
		b.Append(i)
	}
	return b.Build()
}

// The version that takes the free room does not copy; the next one does.
func TestOneForkTakesTheRoom(t *testing.T) {
	v := grow(5)
	require.Positive(t, v.base().room-uint32(v.t), "there is free room")
	a, b := v.Append(-1), v.Append(-2)
	require.Same(t, v.base(), a.base())
	require.NotSame(t, v.base(), b.base())
	require.Same(t, a.base(), a.Append(-3).base())

	w := growFront(6)
	require.Positive(t, w.base().core().headRoom-uint32(w.h), "there is free room")
	c, d := w.Prepend(-1), w.Prepend(-2)
	require.Same(t, w.base(), c.base())
	require.NotSame(t, w.base(), d.base())

	// A version that was cut back does not take again what was taken.
	e := a.Slice(0, 5)
	require.True(t, v == e)
	require.NotSame(t, v.base(), e.Append(-4).base())
	same(t, []int{0, 1, 2, 3, 4, -1}, a)
}
