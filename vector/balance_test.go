package vector

import (
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/invariants"
)

// levels returns the height of v's tree.
func levels[T any](v Vector[T]) int {
	if v.base() == nil || v.base().small() {
		return 0
	}
	return int(v.base().core().tree.level)
}

// highest returns the height that doc.go allows for n elements: all nodes but those at the
// edges have at least half of their children, and all leaves half of their elements.
func highest(n int) int {
	h := 2
	for leaves := n / (1 << leafBits[int]() / 2); leaves > 1; leaves /= half {
		h++
	}
	return h
}

// cost returns the average number of nodes and sizes that At looks at.
func cost[T any](v Vector[T]) float64 {
	if levels(v) == 0 {
		return 0
	}
	t := &v.base().core().tree
	if t.strict {
		return float64(t.level)
	}
	steps, reads := 0, 0
	for j := uint32(0); j < t.count; j += max(1, t.count/5000) {
		n, rest := t.root, j
		for level := t.level; ; level-- {
			guess := int(uint64(rest) * uint64(n.scale) >> 32)
			slot, r := n.find(rest)
			steps += 1 + max(guess-slot, slot-guess)
			if level == 1 {
				break
			}
			n, rest = n.kids[slot&fanMask].asNode(), r
		}
		reads++
	}
	return float64(steps) / float64(reads)
}

func balanced(t *testing.T, v Vector[int]) {
	t.Helper()
	assert.NoError(t, v.check())
	assert.LessOrEqual(t, levels(v), highest(v.Len()), "height for %d elements", v.Len())
	strict := built(v.Len())
	assert.LessOrEqual(t, cost(v), 2*cost(strict)+1, "steps of At for %d elements", v.Len())
}

// quick says that tests do less: where each step takes long.
func quick() bool { return testing.Short() || invariants.Enabled }

func times(n int) int {
	if quick() {
		return n / 10
	}
	return n
}

func TestPrependByConcat(t *testing.T) {
	var v Vector[int]
	n := times(100_000)
	for i := range n {
		v = Of(n - 1 - i).Concat(v)
	}
	balanced(t, v)
	same(t, upTo(n), v)

	v = Vector[int]{}
	for i := range n / 10 {
		v = Of(i, i, i, i, i, i, i).Concat(v)
	}
	balanced(t, v)
}

func TestInsertByCutting(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for _, at := range []func(n int) int{
		func(n int) int { return n / 2 },
		func(n int) int { return rng.IntN(n + 1) },
		func(n int) int { return n / 3 },
	} {
		v := built(5000)
		for i := range times(2000) {
			k := at(v.Len())
			v = v.Slice(0, k).Append(i).Concat(v.Slice(k, v.Len()))
		}
		balanced(t, v)
	}
}

func TestConcatOfOddSizes(t *testing.T) {
	for _, size := range []int{1, 2, 3, 7, 17, 31, 33, 63, 65, 100, 513, 1025} {
		piece := built(size)
		var right, left Vector[int]
		for range min(2000, 200_000/size) {
			right, left = right.Concat(piece), piece.Concat(left)
		}
		balanced(t, right)
		balanced(t, left)
		v := piece
		for v.Len() < 200_000 {
			v = v.Concat(v)
		}
		balanced(t, v)
	}
}

func TestRandomEditsStayBalanced(t *testing.T) {
	for seed := range uint64(8) {
		rng := rand.New(rand.NewPCG(seed, 3))
		v := built(rng.IntN(20_000))
		for range times(3000) {
			n := v.Len()
			i, j := rng.IntN(n+1), rng.IntN(n+1)
			i, j = min(i, j), max(i, j)
			switch rng.IntN(7) {
			case 0:
				v = v.Slice(i, n).Concat(v.Slice(0, i)) // rotate
			case 1:
				v = v.Insert(i, j)
			case 2:
				v = v.Delete(i, min(n, i+rng.IntN(5)))
			case 3:
				v = v.Slice(0, i).Concat(v.Slice(min(n, i+rng.IntN(200)), n))
			case 4:
				v = v.Concat(v.Slice(i, min(j, i+300)))
			case 5:
				v = v.Slice(max(0, i-200), i).Concat(v)
			case 6:
				v = v.Append(i).Prepend(j)
			}
			if v.Len() > 60_000 {
				v = v.Slice(20_000, 40_000)
			}
		}
		balanced(t, v)
	}
}

// Taking from one end while adding at the other keeps the tree strict, and its height.
func TestQueueStaysStrict(t *testing.T) {
	v := built(3000)
	for i := range times(100_000) {
		v = v.Append(i).Slice(1, 3001)
	}
	balanced(t, v)
	assert.True(t, v.base().core().tree.strict)
	for i := range times(100_000) {
		v = v.Prepend(i).Slice(0, 3000)
	}
	balanced(t, v)
	assert.True(t, v.base().core().tree.strict)
}
