//go:build !unix

package harness

import "time"

// cpuTime says that the processor time of the process is not known.
func cpuTime() (time.Duration, bool) { return 0, false }
