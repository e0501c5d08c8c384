package rbtree_test

import (
	"cmp"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// point is a key without a natural order.
type point struct {
	X, Y int32
	Name string
}

func comparePoints(a, b point) int {
	return cmp.Or(cmp.Compare(a.X, b.X), -cmp.Compare(a.Y, b.Y), strings.Compare(a.Name, b.Name))
}

func intKey(i int) int         { return i*3 - 200 }
func stringKey(i int) string   { return fmt.Sprintf("key %d", i) }
func pointKey(i int) point     { return point{int32(i % 7), int32(i), string(rune('a' + i%3))} }
func intValue(i int) int       { return i / 4 }
func stringValue(i int) string { return fmt.Sprint(i / 4) }

type unit = struct{}

// An order is a comparator, or nil for the natural order, and the Go expression that makes it.
type order[K any] struct {
	name, source string
	compare      func(a, b K) int
}

func natural[K any]() order[K] { return order[K]{name: "natural"} }

// intOrders are orders of ints under which no two are equal.
func intOrders() []order[int] {
	return []order[int]{
		natural[int](),
		{"function", "cmp.Compare[int]", cmp.Compare[int]},
		{"reversed", "func(a, b int) int { return cmp.Compare(b, a) }", func(a, b int) int { return cmp.Compare(b, a) }},
	}
}

// faulty is the natural order, in which comparisons panic when they are told to.
func faulty(f *testkit.Faults) order[int] {
	return order[int]{"faulty", "func(a, b int) int { f.Tick(); return cmp.Compare(a, b) }",
		func(a, b int) int { f.Tick(); return cmp.Compare(a, b) }}
}

// interpreter binds the operation interpreter to rbtree.Map, with maps of the given orders, all of
// which iterate the same way, to start from.
func interpreter[K, V comparable, M testkit.Map[K, V, M, B], B testkit.Builder[K, V, M]](_ M, key func(int) K, value func(int) V, order func(a, b K) int, orders ...order[K]) *testkit.Maps[K, V, M, B] {
	ms := &testkit.Maps[K, V, M, B]{
		Package: "rbtree", Home: "rbtree_test", Imports: []string{"cmp", "github.com/ramet-go/ramet/rbtree"},
		Universe: 192, Key: key, Value: value, Order: order,
	}
	is(&ms.Equal, rbtree.Equal[K, V])
	is(&ms.Diff, rbtree.Diff[K, V])
	is(&ms.Apply, rbtree.Apply[K, V])
	is(&ms.Merge, rbtree.Merge[K, V])
	is(&ms.MergeFunc, rbtree.MergeFunc[K, V])
	is(&ms.SetIfChanged, rbtree.SetIfChanged[K, V])
	is(&ms.MapValues, rbtree.MapValues[K, V, V])
	if len(orders) > 0 && orders[0].compare == nil {
		is(&ms.NewBuilder, func() *rbtree.MapBuilder[K, V] { return new(rbtree.MapBuilder[K, V]) })
	}
	is(&ms.Check, check[K, V])
	is(&ms.CheckBuilder, rbtree.CheckBuilder[K, V])
	is(&ms.Shape, shape[K, V])
	for _, o := range orders {
		e := testkit.Empty[M]{Go: fmt.Sprintf("rbtree.Map[%T, %T]{}", *new(K), *new(V))}
		if o.compare != nil {
			e.Go = fmt.Sprintf("rbtree.NewMapFunc[%T, %T](%s)", *new(K), *new(V), o.source)
			e.Map = any(rbtree.NewMapFunc[K, V](o.compare)).(M)
		}
		ms.Empties = append(ms.Empties, e)
	}
	return ms
}

// is sets *to to f, which has the type F.
func is[F any](to *F, f any) { *to = f.(F) }

// check verifies the invariants and the colours of m.
func check[K, V any](m rbtree.Map[K, V]) error {
	if err := rbtree.Check(m); err != nil {
		return err
	}
	return rbtree.CheckColours(m)
}

func shape[K, V any](m rbtree.Map[K, V]) testkit.Shape {
	s := rbtree.StatsOf(m)
	return testkit.Shape{Entries: s.Entries, Depth: s.Depth, Inner: s.Inner, Leaves: s.Leaves}
}

// sequences and length are how many programs a test runs, and how many commands each has.
const length = 250

func sequences(n int) int {
	switch {
	case testing.Short():
		return max(1, n/4)
	case invariants.Enabled: // which -race is, too
		return max(1, n/2)
	}
	return n
}

// grown is a program that fills a map with all keys, and takes most of them out again, so
// that what follows begins with something large.
var grown = testkit.Program{
	{Op: testkit.SetAll, Dst: 0, A: 0, Key: 0, Val: 64},
	{Op: testkit.SetAll, Dst: 0, A: 0, Key: 64, Val: 64},
	{Op: testkit.SetAll, Dst: 0, A: 0, Key: 128, Val: 64},
	{Op: testkit.Filter, Dst: 1, A: 0, Key: 6, Val: 3},
	{Op: testkit.BuilderOf, Dst: 0, A: 0},
	{Op: testkit.BuilderDeleteFunc, Dst: 0, A: 0, Key: 7, Val: 18},
	{Op: testkit.New, Dst: 2, A: 1},
	{Op: testkit.SetAll, Dst: 2, A: 2, Key: 0, Val: 64},
	{Op: testkit.Filter, Dst: 3, A: 2, Key: 6, Val: 3},
}

func TestModel(t *testing.T) {
	for _, o := range intOrders() {
		compare := o.compare
		if compare == nil {
			compare = cmp.Compare[int]
		}
		t.Run("int "+o.name, func(t *testing.T) {
			testModel(t, interpreter(rbtree.Map[int, int]{}, intKey, intValue, compare, o), 8)
		})
	}
	t.Run("string", func(t *testing.T) {
		testModel(t, interpreter(rbtree.Map[string, string]{}, stringKey, stringValue, strings.Compare, natural[string]()), 4)
	})
	t.Run("struct", func(t *testing.T) {
		testModel(t, interpreter(rbtree.Map[point, point]{}, pointKey, pointKey, comparePoints,
			order[point]{"points", "comparePoints", comparePoints}), 4)
	})
	t.Run("empty value", func(t *testing.T) {
		testModel(t, interpreter(rbtree.Map[int, unit]{}, intKey, func(int) unit { return unit{} }, cmp.Compare[int], natural[int]()), 4)
	})
}

func testModel[K, V comparable, M testkit.Map[K, V, M, B], B testkit.Builder[K, V, M]](t *testing.T, ms *testkit.Maps[K, V, M, B], n int) {
	rng := testkit.Rand(t)
	var total testkit.Report
	for range sequences(n) {
		total.Add(ms.Test(t, slices.Concat(grown, testkit.Random(rng, length))))
	}
	t.Log(total)
	assert.Equal(t, total.Steps, sequences(n)*(len(grown)+length))
	assert.Positive(t, total.Splits)
	assert.Positive(t, total.Merges)
	assert.Positive(t, total.NoOps)
	assert.Greater(t, total.Checked, total.Steps)
	assert.Equal(t, 192, total.MaxLen)
	assert.GreaterOrEqual(t, total.Old, 32)
	assert.GreaterOrEqual(t, total.MaxShape.Depth, 2)
}

func TestModelRunsEveryOperation(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 0))
	ms := interpreter(rbtree.Map[int, int]{}, intKey, intValue, cmp.Compare[int], natural[int]())
	var total testkit.Report
	for range 8 {
		total.Add(ms.Test(t, testkit.Random(rng, length)))
	}
	assert.Empty(t, total.Missing())
}

