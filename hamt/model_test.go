package hamt_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// point is a key that only maphash.Comparable can hash.
type point struct {
	X, Y int32
	Name string
}

func intKey(i int) int         { return i * 3 }
func stringKey(i int) string   { return fmt.Sprintf("key %d", i) }
func pointKey(i int) point     { return point{int32(i % 7), int32(i), string(rune('a' + i%3))} }
func intValue(i int) int       { return i / 4 }
func stringValue(i int) string { return fmt.Sprint(i / 4) }

// interpreter binds the operation interpreter to hamt.Map, with maps of the given
// hashers to start from. M is hamt.Map[K, V], and B its builder: as parameters, because the
// compiler would repeat the interpreter for a hamt.Map spelled with parameters.
func interpreter[K, V comparable, M testkit.Map[K, V, M, B], B testkit.Builder[K, V, M]](_ M, key func(int) K, value func(int) V, hashers ...testkit.NamedHasher[K]) *testkit.Maps[K, V, M, B] {
	ms := &testkit.Maps[K, V, M, B]{
		Package: "hamt", Home: "hamt_test", Imports: []string{"github.com/ramet-go/ramet/hamt"},
		Universe: 192, Key: key, Value: value,
	}
	is(&ms.Equal, hamt.Equal[K, V])
	is(&ms.Diff, hamt.Diff[K, V])
	is(&ms.Apply, hamt.Apply[K, V])
	is(&ms.Merge, hamt.Merge[K, V])
	is(&ms.MergeFunc, hamt.MergeFunc[K, V])
	is(&ms.SetIfChanged, hamt.SetIfChanged[K, V])
	is(&ms.MapValues, hamt.MapValues[K, V, V])
	is(&ms.NewBuilder, func() *hamt.MapBuilder[K, V] { return new(hamt.MapBuilder[K, V]) })
	is(&ms.Check, hamt.Check[K, V])
	is(&ms.CheckBuilder, hamt.CheckBuilder[K, V])
	is(&ms.Shape, shape[K, V])
	is(&ms.SameShape, hamt.SameShape[K, V])
	for _, h := range hashers {
		ms.Empties = append(ms.Empties, testkit.Empty[M]{
			Go:  fmt.Sprintf("hamt.NewMap[%T, %T](%#v)", *new(K), *new(V), h),
			Map: any(hamt.NewMap[K, V](h.Hasher)).(M),
		})
	}
	return ms
}

// is sets *to to f, which has the type F.
func is[F any](to *F, f any) { *to = f.(F) }

func shape[K comparable, V any](m hamt.Map[K, V]) testkit.Shape {
	s := hamt.StatsOf(m)
	return testkit.Shape{Entries: s.Entries, Depth: s.Depth, Inner: s.Inner, Leaves: s.Leaves, Collisions: s.Collisions}
}

// sequences and length are how many programs a test runs, and how many commands each has.
const length = 250

func sequences(n int) int {
	if testing.Short() {
		return max(1, n/4)
	}
	return n
}

// grown is a program that fills a map with all keys, and takes most of them out again, so
// that what follows begins with something large.
var grown = testkit.Program{
	{Op: testkit.SetAll, Dst: 0, A: 0, Key: 0, Val: 64},
	{Op: testkit.SetAll, Dst: 0, A: 0, Key: 64, Val: 64},
	{Op: testkit.SetAll, Dst: 0, A: 0, Key: 128, Val: 64},
	{Op: testkit.Filter, Dst: 1, A: 0, Key: 6, Val: 3},
	{Op: testkit.BuilderOf, Dst: 0, A: 0},
	{Op: testkit.BuilderDeleteFunc, Dst: 0, A: 0, Key: 7, Val: 18},
	// The last empty map is that of the default hasher wherever there are two: it splits and
	// merges nodes even where those of the hasher under test cannot.
	{Op: testkit.New, Dst: 2, A: 1},
	{Op: testkit.SetAll, Dst: 2, A: 2, Key: 0, Val: 4},
	{Op: testkit.SetAll, Dst: 2, A: 2, Key: 0, Val: 64},
	{Op: testkit.Filter, Dst: 3, A: 2, Key: 6, Val: 3},
	{Op: testkit.Delete, Dst: 2, A: 2, Key: 191},
}

// reach is what the programs of a hasher must have met, so that a test of collisions is one.
var reach = map[string]testkit.Shape{
	"default":                {Depth: 2, Inner: 1},
	"good":                   {Depth: 2, Inner: 1},
	"constant":               {Collisions: 1},
	"constant ones":          {Collisions: 1},
	"top 32 bits equal":      {Depth: 7},
	"top 60 bits equal":      {Depth: 13},
	"top 32 bits ones":       {Depth: 7},
	"equal to level 6":       {Depth: 7},
	"equal to level 11":      {Depth: 12},
	"last 3 bits":            {Depth: 12, Collisions: 1},
	"random of 4":            {Collisions: 2},
	"no Sum64, 2 bits":       {Collisions: 2},
	"last bit of each level": {Depth: 2},
}

