package rbtree

import (
	"errors"
	"fmt"
	"math/bits"
)

// The expansion of packed nodes into the red-black tree that they stand for.

// A binary is a node of that tree: of a router, or, below those of a leaf's cluster, of an entry.
// nil is a leaf, which is black.
type binary[K any] struct {
	red         bool
	key         K
	entry       bool
	left, right *binary[K]
}

// expand returns the tree that n stands for. Its root is black.
func expand[K, V any](n *node) *binary[K] {
	var x expander[K]
	if n.level == 0 {
		for _, k := range keys[K](n) {
			x.keys, x.under = append(x.keys, k), append(x.under, nil)
		}
		x.entry, x.under = true, append(x.under, nil)
	} else {
		x.keys = routers[K](n)
		for _, kid := range n.kids() {
			x.under = append(x.under, expand[K, V](kid))
		}
	}
	// Of a cluster of black-height h every path has h black nodes, and between two of them at
	// most one red one: it has from 2^h-1 to 4^h-1 nodes. Inner nodes have 4 to 16 children,
	// leaves 8 to 31 entries. A root may be lower.
	height := bits.Len(uint(len(x.keys)+1)) - 1
	for height > 1 && 1<<(2*(height-1)) > len(x.keys) {
		height--
	}
	if h := clusterHeight[K, V](n.level); height > h || len(x.keys) >= 1<<h-1 {
		height = h
	}
	return x.cluster(0, len(x.keys), height)
}

// clusterHeight returns the black-height of clusters of the given level.
func clusterHeight[K, V any](level uint8) int {
	switch {
	case level > 0:
		return bits.Len(fanMin) - 1
	case leafCap[K, V]() > 15:
		return 3
	case leafCap[K, V]() > 3:
		return 2
	}
	return 1
}

type expander[K any] struct {
	keys  []K
	under []*binary[K] // what is left of each key, and behind the last one
	entry bool
}

// cluster returns a tree of the keys [i, j) with a black root and the given black-height.
func (x *expander[K]) cluster(i, j, height int) *binary[K] {
	if height == 0 {
		if i != j {
			panic("a cluster with too many keys")
		}
		return x.under[i]
	}
	// The root's children are black, or red with black children: each stands for one or two
	// clusters of the height below. With as few red nodes as possible.
	n := j - i
	most := 1<<(2*(height-1)) - 1 // keys of a cluster of the height below
	parts := 2
	for n-(parts-1) > parts*most {
		parts++
	}
	if parts > 4 || n-(parts-1) < parts*(1<<(height-1)-1) {
		panic(fmt.Sprintf("%d keys have no colouring of black-height %d", n, height))
	}
	at := make([]int, parts+1) // the boundaries: part p is the keys [at[p], at[p+1]-1)
	at[0] = i
	for p, rest := 0, n-(parts-1); p < parts; p++ {
		size := rest / (parts - p)
		rest -= size
		at[p+1] = at[p] + size + 1
	}
	part := func(p int) *binary[K] { return x.cluster(at[p], at[p+1]-1, height-1) }
	join := func(red bool, l *binary[K], p int, r *binary[K]) *binary[K] {
		return &binary[K]{red, x.keys[at[p]-1], x.entry, l, r}
	}
	switch parts {
	case 2:
		return join(false, part(0), 1, part(1))
	case 3:
		return join(false, join(true, part(0), 1, part(1)), 2, part(2))
	}
	return join(false, join(true, part(0), 1, part(1)), 2, join(true, part(2), 3, part(3)))
}

// CheckColours verifies that m stands for a red-black tree: no red node has a red child, every
// path from the root to a leaf has the same number of black nodes, and keys are in order.
func CheckColours[K, V any](m Map[K, V]) error {
	if m.root() == nil {
		return nil
	}
	c := colourChecker[K]{by: m.by}
	root := expand[K, V](m.root())
	if root.red {
		return errors.New("the root is red")
	}
	if _, err := c.height(root, false); err != nil {
		return err
	}
	if c.entries != m.len {
		return fmt.Errorf("%d entries, want %d", c.entries, m.len)
	}
	return nil
}

type colourChecker[K any] struct {
	by      ordering[K]
	entries int
	last    *binary[K]
}

// height returns the number of black nodes on each path from n down.
func (c *colourChecker[K]) height(n *binary[K], underRed bool) (int, error) {
	if n == nil {
		return 1, nil
	}
	if n.red && underRed {
		return 0, fmt.Errorf("the red node %v is under a red one", n.key)
	}
	l, err := c.height(n.left, n.red)
	if err != nil {
		return 0, err
	}
	if c.last != nil {
		// A router is a lower bound: the entry behind it may have the same key.
		d := c.by.compare(c.last.key, n.key)
		if d > 0 || d == 0 && (c.last.entry || !n.entry) {
			return 0, fmt.Errorf("%v comes after %v", n.key, c.last.key)
		}
	}
	c.last = n
	if n.entry {
		c.entries++
	}
	r, err := c.height(n.right, n.red)
	if err != nil {
		return 0, err
	}
	if l != r {
		return 0, fmt.Errorf("%d black nodes on the left of %v, %d on the right", l, n.key, r)
	}
	if !n.red {
		l++
	}
	return l, nil
}
