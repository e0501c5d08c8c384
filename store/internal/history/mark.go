package history

import (
	"fmt"

	"github.com/ramet-go/ramet/store/chunk"
)

// MarkKind is the second byte of a mark.
const MarkKind = 5

// Mark returns the chunk that says of a commit that its data were collected:
//
//	u8 1, u8 5, u16 0 · commit 32
//
// So whoever knows the commit knows the address of its mark, and asks the store for it as for any other chunk. It means
// something only where the directory of the commit is not there.
func Mark(id chunk.Addr) chunk.Chunk {
	return chunk.Of(append([]byte{Format, MarkKind, 0, 0}, id[:]...))
}

// ParseMark reads what Mark wrote, and refuses anything else.
func ParseMark(b []byte) (id chunk.Addr, err error) {
	if len(b) >= 1 && b[0] != Format {
		return id, fmt.Errorf("store: a mark of format %d: %w", b[0], chunk.ErrFormat)
	}
	if len(b) != 4+len(id) || b[1] != MarkKind || b[2] != 0 || b[3] != 0 {
		return id, fmt.Errorf("store: no mark: %w", chunk.ErrDamaged)
	}
	return chunk.Addr(b[4:]), nil
}
