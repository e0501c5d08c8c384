package encode_test

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"fmt"
	"maps"
	"math"
	"math/big"
	"net/netip"
	"os"
	"os/exec"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/encode"
)

func init() {
	gob.Register(point{})
	gob.Register([]int(nil))
	gob.Register(word(""))
}

// roundTripGob encodes c twice, on its own and inside something else, and decodes it.
func roundTripGob[C any, P interface {
	*C
	gob.GobDecoder
}](t *testing.T, c C) []byte {
	t.Helper()
	data, err := any(c).(gob.GobEncoder).GobEncode()
	require.NoError(t, err, "%T", c)
	again, err := any(c).(gob.GobEncoder).GobEncode()
	require.NoError(t, err)
	assert.Equal(t, data, again, "%T", c)
	var d C
	require.NoError(t, P(&d).GobDecode(data), "%T", c)
	assert.Equal(t, c, d)

	type message struct {
		Before int
		C      C
		After  string
	}
	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(message{1, c, "end"}))
	var got message
	require.NoError(t, gob.NewDecoder(&buf).Decode(&got))
	assert.Equal(t, message{1, c, "end"}, got)

	for i := range min(len(data), 300) {
		d := c
		require.Error(t, P(&d).GobDecode(data[:i]), "%T: %d of %d bytes", c, i, len(data))
		require.Equal(t, c, d)
	}
	require.Error(t, P(&d).GobDecode(append(data[:len(data):len(data)], 0)), "%T: a byte too many", c)
	return data
}

func TestGobSeq(t *testing.T) {
	roundTripGob(t, list[int](nil))
	roundTripGob(t, list[int]{3, -1, 0, math.MaxInt, math.MinInt})
	roundTripGob(t, list[num]{-128, 127})
	roundTripGob(t, list[unum]{0, 65535})
	roundTripGob(t, list[uint64]{math.MaxUint64})
	roundTripGob(t, list[uintptr]{1})
	roundTripGob(t, list[byte]{0, 255})
	roundTripGob(t, list[flag]{true, false})
	roundTripGob(t, list[real32]{1.5, math.MaxFloat32, real32(math.Inf(1))})
	roundTripGob(t, list[float64]{math.MaxFloat64, math.Copysign(0, -1)})
	roundTripGob(t, list[complex64]{1 + 2i})
	roundTripGob(t, list[complex128]{1 + 2i, -1})
	roundTripGob(t, list[word]{"", "a", "\xff"})
	roundTripGob(t, list[point]{{1, 2}, {}, {3, 4}})
	roundTripGob(t, list[*point]{{1, 2}, {}})
	roundTripGob(t, list[[]int]{{1}, {2, 3}})
	roundTripGob(t, list[map[string]int]{{"a": 1}, {"b": 2}})
	roundTripGob(t, list[any]{1, "a", point{1, 2}, nil, []int{1}, point{3, 4}, word("x")})
	roundTripGob(t, list[special]{"a", "", "b"})
	roundTripGob(t, list[struct{}]{{}, {}, {}})
	roundTripGob(t, list[[0]int]{{}})
	roundTripGob(t, list[noBytes]{{}, {}})
	roundTripGob(t, list[list[string]]{{"a"}, {"b", "c"}})
	roundTripGob(t, list[tree]{{Kids: list[tree]{{}, {Kids: list[tree]{{}}}}}})
	roundTripGob(t, list[time.Time]{time.Unix(1, 2).UTC(), {}})
	roundTripGob(t, list[netip.Addr]{netip.MustParseAddr("::1"), {}})
	roundTripGob(t, list[*big.Int]{ten, two})
	roundTripGob(t, list[**big.Int]{&ten, &two})
	roundTripGob(t, list[***int](nil))
	roundTripGob(t, set[int]{})
	roundTripGob(t, set[string]{"b": {}, "a": {}, "c": {}})
	roundTripGob(t, set[any]{"b": {}, 1: {}, point{1, 2}: {}, nil: {}})
	roundTripGob(t, set[struct{}]{{}: {}})
}

func TestGobMap(t *testing.T) {
	roundTripGob(t, table[string, int]{})
	roundTripGob(t, table[string, int]{"b": 2, "a": 1, "c": 0})
	roundTripGob(t, table[string, struct{}]{"b": {}, "a": {}})
	roundTripGob(t, table[struct{}, int]{{}: 2})
	roundTripGob(t, table[struct{}, struct{}]{{}: {}})
	roundTripGob(t, table[point, point]{{1, 2}: {3, 4}, {}: {5, 6}, {1, 0}: {}})
	roundTripGob(t, table[any, any]{1: "a", "a": 1, point{}: point{1, 1}, nil: nil})
	roundTripGob(t, table[int, []string]{1: {"a"}, 2: {"b", "c"}})
	roundTripGob(t, table[netip.Addr, table[int, list[int]]]{netip.MustParseAddr("10.0.0.1"): {1: {2}}})
	large := table[int, string]{}
	for i := range 3000 {
		large[i*i-5000] = fmt.Sprint(i)
	}
	roundTripGob(t, large)
}

