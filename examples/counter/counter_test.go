package main

import (
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

// TestNoCountIsLost: goroutines that all count the same pages, while others read.
func TestNoCountIsLost(t *testing.T) {
	const goroutines, each = 8, 300
	names, pages := site(5)
	for _, c := range []counter{newByHand(pages), newInCell(pages)} {
		var wg sync.WaitGroup
		for range goroutines {
			wg.Go(func() {
				for i := range each {
					before := c.visits(names[i%5])
					c.count(names[i%5])
					assert.Greater(t, c.visits(names[i%5]), before)
				}
			})
		}
		wg.Wait()
		assert.Equal(t, goroutines*each, c.total(), "%T", c)
		assert.Equal(t, goroutines*each/5, c.visits(names[0]), "%T", c)
	}
	assert.Equal(t, make([]int, 5), []int{pages[names[0]], pages[names[1]], pages[names[2]], pages[names[3]], pages[names[4]]},
		"what a counter begins with is not its own")
}

// forgetful loses every second count.
type forgetful struct {
	counter
	mu    sync.Mutex
	calls int
}

func (c *forgetful) count(page string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.calls++; c.calls%2 == 0 {
		c.counter.count(page)
	}
}

func TestLostCountsAreSeen(t *testing.T) {
	names, pages := site(3)
	_, err := measure(&forgetful{counter: newInCell(pages)}, options{goroutines: 2, time: 1}, names, counter.count, true)
	assert.ErrorContains(t, err, "are lost")
}

func TestReport(t *testing.T) {
	var out, errs strings.Builder
	require.Zero(t, run([]string{"-pages", "20", "-time", "2ms", "-g", "3"}, &out, &errs), errs.String())
	assert.Empty(t, errs.String())
	for _, want := range []string{"3 goroutines at once", "\na count, 10 pages ", "\na read, 10 pages ", "\na count, 20 pages ", "Every count of both"} {
		assert.Contains(t, out.String(), want)
	}
	for args, code := range map[string]int{"help": cli.OK, "-g 0": cli.Usage, "-time 0s": cli.Usage, "-pages 0": cli.Usage, "more": cli.Usage} {
		errs.Reset()
		assert.Equal(t, code, run(strings.Fields(args), &out, &errs), args)
		assert.Equal(t, code != cli.OK, errs.String() != "", args)
	}
}
