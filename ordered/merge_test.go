package ordered_test

import (
	"errors"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/ordered"
)

// of returns the map of letters to numbers, in the order of the letters in text; those in upper case have another number.
func of(text string) omap {
	var m omap
	for _, r := range text {
		if r >= 'A' && r <= 'Z' {
			m = m.Set(string(r+'a'-'A'), 100)
		} else {
			m = m.Set(string(r), int(r-'a'))
		}
	}
	return m
}

// text is the inverse of of.
func text(m omap) (s string) {
	for k, v := range m.All() {
		if v == 100 {
			k = string(k[0] + 'A' - 'a')
		}
		s += k
	}
	return s
}

// TestMergeOrder says where entries are in a merge.
func TestMergeOrder(t *testing.T) {
	for _, c := range []struct{ base, ours, theirs, want, conflicts string }{
		{"abc", "abc", "abcx", "abcx", ""},
		{"abc", "abcx", "abcyz", "abcxyz", ""}, // additions of both
		{"abc", "abcx", "abcx", "abcx", ""},    // the same addition
		{"abc", "abcx", "abcX", "abcx", "x"},   // not the same
		{"abc", "ab", "abcx", "abx", ""},       // ours deleted
		{"abc", "abcx", "bc", "bcx", ""},       // theirs deleted
		{"abc", "aBcx", "abC", "aBCx", ""},     // both updated
		{"abc", "aBc", "ac", "aBc", "b"},       // updated and deleted
		{"abc", "ac", "aBc", "ac", "b"},        // the other way round
		{"abc", "abcx", "cab", "cabx", ""},     // theirs moved, ours did not: the end stays the end
		{"abc", "axbcy", "cab", "caxby", ""},   // x follows what it followed
		{"abc", "xabc", "cab", "xcab", ""},     // it follows nothing
		{"abc", "bca", "cab", "bca", ""},       // both moved: ours
		{"abc", "bca", "abcx", "bcax", ""},     // ours moved
		{"abc", "aBc", "cab", "caB", ""},       // updated and moved
		{"abc", "ab", "cabx", "abx", ""},       // moved and deleted
		{"abc", "abc", "bacx", "bacx", ""},     // moved and added
		{"abc", "abc", "axbc", "abcx", ""},     // an addition in the middle goes to the end
		{"", "ab", "ba", "ab", ""},             // nothing was there to be moved
	} {
		for _, more := range []string{"", "defghijklmnopqrstuvw"} {
			base, ours, theirs := of(more+c.base), of(more+c.ours), of(more+c.theirs)
			merged, conflicts := ordered.Merge(base, ours, theirs)
			require.NoError(t, merged.Check())
			assert.Equal(t, more+c.want, text(merged), "%v", c)
			var keys string
			for _, x := range conflicts {
				keys += x.Key
			}
			assert.Equal(t, c.conflicts, keys, "%v", c)
			viaFunc := ordered.MergeFunc(base, ours, theirs, func(a, b int) bool { return a == b }, nil)
			assert.Equal(t, more+c.want, text(viaFunc), "%v", c)
			resolved := ordered.MergeFunc(base, ours, theirs, func(a, b int) bool { return a == b }, func(x diff.Conflict[string, int]) (int, bool) {
				return x.Theirs, x.InTheirs
			})
			for _, x := range conflicts {
				v, ok := resolved.Lookup(x.Key)
				assert.True(t, ok == x.InTheirs && v == x.Theirs, "%v", c)
			}
		}
	}
}

// TestMergeOfVersions that share most, against what the entries alone say, and that nothing is made if nothing is to do.
func TestMergeOfVersions(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for range 300 {
		n := 1 + r.IntN(60)
		base := counted(n)
		edit := func() omap {
			m := base
			for range r.IntN(6) {
				k := "k" + string(rune('0'+r.IntN(10)))
				switch r.IntN(5) {
				case 0:
					m = m.Delete(k)
				case 1:
					m = m.MoveToEnd(k)
				case 2:
					m = m.MoveToFront(k)
				default:
					m = m.Set(k, r.IntN(3))
				}
			}
			return m
		}
		ours, theirs := edit(), edit()
		// The same entries in maps that share nothing.
		anew := func(m omap) omap { return ordered.CollectMap(m.All()) }
		want, wantConflicts := ordered.Merge(anew(base), anew(ours), anew(theirs))
		got, conflicts := ordered.Merge(base, ours, theirs)
		require.True(t, ordered.Equal(want, got), "%v, %v and %v: %v, want %v", base, ours, theirs, got, want)
		require.Equal(t, wantConflicts, conflicts)
		require.NoError(t, got.Check())
		if same, _ := ordered.Merge(base, ours, ours); same != ours {
			t.Fatal("a merge of the same")
		}
	}
}

// TestMergeOfNaN: a value in a node that ours has not touched is no conflict, although it is unequal to itself.
func TestMergeOfNaN(t *testing.T) {
	for _, n := range []int{5, 300} {
		base := ordered.MapValues(counted(n), func(string, int) float64 { return math.NaN() })
		theirs, ours := base.Set("k0", 1), base
		if n == 300 {
			ours = ours.Set("k299", 2)
		}
		merged, conflicts := ordered.Merge(base, ours, theirs)
		assert.Empty(t, conflicts)
		assert.Equal(t, 1.0, merged.Get("k0"))
		assert.True(t, n == 5 || merged.Get("k299") == 2)
	}
}

// TestApply in the order of the changes, and TryApply only if they fit.
func TestApply(t *testing.T) {
	m := of("abc")
	type change = diff.Change[string, int]
	changes := []change{{Kind: diff.Removed, Key: "a", Old: 0}, {Kind: diff.Added, Key: "x", New: 23}, {Kind: diff.Added, Key: "a", New: 0}, {Kind: diff.Updated, Key: "b", Old: 1, New: 100}}
	got := ordered.Apply(m, slices.Values(changes))
	assert.Equal(t, "Bcxa", text(got))
	tried, err := ordered.TryApply(m, slices.Values(changes))
	assert.NoError(t, err)
	assert.True(t, ordered.Equal(got, tried))
	for _, wrong := range []change{
		{Kind: diff.Added, Key: "b"}, {Kind: diff.Removed, Key: "y"}, {Kind: diff.Removed, Key: "c", Old: 7}, {Kind: diff.Updated, Key: "y"}, {Kind: 9, Key: "a"},
	} {
		tried, err = ordered.TryApply(m, slices.Values(append(changes[:2:2], wrong)))
		var mismatch *diff.Mismatch
		assert.True(t, errors.As(err, &mismatch) && mismatch.Index == 2 && tried == m, "%v", wrong)
	}
	tried, err = ordered.TryApplyFunc(m, slices.Values([]change{{Kind: diff.Updated, Key: "a", Old: 7, New: 100}}), func(a, b int) bool { return true })
	assert.True(t, err == nil && text(tried) == "Abc")
	assert.PanicsWithValue(t, "ordered: Apply of a change of unknown kind Kind(9)", func() { ordered.Apply(m, slices.Values([]change{{Kind: 9}})) })
	var dynamic ordered.Map[any, int]
	_, err = ordered.TryApply(dynamic, slices.Values([]diff.Change[any, int]{{Kind: diff.Added, Key: []int{1}}}))
	assert.Error(t, err)
}
