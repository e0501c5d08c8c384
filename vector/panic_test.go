package vector_test

import (
	"fmt"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/vector"
)

// panicOf returns what do panics with, or nil, and how many bytes it allocated.
func panicOf(do func()) (r any, bytes uint64) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	defer func() {
		r = recover()
		runtime.ReadMemStats(&after)
		bytes = after.TotalAlloc - before.TotalAlloc
	}()
	do()
	return
}

type (
	vec     = vector.Vector[int]
	builder = vector.Builder[int]
)

// TestIndexOutOfRange calls every method that takes positions with such as are out of range.
func TestIndexOutOfRange(t *testing.T) {
	splice := func(i, j int, now ...int) func(yield func(diff.Splice[int]) bool) {
		return slices.Values([]diff.Splice[int]{{At: i, Old: make([]int, max(j-i, 0)), New: now}})
	}
	elements := map[string]func(v vec, b *builder, i int){ // 0 ≤ i < Len
		"At":             func(v vec, _ *builder, i int) { v.At(i) },
		"Set":            func(v vec, _ *builder, i int) { v.Set(i, -1) },
		"Update":         func(v vec, _ *builder, i int) { v.Update(i, func(int) int { return -1 }) },
		"Builder.At":     func(_ vec, b *builder, i int) { b.At(i) },
		"Builder.Update": func(_ vec, b *builder, i int) { b.Update(i, func(int) int { panic("called") }) },
		"Builder.Set":    func(_ vec, b *builder, i int) { b.Set(i, -1) },
	}
	gaps := map[string]func(v vec, b *builder, i int){ // 0 ≤ i ≤ Len
		"Insert":                func(v vec, _ *builder, i int) { v.Insert(i, -1) },
		"Insert of many":        func(v vec, _ *builder, i int) { v.Insert(i, make([]int, 3*leaf)...) },
		"Insert of none":        func(v vec, _ *builder, i int) { v.Insert(i) },
		"Delete of none":        func(v vec, _ *builder, i int) { v.Delete(i, i) },
		"Slice of none":         func(v vec, _ *builder, i int) { v.Slice(i, i) },
		"Apply of none":         func(v vec, _ *builder, i int) { vector.Apply(v, splice(i, i)) },
		"Apply of one more":     func(v vec, _ *builder, i int) { vector.Apply(v, splice(i, i, -1)) },
		"Builder.Insert":        func(_ vec, b *builder, i int) { b.Insert(i, -1) },
		"Builder.Insert of 0":   func(_ vec, b *builder, i int) { b.Insert(i) },
		"Builder.Delete of 0":   func(_ vec, b *builder, i int) { b.Delete(i, i) },
		"Builder.Truncate":      func(_ vec, b *builder, i int) { b.Truncate(i) },
		"Builder.Truncate less": func(_ vec, b *builder, i int) { b.Append(7); b.Truncate(b.Len() - 1); b.Truncate(i) },
	}
	ranges := map[string]func(v vec, b *builder, i, j int){ // 0 ≤ i ≤ j ≤ Len
		"Delete": func(v vec, _ *builder, i, j int) { v.Delete(i, j) },
		"Slice":  func(v vec, _ *builder, i, j int) { v.Slice(i, j) },
		"Range": func(v vec, _ *builder, i, j int) {
			for range v.Range(i, j) {
				panic("an element")
			}
		},
		"Builder.Delete": func(_ vec, b *builder, i, j int) { b.Delete(i, j) },
	}
	for _, n := range []int{0, 1, 5, leaf + 1, 5 * leaf} {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			b := v.Builder()
			fails := func(name string, wrong int, do func()) {
				t.Helper()
				r, bytes := panicOf(do)
				assert.Equal(t, fmt.Sprintf("vector: index %d out of range [0:%d]", wrong, n), r, name)
				assert.Less(t, bytes, uint64(1<<16), "%s allocates", name)
			}
			for _, i := range []int{-1, n, n + 1, n + leaf, math.MinInt, math.MinInt + 1, math.MinInt32, math.MaxInt32, math.MaxInt} {
				for name, do := range elements {
					fails(fmt.Sprintf("%s(%d)", name, i), i, func() { do(v, b, i) })
				}
				for name, do := range gaps {
					if i == n {
						assert.NotPanics(t, func() { do(v, v.Builder(), i) }, "%s(Len)", name)
						continue
					}
					fails(fmt.Sprintf("%s(%d)", name, i), i, func() { do(v, b, i) })
				}
			}
			for _, c := range [][3]int{ // i, j and the one to name
				{-1, 0, -1}, {-1, n, -1}, {-1, n + 1, -1}, {-1, -2, -1}, {math.MinInt, math.MaxInt, math.MinInt},
				{0, -1, -1}, {0, n + 1, n + 1}, {n, n + 1, n + 1}, {0, math.MaxInt, math.MaxInt}, {n, math.MinInt, math.MinInt},
				{n + 1, n + 1, n + 1}, {n + 1, n + 2, n + 1}, {n + 1, 0, n + 1}, {n + 2, n + 1, n + 2}, {n + 1, -1, n + 1},
				{math.MaxInt, math.MinInt, math.MaxInt}, {math.MaxInt, math.MaxInt, math.MaxInt}, {math.MaxInt, 0, math.MaxInt},
			} {
				for name, do := range ranges {
					fails(fmt.Sprintf("%s(%d, %d)", name, c[0], c[1]), c[2], func() { do(v, b, c[0], c[1]) })
				}
			}
			for i := range n { // both are in range, but i > j
				for name, do := range ranges {
					if i == 0 || i == n/2 || i == n-1 {
						fails(fmt.Sprintf("%s(%d, %d)", name, i+1, i), i+1, func() { do(v, b, i+1, i) })
						fails(fmt.Sprintf("%s(%d, 0)", name, i+1), i+1, func() { do(v, b, i+1, 0) })
					}
				}
			}
			holds(t, upTo(n), v)
			holds(t, upTo(n), b.Build())
			b.Append(n)
			holds(t, upTo(n+1), b.Build(), "the builder is usable")
		})
	}
}

