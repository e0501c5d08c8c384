package sorted

import (
	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

// The figures to reach, by case.

var intTargets = map[string][]harness.Target{
	"lookup-hit":  {contest.Within("tidwall", 0, 0.62, 0.60, 0.75), contest.AllocatesNothing},
	"lookup-miss": {contest.Within("tidwall", 0, 0.62, 0.60, 0.75), contest.AllocatesNothing},
	"set": {
		contest.Within("tidwall", 0, 0.45, 0.50, 0.45),
		contest.AtMost(harness.Bytes, 0, 760, 1200, 1400),
		contest.AtMost(harness.Allocs, 0, 3, 5, 6),
	},
	"insert":            {contest.Within("tidwall", 0, 0.45, 0.50, 0.45)},
	"delete":            {contest.Within("tidwall", 0, 0.45, 0.50, 0.45)},
	"iterate":           {contest.Within("tidwall", 0, 1.0, 0.90, 1.0), contest.AllocatesNothing},
	"from":              {contest.Within("tidwall", 0, 0.60, 0.55, 0.85), contest.AllocatesNothing},
	"at":                {contest.Within("tidwall", 0, 1.1, 1.0, 1.1), contest.AllocatesNothing},
	"min-max":           {contest.Within("tidwall", 0, 1.1, 1.0, 1.1), contest.AllocatesNothing},
	"builder-sorted":    {contest.Within("tidwall", 0, 0.3, 0.3, 0.3)},
	"builder-random":    {contest.Within("tidwall", 0, 1.1, 0.85, 0.9)},
	"retained-sorted":   {contest.AtMost(harness.Figure, 0, 0, 17.5, 17.5)},
	"retained-random":   {contest.AtMost(harness.Figure, 0, 0, 20.6, 20.6)},
	"union-interleaved": {contest.Within("tidwall", 0, 0, 0, 0.2), contest.Within("one-core", 0, 0, 0, 0.6)},
	"union-random":      {contest.Within("tidwall", 0, 0, 0, 0.31), contest.Within("one-core", 0, 0, 0, 0.6)},
	"union-disjoint":    {contest.Within("tidwall", 0, 0, 0, 0.001)},
	"union-edits":       {contest.Within("tidwall", 0, 0, 0, 0.001)},
	"diff-edits":        {contest.AtMost(harness.Figure, 0, 0, 0, 10_000)},
	"split-join":        {contest.AtMost(harness.Figure, 0, 0, 0, 5000)},
}

var stringTargets = map[string][]harness.Target{
	"lookup-hit":  {contest.Within("tidwall", 0, 0, 0.95, 0), contest.AllocatesNothing},
	"lookup-miss": {contest.Within("tidwall", 0, 0, 0.95, 0), contest.AllocatesNothing},
	"set":         {contest.Within("tidwall", 0, 0, 0.45, 0)},
	"insert":      {contest.Within("tidwall", 0, 0, 0.45, 0)},
	"delete":      {contest.Within("tidwall", 0, 0, 0.45, 0)},
	"iterate":     {contest.Within("tidwall", 0, 0, 1.2, 0), contest.AllocatesNothing},
}
