package list_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/list"
)

// Whatever changes nothing returns its receiver, and allocates nothing.
func TestNothingChangesNothing(t *testing.T) {
	none := slices.Values([]int{})
	for _, n := range []int{0, 1, 1000} {
		l := list.Of(make([]int, n)...)
		q := list.QueueOf(make([]int, n)...)
		ops := map[string]func() bool{
			"Append":  func() bool { return l.Append(list.List[int]{}) == l && (list.List[int]{}).Append(l) == l },
			"Reverse": func() bool { return n > 1 || l.Reverse() == l },
			"PushAll": func() bool { return q.PushAll(none) == q },
			"Drop":    func() bool { return q.Drop(0) == q && (n > 0 || q.Drop(1) == q) },
			"Take":    func() bool { first, rest := q.Take(0); return first == nil && rest == q },
			"Rest":    func() bool { return n > 0 || l.Rest() == l && q.Rest() == q },
		}
		for op, f := range ops {
			assert.True(t, f(), "%s of %d: not the same version", op, n)
			if got := testing.AllocsPerRun(20, func() { f() }); got != 0 && !invariants.Enabled {
				t.Errorf("%s of %d allocates %v times", op, n, got)
			}
		}
	}
}
