package ramet_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"runtime"
	"runtime/debug"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/ordered"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// samples has a value of each exported type that can be printed, with the number 7 in it, and what %d prints of it.
var samples = func() map[string]struct {
	value any
	want  string
} {
	type of = struct {
		value any
		want  string
	}
	hash, sorted := hamt.MapOf(map[int]int{7: 7}), rbtree.MapOf(map[int]int{7: 7})
	inOrder := ordered.Map[int, int]{}.Set(7, 7)
	return map[string]of{
		"ordered.Map":        {inOrder, "{7: 7}"},
		"ordered.MapBuilder": {inOrder.Builder(), "{7: 7}"},
		"hamt.Map":           {hash, "{7: 7}"},
		"hamt.MapBuilder":    {hash.Builder(), "{7: 7}"},
		"hamt.Set":           {hamt.SetOf(7), "[7]"},
		"hamt.SetBuilder":    {hamt.SetOf(7).Builder(), "[7]"},
		"rbtree.Map":         {sorted, "{7: 7}"},
		"rbtree.MapBuilder":  {sorted.Builder(), "{7: 7}"},
		"rbtree.Span":        {sorted.From(7), "{7: 7}"},
		"rbtree.Set":         {rbtree.SetOf(7), "[7]"},
		"rbtree.SetBuilder":  {rbtree.SetOf(7).Builder(), "[7]"},
		"rbtree.SetSpan":     {rbtree.SetOf(7).From(7), "[7]"},
		"vector.Vector":      {vector.Of(7), "[7]"},
		"vector.Builder":     {vector.Of(7).Builder(), "[7]"},
		"list.List":          {list.Of(7), "[7]"},
		"list.Queue":         {list.QueueOf(7), "[7]"},
		"cell.Cell":          {cell.New(7), "7"},
		"history.History":    {history.New(7).Do(7), "{undo: 1, now: 7, redo: 0}"},
		"diff.Kind":          {diff.Updated, "3"},
		"diff.Change":        {diff.Change[int, int]{Kind: diff.Updated, Key: 7, Old: 7, New: 7}, "{3 7 7 7}"},
		"diff.Splice":        {diff.Splice[int]{At: 7, Old: []int{7}}, "{7 [7] []}"},
		"diff.Conflict":      {diff.Conflict[int, int]{Key: 7}, ""},
		"diff.Overlap":       {diff.Overlap[int]{}, ""},
		"diff.Mismatch":      {diff.Mismatch{Key: 7, Expected: 7, Found: 7}, ""},
		"diff.Reason":        {diff.Reason(1), ""},
	}
}()

// parts are the types that are no values of their own.
var parts = map[string]string{
	"hamt.ContentHasher": "it holds nothing",
	"rbtree.Order":       "a function",
	"rbtree.Cursor":      "a place",
	"rbtree.SetCursor":   "a place",
	"ordered.Cursor":     "a place",
	"hamt.Cursor":        "a place",
	"hamt.SetCursor":     "a place",
	"vector.Cursor":      "a place",
}

