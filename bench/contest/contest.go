// Package contest has what the cases of all collections share: the input, how loops go round it, how subjects
// are made of what a contestant can do, and how targets are written down.
package contest

import (
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/bench/harness"
)

// Runs holds functions that do n operations, by the name of a case.
type Runs = map[string]func(n int)

// A Cursor goes round a list for as long as a run lasts, and on where the last run ended.
// Each loop of a contestant keeps it in local variables:
//
//	list, i := c.List, c.Next
//	for range n {
//		… list[i] …
//		if i++; i == len(list) {
//			i = 0
//		}
//	}
//	c.Next = i
type Cursor[E any] struct {
	List []E
	Next int
}

// Timed returns a subject of which cases of the kind Time are measured: those that prepare returns.
func Timed(name string, prepare func() Runs) harness.Subject {
	return harness.Subject{Name: name, Prepare: func() harness.Fixture { return harness.Fixture{Runs: prepare()} }}
}

// Held returns a subject that holds collections of the given size, made by newOne: as many as have a hundred
// thousand entries together, so that what the runtime itself allocates meanwhile weighs nothing. It takes no part if
// newOne returns nil.
func Held(name string, size int, newOne func() any) harness.Subject {
	return harness.Subject{Name: name, Prepare: func() harness.Fixture {
		held := make([]any, max(1, 100_000/size))
		for i := range held {
			if held[i] = newOne(); held[i] == nil {
				return harness.Fixture{}
			}
		}
		return harness.Fixture{Held: held, Entries: len(held) * size}
	}}
}

// WithTargets returns cases with their targets, which are given by name.
func WithTargets(cases []harness.Case, targets map[string][]harness.Target) []harness.Case {
	cases = slices.Clone(cases)
	for i, c := range cases {
		cases[i].Targets = targets[c.Name]
	}
	return cases
}

// Check returns an error unless, in every group, ramet comes first and takes part in each case, no name is
// given twice, and the rivals that targets name exist.
func Check(groups []harness.Group) error {
	seen := map[string]bool{}
	for _, g := range groups {
		subjects := g.Open(10)
		if subjects[0].Name != "ramet" {
			return fmt.Errorf("%s: %s comes first", g.Name, subjects[0].Name)
		}
		f := subjects[0].Prepare()
		for _, c := range g.Cases {
			name := g.Name + "/" + c.Name
			if seen[name] {
				return fmt.Errorf("%s is there twice", name)
			}
			seen[name] = true
			if c.Kind == harness.Time && f.Runs[c.Name] == nil || c.Kind != harness.Time && f.Held == nil {
				return fmt.Errorf("%s is without ramet", name)
			}
			for _, target := range c.Targets {
				if target.Rival != "" && !slices.ContainsFunc(subjects, func(s harness.Subject) bool { return s.Name == target.Rival }) {
					return fmt.Errorf("%s has a target for %s, which is not there", name, target.Rival)
				}
			}
		}
	}
	return nil
}
