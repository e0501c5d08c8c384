package store_test

import (
	"context"
	"errors"
	"iter"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// machine opens a file of its own that shares a remote.
func machine(t testing.TB, r chunk.Remote) *store.Store {
	st, err := store.Open(filepath.Join(t.TempDir(), "s.ramet"), store.Shared(r))
	require.NoError(t, err)
	t.Cleanup(func() { st.Close() })
	return st
}

// TestShared: what one machine commits another reads from its own file, and merges.
func TestShared(t *testing.T) {
	ctx := t.Context()
	r := chunk.NewMemoryRemote()
	a, b := machine(t, r), machine(t, r)
	ours, theirs := store.NewBranch(a, "main", schema), store.NewBranch(b, "main", schema)
	_, err := theirs.Head(ctx)
	require.ErrorIs(t, err, store.ErrNoBranch)
	vs, states := history(t, ours, 6, 50)
	head, err := theirs.Head(ctx)
	require.NoError(t, err)
	require.Equal(t, vs[5].ID(), head.ID())
	for i, v := range vs {
		same(t, states[i], load(t, must(store.At(ctx, b, v.ID(), schema))))
	}
	next := states[5]
	next.title = "theirs"
	v := commit(t, theirs, head, next)
	_, err = ours.Commit(ctx, vs[5], states[0])
	require.ErrorIs(t, err, store.ErrMoved)
	same(t, next, load(t, must(ours.Head(ctx))))

	local := fork(t, b, "local/work", schema, v)
	mine := next
	mine.log = mine.log.Append("offline")
	w := commit(t, local, v, mine)
	next.due = next.due.Set(5000, "meanwhile")
	commit(t, ours, must(ours.Head(ctx)), next)
	m, conflicts, err := theirs.Merge(ctx, w)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	next.log = next.log.Append("offline")
	same(t, next, load(t, m))
	same(t, next, load(t, must(ours.Head(ctx))))
	var names []string
	for h, err := range a.Heads(ctx) {
		require.NoError(t, err)
		names = append(names, h.Name)
	}
	require.Equal(t, []string{"main"}, names)

	require.NoError(t, a.Tag(ctx, "v1", m.ID()))
	id, err := b.Tagged(ctx, "v1")
	require.NoError(t, err)
	require.Equal(t, m.ID(), id)
	require.NoError(t, b.Tag(ctx, "v1", chunk.Addr{}))
	_, err = a.Tagged(ctx, "v1")
	require.ErrorIs(t, err, store.ErrNoBranch)
	clean(t, a)
	clean(t, b)
}

// TestCollectShared: afterwards a pack of each head is there and no more, and who lags behind, or begins, gets all.
func TestCollectShared(t *testing.T) {
	ctx := t.Context()
	r := chunk.NewMemoryRemote()
	a, late := machine(t, r), machine(t, r)
	b := store.NewBranch(a, "main", schema)
	vs, states := history(t, b, 3, 50)
	_, err := store.NewBranch(late, "main", schema).Head(ctx) // it has three
	require.NoError(t, err)
	s := states[2]
	v := vs[2]
	for i := range 5 {
		s.due = s.due.Set(int64(1000+i), "x")
		v = commit(t, b, v, s)
	}
	require.NoError(t, a.CollectShared(ctx))
	packs := 0
	for p, err := range r.Packs(ctx) {
		require.NoError(t, err)
		require.Equal(t, v.ID(), p.ID)
		require.True(t, p.Full)
		packs++
	}
	require.Equal(t, 1, packs)
	for _, st := range []*store.Store{late, machine(t, r)} {
		got := store.NewBranch(st, "main", schema)
		same(t, s, load(t, must(got.Head(ctx))))
		same(t, states[0], load(t, must(got.At(ctx, vs[0].ID()))))
		clean(t, st)
	}
	s.title = "after"
	commit(t, b, v, s)
	same(t, s, load(t, must(store.NewBranch(late, "main", schema).Head(ctx))))
}

// TestSharedCounters: counters that three machines count end exact, while the remote fails now and then in the middle
// of what it does, and is collected.
func TestSharedCounters(t *testing.T) {
	ctx, stop := context.WithCancel(t.Context())
	defer stop()
	r := &flaky{Remote: chunk.NewMemoryRemote()}
	counters := store.HashMap[string, int](nil, nil)
	var wg sync.WaitGroup
	const each = 30
	var counted [3]int
	for i := range counted {
		wg.Go(func() {
			st := machine(t, r)
			b := store.NewBranch(st, "main", counters)
			for counted[i] < each {
				_, err := b.Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) {
					return m.Set(strconv.Itoa(i), m.Get(strconv.Itoa(i))+1).Set("all", m.Get("all")+1), nil
				})
				switch {
				case err == nil:
					counted[i]++
				case errors.Is(err, errFlaky):
				default:
					assert.NoError(t, err)
					return
				}
				if i == 0 && counted[i]%10 == 9 {
					if err := st.CollectShared(ctx); !errors.Is(err, errFlaky) && !assert.NoError(t, err) {
						return
					}
				}
			}
		})
	}
	wg.Wait()
	require.Positive(t, r.failed.Load())
	last := machine(t, r.Remote)
	m := load(t, must(store.NewBranch(last, "main", counters).Head(t.Context())))
	for i, n := range counted {
		require.Equal(t, n, m.Get(strconv.Itoa(i)))
	}
	require.Equal(t, 3*each, m.Get("all"))
	clean(t, last)
}

// TestSharedWatch sees what another machine commits.
func TestSharedWatch(t *testing.T) {
	ctx, stop := context.WithTimeout(t.Context(), 30*time.Second)
	defer stop()
	r := chunk.NewMemoryRemote()
	one := store.Value[int](nil)
	a, b := store.NewBranch(machine(t, r), "main", one), store.NewBranch(machine(t, r), "main", one)
	commit(t, a, nil, 1)
	n := 0
	for v, err := range b.Watch(ctx) {
		require.NoError(t, err)
		if n = load(t, v); n == 5 {
			break
		}
		commit(t, a, must(a.Head(ctx)), n+1)
	}
	require.Equal(t, 5, n)
}

var errFlaky = errors.New("the remote is away")

// flaky is a remote that fails now and then, before it has done anything.
type flaky struct {
	chunk.Remote
	calls, failed atomic.Int64
}

func (f *flaky) fail() error {
	if f.calls.Add(1)%17 == 0 {
		f.failed.Add(1)
		return errFlaky
	}
	return nil
}

func (f *flaky) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	if err := f.fail(); err != nil {
		return chunk.Ref{}, err
	}
	return f.Remote.Swap(ctx, s)
}

func (f *flaky) PutPack(ctx context.Context, id chunk.Addr, full bool, chunks iter.Seq2[chunk.Chunk, error]) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.Remote.PutPack(ctx, id, full, chunks)
}

func (f *flaky) DeletePack(ctx context.Context, id chunk.Addr) error {
	if err := f.fail(); err != nil {
		return err
	}
	return f.Remote.DeletePack(ctx, id)
}
