package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A view reads a stored map, or a set, without loading it.
type view[K, V any] struct {
	at    Place
	part  part
	key   codec.Key[K]
	value codec.Value[V]
}

// A MapView is a stored map that is read without loading it: what reads one entry reads as many chunks as the tree is
// deep, from memory if they are in the store's cache. It is a small value, safe for goroutines. What it returns is
// decoded anew each time. Nothing of the store is held between two elements of an iteration, except that a Collect
// keeps the version.
type MapView[K, V any] struct{ view[K, V] }

// A SetView is a stored set that is read without loading it; see [MapView].
type SetView[T any] struct{ view[T, struct{}] }

// do opens the place and calls f.
func (v view[K, V]) do(ctx context.Context, f func(p openPlace) error) error {
	defer v.at.unpin()
	p, err := v.at.open(ctx, v.part)
	if err != nil {
		return err
	}
	if err := f(p); err != nil {
		return v.at.fail(err)
	}
	return nil
}

// Len returns the number of entries. It reads the directory only.
func (v view[K, V]) Len(ctx context.Context) (n int, err error) {
	defer v.at.unpin()
	p, err := v.at.open(ctx, v.part)
	return int(p.d.root.Total), err
}

// encode encodes a key. What cannot be encoded is in no stored map.
func (v view[K, V]) encode(k K) ([]byte, error) {
	var room [64]byte
	b, err := v.key.Append(room[:0], k)
	if err != nil {
		return nil, fmt.Errorf("store: %w", codecError(err))
	}
	return b, nil
}

// Contains tells whether a key is there.
func (v view[K, V]) Contains(ctx context.Context, k K) (ok bool, err error) {
	key, err := v.encode(k)
	if err != nil {
		return false, err
	}
	err = v.do(ctx, func(p openPlace) error {
		_, ok, err = tree.Lookup(ctx, p.st.cache, p.d.root, key)
		return err
	})
	return ok, err
}

// Lookup returns the value of a key, and whether it is there.
func (v MapView[K, V]) Lookup(ctx context.Context, k K) (x V, ok bool, err error) {
	key, err := v.encode(k)
	if err != nil {
		return x, false, err
	}
	err = v.do(ctx, func(p openPlace) error {
		stored, found, err := tree.Lookup(ctx, p.st.cache, p.d.root, key)
		if err != nil || !found {
			return err
		}
		ok = true
		x, err = decodeValue(ctx, p.st.cache, v.value, stored)
		return err
	})
	if err != nil {
		return *new(V), false, err
	}
	return x, ok, nil
}

// entryAt returns the entry with a rank.
func (v view[K, V]) entryAt(ctx context.Context, i int) (k K, x V, err error) {
	err = v.do(ctx, func(p openPlace) error {
		if i < 0 || uint64(i) >= p.d.root.Total {
			return fmt.Errorf("rank %d of %d", i, p.d.root.Total)
		}
		it, err := tree.At(ctx, p.st.cache, p.d.root, uint64(i))
		if err != nil {
			return err
		}
		k, x, err = v.decode(ctx, p, it)
		return err
	})
	return k, x, err
}

func (v view[K, V]) decode(ctx context.Context, p openPlace, it tree.Item) (k K, x V, err error) {
	if k, err = decodeKey(v.key, it.Key); err == nil {
		x, err = decodeValue(ctx, p.st.cache, v.value, it.Value)
	}
	return k, x, err
}

// At returns the entry with a rank, the i-th in the order of the encoded keys, from 0. It is an error if there is none.
func (v MapView[K, V]) At(ctx context.Context, i int) (K, V, error) { return v.entryAt(ctx, i) }

// At returns the element with a rank, the i-th in the order of the encoded elements, from 0. It is an error if there is
// none.
func (v SetView[T]) At(ctx context.Context, i int) (T, error) {
	x, _, err := v.entryAt(ctx, i)
	return x, err
}

