package store_test

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/storetest"
)

// TestFaults makes the n-th call of the engine fail, before it does anything or after it did all, for each n of a
// workload that commits and collects: the error comes out, what was committed before stays, and nothing is half done.
func TestFaults(t *testing.T) {
	ctx := t.Context()
	failures, unknown, collections := 0, 0, 0
	storetest.EachFault(t, func(t testing.TB, f *storetest.Fault) {
		e := chunk.NewMemory()
		clock := store.Clock(func() time.Time { return time.Unix(1_700_000_000, 0) })
		st := store.New(f.Wrap(e), store.CacheBytes(0), store.Salt([16]byte{1}), clock)
		b := store.NewBranch(st, "main", schema)
		var done, next state
		r := rand.New(rand.NewPCG(1, 1))
		var failure error
		for range 4 {
			next = change(r, done, 30)
			if _, failure = b.Update(ctx, func(state) (state, error) { return next, nil }); failure != nil {
				break
			}
			done = next
		}
		if failure == nil {
			store.ForgetReflog(st)
			if _, failure = st.Collect(ctx, store.Retain{Last: 1}); failure != nil {
				collections++
			}
		}
		require.Equal(t, f.Happened(), errors.Is(failure, storetest.ErrFault), "%v: %v", f, failure)
		require.Equal(t, f.Happened(), failure != nil)
		if failure != nil {
			failures++
		}
		look := []*store.Store{store.New(e)} // another program, which begins now
		if failure != nil {
			look = append(look, st) // no other call fails
		}
		for _, st := range look {
			clean(t, st)
			head, err := store.NewBranch(st, "main", schema).Head(ctx)
			if errors.Is(failure, store.ErrUnknownOutcome) {
				require.NoError(t, err)
				same(t, next, load(t, must(store.At(ctx, st, head.ID(), schema))))
				unknown++
			} else if err != nil {
				require.ErrorIs(t, err, store.ErrNoBranch)
			} else {
				same(t, done, load(t, must(store.At(ctx, st, head.ID(), schema))))
			}
		}
		if failure == nil {
			require.Greater(t, f.Calls(), int64(80))
		}
	})
	t.Logf("%d failures, %d of them in collections; %d commits of which it was not known", failures, collections, unknown/2)
	require.Equal(t, 2*4, unknown)
	require.Greater(t, collections, 60)
}
