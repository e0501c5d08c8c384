package rbtree_test

import (
	"encoding/json"
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/rbtree"
)

// otherForms checks the forms that packages ask for which are not of the standard library, with encoding/json in their place, and
// that there is none in XML and TOML.
func otherForms[C any, P interface {
	*C
	UnmarshalYAML(func(any) error) error
	UnmarshalBinary([]byte) error
	UnmarshalTOML(any) error
	xml.Unmarshaler
}](t *testing.T, c interface {
	String() string
	MarshalYAML() (any, error)
	MarshalBinary() ([]byte, error)
	MarshalText() ([]byte, error)
}, text string) {
	t.Helper()
	y, err := c.MarshalYAML()
	require.NoError(t, err)
	asText, err := json.Marshal(y)
	require.NoError(t, err)
	assert.Equal(t, text, string(asText))
	printed := func(p P) string { return any(p).(interface{ String() string }).String() }
	var out C
	require.NoError(t, P(&out).UnmarshalYAML(func(x any) error { return json.Unmarshal(asText, x) }))
	assert.Equal(t, c.String(), printed(&out))
	require.NoError(t, P(&out).UnmarshalYAML(func(any) error { return nil }), "null")
	assert.ErrorIs(t, P(&out).UnmarshalYAML(func(any) error { return assert.AnError }), assert.AnError)
	assert.Equal(t, c.String(), printed(&out))

	data, err := c.MarshalBinary()
	require.NoError(t, err)
	out = *new(C)
	require.NoError(t, P(&out).UnmarshalBinary(data))
	assert.Equal(t, c.String(), printed(&out))

	_, err = xml.Marshal(c)
	var unsupported *xml.UnsupportedTypeError
	assert.ErrorAs(t, err, &unsupported)
	assert.Error(t, xml.Unmarshal([]byte("<x/>"), &out))
	_, err = c.MarshalText()
	assert.Error(t, err)
	assert.Error(t, P(&out).UnmarshalTOML(nil))
}

func TestOtherForms(t *testing.T) {
	m, s := rbtree.MapOf(map[string]int{"b": 2, "a": 1}), rbtree.SetOf(2, 1)
	otherForms[rbtree.Map[string, int]](t, m, `{"a":1,"b":2}`)
	otherForms[rbtree.Set[int]](t, s, `[1,2]`)
	for _, c := range []struct {
		span, whole interface {
			json.Marshaler
			MarshalYAML() (any, error)
			GobEncode() ([]byte, error)
			MarshalBinary() ([]byte, error)
			MarshalText() ([]byte, error)
			MarshalXML(*xml.Encoder, xml.StartElement) error
		}
	}{{m.From("b"), m.From("b").Map()}, {s.From(2), s.From(2).Set()}} {
		x, err := c.span.MarshalJSON()
		y, err2 := c.whole.MarshalJSON()
		require.True(t, err == nil && err2 == nil)
		assert.Equal(t, string(y), string(x))
		x, err = c.span.GobEncode()
		y, err2 = c.whole.GobEncode()
		require.True(t, err == nil && err2 == nil)
		assert.Equal(t, y, x)
		x, err = c.span.MarshalBinary()
		require.NoError(t, err)
		assert.Equal(t, y, x)
		a, err := c.span.MarshalYAML()
		b, err2 := c.whole.MarshalYAML()
		require.True(t, err == nil && err2 == nil)
		assert.Equal(t, b, a)
		_, err = c.span.MarshalText()
		assert.Error(t, err)
		assert.Error(t, c.span.MarshalXML(nil, xml.StartElement{}))
	}
	intoSpan := func(x interface {
		json.Unmarshaler
		xml.Unmarshaler
		GobDecode([]byte) error
		UnmarshalBinary([]byte) error
		UnmarshalYAML(func(any) error) error
		UnmarshalTOML(any) error
	}) {
		assert.Error(t, x.UnmarshalJSON([]byte("{}")))
		assert.Error(t, x.UnmarshalXML(nil, xml.StartElement{}))
		assert.Error(t, x.GobDecode(nil))
		assert.Error(t, x.UnmarshalBinary(nil))
		assert.Error(t, x.UnmarshalYAML(nil))
		assert.Error(t, x.UnmarshalTOML(nil))
	}
	intoSpan(new(rbtree.Span[string, int]))
	intoSpan(new(rbtree.SetSpan[int]))
}
