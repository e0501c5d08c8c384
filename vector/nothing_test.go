package vector_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/transient"
	"github.com/ramet-go/ramet/vector"
)

// Whatever changes nothing returns its receiver, and allocates nothing.
func TestNothingChangesNothing(t *testing.T) {
	none, noInts := slices.Values([]diff.Splice[int]{}), slices.Values([]int{})
	for _, n := range []int{0, 1, 20, 5000} {
		var sorted []int
		for i := range n {
			sorted = append(sorted, i/2)
		}
		v := vector.Of(sorted...)
		part := v.Slice(0, n/2)
		ops := map[string]func() bool{
			"Append":   func() bool { return v.Append() == v },
			"Prepend":  func() bool { return v.Prepend() == v },
			"Insert":   func() bool { return v.Insert(0) == v && v.Insert(n/2) == v && v.Insert(n) == v },
			"Delete":   func() bool { return v.Delete(0, 0) == v && v.Delete(n/2, n/2) == v && v.Delete(n, n) == v },
			"Slice":    func() bool { return v.Slice(0, n) == v },
			"Concat":   func() bool { return v.Concat(vector.Vector[int]{}) == v && (vector.Vector[int]{}).Concat(v) == v },
			"Filter":   func() bool { return v.Filter(func(int) bool { return true }) == v },
			"SortFunc": func() bool { return v.SortFunc(cmp.Compare[int]) == v },
			"Apply":    func() bool { return vector.Apply(v, none) == v },
			"Merge":    func() bool { got, overlaps := vector.Merge(v, v, v); return got == v && overlaps == nil },
			"MergeFunc": func() bool {
				got, overlaps := vector.MergeFunc(part, v, part, func(a, b int) bool { return a == b })
				return got == v && overlaps == nil
			},
			"Diff": func() bool {
				for range vector.Diff(v, v) {
					return false
				}
				return true
			},
			"DiffFunc": func() bool {
				for range vector.DiffFunc(v, v, func(a, b int) bool { return a == b }) {
					return false
				}
				return true
			},
			"Merge, theirs as base": func() bool { got, overlaps := vector.Merge(part, v, part); return got == v && overlaps == nil },
			"SetIfChanged":          func() bool { return n == 0 || vector.SetIfChanged(v, n/2, v.At(n/2)) == v },
			"SetIfChangedFunc": func() bool {
				return n == 0 || vector.SetIfChangedFunc(v, n/2, -1, func(int, int) bool { return true }) == v
			},
			"UpdateIfChanged": func() bool {
				return n == 0 || vector.UpdateIfChanged(v, n/2, func(x int) int { return x }) == v
			},
			"DeleteFunc": func() bool { return v.DeleteFunc(func(int) bool { return false }) == v },
			"Sort":       func() bool { return vector.Sort(v) == v },
			"AppendSeq":  func() bool { return v.AppendSeq(noInts) == v },
			"TryApply":   func() bool { got, err := vector.TryApply(v, none); return got == v && err == nil },
		}
		if n < 2 {
			ops["Reverse"] = func() bool { return v.Reverse() == v }
		}
		for op, f := range ops {
			assert.True(t, f(), "%s of %d: not the same version", op, n)
			if got := testing.AllocsPerRun(20, func() { f() }); got != 0 && !invariants.Enabled {
				t.Errorf("%s of %d allocates %v times", op, n, got)
			}
		}
		// A builder is an object, which these need; what they return is the receiver.
		assert.True(t, v.Builder().Build() == v)
		assert.True(t, transient.Update(v, func(*vector.Builder[int]) {}) == v)
	}
}
