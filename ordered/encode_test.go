package ordered_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/ordered"
)

type config = ordered.Map[string, any]

// packageJSON is a configuration file with what is easily lost: the order at any depth, digits, empty objects and arrays.
const packageJSON = `{
  "name": "@forest/ash",
  "version": "1.10.0",
  "private": true,
  "scripts": {
    "test": "node --test && echo <ok>",
    "build": "tsc -p . 2>&1",
    "prepare": ""
  },
  "files": [
    "dist",
    {
      "z": 1,
      "a": [
        {
          "y": null,
          "b": {}
        },
        []
      ]
    }
  ],
  "engines": {
    "node": ">=22"
  },
  "limits": {
    "id": 12345678901234567890,
    "ratio": 1.0,
    "tiny": 1e-400,
    "minus": -0,
    "exp": 1E+2
  },
  "größe": "Ü \"quoted\" \\ /",
  "dependencies": {
    "zod": "^3.0.0",
    "@types/node": "*",
    "ash": "file:../ash"
  },
  "10": "a number's text",
  "9": []
}`

// indented is JSON with the characters of HTML as they are.
func indented(t *testing.T, x any) string {
	var buf bytes.Buffer
	enc := json.NewEncoder(&buf)
	enc.SetEscapeHTML(false)
	enc.SetIndent("", "  ")
	require.NoError(t, enc.Encode(x))
	return strings.TrimSuffix(buf.String(), "\n")
}

// TestConfigurationComesBackAsItWas, byte for byte, and with one change in the middle apart from that.
func TestConfigurationComesBackAsItWas(t *testing.T) {
	var m config
	require.NoError(t, json.Unmarshal([]byte(packageJSON), &m))
	require.NoError(t, m.Check())
	assert.Equal(t, packageJSON, indented(t, m))
	assert.Equal(t, packageJSON, indented(t, struct{ config }{m}))

	var compact, got bytes.Buffer
	require.NoError(t, json.Compact(&compact, []byte(packageJSON)))
	enc := json.NewEncoder(&got)
	enc.SetEscapeHTML(false)
	require.NoError(t, enc.Encode(m))
	assert.Equal(t, compact.String()+"\n", got.String())
	text, err := m.MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, compact.String(), string(text))

	edited := m.Update("engines", func(old any, ok bool) (any, bool) { return old.(config).Set("node", ">=24").Set("npm", "11"), ok })
	assert.Equal(t, strings.Replace(packageJSON, `"node": ">=22"`, "\"node\": \">=24\",\n    \"npm\": \"11\"", 1), indented(t, edited))
	assert.Equal(t, packageJSON, indented(t, m), "the version before")

	var again config
	assert.True(t, ordered.Equal(m, must(decode(packageJSON))), "also what is nested is compared by contents")
	merged, conflicts := ordered.Merge(m, edited, must(decode(strings.Replace(packageJSON, `"dist"`, `"lib"`, 1))))
	assert.Empty(t, conflicts)
	assert.Equal(t, strings.Replace(indented(t, edited), `"dist"`, `"lib"`, 1), indented(t, merged))
	require.NoError(t, json.Unmarshal([]byte(packageJSON), &again))
	limits := func(m config) config { return m.Get("limits").(config) }
	assert.True(t, limits(m).Equal(limits(again)))
	id, err := limits(m).Get("ratio").(json.Number).Float64()
	assert.True(t, err == nil && id == 1)

	var nested ordered.Map[string, ordered.Map[string, any]]
	require.NoError(t, json.Unmarshal([]byte(`{"b":{"z":{"y":1.0,"x":2}},"a":{}}`), &nested))
	assert.Equal(t, `{"b":{"z":{"y":1.0,"x":2}},"a":{}}`, string(must(json.Marshal(nested))))
	var pairs ordered.Map[[1]int, any]
	require.NoError(t, json.Unmarshal([]byte(`[[[2],{"z":1.0,"a":[{"d":1,"c":2}]}],[[1],null]]`), &pairs))
	assert.Equal(t, `[[[2],{"z":1.0,"a":[{"d":1,"c":2}]}],[[1],null]]`, string(must(json.Marshal(pairs))))
}

