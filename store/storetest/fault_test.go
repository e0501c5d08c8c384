package storetest

import (
	"context"
	"errors"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// Each call of a workload fails once with each value of After, and no error is another one.
func TestEachFault(t *testing.T) {
	ctx := context.Background()
	whole := []string{ // what the workload does, and whether it is a call that writes
		"put", "missing", "commit", "get", "ref", "refs 1", "refs end", "log 1", "log end", "addrs 1", "addrs 2", "addrs end", "size", "watch", "swap",
		"collect", "copy", "copy",
	}
	runs := 0
	unknown := 0
	EachFault(t, func(t testing.TB, f *Fault) {
		runs++
		m := chunk.NewMemory()
		defer m.Close()
		e := f.Wrap(m)
		one, two := numbered(1), numbered(2)
		err := func() error {
			if err := e.Put(ctx, []chunk.Chunk{one}); err != nil {
				return err
			}
			if _, err := e.Missing(ctx, nil); err != nil {
				return err
			}
			r, err := e.Commit(ctx, []chunk.Chunk{two}, chunk.Swap{Name: "a", Target: two.Addr})
			if err != nil {
				now, rerr := m.Ref(ctx, "a")
				require.NoError(t, rerr)
				assert.Equal(t, f.After, now.Target == two.Addr, "whether a commit is done that failed")
				assert.Equal(t, f.After, errors.Is(err, chunk.ErrUnknownOutcome))
				unknown++
				return err
			}
			if _, err := e.Get(ctx, one.Addr); err != nil {
				return err
			}
			if _, err := e.Ref(ctx, "a"); err != nil {
				return err
			}
			for _, err := range e.Refs(ctx, "") {
				if err != nil {
					return err
				}
			}
			for _, err := range e.Log(ctx, "") {
				if err != nil {
					return err
				}
			}
			for _, err := range e.Addrs(ctx) {
				if err != nil {
					return err
				}
			}
			if _, err := e.Size(ctx); err != nil {
				return err
			}
			for _, err := range e.Watch(ctx, "a") {
				if err != nil {
					return err
				}
				break
			}
			if _, err := e.Swap(ctx, chunk.Swap{Name: "a", Old: r.Revision, Target: one.Addr}); err != nil {
				return err
			}
			return e.Collect(ctx, time.Time{}, func(ctx context.Context, _ func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
				return copy(one)
			})
		}()
		assert.Equal(t, f.Happened(), errors.Is(err, ErrFault), "%v: %v", f, err)
		assert.Equal(t, f.Happened(), err != nil, "%v: %v", f, err)
	})
	assert.Equal(t, 2*len(whole)+1, runs)
	assert.Equal(t, 2, unknown)
}

// A workload that overlooks an error fails.
func TestEachFaultSees(t *testing.T) {
	quiet := &quietT{TB: t}
	func() {
		defer func() { _ = recover() }()
		EachFault(quiet, func(t testing.TB, f *Fault) {
			e := f.Wrap(chunk.NewMemory())
			_, _ = e.Ref(context.Background(), "a")
			if f.Happened() {
				t.Errorf("overlooked")
			}
		})
	}()
	assert.True(t, quiet.failed)
}

// A workload that makes other calls in each run fails: fewer, or others.
func TestEachFaultOtherCalls(t *testing.T) {
	for name, call := range map[string]func(runs int, e chunk.Engine){
		"fewer": func(runs int, e chunk.Engine) {
			if runs < 2 {
				_, _ = e.Size(t.Context())
			}
		},
		"others": func(runs int, e chunk.Engine) {
			if runs < 2 {
				_, _ = e.Size(t.Context())
			} else {
				_, _ = e.Missing(t.Context(), nil)
			}
		},
	} {
		quiet := &quietT{TB: t}
		runs := 0
		func() {
			defer func() { _ = recover() }()
			EachFault(quiet, func(_ testing.TB, f *Fault) {
				e := f.Wrap(chunk.NewMemory())
				_, _ = e.Ref(t.Context(), "a")
				call(runs, e)
				runs++
			})
		}()
		assert.True(t, quiet.failed, name)
		assert.Equal(t, 3, runs, name)
	}
}

// quietT keeps to itself that it failed.
type quietT struct {
	testing.TB
	failed bool
}

func (q *quietT) Errorf(string, ...any) { q.failed = true }
func (q *quietT) Fatalf(string, ...any) { q.failed = true; panic("ended") }
func (q *quietT) Failed() bool          { return q.failed }
