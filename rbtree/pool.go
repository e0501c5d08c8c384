//ramet:layer node

package rbtree

import "github.com/ramet-go/ramet/internal/reuse"

// A builder's replaced leaves, of which it keeps a few for its next ones: in random order, 34 bytes are allocated for
// an entry instead of 94 (docs/decisions/0008).

// recycle is told that the leaf n was just replaced, and takes it: if ed owned it, nobody else can reach it, and a next
// leaf may have its memory.
func (ed *edit[K, V]) recycle(n *node) {
	if ed.pool == nil || !ed.id.Owns(n.id) || !isStep(int(n.room)) {
		return
	}
	if *ed.pool == nil {
		*ed.pool = new(reuse.Pool[node])
	}
	if pool, class := *ed.pool, uint(n.room/step); !pool.Full(class) {
		removeEntries[K, V](n, 0, int(n.len)) // so that it keeps nothing alive, and is empty when it is used again
		pool.Put(class, n)
	}
}

// reused returns a recycled leaf with the given room, without entries, or nil.
func (ed *edit[K, V]) reused(room int) *node {
	if ed.pool == nil || *ed.pool == nil || !isStep(room) {
		return nil
	}
	return (*ed.pool).Take(uint(room / step))
}
