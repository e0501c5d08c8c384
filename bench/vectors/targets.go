package vectors

import (
	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

// The figures to reach, by case.

var intTargets = map[string][]harness.Target{
	"at": {
		contest.Within("slice", 2.5, 3, 4.5, 6),
		contest.Faster("benbjohnson", 1, 1, 1, 1),
		contest.Faster("elvish", 1, 1, 1, 1),
		contest.AllocatesNothing,
	},
	"at-concats": {contest.AtMost(harness.Figure, 0, 0, 22, 70)},
	"at-inserts": {contest.AtMost(harness.Figure, 0, 0, 22, 70)},
	"iterate":    {contest.Within("slice", 1.5, 1.3, 1.3, 1.3), contest.AllocatesNothing},
	"append":     {contest.AtMost(harness.Figure, 15, 12, 12, 13)},
	"prepend":    {contest.AtMost(harness.Figure, 15, 12, 12, 13)},
	"drop-last":  {contest.AtMost(harness.Figure, 5, 5, 5, 5)},
	"drop-first": {contest.AtMost(harness.Figure, 5, 5, 5, 5)},
	"set": {
		contest.Within("clone", 1.3, 0, 0, 0),
		contest.Faster("benbjohnson", 3, 2.5, 3, 1.5),
		contest.Faster("elvish", 2, 2, 2.5, 1.4),
		contest.AtMost(harness.Bytes, 0, 0, 1216, 1424),
		contest.AtMost(harness.Allocs, 0, 0, 5, 6),
	},
	"insert":           {contest.AtMost(harness.Figure, 0, 0, 520, 1000)},
	"delete":           {contest.AtMost(harness.Figure, 0, 0, 520, 1000)},
	"slice":            {contest.AtMost(harness.Figure, 0, 0, 550, 750)},
	"concat":           {contest.AtMost(harness.Figure, 0, 0, 1300, 900)},
	"builder":          {contest.Within("slice", 0, 1, 0.6, 0.5)},
	"of":               {contest.Within("slice", 0, 2, 1.5, 1.2)},
	"retained-append":  {contest.Within("slice", 0, 1.1, 1.05, 1.03)},
	"retained-builder": {contest.Within("slice", 0, 1.1, 1.05, 1.03)},
	"retained-of":      {contest.Within("slice", 0, 1.1, 1.05, 1.03)},
	"equal":            {contest.AtMost(harness.Figure, 0, 0, 0, 300)},
}
