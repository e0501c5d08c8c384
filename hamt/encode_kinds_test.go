//go:build !race && !smallnodes && !invariants

package hamt_test

import (
	"encoding/json"
	"maps"
	"math/big"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
)

// How a kind of keys is written does not depend on how nodes are made: see kinds_test.go.

func TestEncodingsOfEveryKind(t *testing.T) {
	roundTrips(t, hamt.MapOf(map[myString]int{"x": 1, "": 0}))
	roundTrips(t, hamt.MapOf(map[int8]int{-128: 1, 127: 0}))
	roundTrips(t, hamt.MapOf(map[struct{ X, Y int }]bool{{1, 2}: true, {-1, 0}: false}))
	roundTrips(t, hamt.MapOf(map[float64]int{0.5: 1, 2: 4}))
	roundTrips(t, hamt.MapOf(map[bool]int{true: 1, false: 0}))
	roundTrips(t, hamt.MapOf(map[int][5]uint64{1: {1, 2}}))
	roundTrips(t, hamt.MapOf(map[int]string{1: "one"}))
}

func TestEncodingsNest(t *testing.T) {
	inner := hamt.MapOf(map[string]int{"a": 1})
	m := hamt.MapOf(map[string]hamt.Map[string, int]{"1": inner, "2": inner.Set("b", 2)})
	data, err := json.Marshal(struct{ M any }{m})
	require.NoError(t, err)
	assert.Equal(t, `{"M":{"1":{"a":1},"2":{"a":1,"b":2}}}`, string(data))
	var got struct {
		M hamt.Map[string, hamt.Map[string, int]]
	}
	require.NoError(t, json.Unmarshal(data, &got))
	assert.True(t, hamt.EqualFunc(m, got.M, hamt.Equal[string, int]))

	data, err = m.GobEncode()
	require.NoError(t, err)
	var decoded hamt.Map[string, hamt.Map[string, int]]
	require.NoError(t, decoded.GobDecode(data))
	assert.True(t, hamt.EqualFunc(m, decoded, hamt.Equal[string, int]))
}

func TestNumberOutOfRangeChangesNothing(t *testing.T) {
	ints := hamt.MapOf(map[int8]int{1: 1})
	intsBefore := ints
	assert.Error(t, ints.UnmarshalJSON([]byte(`{"2":2,"300":1}`)))
	assert.True(t, ints == intsBefore)
}

func TestChannelsAreNotEncoded(t *testing.T) {
	_, err := hamt.MapOf(map[chan int]struct{}{nil: {}}).GobEncode()
	assert.Error(t, err)
	_, err = hamt.SetOf(make(chan int)).GobEncode()
	assert.Error(t, err)
}

// TestTextKeys decodes keys that are text by methods of their pointers.
func TestTextKeys(t *testing.T) {
	roundTrips(t, hamt.MapOf(map[myInt]int{1: 2})) // an integer kind without text methods

	m := hamt.Map[*big.Int, string]{}
	require.NoError(t, json.Unmarshal([]byte(`{"12345678901234567890":"x"}`), &m))
	for k, v := range m.All() {
		assert.Equal(t, "12345678901234567890", k.String())
		assert.Equal(t, "x", v)
	}
	data, err := json.Marshal(m)
	require.NoError(t, err)
	assert.Equal(t, `{"12345678901234567890":"x"}`, string(data))
	assert.Equal(t, 1, len(maps.Collect(m.All())))
}
