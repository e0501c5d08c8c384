package property_test

import (
	"hash/maphash"
	"maps"
	"math/bits"
	"math/rand"
	"slices"
	"strings"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/leanovate/gopter/prop"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// draw returns n values that g generates at the size of the quick run.
func draw[T any](t *testing.T, n int, g gopter.Gen) []T {
	t.Helper()
	p := fixed()
	p.MaxSize = quickSize
	values := make([]T, n)
	for i := range values {
		v, ok := g(p).Retrieve()
		require.True(t, ok)
		values[i] = v.(T)
	}
	return values
}

// fixedSeed is the seed of tests that are about the generators, and count what these come to: another
// seed would fail them now and then.
const fixedSeed = 1

func fixed() *gopter.GenParameters {
	p := gopter.DefaultGenParameters()
	p.Rng = rand.New(gopter.NewLockedSource(fixedSeed))
	return p
}

// crowd is more entries than any leaf holds that is not a collision.
const crowd = 17

// crowded returns the greatest number of leading bits that the hashes of a crowd of keys
// have in common. A trie that takes w bits a level has crowded/w levels of inner nodes at
// least, and a collision if it is 64.
func crowded(keys []int, hash func(int) uint64) int {
	var hashes []uint64
	for _, k := range keys {
		hashes = append(hashes, hash(k))
	}
	slices.Sort(hashes)
	most := 0
	for i := range max(0, len(hashes)-crowd+1) {
		most = max(most, bits.LeadingZeros64(hashes[i]^hashes[i+crowd-1]))
	}
	return most
}

func TestGeneratedMapsAreDeepAndCollide(t *testing.T) {
	if testing.Short() {
		t.Skip("many samples say the same as in the plain run")
	}
	atLeast := map[string]int{
		"constant":          64,
		"constant ones":     64,
		"top 32 bits equal": 32,
		"top 60 bits equal": 60,
		"top 32 bits ones":  32,
		"equal to level 1":  5,
		"equal to level 6":  30,
		"equal to level 11": 55,
		"last 3 bits":       64,
		"random of 4":       64,
		"no Sum64, 2 bits":  64,
	}
	const samples = 200
	for _, h := range testkit.Hashers[int]() {
		var hash func(int) uint64
		switch h := h.Hasher.(type) {
		case testkit.HashOnly[int]: // equal hashes stay equal
			hash = func(k int) uint64 { return testkit.HashOf(h.Mask.Sum64(maphash.Seed{}, k)) }
		case testkit.Summer[int]:
			hash = func(k int) uint64 { return testkit.HashOf(h.Sum64(maphash.Seed{}, k)) }
		default:
			continue
		}
		reached := 0
		for _, m := range draw[hamt.Map[int, value]](t, samples, GenMapWith[int, value](h.Hasher, numbers, gen.Const(value(0)))) {
			if m.Len() >= crowd && crowded(slices.Collect(m.Keys()), hash) >= atLeast[h.Name] {
				reached++
			}
		}
		assert.Greater(t, reached, samples/4, h.Name)
		delete(atLeast, h.Name)
	}
	assert.Empty(t, atLeast, "hashers that do not exist")
}

func TestGeneratedVersionsShareAndDiffer(t *testing.T) {
	if testing.Short() {
		t.Skip("many samples say the same as in the plain run")
	}
	counting := &testkit.Counting[int]{Summer: testkit.Mask[int]{Keep: ^uint64(0)}}
	var shared, unrelated, conflicts, additions, removals, updates, same int
	const samples = 300
	for _, vs := range draw[Versions[int, value]](t, samples, GenVersions[int, value](counting, numbers, gen.UInt8Range(0, 4))) {
		if n := vs.Base.Len(); n >= 64 {
			counting.Equals.Store(0)
			changes := 0
			for range hamt.Diff(vs.Base, vs.Ours) {
				changes++
			}
			if counting.Equals.Load() < int64(n) {
				shared++
			}
		}
		if vs.Base.Len() < 4 && vs.Ours.Len() > crowd && vs.Theirs.Len() > crowd {
			unrelated++
		}
		_, list := hamt.Merge(vs.Base, vs.Ours, vs.Theirs)
		for _, c := range list {
			switch {
			case !c.InBase:
				additions++
			case !c.InOurs || !c.InTheirs:
				removals++
			default:
				updates++
			}
		}
		if len(list) > 0 {
			conflicts++
		}
		for c := range hamt.Diff(vs.Base, vs.Ours) {
			if v, ok := vs.Theirs.Lookup(c.Key); ok && vs.Ours.Contains(c.Key) && v == c.New {
				same++
			}
		}
	}
	assert.Greater(t, shared, samples/10, "a comparison skips most of the base")
	assert.Greater(t, unrelated, samples/50, "large versions of a small base")
	assert.Greater(t, conflicts, samples/5)
	assert.Less(t, conflicts, samples*9/10, "some merges have no conflict")
	for name, n := range map[string]int{"additions": additions, "removals": removals, "updates": updates, "same": same} {
		assert.Greater(t, n, samples/10, name)
	}
}

// falsify returns the only argument that is left when gopter has shrunk the counterexample.
func falsify(t *testing.T, p gopter.Prop) any {
	t.Helper()
	r := quick(t)
	r.seed, r.cases = fixedSeed, 100
	result := p.Check(r.parameters(t.Name()))
	require.False(t, result.Passed())
	require.Len(t, result.Args, 1)
	return result.Args[0].Arg
}

func TestFalseLawsShrinkToSmallCounterexamples(t *testing.T) {
	values := gen.UInt8Range(0, 4)
	t.Run("map", func(t *testing.T) {
		m := falsify(t, prop.ForAll(func(m hamt.Map[int, value]) bool { return m.Len() <= 3 },
			GenMap[int, value](numbers, values)))
		assert.Equal(t, map[int]value{0: 0, 1: 0, 2: 0, 3: 0}, contents(m.(hamt.Map[int, value])))
	})
	t.Run("strings", func(t *testing.T) {
		m := falsify(t, prop.ForAll(func(m hamt.Map[string, value]) bool { return m.Len() == 0 },
			GenMapWith[string, value](testkit.Constant[string](), keysOf[string](), values)))
		assert.Equal(t, map[string]value{"0": 0}, contents(m.(hamt.Map[string, value])))
	})
	t.Run("panic", func(t *testing.T) {
		m := falsify(t, prop.ForAll(func(m hamt.Map[int, value]) bool {
			if m.Len() > 1 {
				panic("two")
			}
			return true
		}, GenMap[int, value](numbers, values)))
		assert.Equal(t, map[int]value{0: 0, 1: 0}, contents(m.(hamt.Map[int, value])))
	})
	t.Run("set", func(t *testing.T) {
		s := falsify(t, prop.ForAll(func(s hamt.Set[int]) bool { return !s.Contains(7) && s.Len() < 30 }, GenSet[int](numbers)))
		assert.True(t, s.(hamt.Set[int]).Equal(hamt.SetOf(7)) || s.(hamt.Set[int]).Len() == 30, "%v", s)
	})
	t.Run("versions", func(t *testing.T) {
		vs := falsify(t, prop.ForAll(func(vs Versions[int, value]) bool {
			return hamt.Equal(vs.Ours.Union(vs.Theirs), vs.Theirs.Union(vs.Ours))
		}, GenVersions[int, value](nil, numbers, values))).(Versions[int, value])
		l := vs.Lineage
		assert.LessOrEqual(t, len(l.Entries)+len(l.Ours)+len(l.Theirs), 2, "%v", vs)
		assert.LessOrEqual(t, vs.Base.Len()+vs.Ours.Len()+vs.Theirs.Len(), 3, "%v", vs)
	})
	t.Run("set versions", func(t *testing.T) {
		vs := falsify(t, prop.ForAll(func(vs SetVersions[int]) bool {
			return vs.Ours.Difference(vs.Theirs).Equal(vs.Theirs.Difference(vs.Ours))
		}, GenSetVersions[int](nil, numbers))).(SetVersions[int])
		assert.Equal(t, 1, vs.Ours.SymmetricDifference(vs.Theirs).Len(), "%v", vs)
	})
	t.Run("commands", func(t *testing.T) {
		liar := &testkit.Lying[int]{
			Summer: testkit.Mask[int]{Keep: ^uint64(0)},
			Says:   func(a, b int) bool { return a == b && a != 3 },
		}
		r := quick(t)
		r.cases = 10
		result := machine(liar, func(*system) {}).Check(r.parameters(t.Name()))
		require.False(t, result.Passed())
		require.Len(t, result.Args, 1, "%v %s", result.Error, result.ErrorStack)
		assert.Equal(t, 1, strings.Count(result.Args[0].ArgFormatted, "{dst"), result.Args[0].ArgFormatted)
	})
}

func TestGeneratorsAreReproducible(t *testing.T) {
	sample := func() Versions[int, value] {
		p := gopter.DefaultGenParameters().CloneWithSeed(7)
		v, _ := GenVersions[int, value](testkit.Constant[int](), numbers, gen.UInt8Range(0, 4))(p).Retrieve()
		return v.(Versions[int, value])
	}
	a, b := sample(), sample()
	assert.Equal(t, a.Lineage, b.Lineage)
	assert.True(t, maps.Equal(contents(a.Theirs), contents(b.Theirs)))
}

func TestLawsHaveNames(t *testing.T) {
	names := map[string]bool{}
	laws := slices.Concat(allLaws(), instanceLaws(), allVectorLaws(), queueLaws(), allSortedLaws())
	for _, l := range laws {
		assert.NotEmpty(t, l.name)
		names[l.name] = true
	}
	assert.Len(t, names, len(laws), "names are distinct")
	t.Log(len(laws), "laws")
}
