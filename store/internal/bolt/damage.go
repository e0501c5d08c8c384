package bolt

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"syscall"

	"github.com/ramet-go/ramet/store/chunk"
)

// boltMagic is in both meta pages of a file of bbolt, in the order of bytes of the machine.
const boltMagic = 0xED0CDAED

// looksLikeBolt returns ErrFormat if a file is none of bbolt, which else would make one of an empty file. It reads the
// beginnings of the two meta pages, for every size that a page may have.
func looksLikeBolt(f *os.File) error {
	info, err := f.Stat()
	if err != nil {
		return err
	}
	if info.Size() == 0 {
		return fmt.Errorf("%w: the file is empty", chunk.ErrFormat)
	}
	for at := int64(0); at < info.Size(); at = max(1024, 2*at) {
		if at > 16<<20 {
			break
		}
		var head [20]byte
		if _, err := f.ReadAt(head[:], at); err == io.EOF {
			break
		} else if err != nil {
			return err
		}
		if binary.NativeEndian.Uint32(head[16:]) == boltMagic {
			return nil
		}
	}
	return fmt.Errorf("%w: no file of a store", chunk.ErrFormat)
}

// fromOpening wraps an error of bbolt.Open. What the system did not say, bbolt said because of what is in the file.
func fromOpening(f *os.File, err error) error {
	err = fromBolt(err)
	for _, known := range []error{chunk.ErrLocked, chunk.ErrFormat, chunk.ErrDamaged} {
		if errors.Is(err, known) {
			return err
		}
	}
	var path *fs.PathError
	var number syscall.Errno
	if errors.As(err, &path) || errors.As(err, &number) {
		return err
	}
	if info, serr := os.Stat(f.Name()); serr == nil && info.Size() < 1<<16 { // "file size too small" has no name
		return fmt.Errorf("%w: the file has %d bytes: %w", chunk.ErrDamaged, info.Size(), err)
	}
	return err
}
