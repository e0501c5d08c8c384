package vector_test

import (
	"cmp"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/transient"
	"github.com/ramet-go/ramet/vector"
)

// TestNoOpsReturnTheReceiver: what changes nothing returns the version itself, and allocates
// nothing.
func TestNoOpsReturnTheReceiver(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			var none []int
			empty := vec{}
			all := func(int) bool { return true }
			for name, do := range map[string]func() vec{
				"Slice":                  func() vec { return v.Slice(0, n) },
				"Append":                 func() vec { return v.Append() },
				"Append of an empty one": func() vec { return v.Append(none[:0]...) },
				"Prepend":                func() vec { return v.Prepend() },
				"Insert at 0":            func() vec { return v.Insert(0) },
				"Insert in the middle":   func() vec { return v.Insert(n / 2) },
				"Insert at the end":      func() vec { return v.Insert(n, none...) },
				"Delete at 0":            func() vec { return v.Delete(0, 0) },
				"Delete in the middle":   func() vec { return v.Delete(n/2, n/2) },
				"Delete at the end":      func() vec { return v.Delete(n, n) },
				"Concat with empty":      func() vec { return v.Concat(empty) },
				"Concat of empty":        func() vec { return empty.Concat(v) },
				"Concat with a cut":      func() vec { return v.Concat(v.Slice(n/2, n/2)) },
				"Filter":                 func() vec { return v.Filter(all) },
				"SortFunc":               func() vec { return v.SortFunc(cmp.Compare[int]) },
				"SortFunc of equals":     func() vec { return v.SortFunc(func(int, int) int { return 0 }) },
			} {
				assert.True(t, do() == v, "%s of %d", name, n)
				allocs(t, 0, name, func() {
					if do() != v {
						t.Error("another version")
					}
				})
			}
			for name, do := range map[string]func() vec{
				"Builder":          func() vec { return v.Builder().Build() },
				"Builder twice":    func() vec { b := v.Builder(); b.Build(); return b.Build() },
				"transient.Update": func() vec { return transient.Update(v, func(*builder) {}) },
				"a builder's no-ops": func() vec {
					return transient.Update(v, func(b *builder) {
						b.Append()
						b.Prepend()
						b.Insert(0)
						b.Insert(n/2, none...)
						b.Insert(n)
						b.Delete(n/2, n/2)
						b.Concat(empty)
						b.Truncate(n)
						for range b.Values() {
							break
						}
						b.Len()
					})
				},
				"a builder's Concat": func() vec { var b builder; b.Concat(v); return b.Build() },
				"Apply of nothing":   func() vec { return vector.Apply(v, func(func(diff.Splice[int]) bool) {}) },
				"Apply of Diff":      func() vec { return vector.Apply(v, vector.Diff(v, v)) },
				"Apply of a splice of nothing": func() vec {
					return vector.Apply(v, slices.Values([]diff.Splice[int]{{At: n}, {At: n / 2}, {At: 0, Old: none, New: none}}))
				},
			} {
				assert.True(t, do() == v, "%s of %d", name, n)
			}
			if n <= 1 {
				assert.True(t, v.Reverse() == v)
			}
			for d := range vector.Diff(v, v) {
				assert.Fail(t, "a version differs from itself", "%v", d)
			}
			assert.True(t, vector.Equal(v, v))
		})
	}
}

// TestEmptyIsTheZeroValue, whatever made it.
func TestEmptyIsTheZeroValue(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			b := v.Builder()
			b.Truncate(0)
			c := v.Builder()
			c.Clear()
			for name, w := range map[string]vec{
				"Of": vector.Of[int](), "Collect": vector.Collect(slices.Values([]int(nil))), "Slice": v.Slice(n/2, n/2), "Delete": v.Delete(0, n),
				"Filter": v.Filter(func(int) bool { return false }), "Truncate": b.Build(), "Clear": c.Build(), "a new builder": new(builder).Build(),
				"one by one": func() vec {
					w := v
					for w.Len() > 0 {
						w = w.Delete(w.Len()/2, w.Len()/2+1)
					}
					return w
				}(),
				"Map": vector.Map(v.Slice(0, 0), func(i int) int { return i }),
			} {
				assert.True(t, w == vec{}, "%s of %d", name, n)
			}
		})
	}
}

// TestChangesAreOtherVersions: == says nothing about contents.
func TestChangesAreOtherVersions(t *testing.T) {
	for _, n := range lengths()[1:] {
		eachForm(t, upTo(n), func(t *testing.T, v vec) {
			b := v.Builder()
			b.Set(n/2, n/2)
			w, x := v.Append(n), v.Append(n)
			for name, other := range map[string]vec{
				"Set of the same": v.Set(n/2, n/2), "Builder.Set of the same": b.Build(), "Append": w, "Prepend": v.Prepend(0), "Slice": v.Slice(1, n), "": {},
			} {
				assert.False(t, v == other, name)
			}
			assert.False(t, w == x, "two Appends to one version")
			assert.True(t, vector.Equal(w, x) && vector.Equal(v, b.Build()), "but equal they are")
			assert.True(t, w == w.Slice(0, n+1))
			first := b.Build()
			b.Append(7)
			assert.False(t, first == b.Build())
		})
	}
}

// TestVersionsOfAnythingCompare: == looks at no elements.
func TestVersionsOfAnythingCompare(t *testing.T) {
	funcs := make([]any, 3*leaf)
	for i := range funcs {
		funcs[i] = func() {}
	}
	for _, n := range []int{0, 1, leaf, len(funcs)} {
		for _, f := range forms(funcs[:n]) {
			v, w := f.v, vector.Of(funcs[:n]...)
			assert.NotPanics(t, func() {
				assert.True(t, v == f.v)
				assert.Equal(t, n == 0, v == w)
				assert.True(t, any(v) == any(f.v))
				assert.True(t, map[vector.Vector[any]]int{v: 7}[f.v] == 7, "as a key")
				assert.True(t, v == v.Append())
				assert.False(t, v == v.Append(nil))
				assert.True(t, vector.Equal(v, f.v), "one version is equal to itself, without looking")
			}, f.name)
			if n > 0 {
				assert.Panics(t, func() { vector.Equal(v, vector.Map(v, func(x any) any { return x })) }, "%s: the elements are compared by ==", f.name)
			}
		}
	}
	s := vector.Of([]int{1}, []int{2}) // elements that cannot be compared at all
	assert.True(t, s == s.Slice(0, 2))
	assert.False(t, s == s.Set(0, nil))
}
