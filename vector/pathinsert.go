//ramet:layer path

package vector

import "github.com/ramet-go/ramet/internal/ownership"

// Inserting and removing a few elements within a tree: one leaf is edited, and nodes are
// split as in a B-tree. The tree is relaxed afterwards.

// insert adds the elements xs, no more than fill a leaf, before position j < t.count.
func insert[T any](t *tree, j uint32, xs []T) {
	t.count += uint32(len(xs))
	a, b := insertNode(t.root, t.level, j, xs)
	t.setRoot(a, b)
}

// insertNode returns the one or two nodes that take the place of n.
func insertNode[T any](n *node, level uint8, j uint32, xs []T) (a, b child) {
	slot, rest := n.find(j)
	old := child{ptr: n.kids[slot&fanMask], size: n.size(slot)}
	if level > 1 {
		a, b = insertNode(old.ptr.asNode(), level-1, rest, xs)
	} else {
		s := slice(leaf[T](old.ptr), old.size)
		a, b = leaves(s[:rest], xs, s[rest:])
	}
	if b.ptr == nil {
		nn := n.own(ownership.None)
		nn.put(slot, a.ptr, len(xs))
		return child{ptr: nn.opaque(), size: nn.len()}, child{}
	}
	var space [fan + 1]child
	kids := n.appendLive(space[:0])
	i := slot - n.first()
	kids = append(kids, child{})
	copy(kids[i+2:], kids[i+1:])
	kids[i], kids[i+1] = a, b
	return pack(kids)
}

// remove removes k elements from position j on, if they are in one leaf that stays at least
// half full. It reports whether it did; otherwise nothing is changed.
func remove[T any](t *tree, j, k uint32) bool {
	n := removeNode[T](t.root, t.level, j, k)
	if n == nil {
		return false
	}
	t.root, t.strict, t.count = n, false, t.count-k
	return true
}

func removeNode[T any](n *node, level uint8, j, k uint32) *node {
	slot, rest := n.find(j)
	size := n.size(slot)
	if rest+k > size || level == 1 && size-k < 1<<leafBits[T]()/2 {
		return nil
	}
	o := n.kids[slot&fanMask]
	if level > 1 {
		kid := removeNode[T](o.asNode(), level-1, rest, k)
		if kid == nil {
			return nil
		}
		o = kid.opaque()
	} else {
		s := slice(leaf[T](o), size)
		o = leafOf(0, int(size-k), s[:rest], s[rest+k:]).ptr
	}
	n = n.own(ownership.None)
	n.put(slot, o, -int(k))
	return n
}
