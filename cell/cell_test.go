package cell_test

import (
	"context"
	"errors"
	"fmt"
	"math"
	"runtime"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
)

func TestOneGoroutine(t *testing.T) {
	for name, c := range map[string]*cell.Cell[int]{"zero": new(cell.Cell[int]), "New": cell.New(0)} {
		assert.Equal(t, 0, c.Load(), name)
		assert.Equal(t, 0, c.Swap(1), name)
		assert.Equal(t, 1, c.Load(), name)
		c.Store(2)
		assert.Equal(t, 3, c.Update(func(n int) int { return n + 1 }), name)
		assert.False(t, cell.CompareAndSwap(c, 2, 9), name)
		assert.True(t, cell.CompareAndSwap(c, 3, 4), name)
		assert.True(t, cell.CompareAndSwap(c, 4, 4), name)
		n, err := c.TryUpdate(func(n int) (int, error) { return n * 2, nil })
		assert.NoError(t, err, name)
		assert.Equal(t, []int{8, 8}, []int{n, c.Load()}, name)
	}
	zero := new(cell.Cell[string])
	assert.True(t, cell.CompareAndSwap(zero, "", "ash"), "the zero value is what a zero cell holds")
	assert.Equal(t, "ash", zero.Load())
	assert.Equal(t, "elm", new(cell.Cell[string]).Update(func(s string) string { return s + "elm" }))
	none := new(cell.Cell[struct{}])
	assert.True(t, cell.CompareAndSwap(none, struct{}{}, struct{}{}))
	none.Update(func(x struct{}) struct{} { return x })
}

func TestCompareAndSwapComparesAsTheOperatorDoes(t *testing.T) {
	c := cell.New[any]([]int{1})
	assert.Panics(t, func() { cell.CompareAndSwap(c, any([]int{1}), any(2)) })
	assert.Equal(t, any([]int{1}), c.Load())
	assert.False(t, cell.CompareAndSwap(c, any(1), any(2)), "types differ: nothing to panic about")
	nan := cell.New(math.NaN())
	assert.False(t, cell.CompareAndSwap(nan, math.NaN(), 1))
	m := hamt.MapOf(map[string]int{"ash": 1})
	maps := cell.New(m)
	assert.False(t, cell.CompareAndSwap(maps, m.Set("ash", 1), m))
	assert.True(t, cell.CompareAndSwap(maps, m, m.Set("elm", 2)))
}

var errNo = errors.New("no")

// TestFunctionsThatFail change nothing, not even what watchers see.
func TestFunctionsThatFail(t *testing.T) {
	c := cell.New(5)
	n, err := c.TryUpdate(func(n int) (int, error) { return 77, errNo })
	assert.Equal(t, 5, n)
	assert.Equal(t, errNo, err)
	assert.PanicsWithValue(t, "boom", func() { c.Update(func(int) int { panic("boom") }) })
	assert.PanicsWithValue(t, "boom", func() { c.TryUpdate(func(int) (int, error) { panic("boom") }) })
	assert.True(t, cell.CompareAndSwap(c, 5, 6))
	assert.Equal(t, 7, c.Update(func(n int) int { return n + 1 }), "the cell is usable")
	for want, do := range map[string]func(){
		"cell: Update with a nil function":    func() { c.Update(nil) },
		"cell: TryUpdate with a nil function": func() { c.TryUpdate(nil) },
		"cell: Watch with a nil context":      func() { var none context.Context; c.Watch(none) },
	} {
		assert.PanicsWithValue(t, want, do)
	}
}

