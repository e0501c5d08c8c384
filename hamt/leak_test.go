package hamt_test

import (
	"testing"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

type heavy = testkit.Heavy

// TestNothingIsRetained: keys and values that a version or a builder no longer has can be
// collected while it lives.
func TestNothingIsRetained(t *testing.T) {
	ops := &testkit.Maps[*heavy, *heavy, hamt.Map[*heavy, *heavy], *hamt.MapBuilder[*heavy, *heavy]]{
		MapValues: hamt.MapValues[*heavy, *heavy, *heavy],
		Apply:     hamt.Apply[*heavy, *heavy],
		Diff:      hamt.Diff[*heavy, *heavy],
	}
	for name, h := range map[string]hamt.Hasher[*heavy]{"default": nil, "collision": testkit.Constant[*heavy]()} {
		t.Run(name, func(t *testing.T) {
			testkit.Retained(t, ops, hamt.NewMap[*heavy, *heavy](h), 3*hamt.LeafMax+1)
		})
	}
}

func TestShrunkNodesHoldNothing(t *testing.T) {
	leaves := func(m hamt.Map[int, *heavy]) int { return hamt.StatsOf(m).Leaves }
	testkit.Shrunk(t, hamt.Map[int, *heavy]{}, leaves, 6*hamt.LeafMax, hamt.LeafMax+3)
}
