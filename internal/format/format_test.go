package format_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/internal/format"
)

type list[T any] []T

func (l list[T]) Format(s fmt.State, verb rune) {
	format.Seq(s, verb, l, slices.Values(l))
}
func (l list[T]) String() string       { return fmt.Sprint(l) }
func (l list[T]) LogValue() slog.Value { return format.LogSeq(len(l), slices.Values(l)) }

type table[K comparable, V any] map[K]V

func (m table[K, V]) Format(s fmt.State, verb rune) {
	format.SortedMap(s, verb, m, maps.All(m))
}
func (m table[K, V]) LogValue() slog.Value { return format.LogMap(len(m), maps.All(m)) }

type (
	point  struct{ X, y int }
	name   string
	broken struct{}
	quiet  struct{ n int }
)

func (broken) String() string   { panic("boom") }
func (q *quiet) String() string { return fmt.Sprintf("quiet %d", q.n) }
func (q quiet) GoString() string {
	return fmt.Sprintf("quiet.New(%d)", q.n)
}

var directives = []string{"%v", "%+v", "%s", "%q", "%d", "%x", "%X", "% x", "%#x", "%8v", "%-8v|", "%08d", "%+d", "%.2f", "%8.3f", "%.1s", "%t", "%c", "%U", "%#q", "%p", "%y", "%!"}

// sameAsSlice checks that the elements of a sequence print like those of a slice.
func sameAsSlice[T any](t *testing.T, elems ...T) {
	t.Helper()
	for _, d := range directives {
		if d != "%p" { // fmt prints %p itself
			assert.Equal(t, fmt.Sprintf(d, elems), fmt.Sprintf(d, list[T](elems)), "%T %s", elems, d)
		}
	}
	want := strings.TrimPrefix(fmt.Sprintf("%#v", elems), reflect.TypeFor[[]T]().String())
	got := fmt.Sprintf("%#v", list[T](elems))
	assert.Equal(t, want, got[len(got)-len(want):])
}

func TestSeqPrintsLikeASlice(t *testing.T) {
	now := time.Now()
	n := 5
	sameAsSlice[int](t, []int{}...)
	sameAsSlice(t, 1, -20, 300)
	sameAsSlice(t, "a", "b c", "\x00é\"")
	sameAsSlice[name](t, "x", "y")
	sameAsSlice(t, 1.5, -2)
	sameAsSlice(t, point{1, 2}, point{})
	sameAsSlice(t, &point{1, 2}, nil)
	sameAsSlice[any](t, 1, "a", nil, &n, []byte("hi"), []any{1, nil}, errors.New("no"))
	sameAsSlice(t, []byte("hi"), nil)
	sameAsSlice(t, now, now.Add(time.Hour))
	sameAsSlice(t, broken{})
	sameAsSlice(t, &quiet{1}, nil)
	sameAsSlice(t, quiet{1})
	sameAsSlice(t, map[string]int{"b": 1, "a": 2})
	sameAsSlice(t, true, false)
}

func TestBytesAreElements(t *testing.T) {
	b := list[byte]{1, 255}
	assert.Equal(t, "[1 255] [1 ff] list[uint8]{0x1, 0xff}",
		strings.ReplaceAll(fmt.Sprintf("%v %x %#v", b, b, b), "format_test.", ""))
}

