//ramet:layer api

package vector

import (
	"fmt"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/ownership"
)

// checked panics, where invariants are checked, if the builder owns what others reach.
func (b *bareBuilder[T]) checked() {
	if invariants.Enabled && sampled(b.length()) {
		verified(b.check())
	}
}

// check verifies invariant 8 of doc.go: what the builder owns is reached once in it, and in none of the given versions.
// It visits every node and every element, by its address.
func (b *bareBuilder[T]) check(versions ...Vector[T]) error {
	c := ownedChecker[T]{owner: &b.owner, nodes: map[*node]bool{}, elements: map[*T]bool{}}
	switch {
	case !b.dirty && (b.ownsHead || b.ownsTail):
		return fmt.Errorf("vector: invariant 8: a builder without a change owns an end")
	case b.ownsHead && b.p.head.claimed != nil || b.ownsTail && b.p.tail.claimed != nil:
		return fmt.Errorf("vector: invariant 8: an end that a builder owns has elements that versions may claim")
	}
	if b.ownsHead {
		c.own(slice(b.p.head.array, b.p.head.room))
	}
	if b.ownsTail {
		c.own(slice(b.p.tail.array, b.p.tail.room))
	}
	if err := c.gather(b.p.tree); err != nil {
		return err
	}
	if elemSize[T]() == 0 {
		return nil // all elements have one address
	}
	v := b.p.vector()
	seen := map[*T]bool{}
	for chunks := v.chunks(); chunks.next(); {
		for i := range chunks.chunk {
			x := &chunks.chunk[i]
			if c.elements[x] && seen[x] {
				return fmt.Errorf("vector: invariant 8: an element that a builder owns is reached twice")
			}
			seen[x] = true
		}
	}
	for _, v := range versions {
		if err := c.reaches(v); err != nil {
			return err
		}
	}
	return nil
}

// An ownedChecker has what a builder owns.
type ownedChecker[T any] struct {
	owner    *ownership.Owner
	nodes    map[*node]bool
	elements map[*T]bool // of leaves and ends
}

// own adds the elements of an array.
func (c *ownedChecker[T]) own(s []T) {
	for i := range s {
		c.elements[&s[i]] = true
	}
}

// gather adds what is owned of a tree, and returns an error if a node or a leaf of it is reached twice.
func (c *ownedChecker[T]) gather(t tree) error {
	if t.root == nil {
		return nil
	}
	return c.each(t.root, t.level, func(n *node, level uint8) error {
		if c.nodes[n] {
			return fmt.Errorf("vector: invariant 8: a node of level %d that a builder owns is reached twice", level)
		}
		c.nodes[n] = true
		for i := n.first(); level == 1 && i < int(n.slots); i++ {
			if n.owned>>i&1 == 0 {
				continue
			}
			s := slice(leaf[T](n.kids[i]), n.size(i))
			if elemSize[T]() > 0 && c.elements[&s[0]] {
				return fmt.Errorf("vector: invariant 8: a leaf that a builder owns is reached twice")
			}
			c.own(s)
		}
		return nil
	})
}

// each calls f for the nodes from n on, of the given level, that are owned, until it returns an error.
func (c *ownedChecker[T]) each(n *node, level uint8, f func(n *node, level uint8) error) error {
	if c.owner.Owns(n.id) {
		if err := f(n, level); err != nil {
			return err
		}
	}
	for i := n.first(); level > 1 && i < int(n.slots); i++ {
		if err := c.each(n.kids[i].asNode(), level-1, f); err != nil {
			return err
		}
	}
	return nil
}

// reaches returns an error if a version reaches what is owned.
func (c *ownedChecker[T]) reaches(v Vector[T]) error {
	if p := v.parts(); p.tree.root != nil {
		err := c.each(p.tree.root, p.tree.level, func(_ *node, level uint8) error {
			return fmt.Errorf("vector: invariant 8: a version has a node of level %d that a builder owns", level)
		})
		if err != nil {
			return err
		}
	}
	for chunks := v.chunks(); chunks.next(); {
		for i := range chunks.chunk {
			if c.elements[&chunks.chunk[i]] {
				return fmt.Errorf("vector: invariant 8: a version has an element that a builder owns")
			}
		}
	}
	return nil
}
