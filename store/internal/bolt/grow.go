package bolt

import (
	"runtime"
	"strconv"

	"go.etcd.io/bbolt"
)

// How a file grows. bbolt maps a file to memory, and lengthens it when a commit needs more.
//
// When the map becomes too small it makes one twice as large, and copies all that the transaction has read and changed
// out of the old one: in the first commit of a million entries, nine times, which took a sixth of its time. So the map
// is large from the beginning. It takes addresses, and no memory and no space in the file, but on Windows it does.
//
// A file that has to be longer is made longer by an eighth of it: by more it would be larger than what is in it, by less
// it would be lengthened, and synced for that, more often.
const (
	firstMap  = 64 << 20
	leastGrow = 64 << 10
	mostGrow  = 4 << 20
)

// initialMap returns how many bytes of a file are mapped to memory at least.
func initialMap(readOnly bool) int {
	if readOnly || runtime.GOOS == "windows" || strconv.IntSize < 64 {
		return 0
	}
	return firstMap
}

// growth returns by how many bytes a file of size bytes is lengthened.
func growth(size int64) int { return int(min(max(size/8, leastGrow), mostGrow)) }

// update runs f in a transaction that writes, and that may make the file longer.
func (h handle) update(f func(tx *bbolt.Tx) error) error {
	info, err := h.file.Stat()
	if err != nil {
		return err
	}
	h.db.AllocSize = growth(info.Size())
	return h.db.Update(f)
}
