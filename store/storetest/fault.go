package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/ramet-go/ramet/store/chunk"
)

// ErrFault is the error of a call that fails because a test wants it.
var ErrFault = errors.New("a fault that was injected")

// A Fault lets one call of an engine fail: the N-th of all calls of the engines that it wraps. What an iterator yields
// counts as a call each time, and its end too; so does each call that a function given to Collect makes to copy.
type Fault struct {
	N     int64
	After bool // a Put, Swap, Commit or Collect is done, and then fails all the same

	mu    sync.Mutex
	calls []string
}

// EachFault runs workload once without a fault, and once for each call that it made then of the engines that it wraps:
// in the N-th of these runs the N-th call fails. It does so with both values of After. workload begins anew each time:
// it makes its engine, wraps it, does its work, and looks whether errors are reported and what is left is whole.
//
// Before the fault it has to make the same calls in each run, or some call would never fail: t fails if it does not. A
// store does so with [store.Salt] and [store.Clock].
//
// [store.Salt]: https://pkg.go.dev/github.com/ramet-go/ramet/store#Salt
// [store.Clock]: https://pkg.go.dev/github.com/ramet-go/ramet/store#Clock
func EachFault(t testing.TB, workload func(t testing.TB, f *Fault)) {
	t.Helper()
	run := func(f *Fault) []string {
		workload(t, f)
		if t.Failed() {
			t.Fatalf("with %v", f)
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		return slices.Clone(f.calls)
	}
	whole := run(&Fault{N: math.MaxInt64})
	for _, after := range []bool{false, true} {
		for n := range whole {
			f := &Fault{N: int64(n) + 1, After: after}
			if calls := run(f); len(calls) <= n || !slices.Equal(calls[:n+1], whole[:n+1]) {
				t.Fatalf("with %v: the workload does not make the same calls in each run: %v, and %v before", f, calls[:min(n+1, len(calls))], whole[:n+1])
			}
		}
	}
}

// String says which call fails, and how.
func (f *Fault) String() string {
	switch {
	case f.N == math.MaxInt64:
		return "no fault"
	case f.After:
		return fmt.Sprintf("a fault after call %d was done", f.N)
	}
	return fmt.Sprintf("a fault instead of call %d", f.N)
}

// Happened tells whether the N-th call was made.
func (f *Fault) Happened() bool { return f.Calls() >= f.N }

// Calls returns the number of calls that were made.
func (f *Fault) Calls() int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	return int64(len(f.calls))
}

// Wrap returns an engine that does what e does, but for the call that fails. Close never fails, and is no call.
func (f *Fault) Wrap(e chunk.Engine) chunk.Engine { return &faulty{e, f} }

// next counts a call, and tells whether it is the one that fails.
func (f *Fault) next(call string) bool {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.calls = append(f.calls, call)
	return int64(len(f.calls)) == f.N
}

// before counts a call that reads.
func (f *Fault) before(call string) error {
	if f.next(call) {
		return fmt.Errorf("%w: %v", ErrFault, f)
	}
	return nil
}

type faulty struct {
	engine chunk.Engine
	fault  *Fault
}

func (e *faulty) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	if err := e.fault.before("get"); err != nil {
		return nil, err
	}
	return e.engine.Get(ctx, a)
}

func (e *faulty) Missing(ctx context.Context, as []chunk.Addr) ([]chunk.Addr, error) {
	if err := e.fault.before("missing"); err != nil {
		return nil, err
	}
	return e.engine.Missing(ctx, as)
}

func (e *faulty) Put(ctx context.Context, cs []chunk.Chunk) error {
	return e.write("put", func() error { return e.engine.Put(ctx, cs) }, nil)
}

func (e *faulty) Ref(ctx context.Context, name string) (chunk.Ref, error) {
	if err := e.fault.before("ref"); err != nil {
		return chunk.Ref{}, err
	}
	return e.engine.Ref(ctx, name)
}

func (e *faulty) Refs(ctx context.Context, prefix string) iter.Seq2[chunk.Named, error] {
	return interrupted(e.fault, "refs", e.engine.Refs(ctx, prefix))
}

func (e *faulty) Swap(ctx context.Context, s chunk.Swap) (r chunk.Ref, err error) {
	err = e.write("swap", func() error { r, err = e.engine.Swap(ctx, s); return err }, chunk.ErrUnknownOutcome)
	if err != nil {
		return chunk.Ref{}, err
	}
	return r, nil
}

func (e *faulty) Watch(ctx context.Context, name string) iter.Seq2[chunk.Ref, error] {
	return interrupted(e.fault, "watch", e.engine.Watch(ctx, name))
}

func (e *faulty) Commit(ctx context.Context, cs []chunk.Chunk, s chunk.Swap) (r chunk.Ref, err error) {
	err = e.write("commit", func() error { r, err = e.engine.Commit(ctx, cs, s); return err }, chunk.ErrUnknownOutcome)
	if err != nil {
		return chunk.Ref{}, err
	}
	return r, nil
}

func (e *faulty) Log(ctx context.Context, name string) iter.Seq2[chunk.Entry, error] {
	return interrupted(e.fault, "log", e.engine.Log(ctx, name))
}

func (e *faulty) Addrs(ctx context.Context) iter.Seq2[chunk.Addr, error] {
	return interrupted(e.fault, "addrs", e.engine.Addrs(ctx))
}

func (e *faulty) Collect(ctx context.Context, log time.Time, live func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error) error {
	return e.write("collect", func() error {
		return e.engine.Collect(ctx, log, func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
			return live(ctx, copied, func(c chunk.Chunk) error {
				if err := e.fault.before("copy"); err != nil {
					return err
				}
				return copy(c)
			})
		})
	}, nil)
}

func (e *faulty) Size(ctx context.Context) (chunk.Size, error) {
	if err := e.fault.before("size"); err != nil {
		return chunk.Size{}, err
	}
	return e.engine.Size(ctx)
}

func (e *faulty) Close() error { return e.engine.Close() }

// write counts a call that writes, and does it if it does not fail, or fails afterwards: then with unknown, if that is
// an error.
func (e *faulty) write(call string, do func() error, unknown error) error {
	fails := e.fault.next(call)
	if fails && !e.fault.After {
		return fmt.Errorf("%w: %v", ErrFault, e.fault)
	}
	if err := do(); err != nil || !fails {
		return err
	}
	if unknown != nil {
		return fmt.Errorf("%w: %w: %v", unknown, ErrFault, e.fault)
	}
	return fmt.Errorf("%w: %v", ErrFault, e.fault)
}

// interrupted yields what all yields, and counts a call before each and at the end.
func interrupted[T any](f *Fault, call string, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for x, err := range all {
			if err == nil {
				if fault := f.before(call); fault != nil {
					yield(none, fault)
					return
				}
			}
			if !yield(x, err) {
				return
			}
			if err != nil {
				return
			}
		}
		if fault := f.before(call); fault != nil {
			yield(none, fault)
		}
	}
}
