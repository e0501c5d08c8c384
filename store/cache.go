package store

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/tree"
)

// A cache keeps verified chunks of an engine, up to a number of bytes, by the CLOCK algorithm (Corbató, 1968): a hand
// goes round, and what was not used since it last came by is dropped. Every chunk of a store is read through it, so
// what it returns is what was written.
type cache struct {
	engine chunk.Engine
	limit  int // of bytes; what is larger than a quarter of it is not kept

	mu    sync.Mutex
	at    map[chunk.Addr]int // from an address to its place in ring
	ring  []cached
	free  []int // places in ring
	hand  int
	bytes int
}

type cached struct {
	chunk.Chunk
	node tree.Node // of the chunk, once it was asked for as one
	open bool      // node is set
	used bool
}

func newCache(e chunk.Engine, limit int) *cache {
	return &cache{engine: e, limit: limit, at: map[chunk.Addr]int{}}
}

// Get returns the bytes of a chunk, which are those of the address. They are read only.
func (c *cache) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	c.mu.Lock()
	if i, ok := c.at[a]; ok {
		c.ring[i].used = true
		data := c.ring[i].Data
		c.mu.Unlock()
		return data, nil
	}
	c.mu.Unlock()
	if data, ok := emptyTrees()[a]; ok {
		return data, nil // what is not stored is empty
	}
	data, err := c.engine.Get(ctx, a)
	if err != nil {
		return nil, err
	}
	if got := chunk.Sum(data); got != a {
		return nil, fmt.Errorf("store: the bytes of chunk %s are those of %s: %w", a, got, ErrDamaged)
	}
	c.add(chunk.Chunk{Addr: a, Data: data})
	return data, nil
}

// Node is Get for a node, which is looked through only once as long as the cache keeps it.
func (c *cache) Node(ctx context.Context, a chunk.Addr) (tree.Node, error) {
	c.mu.Lock()
	if i, ok := c.at[a]; ok && c.ring[i].open {
		c.ring[i].used = true
		n := c.ring[i].node
		c.mu.Unlock()
		return n, nil
	}
	c.mu.Unlock()
	data, err := c.Get(ctx, a)
	if err != nil {
		return tree.Node{}, err
	}
	n, err := tree.Open(data)
	if err != nil {
		return n, err
	}
	c.mu.Lock()
	if i, ok := c.at[a]; ok {
		c.ring[i].node, c.ring[i].open = n, true
	}
	c.mu.Unlock()
	return n, nil
}

// add keeps a chunk that is verified.
func (c *cache) add(x chunk.Chunk) {
	size := len(x.Data) + entrySize
	if size > c.limit/4 {
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if _, ok := c.at[x.Addr]; ok {
		return
	}
	for c.bytes+size > c.limit {
		if c.hand++; c.hand >= len(c.ring) {
			c.hand = 0
		}
		switch p := &c.ring[c.hand]; {
		case p.Data == nil: // free
		case p.used:
			p.used = false
		default:
			c.drop(c.hand)
		}
	}
	i := len(c.ring)
	if n := len(c.free); n > 0 {
		i, c.free = c.free[n-1], c.free[:n-1]
		c.ring[i] = cached{Chunk: x}
	} else {
		c.ring = append(c.ring, cached{Chunk: x})
	}
	c.at[x.Addr] = i
	c.bytes += size
}

// forget drops what the engine does not have any more; everything, if that cannot be found out.
func (c *cache) forget(ctx context.Context) {
	c.mu.Lock()
	as := slices.Collect(maps.Keys(c.at))
	c.mu.Unlock()
	if len(as) == 0 {
		return
	}
	if gone, err := c.engine.Missing(ctx, as); err == nil {
		as = gone
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, a := range as {
		if i, ok := c.at[a]; ok {
			c.drop(i)
		}
	}
}

// drop makes a place in ring free.
func (c *cache) drop(i int) {
	p := &c.ring[i]
	c.bytes -= len(p.Data) + entrySize
	delete(c.at, p.Addr)
	*p = cached{}
	c.free = append(c.free, i)
}

// entrySize is about what the cache needs for a chunk besides its bytes.
const entrySize = 192
