package bolt

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// The names of what is made beside a file begin with the file's.
const (
	newSuffix     = ".new-"    // then digits: a file that is being made
	collectSuffix = ".collect" // the copy that will replace the file
)

// removeRemains removes what was left beside a file by processes that were killed. Who calls it has the lock of the
// file: so no collection is under way. Somebody who is about to make the file finds that it is there.
func removeRemains(path string) error {
	if err := os.Remove(path + collectSuffix); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		return err
	}
	for _, entry := range entries {
		digits, ok := strings.CutPrefix(entry.Name(), filepath.Base(path)+newSuffix)
		if !ok || digits == "" || strings.Trim(digits, "0123456789") != "" || !entry.Type().IsRegular() {
			continue
		}
		if err := os.Remove(filepath.Join(filepath.Dir(path), entry.Name())); err != nil && !errors.Is(err, fs.ErrNotExist) {
			return err
		}
	}
	return nil
}
