package vector_test

import (
	"cmp"
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/vector"
)

// allocs fails unless do allocates at most want objects.
func allocs(t *testing.T, want float64, name string, do func()) {
	t.Helper()
	if invariants.Enabled {
		return // the checks of this build allocate
	}
	if got := testing.AllocsPerRun(20, do); got > want {
		t.Errorf("%s: %v objects, want at most %v", name, got, want)
	}
}

// needsPlain skips a test that is about nothing but allocations where the checks allocate.
func needsPlain(t *testing.T) {
	if invariants.Enabled {
		t.Skip("the checks of this build allocate")
	}
}

func readsAllocateNothing[T comparable](t *testing.T, kind string, elem func(int) T) {
	for _, n := range []int{1, 10, leaf, 1000, 20000} {
		s := make([]T, n)
		for i := range s {
			s[i] = elem(i)
		}
		for _, f := range forms(s) {
			v, w, b := f.v, f.v.Append(s[0]), f.v.Builder()
			room := make([]T, 0, n)
			none := elem(n + 1)
			one := vector.Of(s[:min(n, vector.LeafLen[T]()/2)]...)
			c := vector.Of(s...)
			sum := 0
			for name, do := range map[string]func(){
				"At":                 func() { _, _, _ = v.At(0), v.At(n/2), v.At(n-1) },
				"First":              func() { v.First() },
				"Last":               func() { v.Last() },
				"Len":                func() { sum += v.Len() + b.Len() },
				"Index":              func() { sum += vector.Index(v, none) },
				"Contains":           func() { vector.Contains(v, s[n/2]) },
				"Builder.At":         func() { _, _, _ = b.At(0), b.At(n/2), b.At(n-1) },
				"Equal of a version": func() { vector.Equal(v, v) },
				"Equal of versions":  func() { vector.Equal(v, w) },
				"Equal":              func() { vector.Equal(v, c) },
				"EqualFunc":          func() { vector.EqualFunc(v, c, func(a, b T) bool { return a == b }) },
				"AppendTo with room": func() { sum += len(v.AppendTo(room)) },
				"Slice of none":      func() { sum += v.Slice(n/2, n/2).Len() },
				"Slice of a leaf":    func() { sum += one.Slice(0, one.Len()/2).Len() + one.Slice(one.Len()/2, one.Len()).Len() },
				"BinarySearchFunc": func() {
					i, _ := vector.BinarySearchFunc(v, 0, func(T, int) int { return -1 })
					sum += i
				},
				"All": func() {
					for i := range v.All() {
						sum += i
					}
				},
				"Values": func() {
					for range v.Values() {
						sum++
					}
				},
				"Backward": func() {
					for i := range v.Backward() {
						sum += i
					}
				},
				"Range": func() {
					for i := range v.Range(n/3, n) {
						sum += i
					}
				},
				"Chunks": func() {
					for chunk := range v.Chunks() {
						sum += len(chunk)
					}
				},
				"Cursor": func() {
					c := v.Cursor()
					for _, ok := c.Next(); ok; _, ok = c.Next() {
						sum++
					}
					c.Seek(n / 2)
					for _, ok := c.Prev(); ok; _, ok = c.Prev() {
						sum--
					}
				},
				"IndexFunc":    func() { sum += vector.IndexFunc(v, func(x T) bool { return x == none }) },
				"ContainsFunc": func() { vector.ContainsFunc(v, func(x T) bool { return x == none }) },
				"a broken range": func() {
					for range v.All() {
						break
					}
				},
			} {
				allocs(t, 0, fmt.Sprintf("%s of %d %ss, %s", name, n, kind, f.name), do)
			}
		}
	}
}

func TestReadsAllocateNothing(t *testing.T) {
	needsPlain(t)
	readsAllocateNothing(t, "int", func(i int) int { return i })
	readsAllocateNothing(t, "string", func(i int) string { return string(rune('a' + i)) })
	readsAllocateNothing(t, "any", func(i int) any { return i % 100 })
	readsAllocateNothing(t, "array", func(i int) [3]int { return [3]int{i} })
	readsAllocateNothing(t, "struct{}", func(int) (x struct{}) { return })
}

