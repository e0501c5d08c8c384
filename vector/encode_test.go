package vector_test

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"math"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/vector"
)

// roundTrips checks that vectors of the elements of s survive JSON and gob, into one that has
// elements already, and that their encodings do not depend on how they came about.
func roundTrips[T any](t *testing.T, s []T) {
	t.Helper()
	want, err := json.Marshal(append(make([]T, 0), s...))
	require.NoError(t, err)
	if _, ok := any(s).([]byte); ok {
		want = nil // a string in a slice's JSON
	}
	var wantGob []byte
	for _, f := range forms(s) {
		data, err := json.Marshal(f.v)
		require.NoError(t, err)
		if want == nil {
			want = data
		}
		assert.Equal(t, string(want), string(data), "JSON of %s", f.name)
		got := vector.Of(*new(T), *new(T))
		old := got
		require.NoError(t, json.Unmarshal(data, &got))
		holds(t, s, got, "from JSON")
		assert.Equal(t, 2, old.Len(), "the version that was replaced")

		data, err = f.v.GobEncode()
		require.NoError(t, err)
		if wantGob == nil {
			wantGob = data
		}
		assert.Equal(t, wantGob, data, "gob of %s", f.name)
		got = old
		require.NoError(t, got.GobDecode(data))
		holds(t, s, got, "from gob")
		assert.Equal(t, 2, old.Len(), "the version that was replaced")

		type wrapped struct {
			V vector.Vector[T]
			N int
		}
		var buf bytes.Buffer
		require.NoError(t, gob.NewEncoder(&buf).Encode(wrapped{f.v, 7}))
		var w wrapped
		require.NoError(t, gob.NewDecoder(&buf).Decode(&w))
		holds(t, s, w.V, "from a gob encoder")
		assert.Equal(t, 7, w.N)
	}
}

func TestEncodings(t *testing.T) {
	type named string
	x := 5
	for _, n := range lengths()[:8] {
		roundTrips(t, upTo(n))
	}
	roundTrips(t, []string{"", "ash", "<&>", "ü\u2028"})
	roundTrips(t, []named{"a", "b"})
	roundTrips(t, []byte{0, 1, 255})
	roundTrips(t, []int8{-128, 127, 0})
	roundTrips(t, []uint64{math.MaxUint64, 0})
	roundTrips(t, []float64{0.5, -0.25, 1e300})
	roundTrips(t, []bool{true, false, true})
	roundTrips(t, []point{{1, 2}, {}, {-3, 4}})
	roundTrips(t, [][]string{{"a"}, {"b", "c"}})
	roundTrips(t, [][2]int{{1, 2}, {}})
	roundTrips(t, []*int{&x, &x})
	roundTrips(t, []any{"one", 2.5, true})
}

func TestJSONIsThatOfASlice(t *testing.T) {
	for _, s := range [][]any{{}, {nil}, {1, "two", 3.5, []int{4}, map[string]int{"b": 1, "a": 2}, "<&>"}} {
		want, err := json.Marshal(s)
		require.NoError(t, err)
		got, err := json.Marshal(vector.Of(s...))
		require.NoError(t, err)
		assert.Equal(t, string(want), string(got))
	}
	data, err := json.Marshal(vector.Vector[int]{})
	require.NoError(t, err)
	assert.Equal(t, `[]`, string(data), "the zero vector is no null")
}

func TestEncodingsNest(t *testing.T) {
	inner := vector.Of(1, 2)
	v := vector.Of(inner, vec{}, inner.Append(3))
	data, err := json.Marshal(struct{ V any }{v})
	require.NoError(t, err)
	assert.Equal(t, `{"V":[[1,2],[],[1,2,3]]}`, string(data))
	var got struct{ V vector.Vector[vec] }
	require.NoError(t, json.Unmarshal(data, &got))
	assert.True(t, vector.EqualFunc(v, got.V, vector.Equal[int]))
	assert.False(t, vector.EqualFunc(v, got.V.Set(0, vec{}), vector.Equal[int]))

	data, err = v.GobEncode()
	require.NoError(t, err)
	var decoded vector.Vector[vec]
	require.NoError(t, decoded.GobDecode(data))
	assert.True(t, vector.EqualFunc(v, decoded, vector.Equal[int]))
}

// TestDecodedElementsAreFresh: what is decoded into one element does not show in the next.
func TestDecodedElementsAreFresh(t *testing.T) {
	var v vector.Vector[map[string]int]
	require.NoError(t, json.Unmarshal([]byte(`[{"a":1},{"b":2},null,{}]`), &v))
	assert.Equal(t, []map[string]int{{"a": 1}, {"b": 2}, nil, {}}, v.AppendTo(nil))
	var points vector.Vector[point]
	require.NoError(t, json.Unmarshal([]byte(`[{"X":1,"Y":2},{"Y":3},{}]`), &points))
	assert.Equal(t, []point{{1, 2}, {0, 3}, {}}, points.AppendTo(nil))
	var ptrs vector.Vector[*int]
	require.NoError(t, json.Unmarshal([]byte(`[1,null,2]`), &ptrs))
	assert.Equal(t, []int{1, 2}, []int{*ptrs.At(0), *ptrs.At(2)})
	assert.Nil(t, ptrs.At(1))
}