// TestNoTypePrintsItsInside, under any verb: every exported type of the module has a sample, and none of them prints
// an address or the name of a field that is not exported.
func TestNoTypePrintsItsInside(t *testing.T) {
	found := 0
	for _, pkg := range []string{"hamt", "rbtree", "vector", "list", "cell", "history", "diff", "transient", "ordered"} {
		files, err := filepath.Glob(filepath.Join(pkg, "*.go"))
		require.NoError(t, err)
		for _, file := range files {
			if strings.HasSuffix(file, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
			require.NoError(t, err)
			ast.Inspect(f, func(n ast.Node) bool {
				spec, ok := n.(*ast.TypeSpec)
				if !ok || !spec.Name.IsExported() {
					return true
				}
				if _, ok := spec.Type.(*ast.InterfaceType); ok {
					return false
				}
				name := pkg + "." + spec.Name.Name
				_, sample := samples[name]
				if parts[name] == "" && assert.True(t, sample, "%s has no sample of how it prints", name) {
					found++
				}
				return false
			})
		}
	}
	assert.Equal(t, len(samples), found, "samples of types that there are not")

	address := regexp.MustCompile(`0x[0-9a-f]{5,}|\(PANIC|noCopy|unsafe|owner`)
	for name, s := range samples {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%d", "%x", "%X", "%t", "%08.3f", "%-5d|", "%U", "%y"} {
			for _, x := range []any{s.value, []any{s.value}, struct{ X any }{s.value}} {
				text := fmt.Sprintf(verb, x)
				assert.NotRegexp(t, address, text, "%s under %s", name, verb)
				if verb != "%q" && strings.Contains(s.want, "7") { // which prints 7 as a control character
					assert.Contains(t, text, "7", "%s under %s", name, verb)
				}
			}
		}
		if s.want != "" {
			assert.Equal(t, s.want, fmt.Sprintf("%d", s.value), name)
			assert.Equal(t, strings.ReplaceAll(s.want, "7", "07"), strings.ReplaceAll(fmt.Sprintf("%02d", s.value), "03", "3"), name)
		}
		if _, ok := s.value.(fmt.Stringer); ok && !strings.HasPrefix(name, "diff.") {
			_, logs := s.value.(slog.LogValuer)
			assert.True(t, logs, "%s has String and no LogValue", name)
		}
	}
	assert.Equal(t, `history.History[string]{undo:1, now:"b", redo:0}`, fmt.Sprintf("%#v", history.New("a").Do("b")))
	assert.Equal(t, `&hamt.MapBuilder[string,interface {}]{"a":1}`, fmt.Sprintf("%#v", hamt.MapOf(map[string]any{"a": 1}).Builder()))
	var none *cell.Cell[int]
	var builder *vector.Builder[int]
	assert.Equal(t, "<nil> <nil>", fmt.Sprint(none, builder))
}

// Values that lead to themselves.
type (
	// The zero history of a document has a zero document in it, and so on.
	document struct{ H history.History[document] }
	twins    struct{ A, B history.History[twins] }

	person struct {
		Name    string
		Friends *cell.Cell[vector.Vector[person]]
	}

	// A node prints its neighbours by a method of its own.
	node struct{ next vector.Vector[*node] }
	ring struct{ next *cell.Cell[any] }
	fail struct{ causes list.List[error] }
	gone struct{ held hamt.Map[string, any] }
	anew struct{ depth int }
)

func (n *node) String() string                  { return fmt.Sprint("node", n.next) }
func (n *node) LogValue() slog.Value            { return slog.AnyValue(n.next) }
func (r ring) Format(s fmt.State, verb rune)    { fmt.Fprintf(s, fmt.FormatString(s, verb), r.next) }
func (f *fail) Error() string                   { return fmt.Sprintf("because of %v", f.causes) }
func (g *gone) GoString() string                { return fmt.Sprintf("gone(%#v)", g.held) }
func (g *gone) LogValue() slog.Value            { return g.held.LogValue() }
func (a anew) String() string                   { return fmt.Sprint(vector.Of(anew{a.depth + 1})) }
func (a anew) LogValue() slog.Value             { return slog.AnyValue(vector.Of(anew{a.depth + 1})) }
func (a anew) MarshalText() (t []byte, e error) { return []byte("anew"), nil }

