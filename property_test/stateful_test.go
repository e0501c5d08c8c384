package property_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/commands"
	"github.com/leanovate/gopter/gen"
	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

// The stateful test: random sequences of operations on a few live versions and builders,
// compared after each operation with built-in maps. Everything alive is compared each
// time, the versions that have been replaced included, for what leaks into another
// version is seen there only.

const (
	slotCount    = 4
	builderCount = 3
	keptCount    = 24
	keyCount     = 128
)

// A heap is versions in slots, builders, and versions that were in a slot earlier. The
// system under test and its model are heaps of the same form.
type heap[M, B any] struct {
	v     [slotCount]M
	b     [builderCount]B
	kept  []M
	reply any // what the last operation returned, apart from a version
}

func (h *heap[M, B]) put(slot int, m M) {
	h.kept = append(slices.Clip(h.kept), h.v[slot]) // never in place: gopter holds on to states
	h.kept = h.kept[max(0, len(h.kept)-keptCount):]
	h.v[slot] = m
}

type (
	plain  = map[int]value // never changed once made
	tree   = hamt.Map[int, value]
	model  = heap[plain, plain]
	system = heap[tree, *hamt.MapBuilder[int, value]]
)

// An operation is done to the system and to the model.
type operation struct {
	name  string
	do    func(*system, command)
	model func(*model, command)
}