func TestMap(t *testing.T) {
	m := table[string, int]{"b": 20, "a": 1}
	for d, want := range map[string]string{
		"%v": `{a: 1, b: 20}`, "%d": `{%!d(string=a): 1, %!d(string=b): 20}`, "%q": `{"a": '\x01', "b": '\x14'}`,
		"%4v": `{   a:    1,    b:   20}`, "%x": `{61: 1, 62: 14}`, "%s": `{a: %!s(int=1), b: %!s(int=20)}`,
		"%#v": `format_test.table[string,int]{"a":1, "b":20}`, "%+v": `{a: 1, b: 20}`,
	} {
		assert.Equal(t, want, fmt.Sprintf(d, m), d)
	}
	assert.Equal(t, "{}", fmt.Sprint(table[string, int]{}))
	assert.Equal(t, "format_test.table[string,int]{}", fmt.Sprintf("%#v", table[string, int]{}))
	assert.Equal(t, "[]", list[int]{}.String())
	assert.Equal(t, `{{X:1 y:2}: [a b]}`, fmt.Sprintf("%+v", table[point, list[string]]{{1, 2}: {"a", "b"}}))
	assert.Equal(t, `format_test.table[format_test.point,[]string]{format_test.point{X:1, y:2}:[]string{"a"}}`,
		fmt.Sprintf("%#v", table[point, []string]{{1, 2}: {"a"}}))
}

func TestMapPrintsLikeABuiltIn(t *testing.T) {
	for _, d := range directives {
		m := map[int]string{5: "five", -3: "", 12: "\x01"}
		want := fmt.Sprintf(d, m)
		if d == "%p" || strings.Contains(want, "!") {
			continue
		}
		var parts []string
		for _, k := range slices.Sorted(maps.Keys(m)) {
			parts = append(parts, fmt.Sprintf(d, k)+": "+fmt.Sprintf(d, m[k]))
		}
		want = "{" + strings.Join(parts, ", ") + "}"
		if !strings.HasSuffix(d, "|") {
			assert.Equal(t, want, fmt.Sprintf(d, table[int, string](m)), d)
		}
	}
	for _, m := range []map[any]any{{}, {1: nil, "a": &point{}, 2.5: []int{1}, nil: "x"}} {
		// Types are ordered by name here, by address in fmt, so compare the entries.
		entries := func(text string) []string {
			_, text, _ = strings.Cut(text, "interface {}{")
			return strings.Split(strings.TrimSuffix(text, "}"), ", ")
		}
		want := entries(fmt.Sprintf("%#v", m))
		got := entries(strings.Replace(fmt.Sprintf("%#v", table[any, any](m)), "interface {}]{", "interface {}{", 1))
		assert.ElementsMatch(t, want, got)
	}
}

func TestNested(t *testing.T) {
	m := table[string, list[int]]{"a": {10, 2}}
	assert.Equal(t, "{a: [10 2]}", fmt.Sprint(m))
	assert.Equal(t, "{61: [a 2]}", fmt.Sprintf("%x", m))
	assert.Equal(t, `format_test.table[string,format_test.list[int]]{"a":format_test.list[int]{10, 2}}`, fmt.Sprintf("%#v", m))
	assert.Equal(t, "[{a: [10 2]}]", fmt.Sprint([]any{m}))
	assert.Equal(t, "{M:{a: [10 2]}}", fmt.Sprintf("%+v", struct{ M any }{m}))
}

// A value that reaches itself through pointers is printed in finite space.
func TestCycle(t *testing.T) {
	type tree struct{ kids list[any] }
	n := &tree{}
	n.kids = append(n.kids, n)
	assert.Regexp(t, `^&\{.*0x[0-9a-f]+.*\}$`, fmt.Sprintf("%v", n))
	assert.Regexp(t, `^\[0x[0-9a-f]+\]$`, fmt.Sprint(n.kids))
}

func TestPanicInString(t *testing.T) {
	assert.Equal(t, "[%!v(PANIC=String method: boom)]", fmt.Sprint(list[broken]{{}}))
	assert.Equal(t, "[<nil> quiet 3]", fmt.Sprint(list[*quiet]{nil, {3}}))
	assert.Panics(t, func() { // and one out of the sequence itself is fmt's as well
		format.Seq(nil, 'v', list[int]{1}, slices.Values([]int{1}))
	})
}

// tagged is a type whose name holds what the name printer cuts at.
type tagged = struct {
	X map[string]time.Duration `name:"a/b,\"é·]"`
}

