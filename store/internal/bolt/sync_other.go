//go:build !windows

package bolt

import (
	"errors"
	"os"
	"syscall"
)

const cannotRenameOpen = false

// syncDir makes the names in a folder durable.
func syncDir(dir string) error {
	d, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Sync(); err != nil && !errors.Is(err, syscall.EINVAL) && !errors.Is(err, errors.ErrUnsupported) {
		return err // EINVAL: the file system cannot, and so does it by itself or never
	}
	return nil
}