func TestGobIsSorted(t *testing.T) {
	data := roundTripGob(t, table[string, int]{"b": -1, "a": 300})
	assert.Equal(t, []byte("\x01\x02\x07\x03\x02\x01a\xd8\x04\x01b\x01"), data)
	data = roundTripGob(t, set[byte]{9: {}, 200: {}, 1: {}})
	assert.Equal(t, []byte("\x01\x01\x04\x03\x01\x09\xc8\x01"), data)
	data, err := sorted[string, int]{map[string]int{"b": -1, "a": 300}}.GobEncode()
	require.NoError(t, err)
	assert.Equal(t, []byte("\x01\x02\x07\x03\x02\x01b\x01\x01a\xd8\x04"), data)

	// NaNs are ordered by their values.
	m := table[float64, int]{}
	for i := range 50 {
		m[math.NaN()] = i
	}
	first, err := m.GobEncode()
	require.NoError(t, err)
	for range 5 {
		again, err := m.GobEncode()
		require.NoError(t, err)
		require.Equal(t, first, again)
	}
	var back table[float64, int]
	require.NoError(t, back.GobDecode(first))
	assert.ElementsMatch(t, slices.Collect(maps.Values(m)), slices.Collect(maps.Values(back)))
}

// The numbers that gob gives to types differ from process to process; encodings of basic
// kinds do not contain any.
func TestGobIsTheSameInEveryProcess(t *testing.T) {
	const env = "RAMET_TEST_GOB_CHILD"
	if os.Getenv(env) == "1" {
		var sink bytes.Buffer // draws numbers that the parent does not
		gob.NewEncoder(&sink).Encode([]struct{ A, B, C [7]int16 }{{}})
	}
	data, err := list[word]{"x", "y"}.GobEncode()
	require.NoError(t, err)
	more, err := table[word, unum]{"a": 1, "b": 2}.GobEncode()
	require.NoError(t, err)
	text := fmt.Sprintf("gob:%x%x", data, more)
	if os.Getenv(env) == "1" {
		fmt.Println(text)
		return
	}
	child := exec.Command(os.Args[0], "-test.run=^TestGobIsTheSameInEveryProcess$", "-test.v")
	child.Env = append(os.Environ(), env+"=1")
	out, err := child.CombinedOutput()
	require.NoError(t, err, "%s", out)
	assert.Contains(t, string(out), text)
}

func TestGobElementsAreDecodedAfresh(t *testing.T) {
	// gob leaves out fields that are zero, and decodes into what is there.
	roundTripGob(t, list[point]{{1, 2}, {0, 3}, {4, 0}, {}})
	l := list[*point]{{1, 2}, {3, 4}}
	data, err := l.GobEncode()
	require.NoError(t, err)
	var back list[*point]
	require.NoError(t, back.GobDecode(data))
	assert.NotSame(t, back[0], back[1])
}

func TestValuesThatGobCannotEncode(t *testing.T) {
	type private struct{ x int }
	type unregistered struct{ X int }
	for _, c := range []gob.GobEncoder{
		list[func()]{nil}, list[chan int]{nil}, list[*int]{nil}, list[**int]{new(*int)}, list[private]{{1}}, list[any]{unregistered{1}},
		list[any]{(*point)(nil)}, set[*int]{nil: {}}, list[[]*int]{{nil}}, table[*int, int]{nil: 1}, table[string, *int]{"a": nil},
		table[string, func()]{"a": nil}, table[failing, list[failing]]{{}: nil, failing{}: {}}, list[struct{ F [1]failing2 }]{{}},
	} {
		_, err := c.GobEncode()
		if reflect.TypeOf(c) == reflect.TypeFor[table[failing, list[failing]]]() {
			assert.NoError(t, err, "there is nothing to encode")
			continue
		}
		assert.Error(t, err, "%T", c)
	}
	_, err := list[*int]{nil}.GobEncode()
	assert.EqualError(t, err, "ramet: gob cannot encode a nil *int")

	var p recursive
	p = &p
	_, err = list[recursive]{p}.GobEncode()
	assert.ErrorContains(t, err, "recursive pointer type")
	assert.ErrorContains(t, new(list[recursive]).GobDecode([]byte{1, 1, 0, 1, 0}), "recursive pointer type")
}

type recursive *recursive