func TestModel(t *testing.T) {
	t.Run("int", func(t *testing.T) { testModel(t, hamt.Map[int, int]{}, intKey, intValue, 4) })
	t.Run("string", func(t *testing.T) { testModel(t, hamt.Map[string, string]{}, stringKey, stringValue, 1) })
	t.Run("struct", func(t *testing.T) { testModel(t, hamt.Map[point, point]{}, pointKey, pointKey, 1) })
	t.Run("empty value", func(t *testing.T) { testModel(t, hamt.Map[int, unit]{}, intKey, func(int) unit { return unit{} }, 1) })
}

func testModel[K, V comparable, M testkit.Map[K, V, M, B], B testkit.Builder[K, V, M]](t *testing.T, empty M, key func(int) K, value func(int) V, n int) {
	rng := testkit.Rand(t)
	for _, h := range testkit.Hashers[K]() {
		t.Run(h.Name, func(t *testing.T) {
			ms := interpreter(empty, key, value, h, testkit.NamedHasher[K]{Name: "default"})
			var total testkit.Report
			for range sequences(n) {
				total.Add(ms.Test(t, slices.Concat(grown, testkit.Random(rng, length))))
			}
			t.Log(total)
			assert.Equal(t, total.Steps, sequences(n)*(len(grown)+length))
			assert.Positive(t, total.Splits)
			assert.Positive(t, total.Merges)
			assert.Positive(t, total.NoOps)
			assert.Greater(t, total.Checked, total.Steps)
			assert.Equal(t, 192, total.MaxLen)
			assert.GreaterOrEqual(t, total.Old, 32)
			want := reach[h.Name]
			got := total.MaxShape
			assert.GreaterOrEqual(t, got.Depth, want.Depth)
			assert.GreaterOrEqual(t, got.Inner, want.Inner)
			assert.GreaterOrEqual(t, got.Collisions, want.Collisions)
		})
	}
}

func TestModelRunsEveryOperation(t *testing.T) {
	rng := testkit.Rand(t)
	ms := interpreter(hamt.Map[int, int]{}, intKey, intValue, testkit.NamedHasher[int]{})
	var total testkit.Report
	for range 8 {
		total.Add(ms.Test(t, testkit.Random(rng, length)))
	}
	assert.Empty(t, total.Missing())
}

// Maps of different hashers fall back to the receiver's, element by element.
func TestModelAcrossHashers(t *testing.T) {
	rng := testkit.Rand(t)
	ms := interpreter(hamt.Map[int, int]{}, intKey, intValue, testkit.Hashers[int]()...)
	for range sequences(12) {
		p := testkit.Random(rng, length)
		for i := range ms.Empties { // so that the slots begin with different ones
			p[i] = testkit.Command{Op: testkit.New, Dst: uint8(i), A: uint8(rng.Uint32())}
			p[i+len(ms.Empties)] = testkit.Command{Op: testkit.SetAll, Dst: uint8(i), A: uint8(i), Key: uint8(rng.Uint32()), Val: 40}
		}
		ms.Test(t, p)
	}
}

// Whatever a caller's function or hasher does when it panics, versions stay as they are,
// and a builder is as it was or says that it is not.
func TestModelFaults(t *testing.T) {
	rng := testkit.Rand(t)
	for _, h := range []testkit.Mask[int]{{Keep: ^uint64(0)}, testkit.Constant[int](), testkit.TopEqual[int](58), {Keep: 0xff << 56}} {
		faults := new(testkit.Faults)
		ms := interpreter(hamt.Map[int, int]{}, intKey, intValue, testkit.NamedHasher[int]{Hasher: &testkit.Faulty[int]{Summer: h, Faults: faults}})
		ms.Faults = faults
		var total testkit.Report
		for range sequences(8) {
			p := testkit.Random(rng, 2*length)
			for i := 20; i < len(p); i += 2 {
				p[i].Op = testkit.Panic
			}
			total.Add(ms.Test(t, p))
		}
		t.Log(total)
		assert.Greater(t, total.Faults, total.Steps/16)
	}
}

