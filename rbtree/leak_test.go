package rbtree_test

import (
	"testing"

	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/rbtree"
)

type heavy = testkit.Heavy

func byID(a, b *heavy) int { return a.ID - b.ID }

const litterSize = 5*rbtree.LeafMost + 1

// TestNothingIsRetained: keys and values that a version or a builder no longer has can be
// collected while it lives.
func TestNothingIsRetained(t *testing.T) {
	type m = rbtree.Map[*heavy, *heavy]
	ops := &testkit.Maps[*heavy, *heavy, m, *rbtree.MapBuilder[*heavy, *heavy]]{
		MapValues: rbtree.MapValues[*heavy, *heavy, *heavy],
		Apply:     rbtree.Apply[*heavy, *heavy],
		Diff:      rbtree.Diff[*heavy, *heavy],
	}
	const half = litterSize / 2
	testkit.Retained(t, ops, rbtree.NewMapFunc[*heavy, *heavy](byID), litterSize, []testkit.Way[m]{
		{Name: "Delete of all but one, from the greatest", Keys: 1, Values: 1, Do: func(v m) any {
			for k := range v.Backward() {
				if k.ID > 0 {
					v = v.Delete(k)
				}
			}
			return v
		}},
		{Name: "a part of a Split", Keys: litterSize / 4, Values: litterSize / 4, Do: func(v m) any {
			k, _ := v.At(litterSize / 4)
			below, _, _, _ := v.Split(k)
			return below
		}},
		{Name: "a Span's map", Keys: half, Values: half, Do: func(v m) any {
			k, _ := v.At(half / 2)
			l, _ := v.At(half/2 + half)
			return v.From(k).Below(l).Map()
		}},
		{Name: "Join", Keys: half, Values: half, Do: func(v m) any {
			k, _ := v.At(half / 2)
			l, _ := v.At(litterSize - half + half/2)
			return v.Below(k).Map().Join(v.From(l).Map())
		}},
	}...)
}

func TestShrunkNodesHoldNothing(t *testing.T) {
	leaves := func(m rbtree.Map[int, *heavy]) int { return rbtree.StatsOf(m).Leaves }
	testkit.Shrunk(t, rbtree.Map[int, *heavy]{}, leaves, 6*rbtree.LeafMost, rbtree.LeafMost)
}
