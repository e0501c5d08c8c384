//ramet:layer tree

package vector

import (
	"fmt"
	"math/rand/v2"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/ownership"
)

// check verifies the invariants that doc.go numbers, and returns an error that names the first one broken. It visits
// every node.
func (v Vector[T]) check() error {
	if v.base() == nil {
		if v != (Vector[T]{}) {
			return fmt.Errorf("vector: invariant 1: no core, but lengths %d and %d", v.h, v.t)
		}
		return nil
	}
	n := int64(v.h) + int64(v.base().count) + int64(v.t)
	if n <= 0 || n > maxTree+2*leafMax {
		return fmt.Errorf("vector: invariant 1: length %d", n)
	}
	if err := v.checkEnds(); err != nil || v.base().small() {
		return err
	}
	return v.base().core().tree.check(leafBits[T](), uint32(leafRoom[T]()), v.base().count)
}

func (v Vector[T]) checkEnds() error {
	d := v.base()
	if (v.h < 0 || v.t < 0) && d.count > 0 {
		return fmt.Errorf("vector: invariant 2: lengths %d and %d beside a tree", v.h, v.t)
	}
	if d.small() && (v.h > 0 || d.count > 0) {
		return fmt.Errorf("vector: invariant 2: a small core with a head of %d and a tree of %d", v.h, d.count)
	}
	ends := []end[T]{d.end(uint32(max(v.t, 0)))}
	if !d.small() {
		c := d.core()
		ends = append(ends, end[T]{c.head, c.headClaimed, c.headRoom, uint32(max(v.h, 0))})
	}
	for _, e := range ends {
		switch {
		case e.len > e.room || e.room > uint32(leafRoom[T]()):
			return fmt.Errorf("vector: invariant 3: an end of %d with room for %d", e.len, e.room)
		case e.claimed != nil && (e.claimed.Load() < e.len || e.claimed.Load() > e.room):
			return fmt.Errorf("vector: invariant 3: an end of %d with room for %d, of which %d are claimed", e.len, e.room, e.claimed.Load())
		}
	}
	return nil
}

func (t *tree) check(bits uint, room, count uint32) error {
	switch {
	case t.count != count:
		return fmt.Errorf("vector: invariant 4: a tree of %d elements, of which the core has %d", t.count, count)
	case t.root == nil:
		if *t != (tree{}) {
			return fmt.Errorf("vector: invariant 4: no root, but %+v", *t)
		}
		return nil
	}
	live := int(t.root.slots) - t.root.first()
	if t.level > 1 && live < 2 {
		return fmt.Errorf("vector: invariant 5: a root of level %d with %d children", t.level, live)
	}
	if t.strict && t.off+uint64(t.count) > uint64(fan)<<shift(t.level, bits) {
		return fmt.Errorf("vector: invariant 7: radix positions %d and %d more, at level %d", t.off, t.count, t.level)
	}
	c := treeChecker{t: t, bits: bits, room: room}
	n, err := c.node(t.root, t.level, 0, true, true)
	if err == nil && n != t.count {
		err = fmt.Errorf("vector: invariant 4: a tree of %d elements has %d", t.count, n)
	}
	return err
}

type treeChecker struct {
	t    *tree
	bits uint
	room uint32 // of a leaf
	pos  uint64 // how many elements were seen
}

// node checks n, whose slots begin at the given radix position. left and right say that it is at an edge of the tree.
func (c *treeChecker) node(n *node, level uint8, radix uint64, left, right bool) (count uint32, err error) {
	if n.slots == 0 || n.slots > fan {
		return 0, fmt.Errorf("vector: invariant 5: a node with %d children", n.slots)
	}
	first := n.first()
	live := int(n.slots) - first
	if live == 0 || live < half && !left && !right {
		return 0, fmt.Errorf("vector: invariant 5: an inner node of level %d with %d live children", level, live)
	}
	if first > 0 && !left {
		return 0, fmt.Errorf("vector: invariant 5: %d slots are empty within the tree", first)
	}
	switch {
	case n.owned == 0:
	case level > 1:
		return 0, fmt.Errorf("vector: invariant 8: a node of level %d owns leaves %b", level, n.owned)
	case n.id == ownership.None:
		return 0, fmt.Errorf("vector: invariant 8: a node that nobody owns has owned leaves %b", n.owned)
	case n.owned>>n.slots != 0 || n.owned&(1<<first-1) != 0:
		return 0, fmt.Errorf("vector: invariant 8: leaves %b are owned, of those in slots [%d, %d)", n.owned, first, n.slots)
	}
	for i := range n.kids {
		if n.kids[i] == nil && i >= first && i < int(n.slots) || n.kids[i] != nil && i >= int(n.slots) {
			return 0, fmt.Errorf("vector: invariant 5: child %d of %d is nil, or is not", i, n.slots)
		}
	}
	for i := 0; i < int(n.slots); i++ {
		l, r := left && i == first, right && i == int(n.slots)-1
		here := radix + uint64(i)<<shift(level, c.bits)
		size := uint32(0)
		switch {
		case i < first:
		case level > 1:
			if size, err = c.node(n.kids[i].asNode(), level-1, here, l, r); err != nil {
				return 0, err
			}
		default:
			size = n.size(i)
			switch {
			case size == 0 || size > c.room || size < 1<<c.bits/2:
				return 0, fmt.Errorf("vector: invariant 6: a leaf of %d elements", size)
			case c.t.strict && (size != 1<<c.bits || here != c.t.off+c.pos):
				return 0, fmt.Errorf("vector: invariant 7: a leaf of %d elements at %d is at %d", size, c.t.off+c.pos, here)
			}
			c.pos += uint64(size)
		}
		count += size
		if n.sizes[i] != count {
			return 0, fmt.Errorf("vector: invariant 4: size %d is %d and should be %d", i, n.sizes[i], count)
		}
	}
	return count, nil
}

// verify panics if an invariant is broken.
func (v Vector[T]) verify() {
	if b := v.base(); b != nil && !sampled(int(v.h)+int(b.count)+int(v.t)) {
		return
	}
	verified(v.check())
}

// sampled reports whether to check a structure of n elements: a large one only as often as it takes to visit, on
// average, no more than a constant number of elements for each operation. Then a test that makes a large vector step by
// step takes some times as long, and not the square of its length.
func sampled(n int) bool {
	const visit = 256
	return n <= visit || rand.IntN(n) < visit
}

// verified panics if an invariant was found broken.
func verified(err error) {
	if err != nil {
		panic(err.Error() + " (a data race, or a builder that was copied?)")
	}
}

// checked returns v. Where invariants are checked it panics if v breaks one.
func (v Vector[T]) checked() Vector[T] {
	if invariants.Enabled {
		v.verify()
	}
	return v
}
