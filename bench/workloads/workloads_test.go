package workloads

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/bench/contest"
)

func TestGroups(t *testing.T) {
	require.NoError(t, contest.Check(Groups()))
	names := func(size int) (list []string) {
		for _, s := range Groups()[0].Open(size) {
			list = append(list, s.Name)
		}
		return list
	}
	assert.Contains(t, names(1000), "clone")
	assert.NotContains(t, names(100_000), "clone", "a thousand copies do not fit in memory")
}

// The contestants do what the tables say, and every state that is kept is as it was.
func TestContestants(t *testing.T) {
	testContestant(t, newRamet)
	testContestant(t, newClone)
	testContestant(t, newBenbjohnson)
	testContestant(t, newFrozen)
	testContestant(t, newPmmap)
	testContestant(t, newTidwall)
}

func testContestant[S state[S]](t *testing.T, build func([]int64) S) {
	keys := input(300)
	total := func(s S) (sum int64) {
		for _, k := range keys {
			sum += s.lookup(k)
		}
		return sum
	}
	const base = 299 * 300 / 2
	s := build(keys)
	for i, k := range keys {
		require.EqualValues(t, i, s.lookup(k), "%T", s)
	}
	r := newReducer(keys, s)
	r.run(400)
	r.run(350)
	// The ring has the first state at most places, and then one that is an action ahead of the one before.
	for i := range kept {
		want := base
		if i <= 750 {
			want += i
		}
		require.EqualValues(t, want, total(r.states[i]), "%T: state %d", s, i)
	}
	r.run(500)
	assert.EqualValues(t, base+1250, total(r.states[250]), "%T: over the end of the ring", s)
	assert.EqualValues(t, base+251, total(r.states[251]), "%T: the oldest", s)
	assert.EqualValues(t, base, total(s), "%T: the first", s)

	w := newSnapshots(keys, s)
	w.run(3)
	assert.EqualValues(t, base+3, total(w.s), "%T", s)
	assert.EqualValues(t, base, total(s), "%T", s)
	var read int64
	for g, sum := range w.sums {
		require.Positive(t, sum, "%T: reader %d", s, g)
		read += sum
	}
	list := shuffled(keys)
	var want int64
	model := build(keys)
	for v := range 3 {
		model = model.set(list[v], model.lookup(list[v])+1)
		for g := range readers {
			for i := range reads {
				want += model.lookup(list[(v+1+g*len(list)/readers+i)%len(list)])
			}
		}
	}
	assert.Equal(t, want, read, "%T", s)
}

func TestHeld(t *testing.T) {
	keys := input(100)
	for _, c := range contestants() {
		assert.Len(t, c.held(keys), kept, c.name)
	}
}
