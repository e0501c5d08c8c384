package natsstore

import (
	"path/filepath"
	"strconv"
	"sync"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
)

// TestShared: three machines, each with a file of its own, count on one branch; and what one of them has worked on
// alone is merged.
func TestShared(t *testing.T) {
	t.Parallel()
	s := start(t)
	ctx := within(t)
	machine := func() *store.Store {
		st, err := store.Open(filepath.Join(t.TempDir(), "s.ramet"), store.Shared(openAt(t, s, "shared")))
		require.NoError(t, err)
		t.Cleanup(func() { st.Close() })
		return st
	}
	const each = 15
	machines := [3]*store.Store{machine(), machine(), machine()}
	var wg sync.WaitGroup
	for i, st := range machines {
		wg.Go(func() {
			b := store.NewBranch(st, "main", counters)
			for range each {
				_, err := b.Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) {
					return m.Set("all", m.Get("all")+1).Set(strconv.Itoa(i), m.Get(strconv.Itoa(i))+1), nil
				})
				if !assert.NoError(t, err) {
					return
				}
			}
		})
	}
	wg.Wait()

	// A fourth, which begins now, watches what the first merges from a branch of its own.
	fourth := store.NewBranch(machine(), "main", counters)
	main := store.NewBranch(machines[0], "main", counters)
	alone := store.NewBranch(machines[0], store.LocalPrefix+"alone", counters)
	head, err := main.Head(ctx)
	require.NoError(t, err)
	require.NoError(t, alone.Reset(ctx, nil, head))
	v, err := alone.Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) { return m.Set("alone", 1), nil })
	require.NoError(t, err)
	_, err = store.NewBranch(machines[1], "main", counters).Update(ctx,
		func(m hamt.Map[string, int]) (hamt.Map[string, int], error) { return m.Set("meanwhile", 1), nil })
	require.NoError(t, err)
	_, conflicts, err := main.Merge(ctx, v)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	require.NoError(t, machines[2].CollectShared(ctx))
	for v, err := range fourth.Watch(ctx) {
		require.NoError(t, err)
		m, err := v.Load(ctx)
		require.NoError(t, err)
		if m.Get("alone") == 0 || m.Get("meanwhile") == 0 {
			continue
		}
		require.Equal(t, 3*each, m.Get("all"))
		for i := range machines {
			require.Equal(t, each, m.Get(strconv.Itoa(i)))
		}
		break
	}
	require.NoError(t, ctx.Err(), "the merge is not seen")
	for _, st := range machines {
		for p, err := range st.Check(ctx) {
			require.NoError(t, err)
			t.Fatalf("check: %v", p)
		}
	}
}