// TestSlicesOfEndsAllocateNothing: where only the head and the tail are cut, there is nothing
// to copy.
func TestSlicesOfEndsAllocateNothing(t *testing.T) {
	needsPlain(t)
	v := vector.Of(upTo(20 * leaf)...)
	for range leaf / 2 {
		v = v.Append(1).Prepend(2)
	}
	n := v.Len()
	cuts := 0
	for i := 0; i <= leaf/2; i++ {
		for _, j := range []int{n - i, n - leaf/2, n} {
			allocs(t, 0, fmt.Sprintf("Slice(%d, %d) of %d", i, j, n), func() { cuts += v.Slice(i, j).Len() })
		}
	}
	assert.Positive(t, cuts)
}

// TestRoomAllocatesNothing: while an end has room, adding to it allocates nothing. That is so
// for all but one in a leaf.
func TestRoomAllocatesNothing(t *testing.T) {
	needsPlain(t)
	long := vector.Of(upTo(30*leaf + 1)...)
	for _, f := range []struct {
		name string
		add  func(vec) vec
	}{
		{"Append", func(v vec) vec { return v.Append(1) }},
		{"Prepend", func(v vec) vec { return v.Prepend(1) }},
	} {
		v := long
		for range leaf + 1 { // to the beginning of an array
			v = f.add(v)
		}
		free := 0
		for range leaf {
			next := v
			if testing.AllocsPerRun(1, func() { v, next = next, f.add(next) }) == 0 {
				free++
			}
			v = next
		}
		assert.GreaterOrEqual(t, free, leaf*3/4-2, "%s: one of %d", f.name, leaf)
	}
}

// TestAllocationsOfChanges bounds what changing one element of many copies.
func TestAllocationsOfChanges(t *testing.T) {
	needsPlain(t)
	if leaf < 64 {
		t.Skip("narrow nodes make high trees")
	}
	const n = 100_000
	s := upTo(n)
	for _, f := range forms(s) {
		v := f.v
		i := 0
		next := func() int { i = (i + 7919) % n; return i }
		for _, c := range []struct {
			name  string
			most  float64
			bytes uint64
			do    func()
		}{
			{"At", 0, 0, func() { v.At(next()) }},
			{"Set", 6, 1400, func() { v.Set(next(), 1) }},
			{"Insert", 10, 2500, func() { v.Insert(next(), 1) }},
			{"Slice", 11, 2400, func() { v.Slice(next()/2, n/2+i/2) }},
			{"Builder", 1, 224, func() { v.Builder().Len() }},
			{"SortFunc", 0, 0, func() { v.SortFunc(cmp.Compare[int]) }},
		} {
			allocs(t, c.most, c.name+" "+f.name, c.do)
			const runs = 100
			_, got := panicOf(func() {
				for range runs {
					c.do()
				}
			})
			assert.LessOrEqual(t, got/runs, c.bytes+48, "%s %s: bytes", c.name, f.name)
		}
	}
	// A chain of Appends or Prepends costs a leaf for a leaf's worth of elements, and little
	// above it.
	for name, add := range map[string]func(vec) vec{
		"Append":  func(v vec) vec { return v.Append(1) },
		"Prepend": func(v vec) vec { return v.Prepend(1) },
	} {
		_, bytes := panicOf(func() {
			v := vec{}
			for range n {
				v = add(v)
			}
		})
		assert.Less(t, bytes/n, uint64(40), "bytes for each %s in a chain", name)
	}
}

// TestSmallVectorsAreOneObject: one for all of the elements.
func TestSmallVectorsAreOneObject(t *testing.T) {
	needsPlain(t)
	s := upTo(16)
	for n := 1; n <= min(len(s), leaf); n++ {
		var v vec
		allocs(t, 1, fmt.Sprintf("Of %d", n), func() { v = vector.Of(s[:n]...) })
		allocs(t, 1, fmt.Sprintf("Set of %d", n), func() { v = v.Set(n-1, 1) })
		assert.Equal(t, n, v.Len())
	}
}
