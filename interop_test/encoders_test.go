package interop_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
	"github.com/fxamacker/cbor/v2"
	goccy "github.com/goccy/go-yaml"
	pelletier "github.com/pelletier/go-toml/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/vmihailenco/msgpack/v5"
	"gopkg.in/yaml.v3"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// An encoder is a package that encodes.
type encoder struct {
	name      string
	marshal   func(any) ([]byte, error)
	unmarshal func([]byte, any) error
}

func gobMarshal(x any) ([]byte, error) {
	var b bytes.Buffer
	err := gob.NewEncoder(&b).Encode(x)
	return b.Bytes(), err
}

func gobUnmarshal(data []byte, x any) error { return gob.NewDecoder(bytes.NewReader(data)).Decode(x) }

var (
	yamls = []encoder{
		{"yaml.v3", yaml.Marshal, yaml.Unmarshal},
		{"goccy/go-yaml", goccy.Marshal, goccy.Unmarshal},
	}
	binaries = []encoder{
		{"gob", gobMarshal, gobUnmarshal},
		{"msgpack", msgpack.Marshal, msgpack.Unmarshal},
		{"cbor", cbor.Marshal, cbor.Unmarshal},
	}
	jsons = []encoder{{"json", json.Marshal, json.Unmarshal}}
	tomls = []encoder{
		{"BurntSushi/toml", toml.Marshal, toml.Unmarshal},
		{"pelletier/go-toml", pelletier.Marshal, pelletier.Unmarshal},
	}
	xmls = []encoder{{"xml", xml.Marshal, xml.Unmarshal}}
)

type point struct{ X, Y int }

// roundTrips checks that c survives every encoder that can encode collections, on its own and in a struct, into an empty
// destination and into one that holds something.
func roundTrips[C fmt.Stringer](t *testing.T, c, other C) {
	t.Helper()
	for _, e := range append(append(append([]encoder{}, yamls...), binaries...), jsons...) {
		type holder struct {
			Name string
			C    C
		}
		in := holder{"n", c}
		data, err := e.marshal(&in)
		require.NoError(t, err, "%s of %T", e.name, c)
		again, err := e.marshal(&in)
		require.NoError(t, err)
		assert.Equal(t, string(data), string(again), "%s of %T is not the same twice", e.name, c)
		for _, out := range []holder{{}, {C: other}} {
			require.NoError(t, e.unmarshal(data, &out), "%s of %T: %s", e.name, c, data)
			assert.Equal(t, c.String(), out.C.String(), "%s of %T: %s", e.name, c, data)
			assert.Equal(t, "n", out.Name)
		}
		data, err = e.marshal(c)
		require.NoError(t, err, "%s of %T", e.name, c)
		out := other
		require.NoError(t, e.unmarshal(data, &out), "%s of %T: %s", e.name, c, data)
		assert.Equal(t, c.String(), out.String(), "%s of %T: %s", e.name, c, data)
	}
}

// TestIntegersAmongKeysOfAnyType are integers again in YAML, which tells them from text, if the package does: goccy/go-yaml
// writes all keys of a built-in map of any as text.
func TestIntegersAmongKeysOfAnyType(t *testing.T) {
	m := hamt.MapOf(map[any]int{"a": 1, 2: 2, -3: 3, "four": 4})
	for _, e := range yamls {
		data, err := e.marshal(m)
		require.NoError(t, err, e.name)
		var back hamt.Map[any, int]
		require.NoError(t, e.unmarshal(data, &back), "%s: %s", e.name, data)
		want := m
		if e.name == "goccy/go-yaml" {
			want = hamt.MapOf(map[any]int{"a": 1, "2": 2, "-3": 3, "four": 4})
		}
		assert.True(t, hamt.Equal(want, back), "%s: %s, %#v", e.name, data, back)
	}
}

