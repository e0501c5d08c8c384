package list_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/list"
)

// everyPhase calls do with queues that have come about one by one, in every phase of a rotation, and their elements.
func everyPhase(t *testing.T, do func(q queue, s []int)) {
	var reversing, appending, idle int
	for _, n := range []int{0, 1, 5, 20, 60} {
		q, s := list.QueueOf(upTo(n)...), upTo(n)
		for i := range 2*n + 10 {
			q, s = q.Push(n+i), append(s, n+i)
			if i%3 == 0 {
				q, s = q.Rest(), s[1:]
			}
			switch r, a := list.Turning(q); {
			case r:
				reversing++
			case a:
				appending++
			default:
				idle++
			}
			do(q, slices.Clone(s))
		}
	}
	require.True(t, reversing > 20 && appending > 20 && idle > 20, "%d, %d, %d", reversing, appending, idle)
}

// TestQueueSeveralAtOnce is one after the other.
func TestQueueSeveralAtOnce(t *testing.T) {
	everyPhase(t, func(q queue, s []int) {
		for _, k := range []int{0, 1, 2, 3, len(s) / 2, max(len(s)-1, 0), len(s), len(s) + 1, 3 * len(s)} {
			more := upTo(k)
			pushed := q.PushAll(slices.Values(more))
			queueHolds(t, append(slices.Clone(s), more...), pushed, "PushAll of %d to %d", k, len(s))
			dropped := q.Drop(k)
			queueHolds(t, s[min(k, len(s)):], dropped, "Drop of %d of %d", k, len(s))
			first, rest := q.Take(k)
			require.True(t, slices.Equal(s[:min(k, len(s))], first), "Take of %d of %d", k, len(s))
			require.Equal(t, len(first), cap(first))
			queueHolds(t, s[min(k, len(s)):], rest, "Take of %d of %d", k, len(s))
			queueHolds(t, append(slices.Clone(s[min(k, len(s)):]), 7), dropped.Push(7), "and it goes on")
			queueHolds(t, append(slices.Clone(s), append(more, 7)...)[1:], pushed.Push(7).Rest(), "and it goes on")
			require.Equal(t, k == 0, pushed == q)
			require.Equal(t, k == 0 || len(s) == 0, dropped == q)
		}
		queueHolds(t, s, q)
	})
	assert.PanicsWithValue(t, "list: Drop of -1 elements", func() { queue{}.Drop(-1) })
	assert.PanicsWithValue(t, "list: Take of -1 elements", func() { queue{}.Take(-1) })
	assert.PanicsWithValue(t, "list: PushAll of a nil function", func() { queue{}.PushAll(nil) })
}

// TestQueueSeveralIsOneVersion: what is only for versions in between is not made.
func TestQueueSeveralIsOneVersion(t *testing.T) {
	if invariants.Enabled {
		t.Skip("the checks of this build allocate")
	}
	const n = 1000
	q := list.QueueOf(upTo(n)...)
	some := slices.Values(upTo(n))
	single := testing.AllocsPerRun(3, func() {
		p := q
		for x := range some {
			p = p.Push(x)
		}
		for range n {
			p = p.Rest()
		}
	})
	several := testing.AllocsPerRun(3, func() { q.PushAll(some).Drop(n) })
	assert.Less(t, several+n/2, single, "objects")
	assert.LessOrEqual(t, testing.AllocsPerRun(3, func() { q.Drop(n - 1) }), 1.0, "no rotation begins")
	assert.LessOrEqual(t, testing.AllocsPerRun(3, func() { q.Take(n - 1) }), 2.0)
}