func selves() map[string]any {
	self := new(cell.Cell[any])
	self.Store(self)
	a, b := new(cell.Cell[any]), new(cell.Cell[any])
	a.Store(vector.Of[any](b, b, b))
	b.Store(hamt.MapOf(map[string]any{"a": a, "again": []any{a, &a}}))
	inHistory := new(cell.Cell[any])
	inHistory.Store(history.New[any](list.Of[any](inHistory)).Do(rbtree.SetOf("x")).Do(inHistory))

	crowd := make([]person, 30)
	for i := range crowd {
		crowd[i] = person{fmt.Sprint("p", i), new(cell.Cell[vector.Vector[person]])}
	}
	for i := range crowd {
		crowd[i].Friends.Store(vector.Of(crowd...))
	}

	left, right := new(node), new(node)
	left.next = vector.Of(right, right, left)
	right.next = vector.Of(left, right, left)

	r := ring{new(cell.Cell[any])}
	r.next.Store([]any{r, r})
	f := new(fail)
	f.causes = list.Of(error(f), errors.Join(f, fmt.Errorf("and %w", errors.New("so on"))))
	g := new(gone)
	g.held = hamt.MapOf(map[string]any{"a": g, "b": hamt.SetOf[any](g)})
	building := new(vector.Builder[any])
	building.Append(building, building)
	sorted := new(cell.Cell[any])
	tree := rbtree.MapOf(map[string]any{"1": sorted, "2": sorted})
	sorted.Store(tree.From("1"))

	deep := vector.Of[any](1)
	for range 200_000 {
		deep = vector.Of[any](deep)
	}
	return map[string]any{
		"zero document": document{}, "pointer to one": &document{}, "history of one": history.History[document]{}, "twins": twins{},
		"document with steps": document{}.H.Do(document{}).Do(document{history.New(document{})}),
		"cell of itself":      self, "cells of each other": a, "cell in a history": inHistory, "history of a cell": inHistory.Load(),
		"crowd": crowd[0], "all of it": vector.Of(crowd...), "Stringer": left, "Stringers": left.next,
		"Formatter": r, "Formatter's cell": r.next, "error": f, "errors": f.causes, "GoStringer": g, "its map": g.held,
		"builder": building, "span": tree.To("2"), "made anew": anew{}, "deep": deep,
		"queue": list.QueueOf[any](a, b), "set": hamt.SetOf[any](a, b),
	}
}

// TestWhatLeadsToItselfPrints within a bound, in any form. A stack that overflows ends the process, so it runs in another one.
func TestWhatLeadsToItselfPrints(t *testing.T) {
	const child = "RAMET_TEST_CHILD"
	if os.Getenv(child) == "" {
		cmd := exec.Command(os.Args[0], "-test.run=^TestWhatLeadsToItselfPrints$", "-test.timeout=90s")
		cmd.Env = append(os.Environ(), child+"=1")
		out, err := cmd.CombinedOutput()
		assert.NoError(t, err, "%.3000s", out)
		return
	}
	debug.SetMaxStack(64 << 20)
	for name, x := range selves() {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%d", "%x", "%p"} {
			began := time.Now()
			text := fmt.Sprintf(verb, x)
			assert.Less(t, len(text), 8<<20, "%s under %s", name, verb)
			assert.Less(t, time.Since(began), time.Minute, "%s under %s", name, verb)
		}
		text, j := logged(x)
		if _, ok := x.(slog.LogValuer); ok {
			assert.Less(t, len(text), 16<<10, name)
			assert.Less(t, len(j), 16<<10, name)
		}
	}
	assert.Equal(t, "{undo: 0, now: {…}, redo: 0}", fmt.Sprint(history.History[document]{}))
	assert.Equal(t, "{{undo: 0, now: {…}, redo: 0}}", fmt.Sprint(document{}))
	self := new(cell.Cell[any])
	self.Store(self)
	assert.Equal(t, "…", self.String())
	self.Store(vector.Of[any](1, self, 2))
	assert.Equal(t, "[1 … 2]", fmt.Sprint(self))
	self.Store(history.New[any](self))
	assert.Equal(t, "{undo: 0, now: …, redo: 0}", self.String())
	loop := new(node)
	loop.next = vector.Of(loop, loop)
	assert.Equal(t, "[node… node…]", fmt.Sprint(loop.next))
	assert.Equal(t, "node[node… node…]", fmt.Sprint(loop))
}

// TestWhatPrintsInManyGoroutines is never taken for what leads to itself.
func TestWhatPrintsInManyGoroutines(t *testing.T) {
	leaf := &node{}
	inner := &node{vector.Of(leaf, leaf)}
	v := vector.Of[any](inner, cell.New[any](inner), inner)
	want := fmt.Sprint(v)
	require.NotContains(t, want, "…")
	var wg sync.WaitGroup
	for range 50 {
		wg.Go(func() {
			for range 200 {
				if got := fmt.Sprint(v); got != want {
					t.Errorf("printed as %s", got)
					return
				}
			}
		})
	}
	wg.Wait()
}

// logged returns what the handlers of slog write of x, without what encoding/json would refuse.
func logged(x any) (text, asJSON []byte) {
	var a, b bytes.Buffer
	slog.New(slog.NewTextHandler(&a, nil)).Info("", "x", x)
	slog.New(slog.NewJSONHandler(&b, nil)).Info("", "x", x)
	return a.Bytes(), b.Bytes()
}

