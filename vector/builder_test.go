package vector_test

import (
	"cmp"
	"fmt"
	"math/bits"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/transient"
	"github.com/ramet-go/ramet/vector"
)

var _ transient.Builder[vec] = (*builder)(nil)

// A change is something done to a builder, and to a slice.
type change struct {
	name  string
	build func(b *builder)
	model func(s []int) []int
}

func minus(x int) int { return -x - 1 }

// downByTens is an order in which tens are equal, from the greatest to the least.
func downByTens(a, b int) int { return cmp.Compare(b/10, a/10) }

// changes to builders of at least two elements.
var changes = []change{
	{"Set first", func(b *builder) { b.Set(0, -1) }, func(s []int) []int { s[0] = -1; return s }},
	{"Set last", func(b *builder) { b.Set(b.Len()-1, -2) }, func(s []int) []int { s[len(s)-1] = -2; return s }},
	{"Set middle", func(b *builder) { b.Set(b.Len()/2, -3) }, func(s []int) []int { s[len(s)/2] = -3; return s }},
	{"Update first", func(b *builder) { b.Update(0, minus) }, func(s []int) []int { s[0] = minus(s[0]); return s }},
	{"Update middle", func(b *builder) { b.Update(b.Len()/2, minus) }, func(s []int) []int { s[len(s)/2] = minus(s[len(s)/2]); return s }},
	{"SortFunc", func(b *builder) { b.SortFunc(downByTens) }, func(s []int) []int { slices.SortStableFunc(s, downByTens); return s }},
	{"Append", func(b *builder) { b.Append(-4) }, func(s []int) []int { return append(s, -4) }},
	{"Append many", func(b *builder) { b.Append(upTo(2*leaf + 1)...) }, func(s []int) []int { return append(s, upTo(2*leaf+1)...) }},
	{"Prepend", func(b *builder) { b.Prepend(-5, -6) }, func(s []int) []int { return slices.Insert(s, 0, -5, -6) }},
	{"Insert", func(b *builder) { b.Insert(b.Len()/2, -7) }, func(s []int) []int { return slices.Insert(s, len(s)/2, -7) }},
	{"Insert at the end", func(b *builder) { b.Insert(b.Len(), -8, -9) }, func(s []int) []int { return append(s, -8, -9) }},
	{"Delete", func(b *builder) { b.Delete(b.Len()/3, b.Len()/2) }, func(s []int) []int { return slices.Delete(s, len(s)/3, len(s)/2) }},
	{"Truncate", func(b *builder) { b.Truncate(b.Len() - 1) }, func(s []int) []int { return s[:len(s)-1] }},
	{"Concat", func(b *builder) { b.Concat(vector.Of(upTo(leaf + 2)...)) }, func(s []int) []int { return append(s, upTo(leaf+2)...) }},
	{"Concat with itself", func(b *builder) { b.Concat(b.Build()) }, func(s []int) []int { return append(s, s...) }},
}

// TestBuilderGoesOn makes every change after every other: build, go on, build again gives
// versions that are independent, and the base is what it was.
func TestBuilderGoesOn(t *testing.T) {
	for _, n := range []int{3, leaf, leaf + 1, 5*leaf + 2} {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			for _, first := range changes {
				for _, second := range changes {
					name := first.name + ", " + second.name
					b := v.Builder()
					first.build(b)
					want := first.model(upTo(n))
					w := b.Build()
					require.True(t, w == b.Build(), "%s: nothing changed in between", name)
					second.build(b)
					x := b.Build()
					holds(t, want, w, name, "then")
					want = second.model(slices.Clone(want))
					holds(t, want, x, name)
					first.build(b)
					holds(t, want, x, name, "and a third change")
					holds(t, first.model(slices.Clone(want)), b.Build(), name, "and a third change")
				}
			}
			holds(t, upTo(n), v, "the base")
		})
	}
}

// TestTwoBuildersOfOneBase take turns, while the base grows into the same room.
func TestTwoBuildersOfOneBase(t *testing.T) {
	for _, n := range []int{6, max(leaf-1, 7), leaf + 1, 5*leaf + 2} {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			for i, one := range changes {
				two := changes[(i*5+3)%len(changes)]
				b, c := v.Builder(), v.Builder()
				wantB, wantC := upTo(n), upTo(n)
				grown := v
				for round := range 4 {
					one.build(b)
					grown = grown.Append(n + round).Prepend(-round)
					two.build(c)
					wantB, wantC = one.model(wantB), two.model(wantC)
				}
				name := one.name + ", " + two.name
				holds(t, wantB, b.Build(), name, "first")
				holds(t, wantC, c.Build(), name, "second")
				holds(t, slices.Concat([]int{-3, -2, -1, 0}, upTo(n+4)), grown, name, "base that grew")
				holds(t, upTo(n), v, name, "base")
			}
		})
	}
}

