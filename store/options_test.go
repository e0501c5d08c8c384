package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// TestClock: all times of a store are those of its clock.
func TestClock(t *testing.T) {
	ctx := t.Context()
	now := time.Unix(1_700_000_000, 5)
	st := store.Memory(store.Clock(func() time.Time { return now }))
	b := store.NewBranch(st, "main", schema)
	v := commit(t, b, nil, state{title: "one"})
	require.NoError(t, st.Tag(ctx, "first", v.ID()))
	now = now.Add(time.Hour)
	w := commit(t, b, v, state{title: "two"})
	require.Equal(t, now.UnixNano(), w.Time().UnixNano())
	require.Equal(t, now.Add(-time.Hour).UnixNano(), must(store.At(ctx, st, v.ID(), schema)).Time().UnixNano())
	times := map[string]int64{}
	for e, err := range st.Reflog(ctx, "") {
		require.NoError(t, err)
		times[e.Name+" "+e.New.Short()] = e.Time.UnixNano()
	}
	require.Equal(t, map[string]int64{
		"heads/main " + v.ID().Short(): now.Add(-time.Hour).UnixNano(),
		"tags/first " + v.ID().Short(): now.Add(-time.Hour).UnixNano(),
		"heads/main " + w.ID().Short(): now.UnixNano(),
	}, times)
}

// TestSalt: equal values are stored alike where the salt is given, and differently elsewhere, because nobody may know
// how their keys are divided.
func TestSalt(t *testing.T) {
	directory := func(opts ...store.Option) chunk.Addr {
		e := chunk.NewMemory()
		var s state
		for i := range 300 {
			s.seen = s.seen.Add(i)
		}
		return directoryOf(t, e, commit(t, store.NewBranch(store.New(e, opts...), "main", schema), nil, s))
	}
	one := store.Salt([16]byte{1})
	require.Equal(t, directory(one), directory(one))
	require.NotEqual(t, directory(one), directory(store.Salt([16]byte{2})))
	require.NotEqual(t, directory(), directory())
}

// TestBaseIsTheNewest: of several best common ancestors, Base returns the newest.
func TestBaseIsTheNewest(t *testing.T) {
	ctx := t.Context()
	for _, oursLater := range []bool{false, true} {
		now := time.Unix(1_700_000_000, 0)
		st := store.Memory(store.Clock(func() time.Time { now = now.Add(time.Second); return now }))
		a := store.NewBranch(st, "a", schema)
		root := commit(t, a, nil, state{title: "root"})
		b := fork(t, st, "b", schema, root)
		var ours, theirs *store.Version[state]
		if oursLater {
			theirs = commit(t, b, root, state{title: "theirs"})
			ours = commit(t, a, root, state{title: "ours"})
		} else {
			ours = commit(t, a, root, state{title: "ours"})
			theirs = commit(t, b, root, state{title: "theirs"})
		}
		x := commit(t, a, ours, state{title: "x"}, store.MergeOf(theirs.ID()))
		y := commit(t, b, theirs, state{title: "y"}, store.MergeOf(ours.ID()))
		base, ok, err := st.Base(ctx, x.ID(), y.ID())
		require.NoError(t, err)
		require.True(t, ok)
		if oursLater {
			require.Equal(t, ours.ID(), base)
		} else {
			require.Equal(t, theirs.ID(), base)
		}
	}
}
