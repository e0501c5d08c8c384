//ramet:layer node

package hamt

import (
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/ownership"
)

// A Map is a persistent hash map from K to V. The zero Map is empty and ready to use.
//
// Maps are values: copy them, keep them, and share them between goroutines freely; a
// Map never changes. a == b means that a and b are the same version; use [Equal] or the method
// [Map.Equal] to compare contents.
//
// For a built-in map, use maps.Collect(m.All()); for a slice, slices.Sorted(m.Keys()) or [Map.AppendKeys]; for a set of the
// keys, [Map.KeySet]; for a set of the values, CollectSet(m.Values()).
//
// The zero Map compares keys with ==. It does not call methods Equal and Hash of a key type; a map that NewMap made with a
// [ContentHasher] does.
type Map[K comparable, V any] struct {
	_   [0]*entry[K, V] // keeps maps of other types from converting
	top ref             // of the root; none if there are no entries
	len int
	by  keying[K]
}

// wrap returns the map of the n entries under root, which may be the empty leaf.
func wrap[K comparable, V any](by keying[K], root *node, n int) Map[K, V] {
	if n == 0 {
		return none[K, V](by)
	}
	m := Map[K, V]{top: refTo(root), len: n, by: by}
	if invariants.Enabled {
		m.verify()
	}
	return m
}

// none returns the map without entries: by the default notion of keys, the zero map.
func none[K comparable, V any](by keying[K]) Map[K, V] {
	if by.hasher == nil {
		return Map[K, V]{}
	}
	return Map[K, V]{by: by}
}

// root returns the root of m's trie, or nil if there are no entries.
func (m Map[K, V]) root() *node { return m.top.node() }

// edit returns an edit that owns nothing, for one persistent operation.
func (m Map[K, V]) edit() edit[K, V] {
	return edit[K, V]{by: m.by.resolve(), id: ownership.None, step: 1}
}

// notNil panics if the function that was passed to the named operation is nil.
func notNil(ok bool, operation string) {
	if !ok {
		panic("hamt: " + operation + " of a nil function")
	}
}
