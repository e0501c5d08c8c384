package list_test

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/list"
)

type queue = list.Queue[int]

// queueHolds fails unless q has the elements of s, and its invariants hold.
func queueHolds[T any](t *testing.T, s []T, q list.Queue[T], msg ...any) {
	t.Helper()
	require.NoError(t, list.Check(q), msg...)
	require.Equal(t, len(s), q.Len(), msg...)
	require.Equal(t, append(make([]T, 0, len(s)), s...), slices.AppendSeq(make([]T, 0, len(s)), q.All()), msg...)
	first, ok := q.First()
	require.Equal(t, len(s) > 0, ok, msg...)
	if ok {
		require.Equal(t, s[0], first, msg...)
	} else {
		require.True(t, q == list.Queue[T]{} && q.Rest() == q, msg...)
	}
}

// TestQueueModel goes through every program of Push and Rest of a length, and keeps all versions: each is the next
// one's past in two ways.
func TestQueueModel(t *testing.T) {
	depth := 13
	if invariants.Enabled {
		depth = 9
	}
	for _, n := range []int{0, 20} { // 20 pushed one by one: a rotation is not done at once
		var q queue
		for i := range n {
			q = q.Push(i)
		}
		var try func(q queue, s []int, depth int)
		try = func(q queue, s []int, depth int) {
			queueHolds(t, s, q)
			if depth > 0 {
				try(q.Push(depth), append(s[:len(s):len(s)], depth), depth-1)
				try(q.Rest(), s[min(1, len(s)):], depth-1)
				queueHolds(t, s, q)
			}
		}
		try(q, upTo(n), depth)
	}
}

// TestQueueRandom runs long programs over several live versions, and reaches every phase of a rotation.
func TestQueueRandom(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	length := 4000
	if invariants.Enabled {
		length = 600
	}
	type version struct {
		q queue
		s []int
	}
	var versions [8]version
	var reversing, appending, idle, longest int
	for i := range length {
		v := versions[rng.IntN(len(versions))]
		growing := i/(length/6)%2 == 0
		for range 1 + rng.IntN(20) {
			if rng.IntN(10) < 4 == growing {
				v = version{v.q.Rest(), v.s[min(1, len(v.s)):]}
			} else {
				v = version{v.q.Push(i), append(v.s[:len(v.s):len(v.s)], i)}
			}
			r, a := list.Turning(v.q)
			switch {
			case r:
				reversing++
			case a:
				appending++
			default:
				idle++
			}
		}
		longest = max(longest, len(v.s))
		queueHolds(t, v.s, v.q)
		versions[rng.IntN(len(versions))] = v
	}
	for _, v := range versions {
		queueHolds(t, v.s, v.q)
	}
	assert.True(t, reversing > 50 && appending > 50 && idle > 50, "%d, %d, %d", reversing, appending, idle)
	assert.Greater(t, longest, 100)
}

// TestQueueWorstCase: every operation on every version of a queue that grows and shrinks allocates a bounded number
// of objects. What does not allocate here does nothing that takes long.
func TestQueueWorstCase(t *testing.T) {
	if invariants.Enabled {
		t.Skip("the checks of this build allocate")
	}
	const most = 18 // the element, twice firstSteps, and a rotation
	var q queue
	var versions []queue
	for i := range 3000 {
		q = q.Push(i)
		versions = append(versions, q)
	}
	for q.Len() > 0 {
		if q = q.Rest(); q.Len()%3 == 0 {
			q = q.Push(1).Rest()
		}
		versions = append(versions, q)
	}
	begun := 0.0
	for i, q := range versions {
		push := testing.AllocsPerRun(1, func() { q.Push(1) })
		rest := testing.AllocsPerRun(1, func() { q.Rest() })
		begun = max(begun, push, rest)
		if push > most || rest > 5 && rest > most {
			t.Fatalf("version %d, of %d elements: Push allocates %v objects, Rest %v", i, q.Len(), push, rest)
		}
	}
	assert.EqualValues(t, most, begun, "a rotation begins somewhere")
}

func TestQueueEqual(t *testing.T) {
	var grown queue
	for i := range 100 {
		grown = grown.Push(i - 50)
	}
	for range 50 {
		grown = grown.Rest()
	}
	eq := func(x, y int) bool { return x == y }
	other := list.QueueOf(upTo(50)...)
	assert.True(t, list.EqualQueues(grown, other) && list.EqualQueues(other, grown) && list.EqualQueues(grown, grown))
	assert.True(t, list.EqualQueues(queue{}, queue{}))
	assert.True(t, list.EqualQueuesFunc(queue{}, list.Queue[string]{}, func(int, string) bool { return false }))
	assert.False(t, list.EqualQueues(grown, other.Push(1)) || list.EqualQueues(grown.Push(2), other.Push(1)) || list.EqualQueues(grown, other.Rest().Push(0)))
	assert.True(t, list.EqualQueuesFunc(grown, list.QueueOf(make([]string, 50)...), func(int, string) bool { return true }))
	calls := 0
	assert.True(t, list.EqualQueuesFunc(grown.Push(1), grown.Push(1), func(x, y int) bool { calls++; return eq(x, y) }))
	assert.Less(t, calls, 60)
	next, stop := iter.Pull(list.CollectQueue(grown.All()).All())
	defer stop()
	x, ok := next()
	assert.True(t, ok && x == 0)
}

// TestBackwardRanges of queues whose rear is longer than what an iterator remembers: once, twice and three times as
// deep.
func TestBackwardRanges(t *testing.T) {
	sizes := []int{1, 63, 64, 65, 128, 4095, 4096, 4097, 5000, 300_000}
	if invariants.Enabled {
		sizes = sizes[:5]
	}
	for _, n := range sizes {
		q := list.QueueOf(upTo(n)...) // and then n in the rear
		for i := range n {
			q = q.Push(n + i)
		}
		i := 0
		for x := range q.All() {
			if x != i {
				t.Fatalf("%d at %d of %d", x, i, 2*n)
			}
			i++
		}
		require.Equal(t, 2*n, i)
		for _, leave := range []int{n + 1, n + 64, n + 65, 2*n - 1} { // inside of the rear
			i := 0
			for range q.All() {
				if i++; i >= leave {
					break
				}
			}
			assert.Equal(t, max(1, min(leave, 2*n)), i)
		}
	}
}

// TestIteratorsAreRestartable: each range is its own, and sees the version that it was taken from.
func TestIteratorsAreRestartable(t *testing.T) {
	q, l := queue{}, ints{}
	for i := range 41 {
		q, l = q.Push(i), l.Push(40-i)
	}
	for name, seq := range map[string]iter.Seq[int]{"list": l.All(), "queue": q.All()} {
		q.Rest().Push(1)
		for range 2 {
			assert.Equal(t, upTo(41), slices.Collect(seq), name)
		}
		for x := range seq {
			n := 0
			for y := range seq {
				if n++; y > x {
					break
				}
			}
			assert.Equal(t, min(x+2, 41), n, "%s in itself", name)
		}
		assert.NoError(t, testkit.Exercise(func(yield func(int, int) bool) {
			seq(func(x int) bool { return yield(x, x) })
		}, 7, 41), name)
	}
	assert.Equal(t, "[1 2 3]", fmt.Sprint(list.CollectQueue(slices.Values([]int{1, 2, 3}))))
}
