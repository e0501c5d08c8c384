//ramet:layer rep

package hamt

import "unsafe"

// This file is the only one of the package that imports unsafe: it allocates nodes of
// exactly the needed size, and reaches what follows their headers.
//
// The rules that it relies on:
//
//  1. A node is always allocated as one of the struct types below, so the collector
//     knows where its pointers are. A pointer to the header, the first field, keeps
//     the whole object alive.
//  2. The trailing array begins where the header ends: no Go type is aligned to more
//     than 8 bytes, and the headers' sizes, 16 and 32, are multiples of 8.
//  3. No pointer to the trailing array is formed unless the array has an element:
//     it would point past the object.
//  4. Nodes of maps with other values are read as a map's own only where sameLayout says so.
//  5. A key is read as the integer or string type that has the key type's own kind,
//     hence its size and representation.

// A ref leads to the root of a version. Reflection does not see through it: it would find the
// header of a node, not the entries behind that, and so reflect.DeepEqual would call maps equal
// whose headers are. It compares refs as == does: they are equal if they lead to the same node.
type ref struct{ p unsafe.Pointer }

// refTo returns a ref to n, which may be nil.
func refTo(n *node) ref { return ref{unsafe.Pointer(n)} }

// node returns the node that r leads to, or nil.
func (r ref) node() *node { return (*node)(r.p) }

// here reports whether the builder was used, and was not copied since.
func (w *watch) here() bool { return w.Self == unsafe.Pointer(w) }

// children returns the children of the inner node n, which alias it.
func (n *node) children() []*node {
	return unsafe.Slice((**node)(unsafe.Add(unsafe.Pointer(n), unsafe.Sizeof(node{}))), n.bitmap.len())
}

// child returns the child of the inner node n at position i.
func (n *node) child(i int) *node {
	return *(**node)(unsafe.Add(unsafe.Pointer(n), unsafe.Sizeof(node{})+uintptr(i)*unsafe.Sizeof(n)))
}

// asLeaf returns n, which must be a leaf, as one.
func (n *node) asLeaf() *leaf { return (*leaf)(unsafe.Pointer(n)) }

// entriesOf returns the entries of the leaf or collision n, which alias it.
func entriesOf[K comparable, V any](n *node) []entry[K, V] {
	if n.count == 0 {
		if n.collides {
			return asCollision[K, V](n).entries
		}
		return nil
	}
	return unsafe.Slice(entryAt[K, V](n, 0), n.count)
}

// entryAt returns the entry of the leaf n at position i, which must be below its room.
func entryAt[K comparable, V any](n *node, i int) *entry[K, V] {
	return (*entry[K, V])(unsafe.Add(unsafe.Pointer(n), unsafe.Sizeof(leaf{})+uintptr(i)*unsafe.Sizeof(entry[K, V]{})))
}

// touch reads a byte of each cache line of n, if that is a leaf.
func touch[K comparable, V any](n *node) (sum byte) {
	const line = 64
	for at := uintptr(line); at < unsafe.Sizeof(leaf{})+uintptr(n.count)*unsafe.Sizeof(entry[K, V]{}); at += line {
		sum |= *(*byte)(unsafe.Add(unsafe.Pointer(n), at))
	}
	return sum
}

// asCollision returns n, which must be a collision, as one.
func asCollision[K comparable, V any](n *node) *collision[K, V] {
	return (*collision[K, V])(unsafe.Pointer(n))
}

// entrySize returns the size of an entry.
func entrySize[K comparable, V any]() int { return int(unsafe.Sizeof(entry[K, V]{})) }

// sameLayout reports whether leaves of keys K are the same in memory with values V and W: with values of size zero,
// which do not widen the entry.
func sameLayout[K comparable, V, W any]() bool {
	return unsafe.Sizeof(*new(V)) == 0 && unsafe.Sizeof(*new(W)) == 0 && entrySize[K, V]() == entrySize[K, W]()
}

// The key as the type of its kind. See rule 5.
func asUint64[K comparable](k *K) uint64 { return *(*uint64)(unsafe.Pointer(k)) }
func asUint32[K comparable](k *K) uint32 { return *(*uint32)(unsafe.Pointer(k)) }
func asUint16[K comparable](k *K) uint16 { return *(*uint16)(unsafe.Pointer(k)) }
func asUint8[K comparable](k *K) uint8   { return *(*uint8)(unsafe.Pointer(k)) }
func asString[K comparable](k *K) string { return *(*string)(unsafe.Pointer(k)) }

// The sizes of inner nodes: even numbers of children, which fill the allocator's size
// classes.
type (
	inner2 struct {
		node
		kids [2]*node
	}
	inner4 struct {
		node
		kids [4]*node
	}
	inner6 struct {
		node
		kids [6]*node
	}
	inner8 struct {
		node
		kids [8]*node
	}
	inner10 struct {
		node
		kids [10]*node
	}
	inner12 struct {
		node
		kids [12]*node
	}
	inner14 struct {
		node
		kids [14]*node
	}
	inner16 struct {
		node
		kids [16]*node
	}
	inner18 struct {
		node
		kids [18]*node
	}
	inner20 struct {
		node
		kids [20]*node
	}
	inner22 struct {
		node
		kids [22]*node
	}
	inner24 struct {
		node
		kids [24]*node
	}
	inner26 struct {
		node
		kids [26]*node
	}
	inner28 struct {
		node
		kids [28]*node
	}
	inner30 struct {
		node
		kids [30]*node
	}
	inner32 struct {
		node
		kids [32]*node
	}
)

