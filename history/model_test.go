package history_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/history"
)

type ints = history.History[int]

// A model is what a history should be: two stacks of values, and a tree of branches, copied as a whole for each
// operation.
type model struct {
	past, future     []entry // the last one is the nearest
	now              entry
	limit, branching int
	total            int // of sizes; 0: no limit
}

// sizeOf is the size of a value under a limit of size: from 0 to 4.
func sizeOf(v int) int { return v / 1000 % 5 }

// An entry is a value, and the branches that were left there, the oldest first.
type entry struct {
	v     int
	forks []model
}

func (m model) clone() model {
	m.past, m.future = slices.Clone(m.past), slices.Clone(m.future)
	return m
}

func (m model) trim() model {
	if over := len(m.past) - m.limit; m.limit > 0 && over > 0 {
		m.past = m.past[over:]
	}
	for m.total > 0 && sizes(m.past) > m.total {
		m.past = m.past[1:]
		shortened++
	}
	for m.limit > 0 && m.size() > m.limit || m.total > 0 && m.branchSizes() > m.total {
		m = m.withoutOldest()
		dropped++
	}
	return m
}

func sizes(es []entry) (n int) {
	for _, e := range es {
		n += sizeOf(e.v)
	}
	return n
}

// branchSizes returns the sizes of the steps of m's branches, with those within.
func (m model) branchSizes() (n int) {
	for _, e := range m.steps() {
		for _, b := range e.forks {
			n += sizeOf(b.now.v) + sizes(b.future) + b.branchSizes()
		}
	}
	return n
}

// shortened is how many steps were dropped because their sizes were too large in sum.
var shortened int

// dropped is how many branches were dropped because there were too many.
var dropped int

// steps returns all entries of m, from the oldest on.
func (m model) steps() []entry {
	all := append(slices.Clone(m.past), m.now)
	for _, e := range slices.Backward(m.future) {
		all = append(all, e)
	}
	return all
}

// size returns the number of branches of m, with those within.
func (m model) size() (n int) {
	for _, e := range m.steps() {
		for _, b := range e.forks {
			n += 1 + b.size()
		}
	}
	return n
}

// withoutOldest returns m without the branch that was left first.
func (m model) withoutOldest() model {
	m = m.clone()
	drop := func(e *entry) bool {
		if len(e.forks) == 0 {
			return false
		}
		e.forks = slices.Clone(e.forks)
		if e.forks[0].size() > 0 {
			e.forks[0] = e.forks[0].withoutOldest()
		} else {
			e.forks = e.forks[1:]
		}
		return true
	}
	for i := range m.past {
		if drop(&m.past[i]) {
			return m
		}
	}
	if drop(&m.now) {
		return m
	}
	for i := range slices.Backward(m.future) {
		if drop(&m.future[i]) {
			return m
		}
	}
	panic("no branches")
}

func (m model) do(v int) model {
	m = m.clone()
	if m.branching == 1 && len(m.future) > 0 {
		left := m.clone().redo()
		for i := range left.past { // a branch has its own branches only
			left.past[i].forks = nil
		}
		m.now.forks = append(slices.Clone(m.now.forks), left)
	}
	m.past, m.now, m.future = append(m.past, m.now), entry{v: v}, nil
	return m.trim()
}

func (m model) undo() model {
	m = m.clone()
	n := len(m.past) - 1
	m.future, m.now, m.past = append(m.future, m.now), m.past[n], m.past[:n]
	return m
}

func (m model) redo() model {
	m = m.clone()
	n := len(m.future) - 1
	m.past, m.now, m.future = append(m.past, m.now), m.future[n], m.future[:n]
	return m
}

// branches returns the branches of m, the newest first. What they share is what m can undo to now: a limit may have
// dropped some of it since.
func (m model) branches() (all []model) {
	at := m.clone()
	for len(at.future) > 0 {
		at = at.redo()
	}
	for {
		for _, left := range slices.Backward(at.now.forks) {
			b := left.clone()
			b.past = nil
			for _, e := range append(slices.Clone(at.past), at.now) {
				b.past = append(b.past, entry{v: e.v})
			}
			b.limit, b.branching, b.total = m.limit, m.branching, m.total
			all = append(all, b.trim())
		}
		if len(at.past) == 0 {
			return all
		}
		at = at.undo()
	}
}

func valuesOf(es []entry) (vs []int) {
	for _, e := range slices.Backward(es) {
		vs = append(vs, e.v)
	}
	return vs
}

// same fails unless h is m, and its branches are, and theirs.
func same(t *testing.T, m model, h ints) {
	t.Helper()
	require.NoError(t, history.Check(h))
	require.Equal(t, []int{m.now.v, len(m.past), len(m.future)}, []int{h.Now(), h.UndoLen(), h.RedoLen()})
	require.Equal(t, valuesOf(m.past), slices.Collect(h.Past()))
	require.Equal(t, valuesOf(m.future), slices.Collect(h.Future()))
	branches := slices.Collect(h.Branches())
	want := m.branches()
	require.Len(t, branches, len(want))
	for i := range want {
		same(t, want[i], branches[i])
	}
}

