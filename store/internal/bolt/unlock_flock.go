//go:build !windows && !plan9 && !solaris && !aix && !android && !js && !wasip1

package bolt

import (
	"os"
	"syscall"
)

// release ends the lock of a file, and closes it, when bbolt cannot any more. What is mapped stays so, and holds the
// lock of a file that is only closed.
func release(f *os.File) {
	_ = syscall.Flock(int(f.Fd()), syscall.LOCK_UN)
	_ = f.Close()
}
