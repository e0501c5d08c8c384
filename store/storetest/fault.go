package storetest

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"sync/atomic"
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

	calls atomic.Int64
}

// EachFault runs workload once for each call that it makes of the engines that it wraps: in the N-th run the N-th call
// fails. It does so with both values of After, and ends when a run made no N-th call. workload begins anew each time:
// it makes its engine, wraps it, does its work, and looks whether errors are reported and what is left is whole. A
// workload that makes other calls in each run is not tested in all places.
func EachFault(t testing.TB, workload func(t testing.TB, f *Fault)) {
	t.Helper()
	const most = 100_000 // a workload that tries again for ever would never end
	for _, after := range []bool{false, true} {
		for n := int64(1); ; n++ {
			f := &Fault{N: n, After: after}
			workload(t, f)
			if t.Failed() {
				t.Fatalf("with %v", f)
			}
			if !f.Happened() {
				break
			}
			if n > most {
				t.Fatalf("more than %d calls", most)
			}
		}
	}
}

// String says which call fails, and how.
func (f *Fault) String() string {
	if f.After {
		return fmt.Sprintf("a fault after call %d was done", f.N)
	}
	return fmt.Sprintf("a fault instead of call %d", f.N)
}

// Happened tells whether the N-th call was made.
func (f *Fault) Happened() bool { return f.calls.Load() >= f.N }

// Calls returns the number of calls that were made.
func (f *Fault) Calls() int64 { return f.calls.Load() }

// Wrap returns an engine that does what e does, but for the call that fails. Close never fails, and is no call.
func (f *Fault) Wrap(e chunk.Engine) chunk.Engine { return &faulty{e, f} }

// next counts a call, and tells whether it is the one that fails.
func (f *Fault) next() bool { return f.calls.Add(1) == f.N }

// before counts a call that reads.
func (f *Fault) before() error {
	if f.next() {
		return fmt.Errorf("%w: %v", ErrFault, f)
	}
	return nil
}

type faulty struct {
	engine chunk.Engine
	fault  *Fault
}

func (e *faulty) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	if err := e.fault.before(); err != nil {
		return nil, err
	}
	return e.engine.Get(ctx, a)
}

func (e *faulty) Missing(ctx context.Context, as []chunk.Addr) ([]chunk.Addr, error) {
	if err := e.fault.before(); err != nil {
		return nil, err
	}
	return e.engine.Missing(ctx, as)
}

func (e *faulty) Put(ctx context.Context, cs []chunk.Chunk) error {
	return e.write(func() error { return e.engine.Put(ctx, cs) }, nil)
}

func (e *faulty) Ref(ctx context.Context, name string) (chunk.Ref, error) {
	if err := e.fault.before(); err != nil {
		return chunk.Ref{}, err
	}
	return e.engine.Ref(ctx, name)
}

func (e *faulty) Refs(ctx context.Context, prefix string) iter.Seq2[chunk.Named, error] {
	return interrupted(e.fault, e.engine.Refs(ctx, prefix))
}

func (e *faulty) Swap(ctx context.Context, s chunk.Swap) (r chunk.Ref, err error) {
	err = e.write(func() error { r, err = e.engine.Swap(ctx, s); return err }, chunk.ErrUnknownOutcome)
	if err != nil {
		return chunk.Ref{}, err
	}
	return r, nil
}

func (e *faulty) Watch(ctx context.Context, name string) iter.Seq2[chunk.Ref, error] {
	return interrupted(e.fault, e.engine.Watch(ctx, name))
}

func (e *faulty) Commit(ctx context.Context, cs []chunk.Chunk, s chunk.Swap) (r chunk.Ref, err error) {
	err = e.write(func() error { r, err = e.engine.Commit(ctx, cs, s); return err }, chunk.ErrUnknownOutcome)
	if err != nil {
		return chunk.Ref{}, err
	}
	return r, nil
}

func (e *faulty) Log(ctx context.Context, name string) iter.Seq2[chunk.Entry, error] {
	return interrupted(e.fault, e.engine.Log(ctx, name))
}

func (e *faulty) Addrs(ctx context.Context) iter.Seq2[chunk.Addr, error] {
	return interrupted(e.fault, e.engine.Addrs(ctx))
}

func (e *faulty) Collect(ctx context.Context, log time.Time, live func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error) error {
	return e.write(func() error {
		return e.engine.Collect(ctx, log, func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
			return live(ctx, copied, func(c chunk.Chunk) error {
				if err := e.fault.before(); err != nil {
					return err
				}
				return copy(c)
			})
		})
	}, nil)
}

func (e *faulty) Size(ctx context.Context) (chunk.Size, error) {
	if err := e.fault.before(); err != nil {
		return chunk.Size{}, err
	}
	return e.engine.Size(ctx)
}

func (e *faulty) Close() error { return e.engine.Close() }

// write counts a call that writes, and does it if it does not fail, or fails afterwards: then with unknown, if that is
// an error.
func (e *faulty) write(do func() error, unknown error) error {
	fails := e.fault.next()
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
func interrupted[T any](f *Fault, all iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		for x, err := range all {
			if err == nil {
				if fault := f.before(); fault != nil {
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
		if fault := f.before(); fault != nil {
			yield(none, fault)
		}
	}
}
