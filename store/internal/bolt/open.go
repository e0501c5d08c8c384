package bolt

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"go.etcd.io/bbolt"

	"github.com/ramet-go/ramet/store/chunk"
)

// Options say how a file is opened. The zero Options are fit for most.
type Options struct {
	LockTimeout time.Duration // how long to wait for a file that is in use; 0: one second; below 0: not at all
	ReadOnly    bool          // the file must exist, is not changed in any way, and others may read it too

	noSync     bool // for tests whose file need not last
	closeFirst bool // what is open cannot be renamed, as on Windows
	groupBytes int  // of chunks in a transaction, about; 0: 64 MiB
	copyBytes  int  // of chunks in a transaction of a collection, about; 0: 8 MiB
}

// Open opens a file, or makes one if there is none. What there is and is no such file stays as it is: the error is
// ErrFormat, or ErrDamaged if it was such a file once. A file has one owner at a time, in all processes together: the
// error of others is ErrLocked. Remains of a collection that was cut off are removed.
//
// The file may be replaced by another of the same name when it is collected: what is locked is the file that the name
// stands for.
func Open(path string, options Options) (*Engine, error) {
	if options.LockTimeout == 0 {
		options.LockTimeout = time.Second
	}
	if options.groupBytes == 0 {
		options.groupBytes = groupBytes
	}
	if options.copyBytes == 0 {
		options.copyBytes = copyBytes
	}
	options.closeFirst = options.closeFirst || cannotRenameOpen
	e := &Engine{options: options, collecting: make(chan struct{}, 1), writing: make(chan struct{}, 1)}
	if err := e.open(path); err != nil {
		if strings.Contains(err.Error(), path) { // what the system says names it
			return nil, err
		}
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return e, nil
}

func (e *Engine) open(path string) (err error) {
	if !e.options.ReadOnly {
		if err := ensure(path); err != nil {
			return err
		}
	}
	// Collect renames: the name has to be that of the file itself, wherever the process goes.
	if e.path, err = filepath.Abs(path); err != nil {
		return err
	}
	if e.path, err = filepath.EvalSymlinks(e.path); err != nil {
		return err
	}
	if e.handle, err = lockFile(e.path, e.options); err != nil {
		return err
	}
	if err := e.prepare(); err != nil {
		_ = guarded(e.handle.db.Close)
		release(e.handle.file) // if bbolt did not
		return err
	}
	return nil
}

// prepare looks whether the file that e has locked is whole and of our format, and removes remains.
func (e *Engine) prepare() error {
	if err := check(e.handle); err != nil {
		return err
	}
	if e.options.ReadOnly {
		return nil
	}
	e.handle.db.NoSync = e.options.noSync
	if err := e.noteDoubt(); err != nil {
		return err
	}
	if !e.options.noSync {
		// The name may be newer than what the disk knows, if a process was killed after it made or replaced the file.
		// If the power fails, commits into a file without a name are lost.
		if err := syncDir(filepath.Dir(e.path)); err != nil {
			return err
		}
	}
	return removeRemains(e.path)
}

// check looks whether a file is whole, as far as can be told without reading it all, and of our format.
func check(h handle) error {
	info, err := h.file.Stat()
	if err != nil {
		return err
	}
	return guarded(func() error {
		return h.db.View(func(tx *bbolt.Tx) error {
			if tx.Size() > info.Size() {
				return damaged("the file was cut off: it has %d bytes of %d", info.Size(), tx.Size())
			}
			b := tx.Bucket([]byte(meta))
			if b == nil || b.Get([]byte(formatKey)) == nil {
				return fmt.Errorf("%w: a file of bbolt, but not of a store", chunk.ErrFormat)
			}
			if got := b.Get([]byte(formatKey)); string(got) != format {
				return fmt.Errorf("%w: it is %.20q, and this program knows %q", chunk.ErrFormat, got, format)
			}
			for _, name := range []string{chunks, refs, logs} {
				if _, err := bucket(tx, name); err != nil {
					return err
				}
			}
			return nil
		})
	})
}

// lockFile opens a file that exists, and waits for its lock.
func lockFile(path string, o Options) (handle, error) {
	deadline := time.Now().Add(o.LockTimeout)
	for {
		h, err := openBolt(path, os.O_RDWR, max(time.Until(deadline), 1), o.ReadOnly)
		if err != nil {
			return handle{}, err
		}
		same, err := isAt(h.file, path)
		if same {
			return h, nil
		}
		// While we waited its owner replaced it. What we have locked has no name any more.
		if cerr := guarded(h.db.Close); err == nil {
			err = cerr
		}
		if err == nil && time.Now().After(deadline) {
			err = fmt.Errorf("%w: it was replaced meanwhile", chunk.ErrLocked)
		}
		if err != nil {
			return handle{}, err
		}
	}
}

// isAt tells whether a path stands for an open file.
func isAt(file *os.File, path string) (bool, error) {
	ours, err := file.Stat()
	if err != nil {
		return false, err
	}
	there, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return false, fmt.Errorf("the file was removed meanwhile: %w", err)
	}
	if err != nil {
		return false, err
	}
	return os.SameFile(ours, there), nil
}

