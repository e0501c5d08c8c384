package rbtree_test

import (
	"fmt"
	"iter"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// setMap is a Set in the shape of a map without values, so that the interpreter can run
// it. What a Set lacks is put together from what it has.
type setMap[T any] struct{ s rbtree.Set[T] }

func (m setMap[T]) Len() int                    { return m.s.Len() }
func (m setMap[T]) Get(T) (_ unit)              { return }
func (m setMap[T]) Lookup(k T) (_ unit, _ bool) { return unit{}, m.s.Contains(k) }
func (m setMap[T]) Contains(k T) bool           { return m.s.Contains(k) }
func (m setMap[T]) All() iter.Seq2[T, unit]     { return withUnits(m.s.All()) }
func (m setMap[T]) Keys() iter.Seq[T]           { return m.s.All() }
func (m setMap[T]) Values() iter.Seq[unit]      { return unitsOf(m.s.All()) }
func (m setMap[T]) Set(k T, _ unit) setMap[T]   { return setMap[T]{m.s.Add(k)} }
func (m setMap[T]) Delete(k T) setMap[T]        { return setMap[T]{m.s.Delete(k)} }
func (m setMap[T]) Update(k T, f func(unit, bool) (unit, bool)) setMap[T] {
	if _, keep := f(m.Lookup(k)); keep {
		return m.Set(k, unit{})
	}
	return m.Delete(k)
}
func (m setMap[T]) SetAll(seq iter.Seq2[T, unit]) setMap[T] {
	var ks []T
	for k := range seq {
		ks = append(ks, k)
	}
	return setMap[T]{m.s.Add(ks...)}
}
func (m setMap[T]) Filter(keep func(T, unit) bool) setMap[T] {
	return setMap[T]{m.s.Filter(func(k T) bool { return keep(k, unit{}) })}
}
func (m setMap[T]) Union(o setMap[T]) setMap[T] { return setMap[T]{m.s.Union(o.s)} }
func (m setMap[T]) UnionFunc(o setMap[T], both func(T, unit, unit) unit) setMap[T] {
	for k := range m.s.Intersection(o.s).All() {
		both(k, unit{}, unit{})
	}
	return m.Union(o)
}
func (m setMap[T]) Intersection(o setMap[T]) setMap[T] { return setMap[T]{m.s.Intersection(o.s)} }

// Difference is made of a symmetric difference every other time.
func (m setMap[T]) Difference(o setMap[T]) setMap[T] {
	if d := m.s.Difference(o.s); o.s.Len()%2 == 0 || d == m.s {
		return setMap[T]{d}
	}
	return setMap[T]{m.s.SymmetricDifference(o.s.Intersection(m.s))}
}
func (m setMap[T]) Builder() *setMapBuilder[T] { return &setMapBuilder[T]{m.s.Builder()} }

type setMapBuilder[T any] struct{ b *rbtree.SetBuilder[T] }

func (m *setMapBuilder[T]) Len() int                    { return m.b.Len() }
func (m *setMapBuilder[T]) Get(T) (_ unit)              { return }
func (m *setMapBuilder[T]) Lookup(k T) (_ unit, _ bool) { return unit{}, m.b.Contains(k) }
func (m *setMapBuilder[T]) Contains(k T) bool           { return m.b.Contains(k) }
func (m *setMapBuilder[T]) All() iter.Seq2[T, unit]     { return withUnits(m.b.All()) }
func (m *setMapBuilder[T]) Keys() iter.Seq[T]           { return m.b.All() }
func (m *setMapBuilder[T]) Values() iter.Seq[unit]      { return unitsOf(m.b.All()) }
func (m *setMapBuilder[T]) Set(k T, _ unit) bool        { return m.b.Add(k) }
func (m *setMapBuilder[T]) Delete(k T) bool             { return m.b.Delete(k) }
func (m *setMapBuilder[T]) Update(k T, f func(unit, bool) (unit, bool)) {
	if _, keep := f(m.Lookup(k)); keep {
		m.b.Add(k)
	} else {
		m.b.Delete(k)
	}
}
func (m *setMapBuilder[T]) SetAll(seq iter.Seq2[T, unit]) {
	var ks []T // first, so that a panic of seq changes nothing
	for k := range seq {
		ks = append(ks, k)
	}
	for _, k := range ks {
		m.b.Add(k)
	}
}
func (m *setMapBuilder[T]) DeleteFunc(del func(T, unit) bool) {
	var ks []T
	for k := range m.b.All() {
		if del(k, unit{}) {
			ks = append(ks, k)
		}
	}
	for _, k := range ks {
		m.b.Delete(k)
	}
}
func (m *setMapBuilder[T]) Clear()           { m.b.Clear() }
func (m *setMapBuilder[T]) Build() setMap[T] { return setMap[T]{m.b.Build()} }

func withUnits[T any](seq iter.Seq[T]) iter.Seq2[T, unit] {
	return func(yield func(T, unit) bool) {
		for k := range seq {
			if !yield(k, unit{}) {
				return
			}
		}
	}
}

func unitsOf[T any](seq iter.Seq[T]) iter.Seq[unit] {
	return func(yield func(unit) bool) {
		for range seq {
			if !yield(unit{}) {
				return
			}
		}
	}
}

// setEqual is Equal, checked against the other relations of two sets.
func setEqual[T any](a, b setMap[T]) bool {
	equal := a.s.Equal(b.s)
	if equal != (a.s.SubsetOf(b.s) && b.s.SubsetOf(a.s)) {
		panic("Equal is not SubsetOf both ways")
	}
	if a.s.Disjoint(b.s) != (a.s.Intersection(b.s).Len() == 0) {
		panic("Disjoint is not an empty Intersection")
	}
	return equal
}

// setInterpreter binds the operation interpreter to rbtree.Set.
func setInterpreter(key func(int) int, orders ...order[int]) *testkit.Maps[int, unit, setMap[int], *setMapBuilder[int]] {
	ms := &testkit.Maps[int, unit, setMap[int], *setMapBuilder[int]]{
		Package: "rbtree", Home: "rbtree_test", Imports: []string{"cmp", "github.com/ramet-go/ramet/rbtree"},
		Universe: 192, Key: key, Value: func(int) unit { return unit{} }, IsSet: true,
		Equal: setEqual[int],
		Diff:  func(a, b setMap[int]) iter.Seq[diff.Change[int, unit]] { return rbtree.DiffSets(a.s, b.s) },
		Apply: func(m setMap[int], cs iter.Seq[diff.Change[int, unit]]) setMap[int] {
			return setMap[int]{rbtree.ApplySet(m.s, cs)}
		},
		Check:      func(m setMap[int]) error { return rbtree.CheckSet(m.s) },
		NewBuilder: func() *setMapBuilder[int] { return &setMapBuilder[int]{new(rbtree.SetBuilder[int])} },
	}
	for _, o := range orders {
		e := testkit.Empty[setMap[int]]{Go: "setMap[int]{}"}
		if o.compare != nil {
			e.Go = fmt.Sprintf("setMap[int]{rbtree.NewSetFunc[int](%s)}", o.source)
			e.Map = setMap[int]{rbtree.NewSetFunc(o.compare)}
		}
		ms.Empties = append(ms.Empties, e)
	}
	return ms
}

func TestSetModel(t *testing.T) {
	rng := testkit.Rand(t)
	var all testkit.Report
	for _, o := range intOrders() {
		t.Run(o.name, func(t *testing.T) {
			ms := setInterpreter(intKey, o)
			var total testkit.Report
			for range sequences(6) {
				total.Add(ms.Test(t, slices.Concat(grown, testkit.Random(rng, length))))
			}
			assert.Equal(t, 192, total.MaxLen)
			assert.Positive(t, total.NoOps)
			all.Add(total)
		})
	}
	if sequences(6) == 6 {
		assert.Empty(t, all.Missing(testkit.SetIfChanged, testkit.MapValues, testkit.Merge, testkit.MergeFunc))
	}
}