// Rank returns how many keys are below k in the order of the encoded keys, and whether k is there.
func (v view[K, V]) Rank(ctx context.Context, k K) (i int, found bool, err error) {
	key, err := v.encode(k)
	if err != nil {
		return 0, false, err
	}
	err = v.do(ctx, func(p openPlace) error {
		var r uint64
		r, found, err = tree.Rank(ctx, p.st.cache, p.d.root, key)
		i = int(r)
		return err
	})
	return i, found, err
}

// end is an end of a range of keys; nil: there is none.
type end[K any] struct {
	key   *K
	above bool // what has the key itself is below the end
}

// in yields the entries between two ends.
func (v view[K, V]) in(ctx context.Context, from, to end[K], backward bool) iter.Seq2[tree.Item, error] {
	return func(yield func(tree.Item, error) bool) {
		err := v.do(ctx, func(p openPlace) error {
			if p.d.root.Total == 0 {
				return nil
			}
			i, err := v.rankOf(ctx, p, from, 0)
			if err != nil {
				return err
			}
			j, err := v.rankOf(ctx, p, to, p.d.root.Total)
			if err != nil || i >= j {
				return err
			}
			seq := tree.Items
			if backward {
				seq = tree.Backward
			}
			for it, err := range seq(ctx, p.st.cache, p.d.root, i, j) {
				if err != nil {
					return err
				}
				if !yield(it, nil) {
					return nil
				}
			}
			return nil
		})
		if err != nil {
			yield(tree.Item{}, err)
		}
	}
}

func notOrdered[K any](c codec.Key[K]) error {
	return fmt.Errorf("a range of keys, whose codec %q does not keep their order: %w", c.Name(), ErrCodec)
}

func (v view[K, V]) rankOf(ctx context.Context, p openPlace, e end[K], none uint64) (uint64, error) {
	if e.key == nil {
		return none, nil
	}
	if !v.key.Ordered() {
		return 0, notOrdered(v.key)
	}
	key, err := v.encode(*e.key)
	if err != nil {
		return 0, err
	}
	r, found, err := tree.Rank(ctx, p.st.cache, p.d.root, key)
	if found && e.above {
		r++
	}
	return r, err
}

// An Entry is an entry of a stored map.
type Entry[K, V any] struct {
	Key   K
	Value V
}

// entries decodes what in yields.
func (v MapView[K, V]) entries(ctx context.Context, from, to end[K], backward bool) iter.Seq2[Entry[K, V], error] {
	return func(yield func(Entry[K, V], error) bool) {
		for it, err := range v.in(ctx, from, to, backward) {
			var e Entry[K, V]
			if err == nil {
				if e.Key, err = decodeKey(v.key, it.Key); err == nil {
					e.Value, err = decodeValue(ctx, v.at.st.cache, v.value, it.Value)
				}
			}
			if !yield(e, err) || err != nil {
				return
			}
		}
	}
}

// All yields all entries, in the order of the encoded keys. An error is the last.
func (v MapView[K, V]) All(ctx context.Context) iter.Seq2[Entry[K, V], error] {
	return v.entries(ctx, end[K]{}, end[K]{}, false)
}

// Backward yields all entries, the last first. An error is the last.
func (v MapView[K, V]) Backward(ctx context.Context) iter.Seq2[Entry[K, V], error] {
	return v.entries(ctx, end[K]{}, end[K]{}, true)
}

// From yields the entries whose keys are k or above. This and the other ranges need a codec that keeps the order of
// keys: else ErrCodec.
func (v MapView[K, V]) From(ctx context.Context, k K) iter.Seq2[Entry[K, V], error] {
	return v.entries(ctx, end[K]{key: &k}, end[K]{}, false)
}

// Above yields the entries whose keys are above k.
func (v MapView[K, V]) Above(ctx context.Context, k K) iter.Seq2[Entry[K, V], error] {
	return v.entries(ctx, end[K]{key: &k, above: true}, end[K]{}, false)
}

// To yields the entries whose keys are k or below.
func (v MapView[K, V]) To(ctx context.Context, k K) iter.Seq2[Entry[K, V], error] {
	return v.entries(ctx, end[K]{}, end[K]{key: &k, above: true}, false)
}

