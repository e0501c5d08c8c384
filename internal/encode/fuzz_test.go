package encode_test

import (
	"encoding/gob"
	"encoding/json"
	"reflect"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
)

// fuzzJSON decodes data into a C. What is accepted must be JSON, decode from its own encoding
// to the same, and be small; what is not accepted must change nothing.
func fuzzJSON[C any, P interface {
	*C
	json.Unmarshaler
}](t *testing.T, data []byte) (c C, ok bool) {
	var err error
	got := allocated(func() { err = P(&c).UnmarshalJSON(data) })
	require.Less(t, got, 1<<20+1000*len(data))
	if err != nil {
		require.True(t, reflect.ValueOf(&c).Elem().IsNil())
		return c, false
	}
	require.True(t, json.Valid(data), "%q", data)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	again, err := json.Marshal(c)
	require.NoError(t, err)
	require.Equal(t, string(text), string(again))
	var d C
	require.NoError(t, P(&d).UnmarshalJSON(text))
	if !reflect.ValueOf(&c).Elem().IsNil() { // null
		require.Equal(t, c, d)
	}
	return c, true
}

var jsonSeeds = []string{`null`, ` { } `, `[]`, `{"a":1,"b":-2.5e3}`, `{"1":"x","-1":null,"01":[]}`, `{"\u0061\ud800":{"":"]}"},"a":[[{}]]}`,
	`[[1,2],[{"X":1},"\\\""]]`, `[[{"V":[1]},2]]`, `[1,"a",null,true,[false],{"a":[]}]`, `{"a":1}x`, `[1}`, `{"300":1}`, `["é\xff<"]`, `[[[[[[`, `{"Kids":[{"Kids":[]}]}`}

// FuzzUnmarshalMap compares maps with those that encoding/json decodes.
func FuzzUnmarshalMap(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		likeBuiltIn[string, any](t, data)
		likeBuiltIn[num, *string](t, data)
		likeBuiltIn[pair, int](t, data)
		fuzzJSON[table[point, any]](t, data)
		fuzzJSON[table[any, list[any]]](t, data)
		fuzzJSON[table[upper, table[uint8, bool]]](t, data)
	})
}

func likeBuiltIn[K comparable, V any](t *testing.T, data []byte) {
	mine, ok := fuzzJSON[table[K, V]](t, data)
	var theirs map[K]V
	err := json.Unmarshal(data, &theirs)
	require.Equal(t, err == nil, ok, "%q: %v", data, err)
	if ok {
		require.Equal(t, theirs, map[K]V(mine))
	}
}

// FuzzUnmarshalSeq compares sequences with slices.
func FuzzUnmarshalSeq(f *testing.F) {
	for _, s := range jsonSeeds {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		mine, ok := fuzzJSON[list[any]](t, data)
		var theirs []any
		require.Equal(t, json.Unmarshal(data, &theirs) == nil, ok)
		if ok && len(mine) > 0 {
			require.Equal(t, theirs, []any(mine))
		}
		fuzzJSON[set[any]](t, data)
		fuzzJSON[set[boxed]](t, data)
		fuzzJSON[list[tree]](t, data)
		fuzzJSON[list[point]](t, data)
	})
}

// fuzzGob decodes data into a C. What is accepted must be the same after another round.
func fuzzGob[C any, P interface {
	*C
	gob.GobDecoder
}](t *testing.T, data []byte) {
	var c, d C
	var err error
	got := allocated(func() { err = P(&c).GobDecode(data) })
	require.Less(t, got, 32<<20+1000*len(data))
	if err != nil {
		require.True(t, reflect.ValueOf(&c).Elem().IsNil())
		return
	}
	text, err := any(c).(gob.GobEncoder).GobEncode()
	require.NoError(t, err)
	require.NoError(t, P(&d).GobDecode(text))
	again, err := any(d).(gob.GobEncoder).GobEncode()
	require.NoError(t, err)
	require.Equal(t, text, again)
}

func FuzzGobDecode(f *testing.F) {
	for _, c := range []gob.GobEncoder{
		list[int]{1, -300}, list[string]{"a", ""}, list[point]{{1, 2}, {}}, list[struct{}]{{}}, list[complex64]{1i}, set[any]{1: {}, "a": {}, point{}: {}},
		table[string, int]{"a": 1}, table[point, []string]{{1, 2}: {"a"}}, table[any, list[bool]]{"a": {true}}, list[tree]{{Kids: list[tree]{{}}}},
		list[*[]int]{{1, 2}},
	} {
		data, err := c.GobEncode()
		require.NoError(f, err)
		f.Add(data)
	}
	f.Add([]byte(strings.Repeat("\xff", 20)))
	f.Fuzz(func(t *testing.T, data []byte) {
		fuzzGob[list[int16]](t, data)
		fuzzGob[list[string]](t, data)
		fuzzGob[list[point]](t, data)
		fuzzGob[list[struct{}]](t, data)
		fuzzGob[list[complex64]](t, data)
		fuzzGob[set[any]](t, data)
		fuzzGob[table[string, int]](t, data)
		fuzzGob[table[point, []string]](t, data)
		fuzzGob[table[any, list[bool]]](t, data)
		fuzzGob[list[tree]](t, data)
		fuzzGob[list[*[]int]](t, data)
	})
}
