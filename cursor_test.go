package ramet_test

import (
	"bytes"
	"cmp"
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/ordered"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/vector"
)

// TestCursorsAreNotEncoded, nor orders of keys, as structs without fields, which would be lost without a word.
func TestCursorsAreNotEncoded(t *testing.T) {
	type (
		held  struct{ C any }
		typed struct{ C vector.Cursor[int] }
	)
	h, hs := hamt.MapOf(map[int]int{1: 2}).Cursor(), hamt.SetOf(1).Cursor()
	r, rs := rbtree.MapOf(map[int]int{1: 2}).Cursor(), rbtree.SetOf(1).Cursor()
	v, o := vector.Of(1).Cursor(), ordered.Map[int, int]{}.Set(1, 2).Cursor()
	byKey := rbtree.NewOrder(cmp.Compare[int])
	for _, c := range []any{byKey, &byKey, h, hs, r, rs, v, o, &o, &h, &hs, &r, &rs, &v, held{v}, typed{v}} {
		_, err := json.Marshal(c)
		assert.ErrorContains(t, err, "has no encoding", "%T", c)
		_, err = xml.Marshal(c)
		assert.ErrorContains(t, err, "has no encoding", "%T", c)
		assert.Error(t, gob.NewEncoder(new(bytes.Buffer)).Encode(c), "%T", c)
	}
	for _, c := range []any{&byKey, &h, &hs, &r, &rs, &v, &o} {
		for _, text := range []string{`{}`, `"x"`, `[]`} {
			assert.Error(t, json.Unmarshal([]byte(text), c), "%T of %s", c, text)
		}
		assert.Error(t, xml.Unmarshal([]byte("<x/>"), c), "%T", c)
	}
	assert.True(t, byKey == rbtree.NewMapIn[int, int](byKey).Order(), "and it is what it was")
	x, ok := v.Next()
	assert.True(t, ok && x == 1, "and they are where they were")
}
