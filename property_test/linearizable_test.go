package property_test

import (
	"math/rand/v2"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/anishathalye/porcupine"
	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/internal/invariants"
)

// A register is what a cell of a number is to be, so that a broken one can take its place.
type register interface {
	Load() int
	Store(int)
	Swap(int) int
	Update(func(int) int) int
	TryUpdate(func(int) (int, error)) (int, error)
}

// call is one operation: its kind and its operands.
type call struct {
	kind callKind
	a, b int
}

type callKind uint8

const (
	callLoad callKind = iota
	callStore
	callSwap
	callAdd  // Update, which adds
	callFail // TryUpdate, which adds if the number is even, and is an error otherwise
	callCompareAndSwap
	callKinds
)

type errOdd struct{}

func (errOdd) Error() string { return "odd" }

// result is what a call returned.
type result struct {
	n  int
	ok bool
}

// on makes the call.
func (c call) on(r register) result {
	switch c.kind {
	case callLoad:
		return result{r.Load(), true}
	case callStore:
		r.Store(c.a)
	case callSwap:
		return result{r.Swap(c.a), true}
	case callAdd:
		return result{r.Update(func(n int) int { runtime.Gosched(); return n + c.a }), true}
	case callFail:
		n, err := r.TryUpdate(func(n int) (int, error) {
			if n%2 != 0 {
				return 0, errOdd{}
			}
			return n + c.a, nil
		})
		return result{n, err == nil}
	case callCompareAndSwap:
		if real, ok := r.(*cell.Cell[int]); ok {
			return result{0, cell.CompareAndSwap(real, c.a, c.b)}
		}
		return result{0, r.(*torn).compareAndSwap(c.a, c.b)}
	}
	return result{}
}

// onNumber is what the call does to a register that holds n, and returns.
func (c call) onNumber(n int) (next int, r result) {
	switch c.kind {
	case callLoad:
		return n, result{n, true}
	case callStore:
		return c.a, result{}
	case callSwap:
		return c.a, result{n, true}
	case callAdd:
		return n + c.a, result{n + c.a, true}
	case callFail:
		if n%2 != 0 {
			return n, result{n, false}
		}
		return n + c.a, result{n + c.a, true}
	default:
		if n == c.a {
			return c.b, result{0, true}
		}
		return n, result{}
	}
}

var registerModel = porcupine.Model{
	Init: func() any { return 0 },
	Step: func(state, input, output any) (bool, any) {
		next, want := input.(call).onNumber(state.(int))
		return want == output.(result), next
	},
}

// record runs calls on r in many goroutines at once, and returns when each began and ended.
func record(r register, rng *rand.Rand) []porcupine.Operation {
	const goroutines, each = 8, 5
	began := time.Now()
	ops := make([]porcupine.Operation, goroutines*each)
	for i := range ops {
		kind := callKind(rng.IntN(int(callKinds)))
		ops[i] = porcupine.Operation{ClientId: i / each, Input: call{kind, rng.IntN(4), rng.IntN(4)}}
	}
	var ready, wg sync.WaitGroup
	ready.Add(goroutines)
	for g := range goroutines {
		wg.Go(func() {
			ready.Done()
			ready.Wait()
			for i := g * each; i < (g+1)*each; i++ {
				ops[i].Call = time.Since(began).Nanoseconds()
				ops[i].Output = ops[i].Input.(call).on(r)
				ops[i].Return = time.Since(began).Nanoseconds()
				if i%2 == g%2 {
					runtime.Gosched() // or a goroutine would be done before the next one has begun
				}
			}
		})
	}
	wg.Wait()
	return ops
}

// overlaps reports how many operations began while one of another goroutine was under way.
func overlaps(ops []porcupine.Operation) (n int) {
	for _, x := range ops {
		for _, y := range ops {
			if x.ClientId != y.ClientId && y.Call <= x.Call && x.Call <= y.Return {
				n++
				break
			}
		}
	}
	return n
}

// TestCellIsLinearizable records what many goroutines do to a cell at once, and looks for an order in which one goroutine
// could have done it.
func TestCellIsLinearizable(t *testing.T) {
	histories := 2000
	if invariants.Enabled || testing.Short() {
		histories = 500
	}
	rng := rand.New(rand.NewPCG(7, 8))
	overlapping := 0
	for i := range histories {
		c := new(cell.Cell[int])
		if i%2 == 1 {
			c = cell.New(0)
		}
		ops := record(c, rng)
		overlapping += overlaps(ops)
		if result := porcupine.CheckOperationsTimeout(registerModel, ops, time.Minute); result != porcupine.Ok {
			t.Fatalf("history %d is %v: %v", i, result, ops)
		}
	}
	assert.Greater(t, overlapping, histories, "operations that happened at the same time")
}

// torn is a cell whose writes are a load and a store, with time between.
type torn struct{ c cell.Cell[int] }

func (r *torn) Load() int   { return r.c.Load() }
func (r *torn) Store(n int) { r.c.Store(n) }
func (r *torn) Swap(n int) int {
	return r.write(func(int) (int, bool) { return n, true })
}

func (r *torn) Update(f func(int) int) int {
	n, _ := r.TryUpdate(func(n int) (int, error) { return f(n), nil })
	return n
}

func (r *torn) TryUpdate(f func(int) (int, error)) (n int, err error) {
	r.write(func(old int) (int, bool) {
		if n, err = f(old); err != nil {
			n = old
		}
		return n, err == nil
	})
	return n, err
}

func (r *torn) compareAndSwap(old, new int) bool {
	return r.write(func(n int) (int, bool) { return new, n == old }) == old
}

func (r *torn) write(f func(int) (int, bool)) (old int) {
	old = r.c.Load()
	n, ok := f(old)
	runtime.Gosched()
	if ok {
		r.c.Store(n)
	}
	return old
}

// TestATornCellIsNotLinearizable: what the other test looks for is found.
func TestATornCellIsNotLinearizable(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	const histories = 100
	rejected := 0
	for range histories {
		if porcupine.CheckOperationsTimeout(registerModel, record(new(torn), rng), time.Minute) == porcupine.Illegal {
			rejected++
		}
	}
	assert.Greater(t, rejected, histories/2)
}
