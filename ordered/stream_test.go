//go:build go1.27 && goexperiment.jsonv2

package ordered_test

import (
	"encoding/json"
	"encoding/json/jsontext"
	jsonv2 "encoding/json/v2"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestConfigurationComesBackFromJSONv2 byte for byte, and names given twice are an error unless they are allowed.
func TestConfigurationComesBackFromJSONv2(t *testing.T) {
	var m config
	require.NoError(t, jsonv2.Unmarshal([]byte(packageJSON), &m))
	text, err := jsonv2.Marshal(m, jsontext.WithIndent("  "))
	require.NoError(t, err)
	assert.Equal(t, packageJSON, string(text))
	was := m
	for _, bad := range []string{`{"a":1,"a":2}`, `{"a":{"b":1,"b":2}}`, `{"a":[{"b":}]}`, `{"a":[`, `{"a":1,}`, `{"a":-}`, `[]`} {
		assert.Error(t, jsonv2.Unmarshal([]byte(bad), &m), bad)
		assert.True(t, m == was, bad)
	}
	require.NoError(t, jsonv2.Unmarshal([]byte(`{"a":1,"b":{"x":1,"y":2,"x":3},"a":2}`), &m, jsontext.AllowDuplicateNames(true)))
	assert.Equal(t, "{a: 2, b: {x: 3, y: 2}}", m.String())
	_, number := m.Get("a").(json.Number)
	assert.True(t, number)
}
