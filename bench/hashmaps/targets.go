package hashmaps

import "github.com/ramet-go/ramet/bench/harness"

// The figures to reach, by case. Where a row of four is given, the sizes are 10, 1k, 100k and
// 1M, and 0 stands for no target.

func row(bounds ...float64) map[int]float64 {
	at := map[int]float64{}
	for i, size := range []int{10, 1000, 100_000, 1_000_000} {
		if bounds[i] != 0 {
			at[size] = bounds[i]
		}
	}
	return at
}

// nothing is the target of an operation that allocates nothing.
var nothing = harness.Target{Measure: harness.Allocs, At: map[int]float64{10: 0, 1000: 0, 100_000: 0, 1_000_000: 0}}

func faster(rival string, bounds ...float64) harness.Target {
	return harness.Target{Measure: harness.Faster, Rival: rival, At: row(bounds...)}
}

func within(rival string, bounds ...float64) harness.Target {
	return harness.Target{Measure: harness.Within, Rival: rival, At: row(bounds...)}
}

func atMost(m harness.Measure, bounds ...float64) harness.Target {
	return harness.Target{Measure: m, At: row(bounds...)}
}

var intTargets = map[string][]harness.Target{
	"lookup-hit":  {within("builtin", 0.95, 1.3, 1.4, 1.6), nothing},
	"lookup-miss": {nothing},
	"set": {
		faster("benbjohnson", 2, 2.3, 3, 4),
		faster("frozen", 1.5, 1.1, 1.8, 1.6),
		atMost(harness.Bytes, 192, 560, 890, 1130),
		atMost(harness.Allocs, 1, 3, 4, 5),
	},
	"insert":           {faster("benbjohnson", 1.5, 2, 2.8, 3), faster("frozen", 1.5, 1.1, 1.8, 1.6)},
	"delete":           {faster("benbjohnson", 1.5, 2, 2.8, 3), faster("frozen", 1.5, 1.1, 1.8, 1.6)},
	"iterate":          {within("builtin", 0.4, 0.3, 0.5, 1), nothing},
	"builder":          {within("builtin", 0, 1.1, 1.6, 1.7)},
	"mapof":            {within("builtin", 0, 0.7, 1, 0.9)},
	"collect":          {within("builtin", 0, 0.7, 1, 0.9)},
	"retained-set":     {atMost(harness.Figure, 0, 24, 23, 23)},
	"retained-builder": {atMost(harness.Figure, 0, 24, 23, 23)},
	"retained-mapof":   {atMost(harness.Figure, 0, 24, 23, 23)},
	"union":            {faster("builtin", 0, 0, 5, 5)},
	"equal":            {atMost(harness.Figure, 0, 0, 0, 200)},
	"diff":             {atMost(harness.Figure, 0, 0, 0, 1000)},
	"collection":       {faster("benbjohnson", 0, 0, 0, 8)},
}

var stringTargets = map[string][]harness.Target{
	"lookup-hit":       {within("builtin", 0, 1.3, 1.3, 1.3), nothing},
	"lookup-miss":      {nothing},
	"set":              {faster("benbjohnson", 0, 0, 2.2, 0), faster("frozen", 0, 0, 1, 0)},
	"iterate":          {nothing},
	"retained-set":     {atMost(harness.Figure, 0, 32, 32, 32)},
	"retained-builder": {atMost(harness.Figure, 0, 32, 32, 32)},
	"retained-mapof":   {atMost(harness.Figure, 0, 32, 32, 32)},
	"union":            {faster("builtin", 0, 0, 5, 5)},
	"equal":            {atMost(harness.Figure, 0, 0, 0, 200)},
	"diff":             {atMost(harness.Figure, 0, 0, 0, 1000)},
}