// bytesOf returns how many bytes do allocates.
func bytesOf(do func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// TestLogIsBounded, however large a key or an element is, and does not cost what printing all of it would.
func TestLogIsBounded(t *testing.T) {
	ints := make([]int, 200_000)
	large := vector.Of(ints...)
	set := hamt.CollectSet(func(yield func(int) bool) {
		for i := range ints {
			if !yield(i) {
				return
			}
		}
	})
	long := strings.Repeat("ü", 1<<20)
	type wide struct {
		Name string
		All  []int
		V    vector.Vector[int]
		M    map[string]string
		next *wide
	}
	struc := wide{"name", ints, large, map[string]string{long: long}, &wide{Name: long}}
	nested := vector.Of[any](large, set, long)
	for range 20 {
		nested = vector.Of[any](nested, nested, nested, nested, nested, nested, nested, nested, nested)
	}
	for name, x := range map[string]any{
		"vector as a key":    hamt.MapOf(map[any]any{large: 1, large.Append(2): 2}),
		"set as a key":       hamt.MapOf(map[any]any{set: 1}),
		"any as a key":       hamt.MapOf(map[any]any{long: 1, large: set, [3]string{long, "a"}: 1}),
		"string as a key":    rbtree.MapOf(map[string]any{long: long, long + "x": ""}),
		"strings":            vector.Of[any](long, long, long),
		"structs":            vector.Of[any](struc, struc),
		"pointers":           list.Of[any](&struc, &struc),
		"slices":             list.QueueOf[any](ints, ints),
		"built-in maps":      vector.Of[any](map[string]int{long: 1}),
		"errors":             vector.Of[any](errors.New(long)),
		"bytes":              vector.Of[any]([]byte(long)),
		"raw JSON":           vector.Of[any](json.RawMessage(`"` + long + `"`)),
		"nested":             nested,
		"sets":               hamt.SetOf[any](set, large),
		"span":               rbtree.MapOf(map[string]any{"a": struc, "b": long}).From("a"),
		"span of a set":      rbtree.SetOf(long).From(""),
		"builder":            vector.Of[any](long, long).Builder(),
		"history":            history.New[any](struc).Do(struc),
		"history of vectors": history.New[any](large),
		"cell":               cell.New[any](long),
		"cell of a struct":   cell.New[any](struc),
		"groups":             vector.Of[any](slog.GroupValue(slog.String(long, long), slog.Any("v", nested))),
	} {
		began := time.Now()
		text, j := logged(x)
		assert.Less(t, len(text), 16<<10, name)
		assert.Less(t, len(j), 16<<10, name)
		assert.Regexp(t, "…|len=200000", string(text), name)
		assert.Regexp(t, `…|"len":200000`, string(j), name)
		assert.True(t, json.Valid(j), "%s: %s", name, j)
		assert.Less(t, time.Since(began), 10*time.Second, name)
		if name != "errors" && name != "raw JSON" { // whose own methods make all of the text; raw JSON has one since Go 1.27
			assert.Less(t, bytesOf(func() { x.(slog.LogValuer).LogValue().Resolve() }), uint64(256<<10), name)
		}
	}
	var noBuilder *vector.Builder[int]
	text, j := logged(noBuilder)
	assert.Contains(t, string(text), "x=<nil>")
	assert.Contains(t, string(j), `"x":null`)
	text, j = logged(hamt.MapOf(map[string]any{"a": struct{ X, Y any }{1, []string{"b"}}}))
	assert.Contains(t, string(text), `x.first.a="{X:1 Y:[b]}"`)
	assert.Contains(t, string(j), `"x":{"len":1,"first":{"a":{"X":1,"Y":["b"]}}}`, "what is small stays as it is")
	text, _ = logged(history.New("a").Do("b"))
	assert.Contains(t, string(text), "x.undo=1 x.now=b x.redo=0")
	text, j = logged(cell.New(7))
	assert.Contains(t, string(text), "x=7")
	assert.Contains(t, string(j), `"x":7`)
	var none *cell.Cell[int]
	text, _ = logged(none)
	assert.Contains(t, string(text), "x=<nil>")
}
