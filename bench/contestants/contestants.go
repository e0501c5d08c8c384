// Package contestants lists all that is measured.
package contestants

import (
	"slices"

	"github.com/ramet-go/ramet/bench/cells"
	"github.com/ramet-go/ramet/bench/harness"
	"github.com/ramet-go/ramet/bench/hashmaps"
	"github.com/ramet-go/ramet/bench/sorted"
	"github.com/ramet-go/ramet/bench/vectors"
	"github.com/ramet-go/ramet/bench/workloads"
)

// Groups returns the cases of all collections, and the workloads.
func Groups() []harness.Group {
	return slices.Concat(hashmaps.Groups(), vectors.Groups(), sorted.Groups(), cells.Groups(), workloads.Groups())
}
