package interop_test

import (
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

func everything() []any {
	return []any{
		hamt.MapOf(map[string]int{"a": 1}), hamt.SetOf("a"), rbtree.MapOf(map[string]int{"a": 1}), rbtree.SetOf("a"),
		rbtree.MapOf(map[string]int{"a": 1}).From("a"), rbtree.SetOf("a").From("a"),
		vector.Of("a"), list.Of("a"), list.QueueOf("a"), history.New("a"), cell.New("a"),
	}
}

func builders() []any {
	return []any{
		hamt.MapOf(map[string]int{"a": 1}).Builder(), hamt.SetOf("a").Builder(), rbtree.MapOf(map[string]int{"a": 1}).Builder(),
		rbtree.SetOf("a").Builder(), vector.Of("a").Builder(),
	}
}

// said checks that something was written, or an error returned.
func said(t *testing.T, name string, x any, data []byte, err error) {
	t.Helper()
	assert.True(t, err != nil || strings.Contains(string(data), "a"), "%s of %T: %q", name, x, data)
}

// Nothing is lost in silence.
func TestNoEncoderIsSilent(t *testing.T) {
	for _, group := range [][]encoder{jsons, yamls, binaries, tomls, xmls} {
		for _, e := range group {
			for _, x := range everything() {
				data, err := e.marshal(x)
				said(t, e.name, x, data, err)
				data, err = e.marshal(map[string]any{"m": x})
				said(t, e.name, x, data, err)
				data, err = e.marshal(struct{ X any }{x})
				said(t, e.name, x, data, err)
			}
			for _, b := range builders() {
				data, err := e.marshal(b)
				assert.Error(t, err, "%s of %T: %s", e.name, b, data)
				data, err = e.marshal(&struct{ B any }{b})
				assert.Error(t, err, "%s of %T: %s", e.name, b, data)
			}
		}
	}
}

func TestXMLIsAnErrorAsForMaps(t *testing.T) {
	for _, x := range everything() {
		if _, ok := x.(*cell.Cell[string]); ok {
			continue
		}
		_, err := xml.Marshal(x)
		var unsupported *xml.UnsupportedTypeError
		assert.ErrorAs(t, err, &unsupported, "%T", x)
		_, err = xml.Marshal(struct {
			X any `xml:"x,attr"`
		}{x})
		assert.Error(t, err, "%T as an attribute", x)
	}
	type holder struct {
		M hamt.Map[string, int]
		V vector.Vector[string] `xml:"v,attr"`
		C *cell.Cell[string]
	}
	h := holder{C: cell.New("")}
	assert.Error(t, xml.Unmarshal([]byte("<holder><M><a>1</a></M></holder>"), &h))
	assert.Error(t, xml.Unmarshal([]byte(`<holder v="x"></holder>`), &h))
	assert.NoError(t, xml.Unmarshal([]byte(`<holder><C>x</C></holder>`), &h))
	assert.Equal(t, "x", h.C.Load())
	data, err := xml.Marshal(cell.New("y"))
	assert.NoError(t, err)
	assert.Equal(t, "<string>y</string>", string(data))
}

// What cannot be decoded is an error as well.
func TestNoDecoderIsSilent(t *testing.T) {
	var m struct{ M hamt.Map[string, int] }
	var v struct{ V vector.Vector[int] }
	var s struct{ S rbtree.Span[string, int] }
	var b struct{ B hamt.MapBuilder[string, int] }
	assert.Error(t, tomls[0].unmarshal([]byte("[M]\na = 1\n"), &m))
	assert.Error(t, tomls[0].unmarshal([]byte("V = [1]\n"), &v))
	assert.Error(t, tomls[1].unmarshal([]byte("V = [1]\n"), &v))
	for _, e := range append(append([]encoder{}, jsons...), yamls...) {
		assert.Error(t, e.unmarshal([]byte(`{"S": {"a": 1}, "s": {"a": 1}}`), &s), e.name)
		assert.Error(t, e.unmarshal([]byte(`{"B": {"a": 1}, "b": {"a": 1}}`), &b), e.name)
	}
	for _, e := range binaries {
		data, err := e.marshal(hamt.MapOf(map[string]int{"a": 1}))
		assert.NoError(t, err)
		assert.Error(t, e.unmarshal(data, &s.S), e.name)
		assert.Error(t, e.unmarshal(data, &b.B), e.name)
	}
}

// A span is what the map is that it stands for.
func TestSpansAreMaps(t *testing.T) {
	m := rbtree.MapOf(map[string]int{"a": 1, "b": 2, "c": 3})
	for _, e := range append(append(append([]encoder{}, yamls...), binaries...), jsons...) {
		data, err := e.marshal(m.From("b"))
		assert.NoError(t, err)
		var out rbtree.Map[string, int]
		assert.NoError(t, e.unmarshal(data, &out), e.name)
		assert.Equal(t, "{b: 2, c: 3}", fmt.Sprint(out), e.name)
		data, err = e.marshal(rbtree.SetOf(1, 2, 3).Below(3))
		assert.NoError(t, err)
		var set rbtree.Set[int]
		assert.NoError(t, e.unmarshal(data, &set), e.name)
		assert.Equal(t, "[1 2]", fmt.Sprint(set), e.name)
	}
}