// TestNoUpdateIsLost: writers of every kind count to the same sum.
func TestNoUpdateIsLost(t *testing.T) {
	const goroutines, each = 8, 2000
	var c cell.Cell[hamt.Map[int, int]]
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			add := func(m hamt.Map[int, int]) hamt.Map[int, int] { return m.Set(g, m.Get(g)+1) }
			for i := range each {
				switch i % 3 {
				case 0:
					c.Update(add)
				case 1:
					refuse := i%5 == 0
					for err := errNo; err != nil; refuse = false {
						_, err = c.TryUpdate(func(m hamt.Map[int, int]) (hamt.Map[int, int], error) {
							if refuse {
								return hamt.Map[int, int]{}, errNo
							}
							return add(m), nil
						})
					}
				default:
					for m := c.Load(); !cell.CompareAndSwap(&c, m, add(m)); m = c.Load() {
					}
				}
			}
		})
	}
	wg.Wait()
	sum := 0
	for n := range c.Load().Values() {
		sum += n
	}
	assert.Equal(t, goroutines*each, sum)
}

// TestSwapsFormAChain: what Swap returns is each value once.
func TestSwapsFormAChain(t *testing.T) {
	const goroutines, each = 8, 1000
	c := cell.New(-1)
	seen := make([]atomic.Int32, goroutines*each)
	var first atomic.Int32
	var wg sync.WaitGroup
	for g := range goroutines {
		wg.Go(func() {
			for i := range each {
				if old := c.Swap(g*each + i); old >= 0 {
					seen[old].Add(1)
				} else {
					first.Add(1)
				}
			}
		})
	}
	wg.Wait()
	seen[c.Load()].Add(1)
	assert.EqualValues(t, 1, first.Load())
	for i := range seen {
		require.EqualValues(t, 1, seen[i].Load(), "%d", i)
	}
}

// within fails if do takes longer than a minute.
func within(t *testing.T, what string, do func()) {
	t.Helper()
	done := make(chan struct{})
	go func() { defer close(done); do() }()
	select {
	case <-done:
	case <-time.After(time.Minute):
		t.Fatal(what + " does not end")
	}
}

// TestFunctionsThatWriteTheCell run again, and get through when they no longer do: also where the Update is starved by
// then, and what its function calls would wait for it.
func TestFunctionsThatWriteTheCell(t *testing.T) {
	inc := func(n int) int { return n + 1 }
	for name, write := range map[string]func(c *cell.Cell[int]){
		"Store":          func(c *cell.Cell[int]) { c.Store(c.Load() + 1) },
		"Swap":           func(c *cell.Cell[int]) { c.Swap(0) },
		"Update":         func(c *cell.Cell[int]) { c.Update(inc) },
		"TryUpdate":      func(c *cell.Cell[int]) { c.TryUpdate(func(n int) (int, error) { return n, nil }) },
		"CompareAndSwap": func(c *cell.Cell[int]) { cell.CompareAndSwap(c, c.Load(), 3) },
		"of another's": func(c *cell.Cell[int]) {
			new(cell.Cell[int]).Update(func(int) int { c.Update(inc); return 0 })
		},
		"Update in Update": func(c *cell.Cell[int]) {
			once := false
			c.Update(func(n int) int {
				if !once {
					once = true
					c.Store(n)
				}
				return n
			})
		},
	} {
		within(t, name, func() {
			c := cell.New(0)
			for _, times := range []int{0, 1, 4, cell.Patience, cell.Patience + 4} {
				left := times
				n := c.Update(func(n int) int {
					assert.Equal(t, left < times-cell.Patience+1 && times >= cell.Patience, cell.Starving(c), "%s %d of %d times", name, left, times)
					if left > 0 {
						left--
						write(c)
						return -1
					}
					return n + 1000
				})
				assert.Equal(t, c.Load(), n, name)
				assert.GreaterOrEqual(t, n, 1000, "%s %d times", name, times)
				assert.Zero(t, left)
				assert.False(t, cell.Starving(c), name)
			}
			// Reading is no writing, nor is an update that fails.
			runs := 0
			assert.Equal(t, c.Load()+1, c.Update(func(n int) int {
				runs++
				c.TryUpdate(func(n int) (int, error) { return 0, errNo })
				return c.Load() + 1
			}))
			assert.Equal(t, 1, runs)
		})
	}
}

