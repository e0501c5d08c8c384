package vector_test

import (
	"bytes"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/vector"
)

// printsAsSlice checks that a vector of the elements of s prints as s does, under every one of
// the given directives.
func printsAsSlice[T any](t *testing.T, s []T, directives ...string) {
	t.Helper()
	for _, f := range forms(s) {
		for _, d := range directives {
			assert.Equal(t, fmt.Sprintf(d, s), fmt.Sprintf(d, f.v), "%s, %s", d, f.name)
		}
		assert.Equal(t, fmt.Sprint(s), f.v.String())
	}
}

type point struct {
	X, Y int
}

func TestPrintsAsSlice(t *testing.T) {
	common := []string{"%v", "%+v", "%5v", "%-5v"}
	ints := []string{"%d", "%02d", "%+d", "%x", "%#x", "%o", "%b", "%c", "%q", "%U", "%8.3d", "%-8d|", "%s"}
	printsAsSlice(t, []int{}, append(common, ints...)...)
	printsAsSlice(t, []int{7}, append(common, ints...)...)
	printsAsSlice(t, []int{3, -1, 65, 20}, append(common, ints...)...)
	printsAsSlice(t, upTo(3*leaf+1), append(common, ints...)...)
	printsAsSlice(t, []string{"ash", "", "<oak>", "ü\n"}, append(common, "%s", "%q", "%#q", "%x", "%X", "%.2s", "%10s", "%d")...)
	printsAsSlice(t, []float64{0.5, -2, 1e9}, append(common, "%f", "%.1f", "%e", "%g", "%8.2f")...)
	printsAsSlice(t, []bool{true, false}, append(common, "%t", "%d")...)
	printsAsSlice(t, []point{{1, 2}, {3, 4}}, append(common, "%d", "%s")...)
	printsAsSlice(t, [][]int{{1}, nil, {2, 3}}, append(common, "%d", "%x")...)
	printsAsSlice(t, []error{errors.New("one"), nil}, append(common, "%s", "%q")...)
	printsAsSlice(t, []any{1, "two", nil, 3.5, point{1, 2}}, append(common, "%s", "%d")...)
	printsAsSlice(t, []map[string]int{{"a": 1}, nil}, common...)
}

func TestPrinting(t *testing.T) {
	v := vector.Of(1, 2)
	words := vector.Of("a b", "c")
	assert.Equal(t, "[1 2]", v.String())
	assert.Equal(t, "[]", vec{}.String())
	assert.Equal(t, "[]", fmt.Sprint(vec{}))
	assert.Equal(t, "vector.Vector[int]{1, 2}", fmt.Sprintf("%#v", v))
	assert.Equal(t, "vector.Vector[int]{}", fmt.Sprintf("%#v", vec{}))
	assert.Equal(t, `vector.Vector[string]{"a b", "c"}`, fmt.Sprintf("%#v", words))
	assert.Equal(t, `vector.Vector[vector_test.point]{vector_test.point{X:1, Y:2}}`, fmt.Sprintf("%#v", vector.Of(point{1, 2})))
	assert.Equal(t, `vector.Vector[vector.Vector[int]]{vector.Vector[int]{1, 2}, vector.Vector[int]{}}`, fmt.Sprintf("%#v", vector.Of(v, vec{})))
	assert.Equal(t, "[[1 2] [] [2]]", fmt.Sprint(vector.Of(v, vec{}, v.Slice(1, 2))), "in itself")
	assert.Equal(t, "[[01 02]]", fmt.Sprintf("%02d", vector.Of(v)))
	assert.Equal(t, "{[1 2] 7}", fmt.Sprint(struct {
		V vec
		N int
	}{v, 7}), "in a struct")
	assert.Equal(t, "[[1 2]]", fmt.Sprint([]vec{v}), "in a slice")
	assert.Equal(t, "vector.Vector[int]", fmt.Sprintf("%T", v))
}

// shy panics when it is printed.
type shy int

func (shy) String() string { panic("not me") }

// TestPrintingFailsAsFmtDoes: a method that panics is reported in the text.
func TestPrintingFailsAsFmtDoes(t *testing.T) {
	printsAsSlice(t, []shy{1, 2}, "%v", "%s", "%d")
	assert.Contains(t, vector.Of(shy(1)).String(), "not me")
}

func TestLogValueIsBounded(t *testing.T) {
	long := strings.Repeat("x", 10)
	for _, f := range forms(upTo(1000)) {
		v := vector.Map(f.v, func(i int) string { return fmt.Sprint("value", i) })
		nested := vector.Of(v, v.Append(long), vector.Vector[string]{})
		var buf bytes.Buffer
		slog.New(slog.NewTextHandler(&buf, nil)).Info("state", "v", v, "w", nested)
		out := buf.String()
		assert.Contains(t, out, "v.len=1000 v.first.0=value0 v.first.1=value1", f.name)
		assert.Contains(t, out, "w.len=3")
		assert.Contains(t, out, "w.first.1.len=1001", "a vector in it is cut short as well")
		assert.Less(t, strings.Count(out, "value"), 40, "values in %s", out)
		assert.Less(t, len(out), 1200)
	}
	var buf bytes.Buffer
	slog.New(slog.NewJSONHandler(&buf, nil)).Info("state", "v", vec{})
	assert.Contains(t, buf.String(), `"v":{"len":0`)
	assert.Equal(t, slog.KindGroup, vec{}.LogValue().Kind())
}
