package store_test

import (
	"bytes"
	"context"
	"iter"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// A hooked engine has chunks that were lost, and calls what a test says.
type hooked struct {
	chunk.Engine
	lost    map[chunk.Addr]bool
	between func() // between the two calls of a collection
}

func (e *hooked) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	if e.lost[a] {
		return nil, store.ErrMissing
	}
	return e.Engine.Get(ctx, a)
}

func (e *hooked) Addrs(ctx context.Context) iter.Seq2[chunk.Addr, error] {
	return func(yield func(chunk.Addr, error) bool) {
		for a, err := range e.Engine.Addrs(ctx) {
			if !e.lost[a] && !yield(a, err) {
				return
			}
		}
	}
}

func (e *hooked) Missing(ctx context.Context, as []chunk.Addr) (gone []chunk.Addr, err error) {
	missing, err := e.Engine.Missing(ctx, as)
	for _, a := range as {
		if e.lost[a] || slices.Contains(missing, a) {
			gone = append(gone, a)
		}
	}
	return gone, err
}

func (e *hooked) Put(ctx context.Context, cs []chunk.Chunk) error {
	for _, c := range cs {
		delete(e.lost, c.Addr)
	}
	return e.Engine.Put(ctx, cs)
}

func (e *hooked) Collect(ctx context.Context, log time.Time, live func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error) error {
	n := 0
	return e.Engine.Collect(ctx, log, func(ctx context.Context, copied func(chunk.Addr) bool, copy func(chunk.Chunk) error) error {
		err := live(ctx, copied, copy)
		if n++; n == 1 && e.between != nil {
			e.between()
		}
		return err
	})
}

// hollowed returns a store with six versions, of which the last two have their data.
func hollowed(t testing.TB) (*hooked, *store.Store, []*store.Version[state], []state) {
	e := &hooked{Engine: chunk.NewMemory(), lost: map[chunk.Addr]bool{}}
	st := store.New(e, store.CacheBytes(0))
	store.ForgetReflog(st)
	vs, states := history(t, store.NewBranch(st, "main", schema), 6, 40)
	_, err := st.Collect(t.Context(), store.Retain{Last: 2})
	require.NoError(t, err)
	clean(t, st)
	return e, st, vs, states
}

func directoryOf(t testing.TB, e chunk.Engine, v *store.Version[state]) chunk.Addr {
	data, err := e.Get(t.Context(), v.ID())
	require.NoError(t, err)
	return chunk.Addr(data[4:])
}

// problems returns what Check finds of a chunk.
func problems(t testing.TB, st *store.Store, a chunk.Addr) (found []store.Problem) {
	for p, err := range st.Check(t.Context()) {
		require.NoError(t, err)
		if p.Chunk == a {
			found = append(found, p)
		}
	}
	return found
}

// TestLostIsNotCollected: a version whose directory was lost is not taken for one that was collected, whichever it is
// and whatever else was collected.
func TestLostIsNotCollected(t *testing.T) {
	ctx := t.Context()
	e, st, vs, states := hollowed(t)
	for i, v := range vs {
		at := func() *store.Version[state] {
			return must(store.At(ctx, store.New(e, store.CacheBytes(0)), v.ID(), schema))
		}
		dir := directoryOf(t, e, v)
		if i < 4 {
			_, err := at().Load(ctx)
			require.ErrorIs(t, err, store.ErrCollected)
			require.NotErrorIs(t, err, store.ErrMissing)
			e.lost[store.MarkOf(v.ID())] = true // then nothing says so
		} else {
			same(t, states[i], load(t, at()))
			e.lost[dir] = true
		}
		_, err := at().Load(ctx)
		require.ErrorIs(t, err, store.ErrMissing, "version %d", i)
		require.NotErrorIs(t, err, store.ErrCollected, "version %d", i)
		require.ErrorContains(t, err, dir.String())
		_, err = users.View(at().Part("users")).Len(ctx)
		require.ErrorIs(t, err, store.ErrMissing)
		require.NotErrorIs(t, err, store.ErrCollected)
		found := problems(t, st, dir)
		require.Len(t, found, 1, "version %d", i)
		require.Equal(t, 11, found[0].Invariant)
		require.Equal(t, v.ID(), found[0].Version)
		require.ErrorIs(t, found[0].Err, store.ErrMissing)
		for info, err := range st.History(ctx) {
			require.NoError(t, err)
			require.Equal(t, info.ID != v.ID() && !slices.ContainsFunc(vs[4:], func(w *store.Version[state]) bool { return w.ID() == info.ID }), info.Hollow)
		}
		stats, err := st.Stats(ctx)
		require.NoError(t, err)
		want := 4
		if i < 4 {
			want = 3
		}
		require.Equal(t, want, stats.Hollow)

		// What is to be kept with its data is not made hollow because they were lost; what is given up is.
		_, err = st.Collect(ctx, store.Retain{})
		require.ErrorIs(t, err, store.ErrMissing)
		require.Error(t, st.Export(ctx, new(bytes.Buffer)))
		require.Error(t, store.Memory().Pull(ctx, st))
		clear(e.lost)
		clean(t, st)
	}
	e.lost[store.MarkOf(vs[1].ID())] = true
	e.lost[directoryOf(t, e, vs[4])] = true
	_, err := st.Collect(ctx, store.Retain{Last: 1})
	require.NoError(t, err)
	clear(e.lost)
	clean(t, st)
	for _, v := range vs[:5] {
		_, err := must(store.At(ctx, st, v.ID(), schema)).Load(ctx)
		require.ErrorIs(t, err, store.ErrCollected)
	}
}