// A hasher that contradicts itself gets no promise about contents, but: no panic of the
// library's own, bounded work, Len is what iterates, other versions are unharmed.
func TestContradictingHashers(t *testing.T) {
	rng := testkit.Rand(t)
	for _, h := range testkit.Liars[int]() {
		t.Run(h.Name, func(t *testing.T) {
			for range sequences(4) {
				contradict(t, h.Hasher, rng)
			}
		})
	}
}

// contradict runs operations on versions under a hasher that lies.
func contradict(t *testing.T, h hamt.Hasher[int], rng *rand.Rand) {
	type entry struct{ k, v int }
	contents := func(m hamt.Map[int, int]) (es []entry) {
		for k, v := range m.All() {
			es = append(es, entry{k, v})
		}
		return es
	}
	type version struct {
		m  hamt.Map[int, int]
		es []entry
	}
	empty := version{hamt.NewMap[int, int](h), nil}
	kept := []version{empty}
	pick := func() hamt.Map[int, int] { return kept[rng.IntN(len(kept))].m }
	even := func(k, _ int) bool { return k%2 == 0 }
	for step := range 150 {
		m, o, k := pick(), pick(), rng.IntN(100)
		switch rng.IntN(12) {
		case 0, 1, 2:
			for i := range 20 {
				m = m.Set(k+i, step)
			}
		case 3:
			for i := range 10 {
				m = m.Delete(k + i)
			}
		case 4:
			m = m.Union(o)
		case 5:
			m = m.Intersection(o)
		case 6:
			m = m.Difference(o)
		case 7:
			m = m.Filter(even)
		case 8:
			m, _ = hamt.Merge(pick(), m, o)
		case 9:
			m = hamt.Apply(m, hamt.Diff(m, o))
		case 10:
			hamt.Equal(m, o)
			m = m.UnionFunc(o, func(_, a, _ int) int { return a })
		case 11:
			b := m.Builder()
			b.SetAll(o.All())
			b.Set(k, step)
			b.Delete(k + 1)
			b.DeleteFunc(even)
			b.Set(k, step)
			m = b.Build()
		}
		es := contents(m)
		require.Equal(t, m.Len(), len(es), "step %d", step)
		if len(es) > 2000 {
			m, es = empty.m, empty.es // under Equal = false every Set adds an entry
		}
		kept = append(kept, version{m, es})
		if len(kept) > 32 {
			kept = append(kept[:1], kept[2:]...)
		}
	}
	for _, v := range kept {
		require.Equal(t, v.es, contents(v.m), "a version has changed")
	}
}

// What a failure prints must compile and do what the interpreter did.
func TestPrintedProgramsRun(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the go command")
	}
	rng := testkit.Rand(t)
	faults := new(testkit.Faults)
	ms := interpreter(hamt.Map[string, string]{}, stringKey, stringValue, testkit.NamedHasher[string]{Hasher: &testkit.Faulty[string]{Summer: testkit.Few[string]{N: 9}, Faults: faults}})
	ms.Faults, ms.Home = faults, "printed"
	p := testkit.Random(rng, 2*len(testkit.Ops()))
	for i := range p[:len(p)/2] { // every operation, and what comes by chance
		p[i].Op = testkit.Op(i)
	}
	source, err := ms.Source(p)
	require.NoError(t, err)

	// Compiled in a package of its own, which exists only in the overlay.
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "printed.go"), []byte(source), 0o666))
	here, err := os.Getwd()
	require.NoError(t, err)
	overlay := fmt.Sprintf(`{"Replace": {%q: %q}}`, filepath.Join(here, "printed", "printed_test.go"), filepath.Join(dir, "printed.go"))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "overlay.json"), []byte(overlay), 0o666))
	binary := filepath.Join(dir, "printed.exe")
	out, err := exec.Command("go", "test", "-overlay", filepath.Join(dir, "overlay.json"), "-vet=off", "-c", "-o", binary, "./printed").CombinedOutput()
	require.NoError(t, err, "%s", out)
	out, err = exec.Command(binary, "-test.v").CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.True(t, strings.Contains(string(out), "--- PASS: TestReproducer"), "%s", out)
}

func TestSoak(t *testing.T) {
	hashers := testkit.Hashers[int]()
	var total testkit.Report
	for seed, rng := range testkit.Soak(t) {
		h := hashers[seed%uint64(len(hashers))]
		ms := interpreter(hamt.Map[int, int]{}, intKey, intValue, h, testkit.NamedHasher[int]{})
		report, err := ms.Run(testkit.Random(rng, 2000))
		if err != nil {
			t.Fatalf("seed %d, hasher %s: %v", seed, h.Name, ms.Explain(testkit.Random(rand.New(rand.NewPCG(seed, 0)), 2000), err))
		}
		total.Add(report)
	}
	t.Log(total)
	assert.Empty(t, total.Missing())
}
