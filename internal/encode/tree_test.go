package encode_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/encode"
)

// plainTree makes a text of each object and array, which shows their order.
var plainTree = &encode.Tree{
	Object: func() (func(string, any), func() any) {
		var members []string
		return func(name string, value any) { members = append(members, fmt.Sprintf("%s=%v", name, value)) },
			func() any { return "{" + strings.Join(members, " ") + "}" }
	},
	Array: func() (func(any), func() any) {
		var elements []string
		return func(element any) { elements = append(elements, fmt.Sprint(element)) },
			func() any { return "[" + strings.Join(elements, " ") + "]" }
	},
}

// treeOf returns the values that are decoded, each behind its key, in order.
func treeOf[V any](text string) (rows []string, err error) {
	_, err = encode.UnmarshalMapTree([]byte(text), encode.Ordered, plainTree, func(k string, v V) {
		rows = append(rows, fmt.Sprintf("%s:%v(%T)", k, v, v))
	})
	return rows, err
}

func TestTree(t *testing.T) {
	rows, err := treeOf[any](`{"b": {"z": 1.0, "a": [], "n": null}, "a": [12345678901234567890, {"y": {}, "x": true}, "s"], "n": null,
		"t": "text", "f": -1e400}`)
	require.NoError(t, err)
	assert.Equal(t, []string{
		"b:{z=1.0 a=[] n=<nil>}(string)", "a:[12345678901234567890 {y={} x=true} s](string)", "n:<nil>(<nil>)",
		"t:text(string)", "f:-1e400(json.Number)",
	}, rows)

	// Pairs, and values of other types, which are none of a tree's business.
	rows, err = treeOf[any](`{}`)
	require.NoError(t, err)
	assert.Empty(t, rows)
	rows, err = treeOf[int](`{"a": 1}`)
	require.NoError(t, err)
	assert.Equal(t, []string{"a:1(int)"}, rows)
	rows, err = treeOf[fmt.Stringer](`{"a": null}`)
	require.NoError(t, err)
	assert.Equal(t, []string{"a:<nil>(<nil>)"}, rows)

	// Without a tree, the values are as encoding/json makes them.
	var got any
	_, err = encode.UnmarshalMapTree([]byte(`{"a": [1]}`), encode.Ordered, nil, func(_ string, v any) { got = v })
	require.NoError(t, err)
	assert.Equal(t, []any{1.0}, got)
}

func TestBadTrees(t *testing.T) {
	for _, text := range []string{
		`{"a": {"b": [1, {"c": }]}}`, `{"a": [1 2]}`, `{"a": {"b": 1, }}`, `{"a": {"b"}}`, `{"a": [`, `{"a": {`, `{"a": -}`, `{"a": tru}`,
		`{"a": "\x"}`, `{"a": `,
	} {
		_, err := treeOf[any](text)
		assert.Error(t, err, text)
	}
	_, err := treeOf[any](`{"a": {"b": [1, tru]}}`)
	require.Error(t, err)
	for _, open := range []string{"[", `{"a":`} {
		deep := strings.Repeat(open, 20_000)
		_, err := treeOf[any](`{"a": ` + deep)
		assert.ErrorContains(t, err, "nested", open)
	}
	deep := `{"a": ` + strings.Repeat("[", 100) + strings.Repeat("]", 100) + `}`
	require.True(t, json.Valid([]byte(deep)))
	_, err = treeOf[any](deep)
	assert.NoError(t, err)
}
