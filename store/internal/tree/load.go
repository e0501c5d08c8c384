package tree

import (
	"context"

	"github.com/ramet-go/ramet/store/chunk"
)

// load returns the chunk at a. Whoever cannot have it gets an error, whatever the reason.
func load(ctx context.Context, from Source, a chunk.Addr) (Node, error) {
	if err := ctx.Err(); err != nil {
		return Node{}, err
	}
	if o, ok := from.(Opener); ok {
		n, err := o.Node(ctx, a)
		if err != nil {
			return Node{}, at(a, err)
		}
		return n, nil
	}
	data, err := from.Get(ctx, a)
	if err != nil {
		return Node{}, at(a, err)
	}
	n, err := Open(data)
	if err != nil {
		return Node{}, at(a, err)
	}
	return n, nil
}

// loadRoot returns the root of r, which must be of the kind.
func loadRoot(ctx context.Context, from Source, r Root, kind Kind) (Node, error) {
	n, err := load(ctx, from, r.Addr)
	if err == nil && n.kind != uint8(kind) {
		err = at(r.Addr, violated(4, "kind %d where a root of kind %d should be", n.kind, kind))
	}
	if err == nil && n.total != r.Total {
		err = at(r.Addr, violated(5, "a root with a total of %d, not %d", n.total, r.Total))
	}
	return n, err
}

// loadChild returns the child that item i of n refers to. If left is not nil, the keys of the child must be above that of item
// j of left: the key of the left neighbour's parent item. Invariants 4, 5 and 6 are checked here, on every way down.
func loadChild(ctx context.Context, from Source, n *Node, i int, left *Node, j int) (Node, error) {
	r := n.child(i)
	c, err := load(ctx, from, r.Addr)
	if err == nil {
		if err = checkChild(&c, n, i, left, j); err != nil {
			err = at(r.Addr, err)
		}
	}
	return c, err
}

func checkChild(c, n *Node, i int, left *Node, j int) error {
	switch {
	case c.kind != n.kind || c.level != n.level-1:
		return violated(4, "kind %d and level %d below kind %d and level %d", c.kind, c.level, n.kind, n.level)
	case c.total != n.below(i):
		return violated(5, "a total of %d where its parent says %d", c.total, n.below(i))
	case n.kind != uint8(Map):
	case compareKeys(c, c.count-1, n, i) != 0:
		return violated(5, "another last key than its parent says")
	case left != nil && compareKeys(c, 0, left, j) <= 0:
		return violated(6, "a key that is not above those of the left neighbour")
	}
	return nil
}
