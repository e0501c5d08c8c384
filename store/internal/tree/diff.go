package tree

import (
	"bytes"
	"context"
	"iter"
)

// A Change is what happened to a key between two maps. Old is nil if it was not there, New if it is not there any more. The bytes
// are read only, and stay as they are.
type Change struct {
	Key      []byte
	Old, New *Value
}

// Diff yields the changes from the map a to the map b, by ascending key. An error is the last. The trees may be of any shapes.
// Values are compared as they stand in the leaves, by address if they are blobs.
//
// It reads, of both, the nodes that are not in the other: for d changes O(d log n).
func Diff(ctx context.Context, from Source, a, b Root) iter.Seq2[Change, error] {
	return DiffRange(ctx, from, a, b, nil, nil)
}

// DiffRange yields those of the changes that Diff yields whose keys are low or above, and below high; nil: there is no such end. Of what
// lies outside it reads a path, and what differs next to the upper end.
func DiffRange(ctx context.Context, from Source, a, b Root, low, high []byte) iter.Seq2[Change, error] {
	return func(yield func(Change, error) bool) {
		if a == b && !a.Addr.IsZero() {
			return
		}
		d := differ{a: cursor{ctx: ctx, from: from}, b: cursor{ctx: ctx, from: from}, low: low, high: high, yield: yield}
		err := d.a.root(a, Map)
		if err == nil {
			err = d.b.root(b, Map)
		}
		if err == nil {
			err = d.run()
		}
		if err != nil {
			yield(Change{}, err)
		}
	}
}

// A differ goes through two trees at once. What lies before its cursors is done with. Where both stand at the beginning of equal nodes,
// whatever is above, they step over them; else they go down.
type differ struct {
	a, b  cursor
	yield func(Change, error) bool
	done  bool // the caller wants no more, or the upper end is reached

	low, high []byte // the ends of the range; nil: there is none (any more)
}

func (d *differ) run() error {
	for !d.done {
		inA, inB := d.a.settle(), d.b.settle()
		switch {
		case !inA && !inB:
			return nil
		case !inA:
			return d.rest(&d.b, func(v *Value) Change { return Change{New: v} })
		case !inB:
			return d.rest(&d.a, func(v *Value) Change { return Change{Old: v} })
		}
		if d.low != nil {
			if d.a.upTo(d.low) || d.b.upTo(d.low) {
				continue
			}
			if d.a.top().level == 0 && d.b.top().level == 0 {
				d.low = nil
			}
		}
		if d.skip() {
			continue
		}
		a, b := d.a.top().level, d.b.top().level
		if a > 0 && a >= b {
			if err := d.a.down(); err != nil {
				return err
			}
		}
		if b > 0 && b >= a {
			if err := d.b.down(); err != nil {
				return err
			}
		}
		if a == 0 && b == 0 {
			d.leaves()
		}
	}
	return nil
}

// skip steps over the largest nodes at whose beginning both stand and that are equal.
func (d *differ) skip() bool {
	i, j := d.a.highest(), d.b.highest()
	for i < len(d.a.path) && j < len(d.b.path) {
		f, g := &d.a.path[i], &d.b.path[j]
		switch {
		case f.level == 0 || g.level == 0:
			return false
		case f.level > g.level:
			i++
		case f.level < g.level:
			j++
		case bytes.Equal(f.raw(f.i), g.raw(g.i)): // the same child: the format has one form of a reference
			k := 1
			if bytes.Equal(f.keyPrefix(), g.keyPrefix()) {
				k = max(k, f.alike(f.i, &g.Node, g.i)) // and those after it, as far as their bytes are the same
			}
			d.a.over(i, k)
			d.b.over(j, k)
			return true
		default:
			i, j = i+1, j+1
		}
	}
	return false
}

// highest returns the first frame of the path whose item begins where the cursor stands.
func (c *cursor) highest() int {
	i := len(c.path) - 1
	for i > 0 && c.path[i].i == 0 {
		i--
	}
	return i
}

// over steps over k items from that on where frame i stands.
func (c *cursor) over(i, k int) {
	c.path = c.path[:i+1]
	for f := c.top(); k > 0; k-- {
		f.step()
	}
}

// upTo steps over the items of the node where c stands that are below key, with all that is in them, and tells whether there were any.
func (c *cursor) upTo(key []byte) bool {
	f := c.top()
	i, _ := f.search(key)
	stepped := f.i < i
	for f.i < i {
		f.step()
	}
	return stepped
}

// leaves compares the entries of two leaves until one of them ends. Most are equal in both: they are compared as they stand, if the
// prefixes of the nodes are equal too.
func (d *differ) leaves() {
	f, g := d.a.top(), d.b.top()
	alike := f.tagged == g.tagged && bytes.Equal(f.keyPrefix(), g.keyPrefix())
	for f.i < f.count && g.i < g.count && !d.done {
		if alike {
			if k := f.alike(f.i, &g.Node, g.i); k > 0 {
				f.i, f.pos = f.i+k, f.pos+uint64(k)
				g.i, g.pos = g.i+k, g.pos+uint64(k)
				continue
			}
		}
		c := compareKeys(&f.Node, f.i, &g.Node, g.i)
		switch {
		case c < 0:
			v := f.value(f.i)
			d.give(f, Change{Old: &v})
		case c > 0:
			v := g.value(g.i)
			d.give(g, Change{New: &v})
		default:
			if v, w := f.value(f.i), g.value(g.i); !v.Equal(w) {
				d.give(f, Change{Old: &Value{v.Tag, v.Data}, New: &Value{w.Tag, w.Data}})
			}
		}
		if c <= 0 {
			f.step()
		}
		if c >= 0 {
			g.step()
		}
	}
}

func (d *differ) give(f *frame, c Change) {
	c.Key = f.key(f.i)
	if d.high != nil && bytes.Compare(c.Key, d.high) >= 0 {
		d.done = true
		return
	}
	d.done = !d.yield(c, nil)
}

// rest yields all that is left of one tree.
func (d *differ) rest(c *cursor, change func(*Value) Change) error {
	for !d.done && c.settle() {
		f := c.top()
		if d.low != nil && c.upTo(d.low) {
			continue
		}
		if f.level > 0 {
			if err := c.down(); err != nil {
				return err
			}
			continue
		}
		for ; f.i < f.count && !d.done; f.step() {
			v := f.value(f.i)
			d.give(f, change(&v))
		}
	}
	return nil
}
