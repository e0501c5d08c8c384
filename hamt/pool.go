package hamt

import "github.com/ramet-go/ramet/internal/reuse"

// discard is told that the leaf n was just replaced. If ed owned it, a next leaf may have its memory.
func (ed *edit[K, V]) discard(n *node) {
	if ed.pool == nil || !ed.id.Owns(n.id) || n.collides || n.room%builderStep != 0 {
		return
	}
	if *ed.pool == nil {
		*ed.pool = new(reuse.Pool[leaf])
	}
	if pool, class := *ed.pool, uint(n.room/builderStep); !pool.Full(class) {
		clear(entriesOf[K, V](n))
		l := n.asLeaf()
		l.tags, l.count = tags{}, 0
		pool.Put(class, l)
	}
}

// reused returns a discarded leaf with the given room, or nil.
func (ed *edit[K, V]) reused(room int) *leaf {
	if ed.pool == nil || *ed.pool == nil || room%builderStep != 0 {
		return nil
	}
	return (*ed.pool).Take(uint(room / builderStep))
}