// openBolt opens a file with flag, which tells whether it may be made. The handle of a file is closed if bbolt panics.
func openBolt(path string, flag int, timeout time.Duration, readOnly bool) (h handle, err error) {
	mayMake := flag&os.O_CREATE != 0
	if readOnly {
		flag = os.O_RDONLY
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() { // a pipe would not even be opened
		return h, fmt.Errorf("%w: no regular file", chunk.ErrFormat)
	}
	err = guarded(func() (err error) {
		h.db, err = bbolt.Open(path, 0o600, &bbolt.Options{
			Timeout:         timeout,
			ReadOnly:        readOnly,
			FreelistType:    bbolt.FreelistMapType,
			NoStatistics:    true,
			InitialMmapSize: initialMap(readOnly),
			OpenFile: func(name string, _ int, mode os.FileMode) (*os.File, error) {
				f, err := os.OpenFile(name, flag, mode)
				if err != nil {
					return nil, err
				}
				if !mayMake {
					if err := looksLikeBolt(f); err != nil {
						f.Close()
						return nil, err
					}
				}
				h.file = f
				return f, nil
			},
		})
		return err
	})
	if err == nil {
		h.db.AllocSize = leastGrow
		return h, nil
	}
	if h.file != nil {
		err = fromOpening(h.file, err)
		release(h.file) // if bbolt did not, after a panic
	}
	return handle{}, err
}

// ensure makes an empty store if there is nothing of the name. It has its name only when it is complete and durable:
// who finds an empty file, or half of one, knows that it is none of ours.
func ensure(path string) error {
	if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if _, err := os.Lstat(path); err == nil {
		return fmt.Errorf("a symbolic link to what does not exist: %w", fs.ErrNotExist)
	}
	f, err := os.CreateTemp(filepath.Dir(path), filepath.Base(path)+newSuffix+"*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := f.Close(); err != nil {
		return err
	}
	h, err := makeBolt(f.Name(), os.O_RDWR|os.O_CREATE)
	if err != nil {
		return err
	}
	if err := guarded(h.db.Close); err != nil {
		return err
	}
	return giveName(f.Name(), path)
}

// giveName gives a file that was made its name, unless somebody else has made one of that name meanwhile. A link does
// that at once. Where there are no links, of two programs that make the same file in the same instant one may lose what
// it then writes.
func giveName(made, path string) error {
	err := os.Link(made, path)
	if err == nil {
		return nil
	}
	if _, there := os.Lstat(path); there == nil {
		return nil
	}
	if errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return os.Rename(made, path)
}

// makeBolt makes a file with the buckets of a store, in which there is nothing. It is durable, its name not yet.
func makeBolt(path string, flag int) (h handle, err error) {
	h, err = openBolt(path, flag, 1, false)
	if err != nil {
		return h, err
	}
	var id [16]byte
	if _, err = rand.Read(id[:]); err == nil {
		err = guarded(func() error {
			return h.db.Update(func(tx *bbolt.Tx) error {
				for _, name := range []string{chunks, refs, logs, meta} {
					if _, err := tx.CreateBucket([]byte(name)); err != nil {
						return err
					}
				}
				m := tx.Bucket([]byte(meta))
				if err := m.Put([]byte(idKey), id[:]); err != nil {
					return err
				}
				return m.Put([]byte(formatKey), []byte(format))
			})
		})
	}
	if err != nil {
		_ = guarded(h.db.Close)
		release(h.file)
		return handle{}, err
	}
	return h, nil
}
