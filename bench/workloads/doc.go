// Package workloads holds what people do with versions, beside single operations on them: hamt.Map, the built-in map cloned on every
// write, and the persistent maps of other libraries, from int64 to int64.
//
//   - reducer applies actions to a state: each reads a key, in random order, and sets it to another value. The last thousand states
//     are kept, as for undo and redo, and the oldest is dropped by each action.
//   - snapshots changes one key and hands the new version to eight goroutines, each of which looks up a hundred keys in it.
//   - retained-versions is the memory of a thousand such states, by the number of states: it includes a thousandth of the first one.
//
// A state is a type of each contestant's own, and the loops are generic: a call of its methods is not inlined, which is some
// nanoseconds to all of them. The clone takes part up to a thousand entries, since a thousand copies of more do not fit in memory.
package workloads

import (
	"sync"

	"github.com/ramet-go/ramet/bench/contest"
	"github.com/ramet-go/ramet/bench/harness"
)

const (
	kept    = 1000 // states of a reducer
	readers = 8    // of a snapshot
	reads   = 100  // by each of them
)

// A state is a version of a map. Set returns another one.
type state[S any] interface {
	lookup(k int64) int64
	set(k, v int64) S
}

// Groups returns the workloads.
func Groups() []harness.Group {
	sizes := []int{1000, 100_000}
	return []harness.Group{
		{
			Name: "workload",
			Cases: []harness.Case{
				{Name: "reducer", Doc: "an action that reads and sets a key; the last thousand states are kept", Sizes: sizes},
				{Name: "snapshots", Doc: "a change of one key, and eight goroutines that look up a hundred keys each in the new version", Sizes: sizes},
			},
			Open: func(size int) []harness.Subject {
				keys := input(size)
				return subjects(size, func(name string, c contestant) harness.Subject {
					return contest.Timed(name, func() contest.Runs { return c.runs(keys) })
				})
			},
		},
		{
			Name: "workload",
			Cases: []harness.Case{
				{Name: "retained-versions", Doc: "live bytes for each of a thousand states of a reducer that are kept", Kind: harness.Heap, Sizes: sizes},
			},
			Open: func(size int) []harness.Subject {
				keys := input(size)
				return subjects(size, func(name string, c contestant) harness.Subject {
					return harness.Subject{Name: name, Prepare: func() harness.Fixture {
						return harness.Fixture{Held: c.held(keys), Entries: kept}
					}}
				})
			},
		},
	}
}

// subjects makes subjects of those that take part at the size.
func subjects(size int, subject func(name string, c contestant) harness.Subject) []harness.Subject {
	var list []harness.Subject
	for _, c := range contestants() {
		if c.name != "clone" || size <= 1000 {
			list = append(list, subject(c.name, c))
		}
	}
	return list
}

// A contestant prepares the workloads.
type contestant struct {
	name string
	runs func(keys []int64) contest.Runs
	held func(keys []int64) any
}

func newContestant[S state[S]](name string, build func(keys []int64) S) contestant {
	return contestant{
		name: name,
		runs: func(keys []int64) contest.Runs {
			return contest.Runs{"reducer": newReducer(keys, build(keys)).run, "snapshots": newSnapshots(keys, build(keys)).run}
		},
		held: func(keys []int64) any {
			r := newReducer(keys, build(keys))
			r.run(kept)
			return r.states
		},
	}
}

// input returns different keys, in random order. The value of keys[i] is i.
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

// A reducer applies actions to a state, and keeps those it had.
type reducer[S state[S]] struct {
	actions []int64 // the keys, in random order
	next    int     // action
	states  []S     // the last ones, in a ring
	at      int     // of the last state
}

func newReducer[S state[S]](keys []int64, s S) *reducer[S] {
	r := &reducer[S]{actions: shuffled(keys), states: make([]S, kept)}
	for i := range r.states {
		r.states[i] = s
	}
	return r
}

func shuffled(keys []int64) []int64 {
	list := append([]int64(nil), keys...)
	contest.Source(len(keys)+1).Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}

// run applies n actions.
func (r *reducer[S]) run(n int) {
	s := r.states[r.at]
	for range n {
		k := r.actions[r.next]
		s = s.set(k, s.lookup(k)+1)
		if r.at++; r.at == len(r.states) {
			r.at = 0
		}
		r.states[r.at] = s
		if r.next++; r.next == len(r.actions) {
			r.next = 0
		}
	}
}

// snapshots changes a state, each version of which several goroutines read.
type snapshots[S state[S]] struct {
	keys []int64
	next int
	s    S
	sums [readers]int64
}

func newSnapshots[S state[S]](keys []int64, s S) *snapshots[S] {
	return &snapshots[S]{keys: shuffled(keys), s: s}
}

// run makes n versions.
func (w *snapshots[S]) run(n int) {
	var wg sync.WaitGroup
	for range n {
		k := w.keys[w.next]
		w.s = w.s.set(k, w.s.lookup(k)+1)
		w.next = (w.next + 1) % len(w.keys)
		version, from := w.s, w.next
		for g := range readers {
			wg.Go(func() {
				i, sum := (from+g*len(w.keys)/readers)%len(w.keys), int64(0)
				for range reads {
					sum += version.lookup(w.keys[i])
					if i++; i == len(w.keys) {
						i = 0
					}
				}
				w.sums[g] += sum
			})
		}
		wg.Wait()
	}
}