func TestZeroBuilder(t *testing.T) {
	var b builder
	assert.Equal(t, 0, b.Len())
	assert.True(t, b.Build() == vec{})
	for range b.All() {
		assert.Fail(t, "it has no elements")
	}
	b.Truncate(0)
	b.Delete(0, 0)
	b.Insert(0, 1)
	b.Prepend(0)
	holds(t, upTo(2), b.Build())
	var c builder
	c.Concat(b.Build())
	c.Append(2)
	holds(t, upTo(3), c.Build())
	var d builder
	d.Prepend(upTo(3 * leaf)...)
	holds(t, upTo(3*leaf), d.Build())
}

func TestBuilderClear(t *testing.T) {
	for _, n := range lengths() {
		v := vector.Of(upTo(n)...)
		b := v.Builder()
		b.Append(7)
		w := b.Build()
		b.Clear()
		assert.Equal(t, 0, b.Len())
		assert.True(t, b.Build() == vec{})
		assert.PanicsWithValue(t, "vector: index 0 out of range [0:0]", func() { b.At(0) })
		b.Append(1)
		b.Append(2)
		holds(t, []int{1, 2}, b.Build())
		holds(t, append(upTo(n), 7), w)
	}
}

// TestRangeOverBuilder: it sees the builder as it was when it began, whatever the body does;
// and the sequence can be used again, and sees the builder as it is then.
func TestRangeOverBuilder(t *testing.T) {
	for _, n := range []int{2, leaf, leaf + 1, 4*leaf + 2} {
		for _, c := range changes {
			b := vector.Of(upTo(n)...).Builder()
			b.Set(0, 0)
			all, values := b.All(), b.Values() // made before the changes
			b.Append(n)
			seen := 0
			want := upTo(n + 1)
			for i, x := range all {
				require.Equal(t, seen, i)
				require.Equal(t, seen, x, c.name)
				if seen++; seen%(1+n/4) == 0 && b.Len() > 1 {
					c.build(b)
					want = c.model(want)
				}
			}
			assert.Equal(t, n+1, seen, c.name)
			var got []int
			for x := range values {
				got = append(got, x)
				b.Clear()
			}
			assert.Equal(t, want, got, c.name)
			for range all {
				assert.Fail(t, "nothing is left")
			}
		}
	}
}

// TestRangeOverBuilderEnds: a broken range, and one that panics, leave the builder usable.
func TestRangeOverBuilderEnds(t *testing.T) {
	b := vector.Of(upTo(3 * leaf)...).Builder()
	for i := range b.All() {
		if b.Set(i, i); i == leaf {
			break
		}
	}
	assert.PanicsWithValue(t, "body", func() {
		for i := range b.All() {
			if b.Append(3*leaf + i); i == 2 {
				panic("body")
			}
		}
	})
	holds(t, upTo(3*leaf+3), b.Build())
}

// word is the size of an int.
const word = bits.UintSize / 8

// TestBuilderInPlace: once it owns them, a builder changes leaves and nodes in place.
func TestBuilderInPlace(t *testing.T) {
	needsPlain(t)
	const n, sets = 10_000, 10_000
	for _, f := range forms(upTo(n)) {
		v := f.v
		b := v.Builder()
		set := func() {
			for i := range sets {
				b.Set(i*7919%n, i)
			}
		}
		_, first := panicOf(set)
		assert.Less(t, first, uint64(n*(word+word+2*208/min(leaf, 16))), "%s: each leaf and node is copied once", f.name)
		assert.Greater(t, first, uint64(n*word), "%s: and copied they are", f.name)
		allocs(t, 0, fmt.Sprintf("%s: %d Sets", f.name, sets), set)
		w := b.Build()
		_, again := panicOf(set)
		assert.InDelta(t, float64(first), float64(again), float64(first)/2, "%s: after Build, once more", f.name)
		assert.Greater(t, again, uint64(n*word), "%s: after Build, once more", f.name)
		allocs(t, 0, f.name+": then in place", set)
		assert.True(t, vector.Equal(w, b.Build()))
		holds(t, upTo(n), v, f.name)

		b = v.Builder()
		b.Append(1)
		many := func() { b.Append(upTo(0)...); b.Set(b.Len()-1, 2); b.Set(b.Len()-1, 3) }
		allocs(t, 0, f.name+": the tail, in place", many)
	}
}

