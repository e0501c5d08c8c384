package property_test

import (
	"slices"
	"testing"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
)

func TestSetLaws(t *testing.T) {
	check(t, quick(t), worldsOf[int], setLaws(hashSets[int]()))
}

// setLaws are those of a Boolean algebra, and about Add, Delete and DiffSets. In them a, b
// and c are versions that share subtrees.
func setLaws[T comparable, S anySet[T, S, B], B setBuilder[T, S]](pkg setKind[T, S, B]) []law {
	type versions = VersionsOf[S, T, struct{}]
	nothing := func(s S) S { return s.Filter(func(T) bool { return false }) }
	elements := func(s S) []T { return slices.Collect(s.All()) }
	return []law{
		{"Add and Delete decide what Contains reports", func(s S, v, w T) bool {
			return s.Add(v).Contains(v) && !s.Delete(v).Contains(v) &&
				(v == w || s.Add(v).Contains(w) == s.Contains(w) && s.Delete(v).Contains(w) == s.Contains(w))
		}},
		{"Adding what is there and deleting what is not returns the receiver", func(s S, v T) bool {
			with, without := s.Add(v), s.Delete(v)
			return with.Add(v) == with && without.Delete(v) == without && s.Add() == s && s.Delete() == s &&
				s.Add(elements(s)...) == s && without.Delete(elements(nothing(s).Add(v))...) == without
		}},
		{"Add of several is one Add after the other, in any order", func(vs versions) bool {
			some := elements(vs.Theirs)
			one := vs.Ours
			for _, v := range some {
				one = one.Add(v)
			}
			slices.Reverse(some)
			return one.Equal(vs.Ours.Add(some...)) && one.Equal(vs.Ours.Union(vs.Theirs))
		}},
		{"Delete of several is one Delete after the other, in any order", func(vs versions) bool {
			some := elements(vs.Theirs)
			one := vs.Ours
			for _, v := range some {
				one = one.Delete(v)
			}
			slices.Reverse(some)
			return one.Equal(vs.Ours.Delete(some...)) && one.Equal(vs.Ours.Difference(vs.Theirs))
		}},
		{"SetOf, CollectSet and All go round", func(s S) bool {
			vs := elements(s)
			return len(vs) == s.Len() && pkg.SetOf(vs...).Equal(s) && s.Equal(pkg.CollectSet(s.All())) &&
				pkg.SetOf(append(vs, vs...)...).Len() == s.Len()
		}},

		{"Union, Intersection and SymmetricDifference commute", func(vs versions, s S) bool {
			for _, o := range []S{vs.Base, vs.Theirs, s} {
				if !vs.Ours.Union(o).Equal(o.Union(vs.Ours)) || !vs.Ours.Intersection(o).Equal(o.Intersection(vs.Ours)) ||
					!vs.Ours.SymmetricDifference(o).Equal(o.SymmetricDifference(vs.Ours)) {
					return false
				}
			}
			return true
		}},
		{"Union, Intersection and SymmetricDifference are associative", func(vs versions) bool {
			a, b, c := vs.Base, vs.Ours, vs.Theirs
			return a.Union(b).Union(c).Equal(a.Union(b.Union(c))) &&
				a.Intersection(b).Intersection(c).Equal(a.Intersection(b.Intersection(c))) &&
				a.SymmetricDifference(b).SymmetricDifference(c).Equal(a.SymmetricDifference(b.SymmetricDifference(c)))
		}},
		{"Union and Intersection distribute over each other", func(vs versions) bool {
			a, b, c := vs.Base, vs.Ours, vs.Theirs
			return a.Intersection(b.Union(c)).Equal(a.Intersection(b).Union(a.Intersection(c))) &&
				a.Union(b.Intersection(c)).Equal(a.Union(b).Intersection(a.Union(c))) &&
				a.Intersection(b.SymmetricDifference(c)).Equal(a.Intersection(b).SymmetricDifference(a.Intersection(c)))
		}},
		{"Union and Intersection are idempotent and absorb each other", func(vs versions) bool {
			a, b := vs.Ours, vs.Theirs
			return a.Union(a) == a && a.Intersection(a) == a && a.Union(a.Intersection(b)) == a && a.Intersection(a.Union(b)) == a
		}},
		{"De Morgan's laws hold in any universe", func(vs versions, s S) bool {
			a, b := vs.Ours, vs.Theirs
			for _, all := range []S{vs.Base.Union(a).Union(b), s.Union(a).Union(b), vs.Base} {
				if !all.Difference(a.Union(b)).Equal(all.Difference(a).Intersection(all.Difference(b))) ||
					!all.Difference(a.Intersection(b)).Equal(all.Difference(a).Union(all.Difference(b))) {
					return false
				}
			}
			return true
		}},
		{"the complement of the complement is the set", func(vs versions) bool {
			all := vs.Ours.Union(vs.Theirs)
			rest := all.Difference(vs.Ours)
			return all.Difference(rest).Equal(vs.Ours) && rest.Disjoint(vs.Ours) && rest.Union(vs.Ours).Equal(all)
		}},
		{"the empty set is neutral in Union, and nothing in Intersection", func(s S) bool {
			empty := nothing(s)
			return s.Union(empty) == s && empty.Union(s).Equal(s) && s.Difference(empty) == s && s.SymmetricDifference(empty) == s &&
				empty.SymmetricDifference(s).Equal(s) && s.Intersection(empty).Len() == 0 && s.Difference(s).Len() == 0 &&
				s.SymmetricDifference(s).Len() == 0
		}},
		{"SymmetricDifference is the Union without the Intersection", func(vs versions, s S) bool {
			for _, o := range []S{vs.Base, vs.Theirs, s} {
				got := vs.Ours.SymmetricDifference(o)
				if !got.Equal(vs.Ours.Union(o).Difference(vs.Ours.Intersection(o))) ||
					!got.Equal(vs.Ours.Difference(o).Union(o.Difference(vs.Ours))) || !got.SymmetricDifference(o).Equal(vs.Ours) {
					return false
				}
			}
			return true
		}},
		{"each operation has the elements it should", func(vs versions) bool {
			a, b := vs.Ours, vs.Theirs
			n := map[string]int{}
			for v := range a.Union(b).Union(vs.Base).All() {
				inA, inB := a.Contains(v), b.Contains(v)
				for _, c := range []struct {
					name string
					s    S
					want bool
				}{
					{"union", a.Union(b), inA || inB},
					{"intersection", a.Intersection(b), inA && inB},
					{"difference", a.Difference(b), inA && !inB},
					{"symmetric difference", a.SymmetricDifference(b), inA != inB},
				} {
					if c.s.Contains(v) != c.want {
						return false
					}
					if c.want {
						n[c.name]++
					}
				}
			}
			return n["union"] == a.Union(b).Len() && n["intersection"] == a.Intersection(b).Len() &&
				n["difference"] == a.Difference(b).Len() && n["symmetric difference"] == a.SymmetricDifference(b).Len()
		}},
		{"the lengths of Union and Intersection sum to those of the sets", func(vs versions, s S) bool {
			for _, o := range []S{vs.Base, vs.Theirs, s} {
				if vs.Ours.Union(o).Len()+vs.Ours.Intersection(o).Len() != vs.Ours.Len()+o.Len() {
					return false
				}
			}
			return true
		}},
		{"a Union with a subset is the receiver", func(vs versions, s S) bool {
			u := vs.Ours.Union(vs.Theirs)
			return u.Union(vs.Ours) == u && u.Union(vs.Theirs) == u && u.Union(u.Intersection(s)) == u
		}},

		{"SubsetOf has four meanings", func(vs versions, s S) bool {
			for _, a := range []S{vs.Base, vs.Theirs, s, vs.Ours.Intersection(s), vs.Ours.Filter(s.Contains), vs.Ours.Union(s)} {
				b := vs.Ours
				want := a.Difference(b).Len() == 0
				if a.SubsetOf(b) != want || a.Union(b).Equal(b) != want || a.Intersection(b).Equal(a) != want ||
					(b.SymmetricDifference(a).Len() == b.Len()-a.Len()) != want {
					return false
				}
			}
			return true
		}},
		{"a set is no subset of itself less one element", func(s S, w T) bool {
			for v := range s.All() {
				less := s.Delete(v)
				if s.SubsetOf(less) || s.SubsetOf(less.Add(w)) != (v == w) || !less.SubsetOf(s) || less.Disjoint(s) != (less.Len() == 0) {
					return false
				}
			}
			return true
		}},
		{"SubsetOf is a partial order", func(vs versions) bool {
			a, b, c := vs.Base, vs.Ours, vs.Theirs
			both := a.SubsetOf(b) && b.SubsetOf(a)
			small, large := a.Intersection(b).Intersection(c), a.Union(b).Union(c)
			return a.SubsetOf(a) && both == a.Equal(b) && small.SubsetOf(a) && a.SubsetOf(large) && small.SubsetOf(large) &&
				nothing(a).SubsetOf(small) && (large.SubsetOf(a) == large.Equal(a))
		}},
		{"sets are Disjoint if their Intersection is empty", func(vs versions, s S) bool {
			for _, o := range []S{vs.Base, vs.Theirs, s, s.Difference(vs.Ours), vs.Theirs.Difference(vs.Ours), nothing(s)} {
				want := vs.Ours.Intersection(o).Len() == 0
				if vs.Ours.Disjoint(o) != want || o.Disjoint(vs.Ours) != want {
					return false
				}
			}
			return true
		}},
		{"sets are Equal if their elements are", func(vs versions, s S) bool {
			for _, o := range []S{vs.Base, vs.Theirs, s, nothing(s).Add(elements(vs.Ours)...)} {
				want := vs.Ours.Len() == o.Len() && vs.Ours.SubsetOf(o)
				if vs.Ours.Equal(o) != want || o.Equal(vs.Ours) != want {
					return false
				}
			}
			return true
		}},
		{"Filter by another set's Contains is Intersection", func(vs versions, s S) bool {
			return vs.Ours.Filter(vs.Theirs.Contains).Equal(vs.Ours.Intersection(vs.Theirs)) &&
				vs.Ours.Filter(func(v T) bool { return !s.Contains(v) }).Equal(vs.Ours.Difference(s)) &&
				vs.Ours.Filter(vs.Ours.Contains) == vs.Ours
		}},

		{"applying DiffSets leads there, and its inverses lead back", func(vs versions, s S) bool {
			for _, to := range []S{vs.Base, vs.Theirs, s} {
				if !pkg.ApplySet(vs.Ours, pkg.DiffSets(vs.Ours, to)).Equal(to) ||
					!pkg.ApplySet(to, testkit.Inverses(pkg.DiffSets(vs.Ours, to))).Equal(vs.Ours) {
					return false
				}
			}
			return true
		}},
		{"DiffSets is the SymmetricDifference", func(vs versions, s S) bool {
			for _, to := range []S{vs.Base, vs.Theirs, s} {
				n := 0
				for c := range pkg.DiffSets(vs.Ours, to) {
					n++
					if (c.Kind == diff.Added) != to.Contains(c.Key) || (c.Kind == diff.Removed) != vs.Ours.Contains(c.Key) {
						return false
					}
				}
				if n != vs.Ours.SymmetricDifference(to).Len() {
					return false
				}
			}
			return true
		}},
		{"different hashers or orders give the same sets", func(vs versions) bool {
			a, b := vs.Ours, vs.Theirs
			for _, empty := range pkg.Others() {
				o := empty.Add(elements(b)...)
				if !o.Equal(b) || !a.Union(o).Equal(a.Union(b)) || !o.Union(a).Equal(a.Union(b)) ||
					!a.Intersection(o).Equal(a.Intersection(b)) || !o.Difference(a).Equal(b.Difference(a)) ||
					!a.SymmetricDifference(o).Equal(a.SymmetricDifference(b)) ||
					a.SubsetOf(o) != a.SubsetOf(b) || a.Disjoint(o) != a.Disjoint(b) || !pkg.ApplySet(a, pkg.DiffSets(a, o)).Equal(b) {
					return false
				}
			}
			return true
		}},
		{"a set's builder does what the set does", func(vs versions, edits []Edit[T, value]) bool {
			b, want, before := vs.Ours.Builder(), vs.Ours, elements(vs.Ours)
			for _, e := range edits {
				had := want.Contains(e.Key)
				if e.Delete {
					if b.Delete(e.Key) != had {
						return false
					}
					want = want.Delete(e.Key)
				} else {
					if b.Add(e.Key) == had {
						return false
					}
					want = want.Add(e.Key)
				}
				if b.Len() != want.Len() || b.Contains(e.Key) == e.Delete {
					return false
				}
			}
			built := b.Build()
			b.Clear()
			return built.Equal(want) && b.Len() == 0 && slices.Equal(elements(vs.Ours), before)
		}},
	}
}