var operations = []operation{
	{"v[dst] = v[a].Set(key, val)",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].Set(c.key, c.val)) },
		func(m *model, c command) { m.put(c.dst, with(m.v[c.a], c.key, c.val)) }},
	{"v[dst] = v[a].Delete(key)",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].Delete(c.key)) },
		func(m *model, c command) { m.put(c.dst, without(m.v[c.a], c.key)) }},
	{"v[dst] = SetIfChanged(v[a], key, val)",
		func(s *system, c command) { s.put(c.dst, hamt.SetIfChanged(s.v[c.a], c.key, c.val)) },
		func(m *model, c command) { m.put(c.dst, with(m.v[c.a], c.key, c.val)) }},
	{"v[dst] = v[a].Update(key, toggle)",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].Update(c.key, toggle)) },
		func(m *model, c command) { m.put(c.dst, updated(m.v[c.a], c.key)) }},
	{"v[dst] = v[a].SetAll(some)",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].SetAll(c.some())) },
		func(m *model, c command) { m.put(c.dst, all(m.v[c.a], maps.Collect(c.some()))) }},
	{"v[dst] = v[a].Filter(below)",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].Filter(c.below)) },
		func(m *model, c command) { m.put(c.dst, filtered(m.v[c.a], c.below)) }},
	{"v[dst] = v[a].Union(v[b])",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].Union(s.v[c.b])) },
		func(m *model, c command) { m.put(c.dst, all(m.v[c.a], m.v[c.b])) }},
	{"v[dst] = v[a].UnionFunc(v[b], greater)",
		func(s *system, c command) {
			s.put(c.dst, s.v[c.a].UnionFunc(s.v[c.b], func(_ int, x, y value) value { return max(x, y) }))
		},
		func(m *model, c command) {
			u := all(m.v[c.a], m.v[c.b])
			for k, x := range m.v[c.a] {
				u[k] = max(u[k], x)
			}
			m.put(c.dst, u)
		}},
	{"v[dst] = v[a].Intersection(v[b])",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].Intersection(s.v[c.b])) },
		func(m *model, c command) { m.put(c.dst, filtered(m.v[c.a], has(m.v[c.b]))) }},
	{"v[dst] = v[a].Difference(v[b])",
		func(s *system, c command) { s.put(c.dst, s.v[c.a].Difference(s.v[c.b])) },
		func(m *model, c command) {
			common := has(m.v[c.b])
			m.put(c.dst, filtered(m.v[c.a], func(k int, v value) bool { return !common(k, v) }))
		}},
	{"v[dst] = MapValues(v[a], next)",
		func(s *system, c command) {
			s.put(c.dst, hamt.MapValues(s.v[c.a], func(_ int, v value) value { return (v + c.val) % 5 }))
		},
		func(m *model, c command) {
			next := maps.Clone(m.v[c.a])
			for k, v := range next {
				next[k] = (v + c.val) % 5
			}
			m.put(c.dst, next)
		}},
	{"v[dst] = Apply(v[a], Diff(v[a], v[b]))",
		func(s *system, c command) { s.put(c.dst, hamt.Apply(s.v[c.a], hamt.Diff(s.v[c.a], s.v[c.b]))) },
		func(m *model, c command) { m.put(c.dst, m.v[c.b]) }},
	{"v[dst] = Apply(v[b], inverses of Diff(v[a], v[b]))",
		func(s *system, c command) {
			s.put(c.dst, hamt.Apply(s.v[c.b], testkit.Inverses(hamt.Diff(s.v[c.a], s.v[c.b]))))
		},
		func(m *model, c command) { m.put(c.dst, m.v[c.a]) }},
	{"v[dst] = Merge(v[dst], v[a], v[b])",
		func(s *system, c command) {
			merged, conflicts := hamt.Merge(s.v[c.dst], s.v[c.a], s.v[c.b])
			s.reply = len(conflicts)
			s.put(c.dst, merged)
		},
		func(m *model, c command) {
			merged, conflicts := plain{}, 0
			for k := range keyCount {
				base, ours, theirs := sideIn(m.v[c.dst], k), sideIn(m.v[c.a], k), sideIn(m.v[c.b], k)
				if ours != base && theirs != base && ours != theirs {
					conflicts++
				}
				if ours == base {
					ours = theirs
				}
				if ours.ok {
					merged[k] = ours.v
				}
			}
			m.reply = conflicts
			m.put(c.dst, merged)
		}},
	{"Equal(v[a], v[b])",
		func(s *system, c command) { s.reply = hamt.Equal(s.v[c.a], s.v[c.b]) },
		func(m *model, c command) { m.reply = maps.Equal(m.v[c.a], m.v[c.b]) }},
	{"Diff(v[a], v[b])",
		func(s *system, c command) {
			n := map[diff.Kind]int{}
			for change := range hamt.Diff(s.v[c.a], s.v[c.b]) {
				n[change.Kind]++
			}
			s.reply = fmt.Sprint(n)
		},
		func(m *model, c command) {
			n := map[diff.Kind]int{}
			for k := range keyCount {
				switch from, to := sideIn(m.v[c.a], k), sideIn(m.v[c.b], k); {
				case from == to:
				case !from.ok:
					n[diff.Added]++
				case !to.ok:
					n[diff.Removed]++
				default:
					n[diff.Updated]++
				}
			}
			m.reply = fmt.Sprint(n)
		}},

	{"b[dst] = v[a].Builder()",
		func(s *system, c command) { s.b[c.builder()] = s.v[c.a].Builder() },
		func(m *model, c command) { m.b[c.builder()] = m.v[c.a] }},
	{"b[dst].Set(key, val)",
		func(s *system, c command) { s.reply = s.b[c.builder()].Set(c.key, c.val) },
		func(m *model, c command) {
			_, had := m.b[c.builder()][c.key]
			m.reply = !had
			m.b[c.builder()] = with(m.b[c.builder()], c.key, c.val)
		}},
	{"b[dst].Delete(key)",
		func(s *system, c command) { s.reply = s.b[c.builder()].Delete(c.key) },
		func(m *model, c command) {
			_, m.reply = m.b[c.builder()][c.key]
			m.b[c.builder()] = without(m.b[c.builder()], c.key)
		}},
	{"b[dst].Update(key, toggle)",
		func(s *system, c command) { s.b[c.builder()].Update(c.key, toggle) },
		func(m *model, c command) { m.b[c.builder()] = updated(m.b[c.builder()], c.key) }},
	{"b[dst].SetAll(some)",
		func(s *system, c command) { s.b[c.builder()].SetAll(c.some()) },
		func(m *model, c command) { m.b[c.builder()] = all(m.b[c.builder()], maps.Collect(c.some())) }},
	{"b[dst].SetAll(v[a].All())",
		func(s *system, c command) { s.b[c.builder()].SetAll(s.v[c.a].All()) },
		func(m *model, c command) { m.b[c.builder()] = all(m.b[c.builder()], m.v[c.a]) }},
	{"b[dst].DeleteFunc(below)",
		func(s *system, c command) { s.b[c.builder()].DeleteFunc(c.below) },
		func(m *model, c command) {
			m.b[c.builder()] = filtered(m.b[c.builder()], func(k int, v value) bool { return !c.below(k, v) })
		}},
	{"b[dst].Clear()",
		func(s *system, c command) { s.b[c.builder()].Clear() },
		func(m *model, c command) { m.b[c.builder()] = plain{} }},
	{"for k := range b[dst].Keys() { b[dst].Delete(k + key) }",
		func(s *system, c command) {
			n := 0
			for k := range s.b[c.builder()].Keys() {
				s.b[c.builder()].Delete(k + c.key)
				n++
			}
			s.reply = n
		},
		func(m *model, c command) {
			from := m.b[c.builder()]
			m.reply = len(from)
			m.b[c.builder()] = filtered(from, func(k int, _ value) bool { _, ok := from[k-c.key]; return !ok })
		}},
	{"v[a] = b[dst].Build()",
		func(s *system, c command) { s.put(c.a, s.b[c.builder()].Build()) },
		func(m *model, c command) { m.put(c.a, m.b[c.builder()]) }},
}