// TestBuilderAppendsInPlace: it takes one array for a leaf.
func TestBuilderAppendsInPlace(t *testing.T) {
	needsPlain(t)
	const n = 10_000
	var b builder
	_, bytes := panicOf(func() {
		for i := range n {
			b.Append(i)
		}
	})
	assert.Less(t, bytes, uint64(n*(word+word+208/min(leaf, 8))))
	holds(t, upTo(n), b.Build())
	for _, x := range []int{0, leaf - 1, leaf, n - 1} {
		v := b.Build()
		_, bytes = panicOf(func() { b.Set(x, x) })
		assert.Less(t, bytes, uint64(4096), "one path, at %d", x)
		assert.False(t, v == b.Build())
	}
}

// TestBuiltRoomCanBeTaken: the room of ends that a builder made is there for the versions that
// it builds.
func TestBuiltRoomCanBeTaken(t *testing.T) {
	needsPlain(t)
	b := vector.Of(upTo(3*leaf + 1)...).Prepend(-1).Builder()
	b.Set(0, -2)
	b.Set(b.Len()-1, -3)
	v := b.Build()
	w, x := v, v
	assert.Zero(t, testing.AllocsPerRun(1, func() { w = w.Append(1) }), "Append")
	assert.Zero(t, testing.AllocsPerRun(1, func() { x = x.Prepend(1) }), "Prepend")
	b.Append(7)
	assert.Equal(t, 7, b.At(3*leaf+2))
	assert.Equal(t, []int{-3, 1, 1}, w.Slice(v.Len()-1, w.Len()).AppendTo(nil))
	assert.Equal(t, []int{1, 1, -2}, x.Slice(0, 3).AppendTo(nil))
}

// TestBuilderThatFails is what it was: after an index that is out of range, and in the middle
// of anything.
func TestBuilderThatFails(t *testing.T) {
	for _, f := range forms(upTo(3 * leaf)) {
		b := f.v.Builder()
		b.Append(3 * leaf)
		b.Set(0, 0)
		for range 3 {
			assert.Panics(t, func() { b.Set(3*leaf+1, 1) })
			assert.Panics(t, func() { b.Insert(-1, 1) })
			assert.Panics(t, func() { b.Delete(2, 1) })
			assert.Panics(t, func() { b.Truncate(-1) })
			assert.Panics(t, func() { b.At(-1) })
			assert.Panics(t, func() { b.Update(3*leaf+1, minus) })
			assert.PanicsWithValue(t, "f", func() { b.Update(0, func(int) int { panic("f") }) })
			calls := 0
			assert.PanicsWithValue(t, "cmp", func() {
				b.SortFunc(func(x, y int) int {
					if calls++; calls > 20 {
						panic("cmp")
					}
					return cmp.Compare(y, x)
				})
			})
		}
		b.Append(3*leaf + 1)
		b.Set(1, 1)
		holds(t, upTo(3*leaf+2), b.Build(), f.name)
		holds(t, upTo(3*leaf), f.v, f.name)
	}
}

func TestBuilderAppendsItsOwnElements(t *testing.T) {
	var b vector.Builder[int]
	s := upTo(3)
	b.Append(s...)
	s[0] = 9
	b.Append(s...)
	v := b.Build()
	b.Append(v.AppendTo(nil)...)
	holds(t, []int{0, 1, 2, 9, 1, 2, 0, 1, 2, 9, 1, 2}, b.Build())
	holds(t, []int{0, 1, 2, 9, 1, 2}, v)
}

// TestBuilderPrependsBesideOwnedLeaves: when a leaf moves to another slot of its node, so does the
// right to change it.
func TestBuilderPrependsBesideOwnedLeaves(t *testing.T) {
	base := vector.Of(upTo(3*leaf+1)...).Insert(leaf+1, -1) // a relaxed tree of one node, with room at its left
	want := slices.Collect(base.Values())
	b := base.Builder()
	b.Set(leaf+2, -2) // the second leaf is the builder's
	for range leaf + 1 {
		b.Prepend(-3) // a leaf before all others
	}
	b.Set(leaf+2, -4) // the leaf that was the first is not the builder's
	assert.Equal(t, -4, b.At(leaf+2))
	holds(t, want, base, "the base")
}

// TestBuilderGoesOnOwning: an operation that is not done in place takes from the builder the
// right to change a path, and no more.
func TestBuilderGoesOnOwning(t *testing.T) {
	const leaves = 100
	b := vector.Of(upTo(leaves * leaf)...).Builder()
	setAll := func() {
		for i := 0; i < b.Len(); i += leaf {
			b.Set(i, i)
		}
	}
	setAll()
	for name, change := range map[string]func(){
		"Insert":   func() { b.Insert(b.Len()/2, 1) },
		"Delete":   func() { b.Delete(b.Len()/2, b.Len()/2+1) },
		"Truncate": func() { b.Truncate(b.Len() - 1) },
		"Prepend":  func() { b.Prepend(1, 2) },
		"Concat":   func() { b.Concat(vector.Of(1)) },
	} {
		got := testing.AllocsPerRun(5, func() {
			change()
			setAll()
		})
		assert.Less(t, got, 0.6*leaves, name)
	}
}

