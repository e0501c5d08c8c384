package property_test

import (
	"fmt"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/ramet-go/ramet/rbtree"
)

// A Path is a way to make a sorted map of given entries, which decides about how full its nodes are.
type Path uint8

// The paths. How many entries, where there is a choice, depends on [Plan.Cut].
const (
	BySets      Path = iota // one by one, in the order given
	InOrder                 // one by one, ascending
	Backwards               // one by one, descending
	ByCollect               // of a sorted sequence, which fills leaves
	ByJoins                 // of pieces of various lengths
	BySpan                  // of a map that has more at both ends
	ByDeletes               // of what stands between them
	ByUnions                // of two maps that take turns
	ByMapBuilds             // with a builder that builds in between
	paths
)

func (p Path) String() string {
	return [...]string{"Set", "Set, ascending", "Set, descending", "SetAll", "Join", "a Span", "Delete", "Union", "a builder"}[p]
}

// A Plan is how a sorted map is made. Keys are below [Stride]/2, and not negative.
type Plan[V any] struct {
	Entries []Entry[int, V]
	Deep    bool // the keys are repeated, a Stride further up each time, until there are enough for a tree of three levels
	Path    Path
	Cut     int
}

// Stride is how far the keys of a deep map are apart that were one.
const Stride = 1 << 13

// deepSorted is more entries than full leaves under one node have, if an entry has 16 bytes.
const deepSorted = 16*31 + 1

// Contents returns the entries of the map, ascending: of equal keys the last one.
func (p Plan[V]) Contents() []Entry[int, V] {
	values := map[int]V{}
	for k, v := range Pairs(p.Entries) {
		values[k] = v
	}
	var entries []Entry[int, V]
	for up := 0; len(values) > 0 && (up == 0 || p.Deep && len(entries) < deepSorted); up += Stride {
		for k := range Stride / 2 {
			if v, ok := values[k]; ok {
				entries = append(entries, Entry[int, V]{k + up, v})
			}
		}
	}
	return entries
}

// Make makes the map.
func (p Plan[V]) Make() rbtree.Map[int, V] {
	s, cut := p.Contents(), p.Cut
	n := len(s)
	var m, odd rbtree.Map[int, V]
	switch p.Path {
	case InOrder:
		for k, v := range Pairs(s) {
			m = m.Set(k, v)
		}
	case Backwards:
		for i := range s {
			m = m.Set(s[n-1-i].Key, s[n-1-i].Value)
		}
	case ByCollect:
		m = rbtree.CollectMap(Pairs(s))
	case ByJoins:
		for len(s) > 0 {
			k := min(len(s), 1+cut*cut%239)
			m, s = m.Join(rbtree.CollectMap(Pairs(s[:k]))), s[k:]
			cut++
		}
	case BySpan:
		if n == 0 {
			return m
		}
		m = rbtree.CollectMap(Pairs(s))
		for i := range 1 + cut {
			m = m.Set(-1-i, s[0].Value).Set(s[n-1].Key+1+i, s[0].Value)
		}
		m = m.From(s[0].Key).To(s[n-1].Key).Map()
	case ByDeletes:
		for k, v := range Pairs(s) {
			m = m.Set(k, v).Set(-1-k, v).Set(k+Stride/2, v)
		}
		for i := range s { // some from below, the others from above
			k := s[i].Key
			if i%(2+cut) == 0 {
				k = s[n-1-i].Key
			}
			m = m.Delete(-1 - k).Delete(k + Stride/2)
		}
		m = m.Filter(func(k int, _ V) bool { return k >= 0 && k%Stride < Stride/2 }) // what was left out
	case ByUnions:
		for i, e := range s {
			if i/(1+cut%7)%2 == 0 {
				m = m.Set(e.Key, e.Value)
			} else {
				odd = odd.Set(e.Key, e.Value)
			}
		}
		m = m.Union(odd)
	case ByMapBuilds:
		b := m.Builder()
		for i := range s {
			e := s[(i+cut)%n]
			b.Set(e.Key, e.Value)
			if i%(cut+1) == cut {
				b.Build() // what comes after is built on a version
			}
		}
		m = b.Build()
	default:
		for up := 0; m.Len() < n; up += Stride {
			for k, v := range Pairs(p.Entries) {
				m = m.Set(k+up, v)
			}
		}
	}
	return m
}

