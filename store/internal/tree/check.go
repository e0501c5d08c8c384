package tree

import (
	"context"
	"iter"

	"github.com/ramet-go/ramet/store/chunk"
)

// A Problem is a violation of an invariant, see the package. Parent is zero for the root.
type Problem struct {
	Addr, Parent chunk.Addr
	Invariant    int // 0: it could not be found out, because the source or the context failed
	Err          error
}

// Check reads the whole tree r with all its blobs, and yields what is wrong with it: invariants 1 to 9. It goes on after a
// problem with all that can still be read. Number 8 depends on the shape s: trees that were not made by this package may
// violate it, and work. What skip returns true for is taken for right with all below it, and not read. When ctx ends, a problem with
// number 0 is the last.
//
// It reads and hashes each chunk once or, if it is both at the end of a level and before one, twice; one that a map refers to more often,
// which is a problem, each time. It remembers the addresses of all.
func Check(ctx context.Context, s Shape, from Source, r Root, skip func(chunk.Addr) bool) iter.Seq[Problem] {
	return func(yield func(Problem) bool) {
		c := checker{ctx: ctx, from: from, skip: skip, yield: yield, seen: map[seen]facts{}}
		if err := s.check(); err != nil {
			yield(Problem{Addr: r.Addr, Err: err})
			return
		}
		c.node(chunk.Addr{}, r.Addr, place{shape: s, rightmost: true, isRoot: true, suits: func(n *Node) error {
			switch {
			case n.kind != uint8(s.Kind):
				return violated(4, "a root of kind %d, not %d", n.kind, s.Kind)
			case n.total != r.Total:
				return violated(5, "a root with a total of %d, not %d", n.total, r.Total)
			}
			return nil
		}})
	}
}

type checker struct {
	ctx   context.Context
	from  Source
	skip  func(chunk.Addr) bool
	yield func(Problem) bool
	done  bool
	seen  map[seen]facts
}

// seen is what has been looked at, and where: the same node may stand in a tree and in one of a blob, whose shape is another, and
// at the end of a level and before it. The end of a blob depends on its length.
type seen struct {
	addr      chunk.Addr
	shape     Shape
	rightmost bool
	size      uint64
}

// facts are what is known of a chunk that has been looked at.
type facts struct {
	child Child // what refers to it, in sequences all there is to check
	ends  bool  // it ends by the rule
}

// A place is where a chunk stands.
type place struct {
	shape             Shape
	rightmost, isRoot bool
	child             Child // what refers to the chunk; zero for the root
	suits             func(*Node) error
	left              *Node // the keys must be above that of item j of it, if it is not nil
	j                 int
	inBlob            bool
	first             uint64 // in a blob's tree, the bytes before the node,
	size              uint64 // and those of the blob
}

func (c *checker) report(parent, a chunk.Addr, err error) {
	if err == nil || c.done {
		return
	}
	p := Problem{a, parent, invariantOf(err), err}
	c.done = !c.yield(p) || c.ctx.Err() != nil
}

// node checks the chunk at a in its place, and all below it that has not been checked yet.
func (c *checker) node(parent, a chunk.Addr, p place) {
	if c.done || c.skip != nil && c.skip(a) {
		return
	}
	if err := c.ctx.Err(); err != nil {
		c.report(parent, a, err)
		return
	}
	key := seen{addr: a, shape: p.shape, rightmost: p.rightmost}
	if p.rightmost {
		key.size = p.size
	}
	known, ok := c.seen[key]
	if ok && p.shape.Kind == Seq && known.child == p.child {
		c.early(parent, a, p, known)
		return
	}
	data, err := c.from.Get(c.ctx, a)
	if err == nil && chunk.Sum(data) != a {
		err = violated(1, "bytes of another address")
	}
	var n Node
	if err == nil {
		n, err = Open(data)
	}
	if err == nil {
		err = p.suits(&n)
	}
	if err != nil {
		c.report(parent, a, at(a, err))
		return
	}
	if n.kind == kindBlob {
		c.seen[key] = facts{child: p.child, ends: true}
		return
	}
	if n.level > 0 && n.count < 2 && (p.isRoot || !p.rightmost) {
		c.report(parent, a, at(a, violated(7, "an inner node with one item")))
	}
	if !ok {
		known.child = p.child
		known.ends, err = p.shape.fits(&n)
		if err != nil {
			c.report(parent, a, at(a, err))
		}
		c.seen[key] = known
	}
	c.early(parent, a, p, known)
	if !ok {
		c.below(a, &n, p)
	}
}

// early reports a node that ends before the rule says, unless it is the last of its level.
func (c *checker) early(parent, a chunk.Addr, p place, f facts) {
	if !f.ends && !p.rightmost {
		c.report(parent, a, at(a, violated(8, "a node that ends too early")))
	}
}

// below checks what n, at a, refers to.
func (c *checker) below(a chunk.Addr, n *Node, p place) {
	if p.inBlob && n.level == 0 {
		c.report(a, a, c.piecesFit(a, n, p))
	}
	for i, child := range n.Children() {
		switch {
		case n.level > 0:
			q := place{child: child, shape: p.shape, rightmost: p.rightmost && i == n.count-1, left: p.left, j: p.j, inBlob: p.inBlob}
			if i > 0 {
				q.left, q.j = n, i-1
			}
			q.suits = func(m *Node) error { return checkChild(m, n, i, q.left, q.j) }
			q.first, q.size = p.first, p.size
			p.first += child.Size * piece
			c.node(a, child.Addr, q)
		case child.Size <= piece:
			c.node(a, child.Addr, place{child: child, shape: pieces, suits: func(m *Node) error { return child.suits(m, n.kind) }})
		case p.inBlob:
			c.report(a, child.Addr, at(a, violated(2, "a piece of %d bytes", child.Size)))
		default:
			c.node(a, child.Addr, place{
				child: child, shape: pieces, rightmost: true, isRoot: true, inBlob: true, size: child.Size,
				suits: func(m *Node) error { return child.suits(m, n.kind) },
			})
		}
	}
}

// piecesFit checks the lengths of the pieces in a leaf of a blob's tree.
func (c *checker) piecesFit(a chunk.Addr, n *Node, p place) error {
	for i := range n.count {
		if want := min(p.size-p.first, piece); n.value(i).Len() != want {
			return at(a, violated(2, "a piece of %d bytes where there are %d", n.value(i).Len(), want))
		}
		p.first += piece
	}
	return nil
}

// fits returns an error if n should have ended earlier, and whether the rule ends it where it ends.
func (s Shape) fits(n *Node) (ends bool, err error) {
	sp := newSplitter(s, n.Level(), nil)
	var key []byte
	for i := range n.count {
		if ends {
			return true, violated(8, "a node that goes on after item %d", i-1)
		}
		key = n.appendKey(key[:0], i)
		v := Value{inline, n.raw(i)}
		if n.level == 0 {
			v = n.value(i)
		}
		ends = sp.put(key, v.Tag, v.Data, n.below(i))
	}
	return ends, nil
}