// allocInner returns an inner node with room for at least n children, 1 ≤ n ≤ 32, of
// which only room is set.
func allocInner(n int) *node {
	var nn *node
	switch (n + 1) / 2 {
	case 1:
		nn = &new(inner2).node
	case 2:
		nn = &new(inner4).node
	case 3:
		nn = &new(inner6).node
	case 4:
		nn = &new(inner8).node
	case 5:
		nn = &new(inner10).node
	case 6:
		nn = &new(inner12).node
	case 7:
		nn = &new(inner14).node
	case 8:
		nn = &new(inner16).node
	case 9:
		nn = &new(inner18).node
	case 10:
		nn = &new(inner20).node
	case 11:
		nn = &new(inner22).node
	case 12:
		nn = &new(inner24).node
	case 13:
		nn = &new(inner26).node
	case 14:
		nn = &new(inner28).node
	case 15:
		nn = &new(inner30).node
	case 16:
		nn = &new(inner32).node
	}
	nn.room = uint8(n+1) &^ 1
	return nn
}

// cloneInner returns a copy of the inner node n, its room included. Assigning the whole object
// copies it at once, where copying the slice of children calls the runtime first.
func cloneInner(n *node) *node {
	switch n.room / 2 {
	case 1:
		c := *(*inner2)(unsafe.Pointer(n))
		return &c.node
	case 2:
		c := *(*inner4)(unsafe.Pointer(n))
		return &c.node
	case 3:
		c := *(*inner6)(unsafe.Pointer(n))
		return &c.node
	case 4:
		c := *(*inner8)(unsafe.Pointer(n))
		return &c.node
	case 5:
		c := *(*inner10)(unsafe.Pointer(n))
		return &c.node
	case 6:
		c := *(*inner12)(unsafe.Pointer(n))
		return &c.node
	case 7:
		c := *(*inner14)(unsafe.Pointer(n))
		return &c.node
	case 8:
		c := *(*inner16)(unsafe.Pointer(n))
		return &c.node
	case 9:
		c := *(*inner18)(unsafe.Pointer(n))
		return &c.node
	case 10:
		c := *(*inner20)(unsafe.Pointer(n))
		return &c.node
	case 11:
		c := *(*inner22)(unsafe.Pointer(n))
		return &c.node
	case 12:
		c := *(*inner24)(unsafe.Pointer(n))
		return &c.node
	case 13:
		c := *(*inner26)(unsafe.Pointer(n))
		return &c.node
	case 14:
		c := *(*inner28)(unsafe.Pointer(n))
		return &c.node
	case 15:
		c := *(*inner30)(unsafe.Pointer(n))
		return &c.node
	case 16:
		c := *(*inner32)(unsafe.Pointer(n))
		return &c.node
	}
	panic("hamt: an inner node without room")
}

// A sizedLeaf is a leaf with room for as many entries as A is long, an array of them. Its header is a named field,
// because the compiler would write the methods of an embedded one anew for each K and V.
type sizedLeaf[A any] struct {
	head    leaf
	entries A
}

// allocLeaf returns a leaf with room for n entries, 1 ≤ n ≤ 16, of which only room is
// set.
func allocLeaf[K comparable, V any](n int) *leaf {
	var l *leaf
	switch n {
	case 1:
		l = &new(sizedLeaf[[1]entry[K, V]]).head
	case 2:
		l = &new(sizedLeaf[[2]entry[K, V]]).head
	case 3:
		l = &new(sizedLeaf[[3]entry[K, V]]).head
	case 4:
		l = &new(sizedLeaf[[4]entry[K, V]]).head
	case 5:
		l = &new(sizedLeaf[[5]entry[K, V]]).head
	case 6:
		l = &new(sizedLeaf[[6]entry[K, V]]).head
	case 7:
		l = &new(sizedLeaf[[7]entry[K, V]]).head
	case 8:
		l = &new(sizedLeaf[[8]entry[K, V]]).head
	case 9:
		l = &new(sizedLeaf[[9]entry[K, V]]).head
	case 10:
		l = &new(sizedLeaf[[10]entry[K, V]]).head
	case 11:
		l = &new(sizedLeaf[[11]entry[K, V]]).head
	case 12:
		l = &new(sizedLeaf[[12]entry[K, V]]).head
	case 13:
		l = &new(sizedLeaf[[13]entry[K, V]]).head
	case 14:
		l = &new(sizedLeaf[[14]entry[K, V]]).head
	case 15:
		l = &new(sizedLeaf[[15]entry[K, V]]).head
	case 16:
		l = &new(sizedLeaf[[16]entry[K, V]]).head
	}
	l.room = uint8(n)
	return l
}
