package order_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/order"
	"github.com/ramet-go/ramet/list"
)

type (
	num    int16
	unum   uint32
	word   string
	hidden struct {
		_ int
		a int
		b any
	}
	node struct {
		name string
		next *node
	}
)

func compareOf[T any](p order.Pointers) func(a, b T) int {
	compare := order.Of(reflect.TypeFor[T](), p)
	return func(a, b T) int { return compare(reflect.ValueOf(&a).Elem(), reflect.ValueOf(&b).Elem()) }
}

// ascends checks that values are in strictly ascending order.
func ascends[T any](t *testing.T, p order.Pointers, values ...T) {
	t.Helper()
	compare := compareOf[T](p)
	for i, a := range values {
		for j, b := range values {
			want := 0
			switch {
			case i < j:
				want = -1
			case i > j:
				want = 1
			}
			assert.Equal(t, want, compare(a, b), "%T: %v and %v", a, a, b)
		}
	}
}

func TestCompare(t *testing.T) {
	nan, inf := math.NaN(), math.Inf(1)
	for _, p := range []order.Pointers{order.ByAddress, order.ByPointee} {
		ascends(t, p, false, true)
		ascends(t, p, math.MinInt, -1, 0, 1, math.MaxInt)
		ascends[num](t, p, math.MinInt16, -1, 0, 1, math.MaxInt16)
		ascends[unum](t, p, 0, 1, math.MaxUint32)
		ascends[uintptr](t, p, 0, 1, 1<<31)
		ascends(t, p, "", "A", "Z", "a", "aa", "b", "é", "\xff")
		ascends[word](t, p, "", "a", "b")
		ascends(t, p, nan, -inf, -1, 0, 0.5, inf)
		ascends(t, p, float32(nan), -1, 2)
		ascends(t, p, complex(nan, 0), complex(0, -1), complex(0, 1), complex(1, 0))
		ascends(t, p, [2]int{0, 9}, [2]int{1, 0}, [2]int{1, 1})
		ascends(t, p, nil, []int{1}, []int{1, 0}, []int{2})
		ascends(t, p, nil, map[int]int{1: 1}, map[int]int{1: 1, 2: 2})
		ascends(t, p, hidden{a: 1}, hidden{a: 1, b: 1}, hidden{a: 1, b: "x"}, hidden{a: 2})
		ascends[any](t, p, nil, false, 1.5, -1, 3, hidden{}, "a", "b", uint8(1), uint8(2))
		ascends[fmt.Stringer](t, p, nil, time.Second, time.Minute, time.Monday, time.Tuesday)
		ascends(t, p, [0]func(){})
	}
}

func TestComparePointers(t *testing.T) {
	two := [2]int{7, 3}
	low, high := &two[0], &two[1]
	ascends(t, order.ByAddress, nil, low, high)
	ascends(t, order.ByPointee, nil, high, low)
	ascends(t, order.ByAddress, nil, unsafe.Pointer(low), unsafe.Pointer(high))

	same, other := 7, 7
	assert.Zero(t, compareOf[*int](order.ByPointee)(&same, &other))
	assert.NotZero(t, compareOf[*int](order.ByAddress)(&same, &other))

	c, d := make(chan int), make(chan int)
	assert.NotZero(t, compareOf[chan int](order.ByAddress)(c, d))
	assert.Zero(t, compareOf[chan int](order.ByPointee)(c, d))
	ascends(t, order.ByPointee, nil, c)
	assert.Zero(t, compareOf[func()](order.ByPointee)(nil, func() {}))
}

// Types of one name are told apart by their paths, and where that is the same too, by what they are: otherwise values
// of one type would be in an order, and each of them equal to those of the other.
func TestCompareTypesOfOneName(t *testing.T) {
	f := func() any { type local struct{ x int }; return local{1} }
	g := func() any { type local struct{ y string }; return local{"a"} }
	compare := compareOf[any](order.ByPointee)
	assert.NotZero(t, compare(f(), g()))
	assert.Equal(t, compare(f(), g()), -compare(g(), f()))
	assert.Zero(t, compare(f(), f()))
}

// A collection is equal to any other of its type: how its nodes lie is nobody's business. What stands beside it counts.
func TestCompareCollections(t *testing.T) {
	short, long := list.Of(1), list.Of(1, 2, 3)
	type key struct {
		L list.List[int]
		N int
	}
	assert.Zero(t, compareOf[list.List[int]](order.ByPointee)(short, long))
	assert.Zero(t, compareOf[any](order.ByPointee)(short, long))
	assert.NotZero(t, compareOf[list.List[int]](order.ByAddress)(short, long))
	ascends(t, order.ByPointee, key{long, 1}, key{short, 2})
}

