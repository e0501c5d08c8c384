package history

import (
	"iter"

	"github.com/ramet-go/ramet/rbtree"
)

// A numbered is a sorted map from numbers to Vs. It holds them in boxes, so that histories of all types have the same instance of
// the tree: there is more code in one than in all of this package, and it would be compiled for each type anew.
type numbered[V any] struct {
	m rbtree.Map[int, any] // of Vs
}

func (n numbered[V]) len() int { return n.m.Len() }

// get returns what i has, or the zero value.
func (n numbered[V]) get(i int) V { return unboxed[V](n.m.Get(i)) }

// at returns the entry with k smaller ones.
func (n numbered[V]) at(k int) (int, V) {
	i, v := n.m.At(k)
	return i, unboxed[V](v)
}

// first returns the first entry, of which there is one.
func (n numbered[V]) first() (int, V) { return n.at(0) }

// last returns the last number, or 0.
func (n numbered[V]) last() int {
	i, _, _ := n.m.Max()
	return i
}

func (n numbered[V]) set(i int, v V) numbered[V]  { return numbered[V]{n.m.Set(i, v)} }
func (n numbered[V]) without(i int) numbered[V]   { return numbered[V]{n.m.Delete(i)} }
func (n numbered[V]) upTo(i int) numbered[V]      { return numbered[V]{n.m.To(i).Map()} }
func (n numbered[V]) above(i int) numbered[V]     { return numbered[V]{n.m.Above(i).Map()} }
func (n numbered[V]) all() iter.Seq2[int, V]      { return unboxedAll[V](n.m.All()) }
func (n numbered[V]) backward() iter.Seq2[int, V] { return unboxedAll[V](n.m.Backward()) }

func unboxed[V any](v any) V {
	value, _ := v.(V)
	return value
}

func unboxedAll[V any](all iter.Seq2[int, any]) iter.Seq2[int, V] {
	return func(yield func(int, V) bool) {
		for i, v := range all {
			if !yield(i, unboxed[V](v)) {
				return
			}
		}
	}
}
