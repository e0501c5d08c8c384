package cell_test

import (
	"encoding/json"
	"encoding/xml"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
)

func TestCellIsEncodedAsWhatItHolds(t *testing.T) {
	c, out := cell.New(hamt.MapOf(map[string]int{"a": 1})), cell.New(hamt.MapOf(map[string]int{"old": 1}))
	taken := out.Load()
	data, err := json.Marshal(c)
	require.NoError(t, err)
	assert.Equal(t, `{"a":1}`, string(data))
	require.NoError(t, json.Unmarshal(data, out))
	assert.Equal(t, "{a: 1}", out.String())
	assert.Equal(t, "{old: 1}", taken.String())
	require.NoError(t, json.Unmarshal([]byte("null"), out))
	assert.Error(t, json.Unmarshal([]byte(`{"a":"b"}`), out))
	assert.Error(t, out.UnmarshalJSON([]byte(`{"a":"b"}`)))
	assert.Equal(t, "{a: 1}", out.String())

	data, err = c.MarshalBinary()
	require.NoError(t, err)
	out.Store(taken)
	for n := range data {
		assert.Error(t, out.UnmarshalBinary(data[:n]))
	}
	assert.True(t, out.Load() == taken)
	require.NoError(t, out.UnmarshalBinary(data))
	assert.Equal(t, "{a: 1}", out.String())

	n, m := cell.New(7), cell.New(8)
	data, err = xml.Marshal(n)
	require.NoError(t, err)
	assert.Equal(t, "<int>7</int>", string(data))
	type holder struct{ N *cell.Cell[int] }
	data, err = xml.Marshal(holder{n})
	require.NoError(t, err)
	assert.Contains(t, string(data), "<N>7</N>")
	require.NoError(t, xml.Unmarshal([]byte("<x>7</x>"), m))
	assert.Equal(t, 7, m.Load())
	y, err := n.MarshalYAML()
	require.NoError(t, err)
	assert.Equal(t, 7, y)
	require.NoError(t, n.UnmarshalYAML(func(x any) error { *x.(*int) = 9; return nil }))
	assert.Equal(t, 9, n.Load())
	assert.Error(t, n.UnmarshalYAML(func(any) error { return assert.AnError }))
	assert.Equal(t, 9, n.Load())
	_, err = n.MarshalText()
	assert.Error(t, err)
	assert.Error(t, n.UnmarshalTOML(1))
}

// What a cell held before it is decoded into, others may be reading.
func TestDecodingIntoACellIsAStore(t *testing.T) {
	type state struct {
		M map[string]int
		P *int
	}
	c := cell.New(state{map[string]int{"a": 1}, new(int)})
	was := c.Load()
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for range 100 {
				s := c.Load()
				_ = s.M["a"] + *s.P
			}
		})
	}
	for range 100 {
		require.NoError(t, json.Unmarshal([]byte(`{"M":{"b":2},"P":3}`), c))
	}
	readers.Wait()
	assert.Equal(t, map[string]int{"a": 1}, was.M)
	assert.Equal(t, 0, *was.P)
	assert.Equal(t, map[string]int{"b": 2}, c.Load().M)
}

// A cell that leads back to itself is an error, as nothing else would end it.
func TestCellOfItself(t *testing.T) {
	c := new(cell.Cell[any])
	c.Store(c)
	_, err := json.Marshal(c)
	assert.Error(t, err)
	_, err = xml.Marshal(c)
	assert.Error(t, err)
}

func TestCellIsLoggedAsWhatItHolds(t *testing.T) {
	assert.Equal(t, int64(7), cell.New(7).LogValue().Any())
	var none *cell.Cell[int]
	assert.Nil(t, none.LogValue().Any())
}
