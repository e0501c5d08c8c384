package hashmaps

import (
	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

// The figures to reach, by case.

var intTargets = map[string][]harness.Target{
	"lookup-hit":  {contest.Within("builtin", 0.95, 1.3, 1.4, 1.6), contest.AllocatesNothing},
	"lookup-miss": {contest.AllocatesNothing},
	"set": {
		contest.Faster("benbjohnson", 2, 2.3, 3, 4),
		contest.Faster("frozen", 1.5, 1.1, 1.8, 1.6),
		contest.AtMost(harness.Bytes, 192, 560, 890, 1130),
		contest.AtMost(harness.Allocs, 1, 3, 4, 5),
	},
	"insert":           {contest.Faster("benbjohnson", 1.5, 2, 2.8, 3), contest.Faster("frozen", 1.5, 1.1, 1.8, 1.6)},
	"delete":           {contest.Faster("benbjohnson", 1.5, 2, 2.8, 3), contest.Faster("frozen", 1.5, 1.1, 1.8, 1.6)},
	"iterate":          {contest.Within("builtin", 0.4, 0.3, 0.5, 1), contest.AllocatesNothing},
	"builder":          {contest.Within("builtin", 0, 1.1, 1.6, 1.7)},
	"mapof":            {contest.Within("builtin", 0, 0.7, 1, 0.9)},
	"collect":          {contest.Within("builtin", 0, 0.7, 1, 0.9)},
	"retained-set":     {contest.AtMost(harness.Figure, 0, 24, 23, 23)},
	"retained-builder": {contest.AtMost(harness.Figure, 0, 24, 23, 23)},
	"retained-mapof":   {contest.AtMost(harness.Figure, 0, 24, 23, 23)},
	"union":            {contest.Faster("builtin", 0, 0, 5, 5)},
	"equal":            {contest.AtMost(harness.Figure, 0, 0, 0, 200)},
	"diff":             {contest.AtMost(harness.Figure, 0, 0, 0, 1000)},
	"collection":       {contest.Faster("benbjohnson", 0, 0, 0, 8)},
}

var stringTargets = map[string][]harness.Target{
	"lookup-hit":       {contest.Within("builtin", 0, 1.3, 1.3, 1.3), contest.AllocatesNothing},
	"lookup-miss":      {contest.AllocatesNothing},
	"set":              {contest.Faster("benbjohnson", 0, 0, 2.2, 0), contest.Faster("frozen", 0, 0, 1, 0)},
	"iterate":          {contest.AllocatesNothing},
	"retained-set":     {contest.AtMost(harness.Figure, 0, 32, 32, 32)},
	"retained-builder": {contest.AtMost(harness.Figure, 0, 32, 32, 32)},
	"retained-mapof":   {contest.AtMost(harness.Figure, 0, 32, 32, 32)},
	"union":            {contest.Faster("builtin", 0, 0, 5, 5)},
	"equal":            {contest.AtMost(harness.Figure, 0, 0, 0, 200)},
	"diff":             {contest.AtMost(harness.Figure, 0, 0, 0, 1000)},
}
