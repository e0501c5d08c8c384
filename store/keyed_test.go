package store

import (
	"math"
	"testing"

	"github.com/stretchr/testify/assert"
)

// TestRoomFor: large entries among the first do not make it reserve what no machine has, on 32 bits either.
func TestRoomFor(t *testing.T) {
	const most = 64 << 20
	assert.Equal(t, 0, roomFor(16*sample, 0))
	assert.Equal(t, 0, roomFor(16*sample, -1), "a collection that yields more than it says")
	assert.Equal(t, 19*1000, roomFor(16*sample, 1000))
	assert.LessOrEqual(t, roomFor(16<<20, 1<<20), most)
	assert.LessOrEqual(t, roomFor(math.MaxInt32, 1<<30), most)
	assert.Positive(t, roomFor(math.MaxInt32, 1<<30))
}
