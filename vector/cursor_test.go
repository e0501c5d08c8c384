package vector_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/vector"
)

func TestCursorWalksBothWays(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			c := v.Cursor()
			for i := range n {
				require.Equal(t, i, c.Index())
				x, ok := c.Next()
				require.True(t, ok)
				require.Equal(t, i, x)
			}
			for range 2 {
				_, ok := c.Next()
				require.False(t, ok, "at the end")
				require.Equal(t, n, c.Index())
			}
			for i := n - 1; i >= 0; i-- {
				x, ok := c.Prev()
				require.True(t, ok)
				require.Equal(t, i, x)
			}
			_, ok := c.Prev()
			require.False(t, ok, "at the front")
			require.Zero(t, c.Index())
		})
	}
}

// TestCursorGoesAnywhere compares random steps and jumps with a position in a slice.
func TestCursorGoesAnywhere(t *testing.T) {
	rnd := rand.New(rand.NewPCG(1, 2))
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			c, at := v.Cursor(), 0
			for range 300 {
				switch rnd.IntN(5) {
				case 0:
					at = rnd.IntN(n + 1)
					c.Seek(at)
				case 1, 2:
					x, ok := c.Next()
					require.Equal(t, at < n, ok)
					if ok {
						require.Equal(t, at, x)
						at++
					}
				case 3:
					x, ok := c.Prev()
					require.Equal(t, at > 0, ok)
					if ok {
						at--
						require.Equal(t, at, x)
					}
				case 4: // a copy goes its own way
					d := c
					d.Next()
				}
				require.Equal(t, at, c.Index())
			}
		})
	}
}

func TestCursorOutOfRange(t *testing.T) {
	for _, n := range []int{0, 3, 40 * leaf} {
		c := vector.Of(upTo(n)...).Cursor()
		for _, i := range []int{-1, n + 1, math.MinInt, math.MaxInt} {
			assert.PanicsWithValue(t, fmt.Sprintf("vector: index %d out of range [0:%d]", i, n), func() { c.Seek(i) })
		}
	}
	var zero vector.Cursor[int]
	_, ok := zero.Next()
	assert.False(t, ok)
	_, ok = zero.Prev()
	assert.False(t, ok)
	zero.Seek(0)
}

func TestRangeIsThatOfASlice(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			for _, i := range []int{0, 1, leaf - 1, leaf, n / 2, n - 1, n} {
				for _, j := range []int{i, i + 1, i + leaf, n/2 + 2, n} {
					if i < 0 || i > j || j > n {
						continue
					}
					at := i
					for k, x := range v.Range(i, j) {
						require.Equal(t, [2]int{at, at}, [2]int{k, x})
						at++
					}
					require.Equal(t, j, at)
				}
			}
			for i, x := range v.Range(0, n) { // and breaks off
				require.Equal(t, 0, i+x)
				break
			}
		})
	}
}

// TestRangeOutOfRange: it panics when it is ranged over, with what Slice panics with.
func TestRangeOutOfRange(t *testing.T) {
	for _, n := range []int{0, 3, 40 * leaf} {
		v := vector.Of(upTo(n)...)
		for _, r := range [][2]int{{0, n + 1}, {-1, 0}, {1, 0}, {n, n - 1}, {n + 1, n + 1}, {-1, -1}, {math.MinInt, math.MaxInt}} {
			want, _ := panicOf(func() { v.Slice(r[0], r[1]) })
			require.NotNil(t, want)
			assert.PanicsWithValue(t, want, func() {
				for range v.Range(r[0], r[1]) {
					assert.Fail(t, "there are none")
				}
			})
		}
	}
}

func TestChunks(t *testing.T) {
	for _, n := range lengths() {
		eachForm(t, upTo(n), func(t *testing.T, v vector.Vector[int]) {
			var all []int
			for s := range v.Chunks() {
				require.NotEmpty(t, s)
				require.LessOrEqual(t, len(s), leaf+leaf/4)
				all = append(all, s...)
				_ = append(s, -1) // which copies
			}
			require.True(t, slices.Equal(upTo(n), all))
			require.True(t, slices.Equal(upTo(n), v.AppendTo(nil)))
		})
	}
}

// BenchmarkWalk has the ways to look at 100,000 elements, and at 40 of them, as a window does for each frame.
func BenchmarkWalk(b *testing.B) {
	v := vector.Of(upTo(100_000)...)
	sum := 0
	b.Run("All", func(b *testing.B) {
		for b.Loop() {
			for _, x := range v.All() {
				sum += x
			}
		}
	})
	b.Run("Cursor", func(b *testing.B) {
		for b.Loop() {
			c := v.Cursor()
			for x, ok := c.Next(); ok; x, ok = c.Next() {
				sum += x
			}
		}
	})
	b.Run("Range40", func(b *testing.B) {
		for b.Loop() {
			for _, x := range v.Range(50_000, 50_040) {
				sum += x
			}
		}
	})
	b.Run("At40", func(b *testing.B) {
		for b.Loop() {
			for i := 50_000; i < 50_040; i++ {
				sum += v.At(i)
			}
		}
	})
	b.Run("Slice40", func(b *testing.B) {
		for b.Loop() {
			for x := range v.Slice(50_000, 50_040).Values() {
				sum += x
			}
		}
	})
}
