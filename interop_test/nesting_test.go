package interop_test

import (
	"encoding/json"
	"fmt"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/vector"
)

// Types that are found again in themselves.
type (
	tree struct {
		Name string `json:",omitempty"`
		Kids vector.Vector[tree]
	}
	bare struct{ vector.Vector[bare] } // [[[[]]]]
	dir  struct{ hamt.Map[string, dir] }
	past struct{ H *history.History[past] }
)

// allocated returns how much f allocates, and how long it takes.
func allocated(f func()) (bytes uint64, took time.Duration) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := time.Now()
	f()
	took = time.Since(start)
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc, took
}

// nested returns depth levels of JSON in each other.
func nested(depth int, open, inner, end string) []byte {
	return []byte(strings.Repeat(open, depth) + inner + strings.Repeat(end, depth))
}

// Decoding allocates no more than a constant plus a constant times the size of the input, however deep that is nested.
func TestNestedJSONTakesBoundedMemory(t *testing.T) {
	const perByte, constant = 8 << 10, 1 << 20
	for _, c := range []struct {
		into             func() any
		open, inner, end string
	}{
		{func() any { return new(vector.Vector[tree]) }, `[{"Kids":`, `[]`, `}]`},
		{func() any { return new(tree) }, `{"Kids":[`, ``, `]}`},
		{func() any { return new(bare) }, `[`, ``, `]`},
		{func() any { return new(dir) }, `{"":`, `{}`, `}`},
		{func() any { return new(past) }, `{"H":{"now":`, `{"H":{"now":{}}}`, `}}`},
	} {
		for _, depth := range []int{10, 100, 490, 990, 1010, 2400, 4900, 9000, 100000} {
			data := nested(depth, c.open, c.inner, c.end)
			var err error
			into := c.into()
			got, took := allocated(func() { err = json.Unmarshal(data, into) })
			t.Logf("%T %6d levels: %7d bytes take %9d, %4d each, and %8v; %.100v", into, depth, len(data), got, got/uint64(len(data)), took, err)
			assert.Less(t, got, uint64(constant+perByte*len(data)), "%T nested %d deep", into, depth)
			if depth <= 490 {
				require.NoError(t, err, "%T nested %d deep", into, depth)
			}
			if depth > 10000 {
				assert.Error(t, err)
			}
		}
	}
}

// What was encoded can be decoded, or was an error.
func TestNestedJSONSurvives(t *testing.T) {
	for _, depth := range []int{1, 300, 499, 500, 501, 1000, 4000, 20000} {
		var x tree
		x.Name = "leaf"
		for range depth {
			x = tree{Kids: vector.Of(x)}
		}
		data, err := json.Marshal(x)
		t.Logf("%d levels: %d bytes, %.100v", depth, len(data), err)
		if err != nil {
			assert.Greater(t, depth, 490)
			continue
		}
		var y tree
		require.NoError(t, json.Unmarshal(data, &y), "%d levels", depth)
		for range depth {
			require.Equal(t, 1, y.Kids.Len())
			y = y.Kids.At(0)
		}
		assert.Equal(t, "leaf", y.Name)
	}
}

// Encoding a value that leads to itself ends, with an error.
func TestValuesThatLeadToThemselves(t *testing.T) {
	type node struct{ Next any }
	var v vector.Vector[any]
	v = vector.Of[any](&v)
	m := new(hamt.Map[string, any])
	*m = hamt.MapOf(map[string]any{"m": m})
	c := new(cell.Cell[any])
	c.Store(c)
	d, e := new(cell.Cell[any]), new(cell.Cell[any])
	d.Store(node{e})
	e.Store(node{d})
	h := new(history.History[any])
	*h = history.New[any](h)
	for _, x := range []any{&v, m, c, d, h} {
		start := time.Now()
		_, err := json.Marshal(x)
		assert.Error(t, err, "%T", x)
		assert.Less(t, len(fmt.Sprint(err)), 10<<20)
		t.Logf("%T: %v, %.200v", x, time.Since(start), err)
		for _, e := range yamls[:1] {
			_, err = e.marshal(x)
			assert.Error(t, err, "%s of %T", e.name, x)
		}
		for _, e := range xmls {
			_, err = e.marshal(x)
			assert.Error(t, err, "%s of %T", e.name, x)
		}
	}
}
