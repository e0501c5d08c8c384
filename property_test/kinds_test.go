package property_test

import (
	"cmp"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

// Laws of maps are laws of hash maps and of sorted maps alike. What they need besides methods is here.

// A mapKind is the functions of a map's package.
type mapKind[K comparable, M testkit.Map[K, value, M, B], B testkit.Builder[K, value, M]] struct {
	NewBuilder   func() B // the zero one
	MapOf        func(map[K]value) M
	CollectMap   func(iter.Seq2[K, value]) M
	SetIfChanged func(M, K, value) M
	MapValues    func(M, func(K, value) value) M
	Equal        func(a, b M) bool
	EqualWide    func(a, b M, wide func(value) int, eq func(value, int) bool) bool // EqualFunc of a, and of b with wide values
	Diff         func(from, to M) iter.Seq[diff.Change[K, value]]
	DiffFunc     func(from, to M, eq func(a, b value) bool) iter.Seq[diff.Change[K, value]]
	Apply        func(M, iter.Seq[diff.Change[K, value]]) M
	TryApply     func(M, iter.Seq[diff.Change[K, value]]) (M, error)
	Merge        func(base, ours, theirs M) (M, []diff.Conflict[K, value])
	MergeFunc    func(base, ours, theirs M, eq func(a, b value) bool, resolve func(diff.Conflict[K, value]) (value, bool)) M
	Others       func() []M // empty maps of various hashers, or orders
}

func hashMaps[K comparable]() mapKind[K, hamt.Map[K, value], *hamt.MapBuilder[K, value]] {
	type M = hamt.Map[K, value]
	return mapKind[K, M, *hamt.MapBuilder[K, value]]{
		NewBuilder:   func() *hamt.MapBuilder[K, value] { return new(hamt.MapBuilder[K, value]) },
		MapOf:        hamt.MapOf[K, value],
		CollectMap:   hamt.CollectMap[K, value],
		SetIfChanged: hamt.SetIfChanged[K, value],
		MapValues:    hamt.MapValues[K, value, value],
		Equal:        hamt.Equal[K, value],
		EqualWide: func(a, b M, wide func(value) int, eq func(value, int) bool) bool {
			return hamt.EqualFunc(a, hamt.MapValues(b, func(_ K, v value) int { return wide(v) }), eq)
		},
		Diff:      hamt.Diff[K, value],
		DiffFunc:  hamt.DiffFunc[K, value],
		Apply:     hamt.Apply[K, value],
		TryApply:  hamt.TryApply[K, value],
		Merge:     hamt.Merge[K, value],
		MergeFunc: hamt.MergeFunc[K, value],
		Others: func() (empty []M) {
			for _, h := range testkit.Hashers[K]() {
				empty = append(empty, hamt.NewMap[K, value](h.Hasher))
			}
			return empty
		},
	}
}

func sortedMaps[K cmp.Ordered]() mapKind[K, rbtree.Map[K, value], *rbtree.MapBuilder[K, value]] {
	type M = rbtree.Map[K, value]
	return mapKind[K, M, *rbtree.MapBuilder[K, value]]{
		NewBuilder:   func() *rbtree.MapBuilder[K, value] { return new(rbtree.MapBuilder[K, value]) },
		MapOf:        rbtree.MapOf[K, value],
		CollectMap:   rbtree.CollectMap[K, value],
		SetIfChanged: rbtree.SetIfChanged[K, value],
		MapValues:    rbtree.MapValues[K, value, value],
		Equal:        rbtree.Equal[K, value],
		EqualWide: func(a, b M, wide func(value) int, eq func(value, int) bool) bool {
			return rbtree.EqualFunc(a, rbtree.MapValues(b, func(_ K, v value) int { return wide(v) }), eq)
		},
		Diff:      rbtree.Diff[K, value],
		DiffFunc:  rbtree.DiffFunc[K, value],
		Apply:     rbtree.Apply[K, value],
		TryApply:  rbtree.TryApply[K, value],
		Merge:     rbtree.Merge[K, value],
		MergeFunc: rbtree.MergeFunc[K, value],
		Others: func() (empty []M) {
			for _, o := range orders[K]() {
				empty = append(empty, emptySorted[K](o.compare))
			}
			return empty
		},
	}
}

// An anySet is the method set that hamt.Set and rbtree.Set share.
type anySet[T, S, B any] interface {
	comparable
	Len() int
	Contains(T) bool
	All() iter.Seq[T]
	Add(...T) S
	Delete(...T) S
	Filter(func(T) bool) S
	Union(S) S
	Intersection(S) S
	Difference(S) S
	SymmetricDifference(S) S
	SubsetOf(S) bool
	Disjoint(S) bool
	Equal(S) bool
	Builder() B
}

// A setBuilder is the method set that their builders share.
type setBuilder[T, S any] interface {
	Len() int
	Contains(T) bool
	Add(T) bool
	Delete(T) bool
	Clear()
	Build() S
}

// A setKind is the functions of a set's package.
type setKind[T comparable, S anySet[T, S, B], B setBuilder[T, S]] struct {
	SetOf      func(...T) S
	CollectSet func(iter.Seq[T]) S
	DiffSets   func(from, to S) iter.Seq[diff.Change[T, struct{}]]
	ApplySet   func(S, iter.Seq[diff.Change[T, struct{}]]) S
	Others     func() []S // empty sets of various hashers, or orders
}

func hashSets[T comparable]() setKind[T, hamt.Set[T], *hamt.SetBuilder[T]] {
	return setKind[T, hamt.Set[T], *hamt.SetBuilder[T]]{
		SetOf: hamt.SetOf[T], CollectSet: hamt.CollectSet[T], DiffSets: hamt.DiffSets[T], ApplySet: hamt.ApplySet[T],
		Others: func() (empty []hamt.Set[T]) {
			for _, h := range testkit.Hashers[T]() {
				empty = append(empty, hamt.NewSet(hamt.Hasher[T](h.Hasher)))
			}
			return empty
		},
	}
}

func sortedSets[T cmp.Ordered]() setKind[T, rbtree.Set[T], *rbtree.SetBuilder[T]] {
	return setKind[T, rbtree.Set[T], *rbtree.SetBuilder[T]]{
		SetOf: rbtree.SetOf[T], CollectSet: rbtree.CollectSet[T], DiffSets: rbtree.DiffSets[T], ApplySet: rbtree.ApplySet[T],
		Others: func() (empty []rbtree.Set[T]) {
			for _, o := range orders[T]() {
				empty = append(empty, emptySortedSet(o.compare))
			}
			return empty
		},
	}
}
