package property_test

import (
	"errors"
	"maps"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
)

func TestDiffLaws(t *testing.T) {
	check(t, quick(t), worldsOf[int], diffLaws(hashMaps[int]()))
}

func TestMergeLaws(t *testing.T) {
	check(t, quick(t), worldsOf[int], mergeLaws(hashMaps[int]()))
}

// diffLaws are about Diff and Apply.
func diffLaws[K comparable, M testkit.Map[K, value, M, B], B testkit.Builder[K, value, M]](pkg mapKind[K, M, B]) []law {
	type versions = VersionsOf[M, K, value]
	type change = diff.Change[K, value]
	// byKey returns the changes by key, and whether no key has two.
	byKey := func(from, to M) (changes map[K]change, once bool) {
		changes, n := map[K]change{}, 0
		for c := range pkg.Diff(from, to) {
			changes[c.Key], n = c, n+1
		}
		return changes, n == len(changes)
	}
	return []law{
		{"Diff says what happened to each key", func(vs versions, m M) bool {
			for _, to := range []M{vs.Base, vs.Theirs, m} {
				want := map[K]change{}
				for k, v := range vs.Ours.All() {
					if w, ok := to.Lookup(k); !ok {
						want[k] = change{Kind: diff.Removed, Key: k, Old: v}
					} else if v != w {
						want[k] = change{Kind: diff.Updated, Key: k, Old: v, New: w}
					}
				}
				for k, w := range to.All() {
					if !vs.Ours.Contains(k) {
						want[k] = change{Kind: diff.Added, Key: k, New: w}
					}
				}
				if got, once := byKey(vs.Ours, to); !once || !maps.Equal(got, want) {
					return false
				}
			}
			return true
		}},
		{"applying a Diff leads from one version to the other", func(vs versions, m M) bool {
			return pkg.Equal(pkg.Apply(vs.Ours, pkg.Diff(vs.Ours, vs.Theirs)), vs.Theirs) &&
				pkg.Equal(pkg.Apply(m, pkg.Diff(m, vs.Base)), vs.Base)
		}},
		{"a checked Apply makes what fits, and nothing of what does not", func(vs versions, n value) bool {
			changes := slices.Collect(pkg.Diff(vs.Ours, vs.Theirs))
			got, err := pkg.TryApply(vs.Ours, slices.Values(changes))
			if err != nil || !pkg.Equal(got, vs.Theirs) {
				return false
			}
			if len(changes) == 0 {
				return got == vs.Ours
			}
			refused := func(changes []diff.Change[K, value]) bool {
				got, err := pkg.TryApply(vs.Ours, slices.Values(changes))
				var m *diff.Mismatch
				return got == vs.Ours && errors.As(err, &m)
			}
			i := int(n) % len(changes)
			wrong := slices.Clone(changes)
			switch c := &wrong[i]; c.Kind {
			case diff.Added:
				c.Kind = diff.Updated // of what is not there
			default:
				c.Old++
			}
			unknown := slices.Clone(changes)
			unknown[i].Kind = 0
			return refused(wrong) && refused(unknown) && refused(slices.Insert(slices.Clone(changes), i, changes[i]))
		}},
		{"applying the inverses in any order undoes", func(vs versions) bool {
			inverses := slices.Collect(testkit.Inverses(pkg.Diff(vs.Ours, vs.Theirs)))
			forward := pkg.Apply(vs.Theirs, slices.Values(inverses))
			slices.Reverse(inverses)
			return pkg.Equal(forward, vs.Ours) && pkg.Equal(pkg.Apply(vs.Theirs, slices.Values(inverses)), vs.Ours)
		}},
		{"the Diff back has the inverses", func(vs versions, m M) bool {
			for _, to := range []M{vs.Theirs, m} {
				there, _ := byKey(vs.Ours, to)
				back, _ := byKey(to, vs.Ours)
				if len(there) != len(back) {
					return false
				}
				for k, c := range there {
					if back[k] != c.Inverse() {
						return false
					}
				}
			}
			return true
		}},
		{"a Diff is empty if and only if the versions are Equal", func(vs versions, m M) bool {
			for _, o := range []M{vs.Base, vs.Theirs, m, vs.Ours.SetAll(vs.Ours.All())} {
				if noChange(pkg.Diff(vs.Ours, o)) != pkg.Equal(vs.Ours, o) {
					return false
				}
			}
			return noChange(pkg.Diff(m, m))
		}},
		{"Diffs in a row lead as far as one", func(vs versions, m M) bool {
			stops := []M{vs.Base, vs.Ours, m, vs.Theirs}
			got := stops[0]
			for i, to := range stops[1:] {
				got = pkg.Apply(got, pkg.Diff(stops[i], to))
			}
			return pkg.Equal(got, pkg.Apply(vs.Base, pkg.Diff(vs.Base, vs.Theirs)))
		}},
		{"a Diff can be left and used again", func(vs versions, n value) bool {
			d := pkg.Diff(vs.Ours, vs.Theirs)
			all := slices.Collect(d)
			some := all[:0:0]
			for c := range d {
				if len(some) == int(n) {
					break
				}
				some = append(some, c)
			}
			return slices.Equal(some, all[:min(int(n), len(all))]) && slices.Equal(slices.Collect(d), all)
		}},
		{"a DiffFunc that ignores values finds the keys that came and went", func(vs versions) bool {
			n := 0
			for c := range pkg.DiffFunc(vs.Ours, vs.Theirs, func(value, value) bool { return true }) {
				n++
				if c.Kind == diff.Updated || vs.Ours.Contains(c.Key) == vs.Theirs.Contains(c.Key) {
					return false
				}
			}
			return n == vs.Ours.Len()+vs.Theirs.Len()-2*vs.Ours.Intersection(vs.Theirs).Len()
		}},
		{"different hashers or orders give the same Diff", func(vs versions) bool {
			want, _ := byKey(vs.Ours, vs.Theirs)
			for _, empty := range pkg.Others() {
				to, from := empty.SetAll(vs.Theirs.All()), empty.SetAll(vs.Ours.All())
				there, once := byKey(vs.Ours, to)
				again, twice := byKey(from, vs.Theirs)
				if !once || !twice || !maps.Equal(there, want) || !maps.Equal(again, want) {
					return false
				}
			}
			return true
		}},
	}
}