// A Planned is a sorted map and how it was made.
type Planned[V any] struct {
	Map rbtree.Map[int, V]
	Plan[V]
}

// String says what the entries are, and how the map was made.
func (p Planned[V]) String() string {
	if p.Deep {
		return fmt.Sprintf("%v and so on, %d entries by %v (%d)", p.Entries, p.Map.Len(), p.Path, p.Cut)
	}
	return fmt.Sprintf("%v by %v (%d)", p.Entries, p.Path, p.Cut)
}

// GenPlanned generates sorted maps made in all ways. One in four is deep. key generates integers from 0 to
// [Stride]/2 - 1.
func GenPlanned[V any](key, value gopter.Gen) gopter.Gen {
	return gopter.DeriveGen(
		func(deep bool, path uint8, cut int, entries []Entry[int, V]) Planned[V] { // shrunk in this order
			p := Plan[V]{entries, deep, Path(path), cut}
			return Planned[V]{p.Make(), p}
		},
		func(p Planned[V]) (bool, uint8, int, []Entry[int, V]) { return p.Deep, uint8(p.Path), p.Cut, p.Entries },
		oneIn(4), gen.UInt8Range(0, uint8(paths-1)), gen.IntRange(0, 60), GenEntries[int, V](key, value))
}

// GenSortedMap generates sorted maps that descend from empty, which says the order.
func GenSortedMap[K comparable, V any](empty rbtree.Map[K, V], key, value gopter.Gen) gopter.Gen {
	return gopter.DeriveGen(
		func(entries []Entry[K, V]) rbtree.Map[K, V] { return empty.SetAll(Pairs(entries)) },
		func(m rbtree.Map[K, V]) (entries []Entry[K, V]) {
			for k, v := range m.All() {
				entries = append(entries, Entry[K, V]{k, v})
			}
			return entries
		},
		GenEntries[K, V](key, value))
}

// GenSortedSet generates sorted sets that descend from empty, which says the order.
func GenSortedSet[T comparable](empty rbtree.Set[T], element gopter.Gen) gopter.Gen {
	return gopter.DeriveGen(
		func(entries []Entry[T, struct{}]) rbtree.Set[T] {
			s := empty
			for _, e := range entries {
				s = s.Add(e.Key)
			}
			return s
		},
		func(s rbtree.Set[T]) (entries []Entry[T, struct{}]) {
			for v := range s.All() {
				entries = append(entries, Entry[T, struct{}]{Key: v})
			}
			return entries
		},
		GenEntries[T, struct{}](element, gen.Const(struct{}{})))
}

// SortedVersions are three versions of a sorted map.
type SortedVersions[K, V any] = VersionsOf[rbtree.Map[K, V], K, V]

// GenSortedVersions generates [SortedVersions] that descend from empty, which says the order.
func GenSortedVersions[K, V any](empty rbtree.Map[K, V], key, value gopter.Gen) gopter.Gen {
	return genVersionsOf[K, V](empty, key, value,
		rbtree.Map[K, V].Set, rbtree.Map[K, V].Delete,
		func(b *rbtree.MapBuilder[K, V], k K, v V) { b.Set(k, v) }, func(b *rbtree.MapBuilder[K, V], k K) { b.Delete(k) })
}

// SortedSetVersions are three versions of a sorted set.
type SortedSetVersions[T any] = VersionsOf[rbtree.Set[T], T, struct{}]

// GenSortedSetVersions generates [SortedSetVersions] that descend from empty, which says the order.
func GenSortedSetVersions[T any](empty rbtree.Set[T], element gopter.Gen) gopter.Gen {
	return genVersionsOf[T, struct{}](empty, element, gen.Const(struct{}{}),
		func(s rbtree.Set[T], v T, _ struct{}) rbtree.Set[T] { return s.Add(v) }, func(s rbtree.Set[T], v T) rbtree.Set[T] { return s.Delete(v) },
		func(b *rbtree.SetBuilder[T], v T, _ struct{}) { b.Add(v) }, func(b *rbtree.SetBuilder[T], v T) { b.Delete(v) })
}
