package tree

import (
	"context"
	"fmt"
	"iter"
)

// Lookup returns the value of key in the map r. It reads a node of each level. The value is a view: read only.
func Lookup(ctx context.Context, from Source, r Root, key []byte) (Value, bool, error) {
	var v Value
	_, found, err := find(ctx, from, r, key, &v)
	return v, found, err
}

// Rank returns the number of keys of the map r that are below key, and whether key is there. It reads a node of each level.
func Rank(ctx context.Context, from Source, r Root, key []byte) (rank uint64, found bool, err error) {
	return find(ctx, from, r, key, nil)
}

// find goes down to key. It sets v, if that is not nil, if key is there; the rank is right if v is nil.
func find(ctx context.Context, from Source, r Root, key []byte, v *Value) (rank uint64, found bool, err error) {
	n, err := loadRoot(ctx, from, r, Map)
	if err != nil {
		return 0, false, err
	}
	var left Node // whose item j is the nearest one on the way that is below
	j := -1
	for n.level > 0 {
		i, _ := n.search(key)
		if v == nil {
			for k := range i {
				rank += n.below(k)
			}
		}
		if i == n.count {
			return rank, false, nil
		}
		if i > 0 {
			left, j = n, i-1
		}
		l := &left
		if j < 0 {
			l = nil
		}
		if n, err = loadChild(ctx, from, &n, i, l, j); err != nil {
			return 0, false, err
		}
	}
	i, found := n.search(key)
	if found && v != nil {
		*v = n.value(i)
	}
	return rank + uint64(i), found, nil
}

// At returns the entry at position i of r, in the order of the keys if it is a map; an error if there are no more than i. It reads a
// node of each level.
func At(ctx context.Context, from Source, r Root, i uint64) (Item, error) {
	for it, err := range Items(ctx, from, r, i, i+1) {
		return it, err
	}
	return Item{}, fmt.Errorf("tree: entry %d of %d", i, r.Total)
}

// Items yields the entries of r from position i to before j, by ascending key. An error is the last; also that i to j is no range of r.
// It reads the nodes with these entries, one of each level at a time, and allocates once a leaf.
func Items(ctx context.Context, from Source, r Root, i, j uint64) iter.Seq2[Item, error] {
	return ranged(ctx, from, r, i, j, (*cursor).items)
}

// Backward yields what Items yields, from the last to the first.
func Backward(ctx context.Context, from Source, r Root, i, j uint64) iter.Seq2[Item, error] {
	return ranged(ctx, from, r, i, j, (*cursor).backward)
}

func ranged(ctx context.Context, from Source, r Root, i, j uint64,
	walk func(*cursor, uint64, uint64) iter.Seq2[Item, error]) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		c := cursor{ctx: ctx, from: from}
		err := c.rootOfAny(r)
		if err == nil && (i > j || j > r.Total) {
			err = fmt.Errorf("tree: entries %d to %d of %d", i, j, r.Total)
		}
		if err != nil {
			yield(Item{}, err)
			return
		}
		for it, err := range walk(&c, i, j) {
			if !yield(it, err) {
				return
			}
		}
	}
}

// rootOfAny is root for trees of either kind.
func (c *cursor) rootOfAny(r Root) error {
	n, err := load(c.ctx, c.from, r.Addr)
	if err != nil {
		return err
	}
	switch {
	case n.kind == kindBlob:
		return at(r.Addr, violated(4, "a blob where a root should be"))
	case n.total != r.Total:
		return at(r.Addr, violated(5, "a root with a total of %d, not %d", n.total, r.Total))
	}
	c.path = append(c.path[:0], frame{Node: n})
	return nil
}