func TestBuilderReads(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			for _, b := range []*builder{v.Builder(), vector.Of(upTo(n)...).Prepend(-1).Append(-1).Builder()} {
				if b.Len() > n {
					b.Truncate(n + 1)
					b.Delete(0, 1)
				}
				first, ok := b.First()
				last, also := b.Last()
				require.Equal(t, []bool{n > 0, n > 0}, []bool{ok, also})
				require.Equal(t, []int{0, max(n-1, 0)}, []int{first, last})
				i := n
				for at, x := range b.Backward() {
					i--
					require.Equal(t, [2]int{i, i}, [2]int{at, x})
					b.Append(7)
				}
				require.Zero(t, i)
				last, _ = b.Last()
				require.Equal(t, n > 0, last == 7)
			}
		})
	}
}

// TestBuilderUpdateOnTop: what f returns comes on top of what f does to the builder.
func TestBuilderUpdateOnTop(t *testing.T) {
	b := vector.Of(upTo(3 * leaf)...).Builder()
	var built vec
	b.Update(1, func(x int) int {
		b.Prepend(-1)
		built = b.Build()
		return x * 10
	})
	assert.Equal(t, []int{-1, 10, 1, 2}, b.Build().Slice(0, 4).AppendTo(nil))
	holds(t, append([]int{-1}, upTo(3*leaf)...), built)
	assert.PanicsWithValue(t, "vector: index 1 out of range [0:0]", func() {
		b.Update(1, func(x int) int { b.Clear(); return x })
	})
	assert.PanicsWithValue(t, "vector: Update of a nil function", func() { b.Update(0, nil) })
	assert.PanicsWithValue(t, "vector: SortFunc of a nil function", func() { b.SortFunc(nil) })
}

// TestBuilderSortFunc sorts in place what the builder owns, and nothing else.
func TestBuilderSortFunc(t *testing.T) {
	up := func(a, b int) int { return cmp.Compare(a, b) }
	down := func(a, b int) int { return cmp.Compare(b, a) }
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			b := v.Builder()
			b.SortFunc(up)
			assert.True(t, v == b.Build(), "it was sorted")
			b.SortFunc(down)
			w := b.Build()
			b.SortFunc(up)
			x := b.Build()
			b.SortFunc(downByTens)
			holds(t, upTo(n), v)
			holds(t, v.Reverse().AppendTo(nil), w)
			holds(t, upTo(n), x)
			want := upTo(n)
			slices.SortStableFunc(want, downByTens)
			holds(t, want, b.Build())
		})
	}
	b := vector.Of(3, 2, 1).Builder()
	assert.PanicsWithValue(t, "vector: a builder is used while it asks its comparator: by that, or by a second goroutine",
		func() { b.SortFunc(func(x, y int) int { b.Len(); return 0 }) })
	holds(t, []int{3, 2, 1}, b.Build())

	needsPlain(t)
	const n = 10_000
	for _, f := range forms(upTo(n)) {
		b := f.v.Builder()
		order := up
		sort := func() {
			if order(1, 2) < 0 {
				order = down
			} else {
				order = up
			}
			b.SortFunc(order)
		}
		sort()
		allocs(t, 2, f.name+": a slice, and no leaf", sort)
	}
}

// BenchmarkSortFunc puts 100,000 elements in order: of a vector, of its builder, and of a builder that owns its leaves.
func BenchmarkSortFunc(b *testing.B) {
	s := make([]int, 100_000)
	for i := range s {
		s[i] = i * 7919 % len(s)
	}
	v := vector.Of(s...)
	b.Run("Vector", func(b *testing.B) {
		for b.Loop() {
			v.SortFunc(cmp.Compare[int])
		}
	})
	b.Run("Builder", func(b *testing.B) {
		for b.Loop() {
			c := v.Builder()
			c.SortFunc(cmp.Compare[int])
			c.Build()
		}
	})
	b.Run("Owner", func(b *testing.B) {
		c := v.Builder()
		for b.Loop() {
			b.StopTimer()
			for i, x := range s {
				c.Set(i, x)
			}
			b.StartTimer()
			c.SortFunc(cmp.Compare[int])
		}
	})
}
