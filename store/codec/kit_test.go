package codec_test

import (
	"bytes"
	"cmp"
	"encoding/hex"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/codec"
)

// The types that keys and values are defined as in these tests.
type (
	celsius int16
	port    uint16
	ratio   float32
	flag    bool
	label   string
	blob    []byte
	hash    [4]byte
)

// encode returns the bytes of k, which must not depend on what they are appended to.
func encode[K any](t testing.TB, c codec.Value[K], k K) []byte {
	t.Helper()
	b, err := c.Append(nil, k)
	require.NoError(t, err, "%v", k)
	room := append(make([]byte, 0, 200), "before"...)
	after, err := c.Append(room, k)
	require.NoError(t, err)
	require.Equal(t, "before"+string(b), string(after), "%v", k)
	return b
}

// decode returns what has the bytes b, which it must neither keep nor change.
func decode[K any](t testing.TB, c codec.Value[K], b []byte) K {
	t.Helper()
	given := slices.Clone(b)
	k, err := c.Decode(given)
	require.NoError(t, err, "%x", b)
	require.Equal(t, b, given, "Decode has changed what it was given")
	for i := range given {
		given[i] = ^given[i]
	}
	return k
}

// refuses requires an Err, the zero value, and that no byte is appended.
func refuses[K any](t testing.TB, c codec.Value[K], k K, about string) {
	t.Helper()
	b, err := c.Append([]byte("before"), k)
	require.ErrorIs(t, err, codec.Err)
	assert.ErrorContains(t, err, about)
	assert.Equal(t, "before", string(b))
}

// refusesBytes requires an Err, and the zero value.
func refusesBytes[K any](t testing.TB, c codec.Value[K], b []byte, about string) {
	t.Helper()
	k, err := c.Decode(b)
	require.ErrorIs(t, err, codec.Err, "%x is %v", b, k)
	assert.ErrorContains(t, err, about)
	assert.Zero(t, k)
}

// testKeys looks at each key and at each pair of them.
func testKeys[K any](t *testing.T, c codec.Key[K], compare func(a, b K) int, keys []K) {
	t.Helper()
	codes := make([][]byte, len(keys))
	for i, k := range keys {
		codes[i] = encode(t, c, k)
		back := decode(t, c, codes[i])
		require.Zero(t, compare(k, back), "%v came back as %v", k, back)
		require.Equal(t, codes[i], encode(t, c, back), "%v", k)
	}
	less := 0
	for i, a := range keys {
		for j, b := range keys {
			got, want := bytes.Compare(codes[i], codes[j]), compare(a, b)
			if c.Ordered() {
				require.Equal(t, want, got, "%s: %v and %v, as %x and %x", c.Name(), a, b, codes[i], codes[j])
			} else {
				require.Equal(t, want == 0, got == 0, "%s: %v and %v, as %x and %x", c.Name(), a, b, codes[i], codes[j])
			}
			if want < 0 {
				less++
			}
		}
	}
	require.Positive(t, less, "no two of the keys differ")
}

func ints[K ~int | ~int8 | ~int16 | ~int32 | ~int64](rnd *rand.Rand) (keys []K) {
	for _, x := range []int64{0, 1, -1, 2, 127, -128, 128, 255, 256, math.MaxInt16, math.MinInt16, math.MaxInt32, math.MinInt32, math.MaxInt64, math.MinInt64} {
		keys = append(keys, K(x), K(x+1), K(x-1))
	}
	for range 20 {
		keys = append(keys, K(rnd.Uint64()), K(rnd.Uint64()>>rnd.IntN(64)))
	}
	return keys
}

func uints[K ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr](rnd *rand.Rand) (keys []K) {
	for _, x := range ints[int64](rnd) {
		keys = append(keys, K(x))
	}
	return keys
}