func TestCompareEnds(t *testing.T) {
	ring := func(name string) *node {
		n := &node{name: name}
		n.next = n
		return n
	}
	compare := compareOf[*node](order.ByPointee)
	assert.Zero(t, compare(ring("a"), ring("a")), "cycles")
	assert.Negative(t, compare(ring("a"), ring("b")))

	long := func(last string) *node {
		n := &node{name: last}
		for range 4000 {
			n = &node{next: n}
		}
		return n
	}
	assert.Negative(t, compare(long("a"), long("b")), "a difference that is far away is found")

	// Twice as large with every level when it is spelled out.
	shared := func(last any) any {
		x := last
		for range 200 {
			x = [2]any{x, x}
		}
		return x
	}
	slices := func() any {
		x := []any{1}
		for range 200 {
			x = []any{x, x}
		}
		return x
	}
	assert.Zero(t, compareOf[any](order.ByPointee)(shared(1), shared(1)))
	assert.Negative(t, compareOf[any](order.ByPointee)(shared(1), shared(2)))
	assert.Zero(t, compareOf[any](order.ByPointee)(slices(), slices()))
	type nest []nest
	loop := nest{nil}
	loop[0] = loop
	assert.Zero(t, compareOf[nest](order.ByPointee)(loop, loop))
	assert.Zero(t, compareOf[*nest](order.ByPointee)(&loop, &loop))
}

// fmt sorts the keys of built-in maps.
func TestSortedIsTheOrderOfFmt(t *testing.T) {
	check := func(printed string, sorted []string) {
		t.Helper()
		assert.Equal(t, printed, "map["+strings.Join(sorted, " ")+"]")
	}
	ints, words, floats, structs := map[num]bool{}, map[word]int{}, map[float64]int{}, map[hidden]int{}
	for range 200 {
		ints[num(rand.Int())] = true
		words[word(fmt.Sprint(rand.Int()))] = 1
		floats[rand.NormFloat64()] = 2
		structs[hidden{a: rand.IntN(10), b: rand.IntN(100)}] = 3
	}
	check(fmt.Sprint(ints), pairs(ints))
	check(fmt.Sprint(words), pairs(words))
	check(fmt.Sprint(floats), pairs(floats))
	check(fmt.Sprint(structs), pairs(structs))
}

func pairs[K comparable, V any](m map[K]V) (texts []string) {
	for _, x := range sorted(m, order.ByAddress) {
		texts = append(texts, fmt.Sprintf("%v:%v", x.K, x.V))
	}
	return texts
}

func sorted[K comparable, V any](m map[K]V, p order.Pointers) (all []order.Pair) {
	for k, v := range m {
		all = append(all, order.Pair{K: k, V: v})
	}
	order.Sort(all, p)
	return all
}

// TestSort puts elements of any types into the order that those of one interface type have.
func TestSort(t *testing.T) {
	in := []any{"pine", 3, nil, "ash", "", 2.5, num(7), "elm", 1}
	var all []order.Pair
	for _, x := range in {
		all = append(all, order.Pair{K: x})
	}
	order.Sort(all, order.ByAddress)
	compare := compareOf[any](order.ByAddress)
	for i := range all[1:] {
		assert.Negative(t, compare(all[i].K, all[i+1].K), "%v", all)
	}
	assert.Equal(t, []order.Pair{{}, {K: 2.5}, {K: 1}, {K: 3}, {K: num(7)}, {K: ""}, {K: "ash"}, {K: "elm"}, {K: "pine"}}, all)
	order.Sort(nil, order.ByPointee)
}

func TestSortOrdersEqualKeysByValue(t *testing.T) {
	m := map[float64]int{}
	for i := range 20 {
		m[math.NaN()] = i
	}
	require.Len(t, m, 20)
	for i, x := range sorted(m, order.ByPointee) {
		assert.NotEqual(t, x.K, x.K)
		assert.Equal(t, i, x.V)
	}
}

func TestOfAllocatesNothing(t *testing.T) {
	var sum int
	for _, pair := range [][2]reflect.Value{
		{reflect.ValueOf(num(1000)), reflect.ValueOf(num(2000))},
		{reflect.ValueOf(word("a long enough word")), reflect.ValueOf(word("another one"))},
	} {
		compare := order.Of(pair[0].Type(), order.ByPointee)
		assert.Zero(t, testing.AllocsPerRun(100, func() { sum += compare(pair[0], pair[1]) }))
	}
}

func TestPermutation(t *testing.T) {
	words := []string{"pine", "ash", "", "elm"}
	assert.Equal(t, []int{2, 1, 3, 0}, order.Permutation(len(words), func(i, j int) int { return strings.Compare(words[i], words[j]) }))
	assert.Empty(t, order.Permutation(0, nil))
}
