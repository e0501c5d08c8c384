//ramet:layer rep

package rbtree

import "unsafe"

// This file is the only one of the package that imports unsafe: it allocates nodes of exactly the needed size, and
// reaches what follows their headers.
//
// The rules that it relies on:
//
//  1. A node is always allocated as one of the struct types below, so the collector
//     knows where its pointers are. A pointer to the header, the first field, keeps
//     the whole object alive.
//  2. The offsets computed here are those of the struct types. Keys, and what comes second, begin
//     at a multiple of their alignment. Between children and counts there is no gap.
//  3. No pointer is formed past a node: a struct that ends in an array of size zero is padded
//     by the compiler. (*[slots]T)(p)[:n:n] is unsafe.Slice((*T)(p), n) without its multiplication:
//     no more than n elements are reached, and n is what checkptr checks, given the third index.
//  4. A set's leaf may be that of a map with the same keys, of which only the header and the keys are read. It is
//     never changed in place, nor cloned, because the rest of it is not that of the set's own leaves.
//  5. A key is read as the type of the key type's own kind, hence of the same size and
//     representation.

// A ref leads to the root of a version, or to a node of one. Reflection does not see through it: it would find the
// header of a node, not the entries behind that, and so reflect.DeepEqual would call maps equal whose headers are. It
// compares refs as == does: they are equal if they lead to the same node.
type ref struct{ p unsafe.Pointer }

// refTo returns a ref to n, which may be nil.
func refTo(n *node) ref { return ref{unsafe.Pointer(n)} }

// node returns the node that r leads to, or nil.
func (r ref) node() *node { return (*node)(r.p) }

// here reports whether the builder was used, and was not copied since.
func (w *watch) here() bool { return w.Self == unsafe.Pointer(w) }

const (
	headSize = unsafe.Sizeof(node{})
	kidSize  = unsafe.Sizeof((*node)(nil))
	slots    = 32 // no node has room for as many
)

// aligned returns the first offset from offset on that is a multiple of T's alignment.
func aligned[T any](offset uintptr) uintptr {
	align := unsafe.Alignof(*new(T))
	return (offset + align - 1) &^ (align - 1)
}

// keys returns the keys of the leaf n, which alias it.
func keys[K any](n *node) []K {
	return (*[slots]K)(unsafe.Add(unsafe.Pointer(n), aligned[K](headSize)))[: n.len&(slots-1) : n.len&(slots-1)]
}

// keyAt returns the key of the leaf n, or the router of the inner node n, at position i.
func keyAt[K any](n *node, i int) *K {
	return (*K)(unsafe.Add(unsafe.Pointer(n), aligned[K](headSize)+uintptr(i)*unsafe.Sizeof(*new(K))))
}

// vals returns the values of the leaf n, which alias it.
func vals[V any](n *node) []V {
	return (*[slots]V)(unsafe.Add(unsafe.Pointer(n), uintptr(n.second)))[: n.len&(slots-1) : n.len&(slots-1)]
}

// valAt returns the value of the leaf n at position i.
func valAt[V any](n *node, i int) *V {
	return (*V)(unsafe.Add(unsafe.Pointer(n), uintptr(n.second)+uintptr(i)*unsafe.Sizeof(*new(V))))
}

// routers returns the routers of the inner node n, which alias it: one fewer than children.
func routers[K any](n *node) []K {
	return (*[slots]K)(unsafe.Add(unsafe.Pointer(n), aligned[K](headSize)))[: (n.len-1)&(slots-1) : (n.len-1)&(slots-1)]
}

// kids returns the children of the inner node n, which alias it.
func (n *node) kids() []*node {
	return (*[slots]*node)(unsafe.Add(unsafe.Pointer(n), uintptr(n.second)))[: n.len&(slots-1) : n.len&(slots-1)]
}

// kid returns the child of the inner node n at position i.
func (n *node) kid(i int) *node {
	return *(**node)(unsafe.Add(unsafe.Pointer(n), uintptr(n.second)+uintptr(i)*kidSize))
}

// counts returns the numbers of entries under the children of the inner node n, which alias it.
func (n *node) counts() []uint32 {
	return (*[slots]uint32)(unsafe.Add(unsafe.Pointer(n), uintptr(n.second)+uintptr(n.room)*kidSize))[: n.len&(slots-1) : n.len&(slots-1)]
}

