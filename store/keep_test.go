package store_test

import (
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/vector"
)

// TestRetainSince: what is not older than a time keeps its data, by the clock of the commits.
func TestRetainSince(t *testing.T) {
	ctx := t.Context()
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	st := store.Memory(store.Clock(func() time.Time { now = now.Add(time.Hour); return now }))
	store.ForgetReflog(st)
	vs, states := history(t, store.NewBranch(st, "main", schema), 6, 20)
	_, err := st.Collect(ctx, store.Retain{Since: vs[3].Time()})
	require.NoError(t, err)
	for i, v := range vs {
		x, err := must(store.At(ctx, st, v.ID(), schema)).Load(ctx)
		if i < 3 {
			require.ErrorIs(t, err, store.ErrCollected, "version %d", i)
			continue
		}
		require.NoError(t, err)
		same(t, states[i], x)
	}
}

// TestRetainKeepsBases: two branches can be merged after a Collect that keeps only their heads; and what is hollow gets
// no name.
func TestRetainKeepsBases(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	store.ForgetReflog(st)
	ours := store.NewBranch(st, "main", schema)
	vs, states := history(t, ours, 3, 20)
	theirs := fork(t, st, "side", schema, vs[1])
	a, b := states[2], states[1]
	a.title, b.due = "ours", b.due.Set(1000, "theirs")
	commit(t, ours, vs[2], a)
	w := commit(t, theirs, commit(t, theirs, vs[1], state{}), b)
	_, err := st.Collect(ctx, store.Retain{Last: 1})
	require.NoError(t, err)
	same(t, states[1], load(t, must(store.At(ctx, st, vs[1].ID(), schema))))
	for _, v := range []*store.Version[state]{vs[0], vs[2]} {
		require.ErrorIs(t, st.Tag(ctx, "hollow", v.ID()), store.ErrCollected)
		_, err := st.Tagged(ctx, "hollow")
		require.ErrorIs(t, err, store.ErrNoBranch)
	}
	m, conflicts, err := ours.Merge(ctx, w)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	a.due = a.due.Set(1000, "theirs")
	same(t, a, load(t, m))
	clean(t, st)
}

// TestMergeOfKinds: what is of another kind or codec is not merged.
func TestMergeOfKinds(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	counters := store.HashMap[string, int](nil, nil)
	b := store.NewBranch(st, "main", counters)
	commit(t, b, nil, hamt.Map[string, int]{}.Set("a", 1))
	list := commit(t, store.NewBranch(st, "list", log), nil, vector.Vector[string]{}.Append("a"))
	_, _, err := b.Merge(ctx, must(store.At(ctx, st, list.ID(), counters)))
	require.ErrorIs(t, err, store.ErrSchema)
	require.Len(t, must(b.Head(ctx)).Parents(), 0)
}
