package store

import (
	"bytes"
	"context"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// counting is an engine that counts how often it is asked for a chunk.
type counting struct {
	chunk.Engine
	asked map[chunk.Addr]int
}

func (e *counting) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	e.asked[a]++
	return e.Engine.Get(ctx, a)
}

// TestCache: what fits is read once, there is never more than the limit, and what is used stays while others pass.
func TestCache(t *testing.T) {
	ctx := t.Context()
	const n, size, fit = 40, 1000, 10
	e := &counting{chunk.NewMemory(), map[chunk.Addr]int{}}
	var all []chunk.Chunk
	for i := range n {
		all = append(all, chunk.Of(bytes.Repeat([]byte{byte(i + 1)}, size)))
	}
	limit := fit * (size + entrySize)
	large := chunk.Of(make([]byte, limit/4))
	require.NoError(t, e.Put(ctx, append(all, large)))

	c := newCache(e, limit)
	get := func(x chunk.Chunk) {
		t.Helper()
		data, err := c.Get(ctx, x.Addr)
		require.NoError(t, err)
		require.Equal(t, x.Data, data)
		bytes := 0
		for _, p := range c.ring {
			if p.Data != nil {
				bytes += len(p.Data) + entrySize
			}
		}
		require.Equal(t, bytes, c.bytes)
		require.LessOrEqual(t, c.bytes, limit)
		require.Equal(t, len(c.ring), len(c.at)+len(c.free))
	}
	for range 3 {
		for _, x := range all[:fit] {
			get(x)
		}
	}
	for _, x := range all[:fit] {
		require.Equal(t, 1, e.asked[x.Addr])
	}
	for range 3 {
		for _, x := range all {
			get(x)
			get(all[0])
		}
	}
	require.Equal(t, 1, e.asked[all[0].Addr], "it was used between any two others")
	require.Greater(t, e.asked[all[n-1].Addr], 1, "others made room")
	require.Len(t, c.ring, fit, "places are used again")

	get(large)
	get(large)
	require.Equal(t, 2, e.asked[large.Addr], "it would take the place of many")
}
