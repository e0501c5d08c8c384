package property_test

import (
	"cmp"
	"fmt"
	"slices"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/commands"
	"github.com/leanovate/gopter/gen"
	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/vector"
)

// The stateful test of vectors: that of maps, with operations of vectors.

type (
	listModel  = heap[[]int, []int] // slices that are never changed once made
	listSystem = heap[vec, *vector.Builder[int]]
)

// longList is a length beyond which vectors do not grow.
const longList = 2500

// A listOperation is done to the system and to the model.
type listOperation struct {
	name  string
	do    func(*listSystem, listCommand)
	model func(*listModel, listCommand)
}

var listOperations = []listOperation{
	{"v[dst] = edit of v[a]",
		func(s *listSystem, c listCommand) { s.put(c.dst, c.edit.onVector(s.v[c.a])) },
		func(m *listModel, c listCommand) { m.put(c.dst, c.edit.onSlice(m.v[c.a])) }},
	{"v[dst] = v[a].Append(x).Append(y), one by one",
		func(s *listSystem, c listCommand) {
			for _, x := range c.edit.Xs {
				s.put(c.dst, s.v[c.a].Append(x)) // forks, if a is not dst
			}
		},
		func(m *listModel, c listCommand) {
			for _, x := range c.edit.Xs {
				m.put(c.dst, slices.Concat(m.v[c.a], []int{x}))
			}
		}},
	{"v[dst] = v[a].Prepend(x).Prepend(y), one by one",
		func(s *listSystem, c listCommand) {
			for _, x := range c.edit.Xs {
				s.put(c.dst, s.v[c.a].Prepend(x))
			}
		},
		func(m *listModel, c listCommand) {
			for _, x := range c.edit.Xs {
				m.put(c.dst, slices.Concat([]int{x}, m.v[c.a]))
			}
		}},
	{"v[dst] = v[a].Slice(from, to)",
		func(s *listSystem, c listCommand) {
			i, j := between(c.edit.From, c.edit.To, s.v[c.a].Len())
			s.put(c.dst, s.v[c.a].Slice(i, j))
		},
		func(m *listModel, c listCommand) {
			i, j := between(c.edit.From, c.edit.To, len(m.v[c.a]))
			m.put(c.dst, slices.Clone(m.v[c.a][i:j]))
		}},
	{"v[dst] = v[a].Concat(v[b])",
		func(s *listSystem, c listCommand) {
			if s.v[c.a].Len()+s.v[c.b].Len() <= longList {
				s.put(c.dst, s.v[c.a].Concat(s.v[c.b]))
			}
		},
		func(m *listModel, c listCommand) {
			if len(m.v[c.a])+len(m.v[c.b]) <= longList {
				m.put(c.dst, slices.Concat(m.v[c.a], m.v[c.b]))
			}
		}},
	{"v[dst] = v[a].Filter(odd), Reverse, SortFunc or Map",
		func(s *listSystem, c listCommand) {
			v := s.v[c.a]
			switch c.b {
			case 0:
				v = v.Filter(func(x int) bool { return x%8 > 0 })
			case 1:
				v = v.Reverse()
			case 2:
				v = v.SortFunc(cmp.Compare[int])
			default:
				v = vector.Map(v, func(x int) int { return x + 1 })
			}
			s.put(c.dst, v)
		},
		func(m *listModel, c listCommand) {
			v := slices.Clone(m.v[c.a])
			switch c.b {
			case 0:
				v = slices.DeleteFunc(v, func(x int) bool { return x%8 == 0 })
			case 1:
				slices.Reverse(v)
			case 2:
				slices.Sort(v)
			default:
				for i := range v {
					v[i]++
				}
			}
			m.put(c.dst, v)
		}},
	{"v[dst] = Apply(v[a], Diff(v[a], v[b])), and Equal(v[a], v[b])",
		func(s *listSystem, c listCommand) {
			s.reply = vector.Equal(s.v[c.a], s.v[c.b])
			s.put(c.dst, vector.Apply(s.v[c.a], vector.Diff(s.v[c.a], s.v[c.b])))
		},
		func(m *listModel, c listCommand) {
			m.reply = slices.Equal(m.v[c.a], m.v[c.b])
			m.put(c.dst, m.v[c.b])
		}},
	{"b[dst] = v[a].Builder()",
		func(s *listSystem, c listCommand) { s.b[c.builder()] = s.v[c.a].Builder() },
		func(m *listModel, c listCommand) { m.b[c.builder()] = m.v[c.a] }},
	{"edit of b[dst]",
		func(s *listSystem, c listCommand) { c.edit.onBuilder(s.b[c.builder()]) },
		func(m *listModel, c listCommand) { m.b[c.builder()] = c.edit.onSlice(m.b[c.builder()]) }},
	{"b[dst].Append(x), b[dst].Append(y), one by one",
		func(s *listSystem, c listCommand) {
			for _, x := range c.edit.Xs {
				s.b[c.builder()].Append(x)
			}
		},
		func(m *listModel, c listCommand) { m.b[c.builder()] = slices.Concat(m.b[c.builder()], c.edit.Xs) }},
	{"b[dst].Concat(v[a])",
		func(s *listSystem, c listCommand) {
			if s.b[c.builder()].Len()+s.v[c.a].Len() <= longList {
				s.b[c.builder()].Concat(s.v[c.a])
			}
		},
		func(m *listModel, c listCommand) {
			if len(m.b[c.builder()])+len(m.v[c.a]) <= longList {
				m.b[c.builder()] = slices.Concat(m.b[c.builder()], m.v[c.a])
			}
		}},
	{"v[a] = b[dst].Build()",
		func(s *listSystem, c listCommand) { s.put(c.a, s.b[c.builder()].Build()) },
		func(m *listModel, c listCommand) { m.put(c.a, m.b[c.builder()]) }},
}

