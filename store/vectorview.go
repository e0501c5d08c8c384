package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/store/internal/tree"
)

// A VectorView is a stored vector that is read without loading it; see [MapView].
type VectorView[T any] struct {
	at     Place
	schema *VectorSchema[T]
}

// Len returns the number of elements. It reads the directory only.
func (v VectorView[T]) Len(ctx context.Context) (int, error) {
	defer v.at.unpin()
	p, err := v.at.open(ctx, v.schema)
	return int(p.d.root.Total), err
}

// At returns the element at an index. It is an error if there is none.
func (v VectorView[T]) At(ctx context.Context, i int) (x T, err error) {
	defer v.at.unpin()
	p, err := v.at.open(ctx, v.schema)
	if err != nil {
		return x, err
	}
	if i < 0 || uint64(i) >= p.d.root.Total {
		return x, v.at.fail(fmt.Errorf("index %d of %d", i, p.d.root.Total))
	}
	it, err := tree.At(ctx, p.st.cache, p.d.root, uint64(i))
	if err == nil {
		x, err = decodeValue(ctx, p.st.cache, v.schema.value, it.Value)
	}
	if err != nil {
		return *new(T), v.at.fail(err)
	}
	return x, nil
}

// All yields all elements in order. An error is the last.
func (v VectorView[T]) All(ctx context.Context) iter.Seq2[T, error] { return v.slice(ctx, 0, -1) }

// Slice yields the elements from index i up to, and without, j. It reads those only. It is an error if they are not
// there.
func (v VectorView[T]) Slice(ctx context.Context, i, j int) iter.Seq2[T, error] {
	return v.slice(ctx, i, max(j, 0))
}

// slice yields the elements from i on; a negative j is the end.
func (v VectorView[T]) slice(ctx context.Context, i, j int) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		defer v.at.unpin()
		p, err := v.at.open(ctx, v.schema)
		if err != nil {
			yield(*new(T), err)
			return
		}
		n := int(p.d.root.Total)
		if j < 0 {
			j = n
		}
		if i < 0 || i > j || j > n {
			yield(*new(T), v.at.fail(fmt.Errorf("elements [%d:%d] of %d", i, j, n)))
			return
		}
		if i == j {
			return
		}
		for it, err := range tree.Items(ctx, p.st.cache, p.d.root, uint64(i), uint64(j)) {
			var x T
			if err == nil {
				x, err = decodeValue(ctx, p.st.cache, v.schema.value, it.Value)
			}
			if err != nil {
				yield(*new(T), v.at.fail(err))
				return
			}
			if !yield(x, nil) {
				return
			}
		}
	}
}
