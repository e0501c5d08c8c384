package store_test

import (
	"bytes"
	"context"
	"errors"
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
	"github.com/ramet-go/ramet/store/internal/tree"
)

// history makes versions on a branch and returns them with their values.
func history(t testing.TB, b *store.Branch[state], n, changes int) (vs []*store.Version[state], states []state) {
	r := seeded(t, 7)
	var on *store.Version[state]
	var s state
	for range n {
		s = change(r, s, changes)
		v := commit(t, b, on, s, store.AllowEmpty())
		on = v
		vs, states = append(vs, v), append(states, s)
	}
	return vs, states
}

// stores calls f for a store in memory and one in a file, with what opens it again; nil: nothing does.
func stores(t *testing.T, f func(t *testing.T, st *store.Store, again func(*store.Store) *store.Store)) {
	t.Run("memory", func(t *testing.T) { f(t, store.Memory(), func(st *store.Store) *store.Store { return st }) })
	t.Run("file", func(t *testing.T) {
		path := filepath.Join(t.TempDir(), "s.ramet")
		st, err := store.Open(path)
		require.NoError(t, err)
		t.Cleanup(func() { st.Close() })
		f(t, st, func(st *store.Store) *store.Store {
			require.NoError(t, st.Close())
			st, err := store.Open(path)
			require.NoError(t, err)
			t.Cleanup(func() { st.Close() })
			return st
		})
	})
}

// TestReopen: what was committed is there when the file is opened again, and a second opening meanwhile is refused.
func TestReopen(t *testing.T) {
	stores(t, func(t *testing.T, st *store.Store, again func(*store.Store) *store.Store) {
		vs, states := history(t, store.NewBranch(st, "main", schema), 10, 50)
		st = again(st)
		b := store.NewBranch(st, "main", schema)
		for i, v := range vs {
			got, err := b.At(t.Context(), v.ID())
			require.NoError(t, err)
			same(t, states[i], load(t, got))
			require.Equal(t, v.Time().UnixNano(), got.Time().UnixNano())
		}
		clean(t, st)
	})
}

func TestLocked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.ramet")
	st, err := store.Open(path)
	require.NoError(t, err)
	_, err = store.Open(path, store.LockTimeout(20*time.Millisecond))
	require.ErrorIs(t, err, store.ErrLocked)
	require.NoError(t, st.Close())
	_, err = store.NewBranch(st, "main", schema).Head(t.Context())
	require.ErrorIs(t, err, store.ErrClosed)
	st, err = store.Open(path)
	require.NoError(t, err)
	require.NoError(t, st.Close())
}

// TestCollect: what is retained is as it was, the rest is hollow, and the store is smaller.
func TestCollect(t *testing.T) {
	ctx := t.Context()
	stores(t, func(t *testing.T, st *store.Store, again func(*store.Store) *store.Store) {
		b := store.NewBranch(st, "main", schema)
		vs, states := history(t, b, 20, 60)
		require.NoError(t, st.Tag(ctx, "fifth", vs[4].ID()))
		release, err := st.Pin(ctx, vs[7].ID())
		require.NoError(t, err)
		keepAll, err := st.Collect(ctx, store.Retain{})
		require.NoError(t, err)
		require.Equal(t, 20, keepAll.Versions)
		require.Zero(t, keepAll.Hollow)

		// The reflog keeps what it names for a day, so nothing goes before.
		c, err := st.Collect(ctx, store.Retain{Last: 3})
		require.NoError(t, err)
		require.Equal(t, 20, c.Versions)
		clean(t, st)

		store.ForgetReflog(st)
		c, err = st.Collect(ctx, store.Retain{Last: 3})
		require.NoError(t, err)
		require.Equal(t, 7, c.Versions, "with the one that is pinned")
		release()
		release()
		st2 := st
		c, err = st2.Collect(ctx, store.Retain{Last: 3})
		require.NoError(t, err)
		require.Equal(t, 6, c.Versions)
		require.Equal(t, 14, c.Hollow)
		require.Less(t, c.After.Bytes, c.Before.Bytes)
		clean(t, st2)
		b = store.NewBranch(st2, "main", schema)
		for i, v := range vs {
			got, err := store.At(ctx, st2, v.ID(), schema)
			require.NoError(t, err)
			x, err := got.Load(ctx)
			if i >= 2 && i <= 4 || i >= 17 { // three of the tag, three of the branch
				require.NoError(t, err)
				same(t, states[i], x)
				lazily(t, states[i], got)
				continue
			}
			require.ErrorIs(t, err, store.ErrCollected, "version %d", i)
			_, err = users.View(got.Part("users")).Len(ctx)
			require.ErrorIs(t, err, store.ErrCollected)
		}
		n := 0
		for v, err := range b.Log(ctx) {
			require.NoError(t, err)
			n++
			require.Equal(t, vs[20-n].ID(), v.ID())
		}
		require.Equal(t, 20, n)
		stats, err := st2.Stats(ctx)
		require.NoError(t, err)
		require.Equal(t, []int{1, 1, 20, 14}, []int{stats.Branches, stats.Tags, stats.Versions, stats.Hollow})
		_, err = b.Update(ctx, func(s state) (state, error) { s.title = "after"; return s, nil })
		require.NoError(t, err)
		clean(t, st2)
	})
}