// A side is what one version has for a key.
type side struct {
	v  value
	ok bool
}

func sideOf[K any](m interface{ Lookup(K) (value, bool) }, k K) side {
	v, ok := m.Lookup(k)
	return side{v, ok}
}

// mergeLaws are about Merge and MergeFunc.
func mergeLaws[K comparable, M testkit.Map[K, value, M, B], B testkit.Builder[K, value, M]](pkg mapKind[K, M, B]) []law {
	type versions = VersionsOf[M, K, value]
	type conflict = diff.Conflict[K, value]
	same := func(a, b value) bool { return a == b }
	conflictsOf := func(base, ours, theirs M) map[K]conflict {
		conflicts := map[K]conflict{}
		_, list := pkg.Merge(base, ours, theirs)
		for _, c := range list {
			conflicts[c.Key] = c
		}
		return conflicts
	}
	return []law{
		{"Merge takes from each key the side that changed", func(vs versions) bool {
			got, list := pkg.Merge(vs.Base, vs.Ours, vs.Theirs)
			want, conflicts := map[K]value{}, 0
			for k := range vs.Base.Union(vs.Ours).Union(vs.Theirs).All() {
				base, ours, theirs := sideOf(vs.Base, k), sideOf(vs.Ours, k), sideOf(vs.Theirs, k)
				result := ours
				switch {
				case ours == base:
					result = theirs
				case theirs != base && theirs != ours:
					conflicts++
				}
				if result.ok {
					want[k] = result.v
				}
			}
			return testkit.Compare(got, want) == nil && len(list) == conflicts
		}},
		{"conflicts are the keys that both sides changed, each in its way", func(vs versions) bool {
			_, list := pkg.Merge(vs.Base, vs.Ours, vs.Theirs)
			seen := map[K]bool{}
			for _, c := range list {
				base, ours, theirs := sideOf(vs.Base, c.Key), sideOf(vs.Ours, c.Key), sideOf(vs.Theirs, c.Key)
				if seen[c.Key] || base == ours || base == theirs || ours == theirs ||
					base != (side{c.Base, c.InBase}) || ours != (side{c.Ours, c.InOurs}) || theirs != (side{c.Theirs, c.InTheirs}) {
					return false
				}
				seen[c.Key] = true
			}
			return true
		}},
		{"a Merge with an unchanged side is the other side", func(vs versions, m M) bool {
			for _, x := range []M{vs.Ours, vs.Theirs, m} {
				ours, a := pkg.Merge(vs.Base, x, vs.Base)
				theirs, b := pkg.Merge(vs.Base, vs.Base, x)
				if ours != x || !pkg.Equal(theirs, x) || len(a)+len(b) > 0 {
					return false
				}
			}
			return true
		}},
		{"a Merge of a version with itself is that version", func(vs versions, m M) bool {
			for _, base := range []M{vs.Base, vs.Theirs, m} {
				if got, conflicts := pkg.Merge(base, vs.Ours, vs.Ours); got != vs.Ours || len(conflicts) > 0 {
					return false
				}
			}
			return true
		}},
		{"the same change on both sides is no conflict", func(vs versions) bool {
			again := vs.Ours.SetAll(vs.Ours.All()) // equal, and shares no leaf
			got, conflicts := pkg.Merge(vs.Base, vs.Ours, again)
			return got == vs.Ours && len(conflicts) == 0
		}},
		{"swapping the sides swaps the conflicts", func(vs versions) bool {
			one, other := conflictsOf(vs.Base, vs.Ours, vs.Theirs), conflictsOf(vs.Base, vs.Theirs, vs.Ours)
			if len(one) != len(other) {
				return false
			}
			for k, c := range one {
				c.Ours, c.Theirs, c.InOurs, c.InTheirs = c.Theirs, c.Ours, c.InTheirs, c.InOurs
				if other[k] != c {
					return false
				}
			}
			return true
		}},
		{"swapping the sides matters to conflicting keys only", func(vs versions) bool {
			a, list := pkg.Merge(vs.Base, vs.Ours, vs.Theirs)
			b, _ := pkg.Merge(vs.Base, vs.Theirs, vs.Ours)
			for _, c := range list {
				a, b = a.Delete(c.Key), b.Delete(c.Key)
			}
			return pkg.Equal(a, b)
		}},
		{"nothing is lost without a conflict", func(vs versions) bool {
			got, _ := pkg.Merge(vs.Base, vs.Ours, vs.Theirs)
			conflicts := conflictsOf(vs.Base, vs.Ours, vs.Theirs)
			for _, m := range []M{vs.Ours, vs.Theirs} {
				for c := range pkg.Diff(vs.Base, m) {
					if _, ok := conflicts[c.Key]; !ok && sideOf(got, c.Key) != (side{c.New, c.Kind != diff.Removed}) {
						return false
					}
				}
			}
			return true
		}},
		{"a Merge without conflicts is the changes of both sides", func(vs versions) bool {
			// theirs without the keys that ours has changed
			theirs := vs.Theirs
			for c := range pkg.Diff(vs.Base, vs.Ours) {
				theirs = pkg.Apply(theirs.Delete(c.Key), pkg.Diff(vs.Base.Delete(c.Key), vs.Base))
			}
			got, conflicts := pkg.Merge(vs.Base, vs.Ours, theirs)
			return len(conflicts) == 0 && pkg.Equal(got, pkg.Apply(theirs, pkg.Diff(vs.Base, vs.Ours))) &&
				pkg.Equal(got, pkg.Apply(vs.Ours, pkg.Diff(vs.Base, theirs)))
		}},
		{"MergeFunc resolves each conflict", func(vs versions, v value, keep bool) bool {
			want, list := pkg.Merge(vs.Base, vs.Ours, vs.Theirs)
			conflicts := conflictsOf(vs.Base, vs.Ours, vs.Theirs)
			for _, c := range list {
				want = want.Delete(c.Key)
				if keep {
					want = want.Set(c.Key, v)
				}
			}
			asked := 0
			got := pkg.MergeFunc(vs.Base, vs.Ours, vs.Theirs, same, func(c conflict) (value, bool) {
				asked++
				return v, keep && conflicts[c.Key] == c
			})
			return asked == len(list) && pkg.Equal(got, want)
		}},
		{"MergeFunc that takes theirs is the Merge the other way", func(vs versions) bool {
			got := pkg.MergeFunc(vs.Base, vs.Ours, vs.Theirs, same, func(c conflict) (value, bool) { return c.Theirs, c.InTheirs })
			want, _ := pkg.Merge(vs.Base, vs.Theirs, vs.Ours)
			return pkg.Equal(got, want)
		}},
		{"MergeFunc without a resolve keeps ours", func(vs versions) bool {
			want, _ := pkg.Merge(vs.Base, vs.Ours, vs.Theirs)
			return pkg.Equal(pkg.MergeFunc(vs.Base, vs.Ours, vs.Theirs, same, nil), want)
		}},
		{"different hashers or orders give the same Merge", func(vs versions) bool {
			want, conflicts := pkg.Merge(vs.Base, vs.Ours, vs.Theirs)
			for _, empty := range pkg.Others() {
				under := func(m M) M { return empty.SetAll(m.All()) }
				a, as := pkg.Merge(under(vs.Base), vs.Ours, vs.Theirs)
				b, bs := pkg.Merge(vs.Base, under(vs.Ours), vs.Theirs)
				c, cs := pkg.Merge(vs.Base, vs.Ours, under(vs.Theirs))
				if !pkg.Equal(a, want) || !pkg.Equal(b, want) || !pkg.Equal(c, want) ||
					len(as) != len(conflicts) || len(bs) != len(conflicts) || len(cs) != len(conflicts) {
					return false
				}
			}
			return true
		}},
	}
}
