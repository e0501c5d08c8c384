// Package cells holds the cases of state that many goroutines read and some change: a cell.Cell of a
// hamt.Map beside what is written by hand.
//
//   - cow is the copy-on-write map: a map behind an atomic pointer, cloned as a whole, under a mutex, by
//     each write.
//   - locked is a built-in map behind a read-write mutex. It hands out no versions: who wants the
//     whole map has to hold the lock meanwhile.
//   - sync.Map is that of the standard library. It hands out no versions either: an iteration sees some changes and misses
//     others.
//   - builtin is a built-in map that nobody changes, without any of that: what a read costs at least.
//
// All of them run loops of one shape, on concrete types: each goroutine looks up keys in random order, and every
// so many of its operations is a write of a key that is there. A figure is the time of a run by the number of
// operations of all goroutines together.
package cells

import (
	"fmt"
	"sync"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

type runs = contest.Runs

// A store is state with the keys of an input. It does n operations from position from of the keys on; of every so many
// operations one is a write; none, if every is 0. It returns the sum of the values that it has looked up.
type store interface {
	work(keys []int64, from, n, every int) (sum int64)
}

// A mix is a number of goroutines and how often they write.
type mix struct {
	name, doc         string
	every, goroutines int
}

func mixes() []mix {
	list := []mix{
		{"read", "a look at the current version, and a lookup", 0, 1},
		{"write", "a change of one key", 1, 1},
	}
	for _, m := range []struct {
		name, doc string
		every     int
	}{{"99to1", "99 reads to a write", 100}, {"1to1", "a read to a write", 2}} {
		for _, g := range []int{1, 2, 8} {
			list = append(list, mix{fmt.Sprintf("%s-%d", m.name, g), fmt.Sprintf("%s, goroutines: %d", m.doc, g), m.every, g})
		}
	}
	return list
}

var targets = map[string][]harness.Target{
	"read":  {contest.Within("builtin", 0, 1.6, 1.6, 0), contest.AllocatesNothing},
	"write": {contest.Faster("cow", 0, 0, 100, 0)},
}

// Groups returns the cases of the cell.
func Groups() []harness.Group {
	var cases []harness.Case
	for _, m := range mixes() {
		cases = append(cases, harness.Case{Name: m.name, Doc: m.doc, Sizes: []int{1000, 100_000}})
	}
	return []harness.Group{{
		Name: "cell/int64", Cases: contest.WithTargets(cases, targets),
		Open: func(size int) []harness.Subject {
			keys := input(size)
			subject := func(name string, open func(keys []int64) store, writes bool) harness.Subject {
				return contest.Timed(name, func() runs { return prepare(keys, open(keys), writes) })
			}
			return []harness.Subject{
				subject("ramet", newRamet, true), subject("cow", newCow, true), subject("locked", newLocked, true),
				subject("sync.Map", newSync, true),
				subject("builtin", newBuiltin, false),
			}
		},
	}}
}

// input returns different keys, in random order.
func input(size int) []int64 {
	r := contest.Source(size)
	seen := map[int64]bool{}
	keys := make([]int64, 0, size)
	for len(keys) < size {
		if k := r.Int64(); !seen[k] {
			seen[k] = true
			keys = append(keys, k)
		}
	}
	return keys
}

// prepare returns the cases that s takes part in.
func prepare(keys []int64, s store, writes bool) runs {
	rs := runs{}
	for _, m := range mixes() {
		if m.every == 0 || writes {
			rs[m.name] = newCrew(keys, s, m).run
		}
	}
	return rs
}

// A crew is the goroutines of a mix. Each goes round the keys from a place of its own.
type crew struct {
	mix
	keys []int64
	s    store
	next []int
	sums []int64
}

func newCrew(keys []int64, s store, m mix) *crew {
	c := &crew{mix: m, keys: keys, s: s, next: make([]int, m.goroutines), sums: make([]int64, m.goroutines)}
	for g := range c.next {
		c.next[g] = g * len(keys) / m.goroutines
	}
	return c
}

// run does n operations, divided among the goroutines.
func (c *crew) run(n int) {
	if c.goroutines == 1 {
		c.share(0, n)
		return
	}
	var wg sync.WaitGroup
	for g := range c.goroutines {
		wg.Go(func() { c.share(g, n*(g+1)/c.goroutines-n*g/c.goroutines) })
	}
	wg.Wait()
}

func (c *crew) share(g, n int) {
	c.sums[g] += c.s.work(c.keys, c.next[g], n, c.every)
	c.next[g] = (c.next[g] + n) % len(c.keys)
}