// TestCollectBesides: commits, reads, pins and pulls go on while the store is collected again and again, and nothing
// that anybody relies on is lost.
func TestCollectBesides(t *testing.T) {
	stores(t, func(t *testing.T, st *store.Store, _ func(*store.Store) *store.Store) {
		ctx, stop := context.WithCancel(t.Context())
		defer stop()
		store.ForgetReflog(st)
		counters := store.HashMap[string, int](nil, nil)
		var wg sync.WaitGroup
		const rounds = 60
		var last [2]int // what each writer has written
		var collects atomic.Int64
		more := func(i int) bool { return i < rounds || collects.Load() < 5 && !t.Failed() } // until several collections were beside them
		for w := range 2 {                                                                   // writers
			wg.Go(func() {
				b := store.NewBranch(st, "main", counters)
				for i := 0; more(i); i++ {
					_, err := b.Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) {
						last[w] = i + 1
						return m.Set("sum"+strconv.Itoa(w), i+1).Set(strconv.Itoa(i%50), i), nil
					})
					if !assert.NoError(t, err) {
						return
					}
				}
			})
		}
		wg.Go(func() { // pulls, from a store whose chunks this one has now and then
			other := store.Memory()
			b := store.NewBranch(other, "other", counters)
			for i := 0; more(i); i++ {
				_, err := b.Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) {
					return m.Set(strconv.Itoa(i%7), i), nil
				})
				assert.NoError(t, err)
				if !assert.NoError(t, st.Pull(ctx, other, "other")) {
					return
				}
				if i%5 == 4 {
					assert.NoError(t, st.Delete(ctx, "other"))
				}
			}
		})
		wg.Go(func() { // reads what may be collected meanwhile
			b := store.NewBranch(st, "main", counters)
			for i := 0; more(i); i++ {
				v, err := b.Head(ctx)
				if errors.Is(err, store.ErrNoBranch) {
					continue
				}
				if !assert.NoError(t, err) {
					return
				}
				n := 0
				for _, err := range counters.View(v.Part("")).All(ctx) {
					if n++; errors.Is(err, store.ErrCollected) {
						break
					}
					if !assert.NoError(t, err) {
						return
					}
				}
			}
		})
		done := make(chan struct{})
		go func() {
			defer close(done)
			for ctx.Err() == nil {
				if _, err := st.Collect(ctx, store.Retain{Last: 1}); err != nil {
					if ctx.Err() == nil {
						t.Errorf("collect: %v", err)
					}
					return
				}
				collects.Add(1)
			}
		}()
		wg.Wait()
		stop()
		<-done
		t.Logf("%d collections", collects.Load())
		ctx = t.Context()
		v, err := store.NewBranch(st, "main", counters).Head(ctx)
		require.NoError(t, err)
		m := load(t, v)
		require.Equal(t, last, [2]int{m.Get("sum0"), m.Get("sum1")})
		clean(t, st)
	})
}

