package codec_test

import (
	"errors"
	"math"
	"math/big"
	"net/netip"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/store/codec"
)

// testValues looks at each value: it comes back, and others have other bytes.
func testValues[V comparable](t *testing.T, name string, c codec.Value[V], values []V) {
	t.Helper()
	assert.Equal(t, name, c.Name())
	of := map[string]V{}
	for _, v := range values {
		b := encode(t, c, v)
		assert.Equal(t, v, decode(t, c, b), "%x", b)
		if other, ok := of[string(b)]; ok {
			assert.Equal(t, other, v, "%x", b)
		}
		of[string(b)] = v
	}
	assert.Greater(t, len(of), 1)
}

func TestValuesComeBack(t *testing.T) {
	rnd := random(t)
	testValues(t, "varint", codec.ValueOf[int](), ints[int](rnd))
	testValues(t, "varint", codec.ValueOf[int8](), ints[int8](rnd))
	testValues(t, "varint", codec.ValueOf[celsius](), ints[celsius](rnd))
	testValues(t, "varint", codec.Varint[celsius](), ints[celsius](rnd))
	testValues(t, "uvarint", codec.ValueOf[uint64](), uints[uint64](rnd))
	testValues(t, "uvarint", codec.ValueOf[port](), uints[port](rnd))
	testValues(t, "uvarint", codec.Uvarint[port](), uints[port](rnd))
	testValues(t, "float", codec.ValueOf[float64](), floats[float64](rnd))
	testValues(t, "float", codec.ValueOf[ratio](), floats[ratio](rnd))
	testValues(t, "float", codec.FloatValue[ratio](), floats[ratio](rnd))
	testValues(t, "bool", codec.ValueOf[bool](), []bool{false, true})
	testValues(t, "bool", codec.ValueOf[flag](), []flag{false, true})
	testValues(t, "string", codec.ValueOf[string](), texts[string](rnd))
	testValues(t, "string", codec.ValueOf[label](), texts[label](rnd))
	testValues(t, "bytes", codec.ValueOf[hash](), []hash{{}, {1}, {0, 0, 0, 255}})
	testValues(t, "binary", codec.ValueOf[netip.Addr](), []netip.Addr{{}, netip.MustParseAddr("1.2.3.4"), netip.MustParseAddr("::1%lo")})
	testValues(t, "json", codec.ValueOf[[2]int](), [][2]int{{1, 2}, {2, 1}})
	testValues(t, "json", codec.ValueOf[person](), []person{{"Ada", 36}, {"Ada\x00\n<é>", -1}, {}})
	testValues(t, "json", codec.ValueOf[time.Time](), []time.Time{{}, time.Unix(1, 5).UTC()})
}

type person struct {
	Name string
	Age  int
}

func TestBytesAreCopied(t *testing.T) {
	for _, c := range []codec.Value[blob]{codec.ValueOf[blob](), codec.BytesValue[blob]()} {
		assert.Equal(t, "bytes", c.Name())
		assert.Equal(t, blob("a\x00"), decode(t, c, encode(t, c, blob("a\x00"))))
		assert.Equal(t, blob{}, decode(t, c, encode(t, c, nil)))
	}
}

// nothing is a struct{} with a name.
type nothing struct{}

func TestEmpty(t *testing.T) {
	assert.Equal(t, "empty", codec.ValueOf[struct{}]().Name())
	assert.Equal(t, "empty", codec.ValueOf[nothing]().Name())
	assert.Empty(t, encode(t, codec.Empty(), struct{}{}))
	assert.Empty(t, encode(t, codec.ValueOf[nothing](), nothing{}))
	refusesBytes(t, codec.Empty(), []byte{0}, "1 bytes, not 0")
	refusesBytes(t, codec.ValueOf[nothing](), []byte{0}, "1 bytes, not 0")
}

// level is an int that has a name in JSON, and mark one that has methods for bytes only.
type (
	level int
	mark  int
)

func (l level) MarshalText() ([]byte, error) { return []byte(strings.Repeat("!", int(l))), nil }
func (l *level) UnmarshalText(text []byte) error {
	*l = level(len(text))
	return nil
}

func (m mark) MarshalBinary() ([]byte, error) {
	if m == 13 {
		return nil, errors.New("bad luck")
	}
	return []byte{byte(m), 'm'}, nil
}

func (m *mark) UnmarshalBinary(data []byte) error {
	if len(data) != 2 {
		return errors.New("no mark")
	}
	*m = mark(data[0])
	clear(data) // which it may do with what it was given
	return nil
}