func with(m plain, k int, v value) plain { return all(m, plain{k: v}) }

func without(m plain, k int) plain {
	return filtered(m, func(j int, _ value) bool { return j != k })
}

func all(m, o plain) plain {
	m = maps.Clone(m)
	maps.Copy(m, o)
	return m
}

func filtered(m plain, keep func(int, value) bool) plain {
	m = maps.Clone(m)
	maps.DeleteFunc(m, func(k int, v value) bool { return !keep(k, v) })
	return m
}

func has(m plain) func(int, value) bool {
	return func(k int, _ value) bool { _, ok := m[k]; return ok }
}

// toggle is for Update: it sets an absent key, deletes one of value 0, and counts down the
// others.
func toggle(old value, ok bool) (value, bool) {
	if !ok {
		return 2, true
	}
	return max(old, 1) - 1, old > 0
}

func updated(m plain, k int) plain {
	old, ok := m[k]
	if v, keep := toggle(old, ok); keep {
		return with(m, k, v)
	}
	return without(m, k)
}

func sideIn(m plain, k int) side {
	v, ok := m[k]
	return side{v, ok}
}

// drawn has each operation as often as it is drawn: those that make maps grow more often,
// so that they outweigh those that empty them.
var drawn = func() (ops []int) {
	for i, op := range operations {
		n := 1
		if strings.Contains(op.name, "Set(") || strings.Contains(op.name, "SetAll(some)") {
			n = 4
		}
		ops = append(ops, slices.Repeat([]int{i}, n)...)
	}
	return
}()

// A command is an operation with its operands.
type command struct {
	op        int // in drawn
	dst, a, b int
	key       int
	val       value
}

func (c command) operation() operation { return operations[drawn[c.op]] }

func (c command) builder() int { return c.dst % builderCount }

func (c command) below(_ int, v value) bool { return v < c.val }

// some yields up to 64 keys from key on, cyclically, with various values.
func (c command) some() func(yield func(int, value) bool) {
	return func(yield func(int, value) bool) {
		for i := range 16 * int(c.val) {
			if !yield((c.key+i)%keyCount, value(i%5)) {
				return
			}
		}
	}
}

func (c command) String() string {
	return fmt.Sprintf("%s {dst %d, a %d, b %d, key %d, val %d}", c.operation().name, c.dst, c.a, c.b, c.key, c.val)
}

func (c command) PreCondition(commands.State) bool { return true }

func (c command) Run(sut commands.SystemUnderTest) commands.Result {
	s := sut.(*system)
	s.reply = nil
	c.operation().do(s, c)
	return s
}

func (c command) NextState(state commands.State) commands.State {
	m := state.(model)
	m.reply = nil
	c.operation().model(&m, c)
	return m
}

// PostCondition compares everything alive.
func (c command) PostCondition(state commands.State, result commands.Result) *gopter.PropResult {
	want, got := state.(model), result.(*system)
	return compareHeaps(c, &want, got,
		func(want plain, got tree) error { return testkit.Compare(got, want, allKeys...) },
		func(want plain, got *hamt.MapBuilder[int, value]) error {
			return testkit.Compare(got, want, allKeys...)
		})
}

