package encode_test

import (
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/encode"
)

// A row is encoded as a record.
type row struct {
	at       int
	name     any
	old, new []string
}

func (r *row) members() []encode.Member {
	return []encode.Member{
		encode.Value("at", true, &r.at), encode.Value("name", r.name != nil, &r.name), encode.List("old", &r.old), encode.List("new", &r.new),
	}
}

func readRow(text string) (r row, present []bool, replaced bool, err error) {
	members := r.members()
	replaced, err = encode.UnmarshalRecord([]byte(text), members)
	for _, m := range members {
		present = append(present, m.Present)
	}
	return r, present, replaced, err
}

func TestRecord(t *testing.T) {
	for text, r := range map[string]row{
		`{"at":0}`:                               {},
		`{"at":-3,"name":"ash"}`:                 {at: -3, name: "ash"},
		`{"at":1,"old":["a","<b>"],"new":["c"]}`: {at: 1, old: []string{"a", "<b>"}, new: []string{"c"}},
	} {
		got, err := encode.MarshalRecord(r.members())
		require.NoError(t, err)
		assert.Equal(t, text, string(got))
		back, present, replaced, err := readRow(text)
		require.NoError(t, err)
		assert.True(t, replaced)
		assert.Equal(t, r, back)
		assert.Equal(t, []bool{true, r.name != nil, r.old != nil, r.new != nil}, present)
	}
	back, present, _, err := readRow(` { "new" : [ ] , "at" : 7 } `)
	require.NoError(t, err)
	assert.Equal(t, row{at: 7}, back, "an empty array is a nil slice")
	assert.Equal(t, []bool{true, false, false, true}, present)
	_, _, replaced, err := readRow("null")
	assert.NoError(t, err)
	assert.False(t, replaced)
	back, present, _, err = readRow(`{"name":null}`)
	require.NoError(t, err)
	assert.Equal(t, row{}, back)
	assert.True(t, present[1], "null is a value of an interface")
}

// TestRecordsAreStrict, and say where and why.
func TestRecordsAreStrict(t *testing.T) {
	for text, part := range map[string]string{
		`{"at":1,"at":1}`:     `"at" is there twice`,
		`{"AT":1}`:            `unknown name "AT", known are at, name, old, new`,
		`{"at":null}`:         `null is no int`,
		`{"at":"x"}`:          `"at"`,
		`{"old":["a",null]}`:  `element 1`,
		`{"old":["a",2]}`:     `element 1`,
		`{"old":{}}`:          "where '[' is expected",
		`[]`:                  ``,
		`{"at":1`:             ``,
		`{"at":1} 2`:          ``,
		`{at:1}`:              ``,
		`{"at" 1}`:            ``,
		`{1:1}`:               ``,
		`{"` + "\\x" + `":1}`: ``,
	} {
		_, _, _, err := readRow(text)
		if assert.Error(t, err, text) {
			assert.Contains(t, err.Error(), part, text)
			assert.True(t, strings.HasPrefix(err.Error(), "ramet: ") || part == "", err.Error())
		}
	}
}

// A wall takes some items of JSON, and then has an error.
type wall struct {
	encode.Writer
	room int
}

var errWall = errors.New("full")

func (w *wall) take(write func() error) error {
	if w.room--; w.room < 0 {
		return errWall
	}
	return write()
}

func (w *wall) Begin(open byte) error  { return w.take(func() error { return w.Writer.Begin(open) }) }
func (w *wall) End(end byte) error     { return w.take(func() error { return w.Writer.End(end) }) }
func (w *wall) Name(text string) error { return w.take(func() error { return w.Writer.Name(text) }) }
func (w *wall) Value(x any) error      { return w.take(func() error { return w.Writer.Value(x) }) }

// TestWriterErrors: each of a writer's errors is that of the whole, and nothing is written behind it.
func TestWriterErrors(t *testing.T) {
	for _, o := range []encode.Order{encode.Ordered, encode.Hashed} {
		for room := 0; ; room++ {
			full := false
			_, err := encode.Marshal(func(w encode.Writer) error {
				err := encode.WriteSeq(&wall{Writer: w, room: room}, slices.Values([]int{3, 1, 2}), 3, o)
				full = errors.Is(err, errWall)
				if full {
					return err
				}
				assert.NoError(t, err)
				return nil
			}, reflect.TypeFor[int]())
			if !full {
				assert.NoError(t, err)
				assert.Equal(t, 5, room)
				break
			}
			assert.ErrorIs(t, err, errWall)
		}
	}
}

func TestReadSeq(t *testing.T) {
	var got []int
	replaced, err := encode.Unmarshal([]byte(`[3,1,2]`), func(r encode.Reader) error {
		return encode.ReadSeq(r, encode.Ordered, func(n int) { got = append(got, n) })
	}, reflect.TypeFor[int]())
	assert.NoError(t, err)
	assert.True(t, replaced)
	assert.Equal(t, []int{3, 1, 2}, got)
}

func TestOrNull(t *testing.T) {
	n := 3
	assert.Equal(t, &n, encode.OrNull(&n))
	assert.Nil(t, encode.OrNull[int](nil))
	assert.Equal(t, new(any), encode.OrNull[any](nil))
	assert.Equal(t, new([]int), encode.OrNull[[]int](nil))
	assert.Equal(t, "<nil>", fmt.Sprint(*encode.OrNull[*int](nil)))
}