// TestModel runs random programs over several live versions, branches among them.
func TestModel(t *testing.T) {
	type version struct {
		h ints
		m model
	}
	reached := map[string]int{}
	dropped, shortened = 0, 0
	for seed := range uint64(240) {
		rng := rand.New(rand.NewPCG(seed, 5))
		versions := [4]version{}
		for i := range versions {
			v := &versions[i]
			if i%2 == 1 {
				v.h, v.m.branching = v.h.Branching(true), 1
				if seed%2 == 1 {
					v.h, v.m.limit = v.h.Limit(3), 3
				}
				if seed%3 == 1 {
					v.h, v.m.total = v.h.LimitFunc(sizeOf, 9), 9
				}
			}
		}
		for step := range 120 {
			v := versions[rng.IntN(len(versions))]
			before := v
			op := rng.IntN(12)
			switch {
			case op < 5:
				n := step*1000 + 1
				v.h, v.m = v.h.Do(n), v.m.do(n)
			case op < 7:
				var ok bool
				v.h, ok = v.h.Undo()
				require.Equal(t, len(v.m.past) > 0, ok)
				if ok {
					v.m = v.m.undo()
				}
			case op < 8:
				var ok bool
				v.h, ok = v.h.Redo()
				require.Equal(t, len(v.m.future) > 0, ok)
				if ok {
					v.m = v.m.redo().trim()
				}
			case op < 9:
				n := rng.IntN(9) - 5
				w, ok := v.h.Jump(n)
				require.Equal(t, n >= -len(v.m.past) && n <= len(v.m.future), ok)
				require.True(t, ok || w == v.h)
				for ; ok && n < 0; n++ {
					v.m = v.m.undo()
				}
				for ; ok && n > 0; n-- {
					v.m = v.m.redo().trim()
				}
				v.h = w
			case op < 10 && rng.IntN(3) == 0:
				n := rng.IntN(10)
				if seed%2 == 1 {
					n = 1 + n/4 // few branches, which are soon too many
				}
				v.m.limit = n
				v.h, v.m = v.h.Limit(n), v.m.trim()
				reached["limit"]++
			case op < 10 && seed%3 > 0 && rng.IntN(4) == 0:
				n := rng.IntN(30)
				v.m.total = n
				v.h, v.m = v.h.LimitFunc(sizeOf, n), v.m.trim()
				reached["size"]++
			case op < 10 && rng.IntN(6) == 0:
				on := rng.IntN(3)
				v.m.branching = min(on, 1)
				v.h = v.h.Branching(on > 0)
			case op < 12:
				if branches := slices.Collect(v.h.Branches()); len(branches) > 0 {
					i := rng.IntN(len(branches))
					v = version{branches[i], v.m.branches()[i]}
					reached["branch"]++
				}
			}
			same(t, v.m, v.h)
			same(t, before.m, before.h)
			reached["branches"] += len(v.m.branches())
			for _, b := range v.m.branches() {
				reached["nested"] += len(b.branches())
			}
			versions[rng.IntN(len(versions))] = v
		}
		for _, v := range versions {
			same(t, v.m, v.h)
		}
	}
	reached["dropped"], reached["shortened"] = dropped, shortened
	for _, what := range []string{"limit", "size", "shortened", "branch", "branches", "nested", "dropped"} {
		assert.Greater(t, reached[what], 50, what)
	}
}

// TestLongLines goes far enough back and forth for blocks to be taken and put at either end, under limits about the
// length of a few blocks.
func TestLongLines(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	var most [4]int
	for _, limit := range []int{0, 1, 5, history.BlockLen - 1, history.BlockLen, history.BlockLen + 1, 3*history.BlockLen + 2, 6 * history.BlockLen} {
		h, m := history.New(0).Limit(limit), model{limit: limit}
		if limit%2 == 0 { // as a limit of size, of as many values of size 1
			h, m = history.New(0).LimitFunc(func(int) int { return 1 }, limit), model{limit: limit}
		}
		for step := 0; step < 60; step++ {
			for range rng.IntN(4 * history.BlockLen) {
				if rng.IntN(5) > 0 {
					h, m = h.Do(step), m.do(step)
				} else if h.RedoLen() > 0 {
					h, _ = h.Redo()
					m = m.redo().trim()
				}
			}
			for range rng.IntN(3 * history.BlockLen) {
				var ok bool
				if h, ok = h.Undo(); ok {
					m = m.undo()
				}
			}
			if step%10 == 9 {
				n := 1 + rng.IntN(4*history.BlockLen)
				m.limit = n
				h, m = h.Limit(n).Limit(limit), m.trim()
				m.limit = limit
			}
			same(t, m, h)
			young, top, rest, old := history.Shape(h)
			for i, n := range []int{young, top, rest, old} {
				most[i] = max(most[i], n)
			}
		}
	}
	for i, n := range most {
		assert.GreaterOrEqual(t, n, history.BlockLen-2, "part %d was never full", i)
	}
}

// TestEveryStateIsReached: with branching on, whatever the history ever held can be found from what it is now, and
// each value in one place only.
func TestEveryStateIsReached(t *testing.T) {
	for seed := range uint64(30) {
		rng := rand.New(rand.NewPCG(seed, 6))
		h := history.New(0).Branching(true)
		last := 0
		for range 300 {
			switch rng.IntN(4) {
			case 0, 1:
				last++
				h = h.Do(last)
			case 2:
				h, _ = h.Jump(-rng.IntN(6))
			case 3:
				h, _ = h.Redo()
			}
		}
		found := map[int]int{}
		count := func(h ints, shared int) {
			found[h.Now()]++
			for v := range h.Future() {
				found[v]++
			}
			past := slices.Collect(h.Past())
			for _, v := range past[:len(past)-shared] {
				found[v]++
			}
		}
		branches := 0
		var visit func(h ints)
		visit = func(h ints) {
			for b := range h.Branches() {
				branches++
				count(b, b.UndoLen())
				visit(b)
			}
		}
		count(h, 0)
		visit(h)
		assert.Greater(t, branches, 20)
		for v := range last + 1 {
			require.Equal(t, 1, found[v], fmt.Sprint(v, " with seed ", seed))
		}
	}
}
