package tree

import (
	"context"
	"iter"
)

// A frame is a node on the way down, with the item where one stands.
type frame struct {
	Node
	i     int
	start uint64 // position of the first entry below the node
	pos   uint64 // position of the first entry of item i
}

// end is the position behind the last entry below the node.
func (f *frame) end() uint64 { return f.start + f.total }

func (f *frame) step() {
	f.pos += f.below(f.i)
	f.i++
}

// A cursor stands in a tree: path goes from the root downward, each frame to the child where the one above stands. Where it ends
// is where one has read so far. All ways down and to the side are by cursors, and check each node as it is read.
type cursor struct {
	ctx  context.Context
	from Source
	path []frame
}

// root begins at the first item of the root.
func (c *cursor) root(r Root, kind Kind) error {
	n, err := loadRoot(c.ctx, c.from, r, kind)
	if err == nil {
		c.path = append(c.path[:0], frame{Node: n})
	}
	return err
}

func (c *cursor) top() *frame { return &c.path[len(c.path)-1] }

func (c *cursor) pop() { c.path = c.path[:len(c.path)-1] }

// down goes to the first item of the child where the top stands.
func (c *cursor) down() error {
	f := c.top()
	var left *Node
	j := 0
	for k := len(c.path) - 1; k >= 0; k-- {
		if g := &c.path[k]; g.i > 0 {
			left, j = &g.Node, g.i-1
			break
		}
	}
	n, err := loadChild(c.ctx, c.from, &f.Node, f.i, left, j)
	if err == nil {
		c.path = append(c.path, frame{Node: n, start: f.pos, pos: f.pos})
	}
	return err
}

// seek goes to the node of a level with the entry at position p, and to its item with that entry. A p behind all entries is in the
// last node. What is on the path already is not read again.
func (c *cursor) seek(level int, p uint64) error {
	for len(c.path) > 1 {
		if f := c.top(); f.Level() >= level && f.start <= p && p < f.end() {
			break
		}
		c.pop()
	}
	for {
		f := c.top()
		i, before := f.locate(p - f.start)
		f.i, f.pos = i, f.start+before
		if f.Level() == level {
			return nil
		}
		if err := c.down(); err != nil {
			return err
		}
	}
}

// seekKey goes to the leaf with the first key that is not below key, or else to the last leaf, and to that item of it or behind its last.
// It returns whether the key is there.
func (c *cursor) seekKey(key []byte) (found bool, err error) {
	for len(c.path) > 1 {
		f := c.top()
		if i, found := f.search(key); i < f.count && (i > 0 || found) {
			break
		}
		c.pop()
	}
	for {
		f := c.top()
		i, found := f.search(key)
		if f.level == 0 {
			f.i, f.pos = i, f.start+uint64(i)
			return found, nil
		}
		i = min(i, f.count-1)
		for f.i, f.pos = 0, f.start; f.i < i; {
			f.step()
		}
		if err := c.down(); err != nil {
			return false, err
		}
	}
}

// rightmost tells whether the top is the last node of its level.
func (c *cursor) rightmost() bool { return c.top().end() == c.path[0].total }

// settle leaves the nodes at whose end the cursor stands. It returns false at the end of the tree, where the path is empty.
func (c *cursor) settle() bool {
	for len(c.path) > 0 {
		if f := c.top(); f.i < f.count {
			return true
		}
		c.pop()
		if len(c.path) > 0 {
			c.top().step()
		}
	}
	return false
}

// items yields the entries from position i to before j, of which there are enough.
func (c *cursor) items(i, j uint64) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for i < j {
			if err := c.seek(0, i); err != nil {
				yield(Item{}, err)
				return
			}
			f := c.top()
			n := int(min(j-i, uint64(f.count-f.i)))
			keys := f.keys(f.i, f.i+n)
			for k := range n {
				if !yield(Item{keys.next(&f.Node, f.i+k), f.value(f.i + k)}, nil) {
					return
				}
			}
			i += uint64(n)
		}
	}
}

// backward yields the same entries from the last to the first.
func (c *cursor) backward(i, j uint64) iter.Seq2[Item, error] {
	return func(yield func(Item, error) bool) {
		for i < j {
			if err := c.seek(0, j-1); err != nil {
				yield(Item{}, err)
				return
			}
			f := c.top()
			n := int(min(j-i, uint64(f.i+1)))
			keys := f.keys(f.i+1-n, f.i+1)
			for k := range n {
				if !yield(Item{keys.next(&f.Node, f.i-k), f.value(f.i - k)}, nil) {
					return
				}
			}
			j -= uint64(n)
		}
	}
}

// A keyring makes the keys of many items of a leaf with one allocation.
type keyring struct{ buf []byte }

func (f *frame) keys(i, j int) (k keyring) {
	if f.kind == uint8(Map) && f.prefix > 0 {
		n := 0
		for ; i < j; i++ {
			n += f.prefix + len(f.rest(i))
		}
		k.buf = make([]byte, 0, n)
	}
	return k
}

func (k *keyring) next(n *Node, i int) []byte {
	if n.kind != uint8(Map) || n.prefix == 0 {
		return n.key(i)
	}
	s := len(k.buf)
	k.buf = n.appendKey(k.buf, i)
	return k.buf[s:len(k.buf):len(k.buf)]
}
