package chunk_test

import (
	"context"
	"testing"
	"testing/synctest"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

func TestMemoryRemote(t *testing.T) {
	r := chunk.NewMemoryRemote()
	storetest.TestRemote(t, func(testing.TB) chunk.Remote { return r })
}

func TestMemoryRemoteCopies(t *testing.T) {
	ctx := context.Background()
	r := chunk.NewMemoryRemote()
	data := []byte("ash")
	c := chunk.Of(data)
	require.NoError(t, r.PutPack(ctx, chunk.Addr{1}, true, func(yield func(chunk.Chunk, error) bool) { yield(c, nil) }))
	data[0] = 'x'
	_, chunks, err := r.Pack(ctx, chunk.Addr{1})
	require.NoError(t, err)
	n := 0
	for got, err := range chunks {
		require.NoError(t, err)
		assert.Equal(t, "ash", string(got.Data))
		assert.Equal(t, chunk.Sum([]byte("ash")), got.Addr)
		n++
	}
	assert.Equal(t, 1, n)
}

// No goroutine is left when a watch ends: synctest fails if one is.
func TestMemoryRemoteWatchEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
		defer cancel()
		n := 0
		for range chunk.NewMemoryRemote().Watch(ctx, "a") {
			n++
		}
		assert.Equal(t, 1, n)
	})
}