// TestApplyOutOfRange: what Old has counts as well.
func TestApplyOutOfRange(t *testing.T) {
	v := vector.Of(upTo(5)...)
	for _, c := range []struct{ at, old, wrong int }{{5, 1, 6}, {0, 6, 6}, {3, 3, 6}, {-1, 1, -1}, {math.MaxInt, 2, math.MaxInt}, {math.MinInt, 2, math.MinInt}} {
		for _, now := range []int{0, c.old, 9} {
			assert.PanicsWithValue(t, fmt.Sprintf("vector: index %d out of range [0:5]", c.wrong), func() {
				vector.Apply(v, slices.Values([]diff.Splice[int]{{At: 1, New: nil}, {At: c.at, Old: make([]int, c.old), New: make([]int, now)}}))
			}, "%+v with %d for it", c, now)
		}
	}
	holds(t, upTo(5), v)
}

// TestNilFunctionPanicsAtOnce, on an empty vector too.
func TestNilFunctionPanicsAtOnce(t *testing.T) {
	for _, n := range []int{0, 1, 5, 3 * leaf} {
		v := vector.Of(upTo(n)...)
		for name, do := range map[string]func(){
			"Collect":          func() { vector.Collect[int](nil) },
			"Map":              func() { vector.Map[int, int](v, nil) },
			"Filter":           func() { v.Filter(nil) },
			"SortFunc":         func() { v.SortFunc(nil) },
			"BinarySearchFunc": func() { vector.BinarySearchFunc[int, int](v, 1, nil) },
			"EqualFunc":        func() { vector.EqualFunc[int, int](v, v.Append(1), nil) },
			"Apply":            func() { vector.Apply(v, nil) },
		} {
			assert.PanicsWithValue(t, "vector: "+name+" of a nil function", do, "%s of %d", name, n)
		}
	}
}

// doubled returns a vector of at least half of the greatest length: s over and over.
func doubled[T any](s []T) vector.Vector[T] {
	v := vector.Of(s...)
	for v.Len() <= vector.MaxLen/2 {
		v = v.Concat(v)
	}
	return v
}

var tooLong = fmt.Sprintf("vector: more than %d elements", vector.MaxLen)

// TestBillions has vectors of all the elements that there can be, by sharing, and adds more.
func TestBillions(t *testing.T) {
	t.Run("byte", func(t *testing.T) {
		const period = 251
		s := make([]byte, period)
		for i := range s {
			s[i] = byte(i)
		}
		billions(t, s, func(i int) byte { return byte(i % period) })
	})
	t.Run("struct{}", func(t *testing.T) { billions(t, make([]struct{}, 3), func(int) (x struct{}) { return }) })
}

