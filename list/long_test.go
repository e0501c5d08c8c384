package list_test

import (
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"runtime/debug"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/list"
)

// TestLongLists does everything to lists and queues of ten million elements on a small stack: a function that called
// itself for each element would end the process.
func TestLongLists(t *testing.T) {
	n := 10_000_000
	if testing.Short() || invariants.Enabled || ^uint(0)>>32 == 0 {
		n = 300_000 // at 64 bytes a call, that is more than the stack as well
	}
	defer debug.SetMaxStack(debug.SetMaxStack(256 << 10))
	var l list.List[uint8]
	for i := range n {
		l = l.Push(uint8(i))
	}
	r := l.Reverse()
	require.Equal(t, n, r.Len())
	runtime.GC()
	assert.True(t, list.Equal(l, r.Reverse()))
	assert.True(t, list.EqualFunc(l, list.Map(l, func(x uint8) uint8 { return x }), func(x, y uint8) bool { return x == y }))
	both := l.Append(r)
	assert.Equal(t, 2*n, both.Len())
	k := 0
	for range both.All() {
		k++
	}
	assert.Equal(t, 2*n, k)

	q := list.QueueOf[uint8]()
	pushes := n / 10
	if invariants.Enabled {
		pushes = 1000 // each of which looks at all elements
	}
	for i := range pushes {
		q = q.Push(uint8(i))
	}
	same := list.CollectQueue(q.All())
	assert.True(t, list.EqualQueues(q, same))
	for same.Len() > 0 {
		if same = same.Rest(); invariants.Enabled {
			break
		}
	}

	short := l // as encodings and print take longer: enough to overflow the stack
	for short.Len() > 300_000 {
		short = short.Rest()
	}
	gob, err := short.GobEncode()
	require.NoError(t, err)
	var back list.List[uint8]
	require.NoError(t, back.GobDecode(gob))
	assert.True(t, list.Equal(short, back))
	text, err := json.Marshal(short)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(text, &back))
	assert.True(t, list.Equal(short, back))
	written, err := fmt.Fprint(io.Discard, short)
	require.NoError(t, err)
	assert.Greater(t, written, 2*short.Len())
	runtime.KeepAlive(l)
}
