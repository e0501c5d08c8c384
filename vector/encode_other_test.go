package vector_test

import (
	"encoding/json"
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/vector"
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
	otherForms[vector.Vector[int]](t, vector.Of(2, 1), `[2,1]`)
}
