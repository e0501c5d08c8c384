//ramet:layer api

package rbtree

import (
	"cmp"
	"iter"

	"github.com/ramet-go/ramet/internal/loop"
)

// A Set is a persistent sorted set of T. The zero Set is empty and ready to use: it has the natural order of T, if T is
// of an integer, float or string kind. For any other T the first write to it panics; use [NewSetFunc].
//
// Sets are values that never change, as maps are; see [Map]. a == b means that a and b are the same version; use
// [Set.Equal] to compare contents.
//
// [Set.AppendTo] returns the elements as a slice. The natural order ignores the methods of T; see [Map].
type Set[T any] struct {
	m Map[T, struct{}]
}

// NewSetFunc returns an empty set that is sorted by compare; see [NewMapFunc].
func NewSetFunc[T any](compare func(a, b T) int) Set[T] {
	notNil(compare != nil, "NewSetFunc")
	return Set[T]{NewMapFunc[T, struct{}](compare)}
}

// SetOf returns the set of vs. Of equal elements it has the first. It takes O(n) time if vs are sorted, else O(n log
// n).
func SetOf[T cmp.Ordered](vs ...T) Set[T] { return Set[T]{}.Add(vs...) }

// CollectSet returns the set of seq's elements. Of equal elements it has the first. It takes O(n) time if seq is
// sorted, else O(n log n). To collect under a comparator, use NewSetFunc(compare).AddAll(seq).
func CollectSet[T cmp.Ordered](seq iter.Seq[T]) Set[T] {
	notNil(seq != nil, "CollectSet")
	return collectSet(ordering[T]{}, seq)
}

// collectSet returns the set of seq's elements.
func collectSet[T any](by ordering[T], seq iter.Seq[T]) Set[T] {
	e := loop.Each(seq, elements[T]{setting[T, struct{}]{m: none[T, struct{}](by)}})
	if e.begun {
		return Set[T]{e.result()}
	}
	return Set[T]{e.m}
}

// An elements is a setting of elements without values.
type elements[T any] struct{ setting[T, struct{}] }

func (e *elements[T]) Take(v T) bool {
	if !e.begun {
		e.m.by = e.m.by.must(forSet)
	}
	return e.setting.Take(v, struct{}{})
}

// rekeyed returns s if it is known to have the order by, else a set with its elements that has.
func (s Set[T]) rekeyed(by ordering[T]) Set[T] {
	if s.m.len == 0 {
		return Set[T]{none[T, struct{}](by)}
	}
	if !s.m.by.same(by) {
		by = by.must(forSet)
	}
	return Set[T]{s.m.rekeyed(by)}
}

// Backward returns an iterator over the elements of s, from the greatest to the least.
func (s Set[T]) Backward() iter.Seq[T] { return keysOf(s.m.Backward()) }

// keysOf returns seq without its values.
func keysOf[T any](seq iter.Seq2[T, struct{}]) iter.Seq[T] {
	return func(yield func(T) bool) {
		seq(func(v T, _ struct{}) bool { return yield(v) })
	}
}

// Min returns the least element, and false if there is none. It takes O(log n) time.
func (s Set[T]) Min() (T, bool) { return element(s.m.Min()) }

// Max returns the greatest element, and false if there is none. It takes O(log n) time.
func (s Set[T]) Max() (T, bool) { return element(s.m.Max()) }

// Floor returns the greatest element that is not above v, and false if there is none. It takes O(log n) time.
func (s Set[T]) Floor(v T) (T, bool) { return element(s.m.Floor(v)) }

// Ceiling returns the least element that is not below v, and false if there is none. It takes O(log n) time.
func (s Set[T]) Ceiling(v T) (T, bool) { return element(s.m.Ceiling(v)) }

func element[T any](v T, _ struct{}, ok bool) (T, bool) { return v, ok }

// At returns the i-th element in order, counted from 0. It takes O(log n) time, and panics if there is none.
func (s Set[T]) At(i int) T {
	v, _ := s.m.At(i)
	return v
}

// Rank returns how many elements are below v, and whether v is in s. It takes O(log n) time.
func (s Set[T]) Rank(v T) (i int, found bool) { return s.m.rank(v) }

// Add returns s with vs in it: s itself, if they all are already. An element that is present keeps its instance; see
// [Set.Replace]. Each costs what [Map.Set] does; nodes that several of them touch are copied once.
func (s Set[T]) Add(vs ...T) Set[T] {
	if len(vs) == 1 {
		return s.add(vs[0])
	}
	if s.m.len == 0 && len(vs) > 0 {
		s.m.by = s.m.by.must(forSet)
		c := setting[T, struct{}]{m: s.m}
		for _, v := range vs {
			c.Take(v, struct{}{})
		}
		return Set[T]{c.result()}
	}
	b := s.m.bare()
	for _, v := range vs {
		if !b.append(v, struct{}{}) {
			b.add(v, struct{}{})
		}
	}
	return Set[T]{b.build()}
}

func (s Set[T]) add(v T) Set[T] {
	s.m.by = s.m.by.must(forSet)
	ed := s.m.edit()
	var f finger[T, struct{}]
	f.seek(ed.by, s.m.root(), v)
	if f.found {
		return s
	}
	return Set[T]{s.m.put(&f, &ed, v, struct{}{})}
}

// Union returns the set of the elements of s and of o: s itself, if it has all of o's. Of equal elements it has s's.
// See [Map.Union] for the costs.
func (s Set[T]) Union(o Set[T]) Set[T] {
	return Set[T]{s.m.union(o.rekeyed(s.m.by).m, fromA, nil)}
}

// SymmetricDifference returns the set of the elements that are in one of s and o only: s itself, if o is empty. See
// [Map.Union] for the costs.
func (s Set[T]) SymmetricDifference(o Set[T]) Set[T] {
	return Set[T]{s.m.union(o.rekeyed(s.m.by).m, dropped, nil)}
}

// SubsetOf reports whether all elements of s are in o. See [Map.Union] for the costs.
func (s Set[T]) SubsetOf(o Set[T]) bool {
	switch {
	case s.m.len == 0:
		return true
	case s.m.len > o.m.len:
		return false
	}
	return s.m.never(o.rekeyed(s.m.by).m, onlyA)
}

// Disjoint reports whether no element of s is in o. See [Map.Union] for the costs.
func (s Set[T]) Disjoint(o Set[T]) bool {
	return s.m.len == 0 || o.m.len == 0 || s.m.never(o.rekeyed(s.m.by).m, matched)
}

// Split returns the elements below v and those above v, and whether v is in s. It takes O(log n) time, and the parts
// share their nodes with s.
func (s Set[T]) Split(v T) (below Set[T], found bool, above Set[T]) {
	l, _, found, r := s.m.Split(v)
	return Set[T]{l}, found, Set[T]{r}
}

// Join returns the set of the elements of s and of o, which must all be above those of s; see [Map.Join].
func (s Set[T]) Join(o Set[T]) Set[T] { return Set[T]{s.m.Join(o.rekeyed(s.m.by).m)} }

// mergeSets is MergeSets of versions of which both sides have changed base.
func mergeSets[T any](base, ours, theirs Set[T]) Set[T] {
	if by := ours.m.by.resolve(); by.kind != orderless {
		base, theirs = base.rekeyed(by), theirs.rekeyed(by)
	}
	return ours.Difference(base.Difference(theirs)).Union(theirs.Difference(base))
}
