package encode_test

import (
	"encoding"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"math/big"
	"net/netip"
	"reflect"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/encode"
)

// asBuiltIn checks that m encodes and decodes as encoding/json has it for the built-in map.
func asBuiltIn[K comparable, V any](t *testing.T, m map[K]V) {
	t.Helper()
	want, err := json.Marshal(m)
	require.NoError(t, err)
	got, err := encode.MarshalMap(maps.All(m), len(m), encode.Hashed)
	require.NoError(t, err)
	if m == nil {
		want = []byte("{}")
	}
	// encoding/json escapes what the method returns, as it is asked to.
	escaped, err := json.Marshal(json.RawMessage(got))
	require.NoError(t, err)
	require.Equal(t, string(want), string(escaped), "%T", m)
	require.Equal(t, unescaped(t, m, "{}"), string(got), "%T", m)
	require.Equal(t, unescaped(t, m, "{}"), unescaped(t, table[K, V](m), ""), "%T", m)

	var back map[K]V
	if json.Unmarshal(want, &back) == nil {
		var mine table[K, V]
		require.NoError(t, mine.UnmarshalJSON(want), "%T", m)
		require.Equal(t, back, map[K]V(mine))
	}
	// Inside something else it goes through the methods.
	nested, err := json.Marshal([]any{table[K, V](m)})
	require.NoError(t, err)
	assert.Equal(t, "["+string(want)+"]", string(nested))
}

