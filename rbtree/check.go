//ramet:layer tree

package rbtree

import (
	"fmt"
	"math/rand/v2"
	"reflect"

	"github.com/ramet-go/ramet/internal/ownership"
)

// check verifies the invariants that doc.go numbers, and returns an error that names the first one broken. It visits
// every node.
func check[K, V any](t tree, by ordering[K]) error {
	return inspect[K, V](t, by, func(n *node, i int) error {
		if i > 0 && by.compare(*keyAt[K](n, i-1), *keyAt[K](n, i)) >= 0 {
			return fmt.Errorf("rbtree: invariant 6: key %v after %v", *keyAt[K](n, i), *keyAt[K](n, i-1))
		}
		return nil
	}, func(left, router, right K) error {
		if by.compare(left, router) >= 0 || by.compare(router, right) != 0 {
			return fmt.Errorf("rbtree: invariant 5: router %v between %v and %v", router, left, right)
		}
		return nil
	})
}

// checkShape is check without the order of the keys, which a comparator may contradict.
func checkShape[K, V any](t tree, by ordering[K]) error {
	return inspect[K, V](t, by, func(*node, int) error { return nil }, func(_, router, right K) error {
		if a, b := reflect.ValueOf(&router).Elem(), reflect.ValueOf(&right).Elem(); a.Comparable() && b.Comparable() && a.Equal(a) && !a.Equal(b) {
			return fmt.Errorf("rbtree: invariant 5: router %v before key %v", router, right)
		}
		return nil
	})
}

// verify panics if an invariant is broken. It is called for every new version, but looks into large ones only as often
// as it takes to visit, on average, as many entries for each. A caller's comparator is not disturbed with it.
func verify[K, V any](t tree, by ordering[K]) {
	const visit = 64
	if t.len > visit && rand.IntN(t.len) >= visit {
		return
	}
	check := check[K, V]
	if by.caller != nil {
		check = checkShape[K, V]
	}
	if err := check(t, by); err != nil {
		panic(err.Error() + " (a data race, or a builder that was copied?)")
	}
}

// inspect verifies what does not depend on the order. It calls entry with each entry, and router with each router and
// the keys before and behind it.
func inspect[K, V any](t tree, by ordering[K], entry func(n *node, i int) error, router func(left, router, right K) error) error {
	if t.root == nil {
		if t.len != 0 || by.caller == nil && by.kind != unresolved {
			return fmt.Errorf("rbtree: invariant 1: no root, but length %d and order %d", t.len, by.kind)
		}
		return nil
	}
	if by.kind == unresolved || by.kind == orderless || (by.kind == caller) != (by.caller != nil) {
		return fmt.Errorf("rbtree: invariant 1: order %d", by.kind)
	}
	c := checker[K, V]{entry, router}
	n, err := c.node(t.root, true)
	if err == nil && n != t.len {
		err = fmt.Errorf("rbtree: invariant 1: %d entries, but length %d", n, t.len)
	}
	return err
}

type checker[K, V any] struct {
	entry  func(n *node, i int) error
	router func(left, router, right K) error
}

// node verifies n, and returns the number of entries under it.
func (c *checker[K, V]) node(n *node, root bool) (count int, err error) {
	least, size := minOf[K, V](n), int(n.len)
	if root { // one entry, or two children
		least = min(1+int(n.level), 2)
	}
	if size < least || size > maxOf[K, V](n) || n.len > n.room {
		return 0, fmt.Errorf("rbtree: invariant 3: %d of level %d in a node with room for %d", n.len, n.level, n.room)
	}
	if n.level == 0 {
		return c.leaf(n)
	}
	for i, kid := range n.kids() {
		if kid.level != n.level-1 {
			return 0, fmt.Errorf("rbtree: invariant 2: a node of level %d under one of level %d", kid.level, n.level)
		}
		sum, err := c.node(kid, false)
		switch {
		case err != nil:
			return 0, err
		case sum != int(n.counts()[i]):
			return 0, fmt.Errorf("rbtree: invariant 4: %d entries, but count %d", sum, n.counts()[i])
		case i > 0:
			left := n.kid(i - 1).lastLeaf()
			if err := c.router(*keyAt[K](left, int(left.len)-1), routers[K](n)[i-1], firstKey[K](kid)); err != nil {
				return 0, err
			}
		}
		count += sum
	}
	for i := size; i < int(n.room); i++ {
		if n.kid(i) != nil || !isZero(keyAt[K](n, i-1)) {
			return 0, fmt.Errorf("rbtree: invariant 7: slot %d of an inner node with %d children", i, n.len)
		}
	}
	return count, nil
}

func (c *checker[K, V]) leaf(n *node) (count int, err error) {
	for i := range int(n.room) {
		if i >= int(n.len) {
			if !isZero(keyAt[K](n, i)) || !isZero(valAt[V](n, i)) {
				return 0, fmt.Errorf("rbtree: invariant 7: slot %d of a leaf with %d entries", i, n.len)
			}
		} else if err := c.entry(n, i); err != nil {
			return 0, err
		}
	}
	return int(n.len), nil
}

func isZero[T any](p *T) bool { return reflect.ValueOf(p).Elem().IsZero() }

// checkOwned verifies invariant 8 for what id owns.
func checkOwned(n *node, id ownership.ID, above bool) error {
	owned := id.Owns(n.id)
	if owned && !above {
		return fmt.Errorf("rbtree: invariant 8: a node owned by %d is under one that is not", id)
	}
	if n.level > 0 {
		for _, kid := range n.kids() {
			if err := checkOwned(kid, id, owned); err != nil {
				return err
			}
		}
	}
	return nil
}
