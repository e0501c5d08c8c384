package property_test

import (
	"maps"
	"testing"

	"github.com/ramet-go/ramet/internal/testkit"
)

func TestAlgebraLaws(t *testing.T) {
	check(t, quick(t), worldsOf[int], algebraLaws(hashMaps[int]()))
}

// algebraLaws are about Union, UnionFunc, Intersection, Difference and Equal. Their maps
// come from [Versions], which share subtrees, and from unrelated ones.
func algebraLaws[K comparable, M testkit.Map[K, value, M, B], B testkit.Builder[K, value, M]](pkg mapKind[K, M, B]) []law {
	type versions = VersionsOf[M, K, value]
	equal := pkg.Equal
	return []law{
		{"Union has all keys, and o's values", func(vs versions) bool {
			want := contents(vs.Ours)
			maps.Copy(want, contents(vs.Theirs))
			return testkit.Compare(vs.Ours.Union(vs.Theirs), want) == nil
		}},
		{"Intersection has the common keys, and m's values", func(vs versions) bool {
			want := contents(vs.Ours)
			maps.DeleteFunc(want, func(k K, _ value) bool { return !vs.Theirs.Contains(k) })
			return testkit.Compare(vs.Ours.Intersection(vs.Theirs), want) == nil
		}},
		{"Difference has the keys that are not o's", func(vs versions) bool {
			want := contents(vs.Ours)
			maps.DeleteFunc(want, func(k K, _ value) bool { return vs.Theirs.Contains(k) })
			return testkit.Compare(vs.Ours.Difference(vs.Theirs), want) == nil
		}},
		{"the empty map is neutral in Union, and nothing in Intersection", func(m M) bool {
			nothing := never(m)
			return m.Union(nothing) == m && equal(nothing.Union(m), m) &&
				m.Intersection(nothing).Len() == 0 && nothing.Intersection(m) == nothing &&
				m.Difference(nothing) == m && nothing.Difference(m) == nothing && m.Difference(m).Len() == 0
		}},
		{"a Union with what it has already is its receiver", func(vs versions) bool {
			m := vs.Ours.Union(vs.Theirs)
			return m.Union(m) == m && equal(m.Union(vs.Theirs), m) && equal(vs.Theirs.Union(m), m)
		}},
		{"Union is associative", func(vs versions, m M) bool {
			return equal(vs.Base.Union(vs.Ours).Union(vs.Theirs), vs.Base.Union(vs.Ours.Union(vs.Theirs))) &&
				equal(m.Union(vs.Ours).Union(vs.Theirs), m.Union(vs.Ours.Union(vs.Theirs)))
		}},
		{"Unions of distinct keys commute", func(vs versions) bool {
			mine := vs.Ours.Difference(vs.Theirs)
			return equal(mine.Union(vs.Theirs), vs.Theirs.Union(mine))
		}},
		{"Intersection is associative", func(vs versions, m M) bool {
			return equal(vs.Base.Intersection(vs.Ours).Intersection(vs.Theirs), vs.Base.Intersection(vs.Ours.Intersection(vs.Theirs))) &&
				equal(m.Intersection(vs.Ours).Intersection(vs.Theirs), m.Intersection(vs.Ours.Intersection(vs.Theirs)))
		}},
		{"Intersection with a Union is its receiver", func(vs versions) bool {
			return vs.Ours.Intersection(vs.Ours.Union(vs.Theirs)) == vs.Ours &&
				vs.Theirs.Intersection(vs.Ours.Union(vs.Theirs)) == vs.Theirs
		}},
		{"Intersection distributes over Union", func(vs versions) bool {
			a, b, c := vs.Base, vs.Ours, vs.Theirs
			return equal(a.Intersection(b.Union(c)), a.Intersection(b).Union(a.Intersection(c))) &&
				equal(b.Union(c).Intersection(a), b.Intersection(a).Union(c.Intersection(a)))
		}},
		{"Difference from a Union is a Difference from both", func(vs versions) bool {
			a, b, c := vs.Base, vs.Ours, vs.Theirs
			return equal(a.Difference(b.Union(c)), a.Difference(b).Difference(c)) &&
				equal(b.Union(c).Difference(a), b.Difference(a).Union(c.Difference(a)))
		}},
		{"Intersection and Difference make up the whole", func(vs versions, m M) bool {
			for _, o := range []M{vs.Base, vs.Theirs, m} {
				common, rest := vs.Ours.Intersection(o), vs.Ours.Difference(o)
				if !equal(common.Union(rest), vs.Ours) || common.Intersection(rest).Len() != 0 ||
					common.Len()+rest.Len() != vs.Ours.Len() || rest.Difference(o) != rest || common.Intersection(o) != common {
					return false
				}
			}
			return true
		}},
		{"Intersection is a double Difference", func(vs versions, m M) bool {
			return equal(vs.Ours.Difference(vs.Ours.Difference(vs.Theirs)), vs.Ours.Intersection(vs.Theirs)) &&
				equal(m.Difference(m.Difference(vs.Theirs)), m.Intersection(vs.Theirs))
		}},
		{"the length of a Union is that of both less the common", func(vs versions, m M) bool {
			for _, o := range []M{vs.Base, vs.Theirs, m} {
				if vs.Ours.Union(o).Len() != vs.Ours.Len()+o.Len()-vs.Ours.Intersection(o).Len() {
					return false
				}
			}
			return true
		}},
		{"UnionFunc calls its function once for each common key", func(vs versions) bool {
			a, b := vs.Ours, vs.Theirs
			seen := map[K]value{}
			got := a.UnionFunc(b, func(k K, x, y value) value {
				if _, again := seen[k]; again || x != a.Get(k) || y != b.Get(k) {
					return 255
				}
				seen[k] = 5*x + y
				return 5*x + y
			})
			return len(seen) == a.Intersection(b).Len() && equal(got, a.Union(b).SetAll(maps.All(seen)))
		}},
		{"UnionFunc of the second value is Union", func(vs versions) bool {
			first := func(_ K, x, _ value) value { return x }
			second := func(_ K, _, y value) value { return y }
			return equal(vs.Ours.UnionFunc(vs.Theirs, second), vs.Ours.Union(vs.Theirs)) &&
				equal(vs.Ours.UnionFunc(vs.Theirs, first), vs.Theirs.Union(vs.Ours))
		}},
		{"UnionFunc commutes if its function does", func(vs versions, m M) bool {
			larger := func(_ K, x, y value) value { return max(x, y) }
			return equal(vs.Ours.UnionFunc(vs.Theirs, larger), vs.Theirs.UnionFunc(vs.Ours, larger)) &&
				equal(vs.Ours.UnionFunc(vs.Base, larger).UnionFunc(m, larger), vs.Ours.UnionFunc(vs.Base.UnionFunc(m, larger), larger))
		}},
		{"SetAll of a map's entries is Union", func(vs versions, m M) bool {
			return equal(vs.Ours.SetAll(vs.Theirs.All()), vs.Ours.Union(vs.Theirs)) && equal(m.SetAll(vs.Ours.All()), m.Union(vs.Ours))
		}},
		{"Equal compares contents", func(vs versions, m M) bool {
			for _, o := range []M{vs.Base, vs.Theirs, m, vs.Ours.SetAll(vs.Ours.All())} {
				want := maps.Equal(contents(vs.Ours), contents(o))
				if equal(vs.Ours, o) != want || equal(o, vs.Ours) != want {
					return false
				}
			}
			return equal(m, m) && equal(pkg.MapOf(contents(m)), m)
		}},
		{"one entry more or less, or another value, is not Equal", func(m M, k K, v value) bool {
			return equal(m.Set(k, v), m) == (m.Contains(k) && m.Get(k) == v) && equal(m, m.Delete(k)) == !m.Contains(k)
		}},
		{"EqualFunc compares values of two types", func(vs versions, m M) bool {
			wide := func(v value) int { return 1000 + int(v) }
			for _, o := range []M{vs.Ours, vs.Theirs, m} {
				got := pkg.EqualWide(vs.Ours, o, wide,
					func(v value, w int) bool { return wide(v) == w })
				if got != equal(vs.Ours, o) {
					return false
				}
			}
			return true
		}},
		{"different hashers or orders give the same algebra", func(vs versions) bool {
			a, b, c := vs.Base, vs.Ours, vs.Theirs
			for _, empty := range pkg.Others() {
				o := empty.SetAll(b.All())
				if !equal(a.Union(o), a.Union(b)) || !equal(o.Union(a), b.Union(a)) ||
					!equal(a.Intersection(o), a.Intersection(b)) || !equal(o.Intersection(a), b.Intersection(a)) ||
					!equal(a.Difference(o), a.Difference(b)) || !equal(o.Difference(a), b.Difference(a)) ||
					equal(o, c) != equal(b, c) || equal(a, o) != equal(a, b) {
					return false
				}
			}
			return true
		}},
	}
}
