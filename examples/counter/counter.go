package main

import (
	"maps"
	"sync"
	"sync/atomic"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
)

// A counter counts the visits to pages. Many goroutines use it at once.
type counter interface {
	count(page string)
	visits(page string) int
	total() int
}

// byHand is what people write: a map that is never changed once it is published. Readers need no lock. A writer copies
// the whole map, and takes the lock, so that no other copies the same map meanwhile.
type byHand struct {
	mu  sync.Mutex
	now atomic.Value // a map[string]int
}

func newByHand(pages map[string]int) *byHand {
	c := new(byHand)
	c.now.Store(maps.Clone(pages))
	return c
}

func (c *byHand) load() map[string]int { return c.now.Load().(map[string]int) }

func (c *byHand) visits(page string) int { return c.load()[page] }

func (c *byHand) count(page string) {
	c.mu.Lock()
	defer c.mu.Unlock()
	next := maps.Clone(c.load())
	next[page]++
	c.now.Store(next)
}

func (c *byHand) total() (sum int) {
	for _, n := range c.load() {
		sum += n
	}
	return sum
}

// careless is byHand without the lock. Nothing complains, not even the race detector: but of two writers that copy the
// same map, the count of one is lost.
type careless struct{ *byHand }

func (c careless) count(page string) {
	next := maps.Clone(c.load())
	next[page]++
	c.now.Store(next)
}

// inCell is a persistent map in a cell. A writer makes a version that shares all but a few nodes with the one before, and
// there is no lock to forget: a change is a function, which the cell runs again if another writer was faster.
type inCell struct {
	now cell.Cell[hamt.Map[string, int]]
}

func newInCell(pages map[string]int) *inCell {
	c := new(inCell)
	c.now.Store(hamt.MapOf(pages))
	return c
}

func (c *inCell) visits(page string) int { return c.now.Load().Get(page) }

func (c *inCell) count(page string) {
	c.now.Update(func(m hamt.Map[string, int]) hamt.Map[string, int] { return m.Set(page, m.Get(page)+1) })
}

func (c *inCell) total() (sum int) {
	for n := range c.now.Load().Values() {
		sum += n
	}
	return sum
}