// compareHeaps compares what is alive after c in the model and in the system.
func compareHeaps[W, M, B any](c fmt.Stringer, want *heap[W, W], got *heap[M, B], version func(W, M) error, builder func(W, B) error) *gopter.PropResult {
	var wrong []string
	complain := func(what string, i int, err error) {
		if err != nil {
			wrong = append(wrong, fmt.Sprintf("after %v: %s[%d]: %v", c, what, i, err))
		}
	}
	for i := range want.v {
		complain("v", i, version(want.v[i], got.v[i]))
	}
	for i := range want.b {
		complain("b", i, builder(want.b[i], got.b[i]))
	}
	for i := range want.kept {
		complain("kept", i, version(want.kept[i], got.kept[i]))
	}
	if got.reply != want.reply {
		wrong = append(wrong, fmt.Sprintf("after %v: returned %v, not %v", c, got.reply, want.reply))
	}
	return gopter.NewPropResult(wrong == nil, strings.Join(wrong, "\n"))
}

var allKeys = func() (keys []int) {
	for k := range keyCount {
		keys = append(keys, k)
	}
	return
}()

// genCommand generates commands of unsigned numbers: gopter forgets the sieve of a command
// that it has shrunk once, and signed ones would then become negative.
var genCommand = gopter.DeriveGen(
	func(op, dst, a, b, key uint8, val value) command {
		return command{int(op), int(dst), int(a), int(b), int(key), val}
	},
	func(c command) (op, dst, a, b, key uint8, val value) {
		return uint8(c.op), uint8(c.dst), uint8(c.a), uint8(c.b), uint8(c.key), c.val
	},
	upTo(len(drawn)), upTo(slotCount), upTo(slotCount), upTo(slotCount), upTo(keyCount), upTo(5))

func upTo(n int) gopter.Gen { return gen.UInt8Range(0, uint8(n-1)) }

// genState generates models whose slots hold one map each, of which the builders hold the
// first.
var genState = GenEntries[int, value](gen.IntRange(0, keyCount-1), gen.UInt8Range(0, 4)).
	Map(func(entries []Entry[int, value]) model {
		var m model
		for i := range m.v {
			m.v[i] = maps.Collect(Pairs(entries[:len(entries)*(i+1)/slotCount]))
		}
		for i := range m.b {
			m.b[i] = m.v[0]
		}
		return m
	})

// String prints the slots; gopter prints the state that a sequence begins with.
func (h heap[M, B]) String() string { return fmt.Sprintf("v: %v", h.v) }

// machine returns a property: every sequence of commands leaves a system whose maps use h
// as it should be. seen is called for every sequence that was run.
func machine(h hamt.Hasher[int], seen func(*system)) gopter.Prop {
	return commands.Prop(&commands.ProtoCommands{
		InitialStateGen: genState,
		GenCommandFunc:  func(commands.State) gopter.Gen { return genCommand },
		NewSystemUnderTestFunc: func(state commands.State) commands.SystemUnderTest {
			s, empty := new(system), hamt.NewMap[int, value](h)
			for i, m := range state.(model).v {
				s.v[i] = empty
				for _, k := range slices.Sorted(maps.Keys(m)) {
					s.v[i] = s.v[i].Set(k, m[k])
				}
			}
			for i := range s.b {
				s.b[i] = s.v[0].Builder()
			}
			return s
		},
		DestroySystemUnderTestFunc: func(sut commands.SystemUnderTest) { seen(sut.(*system)) },
	})
}

func TestCommands(t *testing.T) {
	r := quick(t)
	r.size = 100
	checkCommands(t, r)
}

func checkCommands(t *testing.T, r run) {
	var (
		mu      sync.Mutex
		longest int // whatever the hasher: a few short runs by one of them may all stay small
	)
	t.Run("by", func(t *testing.T) {
		for _, h := range testkit.Hashers[int]() {
			t.Run(h.Name, func(t *testing.T) {
				t.Parallel()
				r.check(t, machine(h.Hasher, func(s *system) {
					mu.Lock()
					defer mu.Unlock()
					for _, m := range s.kept {
						longest = max(longest, m.Len())
					}
				}))
			})
		}
	})
	assert.Greater(t, longest, 40, "the maps stay small")
}
