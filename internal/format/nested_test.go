package format_test

import (
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/format"
)

// A box holds anything, as a cell does.
type box struct{ x any }

func (b *box) Format(s fmt.State, verb rune) { format.Held(s, verb, b, b.x) }
func (b *box) LogValue() slog.Value          { return format.LogValue(b.x) }

// A pair prints its parts.
type pair struct{ a, b any }

func (p *pair) Format(s fmt.State, verb rune) {
	format.Value(s, verb, p, func(q *format.Printer) {
		q.Text(q.Type() + "(")
		q.Element(p.a)
		q.Text(" ")
		q.Element(p.b)
		q.Text(")")
	})
}

// A version has an identity, as the collections of this module do.
type version struct{ elements *[]any }

func versionOf(x ...any) version { return version{&x} }

func (v version) Format(s fmt.State, verb rune) { format.Seq(s, verb, v, slices.Values(*v.elements)) }
func (v version) LogValue() slog.Value {
	return format.LogSeq(len(*v.elements), slices.Values(*v.elements))
}

// viaString is printed by a method that calls fmt anew.
type viaString struct{ kids version }

func (v *viaString) String() string { return "v" + fmt.Sprint(v.kids) }

func TestWhatLeadsToItself(t *testing.T) {
	self := &box{}
	self.x = self
	assert.Equal(t, "…", fmt.Sprint(self))
	self.x = list[any]{1, self, 2}
	assert.Equal(t, "[1 … 2]", fmt.Sprint(self))
	a, b := &box{}, &box{}
	a.x, b.x = list[any]{b}, list[any]{a}
	assert.Equal(t, "[[…]]", fmt.Sprint(a))
	b.x = &pair{a, []any{a}}
	assert.Equal(t, "[&format_test.pair(… […])]", fmt.Sprint(a))

	v := &viaString{}
	v.kids = versionOf(v, v)
	assert.Equal(t, "v[v… v…]", fmt.Sprint(v))
	same := &pair{1, 2}
	assert.Equal(t, "[&format_test.pair(1 2) &format_test.pair(1 2)]", fmt.Sprint(list[any]{same, same}), "twice, but not within itself")
}

// TestWhatIsMadeAnewEnds, though no value is met twice.
func TestWhatIsMadeAnewEnds(t *testing.T) {
	deep := any(1)
	for range 3000 {
		deep = &pair{deep, nil}
	}
	assert.Contains(t, fmt.Sprint(deep), "…")
	deep = 1
	for range 300 {
		deep = &viaString{versionOf(deep)}
	}
	assert.Contains(t, fmt.Sprint(deep), "…")
}

// TestCrowd: there are more ways through references that lead to each other than anybody can wait for.
func TestCrowd(t *testing.T) {
	crowd := make([]any, 12)
	for i := range crowd {
		crowd[i] = &box{}
	}
	for i := range crowd {
		crowd[i].(*box).x = list[any](crowd)
	}
	assert.Less(t, len(fmt.Sprint(crowd[0])), 1<<20)
}

func TestNilPointer(t *testing.T) {
	for _, verb := range []string{"%v", "%+v", "%#v", "%d"} {
		assert.Equal(t, "<nil>", fmt.Sprintf(verb, (*builder)(nil)))
	}
	assert.Equal(t, "[1]", fmt.Sprint(&builder{}))
	assert.Equal(t, "&format_test.builder{1}", fmt.Sprintf("%#v", &builder{}))
}

type builder struct{ _ int }

func (b *builder) Format(s fmt.State, verb rune) { format.Seq(s, verb, b, slices.Values([]int{1})) }

// TestSorted prints what comes in no order in one, and takes no more than the beginning of what is cut.
func TestSorted(t *testing.T) {
	assert.Equal(t, "[a b c]", fmt.Sprint(set{"c", "a", "b"}))
	n := 0
	counted := counting(func(yield func(int) bool) {
		for yield(n) {
			n++
		}
	})
	_, whole := format.Brief(counted, 100)
	assert.False(t, whole)
	assert.Less(t, n, 200)
}

type set []string

func (s set) Format(f fmt.State, verb rune) { format.SortedSeq(f, verb, s, slices.Values(s)) }

type counting iter.Seq[int]

func (c counting) Format(f fmt.State, verb rune) { format.SortedSeq(f, verb, c, iter.Seq[int](c)) }

func TestWhatPrintsInManyGoroutines(t *testing.T) {
	leaf := &viaString{versionOf()}
	v := list[any]{leaf, &viaString{versionOf(leaf, &box{leaf})}}
	want := fmt.Sprint(v)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			for range 50 {
				if got := fmt.Sprint(v); got != want {
					t.Errorf("printed as %s", got)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestLogCutsWhatIsLong(t *testing.T) {
	long := strings.Repeat("ü", 10_000)
	for name, x := range map[string]any{
		"text": &box{long}, "error": &box{errors.New(long)}, "in a list": list[any]{long, long, long}, "key": table[string, int]{long + "a": 1, long + "b": 2},
		"group":    &box{slog.GroupValue(slog.String(long, long), slog.Int("n", 1))},
		"groups":   list[any]{slog.GroupValue(slog.Any("v", list[any]{slog.GroupValue(slog.String("x", long))}))},
		"many":     &box{slog.GroupValue(slices.Repeat([]slog.Attr{slog.Int("n", 1)}, 1000)...)},
		"nested":   nestedList(20),
		"a struct": &box{struct{ All []int }{make([]int, 10_000)}},
	} {
		j, text := record(x)
		assert.Less(t, len(j), 8<<10, name)
		assert.Less(t, len(text), 8<<10, name)
		assert.Contains(t, text, "…", name)
	}
	self := &box{}
	self.x = self
	_, text := record(self)
	assert.Contains(t, text, "…")
	self.x = list[any]{self}
	_, text = record(self)
	assert.Contains(t, text, "…")
	j, _ := record(&box{7})
	assert.Equal(t, `{"v":7}`, j)
	j, _ = record(&box{"short"})
	assert.Equal(t, `{"v":"short"}`, j)
}

func nestedList(n int) any {
	if n == 0 {
		return list[any]{"leaf"}
	}
	inner := nestedList(n - 1)
	return list[any]{inner, inner, inner}
}
