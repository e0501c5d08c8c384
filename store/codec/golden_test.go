package codec_test

import (
	"encoding/hex"
	"fmt"
	"math"
	"net/netip"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/vector"
)

// Stored bytes outlive versions of this package. The lines of testdata/golden.txt, each a codec, what is encoded, and the bytes, never
// change; there may be more of them.
func TestTheBytesAreThoseOfFormat1(t *testing.T) {
	text, err := os.ReadFile("testdata/golden.txt")
	require.NoError(t, err)
	g := &golden{t: t, lines: strings.Split(strings.TrimSuffix(string(text), "\n"), "\n")}

	for _, x := range []int64{0, 1, -1, 127, -128, 1 << 40, math.MaxInt64, math.MinInt64} {
		line(g, "key", codec.Int[int64](), fmt.Sprint(x), x)
		line(g, "value", codec.Varint[int64](), fmt.Sprint(x), x)
	}
	line(g, "key", keyOf[celsius](t), "celsius -5", celsius(-5))
	line(g, "value", codec.ValueOf[celsius](), "celsius -5", celsius(-5))
	for _, x := range []uint64{0, 1, 127, 128, 1 << 40, math.MaxUint64} {
		line(g, "key", codec.Uint[uint64](), fmt.Sprint(x), x)
		line(g, "value", codec.Uvarint[uint64](), fmt.Sprint(x), x)
	}
	for _, x := range []float64{0, 1, -1, 0.1, -math.Pi, math.MaxFloat64, math.SmallestNonzeroFloat64, math.Inf(1), math.Inf(-1)} {
		line(g, "key", codec.Float[float64](), fmt.Sprint(x), x)
		line(g, "value", codec.FloatValue[float64](), fmt.Sprint(x), x)
	}
	line(g, "key", keyOf[ratio](t), "ratio 0.1", ratio(0.1))
	line(g, "value", codec.FloatValue[float64](), "-0", math.Copysign(0, -1))
	for _, x := range []bool{false, true} {
		line(g, "key", codec.Bool[bool](), fmt.Sprint(x), x)
		line(g, "value", codec.BoolValue[bool](), fmt.Sprint(x), x)
	}
	for _, x := range []string{"", "ada", "a\x00b\xff", "größe"} {
		line(g, "key", codec.String[string](), fmt.Sprintf("%q", x), x)
		line(g, "key", codec.Bytes[[]byte](), fmt.Sprintf("%q", x), []byte(x))
		line(g, "key", codec.Descending(codec.String[string]()), fmt.Sprintf("%q", x), x)
		line(g, "key", pairs(codec.String[string](), codec.String[string]()), fmt.Sprintf("%q twice", x), pair[string, string]{x, x})
		line(g, "value", codec.StringValue[string](), fmt.Sprintf("%q", x), x)
		line(g, "value", codec.BytesValue[[]byte](), fmt.Sprintf("%q", x), []byte(x))
	}
	line(g, "key", keyOf[hash](t), "hash 01020304", hash{1, 2, 3, 4})
	line(g, "value", codec.ValueOf[hash](), "hash 01020304", hash{1, 2, 3, 4})
	for _, x := range []time.Time{{}, time.Unix(0, 0), time.Date(2026, 11, 30, 7, 20, 0, 123456789, time.UTC), time.Unix(-1, 999_999_999)} {
		x = x.UTC()
		line(g, "key", codec.Time(), x.Format(time.RFC3339Nano), x)
		line(g, "key", codec.Descending(codec.Time()), x.Format(time.RFC3339Nano), x)
		line(g, "value", codec.ValueOf[time.Time](), x.Format(time.RFC3339Nano), x)
	}
	line(g, "key", keyOf[netip.Addr](t), "fe80::1", netip.MustParseAddr("fe80::1"))
	line(g, "value", codec.ValueOf[netip.Addr](), "fe80::1", netip.MustParseAddr("fe80::1"))
	line(g, "key", codec.Descending(codec.Int[int]()), "5", 5)
	line(g, "key", codec.Unordered(codec.Int[int]()), "5", 5)
	line(g, "key", pairs(codec.Int[int](), codec.String[string]()), "5, ada", pair[int, string]{5, "ada"})
	line(g, "key", pairs(codec.String[string](), codec.Int[int]()), "ada, 5", pair[string, int]{"ada", 5})
	line(g, "key", pairs(codec.Descending(codec.String[string]()), codec.Int[int]()), "ada, 5", pair[string, int]{"ada", 5})
	line(g, "key", pairs(pairs(codec.Int[int](), codec.Int[int]()), codec.Bool[bool]()), "(1, 2), true", pair[pair[int, int], bool]{pair[int, int]{1, 2}, true})
	line(g, "key", entries(codec.String[string](), codec.String[string](), codec.Int[int]()), "a\\0, 5, b\\0", entry{"a\x00", 5, "b\x00"})
	line(g, "key", folded(), "Ada", "ada")
	line(g, "value", codec.Empty(), "nothing", struct{}{})
	line(g, "value", codec.JSON[person](), "Ada", person{"Ada", 36})
	line(g, "value", codec.JSON[person](), "odd characters", person{"\"\\\x00\b\f\n\r\t\x1f\x7f<>&'é\u2028🌳\ufffd", -1})
	line(g, "value", codec.JSON[map[string]int](), "map", map[string]int{"b": 1, "a": 2, "é": 3, "B": 4, "\U0001f333": 5, "\ufb01": 6})
	line(g, "value", codec.JSON[map[int]bool](), "map of ints", map[int]bool{10: true, 9: false, -1: true})
	line(g, "value", codec.JSON[[]float64](), "floats", []float64{0, 1, 0.1, 1e21, 1e-7, -1.5, 1e20, 123456789})
	line(g, "value", codec.JSON[[]byte](), "bytes", []byte("ada\xff"))
	line(g, "value", codec.JSON[*int](), "nil", nil)
	line(g, "value", codec.ValueOf[hamt.Map[string, int]](), "map", hamt.Map[string, int]{}.Set("b", 1).Set("a", 2).Set("é", 3))
	line(g, "value", codec.ValueOf[vector.Vector[string]](), "vector", vector.Of("b", "<a>"))

	assert.Equal(t, len(g.lines), g.next, "lines that are not tested")
	if t.Failed() {
		t.Log("\n" + g.got.String())
	}
}

type golden struct {
	t     *testing.T
	lines []string
	next  int
	got   strings.Builder
}

// line compares the bytes of v with those of the next line, and what is read from that line with v.
func line[V any](g *golden, kind string, c codec.Value[V], what string, v V) {
	g.t.Helper()
	b := encode(g.t, c, v)
	got := strings.Join([]string{kind, c.Name(), what, hex.EncodeToString(b)}, "\t")
	fmt.Fprintln(&g.got, got)
	if g.next == len(g.lines) {
		assert.Fail(g.t, "the file has no line for "+got)
		return
	}
	want := g.lines[g.next]
	g.next++
	if !assert.Equal(g.t, want, got) {
		return
	}
	stored := unhex(g.t, want[strings.LastIndexByte(want, '\t')+1:])
	assert.Equal(g.t, fmt.Sprint(v), fmt.Sprint(decode(g.t, c, stored)), got)
}
