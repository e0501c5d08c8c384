package cell

import (
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
)

// waits returns how long giveWay makes another goroutine wait.
func waits(g *gate) time.Duration {
	took := make(chan time.Duration)
	go func() {
		began := time.Now()
		g.giveWay(nil)
		took <- time.Since(began)
	}()
	return <-took
}

// TestGate is about how long one waits for a starved Update.
func TestGate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var g gate
		assert.Zero(t, waits(&g), "nobody is there")
		first, second := newStarved(), newStarved()
		g.enter(first)
		g.enter(second)
		assert.True(t, g.at.Load() == first, "one at a time")
		time.Sleep(10 * time.Millisecond)
		assert.Equal(t, 10*time.Millisecond, waits(&g), "as long as it has been there")
		time.Sleep(longestStay / 2)
		assert.Equal(t, longestWait, waits(&g), "but not too long")
		g.giveWay(first)

		time.AfterFunc(longestWait/2, func() { g.leave(first) })
		assert.Equal(t, longestWait/2, waits(&g), "nor longer than it takes")
		assert.True(t, g.at.Load() == nil)
		g.leave(second)

		third := newStarved()
		g.enter(third)
		time.Sleep(longestStay + 1)
		assert.Zero(t, waits(&g), "it has been there for too long")
		fourth := newStarved()
		g.enter(fourth)
		assert.True(t, g.at.Load() == fourth, "and another takes its place")
		g.leave(third)
		assert.True(t, g.at.Load() == fourth)
	})
}

// TestWritersGiveWay to an Update that is starved, and readers do not.
func TestWritersGiveWay(t *testing.T) {
	for name, write := range map[string]func(*Cell[int]){
		"Store":          func(c *Cell[int]) { c.Store(2) },
		"Swap":           func(c *Cell[int]) { c.Swap(2) },
		"CompareAndSwap": func(c *Cell[int]) { CompareAndSwap(c, 1, 2) },
		"Update":         func(c *Cell[int]) { c.Update(func(int) int { return 2 }) },
		"TryUpdate":      func(c *Cell[int]) { c.TryUpdate(func(int) (int, error) { return 2, nil }) },
	} {
		synctest.Test(t, func(t *testing.T) {
			c := New(1)
			c.gate.enter(newStarved())
			time.Sleep(10 * time.Millisecond)
			began := time.Now()
			assert.Equal(t, 1, c.Load())
			assert.Zero(t, time.Since(began), "Load")
			write(c)
			assert.Equal(t, 10*time.Millisecond, time.Since(began), name)
			assert.Equal(t, 2, c.Load(), name)
		})
	}
}