func TestCollectionsSurviveEveryEncoder(t *testing.T) {
	words := map[string]int{"b": 2, "a": 1, "a10": 10, "a2": 3, "": 0, "yes": 5, "1": 6, "~": 7, "x: y": 8, "<&>": 9}
	roundTrips(t, hamt.MapOf(words), hamt.MapOf(map[string]int{"old": 1}))
	roundTrips(t, rbtree.MapOf(words), rbtree.MapOf(map[string]int{"old": 1}))
	anys := map[any]int{}
	for word, i := range words {
		anys[word] = i
	}
	roundTrips(t, hamt.MapOf(anys), hamt.MapOf(map[any]int{"old": 1}))
	ints := map[int8]string{-128: "least", 127: "most", 0: "", 10: "ten", 9: "nine"}
	roundTrips(t, hamt.MapOf(ints), hamt.Map[int8, string]{})
	roundTrips(t, rbtree.MapOf(ints), rbtree.Map[int8, string]{})
	roundTrips(t, hamt.MapOf(map[uint64]bool{1 << 63: true, 0: false}), hamt.Map[uint64, bool]{})
	roundTrips(t, hamt.MapOf(map[point]string{{1, 2}: "a", {0, 3}: "b"}), hamt.Map[point, string]{})
	roundTrips(t, rbtree.MapOf(map[float64]string{0.5: "a", -2: "b"}), rbtree.Map[float64, string]{})
	roundTrips(t, hamt.MapOf(map[bool][]int{true: {1}, false: {2, 3}}), hamt.Map[bool, []int]{})
	roundTrips(t, hamt.SetOf("b", "a", "c"), hamt.SetOf("old"))
	roundTrips(t, hamt.SetOf(3, 1, 2), hamt.SetOf(0))
	roundTrips(t, rbtree.SetOf(3, 1, 2), rbtree.SetOf(0))
	roundTrips(t, vector.Of("c", "a", "b"), vector.Of("old"))
	roundTrips(t, vector.Of[byte](0, 1, 255), vector.Of[byte](7))
	roundTrips(t, vector.Of(point{1, 2}, point{}), vector.Vector[point]{})
	roundTrips(t, list.Of(3, 1, 2), list.Of(0))
	roundTrips(t, list.QueueOf(3, 1, 2), list.QueueOf(0))
	roundTrips(t, history.New("a").Do("b").Do("c").Limit(7), history.New("old"))
	roundTrips(t, vector.Of(hamt.MapOf(words), hamt.Map[string, int]{}), vector.Vector[hamt.Map[string, int]]{})
	roundTrips(t, rbtree.MapOf(map[string]vector.Vector[int]{"a": vector.Of(1, 2), "b": {}}), rbtree.Map[string, vector.Vector[int]]{})
}

// A cell keeps its place, and what was taken from it.
func TestCellsSurviveEveryEncoder(t *testing.T) {
	type holder struct {
		P *cell.Cell[string]
		C *cell.Cell[vector.Vector[int]]
	}
	for _, e := range append(append(append([]encoder{}, yamls...), binaries...), jsons...) {
		in := holder{P: cell.New("a"), C: cell.New(vector.Of(1, 2))}
		data, err := e.marshal(&in)
		require.NoError(t, err, e.name)
		out := holder{C: cell.New(vector.Of(7))}
		taken := out.C.Load()
		require.NoError(t, e.unmarshal(data, &out), "%s: %s", e.name, data)
		assert.Equal(t, "a", out.P.Load(), "%s: %s", e.name, data)
		assert.Equal(t, "[1 2]", out.C.Load().String(), "%s: %s", e.name, data)
		assert.Equal(t, "[7]", taken.String(), e.name)

		c := cell.New("old")
		data, err = e.marshal(cell.New("a"))
		require.NoError(t, err, e.name)
		require.NoError(t, e.unmarshal(data, c), "%s: %s", e.name, data)
		assert.Equal(t, "a", c.Load(), e.name)
	}
}

// A cell that is part of a struct has no method that yaml.v3 or xml would find, as it must not be copied. These do.
func TestCellsInStructs(t *testing.T) {
	for _, e := range append(append([]encoder{}, jsons...), binaries...) {
		var in, out struct{ C cell.Cell[string] }
		in.C.Store("a")
		data, err := e.marshal(&in)
		require.NoError(t, err, e.name)
		require.NoError(t, e.unmarshal(data, &out), "%s: %q", e.name, data)
		assert.Equal(t, "a", out.C.Load(), "%s: %q", e.name, data)
	}
}