type failing2 struct{ N int }

func (failing2) GobEncode() ([]byte, error) { return nil, errFailing }
func (*failing2) GobDecode([]byte) error    { return errFailing }

func TestBadGob(t *testing.T) {
	huge := binary.AppendUvarint(nil, math.MaxUint64)
	half := binary.AppendUvarint(nil, 1<<62)
	overflow := bytes.Repeat([]byte{0xff}, 11)
	for _, c := range []struct {
		name string
		into gob.GobDecoder
		data []byte
		want string
	}{
		{"empty", new(list[int]), nil, "ends too early"},
		{"version", new(list[int]), []byte{2, 1, 3, 0}, "version 2, want 1"},
		{"version", new(list[int]), []byte{0}, "version 0"},
		{"columns", new(list[int]), []byte{1, 2, 3, 3, 0}, "of a map where a sequence or set"},
		{"columns", new(table[int, int]), []byte{1, 1, 3, 0}, "or the reverse"},
		{"form", new(list[int]), []byte{1, 1, 7, 0}, "holds strings where signed integers (int)"},
		{"form", new(list[point]), []byte{1, 1, 99, 0}, "an unknown form (99) where gob values"},
		{"length", new(list[int]), append([]byte{1, 1, 3}, huge...), "ends too early"},
		{"length", new(table[int, int]), append([]byte{1, 2, 3, 3}, half...), "ends too early"},
		{"length", new(list[struct{}]), append([]byte{1, 1, 1}, half...), "ends too early"},
		{"length", new(list[int]), append([]byte{1, 1, 3}, overflow...), "malformed"},
		{"length", new(table[int, int]), []byte{1, 2, 3, 3, 2, 0, 0, 0}, "ends too early"},
		{"more", new(list[int]), []byte{1, 1, 3, 1, 0, 0}, "1 bytes after the end"},
		{"more", new(list[int]), []byte{1, 1, 3, 0, 0}, "1 bytes after the end"},
		{"bool", new(list[bool]), []byte{1, 1, 2, 1, 2}, "element 0: gob data is malformed"},
		{"empty", new(list[struct{}]), []byte{1, 1, 1, 2, 0, 1}, "element 1: gob data is malformed"},
		{"int", new(list[int8]), []byte{1, 1, 3, 1, 0x80, 2}, "128 does not fit in int8"},
		{"int", new(list[int]), append([]byte{1, 1, 3, 1}, overflow...), "malformed"},
		{"uint", new(list[uint8]), []byte{1, 1, 4, 1, 0x80, 2}, "256 does not fit in uint8"},
		{"uint", new(list[uint]), []byte{1, 1, 4, 1, 0x80}, "ends too early"},
		{"float", new(list[float32]), append([]byte{1, 1, 5, 1}, 0x7f, 0xef, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff), "does not fit in float32"},
		{"complex", new(list[complex64]), append([]byte{1, 1, 6, 1}, 0x7f, 0xef, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0, 0, 0, 0), "does not fit in complex64"},
		{"complex", new(list[complex64]), []byte{1, 1, 6, 1, 0, 0, 0, 0, 0, 0, 0, 0, 1}, "ends too early"},
		{"string", new(list[string]), append([]byte{1, 1, 7, 1}, huge...), "ends too early"},
		{"gob", new(list[point]), append([]byte{1, 1, 0, 1}, huge...), "ends too early"},
		{"gob", new(list[point]), []byte{1, 1, 0, 1, 1, 0xff}, "malformed"},    // a number cut short
		{"gob", new(list[point]), []byte{1, 1, 0, 1, 2, 0xf0, 0}, "malformed"}, // a number too long
		{"gob", new(list[point]), []byte{1, 1, 0, 1, 10, 0xf7, 1, 0, 0, 0, 0, 0, 0, 0, 0}, "malformed"},
		{"gob", new(list[point]), []byte{1, 1, 0, 1, 3, 0xfe, 0xff, 0}, "malformed"}, // a message cut short
		{"gob", new(list[point]), []byte{1, 1, 0, 1, 0}, "EOF"},
		{"gob", new(list[special]), gobItem(t, "no star"), "failing"},
		{"gob", new(list[special]), gobItem(t, "*!"), "gob: boom"},
		{"key", new(set[any]), gobItem(t, any([]int{1})), "key of type []int is not comparable"},
		{"key", new(table[any, int]), append(gobItem(t, any([]int{1}), 3), 0), "key of type []int is not comparable"},
		{"value", new(table[int, bool]), []byte{1, 2, 3, 2, 1, 0, 7}, "malformed"},
		{"key", new(table[bool, int]), []byte{1, 2, 2, 3, 1, 7, 0}, "malformed"},
	} {
		err := c.into.GobDecode(c.data)
		if assert.Error(t, err, "%s %x", c.name, c.data) {
			assert.Contains(t, err.Error(), c.want, c.name)
		}
		assert.True(t, reflect.ValueOf(c.into).Elem().IsNil())
	}
}

