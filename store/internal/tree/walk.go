package tree

import (
	"context"

	"github.com/ramet-go/ramet/store/chunk"
)

// A Child is a chunk that another refers to.
type Child struct {
	Addr  chunk.Addr
	Level int    // its level, if it is a node below a node
	Size  uint64 // of a node the entries in and below it, of a blob the bytes
	Blob  bool   // a blob, which is a chunk of kind 3 or a sequence of pieces
}

// Children returns what a chunk of kind 1, 2 or 3 refers to: child nodes, or the blobs of its values, in order. One that it
// refers to twice is there twice. It fails as Open does.
func Children(data []byte) ([]Child, error) {
	n, err := Open(data)
	if err != nil {
		return nil, err
	}
	return n.Children(), nil
}

// Children returns what n refers to. See the function.
func (n *Node) Children() []Child {
	if n.level == 0 && !n.tagged {
		return nil
	}
	cs := make([]Child, 0, n.count)
	for i := range n.count {
		if n.level > 0 {
			r := n.child(i)
			cs = append(cs, Child{r.Addr, int(n.level) - 1, r.Total, false})
		} else if v := n.value(i); v.Tag == blobTag {
			a, size, _ := parseRef(v.Data)
			cs = append(cs, Child{Addr: a, Size: size, Blob: true})
		}
	}
	return cs
}

// suits returns an error unless c may be what a refers to in a node of this kind. So no way down is longer than two trees and a blob.
func (a Child) suits(c *Node, kind uint8) error {
	switch {
	case !a.Blob && (c.kind != kind || c.Level() != a.Level):
		return violated(4, "kind %d and level %d where kind %d and level %d should be", c.kind, c.level, kind, a.Level)
	case !a.Blob && c.total != a.Size:
		return violated(5, "a total of %d where its parent says %d", c.total, a.Size)
	case a.Blob && a.Size <= piece && (c.kind != kindBlob || c.total != a.Size),
		a.Blob && a.Size > piece && (c.kind != uint8(Seq) || c.total != (a.Size+piece-1)/piece):
		return violated(2, "not a blob of %d bytes", a.Size)
	}
	return nil
}

// Walk visits all chunks that a chunk reaches, itself included: each once, and after what it refers to. Where skip returns true nothing
// is visited, nor what is only reached from there; skip is asked before a chunk is read, once for each address. Any error,
// of the source or of visit, ends the walk. Walk remembers the addresses that it has visited.
func Walk(ctx context.Context, from Source, root chunk.Addr, skip func(chunk.Addr) bool, visit func(chunk.Chunk) error) error {
	w := walker{ctx, from, skip, visit, map[chunk.Addr]bool{}}
	return w.walk(root, false, func(*Node) error { return nil })
}

type walker struct {
	ctx   context.Context
	from  Source
	skip  func(chunk.Addr) bool
	visit func(chunk.Chunk) error
	seen  map[chunk.Addr]bool
}

// walk visits what a reaches, and a, which is in a blob or not, and must pass the check.
func (w *walker) walk(a chunk.Addr, inBlob bool, check func(*Node) error) error {
	if w.seen[a] {
		return nil
	}
	w.seen[a] = true
	if w.skip != nil && w.skip(a) {
		return nil
	}
	n, err := load(w.ctx, w.from, a)
	if err != nil {
		return err
	}
	if err := check(&n); err != nil {
		return at(a, err)
	}
	for _, c := range n.Children() {
		if inBlob && c.Blob && c.Size > piece {
			return at(a, violated(2, "a piece of %d bytes", c.Size))
		}
		err := w.walk(c.Addr, inBlob || c.Blob, func(m *Node) error { return c.suits(m, n.kind) })
		if err != nil {
			return err
		}
	}
	return w.visit(chunk.Chunk{Addr: a, Data: n.data})
}