// TestHollowTravels: what was collected is known to be so wherever it is copied to; and a stream of which data are
// missing, and that does not say why, is refused.
func TestHollowTravels(t *testing.T) {
	ctx := t.Context()
	e, st, vs, states := hollowed(t)
	look := func(st *store.Store, from int) {
		t.Helper()
		clean(t, st)
		for i, v := range vs {
			x, err := must(store.At(ctx, st, v.ID(), schema)).Load(ctx)
			if i < from {
				require.ErrorIs(t, err, store.ErrCollected)
				continue
			}
			require.NoError(t, err)
			same(t, states[i], x)
		}
	}
	pulled, imported := store.Memory(), store.Memory()
	require.NoError(t, pulled.Pull(ctx, st))
	look(pulled, 4)
	require.NoError(t, pulled.Pull(ctx, st), "twice")
	look(pulled, 4)
	var pack bytes.Buffer
	require.NoError(t, st.Export(ctx, &pack))
	_, err := imported.Import(ctx, bytes.NewReader(pack.Bytes()))
	require.NoError(t, err)
	_, err = imported.Import(ctx, bytes.NewReader(pack.Bytes()))
	require.NoError(t, err, "twice")
	look(imported, 4)
	store.ForgetReflog(imported)
	_, err = imported.Collect(ctx, store.Retain{Last: 2})
	require.NoError(t, err)
	look(imported, 4)

	head := vs[5].ID()
	for i, v := range vs {
		leave := directoryOf(t, e, v)
		if i < 4 {
			leave = store.MarkOf(v.ID())
		}
		pack.Reset()
		require.NoError(t, store.ExportOnly(ctx, st, &pack, head, func(a chunk.Addr) bool { return a != leave }))
		_, err = store.Memory().Import(ctx, &pack)
		require.ErrorIs(t, err, store.ErrDamaged, "without %d", i)
	}

	r := chunk.NewMemoryRemote()
	shared := store.New(chunk.NewMemory(), store.Shared(r))
	require.NoError(t, shared.Pull(ctx, st))
	other := store.New(chunk.NewMemory(), store.Shared(r))
	require.Equal(t, head, must(store.NewBranch(other, "main", schema).Head(ctx)).ID())
	look(other, 4)
}

// TestHollowIsFilled: data that were collected come back from who has them, and then the mark goes.
func TestHollowIsFilled(t *testing.T) {
	ctx := t.Context()
	e := &hooked{Engine: chunk.NewMemory()}
	st := store.New(e)
	store.ForgetReflog(st)
	vs, states := history(t, store.NewBranch(st, "main", schema), 6, 40)
	backup := store.Memory()
	require.NoError(t, backup.Pull(ctx, st))
	_, err := st.Collect(ctx, store.Retain{Last: 1})
	require.NoError(t, err)
	marks := func() (as []chunk.Addr) {
		for _, v := range vs {
			as = append(as, store.MarkOf(v.ID()))
		}
		gone, err := e.Missing(ctx, as)
		require.NoError(t, err)
		return gone
	}
	require.Equal(t, []chunk.Addr{store.MarkOf(vs[5].ID())}, marks())
	require.NoError(t, backup.Tag(ctx, "second", vs[1].ID()))
	require.NoError(t, st.Pull(ctx, backup))
	for i, v := range vs {
		x, err := must(store.At(ctx, st, v.ID(), schema)).Load(ctx)
		if i >= 2 && i < 5 { // Pull does not go on behind what is here
			require.ErrorIs(t, err, store.ErrCollected)
			continue
		}
		require.NoError(t, err)
		same(t, states[i], x)
	}
	_, err = st.Collect(ctx, store.Retain{Last: 2})
	require.NoError(t, err)
	require.Len(t, marks(), 3)
	clean(t, st)
}