func TestBadInputChangesNothing(t *testing.T) {
	v := vector.Of(1, 2, 3)
	before := v
	for _, bad := range []string{``, ` `, `{`, `{}`, `[`, `[1`, `[1,`, `[1,]`, `[,1]`, `[1 2]`, `["a"]`, `[1,2,"a"]`, `[1.5]`, `[[1]]`, `7`, `"x"`, `[] 1`, `[1]]`, `nul`, `null 1`, `true`, `[1e999]`, `[99999999999999999999]`} {
		assert.Error(t, v.UnmarshalJSON([]byte(bad)), "from %s", bad)
		assert.True(t, v == before, "from %s", bad)
		if err := json.Unmarshal([]byte(bad), &v); assert.Error(t, err, "from %s", bad) {
			assert.True(t, v == before, "from %s", bad)
		}
	}
	require.NoError(t, v.UnmarshalJSON([]byte(" null\n")))
	assert.True(t, v == before, "null is a no-op")
	require.NoError(t, v.UnmarshalJSON([]byte(" [ ]\n")))
	assert.True(t, v == vec{}, "an empty array is none")
	small := vector.Of(int8(1))
	smallBefore := small
	assert.Error(t, small.UnmarshalJSON([]byte(`[1,2,300]`)))
	assert.True(t, small == smallBefore)

	v = before
	whole, err := vector.Of(upTo(leaf + 3)...).GobEncode()
	require.NoError(t, err)
	for n := range whole {
		assert.Error(t, v.GobDecode(whole[:n]), "the first %d bytes", n)
	}
	assert.Error(t, v.GobDecode(append(slices.Clone(whole), 0)), "a byte more")
	words, err := vector.Of("a", "b").GobEncode()
	require.NoError(t, err)
	assert.Error(t, v.GobDecode(words), "elements of another type")
	structs, err := vector.Of(point{1, 2}, point{3, 4}).GobEncode()
	require.NoError(t, err)
	points := vector.Of(point{5, 6})
	pointsBefore := points
	for n := range structs {
		assert.Error(t, points.GobDecode(structs[:n]), "the first %d bytes", n)
	}
	assert.True(t, v == before && points == pointsBefore)
	require.NoError(t, v.GobDecode(whole))
	holds(t, upTo(leaf+3), v)
}

// TestHostileCounts: memory is taken for what is there, whatever a count says.
func TestHostileCounts(t *testing.T) {
	v := vector.Of(1, 2, 3)
	before := v
	whole, err := v.GobEncode()
	require.NoError(t, err)
	texts, err := vector.Of("a").GobEncode()
	require.NoError(t, err)
	for _, n := range []uint64{4, 1000, 1 << 20, 1 << 31, math.MaxUint32 - 4096, math.MaxUint32, 1 << 40, math.MaxInt64, math.MaxUint64} {
		var s vector.Vector[string]
		count := binary.AppendUvarint(slices.Clone(whole[:3]), n)
		_, bytes := panicOf(func() {
			assert.Error(t, v.GobDecode(count), "%d elements of none", n)
			assert.Error(t, v.GobDecode(append(count, whole[4:]...)), "%d elements of 3", n)
			length := binary.AppendUvarint(slices.Clone(texts[:4]), n) // of a string
			assert.Error(t, s.GobDecode(append(length, "abc"...)), "a string of %d", n)
		})
		assert.Less(t, bytes, uint64(1<<17), "%d elements", n)
		assert.True(t, v == before && s == vector.Vector[string]{})
	}
	deep := strings.Repeat("[", 100_000)
	_, bytes := panicOf(func() {
		var a vector.Vector[any]
		assert.Error(t, a.UnmarshalJSON([]byte(deep)))
	})
	assert.Less(t, bytes, uint64(100*len(deep)))
}

func TestMarshalErrors(t *testing.T) {
	for _, n := range []int{0, leaf + 1} {
		v := vector.Of(slices.Repeat([]any{1}, n)...).Append(func() {})
		_, err := v.MarshalJSON()
		assert.Error(t, err)
		_, err = json.Marshal(v)
		assert.Error(t, err)
		_, err = v.GobEncode()
		assert.Error(t, err)
		assert.Equal(t, n+1, v.Len())
	}
	_, err := vector.Of(math.NaN()).MarshalJSON()
	assert.Error(t, err)
	_, err = vector.Of(make(chan int)).GobEncode()
	assert.Error(t, err)
}
