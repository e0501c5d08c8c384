package rbtree

import "github.com/ramet-go/ramet/internal/reuse"

// recycle is told that the leaf n was just replaced. If ed owned it, a next leaf may have its memory.
func (ed *edit[K, V]) recycle(n *node) {
	if ed.pool == nil || !ed.id.Owns(n.id) || n.room%4 != 3 {
		return
	}
	if *ed.pool == nil {
		*ed.pool = new(reuse.Pool[node])
	}
	if pool, class := *ed.pool, uint(n.room/4); !pool.Full(class) {
		removeEntries[K, V](n, 0, int(n.len))
		pool.Put(class, n)
	}
}

// reused returns a recycled leaf with the given room, or nil. Leaves that grow have one less than a
// multiple of 4.
func (ed *edit[K, V]) reused(room int) *node {
	if ed.pool == nil || *ed.pool == nil || room%4 != 3 {
		return nil
	}
	return (*ed.pool).Take(uint(room / 4))
}