// TestPinnedInTheMiddle: what is pinned, or committed, between the two looks of a Collect has its data afterwards, and
// no mark.
func TestPinnedInTheMiddle(t *testing.T) {
	ctx := t.Context()
	e := &hooked{Engine: chunk.NewMemory()}
	st := store.New(e, store.CacheBytes(0))
	store.ForgetReflog(st)
	b := store.NewBranch(st, "main", schema)
	vs, states := history(t, b, 6, 40)
	var release func()
	e.between = func() {
		var err error
		release, err = st.Pin(ctx, vs[1].ID())
		require.NoError(t, err)
		for i := range 3 {
			s := states[5]
			s.title = string(rune('a' + i))
			vs, states = append(vs, commit(t, b, vs[5+i], s)), append(states, s)
		}
	}
	c, err := st.Collect(ctx, store.Retain{Last: 1})
	require.NoError(t, err)
	require.Equal(t, store.Collected{Versions: 5, Hollow: 4, Before: c.Before, After: c.After}, c)
	e.between = nil
	clean(t, st)
	for i, v := range vs {
		got := must(store.At(ctx, st, v.ID(), schema))
		if i != 1 && i < 5 {
			_, err := got.Load(ctx)
			require.ErrorIs(t, err, store.ErrCollected)
			continue
		}
		same(t, states[i], load(t, got))
		gone, err := e.Missing(ctx, []chunk.Addr{store.MarkOf(v.ID())})
		require.NoError(t, err)
		require.Len(t, gone, 1, "version %d", i)
	}
	release()
	c, err = st.Collect(ctx, store.Retain{Last: 1})
	require.NoError(t, err)
	require.Equal(t, 1, c.Versions)
	clean(t, st)
}

// TestOldHandles: a version that a Collect has dropped with its commit is ErrCollected for whoever has a handle. What no
// Collect can have dropped is ErrMissing, and so is what never was.
func TestOldHandles(t *testing.T) {
	ctx := t.Context()
	e := &hooked{Engine: chunk.NewMemory(), lost: map[chunk.Addr]bool{}}
	st := store.New(e)
	store.ForgetReflog(st)
	b := store.NewBranch(st, "main", schema)
	vs, _ := history(t, b, 3, 40)
	side := fork(t, st, "side", schema, vs[0])
	commit(t, side, vs[0], state{title: "side"})
	head := must(side.Head(ctx))
	handle := must(store.At(ctx, st, head.ID(), schema))
	kept := must(store.At(ctx, st, vs[1].ID(), schema))
	place := handle.Part("users")
	collected := func(want error) {
		t.Helper()
		_, err := handle.Load(ctx)
		require.ErrorIs(t, err, want)
		_, err = users.View(place).Len(ctx)
		require.ErrorIs(t, err, want)
		_, _, err = b.Merge(ctx, handle)
		require.ErrorIs(t, err, want)
		require.ErrorIs(t, b.Reset(ctx, must(b.Head(ctx)), handle), want)
	}
	require.NoError(t, st.Delete(ctx, "side"))
	e.lost[handle.ID()] = true
	collected(store.ErrMissing)
	clear(e.lost)
	_, err := st.Collect(ctx, store.Retain{})
	require.NoError(t, err)
	collected(store.ErrCollected)
	for _, id := range []chunk.Addr{handle.ID(), {1, 2, 3}} { // nobody knows any more
		_, err = store.At(ctx, st, id, schema)
		require.ErrorIs(t, err, store.ErrMissing)
		_, err = st.Pin(ctx, id)
		require.ErrorIs(t, err, store.ErrMissing)
	}
	_, err = st.Collect(ctx, store.Retain{})
	require.NoError(t, err)
	e.lost[kept.ID()] = true // the branch leads there
	_, err = kept.Load(ctx)
	require.ErrorIs(t, err, store.ErrMissing)
	require.NotErrorIs(t, err, store.ErrCollected)
	_, err = st.Collect(ctx, store.Retain{Last: 1})
	require.ErrorIs(t, err, store.ErrMissing)
}

