package list

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCheckSeesDamage breaks each invariant, on a queue in each phase.
func TestCheckSeesDamage(t *testing.T) {
	seen := map[int]int{}
	for n := range 60 {
		var q Queue[int]
		for i := range n {
			q = q.Push(i)
		}
		require.NoError(t, q.check())
		turn := func(f func(t *rotation[int])) (Queue[int], bool) {
			if q.turn.get() == nil {
				return q, false
			}
			d, r := q, *q.turn.get()
			f(&r)
			d.turn = refTo(&r)
			return d, true
		}
		damaged := func(invariant int, d Queue[int], ok bool) {
			if ok {
				seen[invariant]++
				assert.ErrorContains(t, d.check(), fmt.Sprintf("invariant %d:", invariant), "of %d", n)
			}
		}
		d := q
		d.nRear += n + 1
		damaged(1, d, true)
		d = Queue[int]{front: refTo(&node[int]{})}
		damaged(1, d, true)
		d = q
		d.rear = refTo(&node[int]{rest: d.rear.get()})
		damaged(2, d, n > 0)
		d = q
		d.nFront++
		damaged(2, d, n > 0)
		d = q
		d.front = ref[node[int]]{}
		damaged(3, d, n > 0)
		d, ok := turn(func(r *rotation[int]) { *r = rotation[int]{back: q.front.get()} })
		damaged(4, d, ok)
		reversing := q.turn.get() != nil && q.turn.get().reversing()
		d, ok = turn(func(r *rotation[int]) { r.front = &node[int]{rest: r.front} })
		damaged(5, d, ok)
		d, ok = turn(func(r *rotation[int]) { r.valid += 100 })
		damaged(5, d, ok && reversing)
	}
	for i := 1; i <= 5; i++ {
		assert.Greater(t, seen[i], 10, "invariant %d", i)
	}
}