// A listCommand is an operation with its operands.
type listCommand struct {
	op        int
	dst, a, b int
	edit      splice
}

func (c listCommand) builder() int { return c.dst % builderCount }

func (c listCommand) String() string {
	return fmt.Sprintf("%s {dst %d, a %d, b %d, edit %v}", listOperations[c.op].name, c.dst, c.a, c.b, c.edit)
}

func (c listCommand) PreCondition(commands.State) bool { return true }

func (c listCommand) Run(sut commands.SystemUnderTest) commands.Result {
	s := sut.(*listSystem)
	s.reply = nil
	listOperations[c.op].do(s, c)
	return s
}

func (c listCommand) NextState(state commands.State) commands.State {
	m := state.(listModel)
	m.reply = nil
	listOperations[c.op].model(&m, c)
	return m
}

// PostCondition compares everything alive.
func (c listCommand) PostCondition(state commands.State, result commands.Result) *gopter.PropResult {
	want, got := state.(listModel), result.(*listSystem)
	return compareHeaps(c, &want, got,
		func(want []int, got vec) error { return is(got, want) },
		func(want []int, got *vector.Builder[int]) error { // without a Build, which would end what the builder owns
			if got.Len() != len(want) {
				return fmt.Errorf("%d elements, want %d", got.Len(), len(want))
			}
			for i, x := range want {
				if got.At(i) != x {
					return fmt.Errorf("At(%d) is %d, want %d", i, got.At(i), x)
				}
			}
			return nil
		})
}

var genListCommand = gopter.DeriveGen(
	func(op, dst, a, b uint8, edit splice) listCommand {
		return listCommand{int(op), int(dst), int(a), int(b), edit}
	},
	func(c listCommand) (op, dst, a, b uint8, edit splice) {
		return uint8(c.op), uint8(c.dst), uint8(c.a), uint8(c.b), c.edit
	},
	upTo(len(listOperations)), upTo(slotCount), upTo(slotCount), upTo(slotCount), genSplice)

// genListState generates models whose slots hold parts of one vector, the first of which the builders hold.
var genListState = sliceOf[int](gen.IntRange(0, 250), vectorLength).
	Map(func(elems []int) listModel {
		var m listModel
		for i := range m.v {
			m.v[i] = elems[:len(elems)*(i+1)/slotCount]
		}
		for i := range m.b {
			m.b[i] = m.v[0]
		}
		return m
	})

// listMachine returns a property: every sequence of commands leaves a system as it should be. first makes a slice a
// vector. seen is called for every sequence that was run.
func listMachine(first func([]int) vec, seen func(*listSystem)) gopter.Prop {
	return commands.Prop(&commands.ProtoCommands{
		InitialStateGen: genListState,
		GenCommandFunc:  func(commands.State) gopter.Gen { return genListCommand },
		NewSystemUnderTestFunc: func(state commands.State) commands.SystemUnderTest {
			s, m := new(listSystem), state.(listModel)
			whole := first(m.v[slotCount-1])
			for i := range s.v {
				s.v[i] = whole.Slice(0, len(m.v[i]))
			}
			for i := range s.b {
				s.b[i] = s.v[0].Builder()
			}
			return s
		},
		DestroySystemUnderTestFunc: func(sut commands.SystemUnderTest) { seen(sut.(*listSystem)) },
	})
}

func TestVectorCommands(t *testing.T) {
	r := quick(t)
	r.cases, r.size = 10*r.cases, 150
	checkVectorCommands(t, r)
}

func checkVectorCommands(t *testing.T, r run) {
	longest := 0
	r.check(t, listMachine(func(s []int) vec { return vector.Of(s...) }, func(s *listSystem) {
		for _, v := range s.kept {
			longest = max(longest, v.Len())
		}
	}))
	assert.Greater(t, longest, 300, "the vectors stay small")
}
