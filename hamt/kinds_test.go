//go:build !race && !smallnodes && !invariants

package hamt_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
)

// Each kind of keys and values is an instance of everything for the compiler. Kinds depend neither on how wide nodes are nor on
// what else is checked, and the race detector is about goroutines: so those builds go without this file and the others with
// its tag, and have a few kinds in keys_test.go.

func integers[T ~int | int8 | int16 | int32](t *testing.T) {
	bits := int(unsafe.Sizeof(T(0))) * 8
	seen := map[T]bool{}
	var keys []T
	add := func(k T) {
		if !seen[k] {
			seen[k] = true
			keys = append(keys, k)
		}
	}
	for i := range 60 {
		add(T(i))
		add(-T(i))
	}
	for i := range bits {
		add(T(1) << i)
		add(T(1)<<i - 1)
		add(^(T(1) << i))
	}
	kind(t, keys...)
}

type (
	myString string
	padded   struct {
		a uint8
		b uint64
		_ uint16
		c bool
	}
)

func TestKeysOfEveryKind(t *testing.T) {
	integers[int](t)
	integers[int8](t)
	integers[int16](t)
	integers[int32](t)
	integers[myInt](t)
	kind(t, false, true)
	kind(t, "", "a", "b", "ab", "\x00", "\x00\x00", strings.Repeat("x", 1<<16), "ä", "\xff")
	kind[myString](t, "", "a", "b")
	kind(t, 0, 1.5, -1.5, math.Inf(1), math.Inf(-1), math.MaxFloat64, math.SmallestNonzeroFloat64, -math.SmallestNonzeroFloat64)
	kind(t, struct{}{})
	kind(t, nested{}, nested{a: 1}, nested{a: "1"}, nested{b: [2]string{"", "x"}}, nested{f: 2}, nested{c: 1i}, nested{c: 1}, nested{a: nested{}})
	kind(t, padded{}, padded{a: 1}, padded{b: 1}, padded{c: true})
	kind(t, nil, new(int), new(int), new(int))
	kind[any](t, nil, 0, int8(0), uint8(0), "", "0", 0.5, false, struct{}{}, [0]int{}, [1]any{nil}, (*int)(nil), (*string)(nil), new(int), myInt(0), myString(""), make(chan int), (chan int)(nil), 0i, 1i, complex64(0), uintptr(0), [2]string{}, [2]string{"", "a"}, nested{})
}

// -0 and +0 are one key, of which the first instance stays; a NaN is a new key each time.
func TestFloatKeys(t *testing.T) {
	negative := math.Copysign(0, -1)
	for _, zeros := range [][2]float64{{0, negative}, {negative, 0}} {
		m := hamt.Map[float64, int]{}.Set(zeros[0], 1)
		assert.Equal(t, 1, m.Get(zeros[1]))
		m = m.Set(zeros[1], 2)
		assert.Equal(t, 1, m.Len())
		for k := range m.Keys() {
			assert.Equal(t, math.Signbit(zeros[0]), math.Signbit(k))
		}
		assert.Zero(t, m.Delete(zeros[1]).Len())
		h := hamt.Map[nested, int]{}.Set(nested{a: zeros[0], c: complex(1, zeros[0])}, 1)
		assert.True(t, h.Contains(nested{a: zeros[1], c: complex(1, zeros[1])}))
		assert.True(t, hamt.SetOf[any]([2]float64{zeros[0], 1}).Contains([2]float64{zeros[1], 1}))
	}

	nan := math.NaN()
	m := hamt.Map[float64, int]{}
	for i := range 2 * hamt.LeafMax {
		m = m.Set(nan, i).Set(float64(i), i)
	}
	require.NoError(t, hamt.Check(m))
	assert.Equal(t, 4*hamt.LeafMax, m.Len())
	assert.False(t, m.Contains(nan))
	assert.True(t, m.Delete(nan) == m)
	found := 0
	for k := range m.All() {
		if k != k {
			found++
		} else {
			assert.Equal(t, int(k), m.Get(k), "other keys are found as ever")
		}
	}
	assert.Equal(t, 2*hamt.LeafMax, found)
	assert.True(t, hamt.Equal(m, m), "what is shared is equal")
	assert.Equal(t, 2*hamt.LeafMax, m.Filter(func(k float64, _ int) bool { return k == k }).Len())
	b := m.Builder()
	b.DeleteFunc(func(k float64, _ int) bool { return k != k })
	assert.Equal(t, 2*hamt.LeafMax, b.Len(), "a NaN can be deleted by a function")
	assert.Equal(t, 6*hamt.LeafMax, m.Union(hamt.CollectMap(m.All())).Len(), "NaNs of unrelated maps add up")
}

func TestValuesOfSomeWords(t *testing.T) {
	valuesOfSize(t, func(i int) [5]uint64 { return [5]uint64{uint64(i), 4: uint64(i)} })
}

func TestReadsOfEveryKindAllocateNothing(t *testing.T) {
	readsAllocateNothing(t, "float64", nil, func(i int) float64 { return float64(i) })
	pointers := map[int]*int{}
	readsAllocateNothing(t, "pointer", nil, func(i int) *int {
		if pointers[i] == nil {
			pointers[i] = new(int)
		}
		return pointers[i]
	})
}

func TestFloodingWithStructs(t *testing.T) {
	flood(t, 1<<14, func(i int) [2]int64 { return [2]int64{int64(i) << 32, int64(-i) << 32} },
		func(int) [2]int64 { return [2]int64{rand.Int64(), rand.Int64()} })
}

func TestTryApplyOfAnUncomparableArray(t *testing.T) {
	type key struct {
		n int
		x any
	}
	_, err := hamt.TryApplySet(hamt.Set[[1]key]{}, slices.Values([]diff.Change[[1]key, struct{}]{{Kind: diff.Added, Key: [1]key{{1, []int{}}}}}))
	assert.ErrorContains(t, err, "is not comparable")
}
