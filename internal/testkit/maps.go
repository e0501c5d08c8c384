package testkit

import (
	"iter"

	"github.com/ramet-go/ramet/diff"
)

// Map is the method set that hamt.Map and rbtree.Map share.
type Map[K, V, M, B any] interface {
	comparable
	Reader[K, V]
	Keys() iter.Seq[K]
	Values() iter.Seq[V]
	Set(K, V) M
	Delete(K) M
	Update(K, func(V, bool) (V, bool)) M
	SetAll(iter.Seq2[K, V]) M
	Filter(func(K, V) bool) M
	Union(M) M
	UnionFunc(M, func(K, V, V) V) M
	Intersection(M) M
	Difference(M) M
	Builder() B
}

// Builder is the method set that their builders share.
type Builder[K, V, M any] interface {
	Reader[K, V]
	Keys() iter.Seq[K]
	Values() iter.Seq[V]
	Set(K, V) bool
	Delete(K) bool
	Update(K, func(V, bool) (V, bool))
	SetAll(iter.Seq2[K, V])
	DeleteFunc(func(K, V) bool)
	Clear()
	Build() M
}

// Maps binds the interpreter to a map type. Key, Value, Universe and Empties are
// required; commands whose function is nil are skipped.
type Maps[K, V comparable, M Map[K, V, M, B], B Builder[K, V, M]] struct {
	// Package is the package that declares the functions below, as it is spelled in
	// printed programs: "hamt".
	Package string
	// Home is the package that a printed program is to be compiled in, whose types
	// it spells without a qualifier: "hamt_test".
	Home string
	// Imports are the paths that Empties and Package need.
	Imports []string

	// Universe is the number of keys there are, at most 256.
	Universe int
	Key      func(i int) K // injective on [0, Universe)
	Value    func(i int) V // for i in [0, 256)

	// Empties are the maps to start from, the first one in every slot. They may
	// differ in their hashers, not in what they take for equal.
	Empties []Empty[M]

	Equal        func(a, b M) bool
	Diff         func(from, to M) iter.Seq[diff.Change[K, V]]
	Apply        func(M, iter.Seq[diff.Change[K, V]]) M
	Merge        func(base, ours, theirs M) (M, []diff.Conflict[K, V])
	MergeFunc    func(base, ours, theirs M, eq func(a, b V) bool, resolve func(diff.Conflict[K, V]) (V, bool)) M
	SetIfChanged func(M, K, V) M
	MapValues    func(M, func(K, V) V) M
	NewBuilder   func() B // the zero builder

	// Check and CheckBuilder return an error that names a broken invariant.
	Check        func(M) error
	CheckBuilder func(B) error
	// SameShape is set if the shape depends on the contents and the hasher alone. It
	// reports whether two maps have the same.
	SameShape func(a, b M) bool
	// Shape measures the structure, for the report.
	Shape func(M) Shape
	// Order is the order of iteration, nil if it is unspecified.
	Order func(a, b K) int

	// IsSet says that there are no values to tell apart: a union with a subset changes
	// nothing.
	IsSet bool

	// Faults, when set, may be shared with a [Faulty] hasher in Empties, which then
	// panics in the middle of operations.
	Faults *Faults

	// EveryStep compares all live versions after every command, not only after
	// some.
	EveryStep bool
}

// An Empty is an empty map and the Go expression that makes it.
type Empty[M any] struct {
	Go  string
	Map M
}

// Shape is the structure of a map, as far as the collection has such parts.
type Shape struct {
	Entries    int
	Depth      int // levels of nodes
	Inner      int // nodes that are not leaves
	Leaves     int // collisions included
	Collisions int // leaves whose entries no hash tells apart
}