func TestMethodsOfAValueCountBeforeItsKind(t *testing.T) {
	c := codec.ValueOf[level]()
	assert.Equal(t, "json", c.Name())
	assert.Equal(t, `"!!!"`, string(encode(t, c, 3)))
	assert.EqualValues(t, 3, decode(t, c, []byte(`"!!!"`)))

	for _, c := range []codec.Value[mark]{codec.ValueOf[mark](), codec.Binary[mark]()} {
		assert.Equal(t, "binary", c.Name())
		assert.Equal(t, "\x05m", string(encode(t, c, 5)))
		assert.EqualValues(t, 5, decode(t, c, []byte("\x05m")))
		refuses(t, c, 13, "binary: bad luck")
		refusesBytes(t, c, []byte("m"), "binary: no mark")
	}

	assert.Equal(t, "json", codec.ValueOf[big.Int]().Name(), "the methods are those of the pointer")
	assert.Equal(t, "json", codec.ValueOf[*big.Int]().Name())
	assert.Equal(t, "123", string(encode(t, codec.ValueOf[big.Int](), *big.NewInt(123))))
	assert.Equal(t, "binary", codec.ValueOf[url.URL]().Name(), "its JSON would leave the password out")
	u := url.URL{Scheme: "https", Host: "example.org", User: url.UserPassword("ada", "secret")}
	assert.Equal(t, u, decode(t, codec.ValueOf[url.URL](), encode(t, codec.ValueOf[url.URL](), u)))
}

func TestNumbersThatAreTooLargeAreRefused(t *testing.T) {
	for _, c := range []codec.Value[celsius]{codec.ValueOf[celsius](), codec.Varint[celsius]()} {
		assert.EqualValues(t, math.MinInt16, decode(t, c, encode(t, codec.Varint[int](), math.MinInt16)))
		refusesBytes(t, c, encode(t, codec.Varint[int](), math.MinInt16-1), "-32769 is too large for codec_test.celsius")
	}
	for _, c := range []codec.Value[port]{codec.ValueOf[port](), codec.Uvarint[port]()} {
		refusesBytes(t, c, encode(t, codec.Uvarint[uint](), 1<<16), "65536 is too large for codec_test.port")
	}
	for _, c := range []codec.Value[ratio]{codec.ValueOf[ratio](), codec.FloatValue[ratio]()} {
		refusesBytes(t, c, encode(t, codec.FloatValue[float64](), 0.1), "codec_test.ratio")
	}
}

func TestVarintsHaveOneForm(t *testing.T) {
	for _, s := range []string{"", "80", "8000", "0000", "8180", "818000", "ffffffffffffffffff02", "ffffffffffffffffffff01", "80808080808080808080808000"} {
		refusesBytes(t, codec.Varint[int](), unhex(t, s), "varint: ")
		refusesBytes(t, codec.Uvarint[uint](), unhex(t, s), "uvarint: ")
		refusesBytes(t, codec.ValueOf[celsius](), unhex(t, s), "varint: ")
		refusesBytes(t, codec.ValueOf[port](), unhex(t, s), "uvarint: ")
	}
	assert.EqualValues(t, int64(math.MinInt64), decode(t, codec.Varint[int64](), unhex(t, "ffffffffffffffffff01")))
	assert.Equal(t, 0, decode(t, codec.Varint[int](), []byte{0}))
}

func TestFloatValuesKeepWhatKeysDoNot(t *testing.T) {
	for _, c := range []codec.Value[ratio]{codec.ValueOf[ratio](), codec.FloatValue[ratio]()} {
		assert.True(t, math.Signbit(float64(decode(t, c, encode(t, c, ratio(math.Copysign(0, -1)))))))
		nan := encode(t, c, ratio(math.NaN()))
		assert.Equal(t, unhex(t, "7ff8000000000000"), nan)
		assert.True(t, math.IsNaN(float64(decode(t, c, nan))))
		assert.Equal(t, nan, encode(t, codec.FloatValue[float64](), math.Float64frombits(0xfff0000000000001)), "one NaN for all")
		refusesBytes(t, c, unhex(t, "fff0000000000001"), "not the NaN that is stored")
		refusesBytes(t, c, nan[:7], "7 bytes, not 8")
	}
}

func TestValueFunc(t *testing.T) {
	c := codec.ValueFunc("half",
		func(b []byte, v int) ([]byte, error) {
			if v%2 != 0 {
				return b[:0], errors.New("odd")
			}
			return append(b, byte(v/2)), nil
		},
		func(b []byte) (int, error) {
			if len(b) != 1 {
				return -1, errors.New("not one byte")
			}
			return int(b[0]) * 2, nil
		})
	testValues(t, "half", c, []int{0, 2, 4})
	refuses(t, c, 1, "half: odd")
	refusesBytes(t, c, nil, "half: not one byte")
	short := codec.ValueFunc("short", func([]byte, int) ([]byte, error) { return nil, nil }, func([]byte) (int, error) { return 0, nil })
	refuses(t, short, 1, "6 bytes were appended to, and 0 came back")
}
