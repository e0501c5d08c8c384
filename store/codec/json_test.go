package codec_test

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/vector"
)

func TestJSONHasStringsInTheirShortestForm(t *testing.T) {
	every := strings.Builder{}
	for r := range rune(0x300) {
		every.WriteRune(r)
	}
	every.WriteString("\u2028\u2029\ufeff\ufffd\U0001f333")
	want := strings.Builder{}
	for _, r := range every.String() {
		switch {
		case r == '"' || r == '\\':
			want.WriteString(`\` + string(r))
		case strings.ContainsRune("\b\f\n\r\t", r):
			want.WriteString(map[rune]string{'\b': `\b`, '\f': `\f`, '\n': `\n`, '\r': `\r`, '\t': `\t`}[r])
		case r < ' ':
			fmt.Fprintf(&want, `\u%04x`, r)
		default:
			want.WriteRune(r)
		}
	}
	text := every.String()
	one := codec.JSON[string]()
	assert.Equal(t, `"`+want.String()+`"`, string(encode(t, one, text)))
	assert.Equal(t, text, decode(t, one, encode(t, one, text)))

	// Wherever a string stands, the same is written.
	array := `["` + want.String() + `"]`
	object := `{"` + want.String() + `":"` + want.String() + `"}`
	assert.Equal(t, array, string(encode(t, codec.JSON[[]string](), []string{text})))
	assert.Equal(t, array, string(encode(t, codec.JSON[[]any](), []any{text})))
	assert.Equal(t, array, string(encode(t, codec.JSON[vector.Vector[string]](), vector.Of(text))))
	assert.Equal(t, object, string(encode(t, codec.JSON[map[string]string](), map[string]string{text: text})))
	assert.Equal(t, object, string(encode(t, codec.JSON[hamt.Map[string, string]](), hamt.Map[string, string]{}.Set(text, text))))
	inside := map[string]hamt.Map[string, string]{"<": hamt.Map[string, string]{}.Set(text, text)}
	assert.Equal(t, `{"<":`+object+`}`, string(encode(t, codec.JSON[map[string]hamt.Map[string, string]](), inside)))

	raw := codec.JSON[json.RawMessage]()
	escaped, _ := json.Marshal(text)
	escaped = []byte(strings.ReplaceAll(string(escaped), "\ufffd", ""))
	assert.Equal(t, `"`+strings.ReplaceAll(want.String(), "\ufffd", "")+`"`, string(encode(t, raw, escaped)), "a method escapes for HTML")
	for in, out := range map[string]string{
		`"\/\u002F\u0041\u003c"`:     `"//A<"`,
		`"\u0022\u005C\u005c"`:       `"\"\\\\"`,
		`"\\u0041\\\u0041"`:          `"\\u0041\\A"`,
		`"\u0008\u000A\u001F\u007f"`: `"\b\n\u001f` + "\x7f" + `"`,
		`"\uD83C\uDF33\ud83c\udf33"`: `"🌳🌳"`,
		`{ "\u0061" : [ 1.0e5 ] }`:   `{"a":[1.0e5]}`,
		`"\u2028` + "\u2028" + `"`:   "\"\u2028\u2028\"",
	} {
		assert.Equal(t, out, string(encode(t, raw, json.RawMessage(in))), in)
	}
}

func TestJSONRefusesWhatIsNoUTF8(t *testing.T) {
	const about = "not valid UTF-8"
	for _, s := range []string{"\xff", "a\xc3", "\xed\xa0\x80", "\xf4\x90\x80\x80", "<\u2028\xff"} {
		refuses(t, codec.JSON[string](), s, "UTF-8")
		refuses(t, codec.JSON[[]any](), []any{s}, "UTF-8")
		refuses(t, codec.JSON[map[string]int](), map[string]int{s: 1}, "UTF-8")
		refuses(t, codec.JSON[person](), person{Name: s}, "UTF-8")
		refuses(t, codec.JSON[vector.Vector[string]](), vector.Of(s), "UTF-8")
		refuses(t, codec.JSON[hamt.Map[string, string]](), hamt.Map[string, string]{}.Set(s, ""), "UTF-8")
		refuses(t, codec.JSON[map[string]hamt.Map[string, string]](), map[string]hamt.Map[string, string]{"": hamt.Map[string, string]{}.Set("", s)}, "UTF-8")
		refuses(t, codec.JSON[json.RawMessage](), json.RawMessage(`"`+s+`"`), "UTF-8")
		refusesBytes(t, codec.JSON[string](), []byte(`"`+s+`"`), about)
		refusesBytes(t, codec.JSON[any](), []byte(`"`+s+`"`), about)
	}
	refuses(t, codec.JSON[json.RawMessage](), json.RawMessage(`"\ud83c"`), "json: ")
	refuses(t, codec.JSON[json.RawMessage](), json.RawMessage(`"\udf33\ud83c"`), "json: ")
	refuses(t, codec.JSON[json.RawMessage](), json.RawMessage(`"\uFFFD"`), "UTF-8")
	assert.Equal(t, "\"\ufffd\"", string(encode(t, codec.JSON[string](), "\ufffd")), "which is a character as others are")
}

func TestJSONIsOneValue(t *testing.T) {
	for _, s := range []string{"", " ", "1 2", "1,", "[1", "[1]]", "nul", "{}x", "\"", `{"a":1}{"a":1}`, "1e", "NaN", "\x00", "1\x00", "[1]\n["} {
		refusesBytes(t, codec.JSON[any](), []byte(s), "json: ")
		refusesBytes(t, codec.JSON[map[string]any](), []byte(s), "json: ")
		refusesBytes(t, codec.JSON[json.RawMessage](), []byte(s), "json: ")
		refusesBytes(t, codec.JSON[int](), []byte(s), "json: ")
	}
	_, err := codec.JSON[any]().Decode(nil)
	assert.NotErrorIs(t, err, io.EOF, "whoever reads a stream takes that for its end")
	assert.Equal(t, json.Number("1"), decode(t, codec.JSON[any](), []byte(" 1\n")))
	assert.Equal(t, 1, decode(t, codec.JSON[int](), []byte(" 1\n")))
	refusesBytes(t, codec.JSON[person](), []byte(`{"Name":"Ada","Age":"old"}`), "Age")
}

func TestJSONGrowsWithTheType(t *testing.T) {
	type older struct{ Name, Mail string }
	c := codec.JSON[person]()
	assert.Equal(t, person{"Ada", 0}, decode(t, c, encode(t, codec.JSON[older](), older{"Ada", "ada@example.org"})))
}

func TestNumbersInAnAnyKeepTheirDigits(t *testing.T) {
	for _, s := range []string{"9007199254740993", "123456789012345678901234567890", "1.0", "1E5", "0.1000000000000000055511151231257827", "-0", "1e400"} {
		for _, shape := range []string{"%s", "[%s]", `{"a":[{"b":%s}]}`} {
			text := fmt.Sprintf(shape, s)
			c := codec.JSON[any]()
			assert.Equal(t, text, string(encode(t, c, decode(t, c, []byte(text)))))
		}
		inField := `{"In":{"X":` + s + `},"Next":[` + s + `]}`
		type tree struct {
			In   *struct{ X any }
			Next []any
		}
		c := codec.JSON[tree]()
		assert.Equal(t, inField, string(encode(t, c, decode(t, c, []byte(inField)))))
	}
}

func TestJSONIsTheSameForEqualValues(t *testing.T) {
	many := map[string]int{}
	for i := range 200 {
		many[fmt.Sprint(i*7919%1000)] = i
	}
	c := codec.JSON[map[string]int]()
	want := encode(t, c, many)
	for range 10 {
		again := map[string]int{}
		for k, v := range many {
			again[k] = v
		}
		assert.Equal(t, string(want), string(encode(t, c, again)))
	}
}

func TestCollectionsAreValues(t *testing.T) {
	rnd := random(t)
	order := rnd.Perm(500)
	a, b := hamt.Map[string, int]{}, hamt.Map[string, int]{}
	ra, rb := rbtree.Map[string, int]{}, rbtree.Map[string, int]{}
	plain := map[string]int{}
	for i := range order {
		k, l := fmt.Sprint(i*7919%1000), fmt.Sprint(order[i]*7919%1000)
		a, ra, plain[k] = a.Set(k, i), ra.Set(k, i), i
		b, rb = b.Set(l, order[i]).Set("x", 1).Delete("x"), rb.Set(l, order[i])
	}
	hash, sorted := codec.ValueOf[hamt.Map[string, int]](), codec.ValueOf[rbtree.Map[string, int]]()
	assert.Equal(t, "json", hash.Name())
	assert.Equal(t, "json", sorted.Name())
	want := string(encode(t, codec.JSON[map[string]int](), plain))
	assert.Equal(t, want, string(encode(t, hash, a)))
	assert.Equal(t, want, string(encode(t, hash, b)))
	assert.Equal(t, want, string(encode(t, sorted, ra)))
	assert.Equal(t, want, string(encode(t, sorted, rb)))
	assert.True(t, hamt.Equal(a, decode(t, hash, []byte(want))))
	assert.True(t, rbtree.Equal(ra, decode(t, sorted, []byte(want))))

	list := codec.ValueOf[vector.Vector[int]]()
	assert.Equal(t, "json", list.Name())
	assert.Equal(t, "[3,1,2]", string(encode(t, list, vector.Of(1, 3, 1, 2).Slice(1, 4))))
	assert.True(t, vector.Equal(vector.Of(3, 1, 2), decode(t, list, []byte("[3,1,2]"))))
	assert.Equal(t, "[]", string(encode(t, list, vector.Vector[int]{})))
	set := codec.ValueOf[hamt.Set[string]]()
	assert.Equal(t, `["a","b"]`, string(encode(t, set, hamt.SetOf("b", "a"))))
	nested := codec.ValueOf[hamt.Map[string, vector.Vector[int]]]()
	assert.Equal(t, `{"a":[2],"b":[1]}`, string(encode(t, nested, hamt.Map[string, vector.Vector[int]]{}.Set("b", vector.Of(1)).Set("a", vector.Of(2)))))
}

// These types have fields that JSON leaves out.
type (
	closed  struct{ x, y int }
	guarded struct {
		Mu sync.Mutex
		N  int
	}
	skipped struct {
		Mu *sync.Mutex `json:"-"`
		n  int
	}
	partly struct {
		N     int
		cache int
	}
	base     struct{ ID int }
	derived  struct{ base }
	hidden   struct{ closed }
	padded   struct{ _ int }
	looped   struct{ Next []*looped }
	selfish  struct{ *selfish }
	failing  struct{ Err error }
	named2   struct{ S fmt.Stringer }
	deepDown struct{ M map[string][]*[2]failing }
	writable struct{ W json.Marshaler }
)

func TestTypesThatWouldLoseTheirContentsAreRefused(t *testing.T) {
	refuseType[closed](t, "no field of codec_test.closed is exported")
	refuseType[*closed](t, "no field of codec_test.closed is exported")
	refuseType[[]map[string]closed](t, "no field of codec_test.closed is exported")
	refuseType[guarded](t, "no field of sync.Mutex is exported")
	refuseType[hidden](t, "no field of codec_test.hidden is exported")
	refuseType[selfish](t, "no field of codec_test.selfish is exported")
	refuseType[failing](t, "what an interface like error holds cannot be decoded")
	refuseType[named2](t, "what an interface like fmt.Stringer holds cannot be decoded")
	refuseType[deepDown](t, "what an interface like error holds")
	refuseType[writable](t, "what an interface like json.Marshaler holds")
	refuseType[error](t, "what an interface like error holds")

	_, _ = closed{1, 2}, hidden{closed{1, 2}} // which would be lost
	takeType(t, skipped{n: 1}, "{}")
	takeType(t, partly{1, 2}, `{"N":1}`)
	takeType(t, derived{base{7}}, `{"ID":7}`)
	takeType(t, padded{}, "{}")
	takeType(t, looped{[]*looped{nil}}, `{"Next":[null]}`)
	takeType(t, time.Unix(0, 0).UTC(), `"1970-01-01T00:00:00Z"`)
	takeType(t, map[string]struct{}{"a": {}}, `{"a":{}}`)
}

func refuseType[V any](t *testing.T, about string) {
	t.Helper()
	var zero V
	c := codec.JSON[V]()
	refuses(t, c, zero, about)
	refusesBytes(t, c, []byte("null"), about)
}

func takeType[V any](t *testing.T, v V, want string) {
	t.Helper()
	c := codec.JSON[V]()
	b := encode(t, c, v)
	assert.Equal(t, want, string(b))
	assert.Equal(t, want, string(encode(t, c, decode(t, c, b))))
}

func TestWhatJSONCannotWriteIsAnError(t *testing.T) {
	refuses(t, codec.JSON[any](), any(func() {}), "json: ")
	refuses(t, codec.JSON[chan int](), nil, "json: ")
	refuses(t, codec.JSON[map[string]any](), map[string]any{"a": complex(1, 2)}, "json: ")
	refuses(t, codec.JSON[any](), any(json.Number("1x")), "json: ")
}