// unescaped returns the JSON of x, in which the characters of HTML are as they are, or null in place of null.
func unescaped(t *testing.T, x any, null string) string {
	t.Helper()
	var b strings.Builder
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	require.NoError(t, e.Encode(x))
	if b.String() == "null\n" {
		return null
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func TestMapIsEncodedLikeABuiltIn(t *testing.T) {
	asBuiltIn[string, int](t, nil)
	asBuiltIn(t, map[string]int{})
	asBuiltIn(t, map[string]int{"b": 2, "a": 1, "": 0, "é": 3, "a\"\\\n\x00": 4, "<&>\u2028": 5})
	asBuiltIn(t, map[string]string{"\xff": "\xfe", "a\xc0b": "", "\ufffd": "x"})
	asBuiltIn(t, map[word][]byte{"x": {1, 2}, "y": nil})
	asBuiltIn(t, map[int]string{10: "a", 9: "b", -1: "c", math.MinInt: "d", math.MaxInt: "e"})
	asBuiltIn(t, map[int8]int{-128: 1, 127: 2})
	asBuiltIn(t, map[num]int{-128: 1, 127: 2})
	asBuiltIn(t, map[int64]float64{math.MinInt64: 1e30, math.MaxInt64: -0.5})
	asBuiltIn(t, map[uint64]bool{math.MaxUint64: true, 0: false})
	asBuiltIn(t, map[unum]any{65535: nil, 7: []any{1.0, "x", nil}})
	asBuiltIn(t, map[uintptr]*int{1: nil, 20: new(int), 3: nil})
	asBuiltIn(t, map[level]int{3: 3, 20: 20, -1: 1})
	asBuiltIn(t, map[pair]point{{"a", "<b>"}: {1, 2}, {"", ""}: {}})
	asBuiltIn(t, map[netip.Addr]int{netip.MustParseAddr("10.0.0.2"): 1, netip.MustParseAddr("10.0.0.10"): 2, netip.MustParseAddr("::1%eth0"): 3})
	asBuiltIn(t, map[time.Time]int{time.Unix(0, 0).UTC(): 1, time.Unix(1e9, 5).UTC(): 2})
	asBuiltIn(t, map[*big.Int]int{ten: 1, two: 2, nil: 3})
	asBuiltIn(t, map[string]byPtr{"a": {1}}) // MarshalJSON of the pointer is not called
	asBuiltIn(t, map[string]*byPtr{"a": {1}, "b": nil})
	asBuiltIn(t, map[string]json.RawMessage{"a": json.RawMessage(` [ 1 , "<" ] `)})
	asBuiltIn(t, map[string]json.Number{"a": "12.50"})
	asBuiltIn(t, map[string]map[int]list[string]{"a": {1: {"x"}, 0: nil}})
}

// Where encoding/json could not read what it writes, a map does better.
func TestMapIsEncodedUnlikeABuiltIn(t *testing.T) {
	roundTripJSON(t, table[upper, int]{"a": 1, "b": 2}, `{"\u003cA\u003e":1,"\u003cB\u003e":2}`)
	roundTripJSON(t, table[onlyOut, int]{"a": 1}, `{"a":1}`)
	roundTripJSON(t, table[outInt, int]{7: 1}, `{"7":1}`)
	roundTripJSON(t, table[bothText, int]{nil: 1}, `[[null,1]]`, false) // decoded into what?
	roundTripJSON(t, table[outPt, int]{{7}: 1}, `[["lost",1]]`, false)
}

type bothText interface {
	encoding.TextMarshaler
	encoding.TextUnmarshaler
}

// roundTripJSON checks that c is encoded as text and, unless it says otherwise, decoded from it.
func roundTripJSON[C any](t *testing.T, c C, text string, back ...bool) {
	t.Helper()
	got, err := json.Marshal(c)
	require.NoError(t, err)
	require.Equal(t, text, string(got), "%T", c)
	if len(back) == 0 {
		var d C
		require.NoError(t, json.Unmarshal(got, &d), "%T", c)
		require.Equal(t, c, d)
		spaced := strings.NewReplacer("[", " [\t", "]", "\r]\n", ",", " , ", ":", "\n:\t").Replace(text)
		if !strings.Contains(text, `"`) {
			require.NoError(t, any(&d).(json.Unmarshaler).UnmarshalJSON([]byte(spaced)), spaced)
			require.Equal(t, c, d)
		}
	}
}

func TestPairs(t *testing.T) {
	roundTripJSON(t, table[point, int]{}, `[]`)
	roundTripJSON(t, table[point, int]{{2, 1}: 3, {1, 2}: 4, {1, 1}: 5}, `[[{"X":1,"Y":1},5],[{"X":1,"Y":2},4],[{"X":2,"Y":1},3]]`)
	roundTripJSON(t, table[[2]int, []int]{{1, 2}: {3}, {0, 9}: nil}, `[[[0,9],null],[[1,2],[3]]]`)
	roundTripJSON(t, table[float64, bool]{1.5: true, -2: false}, `[[-2,false],[1.5,true]]`)
	roundTripJSON(t, table[flag, int]{true: 1, false: 0}, `[[false,0],[true,1]]`)
	roundTripJSON(t, table[any, int]{nil: 0, "a": 1, 2.0: 2, true: 3}, `[[null,0],[true,3],[2,2],["a",1]]`)
	roundTripJSON(t, table[point, byPtr]{{1, 2}: {3}}, `[[{"X":1,"Y":2},3]]`)
	roundTripJSON(t, table[point, table[string, list[int]]]{{}: {"a": {1}}}, `[[{"X":0,"Y":0},{"a":[1]}]]`)
	a, b := 1, 1
	roundTripJSON(t, table[*int, string]{&a: "z", &b: "a", nil: "n"}, `[[null,"n"],[1,"a"],[1,"z"]]`, false)
}

func TestSeq(t *testing.T) {
	roundTripJSON(t, list[int](nil), `[]`)
	roundTripJSON(t, list[int]{3, 1, 2}, `[3,1,2]`)
	roundTripJSON(t, list[byte]{255, 0}, `[255,0]`)
	roundTripJSON(t, list[string]{"a", "<", "[\"", `\`}, `["a","\u003c","[\"","\\"]`)
	roundTripJSON(t, list[*int]{nil, new(int)}, `[null,0]`)
	roundTripJSON(t, list[any]{nil, true, "x", []any{1.0}, map[string]any{"a": nil}}, `[null,true,"x",[1],{"a":null}]`)
	roundTripJSON(t, list[byPtr]{{1}, {2}}, `[1,2]`)
	roundTripJSON(t, list[list[list[int]]]{{nil, {1}}, nil}, `[[[],[1]],[]]`, false)
	roundTripJSON(t, list[map[string]int]{{"b": 1, "a": 2}, nil}, `[{"a":2,"b":1},null]`)
	roundTripJSON(t, list[struct{}]{{}, {}}, `[{},{}]`)
	roundTripJSON(t, set[int]{}, `[]`)
	roundTripJSON(t, set[int]{10: {}, 9: {}, -1: {}}, `[-1,9,10]`)
	roundTripJSON(t, set[word]{"b": {}, "a": {}}, `["a","b"]`)
	roundTripJSON(t, set[any]{"b": {}, 1.0: {}, nil: {}}, `[null,1,"b"]`)
	roundTripJSON(t, set[boxed]{{nil}: {}, {"a"}: {}}, `[{"V":null},{"V":"a"}]`)
	got, err := encode.MarshalSeq(slices.Values([]string{"b", "a"}), 2, encode.Ordered)
	require.NoError(t, err)
	assert.Equal(t, `["b","a"]`, string(got))
}

func TestOrderedMapKeepsItsOrder(t *testing.T) {
	got, err := json.Marshal(sorted[string, int]{map[string]int{"a": 1, "c": 3, "b": 2}})
	require.NoError(t, err)
	assert.Equal(t, `{"c":3,"b":2,"a":1}`, string(got))
	got, err = json.Marshal(sorted[level, int]{map[level]int{1: 1, 2: 2}})
	require.NoError(t, err)
	assert.Equal(t, `{"level 2":2,"level 1":1}`, string(got))
	got, err = json.Marshal(sorted[point, int]{map[point]int{{1, 1}: 1, {1, 2}: 2}})
	require.NoError(t, err)
	assert.Equal(t, `[[{"X":1,"Y":2},2],[{"X":1,"Y":1},1]]`, string(got))
}

// Keys whose texts are equal are all written, always in the same order, and the last is read.
func TestEqualTexts(t *testing.T) {
	for range 20 {
		got, err := json.Marshal(table[clash, int]{3: 30, 1: 10, 2: 20})
		require.NoError(t, err)
		require.Equal(t, `{"same":10,"same":20,"same":30}`, string(got))
	}
	var m table[clash, int]
	require.NoError(t, m.UnmarshalJSON([]byte(`{"same":10,"same":20,"same":30}`)))
	assert.Equal(t, table[clash, int]{0: 30}, m)
	var n table[string, int]
	require.NoError(t, n.UnmarshalJSON([]byte(`{"a":1,"b":2,"\u0061":3}`)))
	assert.Equal(t, table[string, int]{"a": 3, "b": 2}, n)
	var p table[point, int]
	require.NoError(t, p.UnmarshalJSON([]byte(`[[{"X":1},1],[{"X":1,"Y":0},2]]`)))
	assert.Equal(t, table[point, int]{{1, 0}: 2}, p)
}

func TestNull(t *testing.T) {
	for _, null := range []string{"null", " \t\r\nnull\n"} {
		l, m, p := list[int]{1}, table[string, int]{"a": 1}, table[point, int]{{}: 1}
		require.NoError(t, l.UnmarshalJSON([]byte(null)))
		require.NoError(t, m.UnmarshalJSON([]byte(null)))
		require.NoError(t, p.UnmarshalJSON([]byte(null)))
		assert.Equal(t, list[int]{1}, l)
		assert.Equal(t, table[string, int]{"a": 1}, m)
		assert.Equal(t, table[point, int]{{}: 1}, p)
	}
	var l list[int]
	assert.Error(t, l.UnmarshalJSON([]byte("null null")))
	assert.Error(t, l.UnmarshalJSON([]byte("nul")))
}

// partial is a key whose UnmarshalText sets one field of two.
type partial struct{ A, B string }

func (p partial) MarshalText() ([]byte, error) { return []byte("A=" + p.A), nil }
func (p *partial) UnmarshalText(b []byte) error {
	if name, value, _ := strings.Cut(string(b), "="); name == "A" {
		p.A = value
	} else {
		p.B = value
	}
	return nil
}

// Nothing of an element is left in the next one.
func TestElementsAreDecodedAfresh(t *testing.T) {
	var l list[point]
	require.NoError(t, l.UnmarshalJSON([]byte(`[{"X":1,"Y":2},{"Y":3},null,{}]`)))
	assert.Equal(t, list[point]{{1, 2}, {0, 3}, {}, {}}, l)
	var s list[[]int]
	require.NoError(t, s.UnmarshalJSON([]byte(`[[1,2],[3],null,[]]`)))
	assert.Equal(t, list[[]int]{{1, 2}, {3}, nil, {}}, s)
	var m table[string, map[string]int]
	require.NoError(t, m.UnmarshalJSON([]byte(`{"a":{"x":1},"b":{"y":2},"c":null}`)))
	assert.Equal(t, table[string, map[string]int]{"a": {"x": 1}, "b": {"y": 2}, "c": nil}, m)
	var a table[partial, int]
	require.NoError(t, a.UnmarshalJSON([]byte(`{"A=1":1,"B=2":2}`)))
	assert.Equal(t, table[partial, int]{{A: "1"}: 1, {B: "2"}: 2}, a)
	var p table[*point, *point]
	require.NoError(t, p.UnmarshalJSON([]byte(`[[{"X":1},{"X":2}],[{"X":3},{"X":4}]]`)))
	assert.Len(t, p, 2)
	for k, v := range p {
		assert.Equal(t, k.X+1, v.X)
	}
}

// rejects checks that the texts are errors that leave c alone.
func rejects[C any, P interface {
	*C
	json.Unmarshaler
}](t *testing.T, c C, texts ...string) {
	t.Helper()
	for _, text := range texts {
		d := c
		data := make([]byte, len(text)) // with nothing behind it
		copy(data, text)
		err := P(&d).UnmarshalJSON(data)
		assert.Error(t, err, "%T: %s", c, text)
		assert.Equal(t, c, d, "%T: %s", c, text)
	}
}

func TestBadJSON(t *testing.T) {
	rejects(t, list[int]{1}, ``, ` `, `[`, `[1`, `[1,`, `[1,]`, `[,]`, `[,1]`, `[1 2]`, `[1]]`, `[1]x`, `[1] 2`, `{}`, `1`, `"a"`, `nulll`,
		`[1.5]`, `["a"]`, `[{}]`, `[1e99]`, `[-]`, `[01]`, `[+1]`, `[nil]`, `[1:2]`, `[1}`, `[[1}]`, `[{]}]`, `[99999999999999999999]`, "[1,\v2]", "[1,\u00a02]", `[1]`+"\x00", `[/**/1]`, `[1"a"]`)
	rejects(t, list[string]{"x"}, `["a]`, `["a\"]`, `["a`, `["\`, `["\u12"]`, "[\"\n\"]", `['a']`, `["a""b"]`, `["a":1]`, `[true]`)
	rejects(t, list[any]{"x"}, `[[1}]`, `[{"a"}]`, `[{"a":}]`, `[[}]`, `[tru]`, strings.Repeat("[", 100000), `[`+strings.Repeat("[", 20000)+strings.Repeat("]", 20001))
	rejects(t, table[string, int]{"x": 1}, ``, `{`, `{"a"`, `{"a":`, `{"a":1`, `{"a":1,`, `{"a":1,}`, `{,}`, `{"a" 1}`, `{"a",1}`, `{"a"::1}`, `{:1}`, `{a:1}`, `{1:1}`, `{null:1}`, `{["a"]:1}`,
		`{"a":1}}`, `{"a":1} {}`, `[]`, `{"a":1]`, `{"a":1:2}`, `{"a":"b"}`, `{"a":}`, `{"\u00":1}`, `{"a`, `{"a":1 "b":2}`)
	rejects(t, table[num, int]{1: 1}, `{"128":1}`, `{"-129":1}`, `{"300":1}`, `{"a":1}`, `{"":1}`, `{"1.0":1}`, `{"1e2":1}`, `{" 1":1}`, `{"0x1":1}`, `{"1_0":1}`, `{"99999999999999999999":1}`)
	rejects(t, table[unum, int]{1: 1}, `{"-1":1}`, `{"65536":1}`, `{"x":1}`, `{"":1}`)
	rejects(t, table[upper, int]{"a": 1}, `{"a":1}`)
	rejects(t, table[pair, int]{{}: 1}, `{"a":1}`)
	rejects(t, table[failing, int]{{}: 1}, `{"a":1}`)
	rejects(t, table[point, int]{{}: 1}, `{}`, `[1]`, `[[]]`, `[[{}]]`, `[[{},]]`, `[[,1]]`, `[[{},1,]]`, `[[{},1,2]]`, `[[{},1`, `[[{},1]`, `[[1,1]]`, `[[{},"a"]]`, `[{"a":1}]`, `[null]`, `[[{}:1]]`, `[[{},`, `[[`)
	rejects(t, table[error, int]{}, `[["a",1]]`)
}

func TestUncomparableKeysInJSON(t *testing.T) {
	rejects(t, set[any]{"x": {}}, `[[1]]`, `[{}]`, `["a",{"a":1}]`)
	rejects(t, set[boxed]{{}: {}}, `[{"V":[]}]`, `[{"V":{"a":1}}]`)
	rejects(t, table[any, int]{"x": 1}, `[[[1],2]]`, `[[{},2]]`)
	rejects(t, table[[1]any, int]{{"x"}: 1}, `[[[[1]],2]]`)
	var s set[any]
	assert.ErrorContains(t, s.UnmarshalJSON([]byte(`[1,[2]]`)), "ramet: element 1: key of type []interface {} is not comparable")
	var b set[boxed]
	assert.ErrorContains(t, b.UnmarshalJSON([]byte(`[{"V":{}}]`)), "boxed is not comparable")

	// Keys of an ordered collection need not be comparable.
	n := 0
	_, err := encode.UnmarshalMap([]byte(`[[[1],2],[[],3]]`), encode.Ordered, func(k []int, v int) { n++ })
	require.NoError(t, err)
	assert.Equal(t, 2, n)
}

// textBox is a key whose text decides about its dynamic type.
type textBox struct{ V any }

func (b textBox) MarshalText() ([]byte, error) { return []byte(fmt.Sprint(b.V)), nil }
func (b *textBox) UnmarshalText(t []byte) error {
	if b.V = any(string(t)); string(t) == "slice" {
		b.V = t
	}
	return nil
}

func TestUncomparableTextKey(t *testing.T) {
	rejects(t, table[textBox, int]{{1}: 1}, `{"slice":1}`)
	var m table[textBox, int]
	require.NoError(t, m.UnmarshalJSON([]byte(`{"a":1}`)))
	assert.Equal(t, table[textBox, int]{{"a"}: 1}, m)
}

func TestErrorsNameTheProblem(t *testing.T) {
	for _, c := range []struct {
		into       json.Unmarshaler
		text, want string
	}{
		{new(table[num, int]), `{"300":1}`, `ramet: key "300": not a valid encode_test.num: value out of range`},
		{new(table[unum, int]), `{"x":1}`, `ramet: key "x": not a valid encode_test.unum: invalid syntax`},
		{new(table[pair, int]), `{"x":1}`, `ramet: key "x": no ampersand`},
		{new(list[int]), `{}`, `ramet: JSON has '{' at offset 0 where '[' is expected`},
		{new(list[int]), `[1 2]`, `ramet: JSON has '2' at offset 3 where ',' is expected`},
		{new(list[int]), `[1,]`, `ramet: JSON has ']' at offset 3 where a value is expected`},
		{new(list[int]), `[1`, `ramet: JSON ends where ',' is expected`},
		{new(list[int]), `[] x`, `ramet: JSON has 'x' at offset 3 where the end is expected`},
		{new(table[string, int]), `{1:2}`, `ramet: JSON has a key that is not a string`},
		{new(list[list[int]]), `[[],[1,"x"]]`, `ramet: element 1: ` + inner("list[int]", 1)},
		{new(table[string, list[num]]), `{"a":[],"b":[1000]}`, `ramet: key "b": ` + inner("list[github.com/ramet-go/ramet/internal/encode_test.num]", 0)},
	} {
		err := c.into.UnmarshalJSON([]byte(c.text))
		if assert.Error(t, err, c.text) {
			assert.Contains(t, err.Error(), c.want)
		}
	}
	var typeError *json.UnmarshalTypeError
	assert.ErrorAs(t, new(list[int]).UnmarshalJSON([]byte(`["a"]`)), &typeError)
	assert.ErrorIs(t, new(table[failing, int]).UnmarshalJSON([]byte(`{"a":1}`)), errFailing)
	long := new(table[int, int]).UnmarshalJSON([]byte(`{"` + strings.Repeat("x", 1<<20) + `":1}`))
	assert.Less(t, len(long.Error()), 200)
}

func TestValuesThatJSONCannotEncode(t *testing.T) {
	for _, c := range []json.Marshaler{
		list[float64]{math.NaN()}, list[func()]{nil}, set[float64]{math.Inf(1): {}}, table[string, chan int]{"a": nil},
		table[float64, int]{math.NaN(): 1}, table[point, func()]{{}: nil}, table[failing, int]{{}: 1}, sorted[failing, int]{map[failing]int{{}: 1}},
		sorted[string, func()]{map[string]func(){"a": nil}}, list[failing]{{}},
	} {
		_, err := c.MarshalJSON()
		assert.Error(t, err, "%T", c)
	}
	_, err := table[failing, int]{{}: 1}.MarshalJSON()
	assert.ErrorIs(t, err, errFailing)
}

// A panic in an element's method is the caller's.
type panicking struct{}

func (panicking) UnmarshalJSON([]byte) error   { panic("boom") }
func (panicking) MarshalText() ([]byte, error) { panic("boom") }
func (panicking) UnmarshalText([]byte) error   { panic("boom") }

func TestPanicsPassThrough(t *testing.T) {
	assert.PanicsWithValue(t, "boom", func() { new(list[panicking]).UnmarshalJSON([]byte(`[1]`)) })
	assert.PanicsWithValue(t, "boom", func() { new(table[panicking, int]).UnmarshalJSON([]byte(`{"a":1}`)) })
	assert.PanicsWithValue(t, "boom", func() { table[panicking, int]{{}: 1}.MarshalJSON() })
}

// allocated returns how many bytes f allocates.
func allocated(f func()) int {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return int(after.TotalAlloc - before.TotalAlloc)
}

func TestJSONMemory(t *testing.T) {
	const size = 200_000
	// A copy of the input for each level would show; a stack for each level, which
	// encoding/json has, does not.
	deep := strings.Repeat(`{"Kids":[`, 100) + `{"Pad":"` + strings.Repeat("x", size/4) + `"}` + strings.Repeat("]}", 100)
	for name, text := range map[string]string{
		"numbers":   "[" + strings.Repeat("0,", size/2) + "0]",
		"unclosed":  strings.Repeat("[", size),
		"unclosed2": "[" + strings.Repeat("[0,", size/3),
		"commas":    "[" + strings.Repeat(",", size),
		"string":    `["` + strings.Repeat(`\"`, size/2),
		"deep":      "[" + deep + "]",
		"deep bad":  "[" + strings.Repeat(`{"Kids":[`, 4000) + "}",
		"wrong":     "[" + strings.Replace(deep, `{"Pad"`, `{"Kids"`, 1) + "]",
	} {
		got := allocated(func() {
			_, err := encode.UnmarshalSeq([]byte(text), encode.Ordered, func(int) {})
			if name == "numbers" {
				require.NoError(t, err)
			} else {
				require.Error(t, err)
			}
			_, err = encode.UnmarshalSeq([]byte(text), encode.Ordered, func(tree) {})
			if name == "deep" {
				require.NoError(t, err)
			} else {
				require.Error(t, err)
			}
			_, err = encode.UnmarshalMap([]byte(text), encode.Ordered, func(tree, tree) {})
			require.Error(t, err)
			_, err = encode.UnmarshalMap([]byte(text), encode.Ordered, func(string, tree) {})
			require.Error(t, err)
		})
		factor := 20
		if name == "numbers" {
			factor = 300 // encoding/json takes 160 bytes to decode two
		}
		assert.Less(t, got, 100_000+factor*len(text), name)
	}
}

func TestEveryPrefixOfJSONIsAnError(t *testing.T) {
	texts := map[string]json.Unmarshaler{
		`{"a":{"b":[1,"\"]",null]},"c":-1.5e3}`: new(table[string, any]),
		`[[{"X":1,"Y":2},["a"]],[null,[]]]`:     new(table[point, list[string]]),
		`[[],[1,2],[ ]]`:                        new(list[list[int]]),
	}
	for text, into := range texts {
		require.NoError(t, into.UnmarshalJSON([]byte(text)))
		for i := range text {
			assert.Error(t, into.UnmarshalJSON([]byte(text[:i])), text[:i])
		}
		assert.False(t, reflect.ValueOf(into).Elem().IsZero())
	}
}
