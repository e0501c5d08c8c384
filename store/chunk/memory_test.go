package chunk

import (
	"context"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The conformance kit tests the rest, in package storetest.
func TestMemoryCopies(t *testing.T) {
	ctx := context.Background()
	m := NewMemory()
	data := []byte("ash")
	a := Sum(data)
	require.NoError(t, m.Put(ctx, []Chunk{{a, data}}))
	data[0] = 'x'
	got, err := m.Get(ctx, a)
	require.NoError(t, err)
	assert.Equal(t, "ash", string(got))
	got[0] = 'x'
	again, err := m.Get(ctx, a)
	require.NoError(t, err)
	assert.Equal(t, "ash", string(again))
}

func TestMemoryWhatIsNoChunk(t *testing.T) {
	ctx := context.Background()
	m := NewMemory()
	assert.Error(t, m.Put(ctx, []Chunk{{Addr{1}, make([]byte, MaxSize+1)}}))
	assert.NoError(t, m.Put(ctx, []Chunk{Of(make([]byte, MaxSize))}))
	assert.Error(t, m.Put(ctx, []Chunk{{}}))
	_, err := m.Commit(ctx, []Chunk{{}}, Swap{Name: "a", Target: Addr{1}, Time: time.Now()})
	assert.Error(t, err)
}