// Below yields the entries whose keys are below k.
func (v MapView[K, V]) Below(ctx context.Context, k K) iter.Seq2[Entry[K, V], error] {
	return v.entries(ctx, end[K]{}, end[K]{key: &k}, false)
}

// Between yields the entries whose keys are from or above, and below to.
func (v MapView[K, V]) Between(ctx context.Context, from, to K) iter.Seq2[Entry[K, V], error] {
	return v.entries(ctx, end[K]{key: &from}, end[K]{key: &to}, false)
}

// keys decodes the keys of what in yields.
func (v view[K, V]) keys(ctx context.Context, from, to end[K], backward bool) iter.Seq2[K, error] {
	return func(yield func(K, error) bool) {
		for it, err := range v.in(ctx, from, to, backward) {
			var k K
			if err == nil {
				k, err = decodeKey(v.key, it.Key)
			}
			if !yield(k, err) || err != nil {
				return
			}
		}
	}
}

// Keys yields all keys, in the order of the encoded keys; it does not decode the values. An error is the last.
func (v MapView[K, V]) Keys(ctx context.Context) iter.Seq2[K, error] {
	return v.keys(ctx, end[K]{}, end[K]{}, false)
}

// Min returns the entry with the least key, and false if there is none. It needs a codec that keeps the order of keys:
// else ErrCodec.
func (v MapView[K, V]) Min(ctx context.Context) (K, V, bool, error) { return v.extreme(ctx, false) }

// Max returns the entry with the greatest key, and false if there is none. It needs a codec that keeps the order of
// keys: else ErrCodec.
func (v MapView[K, V]) Max(ctx context.Context) (K, V, bool, error) { return v.extreme(ctx, true) }

func (v view[K, V]) extreme(ctx context.Context, last bool) (k K, x V, ok bool, err error) {
	err = v.do(ctx, func(p openPlace) error {
		if !v.key.Ordered() {
			return fmt.Errorf("the least or greatest of keys, whose codec %q does not keep their order: %w", v.key.Name(), ErrCodec)
		}
		if p.d.root.Total == 0 {
			return nil
		}
		i := uint64(0)
		if last {
			i = p.d.root.Total - 1
		}
		it, err := tree.At(ctx, p.st.cache, p.d.root, i)
		if err != nil {
			return err
		}
		ok = true
		k, x, err = v.decode(ctx, p, it)
		return err
	})
	return k, x, ok && err == nil, err
}

// All yields all elements, in the order of the encoded ones. An error is the last.
func (v SetView[T]) All(ctx context.Context) iter.Seq2[T, error] {
	return v.keys(ctx, end[T]{}, end[T]{}, false)
}

// Backward yields all elements, the last first. An error is the last.
func (v SetView[T]) Backward(ctx context.Context) iter.Seq2[T, error] {
	return v.keys(ctx, end[T]{}, end[T]{}, true)
}

// From yields the elements that are x or above. This and the other ranges need a codec that keeps the order of
// elements: else ErrCodec.
func (v SetView[T]) From(ctx context.Context, x T) iter.Seq2[T, error] {
	return v.keys(ctx, end[T]{key: &x}, end[T]{}, false)
}

// Below yields the elements that are below x.
func (v SetView[T]) Below(ctx context.Context, x T) iter.Seq2[T, error] {
	return v.keys(ctx, end[T]{}, end[T]{key: &x}, false)
}

// Min returns the least element, and false if there is none. It needs a codec that keeps the order of elements: else
// ErrCodec.
func (v SetView[T]) Min(ctx context.Context) (T, bool, error) {
	x, _, ok, err := v.extreme(ctx, false)
	return x, ok, err
}

// Max returns the greatest element, and false if there is none. It needs a codec that keeps the order of elements: else
// ErrCodec.
func (v SetView[T]) Max(ctx context.Context) (T, bool, error) {
	x, _, ok, err := v.extreme(ctx, true)
	return x, ok, err
}
