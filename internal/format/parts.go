package format

import (
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/internal/order"
)

// parts are the elements of a collection, each with nil, or its entries. Nothing here depends on their types, so that
// it is compiled once, and not once for each type of collection; nor is it inlined into what does depend on them.
type parts iter.Seq2[any, any]

//go:noinline
func elements[T any](seq iter.Seq[T]) parts {
	return func(yield func(x, none any) bool) {
		seq(func(x T) bool { return yield(x, nil) })
	}
}

//go:noinline
func entries[K, V any](seq iter.Seq2[K, V]) parts {
	return func(yield func(k, v any) bool) {
		seq(func(k K, v V) bool { return yield(k, v) })
	}
}

// sorted returns the parts in the order in which they are printed to s. Where only the beginning is wanted, that is any order.
//
//go:noinline
func (p parts) sorted(s fmt.State) parts {
	if _, ok := s.(*brief); ok {
		return p
	}
	return func(yield func(k, v any) bool) {
		var all []order.Pair
		for k, v := range p {
			all = append(all, order.Pair{K: k, V: v})
		}
		order.Sort(all, order.ByAddress)
		for _, x := range all {
			if !yield(x.K, x.V) {
				return
			}
		}
	}
}