func decode(text string) (m config, err error) {
	err = json.Unmarshal([]byte(text), &m)
	return m, err
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// TestJSON of keys given twice, null, and what is no such map.
func TestJSON(t *testing.T) {
	var m omap
	require.NoError(t, json.Unmarshal([]byte(`{"b":1,"a":2,"b":3}`), &m))
	model{{"b", 3}, {"a", 2}}.is(t, m)
	before := m
	require.NoError(t, json.Unmarshal([]byte(`null`), &m))
	assert.True(t, m == before)
	for _, bad := range []string{`{"b":1,"a":"x"}`, `[]`, `{"b":1`, `{"b":1}}`, `7`, ``, `{"a":{}}`} {
		assert.Error(t, m.UnmarshalJSON([]byte(bad)), bad)
		assert.True(t, m == before, bad)
	}
	require.NoError(t, json.Unmarshal([]byte(`{}`), &m))
	assert.True(t, m == omap{})
	assert.Equal(t, `{}`, string(must(json.Marshal(m))))

	c := config{}.Set("a", 1)
	was := c
	for _, bad := range []string{`{"b":{"x":1,}}`, `{"b":[1,]}`, `{"b":[}`, `{"b":{`, `{"b":-}`, `{"b":01}`, `{"b":tru}`, `{"b":{"x"}}`, `{"b":}`, `{"b"`} {
		assert.Error(t, c.UnmarshalJSON([]byte(bad)), bad)
		assert.True(t, c == was, bad)
	}
	require.NoError(t, json.Unmarshal([]byte(`{"n":null,"o":{"k":1,"l":2,"k":3},"s":"x","t":true,"e":[]}`), &c))
	assert.Equal(t, "{n: <nil>, o: {k: 3, l: 2}, s: x, t: true, e: []}", c.String())

	folded := ordered.NewMap[string, int](fold{})
	require.NoError(t, json.Unmarshal([]byte(`{"B":1,"a":2,"b":3}`), &folded))
	assert.Equal(t, "{B: 3, a: 2}", folded.String(), "the hasher is kept")
	assert.Equal(t, 3, folded.Get("b"))

	var dynamic ordered.Map[any, int]
	assert.ErrorContains(t, json.Unmarshal([]byte(`[["a",1],[[1],2]]`), &dynamic), "not comparable")
	assert.Zero(t, dynamic.Len())

	type optional struct {
		M omap `json:"m,omitzero"`
	}
	assert.Equal(t, `{}`, string(must(json.Marshal(optional{ordered.NewMap[string, int](fold{})}))))
	assert.Equal(t, `{"m":{"a":1}}`, string(must(json.Marshal(optional{omap{}.Set("a", 1)}))))
}

// TestDeepJSON is an error where encoding/json has one, and does not end the process.
func TestDeepJSON(t *testing.T) {
	for _, open := range []string{`[`, `{"a":`} {
		var c config
		err := c.UnmarshalJSON([]byte(`{"a":` + strings.Repeat(open, 1_000_000)))
		assert.ErrorContains(t, err, "deep", open)
		assert.Less(t, len(err.Error()), 1000_000)
		assert.Zero(t, c.Len())
	}
	var c config
	deep := `{"a":` + strings.Repeat(`[`, 500) + strings.Repeat(`]`, 500) + `}`
	require.NoError(t, json.Unmarshal([]byte(deep), &c))
	assert.Equal(t, deep, string(must(json.Marshal(c))))
}

// TestGob, and the binary form, keep the order and the hasher.
func TestGob(t *testing.T) {
	m := omap{}.Set("b", 1).Set("c", 2).Set("a", 3)
	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(m))
	var got omap
	require.NoError(t, gob.NewDecoder(&buf).Decode(&got))
	assert.True(t, ordered.Equal(m, got))
	data := must(m.MarshalBinary())
	folded := ordered.NewMap[string, int](fold{}).Set("x", 1)
	require.NoError(t, folded.UnmarshalBinary(data))
	assert.Equal(t, "{b: 1, c: 2, a: 3}", folded.String())
	assert.Equal(t, 1, folded.Get("B"))
	was := folded
	assert.Error(t, folded.UnmarshalBinary(data[:len(data)-1]))
	assert.True(t, folded == was)
	same := must(m.MoveToEnd("b").MoveToEnd("c").MoveToEnd("a").GobEncode())
	assert.Equal(t, data, same, "equal maps are encoded alike")
	other := must(m.MoveToEnd("b").GobEncode())
	assert.NotEqual(t, data, other)
}

// TestYAML by what packages for YAML do.
func TestYAML(t *testing.T) {
	m := omap{}.Set("b", 1).Set("a", 2)
	assert.Equal(t, map[string]int{"a": 2, "b": 1}, must(m.MarshalYAML()))
	var got omap
	require.NoError(t, got.UnmarshalYAML(func(to any) error {
		*to.(*map[string]int) = map[string]int{"a": 2, "b": 1}
		return nil
	}))
	assert.True(t, ordered.EqualAnyOrder(m, got))
	was := got
	assert.Error(t, got.UnmarshalYAML(func(any) error { return fmt.Errorf("bad") }))
	assert.True(t, got == was)
	places := ordered.Map[[1]int, int]{}.Set([1]int{2}, 1).Set([1]int{1}, 2)
	assert.Equal(t, "[{[2] 1} {[1] 2}]", fmt.Sprint(must(places.MarshalYAML())))
}

// TestRefused: what has no place for a map says so.
func TestRefused(t *testing.T) {
	m := omap{}.Set("a", 1)
	_, err := xml.Marshal(m)
	assert.Error(t, err)
	assert.Error(t, xml.Unmarshal([]byte("<a/>"), &m))
	_, err = m.MarshalText()
	assert.Error(t, err)
	assert.Error(t, m.UnmarshalTOML(nil))
	_, err = json.Marshal(m.Builder())
	assert.Error(t, err)
	_, err = json.Marshal(m.Cursor())
	assert.Error(t, err)
}