func floats[K ~float32 | ~float64](rnd *rand.Rand) (keys []K) {
	for _, x := range []float64{0, 1, 1.5, math.Pi, 1e-300, 1e300, math.MaxFloat64, math.SmallestNonzeroFloat64, math.MaxFloat32,
		math.SmallestNonzeroFloat32, math.Inf(1), 1 << 53, 1<<53 + 2, 0.1} {
		keys = append(keys, K(x), K(-x))
	}
	keys = append(keys, K(math.Copysign(0, -1)))
	for range 20 {
		if x := K(math.Float64frombits(rnd.Uint64())); x == x {
			keys = append(keys, x)
		}
	}
	return keys
}

func texts[K ~string](rnd *rand.Rand) (keys []K) {
	keys = append(keys, "", "\x00", "\x00\x00", "\x00\x01", "\x00\xff", "\x01", "\xff", "\xff\xff", "\xff\x00", "a", "a\x00", "a\x00b", "a\x00\xff",
		"a\x00\x01", "a\x01", "a\xff", "ab", "b", "é", "\U0001f333", "\xc3", K(strings.Repeat("\x00", 40)), K(strings.Repeat("x", 300)))
	for range 40 {
		b := make([]byte, rnd.IntN(6))
		for i := range b {
			b[i] = []byte{0, 1, 2, 0xfe, 0xff, 'a'}[rnd.IntN(6)]
		}
		keys = append(keys, K(b))
	}
	return keys
}

func times(rnd *rand.Rand) (keys []time.Time) {
	zone := time.FixedZone("east", 3*3600)
	keys = append(keys, time.Time{}, time.Unix(0, 0), time.Unix(0, 1), time.Unix(-1, 999_999_999), time.Unix(1, 0), time.Now(), time.Now().In(zone),
		time.Date(-5, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(1, 1, 1, 0, 0, 0, 0, zone), time.Date(200_000, 1, 1, 0, 0, 0, 0, zone),
		time.Unix(math.MaxInt64, 0), time.Unix(math.MinInt64, 5), time.Unix(math.MaxInt64-62135596800, 0), time.Unix(math.MaxInt64-62135596800+1, 7).In(zone))
	for range 20 {
		keys = append(keys, time.Unix(int64(rnd.Uint64())>>rnd.IntN(64), int64(rnd.IntN(1e9))))
	}
	return keys
}

func random(t testing.TB) *rand.Rand {
	seed := rand.Uint64()
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("seed %#x", seed)
		}
	})
	return rand.New(rand.NewPCG(seed, 0))
}

func keyOf[K any](t testing.TB) codec.Key[K] {
	t.Helper()
	c, err := codec.KeyOf[K]()
	require.NoError(t, err)
	return c
}

func unhex(t testing.TB, s string) []byte {
	t.Helper()
	b, err := hex.DecodeString(strings.ReplaceAll(s, " ", ""))
	require.NoError(t, err)
	return b
}

func compareBool[K ~bool](a, b K) int {
	switch {
	case a == b:
		return 0
	case bool(b):
		return -1
	}
	return 1
}

func reverse[K any](compare func(a, b K) int) func(a, b K) int {
	return func(a, b K) int { return compare(b, a) }
}

// pair is a key of two fields.
type pair[A, B any] struct {
	a A
	b B
}

func comparePair[A, B any](a func(x, y A) int, b func(x, y B) int) func(x, y pair[A, B]) int {
	return func(x, y pair[A, B]) int { return cmp.Or(a(x.a, y.a), b(x.b, y.b)) }
}

func pairs[A, B any](a codec.Key[A], b codec.Key[B]) codec.Key[pair[A, B]] {
	return codec.Tuple2(a, b, func(k pair[A, B]) (A, B) { return k.a, k.b }, func(a A, b B) pair[A, B] { return pair[A, B]{a, b} })
}

// product returns n pairs of the keys that it is given, every one of which is in some.
func product[A, B any](rnd *rand.Rand, as []A, bs []B, n int) (keys []pair[A, B]) {
	for i := range max(n, len(as), len(bs)) {
		a, b := as[i%len(as)], bs[i%len(bs)]
		keys = append(keys, pair[A, B]{a, b}, pair[A, B]{a, bs[rnd.IntN(len(bs))]})
	}
	return keys
}
