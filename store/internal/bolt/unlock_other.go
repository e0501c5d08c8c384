//go:build windows || plan9 || solaris || aix || android || js || wasip1

package bolt

import "os"

// release ends the lock of a file, which is the process's or the handle's, when bbolt cannot any more.
func release(f *os.File) { _ = f.Close() }