// TestAStarvedUpdateGetsThrough: a function that takes far longer than other writes, which never pause, whatever they are. And
// that they have its name at the gate does not hurt them.
func TestAStarvedUpdateGetsThrough(t *testing.T) {
	var written atomic.Int32
	next := func() int { return int(written.Add(1)) }
	for name, write := range map[string]func(*cell.Cell[int]){
		"Update":         func(c *cell.Cell[int]) { c.Update(func(n int) int { return n + 1 }) },
		"Store":          func(c *cell.Cell[int]) { c.Store(next()) },
		"Swap":           func(c *cell.Cell[int]) { c.Swap(next()) },
		"CompareAndSwap": func(c *cell.Cell[int]) { n := c.Load(); cell.CompareAndSwap(c, n, n+1) },
	} {
		t.Run(name, func(t *testing.T) {
			c := cell.New(0)
			var stop atomic.Bool
			var wg sync.WaitGroup
			for range 4 {
				wg.Go(func() {
					for !stop.Load() {
						write(c)
					}
				})
			}
			runs := 0
			within(t, "a slow Update", func() {
				got := c.Update(func(n int) int {
					runs++
					// It takes 5 ms, or if nobody writes, 15: none of the others goes without a turn for as long by itself.
					for began := time.Now(); ; {
						took := time.Since(began)
						if took > 15*time.Millisecond && runs > cell.Patience || took > 5*time.Millisecond && c.Load() != n {
							return math.MinInt32
						}
						runtime.Gosched()
					}
				})
				assert.Equal(t, math.MinInt32, got)
			})
			stop.Store(true)
			wg.Wait()
			assert.Greater(t, runs, cell.Patience, "it was starved")
			if name == "Update" {
				assert.Less(t, c.Load(), 0)
			}
			assert.Less(t, runs, cell.Patience+60, "others give way")
			assert.False(t, cell.Starving(c))
		})
	}
}

// TestWaitingForOthersInside: a function that waits for a goroutine that writes the cell is no deadlock, even when it
// is starved, as long as the other does not write each time.
func TestWaitingForOthersInside(t *testing.T) {
	c := cell.New(0)
	within(t, "an Update that waits for another", func() {
		runs := 0
		c.Update(func(n int) int {
			if runs++; runs <= cell.Patience+3 {
				done := make(chan struct{})
				go func() { defer close(done); c.Update(func(n int) int { return n + 1 }) }()
				<-done
			}
			return n + 100
		})
		assert.Equal(t, cell.Patience+4, runs)
	})
	assert.Equal(t, cell.Patience+3+100, c.Load())
}

func TestAllocations(t *testing.T) {
	c := cell.New(1)
	watched := new(cell.Cell[[3]string])
	for want, do := range map[float64]func(){
		0: func() { c.Load(); watched.Load() },
		1: func() { c.Store(2) },
		3: func() {
			c.Update(func(n int) int { return n + 1 })
			c.TryUpdate(func(n int) (int, error) { return n + 1, nil })
			c.TryUpdate(func(n int) (int, error) { return n + 1, errNo })
			cell.CompareAndSwap(c, c.Load(), 5)
			cell.CompareAndSwap(c, 4, 5)
		},
	} {
		assert.Equal(t, want, testing.AllocsPerRun(100, do))
	}
}

func TestPrinting(t *testing.T) {
	c := cell.New(hamt.MapOf(map[string]int{"ash": 10}))
	assert.Equal(t, "{ash: 10}", c.String())
	assert.Equal(t, "{ash: 10} {61: a}", fmt.Sprintf("%v %x", c, cell.New(hamt.MapOf(map[string]int{"a": 10}))))
	assert.Equal(t, "0007", fmt.Sprintf("%04d", cell.New(7)))

	type state struct{ C *cell.Cell[int] }
	s := state{cell.New(1)}
	var wg sync.WaitGroup
	wg.Go(func() {
		for i := range 100 {
			s.C.Store(i)
		}
	})
	for range 100 { // under -race, a read of the cell's insides is reported
		assert.NotEmpty(t, fmt.Sprintf("%v %+v %v", s, &s, s.C))
	}
	wg.Wait()
}
