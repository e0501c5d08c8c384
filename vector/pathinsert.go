//ramet:layer path

package vector

import "github.com/ramet-go/ramet/internal/ownership"

// Inserting and removing a few elements within a tree: one leaf is replaced, and nodes are split as in a B-tree. The
// tree is relaxed afterwards. These are persistent operations only, which own nothing: builders call them too, and copy
// again afterwards what they change.

// insert adds the elements xs, no more than a full leaf has, before position j < t.count.
//
// borrowed: the nodes of t, and xs.
func insert[T any](t *tree, j uint32, xs []T) {
	t.count += uint32(len(xs)) // keeps 4
	a, b := insertNode(t.root, t.level, j, xs)
	t.setRoot(a, b)
}

// insertNode returns the one or two nodes, of the given level, that take the place of n with the elements xs before
// position j.
//
// borrowed: n, and xs.
func insertNode[T any](n *node, level uint8, j uint32, xs []T) (a, b child) {
	slot, rest := n.find(j)
	old := child{ptr: n.kids[slot&fanMask], size: n.size(slot)}
	if level > 1 {
		a, b = insertNode(old.ptr.asNode(), level-1, rest, xs)
	} else {
		s := slice(leaf[T](old.ptr), old.size)
		a, b = leaves(s[:rest], xs, s[rest:]) // a leaf and a quarter, and a leaf more: two have room for it
	}

	// Easy case: there is one child as before.
	if b.ptr == nil {
		nn := n.own(ownership.None)
		nn.put(slot, a.ptr, len(xs)) // keeps 4
		return child{ptr: nn.opaque(), size: nn.len()}, child{}
	}

	// The child was split. So is n, if it has no slot left. Holes are closed: a relaxed tree needs none.
	var space [fan + 1]child
	kids := n.appendLive(space[:0])
	i := slot - n.first()
	kids = append(kids, child{})
	copy(kids[i+2:], kids[i+1:])
	kids[i], kids[i+1] = a, b
	return pack(kids) // keeps 5
}

// remove removes k elements from position j on, if they are in one leaf that stays at least half full. It reports
// whether it did; otherwise nothing is changed.
//
// borrowed: the nodes of t.
func remove[T any](t *tree, j, k uint32) bool {
	n := removeNode[T](t.root, t.level, j, k)
	if n == nil {
		return false
	}
	t.root, t.strict, t.count = n, false, t.count-k // keeps 4 and 7
	return true
}

// removeNode returns a copy of n, of the given level, without k elements from position j on, or nil if they are not in
// one leaf, or that leaf would be less than half full.
//
// borrowed: n.
func removeNode[T any](n *node, level uint8, j, k uint32) *node {
	slot, rest := n.find(j)
	size := n.size(slot)
	if rest+k > size || level == 1 && size-k < 1<<leafBits[T]()/2 {
		return nil // keeps 6: the caller slices and concatenates instead
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
	n.put(slot, o, -int(k)) // keeps 4
	return n
}
