package property_test

import (
	"hash/fnv"
	"iter"
	"maps"
	"strconv"
	"strings"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/arbitrary"
	"github.com/leanovate/gopter/gen"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

// A law is a name and a condition: a function of one bool result that must return true for
// all arguments. What its arguments can be is said by [world.arbitraries].
type law struct {
	name  string
	holds any
}

// value is the type of values in maps. There are few, so that equal ones meet.
type value = uint8

// pair is a key type that is hashed as a whole, by ==.
type pair struct{ A, B int8 }

// A world is where a law is checked: a key type, a way to generate keys, and a hasher.
type world[K comparable] struct {
	hasher testkit.NamedHasher[K]
	key    gopter.Gen
}

// numbers generates integers whose range grows with the size, so that keys of one map are
// often in another.
func numbers(p *gopter.GenParameters) *gopter.GenResult {
	return gen.IntRange(0, p.MaxSize*5/4+1)(p)
}

// keysOf returns a generator of keys of type K, derived from that of numbers.
func keysOf[K comparable]() gopter.Gen {
	switch any(*new(K)).(type) {
	case int:
		return numbers
	case string:
		return gopter.DeriveGen(strconv.Itoa, func(s string) int {
			n, _ := strconv.Atoi(s)
			return n
		}, gopter.Gen(numbers))
	case pair:
		return gopter.DeriveGen(
			func(n int) pair { return pair{int8(n >> 6), int8(n & 63)} },
			func(p pair) int { return int(p.A)<<6 | int(p.B) }, gopter.Gen(numbers))
	case float64: // half of the range below zero, -0 included
		return gopter.DeriveGen(
			func(n int, negative bool) float64 {
				if negative {
					return -float64(n)
				}
				return float64(n)
			},
			func(f float64) (int, bool) {
				s := strconv.FormatFloat(f, 'f', 0, 64)
				n, _ := strconv.Atoi(strings.TrimPrefix(s, "-"))
				return n, s[0] == '-'
			}, gopter.Gen(numbers), oneIn(2))
	}
	panic("no generator for the key type")
}

// worldsOf returns the worlds for K: integers under every hasher, the rest under a few.
func worldsOf[K comparable]() []world[K] {
	var worlds []world[K]
	_, all := any(*new(K)).(int)
	for _, h := range testkit.Hashers[K]() {
		switch h.Name {
		case "default", "constant", "top 60 bits equal", "8 bits", "no Sum64":
		default:
			if !all {
				continue
			}
		}
		worlds = append(worlds, world[K]{h, keysOf[K]()})
	}
	return worlds
}

// arbitraries generates the arguments of laws by their types.
func (w world[K]) arbitraries() *arbitrary.Arbitraries {
	h, values := hamt.Hasher[K](w.hasher.Hasher), gen.UInt8Range(0, 4)
	as := arbitrary.DefaultArbitraries()
	for _, g := range []gopter.Gen{
		w.key,
		values,
		GenEntries[K, value](w.key, values),
		GenEdits[K, value](w.key, values),
		GenMapWith[K, value](h, w.key, values),
		GenSetWith(h, w.key),
		GenVersions[K, value](h, w.key, values),
		GenSetVersions(h, w.key),
		oneIn(2),
	} {
		as.RegisterGen(g)
	}
	return as
}

// A run says how much is checked.
type run struct {
	seed        uint64
	cases, size int // per law and world
}

// quickSize is the size of [quick] runs: with a hundred keys a map has as many levels as the
// hash is bad. Under a good hash it takes more to have wide nodes, and two levels of them.
const quickSize = 160

func (w world[K]) name() string { return w.hasher.Name }

// run returns r with the size for w.
func (w world[K]) run(r run) run {
	if w.hasher.Name == "default" || w.hasher.Name == "good" {
		r.size *= 4
	}
	return r
}

// quick is the run that every `go test` makes, with fewer cases if every operation is checked, and with -short. [TestSoak] makes longer ones.
func quick(t *testing.T) run {
	cases := 4
	if invariants.Enabled || testing.Short() {
		cases = 2
	}
	return run{testkit.Seed(t), cases, quickSize}
}

// parameters are different for every name, and the same for the same seed and name.
func (r run) parameters(name string) *gopter.TestParameters {
	h := fnv.New64a()
	h.Write([]byte(name))
	p := gopter.DefaultTestParametersWithSeed(int64(r.seed ^ h.Sum64()))
	p.MinSuccessfulTests, p.MinSize, p.MaxSize = r.cases, r.size/r.cases, r.size
	p.MaxShrinkCount = 200 // each step of which tries every entry
	return p
}

// check fails t with gopter's report if prop does not hold.
func (r run) check(t *testing.T, prop gopter.Prop) {
	t.Helper()
	if report, ok := r.falsify(t.Name(), prop); !ok {
		t.Errorf("RAMET_SEED=%d\n%s", r.seed, report)
	}
}

func (r run) falsify(name string, prop gopter.Prop) (report string, ok bool) {
	params := r.parameters(name)
	result := prop.Check(params)
	if result.Passed() && result.Succeeded >= r.cases {
		return "", true
	}
	var out strings.Builder
	gopter.NewFormatedReporter(true, 100, &out).ReportTestResult(name, result)
	return out.String(), false
}

// A place is where laws are checked: a [world], or a [realm].
type place interface {
	name() string
	run(r run) run // r with the size for the place
	arbitraries() *arbitrary.Arbitraries
}

// check checks the laws in the worlds, each up to the first in which it does not hold. Every
// law has its own worlds: a hasher that remembers is reproducible that way.
func check[W place](t *testing.T, r run, worlds func() []W, laws []law) {
	for _, l := range laws {
		t.Run(l.name, func(t *testing.T) {
			t.Parallel()
			for _, w := range worlds() {
				if !t.Run(w.name(), func(t *testing.T) { w.run(r).check(t, w.arbitraries().ForAll(l.holds)) }) {
					return
				}
			}
		})
	}
}

// everywhere checks laws for several key types: those about what depends on the type, which
// are reading, writing and encoding. All other laws are checked for integers only, to keep
// what the compiler has to do, an instance of everything for each key type, within bounds.
func (r run) everywhere(t *testing.T, ints, strings, pairs, floats []law) {
	t.Run("int", func(t *testing.T) { check(t, r, worldsOf[int], ints) })
	t.Run("string", func(t *testing.T) { check(t, r, worldsOf[string], strings) })
	t.Run("pair", func(t *testing.T) { check(t, r, worldsOf[pair], pairs) })
	t.Run("float64", func(t *testing.T) { check(t, r, worldsOf[float64], floats) })
}

func contents[K comparable, V any](m interface{ All() iter.Seq2[K, V] }) map[K]V {
	return maps.Collect(m.All())
}
