package contest

import "github.com/ramet-go/ramet/bench/harness"

// Sizes are those that targets are given for.
var Sizes = []int{10, 1000, 100_000, 1_000_000}

// row returns bounds by size. They are given in the order of Sizes, and 0 stands for no target.
func row(bounds []float64) map[int]float64 {
	at := map[int]float64{}
	for i, size := range Sizes {
		if bounds[i] != 0 {
			at[size] = bounds[i]
		}
	}
	return at
}

// AllocatesNothing is the target of an operation that allocates nothing.
var AllocatesNothing = harness.Target{Measure: harness.Allocs, At: map[int]float64{10: 0, 1000: 0, 100_000: 0, 1_000_000: 0}}

// Faster is the target that the rival takes so many times as long as we do, at least.
func Faster(rival string, bounds ...float64) harness.Target {
	return harness.Target{Measure: harness.Faster, Rival: rival, At: row(bounds)}
}

// Within is the target that our figure is so many times the rival's, at most.
func Within(rival string, bounds ...float64) harness.Target {
	return harness.Target{Measure: harness.Within, Rival: rival, At: row(bounds)}
}

// AtMost is a bound for a figure of our own.
func AtMost(m harness.Measure, bounds ...float64) harness.Target {
	return harness.Target{Measure: m, At: row(bounds)}
}
