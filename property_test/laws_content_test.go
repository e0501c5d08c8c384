package property_test

import (
	"hash/maphash"
	"testing"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
	"github.com/ramet-go/ramet/list"
)

func TestContentLaws(t *testing.T) {
	check(t, quick(t), worldsOf[int], contentLaws(hashMaps[int]()))
}

// content is what the methods of all collections say of their contents.
type content[C any] interface {
	comparable
	Equal(C) bool
	Hash(*maphash.Hash)
}

var hashSeed = maphash.MakeSeed()

// hashOf returns the hash that c writes.
func hashOf(c interface{ Hash(*maphash.Hash) }) uint64 {
	var h maphash.Hash
	h.SetSeed(hashSeed)
	c.Hash(&h)
	return h.Sum64()
}

// contentLaws are about the methods Equal and Hash.
func contentLaws[K comparable, M interface {
	testkit.Map[K, value, M, B]
	content[M]
}, B testkit.Builder[K, value, M]](pkg mapKind[K, M, B]) []law {
	type versions = VersionsOf[M, K, value]
	return []law{
		{"the method Equal says what the function does", func(vs versions, m M) bool {
			for _, o := range []M{vs.Base, vs.Theirs, m, vs.Ours.SetAll(vs.Ours.All())} {
				if vs.Ours.Equal(o) != pkg.Equal(vs.Ours, o) || o.Equal(vs.Ours) != vs.Ours.Equal(o) {
					return false
				}
			}
			return true
		}},
		{"Equal versions have one Hash", func(vs versions, m M) bool {
			ours := hashOf(vs.Ours)
			for _, o := range []M{vs.Base, vs.Theirs, m, vs.Ours.SetAll(vs.Ours.All()), vs.Theirs.Intersection(vs.Ours).Union(vs.Ours)} {
				if vs.Ours.Equal(o) && hashOf(o) != ours {
					return false
				}
			}
			return hashOf(vs.Ours) == ours
		}},
		{"another value makes another Hash", func(m M, k K, v value) bool {
			return m.Set(k, v).Equal(m) || hashOf(m.Set(k, v)) != hashOf(m)
		}},
		{"a ContentHasher makes Equal versions one key", func(vs versions, m M) bool {
			keys := hamt.NewMap[M, int](hamt.ContentHasher[M]{})
			all := []M{vs.Base, vs.Ours, vs.Theirs, m}
			for i, o := range all {
				keys = keys.Set(o, i)
			}
			for _, o := range all {
				found := keys.Get(o.SetAll(o.All()))
				if !all[found].Equal(o) {
					return false
				}
			}
			return true
		}},
		{"values that are collections are compared by contents", func(vs versions) bool {
			nest := func(m M) hamt.Map[int, list.List[M]] {
				return hamt.Map[int, list.List[M]]{}.Set(1, list.Of(m, vs.Base))
			}
			for _, o := range []M{vs.Theirs, vs.Base, vs.Ours.SetAll(vs.Ours.All())} {
				same := vs.Ours.Equal(o)
				a, b := nest(vs.Ours), nest(o)
				if hamt.Equal(a, b) != same || a.Equal(b) != same || noChange(hamt.Diff(a, b)) != same ||
					(hamt.SetIfChanged(a, 1, b.Get(1)) == a) != same || same && hashOf(a) != hashOf(b) {
					return false
				}
			}
			return true
		}},
	}
}