// touch reads a byte of each cache line of the leaf n, whose values are of the given size. Of a leaf of large entries
// it reads the first 16 lines only: the processor cannot wait for more at once.
func (n *node) touch(valSize uintptr) (sum byte) {
	const line = 64
	end := min(uintptr(n.second)+uintptr(n.len)*valSize, 16*line)
	for offset := uintptr(line); offset < end; offset += line {
		sum |= *(*byte)(unsafe.Add(unsafe.Pointer(n), offset))
	}
	return sum
}

// sizeOf returns the size of a T.
func sizeOf[T any]() uintptr { return unsafe.Sizeof(*new(T)) }

// entrySize returns the size of a key and a value.
func entrySize[K, V any]() int { return int(unsafe.Sizeof(*new(K)) + unsafe.Sizeof(*new(V))) }

// as returns the key at k as one of type T, which has the same kind. See rule 5.
func as[T, K any](k *K) T { return *(*T)(unsafe.Pointer(k)) }

// asKeys returns the keys as ones of type T, which has the same kind. See rule 5.
func asKeys[T, K any](ks []K) []T {
	return unsafe.Slice((*T)(unsafe.Pointer(unsafe.SliceData(ks))), len(ks))
}

// leafSize returns the room that a leaf for n entries is allocated with, if it is not to grow. The sizes of leaves are
// odd: with the header, an odd number of entries of 16 bytes fills one of the allocator's size classes.
func leafSize(n int) int { return n | 1 }

// innerSize returns the room that an inner node for n children is allocated with, if it is not to grow. The sizes of
// inner nodes are even.
func innerSize(n int) int { return max(n+n&1, 4) }

// The sizes of inner nodes. Their header is a named field, because the compiler would write the methods of an embedded
// one anew for each K.
type (
	inner4[K any] struct {
		head   node
		keys   [3]K
		kids   [4]*node
		counts [4]uint32
	}
	inner6[K any] struct {
		head   node
		keys   [5]K
		kids   [6]*node
		counts [6]uint32
	}
	inner8[K any] struct {
		head   node
		keys   [7]K
		kids   [8]*node
		counts [8]uint32
	}
	inner10[K any] struct {
		head   node
		keys   [9]K
		kids   [10]*node
		counts [10]uint32
	}
	inner12[K any] struct {
		head   node
		keys   [11]K
		kids   [12]*node
		counts [12]uint32
	}
	inner14[K any] struct {
		head   node
		keys   [13]K
		kids   [14]*node
		counts [14]uint32
	}
	inner16[K any] struct {
		head   node
		keys   [15]K
		kids   [16]*node
		counts [16]uint32
	}
)

// allocInner returns an inner node with room for at least n children, 1 ≤ n ≤ 16, of which only room and second are
// set.
func allocInner[K any](n int) *node {
	var nn *node
	n = innerSize(n)
	switch n / 2 {
	case 2:
		nn = &new(inner4[K]).head
	case 3:
		nn = &new(inner6[K]).head
	case 4:
		nn = &new(inner8[K]).head
	case 5:
		nn = &new(inner10[K]).head
	case 6:
		nn = &new(inner12[K]).head
	case 7:
		nn = &new(inner14[K]).head
	case 8:
		nn = &new(inner16[K]).head
	}
	nn.room = uint8(n)
	nn.second = uint32(aligned[*node](aligned[K](headSize) + uintptr(n-1)*unsafe.Sizeof(*new(K))))
	return nn
}

// cloneInner returns a copy of the inner node n, its room included. Assigning the whole object copies it at once, where
// copying three slices calls the runtime three times.
func cloneInner[K any](n *node) *node {
	switch n.room / 2 {
	case 2:
		c := *(*inner4[K])(unsafe.Pointer(n))
		return &c.head
	case 3:
		c := *(*inner6[K])(unsafe.Pointer(n))
		return &c.head
	case 4:
		c := *(*inner8[K])(unsafe.Pointer(n))
		return &c.head
	case 5:
		c := *(*inner10[K])(unsafe.Pointer(n))
		return &c.head
	case 6:
		c := *(*inner12[K])(unsafe.Pointer(n))
		return &c.head
	case 7:
		c := *(*inner14[K])(unsafe.Pointer(n))
		return &c.head
	case 8:
		c := *(*inner16[K])(unsafe.Pointer(n))
		return &c.head
	}
	panic("rbtree: an inner node without room")
}

