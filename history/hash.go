package history

import (
	"hash/maphash"

	"github.com/ramet-go/ramet/internal/equal"
)

// Hash writes the value that h holds, and how many steps it can undo and redo, to s, in such a way that histories that are
// Equal are written alike. A value that is a collection of this module is written by its own Hash, any other as
// [maphash.WriteComparable] does, which panics if it is not comparable. It costs what writing the value does.
//
// It is for hashers such as ContentHasher of package hamt. Do not keep the hash: the next process gives another one.
func (h History[T]) Hash(s *maphash.Hash) {
	equal.Writer[T]()(s, h.Now())
	maphash.WriteComparable(s, [2]int{h.UndoLen(), h.RedoLen()})
}
