package history_test

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/internal/invariants"
)

// Whatever changes nothing returns its receiver, and allocates nothing.
func TestNothingChangesNothing(t *testing.T) {
	for _, n := range []int{0, 1, 100} {
		for _, branching := range []bool{false, true} {
			for _, limit := range []int{0, 50} {
				h := history.New(0).Limit(limit).Branching(branching)
				for i := range n {
					h = h.Do(i)
				}
				h, _ = h.Jump(-n / 3)
				ops := map[string]func() bool{
					"Limit":     func() bool { return h.Limit(limit) == h },
					"LimitFunc": func() bool { return h.LimitFunc(nil, 0) == h },
					"Branching": func() bool { return h.Branching(branching) == h },
					"Jump":      func() bool { got, ok := h.Jump(0); return ok && got == h },
					"Jump too far": func() bool {
						got, ok := h.Jump(-1000)
						further, really := h.Jump(1000)
						return !ok && !really && got == h && further == h
					},
					"Undo": func() bool { got, ok := h.Undo(); return ok || got == h },
					"Redo": func() bool { got, ok := h.Redo(); return ok || got == h },
				}
				for op, f := range ops {
					assert.True(t, f(), "%s of %d: not the same version", op, n)
					if op != "Undo" && op != "Redo" || n == 0 {
						if got := testing.AllocsPerRun(20, func() { f() }); got != 0 && !invariants.Enabled {
							t.Errorf("%s of %d allocates %v times", op, n, got)
						}
					}
				}
			}
		}
	}
}