func TestTypeName(t *testing.T) {
	type local struct{}
	const here = "format_test."
	assert.Equal(t, here+"list[slog.Value]{}", fmt.Sprintf("%#v", list[slog.Value]{}))
	assert.Equal(t, here+"list["+here+"local]{}", fmt.Sprintf("%#v", list[local]{}))
	assert.Equal(t, here+"list[func(*slog.Attr, ...json.Token) map[slog.Level]"+here+"list[*slog.Record]]{}",
		fmt.Sprintf("%#v", list[func(*slog.Attr, ...json.Token) map[slog.Level]list[*slog.Record]]{}))
	assert.Equal(t, here+`list[struct { X map[string]time.Duration "name:\"a/b,\\\"é·]\"" }]{}`, fmt.Sprintf("%#v", list[tagged]{}))
	assert.Equal(t, "map[slog.Level]int{}", goSyntax[map[slog.Level]int]())
}

type shown[T any] struct{}

func (shown[T]) Format(s fmt.State, verb rune) {
	var self T
	format.Map(s, verb, self, maps.All(map[int]int{}))
}

func goSyntax[T any]() string { return fmt.Sprintf("%#v", shown[T]{}) }

func TestFormatIsCalledWithAnyVerb(t *testing.T) {
	for _, verb := range []rune{'%', '!', '5', '*', 'T', 'p', -1, 0, 'é', '\U0010ffff'} {
		assert.NotPanics(t, func() { format.Seq(state{}, verb, 1, slices.Values([]int{1})) })
	}
}

// state has every flag on.
type state struct{}

func (state) Write(b []byte) (int, error) { return len(b), nil }
func (state) Width() (int, bool)          { return 3, true }
func (state) Precision() (int, bool)      { return 2, true }
func (state) Flag(int) bool               { return true }

// record logs v as JSON and as text.
func record(v any) (asJSON, asText string) {
	drop := func(groups []string, a slog.Attr) slog.Attr {
		if len(groups) == 0 && a.Key != "v" {
			return slog.Attr{}
		}
		return a
	}
	options := &slog.HandlerOptions{ReplaceAttr: drop}
	var j, x bytes.Buffer
	slog.New(slog.NewJSONHandler(&j, options)).Info("", "v", v)
	slog.New(slog.NewTextHandler(&x, options)).Info("", "v", v)
	return strings.TrimSpace(j.String()), strings.TrimSpace(x.String())
}

func TestLog(t *testing.T) {
	j, x := record(list[any]{"a", 2, list[int]{3}})
	assert.Equal(t, `{"v":{"len":3,"first":{"0":"a","1":2,"2":{"len":1,"first":{"0":3}}}}}`, j)
	assert.Equal(t, `v.len=3 v.first.0=a v.first.1=2 v.first.2.len=1 v.first.2.first.0=3`, x)
	j, x = record(table[point, string]{{1, 2}: "b"})
	assert.Equal(t, `{"v":{"len":1,"first":{"{1 2}":"b"}}}`, j)
	assert.Equal(t, `v.len=1 "v.first.{1 2}"=b`, x)
	j, _ = record(list[int]{})
	assert.Equal(t, `{"v":{"len":0}}`, j)
	j, _ = record(table[int, int]{})
	assert.Equal(t, `{"v":{"len":0}}`, j)
}

func TestLogIsBounded(t *testing.T) {
	pulled := 0
	forever := func(yield func(int) bool) {
		for pulled = 1; yield(pulled); pulled++ {
		}
	}
	v := format.LogSeq(1<<30, iter.Seq[int](forever))
	assert.Equal(t, 8, pulled)
	assert.Len(t, v.Group()[1].Value.Group(), 8)
	assert.Equal(t, int64(1<<30), v.Group()[0].Value.Int64())

	pulled = 0
	v = format.LogMap(9, func(yield func(int, int) bool) {
		for pulled = 1; yield(pulled, pulled); pulled++ {
		}
	})
	assert.Equal(t, 8, pulled)
	assert.Len(t, v.Group()[1].Value.Group(), 8)
}