// YAML as people write it.
func TestYAMLForms(t *testing.T) {
	for _, e := range yamls {
		var m hamt.Map[string, int]
		require.NoError(t, e.unmarshal([]byte("a: 1\nb: 2\n"), &m), e.name)
		assert.Equal(t, "{a: 1, b: 2}", m.String(), e.name)
		before := m
		for _, null := range []string{"null\n", "~\n"} {
			require.NoError(t, e.unmarshal([]byte(null), &m), e.name)
			assert.True(t, m == before, "%s: null is a no-op", e.name)
		}
		for _, bad := range []string{"- 1\n", "a: b\n", "7\n", "a: [1\n"} {
			assert.Error(t, e.unmarshal([]byte(bad), &m), "%s: %s", e.name, bad)
			assert.True(t, m == before, "%s: %s", e.name, bad)
		}
		require.NoError(t, e.unmarshal([]byte("{}\n"), &m), e.name)
		assert.True(t, m.Len() == 0, e.name)

		var n rbtree.Map[int8, string]
		require.NoError(t, e.unmarshal([]byte("10: ten\n9: nine\n"), &n), e.name)
		assert.Equal(t, "{9: nine, 10: ten}", n.String(), e.name)
		assert.Error(t, e.unmarshal([]byte("300: x\n"), &n), e.name)

		var p hamt.Map[point, string]
		require.NoError(t, e.unmarshal([]byte("- key: {x: 1, y: 2}\n  value: a\n- key: {x: 1, y: 2}\n  value: b\n"), &p), e.name)
		assert.Equal(t, "{{1 2}: b}", p.String(), "%s: the last wins", e.name)
		for _, bad := range []string{"- key: {x: 1, y: 2}\n", "- value: a\n", "a: 1\n", "- 7\n"} {
			assert.Error(t, e.unmarshal([]byte(bad), &p), "%s: %s", e.name, bad)
		}

		v := vector.Of(1)
		old := v
		require.NoError(t, e.unmarshal([]byte("null\n"), &v), e.name)
		assert.True(t, v == old, e.name)
		assert.Error(t, e.unmarshal([]byte("- a\n"), &v), e.name)
		assert.Error(t, e.unmarshal([]byte("a: 1\n"), &v), e.name)
		assert.True(t, v == old, e.name)
		require.NoError(t, e.unmarshal([]byte("[]\n"), &v), e.name)
		assert.Equal(t, 0, v.Len(), e.name)

		data, err := e.marshal(struct {
			M hamt.Map[string, int]
			S hamt.Set[string]
		}{})
		require.NoError(t, err)
		assert.Equal(t, "m: {}\ns: []\n", string(data), e.name)

		h := history.New("kept")
		was := h
		for _, bad := range []string{"past: [a]\n", "now: a\nlimit: -1\n", "now: a\nbranches: [{at: 9, steps: [b]}]\n", "now: a\nbranches: [{at: 0, of: -1, steps: [b]}]\n"} {
			assert.Error(t, e.unmarshal([]byte(bad), &h), "%s: %s", e.name, bad)
		}
		require.NoError(t, e.unmarshal([]byte("null\n"), &h), e.name)
		assert.True(t, h == was, e.name)
	}
}

// What is decoded goes into the order, or the equality, that the destination has.
func TestYAMLKeepsTheOrder(t *testing.T) {
	down := func(a, b string) int { return -strings.Compare(a, b) }
	for _, e := range yamls {
		m := rbtree.NewMapFunc[string, int](down)
		require.NoError(t, e.unmarshal([]byte("a: 1\nb: 2\n"), &m), e.name)
		assert.Equal(t, "{b: 2, a: 1}", m.String(), e.name)
	}
	for _, e := range append(append(append([]encoder{}, yamls...), binaries...), jsons...) {
		c := cell.New(rbtree.NewMapFunc[string, int](down).Set("old", 0))
		data, err := e.marshal(cell.New(rbtree.MapOf(map[string]int{"a": 1, "b": 2})))
		require.NoError(t, err, e.name)
		require.NoError(t, e.unmarshal(data, c), e.name)
		assert.Equal(t, "{b: 2, a: 1}", c.String(), e.name)
	}
}