// The sizes of leaves; see leafSize.
type (
	leaf1[K, V any] struct {
		head node
		keys [1]K
		vals [1]V
	}
	leaf3[K, V any] struct {
		head node
		keys [3]K
		vals [3]V
	}
	leaf5[K, V any] struct {
		head node
		keys [5]K
		vals [5]V
	}
	leaf7[K, V any] struct {
		head node
		keys [7]K
		vals [7]V
	}
	leaf9[K, V any] struct {
		head node
		keys [9]K
		vals [9]V
	}
	leaf11[K, V any] struct {
		head node
		keys [11]K
		vals [11]V
	}
	leaf13[K, V any] struct {
		head node
		keys [13]K
		vals [13]V
	}
	leaf15[K, V any] struct {
		head node
		keys [15]K
		vals [15]V
	}
	leaf17[K, V any] struct {
		head node
		keys [17]K
		vals [17]V
	}
	leaf19[K, V any] struct {
		head node
		keys [19]K
		vals [19]V
	}
	leaf21[K, V any] struct {
		head node
		keys [21]K
		vals [21]V
	}
	leaf23[K, V any] struct {
		head node
		keys [23]K
		vals [23]V
	}
	leaf25[K, V any] struct {
		head node
		keys [25]K
		vals [25]V
	}
	leaf27[K, V any] struct {
		head node
		keys [27]K
		vals [27]V
	}
	leaf29[K, V any] struct {
		head node
		keys [29]K
		vals [29]V
	}
	leaf31[K, V any] struct {
		head node
		keys [31]K
		vals [31]V
	}
)

// allocLeaf returns a leaf with room for at least n entries, 0 ≤ n ≤ 31, of which only room and second are set.
func allocLeaf[K, V any](n int) *node {
	var l *node
	switch n / 2 {
	case 0:
		l = &new(leaf1[K, V]).head
	case 1:
		l = &new(leaf3[K, V]).head
	case 2:
		l = &new(leaf5[K, V]).head
	case 3:
		l = &new(leaf7[K, V]).head
	case 4:
		l = &new(leaf9[K, V]).head
	case 5:
		l = &new(leaf11[K, V]).head
	case 6:
		l = &new(leaf13[K, V]).head
	case 7:
		l = &new(leaf15[K, V]).head
	case 8:
		l = &new(leaf17[K, V]).head
	case 9:
		l = &new(leaf19[K, V]).head
	case 10:
		l = &new(leaf21[K, V]).head
	case 11:
		l = &new(leaf23[K, V]).head
	case 12:
		l = &new(leaf25[K, V]).head
	case 13:
		l = &new(leaf27[K, V]).head
	case 14:
		l = &new(leaf29[K, V]).head
	case 15:
		l = &new(leaf31[K, V]).head
	}
	l.room = uint8(leafSize(n))
	l.second = uint32(aligned[V](aligned[K](headSize) + uintptr(l.room)*unsafe.Sizeof(*new(K))))
	return l
}

// cloneLeaf returns a copy of the leaf n, its room included.
func cloneLeaf[K, V any](n *node) *node {
	switch n.room / 2 {
	case 0:
		c := *(*leaf1[K, V])(unsafe.Pointer(n))
		return &c.head
	case 1:
		c := *(*leaf3[K, V])(unsafe.Pointer(n))
		return &c.head
	case 2:
		c := *(*leaf5[K, V])(unsafe.Pointer(n))
		return &c.head
	case 3:
		c := *(*leaf7[K, V])(unsafe.Pointer(n))
		return &c.head
	case 4:
		c := *(*leaf9[K, V])(unsafe.Pointer(n))
		return &c.head
	case 5:
		c := *(*leaf11[K, V])(unsafe.Pointer(n))
		return &c.head
	case 6:
		c := *(*leaf13[K, V])(unsafe.Pointer(n))
		return &c.head
	case 7:
		c := *(*leaf15[K, V])(unsafe.Pointer(n))
		return &c.head
	case 8:
		c := *(*leaf17[K, V])(unsafe.Pointer(n))
		return &c.head
	case 9:
		c := *(*leaf19[K, V])(unsafe.Pointer(n))
		return &c.head
	case 10:
		c := *(*leaf21[K, V])(unsafe.Pointer(n))
		return &c.head
	case 11:
		c := *(*leaf23[K, V])(unsafe.Pointer(n))
		return &c.head
	case 12:
		c := *(*leaf25[K, V])(unsafe.Pointer(n))
		return &c.head
	case 13:
		c := *(*leaf27[K, V])(unsafe.Pointer(n))
		return &c.head
	case 14:
		c := *(*leaf29[K, V])(unsafe.Pointer(n))
		return &c.head
	case 15:
		c := *(*leaf31[K, V])(unsafe.Pointer(n))
		return &c.head
	}
	panic("rbtree: a leaf without room")
}