// TestExport: what a stream brings into another store is what was exported, and anything else is refused and changes no
// name.
func TestExport(t *testing.T) {
	ctx := t.Context()
	stores(t, func(t *testing.T, st *store.Store, _ func(*store.Store) *store.Store) {
		b := store.NewBranch(st, "main", schema)
		vs, states := history(t, b, 8, 60)
		require.NoError(t, st.Tag(ctx, "second", vs[1].ID()))
		var pack bytes.Buffer
		require.NoError(t, st.Export(ctx, &pack))
		other := store.Memory()
		refs, err := other.Import(ctx, bytes.NewReader(pack.Bytes()))
		require.NoError(t, err)
		require.Len(t, refs, 2)
		clean(t, other)
		for i, v := range vs {
			got, err := store.At(ctx, other, v.ID(), schema)
			require.NoError(t, err)
			same(t, states[i], load(t, got))
		}
		_, err = other.Import(ctx, bytes.NewReader(pack.Bytes()))
		require.NoError(t, err, "twice")

		for n := range pack.Len() {
			if n > 300 && n%97 > 0 && n < pack.Len()-300 {
				continue
			}
			bad := bytes.Clone(pack.Bytes())
			bad[n] ^= 1 << (n % 8)
			fresh := store.Memory()
			_, err := fresh.Import(ctx, bytes.NewReader(bad))
			require.Error(t, err, "byte %d", n)
			for h := range fresh.Heads(ctx) {
				t.Fatalf("byte %d: %v", n, h)
			}
			_, err = fresh.Import(ctx, bytes.NewReader(pack.Bytes()[:n]))
			require.ErrorIs(t, err, store.ErrDamaged, "cut at %d", n)
		}

		one := store.Memory()
		var part bytes.Buffer
		require.NoError(t, st.Export(ctx, &part, vs[2].ID()))
		refs, err = one.Import(ctx, &part)
		require.NoError(t, err)
		require.Empty(t, refs)
		got, err := store.At(ctx, one, vs[2].ID(), schema)
		require.NoError(t, err)
		same(t, states[2], load(t, got))
	})
}

// TestPull copies what is missing, moves branches forward only, and says so otherwise.
func TestPull(t *testing.T) {
	ctx := t.Context()
	stores(t, func(t *testing.T, st *store.Store, _ func(*store.Store) *store.Store) {
		b := store.NewBranch(st, "main", schema)
		vs, states := history(t, b, 5, 300)
		other := store.Memory()
		require.NoError(t, other.Pull(ctx, st))
		theirs := store.NewBranch(other, "main", schema)
		for i, v := range vs {
			got, err := theirs.At(ctx, v.ID())
			require.NoError(t, err)
			same(t, states[i], load(t, got))
		}
		clean(t, other)
		before, err := other.Stats(ctx)
		require.NoError(t, err)
		next := states[4]
		next.users = next.users.Set("one", user{Name: "one"})
		v := commit(t, b, vs[4], next)
		require.NoError(t, other.Pull(ctx, st, "main"))
		after, err := other.Stats(ctx)
		require.NoError(t, err)
		t.Logf("one edit: %d chunks, %d bytes", after.Chunks-before.Chunks, after.Bytes-before.Bytes)
		most := int64(7) // a path of the part, and of the directory, and the commit
		if tree.Bits < 11 {
			most = 25 // narrow nodes make deep trees
		}
		require.LessOrEqual(t, after.Chunks-before.Chunks, most)
		head, err := theirs.Head(ctx)
		require.NoError(t, err)
		require.Equal(t, v.ID(), head.ID())

		apart := states[4]
		apart.title = "apart"
		require.NoError(t, theirs.Reset(ctx, head, must(theirs.At(ctx, vs[4].ID()))))
		w := commit(t, theirs, must(theirs.Head(ctx)), apart)
		require.ErrorIs(t, other.Pull(ctx, st, "main"), store.ErrMoved)
		require.Equal(t, w.ID(), must(theirs.Head(ctx)).ID())
		require.NoError(t, other.Pull(ctx, st, "main:their-main"))
		m, conflicts, err := theirs.Merge(ctx, must(store.NewBranch(other, "their-main", schema).Head(ctx)))
		require.NoError(t, err)
		require.Empty(t, conflicts)
		next.title = "apart"
		same(t, next, load(t, m))
		require.NoError(t, st.Pull(ctx, other, "main"), "it contains ours")
		require.Equal(t, m.ID(), must(b.Head(ctx)).ID())
		require.ErrorIs(t, st.Pull(ctx, other, "none"), store.ErrNoBranch)
		require.Error(t, st.Pull(ctx, st, "main"))
		clean(t, st)
	})
}