// Maps that are not known to share an order fall back to the receiver's, element by element.
func TestModelAcrossOrders(t *testing.T) {
	rng := testkit.Rand(t)
	ms := interpreter(rbtree.Map[int, int]{}, intKey, intValue, nil, intOrders()...)
	for range sequences(12) {
		p := testkit.Random(rng, length)
		for i := range ms.Empties { // so that the slots begin with different ones
			p[i] = testkit.Command{Op: testkit.New, Dst: uint8(i), A: uint8(i)}
			p[i+len(ms.Empties)] = testkit.Command{Op: testkit.SetAll, Dst: uint8(i), A: uint8(i), Key: uint8(rng.Uint32()), Val: 40}
		}
		ms.Test(t, p)
	}
}

// Whatever a caller's function or comparator does when it panics, versions stay as they are,
// and a builder is as it was.
func TestModelFaults(t *testing.T) {
	rng := testkit.Rand(t)
	faults := new(testkit.Faults)
	ms := interpreter(rbtree.Map[int, int]{}, intKey, intValue, cmp.Compare[int],
		faulty(faults))
	ms.Faults = faults
	var total testkit.Report
	for range sequences(16) {
		p := testkit.Random(rng, 2*length)
		for i := 20; i < len(p); i += 2 {
			p[i].Op = testkit.Panic
		}
		total.Add(ms.Test(t, p))
	}
	t.Log(total)
	assert.Greater(t, total.Faults, total.Steps/16)
}
