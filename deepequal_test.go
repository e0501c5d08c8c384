package ramet_test

import (
	"cmp"
	"fmt"
	"hash/maphash"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/ordered"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// reflect.DeepEqual does not see the contents of a collection: it compares which version it is. It must never call
// different contents equal, nor one version different from itself, nor follow the nodes of a collection.

// An elem is a kind of elements: of has one for each number, and numberOf is its inverse. They may be equal as
// reflection sees them.
type elem[E comparable] struct {
	of       func(int) E
	numberOf map[E]int
}

const elems = 2100

func newElem[E comparable](of func(int) E) elem[E] {
	e := elem[E]{numberOf: map[E]int{}}
	var all []E
	for i := range elems {
		x := of(i)
		all = append(all, x)
		e.numberOf[x] = i
	}
	e.of = func(i int) E { return all[i] }
	return e
}

// several returns the elements with the given numbers.
func (e elem[E]) several(numbers []int) (xs []E) {
	for _, i := range numbers {
		xs = append(xs, e.of(i))
	}
	return xs
}

func (e elem[E]) compare(a, b E) int { return cmp.Compare(e.numberOf[a], e.numberOf[b]) }

// A few hashes are all that keys get.
type few[K comparable] struct{ numberOf func(K) int }

func (f few[K]) Hash(h *maphash.Hash, k K) { h.WriteByte(byte(f.numberOf(k) % 8)) }
func (few[K]) Equal(a, b K) bool           { return a == b }

// A shape makes a collection of the elements with the given numbers.
type shape[C any] struct {
	name string
	make func(numbers []int) C
}

// ints returns the numbers below n, and others that differ from them in one place, in length or in order.
func ints(n int) (all [][]int) {
	base := make([]int, n)
	for i := range base {
		base[i] = i
	}
	all = append(all, base, append(slices.Clone(base), elems-1))
	if n == 0 {
		return all
	}
	for _, i := range []int{0, n / 2, n - 1} {
		other := slices.Clone(base)
		other[i] = elems - 2
		all = append(all, other)
	}
	reversed := slices.Clone(base)
	slices.Reverse(reversed)
	return append(all, base[1:], base[:n-1], reversed)
}

// deepEqual holds what DeepEqual says of two collections against want, wherever they stand.
func deepEqual[C any](t *testing.T, want bool, a, b C, msg ...any) {
	t.Helper()
	type inside struct {
		n int
		c C
	}
	type exported struct{ C *C }
	for _, w := range [][2]any{
		{a, b}, {&a, &b}, {inside{1, a}, inside{1, b}}, {exported{&a}, exported{&b}}, {[]C{a}, []C{b}}, {[1]C{a}, [1]C{b}},
		{map[string]C{"": a}, map[string]C{"": b}}, {[]any{a}, []any{b}}, {struct{ x any }{&a}, struct{ x any }{&b}},
		{map[int][]inside{1: {{2, a}}}, map[int][]inside{1: {{2, b}}}},
	} {
		require.Equal(t, want, reflect.DeepEqual(w[0], w[1]), append([]any{fmt.Sprintf("in a %T: ", w[0])}, msg...)...)
	}
}

// holds makes collections in all shapes and sizes and compares each with each.
func holds[C comparable](t *testing.T, sizes []int, sequence bool, shapes []shape[C]) {
	t.Run(reflect.TypeFor[C]().String(), func(t *testing.T) {
		different, twins := 0, 0
		for _, n := range sizes {
			type version struct {
				name    string
				numbers []int
				c       C
			}
			var versions []version
			for _, s := range shapes {
				for _, numbers := range ints(n) {
					c := s.make(numbers)
					if !sequence {
						numbers = slices.Sorted(slices.Values(numbers))
					}
					versions = append(versions, version{s.name, numbers, c})
				}
			}
			for i, a := range versions {
				same := a.c
				deepEqual(t, true, a.c, same, a.name)
				for _, b := range versions[:i] {
					switch {
					case !slices.Equal(a.numbers, b.numbers):
						different++
						deepEqual(t, false, a.c, b.c, a.name, b.name, n)
					case len(a.numbers) > 0:
						twins++
						require.Equal(t, a.c == b.c, reflect.DeepEqual(a.c, b.c), "%s, %s, %d: which version it is", a.name, b.name, n)
					}
				}
			}
		}
		require.Greater(t, different, 50)
		require.Greater(t, twins, 10)
	})
}

// collections holds the promise for all collections of one kind of elements.
func collections[E comparable](t *testing.T, sizes []int, of func(int) E) {
	e := newElem(of)
	entries := func(numbers []int) func(func(int, E) bool) { return slices.All(e.several(numbers)) }
	keyed := func(numbers []int) func(func(E, int) bool) {
		return func(yield func(E, int) bool) {
			for _, i := range numbers {
				if !yield(e.of(i), i%2) {
					return
				}
			}
		}
	}

	type values = hamt.Map[int, E]
	holds(t, sizes, true, []shape[values]{
		{"SetAll", func(ns []int) values { return values{}.SetAll(entries(ns)) }},
		{"Set", func(ns []int) (m values) {
			for k, x := range entries(ns) {
				m = m.Set(k, x)
			}
			return m
		}},
		{"a hasher", func(ns []int) values {
			return hamt.NewMap[int, E](few[int]{func(k int) int { return k }}).SetAll(entries(ns))
		}},
	})
	holds(t, sizes, false, []shape[hamt.Map[E, int]]{
		{"SetAll", func(ns []int) hamt.Map[E, int] { return hamt.CollectMap(keyed(ns)) }},
		{"Builder", func(ns []int) hamt.Map[E, int] {
			var b hamt.MapBuilder[E, int]
			b.SetAll(keyed(ns))
			b.Set(e.of(elems-3), 0)
			b.Delete(e.of(elems - 3))
			return b.Build()
		}},
		{"a hasher", func(ns []int) hamt.Map[E, int] {
			return hamt.NewMap[E, int](few[E]{func(x E) int { return e.numberOf[x] }}).SetAll(keyed(ns))
		}},
	})
	holds(t, sizes, false, []shape[hamt.Set[E]]{
		{"Add", func(ns []int) hamt.Set[E] { return hamt.Set[E]{}.Add(e.several(ns)...) }},
		{"SetOf", func(ns []int) hamt.Set[E] { return hamt.SetOf(e.several(ns)...) }},
		{"Union", func(ns []int) hamt.Set[E] {
			return hamt.SetOf(e.several(ns[:len(ns)/2])...).Union(hamt.SetOf(e.several(ns[len(ns)/2:])...))
		}},
	})

	holds(t, sizes, true, []shape[ordered.Map[E, int]]{
		{"SetAll", func(ns []int) ordered.Map[E, int] { return ordered.CollectMap(keyed(ns)) }},
		{"Set", func(ns []int) (m ordered.Map[E, int]) {
			for k, v := range keyed(ns) {
				m = m.Set(k, v)
			}
			return m
		}},
		{"Delete", func(ns []int) ordered.Map[E, int] {
			return ordered.Map[E, int]{}.Set(e.of(elems-3), 0).SetAll(keyed(ns)).Delete(e.of(elems - 3))
		}},
	})

	sorted := rbtree.NewMapFunc[E, int](e.compare)
	members := rbtree.NewSetFunc(e.compare)
	byOthers := func(ns []int) rbtree.Map[int, E] {
		return rbtree.NewMapFunc[int, E](func(a, b int) int { return cmp.Compare(b, a) }).SetAll(entries(ns))
	}
	holds(t, sizes, true, []shape[rbtree.Map[int, E]]{
		{"SetAll", func(ns []int) rbtree.Map[int, E] { return rbtree.CollectMap(entries(ns)) }},
		{"Set", func(ns []int) (m rbtree.Map[int, E]) {
			for k, x := range entries(ns) {
				m = m.Set(k, x)
			}
			return m
		}},
		{"another order", byOthers},
	})
	holds(t, sizes, false, []shape[rbtree.Map[E, int]]{
		{"SetAll", func(ns []int) rbtree.Map[E, int] { return sorted.SetAll(keyed(ns)) }},
		{"Delete", func(ns []int) rbtree.Map[E, int] {
			return sorted.Set(e.of(elems-3), 0).SetAll(keyed(ns)).Delete(e.of(elems - 3))
		}},
	})
	holds(t, sizes, false, []shape[rbtree.Set[E]]{
		{"Add", func(ns []int) rbtree.Set[E] { return members.Add(e.several(ns)...) }},
		{"Union", func(ns []int) rbtree.Set[E] {
			return members.Add(e.several(ns[len(ns)/2:])...).Union(members.Add(e.several(ns)...))
		}},
	})
	holds(t, sizes, true, []shape[rbtree.Span[int, E]]{
		{"From", func(ns []int) rbtree.Span[int, E] { return rbtree.CollectMap(entries(ns)).From(0) }},
		{"Below", func(ns []int) rbtree.Span[int, E] {
			return rbtree.CollectMap(entries(append(slices.Clone(ns), 0, 1))).Below(len(ns))
		}},
		{"of another order", func(ns []int) rbtree.Span[int, E] { return byOthers(ns).From(elems) }},
	})
	holds(t, sizes, false, []shape[rbtree.SetSpan[E]]{
		{"From", func(ns []int) rbtree.SetSpan[E] { return members.Add(e.several(ns)...).From(e.of(0)) }},
		{"To", func(ns []int) rbtree.SetSpan[E] { return members.Add(e.several(ns)...).To(e.of(elems - 1)) }},
	})

	type vec = vector.Vector[E]
	holds(t, sizes, true, []shape[vec]{
		{"Of", func(ns []int) vec { return vector.Of(e.several(ns)...) }},
		{"Append", func(ns []int) (v vec) {
			for _, x := range e.several(ns) {
				v = v.Append(x)
			}
			return v
		}},
		{"Prepend", func(ns []int) (v vec) {
			for _, x := range slices.Backward(e.several(ns)) {
				v = v.Prepend(x)
			}
			return v
		}},
		{"Concat", func(ns []int) (v vec) { // relaxed
			for part := range slices.Chunk(e.several(ns), 7) {
				v = vector.Of(part[:len(part)/2]...).Concat(vector.Of(part[len(part)/2:]...)).Concat(vec{}).Concat(vec{}.Prepend(part...)).Slice(0, len(part)).
					Prepend(v.AppendTo(nil)...)
			}
			return v
		}},
		{"Slice", func(ns []int) vec {
			xs := e.several(ns)
			return vector.Of(append(append(slices.Clone(xs), xs...), xs...)...).Slice(len(ns), 2*len(ns))
		}},
	})

	holds(t, sizes, true, []shape[list.List[E]]{
		{"Of", func(ns []int) list.List[E] { return list.Of(e.several(ns)...) }},
		{"Push", func(ns []int) (l list.List[E]) {
			for _, x := range slices.Backward(e.several(ns)) {
				l = l.Push(x)
			}
			return l
		}},
		{"Rest", func(ns []int) list.List[E] { return list.Of(e.several(ns)...).Push(e.of(0)).Rest() }},
	})
	holds(t, sizes, true, []shape[list.Queue[E]]{
		{"QueueOf", func(ns []int) list.Queue[E] { return list.QueueOf(e.several(ns)...) }},
		{"Push", func(ns []int) (q list.Queue[E]) { // in the middle of a rotation, for many lengths
			for _, x := range e.several(ns) {
				q = q.Push(x)
			}
			return q
		}},
		{"Push and Rest", func(ns []int) (q list.Queue[E]) {
			for _, x := range e.several(append(slices.Clone(ns[len(ns)/2:]), ns...)) {
				q = q.Push(x)
			}
			for range len(ns) - len(ns)/2 {
				q = q.Rest()
			}
			return q
		}},
	})

	done := func(ns []int) (h history.History[E]) {
		for _, x := range e.several(ns) {
			h = h.Do(x)
		}
		return h
	}
	holds(t, sizes, true, []shape[history.History[E]]{
		{"Do", done},
		{"Undo and Redo", func(ns []int) history.History[E] {
			h, _ := done(ns).Jump(-len(ns) / 2)
			h, _ = h.Jump(h.RedoLen())
			return h
		}},
		{"with a branch", func(ns []int) history.History[E] {
			h, _ := done(ns).Branching(true).Do(e.of(1)).Undo()
			h, _ = h.Do(e.of(2)).Undo()
			return h
		}},
	})
}

// TestDeepEqualNeverCallsDifferentContentsEqual has the other kinds of elements in interfaces: for each further type
// the compiler would repeat all collections.
func TestDeepEqualNeverCallsDifferentContentsEqual(t *testing.T) {
	type point struct {
		x    any
		y, z float32
	}
	sizes := []int{0, 1, 2, 4, 5, 8, 9, 16, 17, 32, 33, 64, 65, 200}
	collections(t, append(sizes, 1025), func(i int) int { return i })
	for _, of := range []func(int) any{
		func(i int) any { return fmt.Sprint("element ", i) },
		func(i int) any { return new(int) }, // all of them equal, behind the pointers
		func(i int) any { return point{i, 1, 2} },
		func(i int) any { return [300]uint16{299: uint16(i)} },
		func(i int) any { return vector.Of(i) },
		func(i int) any { return []any{i, fmt.Sprint(i), 0.5 + float64(i), uint8(i)}[min(i%5, 2)] },
	} {
		collections(t, sizes[:10], of)
	}
}

// TestDeepEqualOfNothing: elements without a size differ in number only.
func TestDeepEqualOfNothing(t *testing.T) {
	type none = struct{}
	lengths := []int{0, 1, 2, 15, 16, 17, 63, 64, 65, 500}
	for i, n := range lengths {
		for _, m := range lengths[:i] {
			x, y := make([]none, n), make([]none, m)
			deepEqual(t, false, vector.Of(x...), vector.Of(y...))
			deepEqual(t, false, vector.Of(x...), vector.Of(x...).Slice(0, m))
			deepEqual(t, false, list.Of(x...), list.Of(y...))
			deepEqual(t, false, list.QueueOf(x...), list.QueueOf(y...))
			deepEqual(t, false, rbtree.CollectMap(slices.All(x)), rbtree.CollectMap(slices.All(y)))
			deepEqual(t, false, hamt.CollectMap(slices.All(x)), hamt.CollectMap(slices.All(y)))
		}
		v := vector.Of(make([]none, n)...)
		deepEqual(t, true, v, v)
	}
	deepEqual(t, false, hamt.Map[none, int]{}.Set(none{}, 1), hamt.Map[none, int]{}.Set(none{}, 2))
	deepEqual(t, false, hamt.Set[none]{}, hamt.SetOf(none{}))
}

func TestDeepEqualOfCells(t *testing.T) {
	a, b := cell.New(hamt.SetOf(1)), cell.New(hamt.SetOf(2))
	deepEqual(t, true, a, a)
	deepEqual(t, false, a, b)
	deepEqual(t, false, a, new(cell.Cell[hamt.Set[int]]))
	b.Store(a.Load())
	b.Store(b.Load().Add(3))
	deepEqual(t, false, a, b)
}

// TestDeepEqualEnds where it once followed nodes by recursion, and a stack overflow, which nothing recovers, ended the process.
func TestDeepEqualEnds(t *testing.T) {
	n := 1_000_000
	if invariants.Enabled { // each change looks at all that there is
		n = 10_000
	}
	type nested struct{ l list.List[nested] }
	type inQueues struct{ q list.Queue[inQueues] }
	type inVectors struct{ v vector.Vector[inVectors] }
	type inMaps struct{ m hamt.Map[int, inMaps] }
	type inTrees struct{ m rbtree.Map[int, inTrees] }
	type document struct {
		name string
		l    list.List[int]
	}
	built := func() (all []any) {
		var l list.List[int]
		var q list.Queue[int]
		var h history.History[int]
		var d nested
		var e inQueues
		var f inVectors
		var g inMaps
		var k inTrees
		for i := range n {
			l, q, h = l.Push(i), q.Push(i), h.Do(i)
			d = nested{list.Of(d)}
			if i%10 == 0 {
				e, f = inQueues{list.QueueOf(e)}, inVectors{vector.Of(f)}
				g, k = inMaps{hamt.Map[int, inMaps]{}.Set(1, g)}, inTrees{rbtree.Map[int, inTrees]{}.Set(1, k)}
			}
		}
		back, _ := h.Jump(-n / 2)
		return []any{l, document{"a", l}, &document{"a", l}, q, h, back, h.Limit(n - 1), d, e, f, g, k, []list.List[int]{l}}
	}
	a, b := built(), built()
	for i, x := range a {
		assert.True(t, reflect.DeepEqual(x, a[i]), "%T", x)
		assert.False(t, reflect.DeepEqual(x, b[i]), "%T", x)
	}
}

// TestReflectionFollowsNoNodes goes through the types of collections as reflection goes through values. What it
// comes to behind a pointer must have nothing to hide. The nodes of collections have: reflection sees their headers,
// not what stands behind those.
func TestReflectionFollowsNoNodes(t *testing.T) {
	type element struct{ _ int }
	plain := []string{
		"history.step", "history.blocks", "history.forks", "history.bound", // their fields are all they are
		"hamt.hasher", "rbtree.comparator", // what the caller passed
	}
	seen := map[reflect.Type]bool{}
	reached := map[string]bool{}
	var visit func(typ reflect.Type, path string)
	visit = func(typ reflect.Type, path string) {
		if seen[typ] || !strings.HasPrefix(typ.PkgPath(), module) && typ.PkgPath() != "" && typ.Name() != "Pointer" {
			return
		}
		seen[typ] = true
		switch typ.Kind() {
		case reflect.Pointer:
			name, _, _ := strings.Cut(typ.Elem().String(), "[")
			reached[name] = true
			if strings.HasPrefix(typ.Elem().PkgPath(), module) {
				assert.Contains(t, plain, name, "reflection comes to it by %s", path)
			}
			visit(typ.Elem(), path+".*")
		case reflect.Slice, reflect.Array, reflect.Chan:
			if typ.Kind() != reflect.Array || typ.Len() > 0 {
				visit(typ.Elem(), path+"[]")
			}
		case reflect.Map:
			visit(typ.Key(), path+"[key]")
			visit(typ.Elem(), path+"[]")
		case reflect.Struct:
			for i := range typ.NumField() {
				visit(typ.Field(i).Type, path+"."+typ.Field(i).Name)
			}
		}
	}
	for _, typ := range []reflect.Type{
		reflect.TypeFor[hamt.Map[element, element]](), reflect.TypeFor[hamt.Set[element]](),
		reflect.TypeFor[rbtree.Map[element, element]](), reflect.TypeFor[rbtree.Set[element]](),
		reflect.TypeFor[rbtree.Span[element, element]](), reflect.TypeFor[rbtree.SetSpan[element]](),
		reflect.TypeFor[vector.Vector[element]](), reflect.TypeFor[list.List[element]](), reflect.TypeFor[list.Queue[element]](),
		reflect.TypeFor[history.History[element]](), reflect.TypeFor[cell.Cell[element]](),
	} {
		visit(typ, typ.String())
	}
	for _, name := range plain {
		assert.True(t, reached[name], "%s is not reached any more", name)
	}
}