func must[T any](x T, err error) T {
	if err != nil {
		panic(err)
	}
	return x
}

// TestDamage flips every byte of every chunk of a small store: what is read is right, or an error that names the chunk.
func TestDamage(t *testing.T) {
	ctx := t.Context()
	e := chunk.NewMemory()
	st := store.New(e)
	b := store.NewBranch(st, "main", schema)
	_, states := history(t, b, 2, 30)
	var as []chunk.Addr
	for a, err := range e.Addrs(ctx) {
		require.NoError(t, err)
		as = append(as, a)
	}
	require.Greater(t, len(as), 8)
	for _, a := range as {
		data, err := e.Get(ctx, a)
		require.NoError(t, err)
		for i := range data {
			if len(data) > 600 && i%7 > 0 {
				continue
			}
			bad := bytes.Clone(data)
			bad[i] ^= 1 << (i % 8)
			st := store.New(tampered{e, a, bad})
			head, err := store.NewBranch(st, "main", schema).Head(ctx)
			if err == nil {
				var got state
				if got, err = head.Load(ctx); err == nil {
					same(t, states[1], got)
				}
			}
			if err != nil {
				require.ErrorIs(t, err, store.ErrDamaged)
				require.ErrorContains(t, err, a.String())
			}
			found := false
			for p, err := range st.Check(ctx) {
				require.NoError(t, err)
				found = found || p.Chunk == a
			}
			require.True(t, found, "byte %d of %s", i, a)
		}
		st := store.New(tampered{e, a, nil})
		found := false
		for p, err := range st.Check(ctx) {
			require.NoError(t, err)
			found = found || p.Chunk == a && errors.Is(p.Err, store.ErrMissing)
		}
		require.True(t, found, "%s is missing", a)
	}
}

// tampered is an engine with one chunk whose bytes are others; nil: it is missing.
type tampered struct {
	chunk.Engine
	at   chunk.Addr
	data []byte
}

func (e tampered) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	if a != e.at {
		return e.Engine.Get(ctx, a)
	}
	if e.data == nil {
		return nil, store.ErrMissing
	}
	return bytes.Clone(e.data), nil
}

// FuzzImport: no stream makes it panic, and what is refused changes no name.
func FuzzImport(f *testing.F) {
	st := store.Memory(store.Salt([16]byte{1}))
	b := store.NewBranch(st, "main", schema)
	history(f, b, 2, 20)
	var pack bytes.Buffer
	require.NoError(f, st.Export(f.Context(), &pack))
	f.Add(pack.Bytes())
	f.Add([]byte("rametpack1\n\x00\x00"))
	f.Fuzz(func(t *testing.T, data []byte) {
		fresh := store.Memory()
		if _, err := fresh.Import(t.Context(), bytes.NewReader(data)); err == nil {
			clean(t, fresh)
			return
		}
		for h := range fresh.Heads(t.Context()) {
			t.Fatalf("refused, and has %v", h)
		}
	})
}
