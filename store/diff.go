package store

import (
	"context"
	"fmt"
	"iter"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// storedDiff yields how two stored parts differ, in a range of keys.
func (p *keyed[M, K, V]) storedDiff(ctx context.Context, from, to Place, low, high end[K]) iter.Seq2[diff.Change[K, V], error] {
	return func(yield func(diff.Change[K, V], error) bool) {
		fail := func(err error) { yield(diff.Change[K, V]{}, err) }
		a, b, done, err := openBoth(ctx, from, to, p)
		if err != nil {
			fail(err)
			return
		}
		defer done()
		var ends [2][]byte
		for i, e := range []end[K]{low, high} {
			if ends[i], err = p.endOf(e); err != nil {
				fail(from.fail(err))
				return
			}
		}
		for c, err := range tree.DiffRange(ctx, a.st.cache, a.d.root, b.d.root, ends[0], ends[1]) {
			if err != nil {
				fail(err)
				return
			}
			out, err := p.change(ctx, a.st.cache, c)
			if err != nil {
				fail(err)
				return
			}
			if !yield(out, nil) {
				return
			}
		}
	}
}

// endOf returns the encoded key of an end, which does not include it above; nil: there is none.
func (p *keyed[M, K, V]) endOf(e end[K]) ([]byte, error) {
	if e.key == nil {
		return nil, nil
	}
	if !p.key.Ordered() {
		return nil, notOrdered(p.key)
	}
	b, err := p.key.Append([]byte{}, *e.key)
	if err != nil {
		return nil, codecError(err)
	}
	return b, nil
}

// change decodes a change.
func (p *keyed[M, K, V]) change(ctx context.Context, from tree.Source, c tree.Change) (out diff.Change[K, V], err error) {
	if out.Key, err = decodeKey(p.key, c.Key); err != nil {
		return out, err
	}
	if c.Old != nil {
		out.Kind = diff.Removed
		if out.Old, err = decodeValue(ctx, from, p.value, *c.Old); err != nil {
			return out, fmt.Errorf("key %v: %w", out.Key, err)
		}
	}
	if c.New != nil {
		if out.Kind = diff.Added; c.Old != nil {
			out.Kind = diff.Updated
		}
		if out.New, err = decodeValue(ctx, from, p.value, *c.New); err != nil {
			return out, fmt.Errorf("key %v: %w", out.Key, err)
		}
	}
	return out, nil
}
