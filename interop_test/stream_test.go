//go:build go1.27 && goexperiment.jsonv2

package interop_test

import (
	"encoding/json"
	jsonv2 "encoding/json/v2"
	"errors"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
	"github.com/ramet-go/ramet/list"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

type inner struct{ N int }

func decoders(t *testing.T, text string, set func(*json.Decoder), into ...any) (errs []error) {
	t.Helper()
	for _, x := range into {
		d := json.NewDecoder(strings.NewReader(text))
		set(d)
		errs = append(errs, d.Decode(x))
	}
	return errs
}

func TestUseNumberReachesCollections(t *testing.T) {
	const n = "9007199254740993"
	var v vector.Vector[any]
	var l list.List[any]
	var q list.Queue[any]
	var m hamt.Map[string, any]
	var o rbtree.Map[string, any]
	var h history.History[any]
	var c cell.Cell[any]
	use := func(d *json.Decoder) { d.UseNumber() }
	for _, err := range append(decoders(t, `[`+n+`]`, use, &v, &l, &q), append(decoders(t, `{"a":`+n+`}`, use, &m, &o), append(decoders(t, `{"now":`+n+`}`, use, &h), decoders(t, n, use, &c)...)...)...) {
		require.NoError(t, err)
	}
	first, _ := l.First()
	second, _ := q.First()
	for _, x := range []any{v.At(0), first, second, m.Get("a"), o.Get("a"), h.Now(), c.Load()} {
		assert.Equal(t, json.Number(n), x)
	}
}

func TestDisallowUnknownFieldsReachesCollections(t *testing.T) {
	strict := func(d *json.Decoder) { d.DisallowUnknownFields() }
	errs := decoders(t, `[{"N":1,"M":2}]`, strict, new(vector.Vector[inner]), new(list.List[inner]), new(list.Queue[inner]), new(hamt.Set[inner]))
	errs = append(errs, decoders(t, `{"a":{"N":1,"M":2}}`, strict, new(hamt.Map[string, inner]), new(rbtree.Map[string, inner]))...)
	errs = append(errs, decoders(t, `{"now":{"N":1,"M":2}}`, strict, new(history.History[inner]))...)
	errs = append(errs, decoders(t, `{"N":1,"M":2}`, strict, new(cell.Cell[inner]))...)
	for _, err := range errs {
		assert.ErrorContains(t, err, `"M"`)
	}
}

func TestErrorsHavePaths(t *testing.T) {
	type outer struct {
		Rows vector.Vector[hamt.Map[string, vector.Vector[inner]]]
	}
	const bad = `{"Rows":[{},{"k":[{"N":1},{"N":"x"}]}]}`
	var typeError *json.UnmarshalTypeError
	require.ErrorAs(t, json.Unmarshal([]byte(bad), new(outer)), &typeError)
	assert.Equal(t, "Rows.1.k.1.N", typeError.Field)
	var semantic *jsonv2.SemanticError
	require.ErrorAs(t, jsonv2.Unmarshal([]byte(bad), new(outer)), &semantic)
	assert.Equal(t, "/Rows/1/k/1/N", string(semantic.JSONPointer))

	var m hamt.Map[string, int]
	assert.Error(t, jsonv2.Unmarshal([]byte(`{"a":1,"a":2}`), &m), "v2 rejects names given twice")
	require.NoError(t, json.Unmarshal([]byte(`{"a":1,"a":2}`), &m))
	assert.Equal(t, 2, m.Get("a"))
	assert.Error(t, jsonv2.Unmarshal([]byte(`[]`), &m))
	assert.Equal(t, 2, m.Get("a"))
	require.NoError(t, jsonv2.Unmarshal([]byte(`null`), &m))
	assert.Equal(t, 2, m.Get("a"))
}

// What encoding/json overlooks, it overlooks in collections as well.
func TestOddTagsInCollections(t *testing.T) {
	type odd struct {
		S []int  `json:",string"`
		F func() `json:"F"`
		A int    `json:"ab"`
		B int    `json:"AB"`
	}
	for range 2 {
		var plain []odd
		var v vector.Vector[odd]
		const text = `[{"S":[1],"F":null,"ab":1,"Ab":2}]`
		require.NoError(t, json.Unmarshal([]byte(text), &plain))
		require.NoError(t, json.Unmarshal([]byte(text), &v))
		assert.Equal(t, plain[0].S, v.At(0).S)
		assert.Equal(t, [2]int{plain[0].A, plain[0].B}, [2]int{v.At(0).A, v.At(0).B})
	}
}

// An error of an element's own method can be found.
type refusing struct{}

var errRefused = errors.New("refused")

func (*refusing) UnmarshalJSON([]byte) error { return errRefused }

func TestOwnErrorsAreFound(t *testing.T) {
	assert.ErrorIs(t, json.Unmarshal([]byte(`{"X":[[{}]]}`), new(struct {
		X vector.Vector[list.List[refusing]]
	})), errRefused)
}

func TestDeepNestingIsLinear(t *testing.T) {
	data := nested(4096, `{"Name":"node name","Kids":[`, ``, `]}`)
	var x tree
	var err error
	got, took := allocated(func() { err = json.Unmarshal(data, &x) })
	require.NoError(t, err)
	t.Logf("%d bytes, %v, %d allocated", len(data), took, got)
	assert.Less(t, got, uint64(100*len(data)))
	got, took = allocated(func() { data, err = json.Marshal(x) })
	require.NoError(t, err)
	t.Logf("encoded: %v, %d allocated", took, got)
	assert.Less(t, got, uint64(100*len(data)))
}