// TestCollectAnywhere does a Collect in each place of an Export, a Pull and an Import: nothing of them fails, and all
// arrives that was there.
func TestCollectAnywhere(t *testing.T) {
	ctx := t.Context()
	// each calls f for each n with a store; what run runs is interrupted, after n steps, by a Collect of the store.
	each := func(t *testing.T, least int, f func(st *store.Store, run func(func() error))) {
		for n := 1; ; n++ { // with the first it has begun
			var turns store.Turns
			e := turns.Engine(chunk.NewMemory())
			st := turns.Store(e)
			over := true
			f(st, func(g func() error) {
				turns.Go("it", g)
				turns.Go("collect", func() error { _, err := st.Collect(ctx, store.Retain{Last: 1}); return err })
				steps := 0
				for _, err := range turns.Run(func(as []*store.Actor) int {
					if steps++; len(as) == 2 && steps > n {
						over = false
						if !as[1].Blocked || steps%2 > 0 {
							return 1
						}
					}
					return 0
				}) {
					require.NoError(t, err, "call %d", n)
				}
			})
			clean(t, st)
			if over {
				require.Greater(t, n, least)
				return
			}
			if testing.Short() {
				n += n / 8
			}
		}
	}
	source := store.Memory()
	vs, states := history(t, store.NewBranch(source, "main", schema), 4, 20)
	t.Run("export", func(t *testing.T) {
		each(t, 40, func(st *store.Store, run func(func() error)) {
			require.NoError(t, st.Pull(ctx, source, "main"))
			var pack bytes.Buffer
			run(func() error { return st.Export(ctx, &pack) })
			other := store.Memory()
			_, err := other.Import(ctx, &pack)
			require.NoError(t, err)
			clean(t, other)
			same(t, states[3], load(t, must(store.At(ctx, other, vs[3].ID(), schema))))
		})
	})
	t.Run("pull", func(t *testing.T) { // from a store that is collected
		each(t, 40, func(st *store.Store, run func(func() error)) {
			require.NoError(t, st.Pull(ctx, source, "main"))
			other := store.Memory()
			run(func() error { return other.Pull(ctx, st) })
			clean(t, other)
			same(t, states[3], load(t, must(store.At(ctx, other, vs[3].ID(), schema))))
		})
	})
	t.Run("pull into", func(t *testing.T) { // a store that has most already, and no name for it
		fork(t, source, "back", schema, vs[2])
		each(t, 10, func(st *store.Store, run func(func() error)) {
			require.NoError(t, st.Pull(ctx, source, "back"))
			require.NoError(t, st.Delete(ctx, "back"))
			run(func() error { return st.Pull(ctx, source, "main") })
			same(t, states[3], load(t, must(store.At(ctx, st, vs[3].ID(), schema))))
		})
	})
	t.Run("import", func(t *testing.T) { // of what is relative to an old version
		base := map[chunk.Addr]bool{}
		require.NoError(t, store.ExportOnly(ctx, source, new(bytes.Buffer), vs[1].ID(), func(a chunk.Addr) bool { base[a] = true; return true }))
		old := must(store.At(ctx, source, vs[1].ID(), schema))
		side := fork(t, source, "side", schema, old)
		s := states[1]
		s.title = "side"
		v := commit(t, side, old, s)
		var pack bytes.Buffer
		require.NoError(t, store.ExportOnly(ctx, source, &pack, v.ID(), func(a chunk.Addr) bool { return !base[a] }, "heads/side"))
		each(t, 3, func(st *store.Store, run func(func() error)) {
			require.NoError(t, st.Pull(ctx, source, "main"))
			run(func() error {
				_, err := st.Import(ctx, bytes.NewReader(pack.Bytes()))
				return err
			})
			same(t, s, load(t, must(store.NewBranch(st, "side", schema).Head(ctx))))
		})
	})
}
