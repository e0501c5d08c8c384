package cell_test

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
)

var errNegative = errors.New("negative")

func notNegative(n int) error {
	if n < 0 {
		return errNegative
	}
	return nil
}

// TestRefused: each way to write, with what is refused and with what is not.
func TestRefused(t *testing.T) {
	writes := map[string]func(c *cell.Cell[int], v int){
		"Store":           func(c *cell.Cell[int], v int) { c.Store(v) },
		"Swap":            func(c *cell.Cell[int], v int) { c.Swap(v) },
		"CompareAndSwap":  func(c *cell.Cell[int], v int) { cell.CompareAndSwap(c, c.Load(), v) },
		"Update":          func(c *cell.Cell[int], v int) { c.Update(func(int) int { return v }) },
		"UpdateIfChanged": func(c *cell.Cell[int], v int) { cell.UpdateIfChanged(c, func(int) int { return v }) },
	}
	for name, write := range writes {
		c, err := cell.NewChecked(1, notNegative)
		require.NoError(t, err)
		write(c, 2)
		assert.Equal(t, 2, c.Load(), name)
		func() {
			defer func() {
				err, _ := recover().(error)
				assert.ErrorIs(t, err, errNegative, name)
				assert.EqualError(t, err, "cell: the value is refused: negative", name)
			}()
			write(c, -1)
		}()
		assert.Equal(t, 2, c.Load(), name)
		write(c, 3)
		assert.Equal(t, 3, c.Load(), "%s works after a refusal", name)
	}

	c, err := cell.NewChecked(1, notNegative)
	require.NoError(t, err)
	was, err := c.TryUpdate(func(n int) (int, error) { return -n, nil })
	assert.True(t, was == 1 && err == errNegative, "the error itself")
	assert.Equal(t, errNegative, json.Unmarshal([]byte("-5"), c))
	assert.NoError(t, json.Unmarshal([]byte("5"), c))
	assert.Equal(t, 5, c.Load())
	assert.False(t, cell.CompareAndSwap(c, 4, -1), "what would not be written is not looked at")

	none, err := cell.NewChecked(-1, notNegative)
	assert.True(t, none == nil && err == errNegative)
	assert.PanicsWithValue(t, "cell: NewChecked with a nil function", func() { _, _ = cell.NewChecked(1, nil) })

	set, err := cell.NewChecked(hamt.SetOf(1), func(s hamt.Set[int]) error { return notNegative(2 - s.Len()) })
	require.NoError(t, err)
	assert.Panics(t, func() { cell.Edit(set, func(b *hamt.SetBuilder[int]) { b.Add(2); b.Add(3) }) })
	assert.Equal(t, 1, set.Load().Len())
}

// TestRefusedWakesNobody, and no writer ever sees what is refused, however many there are.
func TestRefusedWakesNobody(t *testing.T) {
	c, err := cell.NewChecked(0, notNegative)
	require.NoError(t, err)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var seen []int
	for n := range c.Watch(ctx) {
		seen = append(seen, n)
		if n == 1 {
			break
		}
		_, err := c.TryUpdate(func(int) (int, error) { return -1, nil })
		assert.ErrorIs(t, err, errNegative)
		c.Store(1)
	}
	assert.Equal(t, []int{0, 1}, seen)

	var all sync.WaitGroup
	for i := range 4 {
		all.Go(func() {
			for range 500 {
				_, _ = c.TryUpdate(func(n int) (int, error) {
					assert.GreaterOrEqual(t, n, 0)
					return n + 1 - 2*(i%2), nil
				})
			}
		})
	}
	all.Wait()
	assert.GreaterOrEqual(t, c.Load(), 0)
}