// raw sends its bytes as a special does.
type raw string

func (r raw) GobEncode() ([]byte, error) { return []byte(r), nil }
func (*raw) GobDecode([]byte) error      { return nil }

// gobItem returns the encoding of one value by gob, which may be what no type here would encode. Further
// columns have the forms given.
func gobItem(t *testing.T, x any, forms ...byte) []byte {
	var buf bytes.Buffer
	enc := gob.NewEncoder(&buf)
	if s, ok := x.(string); ok {
		require.NoError(t, enc.Encode(raw(s)))
	} else {
		require.NoError(t, enc.Encode(&x))
	}
	data := append([]byte{1, byte(1 + len(forms)), 0}, forms...)
	data = append(data, 1)
	data = binary.AppendUvarint(data, uint64(buf.Len()))
	return append(data, buf.Bytes()...)
}

// A second value behind that of an item is no part of it.
func TestGobItemHoldsOneValue(t *testing.T) {
	var buf bytes.Buffer
	enc := gob.NewEncoder(&buf)
	require.NoError(t, enc.Encode(point{1, 2}))
	require.NoError(t, enc.Encode(point{1, 2}))
	data := append(binary.AppendUvarint([]byte{1, 1, 0, 1}, uint64(buf.Len())), buf.Bytes()...)
	assert.ErrorContains(t, new(list[point]).GobDecode(data), "malformed")
}

func TestGobMemory(t *testing.T) {
	const size = 100_000
	bound := func(name string, data []byte, f func([]byte) error) {
		t.Helper()
		got := allocated(func() { assert.Error(t, f(data), name) })
		assert.Less(t, got, 100_000+50*len(data), name)
	}
	ints := func(b []byte) error { return encode.GobDecodeSeq(b, encode.Ordered, func(int) {}) }
	empties := func(b []byte) error { return encode.GobDecodeSeq(b, encode.Ordered, func(struct{}) {}) }
	strs := func(b []byte) error { return encode.GobDecodeSeq(b, encode.Ordered, func(string) {}) }
	points := func(b []byte) error { return encode.GobDecodeSeq(b, encode.Ordered, func(point) {}) }
	huge := binary.AppendUvarint(nil, 1<<40)
	bound("length", append([]byte{1, 1, 3}, huge...), ints)
	bound("length", append([]byte{1, 1, 1}, huge...), empties)
	bound("string", append([]byte{1, 1, 7, 1}, huge...), strs)
	bound("item", append([]byte{1, 1, 0, 1}, huge...), points)
	bound("message", append([]byte{1, 1, 0, 1, 6}, 0xfc, 0x3f, 0xff, 0xff, 0xff, 0), points) // 1 GiB
	bound("many", append(append([]byte{1, 1, 3}, binary.AppendUvarint(nil, size)...), make([]byte, size+1)...), ints)
	bound("many", append(append([]byte{1, 1, 1}, binary.AppendUvarint(nil, size)...), make([]byte, size+1)...), empties)
	bound("many", append(append([]byte{1, 1, 7}, binary.AppendUvarint(nil, size)...), make([]byte, size+1)...), strs)
}

// Whatever bit of an encoding is wrong, the outcome is an error or a collection, and no panic.
func TestGobBitFlips(t *testing.T) {
	for _, c := range []struct {
		from gob.GobEncoder
		into func() gob.GobDecoder
	}{
		{table[string, int]{"a": 1, "bcd": -300}, func() gob.GobDecoder { return new(table[string, int]) }},
		{list[float64]{1, 2}, func() gob.GobDecoder { return new(list[float64]) }},
		{table[point, []string]{{1, 2}: {"a"}, {3, 4}: {"b", "c"}}, func() gob.GobDecoder { return new(table[point, []string]) }},
		{set[any]{point{1, 2}: {}, "a": {}, 7: {}}, func() gob.GobDecoder { return new(set[any]) }},
		{list[tree]{{Kids: list[tree]{{}}}}, func() gob.GobDecoder { return new(list[tree]) }},
	} {
		data, err := c.from.GobEncode()
		require.NoError(t, err)
		for i := range data {
			for bit := range 8 {
				flipped := bytes.Clone(data)
				flipped[i] ^= 1 << bit
				into := c.into()
				if into.GobDecode(flipped) != nil {
					require.True(t, reflect.ValueOf(into).Elem().IsNil())
				}
			}
		}
	}
}
