//ramet:layer node

package hamt

import "github.com/ramet-go/ramet/internal/reuse"

// recycle is told that the leaf n was just replaced. If ed owned it, a next leaf may have its memory.
// Collisions do not come here: one that is owned has room for any number of entries.
func (ed *edit[K, V]) recycle(n *node) {
	if ed.pool == nil || !ed.id.Owns(n.id) || n.room%builderStep != 0 {
		return
	}
	if *ed.pool == nil {
		*ed.pool = new(reuse.Pool[leaf])
	}
	if pool, class := *ed.pool, uint(n.room/builderStep); !pool.Full(class) {
		clear(entriesOf[K, V](n))
		n.count = 0
		pool.Put(class, n.asLeaf())
	}
}

// reused returns a recycled leaf with the given room, or nil.
func (ed *edit[K, V]) reused(room int) *leaf {
	if ed.pool == nil || *ed.pool == nil || room%builderStep != 0 {
		return nil
	}
	return (*ed.pool).Take(uint(room / builderStep))
}