func billions[T comparable](t *testing.T, s []T, want func(int) T) {
	v := doubled(s)
	n := v.Len()
	require.Greater(t, n, 1<<30/2)
	full := v.Concat(v.Slice(0, vector.MaxLen-n))
	intact := func() {
		t.Helper()
		require.Equal(t, vector.MaxLen, full.Len())
		for i := 0; i < full.Len()-full.Len()/97; i += full.Len() / 97 {
			require.Equal(t, want(i), full.At(i), "At(%d)", i)
			part := full.Slice(i, i+100)
			for k, x := range part.All() {
				require.Equal(t, want(i+k), x)
			}
		}
		last, _ := full.Last()
		require.Equal(t, want(vector.MaxLen-1), last)
		assert.PanicsWithValue(t, fmt.Sprintf("vector: index %d out of range [0:%[1]d]", full.Len()), func() { full.At(full.Len()) })
	}
	intact()

	one := vector.Of(want(0))
	for name, do := range map[string]func(){
		"Concat with itself":    func() { v.Concat(v) },
		"Concat with one":       func() { full.Concat(one) },
		"Concat of one":         func() { one.Concat(full) },
		"Builder.Concat":        func() { full.Builder().Concat(one) },
		"Builder.Append":        func() { full.Builder().Append(make([]T, 2)...) },
		"Insert":                func() { full.Insert(n, make([]T, 2*vector.LeafLen[T]())...) },
		"Insert of one":         func() { full.Insert(n/2, want(0)) },
		"Builder.Insert of one": func() { full.Builder().Insert(n/2, want(0)) },
		"Prepend":               func() { full.Prepend(make([]T, 9*vector.LeafLen[T]())...) },
		"Append":                func() { full.Append(make([]T, 3*vector.LeafLen[T]())...) },
	} {
		r, bytes := panicOf(do)
		assert.Equal(t, tooLong, r, name)
		assert.Less(t, bytes, uint64(1<<16), "%s allocates", name)
	}
	for name, add := range map[string]func(vector.Vector[T]) vector.Vector[T]{
		"Append":  func(v vector.Vector[T]) vector.Vector[T] { return v.Append(want(0)) },
		"Prepend": func(v vector.Vector[T]) vector.Vector[T] { return v.Prepend(want(0)) },
		"Insert":  func(v vector.Vector[T]) vector.Vector[T] { return v.Insert(v.Len()/2, want(0)) },
	} { // an end may have room for a few more
		w, added := full, 0
		r, _ := panicOf(func() {
			for ; added <= 2*vector.LeafLen[T](); added++ {
				w = add(w)
			}
		})
		assert.Equal(t, tooLong, r, "%s, again and again", name)
		assert.Equal(t, full.Len()+added, w.Len(), name)
		assert.True(t, w == w.Append() && w == w.Prepend() && w == w.Insert(1) && w == w.Concat(vector.Vector[T]{}), name)
		assert.NotPanics(t, func() { w.Builder().Append() }, name)
	}
	intact()

	mid := full.Delete(n/2, n/2+1).Insert(n/2, want(n/2)).Set(n-1, want(n-1))
	require.Equal(t, full.Len(), mid.Len())
	require.Equal(t, want(n/2+1), mid.At(n/2+1))
	assert.True(t, vector.Equal(full, mid), "what two of them share is not looked at")
	for range vector.Diff(full, mid) {
		assert.Fail(t, "they are equal")
	}
	for i, x := range full.Backward() {
		require.Equal(t, want(i), x)
		if i < full.Len()-2000 {
			break
		}
	}
}

// TestMoreThanThereCanBe: a slice of nothing can have any length.
func TestMoreThanThereCanBe(t *testing.T) {
	xs := make([]struct{}, math.MaxInt)
	for _, n := range []int{0, 2, 3000} {
		v := vector.Of(make([]struct{}, n)...)
		b := v.Builder()
		for name, do := range map[string]func(){
			"Of":              func() { vector.Of(xs...) },
			"Append":          func() { v.Append(xs...) },
			"Prepend":         func() { v.Prepend(xs...) },
			"Insert":          func() { v.Insert(n/2, xs...) },
			"Insert at 0":     func() { v.Insert(0, xs...) },
			"Insert at Len":   func() { v.Insert(n, xs...) },
			"Builder.Append":  func() { b.Append(xs...) },
			"Builder.Prepend": func() { b.Prepend(xs...) },
			"Builder.Insert":  func() { b.Insert(n/2, xs...) },
			"less":            func() { v.Insert(n/2, xs[:vector.MaxLen-n+1]...) },
		} {
			r, bytes := panicOf(do)
			assert.Equal(t, tooLong, r, "%s at %d", name, n)
			assert.Less(t, bytes, uint64(1<<16), "%s at %d allocates", name, n)
		}
		assert.Equal(t, n, v.Len())
		assert.Equal(t, n, b.Build().Len())
	}
}
