//go:build goexperiment.jsonv2 && go1.27

package diff_test

import (
	"encoding/json"
	"encoding/json/jsontext"
	jsonv2 "encoding/json/v2"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
)

// The caller's options reach what is inside.
func TestJSONOptionsPassThrough(t *testing.T) {
	const big = `{"kind":"updated","key":"a","old":9007199254740993,"new":[9007199254740993]}`
	dec := json.NewDecoder(strings.NewReader(big))
	dec.UseNumber()
	var c diff.Change[string, any]
	require.NoError(t, dec.Decode(&c))
	assert.Equal(t, json.Number("9007199254740993"), c.Old)
	assert.Equal(t, []any{json.Number("9007199254740993")}, c.New)
	text, err := json.Marshal(c)
	require.NoError(t, err)
	assert.Equal(t, big, string(text))

	type point struct{ X int }
	dec = json.NewDecoder(strings.NewReader(`{"at":1,"new":[{"X":1},{"X":1,"Y":2}]}`))
	dec.DisallowUnknownFields()
	s := diff.Splice[point]{At: 9}
	assert.ErrorContains(t, dec.Decode(&s), `unknown field "Y"`)
	assert.Equal(t, diff.Splice[point]{At: 9}, s)

	var list []diff.Splice[point]
	err = jsonv2.Unmarshal([]byte(`[{"at":1},{"at":1,"new":[{"X":1},{"X":"one"}]}]`), &list)
	assert.ErrorContains(t, err, "/1/new/1/X")

	text, err = jsonv2.Marshal(diff.Overlap[string]{At: 1, Ours: []string{"<"}}, jsontext.Multiline(true))
	require.NoError(t, err)
	assert.Equal(t, "{\n\t\"at\": 1,\n\t\"ours\": [\n\t\t\"<\"\n\t]\n}", string(text))

	var conflict diff.Conflict[string, []int]
	require.NoError(t, jsonv2.Unmarshal([]byte(`{"key":"a","base":null,"ours":[1]}`), &conflict))
	assert.True(t, conflict.InBase && conflict.InOurs && !conflict.InTheirs)
	text, err = jsonv2.Marshal(conflict, jsonv2.FormatNilSliceAsNull(true))
	require.NoError(t, err)
	assert.Equal(t, `{"key":"a","base":null,"ours":[1]}`, string(text))
}

// Options do not make the form less strict.
func TestJSONIsStrictWhateverTheOptions(t *testing.T) {
	for text, why := range map[string]string{
		`{"KIND":"added","key":"a","new":1}`:         `unknown name "KIND"`,
		`{"kind":"added","key":"a","new":1,"new":1}`: `"new" is there twice`,
		`{"kind":"added","key":"a"}`:                 `without "new"`,
		`{"kind":"added","key":"a","new":null}`:      "null is no int",
		`["added"]`:                                  "expected",
	} {
		c := change{diff.Updated, "k", 1, 2}
		err := jsonv2.Unmarshal([]byte(text), &c, jsonv2.MatchCaseInsensitiveNames(true), jsontext.AllowDuplicateNames(true))
		assert.ErrorContains(t, err, why, text)
		assert.Equal(t, change{diff.Updated, "k", 1, 2}, c, text)
	}
	for _, text := range []string{`{"kind":"added",`, `{"kind":"added","key":"a","new":1,"new":1}`, `{"at":1,"new":[1`, ``} {
		var c change
		assert.Error(t, jsonv2.Unmarshal([]byte(text), &c), text)
		var s splice
		assert.Error(t, jsonv2.Unmarshal([]byte(text), &s), text)
	}
	for _, x := range []any{change{Key: "a"}, splice{At: -1}, overlap{At: -1}} {
		_, err := jsonv2.Marshal(x)
		assert.Error(t, err)
	}
}
