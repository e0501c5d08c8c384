package rbtree

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/invariants"
)

// TestZipKeepsWithinItsBounds: a part of a divided operation walks from somewhere to somewhere in its
// trees, and must not go on into the next part, whether the trees share nodes there or not.
func TestZipKeepsWithinItsBounds(t *testing.T) {
	n := leafMost*(fanMax+1) + 1
	var b MapBuilder[int, int]
	for k := range n {
		b.Set(k, k)
	}
	m := b.Build()
	require.LessOrEqual(t, 2, int(m.root().level))
	beyond := Map[int, int]{}.Set(n, 0)
	step := 1
	if testing.Short() || invariants.Enabled {
		step = 3
	}
	subtrees := 0
	for from := 0; from < n; from++ {
		for to := from + 1; to <= n; to += step {
			z := zip[int]{by: m.by, a: walk[int](m.tree(), from, to), b: walk[int](m.tree(), from, to)}
			for i := from; ; {
				r, n := z.next()
				if r == end {
					require.Equal(t, to, i, "from %d", from)
					break
				}
				if z.inA != z.inB || z.inA.index != i || *keyAt[int](z.inA.leaf, z.inA.at) != i || r != shared && r != matched {
					require.Fail(t, "out of step", "[%d, %d): %d of %d at %d", from, to, r, n, i)
				}
				if n > leafMost {
					subtrees++
				}
				i += n
			}
			z = zip[int]{by: m.by, a: walk[int](m.tree(), from, to), b: walk[int](beyond.tree(), 0, 1)}
			if r, n := z.next(); r != onlyA || n != to-from {
				require.Fail(t, "too far", "[%d, %d): %d of %d", from, to, r, n)
			}
		}
	}
	require.Positive(t, subtrees)
}
