package cells

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/bench/contest"
)

func TestGroups(t *testing.T) {
	require.NoError(t, contest.Check(Groups()))
	names := map[string]bool{}
	for _, m := range mixes() {
		names[m.name] = true
	}
	for name := range targets {
		assert.True(t, names[name], name)
	}
	assert.Len(t, names, 8)
}

// TestStores: the contestants do what the tables say.
func TestStores(t *testing.T) {
	keys := input(100)
	for name, open := range map[string]func([]int64) store{"ramet": newRamet, "cow": newCow, "locked": newLocked, "sync.Map": newSync, "builtin": newBuiltin} {
		s := open(keys)
		sum := s.work(keys, 0, 100, 0)
		assert.EqualValues(t, 99*100/2, sum, name)
		assert.Equal(t, sum, s.work(keys, 50, 100, 0), "%s: round the end", name)
		if name == "builtin" {
			continue
		}
		assert.EqualValues(t, 0+2+4, s.work(keys, 0, 6, 2), "%s: each second is a write", name)
		assert.EqualValues(t, 0+keys[1]+2+keys[3]+4+keys[5], s.work(keys, 0, 6, 0), name)
		assert.Zero(t, s.work(keys, 0, 100, 1), name)
		var all int64
		for _, k := range keys {
			all += k
		}
		assert.Equal(t, all, s.work(keys, 0, 100, 0), "%s: all are written", name)
	}
}

// TestCrews do as many operations as they are told to, however few, and leave none out.
func TestCrews(t *testing.T) {
	keys := input(64)
	for _, g := range []int{1, 2, 8} {
		c := newCrew(keys, newRamet(keys), mix{goroutines: g})
		c.run(64)
		var sum int64
		for _, s := range c.sums {
			sum += s
		}
		assert.EqualValues(t, 63*64/2, sum, "%d goroutines", g)
		c.run(3)
		moved := 0
		for i, n := range c.next {
			moved += (n - i*64/g + 64) % 64
		}
		assert.Equal(t, (64+3)%64, moved%64)
	}
}
