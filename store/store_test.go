package store_test

import (
	"context"
	"errors"
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/vector"
)

// A user is a value that is stored as JSON.
type user struct {
	Name string
	Age  int
	Tags []string
}

// state has a part of each kind.
type state struct {
	users hamt.Map[string, user]
	due   rbtree.Map[int64, string]
	log   vector.Vector[string]
	seen  hamt.Set[int]
	open  rbtree.Set[string]
	title string
}

var (
	users  = store.HashMap[string, user](nil, nil)
	due    = store.SortedMap[int64, string](nil, nil)
	log    = store.Vector[string](nil)
	seen   = store.HashSet[int](nil)
	open   = store.SortedSet[string](nil)
	title  = store.Value[string](nil)
	schema = store.Struct(
		store.Part("users", func(s *state) *hamt.Map[string, user] { return &s.users }, users),
		store.Part("due", func(s *state) *rbtree.Map[int64, string] { return &s.due }, due),
		store.Part("log", func(s *state) *vector.Vector[string] { return &s.log }, log),
		store.Part("seen", func(s *state) *hamt.Set[int] { return &s.seen }, seen),
		store.Part("open", func(s *state) *rbtree.Set[string] { return &s.open }, open),
		store.Part("title", func(s *state) *string { return &s.title }, title),
	)
)

// same fails the test unless two states hold the same.
func same(t testing.TB, want, got state) {
	t.Helper()
	require.True(t, hamt.EqualFunc(want.users, got.users, func(a, b user) bool {
		return a.Name == b.Name && a.Age == b.Age && slices.Equal(a.Tags, b.Tags)
	}), "users: want %v, got %v", want.users, got.users)
	require.True(t, rbtree.Equal(want.due, got.due), "due: want %v, got %v", want.due, got.due)
	require.True(t, vector.Equal(want.log, got.log), "log: want %v, got %v", want.log, got.log)
	require.True(t, want.seen.Equal(got.seen), "seen: want %v, got %v", want.seen, got.seen)
	require.True(t, want.open.Equal(got.open), "open: want %v, got %v", want.open, got.open)
	require.Equal(t, want.title, got.title)
}

// change makes some random changes.
func change(r *rand.Rand, s state, n int) state {
	for range n {
		k := r.IntN(200)
		switch name := "user" + strconv.Itoa(k); r.IntN(12) {
		case 0, 1:
			s.users = s.users.Set(name, user{name, r.IntN(100), []string{"a", "b"}[:r.IntN(3)]})
		case 2:
			s.users = s.users.Delete(name)
		case 3, 4:
			s.due = s.due.Set(int64(k-100), name)
		case 5:
			s.due = s.due.Delete(int64(k - 100))
		case 6, 7:
			s.log = s.log.Insert(r.IntN(s.log.Len()+1), fmt.Sprint(r.IntN(5)))
		case 8:
			if n := s.log.Len(); n > 0 {
				i := r.IntN(n)
				s.log = s.log.Delete(i, min(n, i+r.IntN(4)))
			}
		case 9:
			s.seen, s.open = s.seen.Add(k), s.open.Add(name)
		case 10:
			s.seen, s.open = s.seen.Delete(k), s.open.Delete(name)
		case 11:
			s.title = name
		}
	}
	return s
}

func seeded(t testing.TB, seed uint64) *rand.Rand {
	t.Logf("seed %d", seed)
	return rand.New(rand.NewPCG(seed, 1))
}

// clean fails the test if Check finds anything.
func clean(t testing.TB, st *store.Store) {
	t.Helper()
	for p, err := range st.Check(t.Context()) {
		require.NoError(t, err)
		t.Fatalf("check: %v", p)
	}
}

// TestVersions commits random changes, and reads each version again: from memory, by difference, anew, and lazily.
func TestVersions(t *testing.T) {
	ctx := t.Context()
	for seed := range uint64(5) {
		r := seeded(t, seed)
		st := store.Memory()
		b := store.NewBranch(st, "main", schema)
		_, err := b.Head(ctx)
		require.ErrorIs(t, err, store.ErrNoBranch)
		var states []state
		var ids []chunk.Addr
		var on *store.Version[state]
		var s state
		for i := range 30 {
			s = change(r, s, 1+r.IntN(40))
			if i%7 == 3 { // by another handle, which has nothing in memory
				b = store.NewBranch(st, "main", schema)
				on, err = b.Head(ctx)
				require.NoError(t, err)
			}
			v, err := b.Commit(ctx, on, s, store.Message(fmt.Sprint(i)), store.Author("ann"))
			require.NoError(t, err)
			on = v
			if len(ids) == 0 || ids[len(ids)-1] != v.ID() {
				states, ids = append(states, s), append(ids, v.ID())
			}
			got, err := v.Load(ctx)
			require.NoError(t, err)
			same(t, s, got)
		}
		clean(t, st)
		require.Greater(t, len(ids), 20)
		other := store.NewBranch(st, "main", schema)
		for n := range 60 { // by difference to one or another
			i := r.IntN(len(ids))
			v, err := other.At(ctx, ids[i])
			require.NoError(t, err)
			got, err := v.Load(ctx)
			require.NoError(t, err)
			same(t, states[i], got)
			if n%4 == 0 {
				v, err = store.At(ctx, st, ids[i], schema)
				require.NoError(t, err)
				got, err = v.Load(ctx)
				require.NoError(t, err)
				same(t, states[i], got)
				lazily(t, states[i], v)
				require.NoError(t, v.Check(ctx))
			}
		}
		n := len(ids)
		for v, err := range b.Log(ctx) {
			require.NoError(t, err)
			n--
			require.Equal(t, ids[n], v.ID())
			require.Equal(t, uint64(n+1), v.Generation())
			require.Equal(t, "ann", v.Author())
		}
		require.Zero(t, n)
	}
}

// lazily compares what the views of a version say with its value.
func lazily(t testing.TB, s state, v *store.Version[state]) {
	ctx := t.Context()
	text, in, err := title.View(v.Part("title")).Lookup(ctx)
	require.NoError(t, err)
	require.True(t, in)
	require.Equal(t, s.title, text)
	_, in, err = title.View(v.Part("none")).Lookup(ctx)
	require.NoError(t, err)
	require.False(t, in)
	_, _, err = title.View(v.Part("users")).Lookup(ctx)
	require.ErrorIs(t, err, store.ErrSchema)
	u := users.View(v.Part("users"))
	n, err := u.Len(ctx)
	require.NoError(t, err)
	require.Equal(t, s.users.Len(), n)
	for i := range 200 {
		name := "user" + strconv.Itoa(i)
		want, in := s.users.Lookup(name)
		got, ok, err := u.Lookup(ctx, name)
		require.NoError(t, err)
		require.Equal(t, in, ok)
		require.Equal(t, want.Age, got.Age)
		ok, err = seen.View(v.Part("seen")).Contains(ctx, i)
		require.NoError(t, err)
		require.Equal(t, s.seen.Contains(i), ok)
	}
	keys := slices.Sorted(s.users.Keys())
	i := 0
	for k, err := range u.Keys(ctx) {
		require.NoError(t, err)
		require.Equal(t, keys[i], k)
		i++
	}
	require.Equal(t, len(keys), i)

	d := due.View(v.Part("due"))
	for _, k := range []int64{-200, -50, 0, 1, 33, 99, 200} {
		for name, of := range map[string]struct {
			want rbtree.Span[int64, string]
			got  func(context.Context, int64) iterEntries
		}{
			"from":  {s.due.From(k), func(ctx context.Context, k int64) iterEntries { return d.From(ctx, k) }},
			"above": {s.due.Above(k), func(ctx context.Context, k int64) iterEntries { return d.Above(ctx, k) }},
			"to":    {s.due.To(k), func(ctx context.Context, k int64) iterEntries { return d.To(ctx, k) }},
			"below": {s.due.Below(k), func(ctx context.Context, k int64) iterEntries { return d.Below(ctx, k) }},
		} {
			var want, got []store.Entry[int64, string]
			for k, v := range of.want.All() {
				want = append(want, store.Entry[int64, string]{Key: k, Value: v})
			}
			for e, err := range of.got(ctx, k) {
				require.NoError(t, err)
				got = append(got, e)
			}
			require.Equal(t, want, got, "%s %d", name, k)
		}
		want, in := s.due.Rank(k)
		got, found, err := d.Rank(ctx, k)
		require.NoError(t, err)
		require.Equal(t, []any{want, in}, []any{got, found})
	}
	var back []int64
	for e, err := range d.Backward(ctx) {
		require.NoError(t, err)
		back = append(back, e.Key)
	}
	slices.Reverse(back)
	require.Equal(t, slices.Collect(s.due.Keys()), back)
	wantK, wantV, in := s.due.Max()
	k, x, ok, err := d.Max(ctx)
	require.NoError(t, err)
	require.Equal(t, []any{wantK, wantV, in}, []any{k, x, ok})
	if in {
		k, x, err := d.At(ctx, s.due.Len()-1)
		require.NoError(t, err)
		require.Equal(t, []any{wantK, wantV}, []any{k, x})
	}
	_, _, err = d.At(ctx, s.due.Len())
	require.Error(t, err)

	l := log.View(v.Part("log"))
	var all []string
	for x, err := range l.All(ctx) {
		require.NoError(t, err)
		all = append(all, x)
	}
	require.Equal(t, slices.Collect(s.log.Values()), all)
	if n := len(all); n > 0 {
		x, err := l.At(ctx, n/2)
		require.NoError(t, err)
		require.Equal(t, all[n/2], x)
		var part []string
		for x, err := range l.Slice(ctx, n/3, n) {
			require.NoError(t, err)
			part = append(part, x)
		}
		require.Equal(t, all[n/3:], part)
	}
	_, err = l.At(ctx, len(all))
	require.Error(t, err)
}

// Short names.
type (
	rbChange    = diff.Change[int64, string]
	splice      = diff.Splice[string]
	iterEntries = iter.Seq2[store.Entry[int64, string], error]
)

// TestDiff compares stored differences with those of the values.
func TestDiff(t *testing.T) {
	ctx := t.Context()
	r := seeded(t, 1)
	st := store.Memory()
	b := store.NewBranch(st, "main", schema)
	var on *store.Version[state]
	var states []state
	var versions []*store.Version[state]
	var s state
	for range 10 {
		s = change(r, s, 60)
		v, err := b.Commit(ctx, on, s)
		require.NoError(t, err)
		on = v
		states, versions = append(states, s), append(versions, v)
	}
	for range 30 {
		i, j := r.IntN(len(states)), r.IntN(len(states))
		changes := 0
		for _, err := range users.Diff(ctx, versions[i].Part("users"), versions[j].Part("users")) {
			require.NoError(t, err)
			changes++
		}
		got := states[i]
		for c, err := range due.Diff(ctx, versions[i].Part("due"), versions[j].Part("due")) {
			require.NoError(t, err)
			var err2 error
			got.due, err2 = rbtree.TryApply(got.due, slices.Values([]rbChange{c}))
			require.NoError(t, err2)
		}
		for sp, err := range log.Diff(ctx, versions[i].Part("log"), versions[j].Part("log")) {
			require.NoError(t, err)
			var err2 error
			got.log, err2 = vector.TryApply(got.log, slices.Values([]splice{sp}))
			require.NoError(t, err2)
		}
		require.True(t, rbtree.Equal(states[j].due, got.due))
		low := int64(r.IntN(220) - 110)
		high := low + int64(r.IntN(100))
		part := states[i].due
		for c, err := range due.DiffBetween(ctx, versions[i].Part("due"), versions[j].Part("due"), low, high) {
			require.NoError(t, err)
			require.True(t, low <= c.Key && c.Key < high)
			var err2 error
			part, err2 = rbtree.TryApply(part, slices.Values([]rbChange{c}))
			require.NoError(t, err2)
		}
		for k := int64(-100); k < 100; k++ {
			of := states[i]
			if low <= k && k < high {
				of = states[j]
			}
			want, in := of.due.Lookup(k)
			is, ok := part.Lookup(k)
			require.Equal(t, in, ok)
			require.Equal(t, want, is)
		}
		require.True(t, vector.Equal(states[j].log, got.log))
		if i == j {
			require.Zero(t, changes)
		}
	}
}

// TestErrMoved: of two that commit on one version one wins, and the other's is not lost silently.
func TestErrMoved(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	b := store.NewBranch(st, "main", store.Vector[string](nil))
	v1, err := b.Commit(ctx, nil, vector.Of("a"))
	require.NoError(t, err)
	_, err = b.Commit(ctx, nil, vector.Of("b"))
	require.ErrorIs(t, err, store.ErrMoved)
	v2, err := b.Commit(ctx, v1, vector.Of("a", "b"))
	require.NoError(t, err)
	_, err = b.Commit(ctx, v1, vector.Of("a", "c"))
	require.ErrorIs(t, err, store.ErrMoved)
	_, err = b.Commit(ctx, v1, vector.Of("a"))
	require.ErrorIs(t, err, store.ErrMoved, "also if nothing differs")
	again, err := b.Commit(ctx, v2, vector.Of("a", "b"))
	require.NoError(t, err)
	require.Equal(t, v2.ID(), again.ID())
	v3, err := b.Commit(ctx, v2, vector.Of("a", "b"), store.AllowEmpty())
	require.NoError(t, err)
	require.NotEqual(t, v2.ID(), v3.ID())
	require.Equal(t, []chunk.Addr{v2.ID()}, v3.Parents())
	other := store.Memory()
	_, err = store.NewBranch(other, "main", store.Vector[string](nil)).Commit(ctx, v3, vector.Of("x"))
	require.Error(t, err, "of another store")
}

// TestUpdate: counters that many goroutines count by Update end exact.
func TestUpdate(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	const writers, each = 8, 25
	counters := store.HashMap[string, int](nil, nil)
	var wg sync.WaitGroup
	var calls atomic.Int64
	for w := range writers {
		wg.Go(func() {
			b := store.NewBranch(st, "counters", counters)
			for range each {
				_, err := b.Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) {
					calls.Add(1)
					time.Sleep(100 * time.Microsecond) // somebody else gets in between
					return m.Set("all", m.Get("all")+1).Set(strconv.Itoa(w), m.Get(strconv.Itoa(w))+1), nil
				})
				assert.NoError(t, err)
			}
		})
	}
	wg.Wait()
	v, err := store.NewBranch(st, "counters", counters).Head(ctx)
	require.NoError(t, err)
	m, err := v.Load(ctx)
	require.NoError(t, err)
	require.Equal(t, writers*each, m.Get("all"))
	for w := range writers {
		require.Equal(t, each, m.Get(strconv.Itoa(w)))
	}
	require.Equal(t, uint64(writers*each), v.Generation())
	require.Greater(t, calls.Load(), int64(writers*each), "nobody met anybody")
	clean(t, st)

	stop := errors.New("stop")
	_, err = store.NewBranch(st, "counters", counters).Update(ctx, func(m hamt.Map[string, int]) (hamt.Map[string, int], error) { return m, stop })
	require.Equal(t, stop, err)
}

// TestSchemas: parts that a program does not know are kept, those that a version does not know are empty, and other
// kinds and codecs are refused.
func TestSchemas(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	s := change(seeded(t, 2), state{}, 300)
	b := store.NewBranch(st, "main", schema)
	v1, err := b.Commit(ctx, nil, s)
	require.NoError(t, err)

	type small struct {
		due   rbtree.Map[int64, string]
		notes hamt.Map[string, string]
	}
	less := store.Struct(
		store.Part("due", func(s *small) *rbtree.Map[int64, string] { return &s.due }, due),
		store.Part("notes", func(s *small) *hamt.Map[string, string] { return &s.notes }, store.HashMap[string, string](nil, nil)),
	)
	old := store.NewBranch(st, "main", less)
	head, err := old.Head(ctx)
	require.NoError(t, err)
	got, err := head.Load(ctx)
	require.NoError(t, err)
	require.True(t, rbtree.Equal(s.due, got.due))
	require.Zero(t, got.notes.Len())
	same1, err := old.Commit(ctx, head, got)
	require.NoError(t, err)
	require.Equal(t, v1.ID(), same1.ID(), "an empty part that is not stored is no difference")
	got.due = got.due.Set(1000, "x")
	got.notes = got.notes.Set("a", "b")
	_, err = old.Commit(ctx, head, got)
	require.NoError(t, err)
	head2, err := b.Head(ctx)
	require.NoError(t, err)
	all, err := head2.Load(ctx)
	require.NoError(t, err)
	s.due = s.due.Set(1000, "x")
	same(t, s, all)

	for name, wrong := range map[string]store.Schema[state]{
		"another kind":  store.Struct(store.Part("log", func(s *state) *string { return &s.title }, store.Value[string](nil))),
		"another codec": store.Struct(store.Part("seen", func(s *state) *rbtree.Set[string] { return &s.open }, open)),
	} {
		w := store.NewBranch(st, "main", wrong)
		h, err := w.Head(ctx)
		require.NoError(t, err)
		_, err = h.Load(ctx)
		require.ErrorIs(t, err, store.ErrSchema, name)
		_, err = w.Commit(ctx, h, state{})
		require.ErrorIs(t, err, store.ErrSchema, name)
	}
	_, _, err = store.HashMap[int, string](nil, nil).View(head2.Part("users")).Lookup(ctx, 1)
	require.ErrorIs(t, err, store.ErrSchema)
	for name, f := range map[string]func(){
		"empty name": func() { store.Part("", func(s *state) *string { return &s.title }, store.Value[string](nil)) },
		"slash":      func() { store.Part("a/b", func(s *state) *string { return &s.title }, store.Value[string](nil)) },
		"twice": func() {
			p := store.Part("a", func(s *state) *string { return &s.title }, store.Value[string](nil))
			store.Struct(p, p)
		},
	} {
		require.Panics(t, f, name)
	}
}

// TestWatch sees the newest version, whoever commits.
func TestWatch(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	st := store.Memory()
	b := store.NewBranch(st, "main", store.Value[int](nil))
	done := make(chan []int)
	go func() {
		var got []int
		for v, err := range store.NewBranch(st, "main", store.Value[int](nil)).Watch(ctx) {
			if !assert.NoError(t, err) {
				break
			}
			n, err := v.Load(ctx)
			assert.NoError(t, err)
			if got = append(got, n); n == 100 {
				break
			}
		}
		done <- got
	}()
	for range 100 {
		_, err := b.Update(ctx, func(n int) (int, error) { return n + 1, nil })
		require.NoError(t, err)
	}
	got := <-done
	require.True(t, slices.IsSorted(got))
	require.Equal(t, 100, got[len(got)-1])
	require.Equal(t, len(got), len(slices.Compact(got)))
}

// TestTags, names and Resolve.
func TestNames(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	b := store.NewBranch(st, "main", store.Value[int](nil))
	v1, err := b.Commit(ctx, nil, 1)
	require.NoError(t, err)
	v2, err := b.Commit(ctx, v1, 2)
	require.NoError(t, err)
	require.NoError(t, st.Tag(ctx, "first", v1.ID()))
	require.ErrorIs(t, st.Tag(ctx, "first", v2.ID()), store.ErrMoved)
	for text, want := range map[string]chunk.Addr{"main": v2.ID(), "first": v1.ID(), v1.ID().String(): v1.ID()} {
		got, err := st.Resolve(ctx, text)
		require.NoError(t, err)
		require.Equal(t, want, got)
	}
	_, err = st.Resolve(ctx, "none")
	require.ErrorIs(t, err, store.ErrNoBranch)

	require.NoError(t, b.Reset(ctx, v2, v1))
	head, err := b.Head(ctx)
	require.NoError(t, err)
	require.Equal(t, v1.ID(), head.ID())
	require.ErrorIs(t, b.Reset(ctx, v2, v1), store.ErrMoved)
	side := store.NewBranch(st, "side", store.Value[int](nil))
	require.NoError(t, side.Reset(ctx, nil, v2))
	var names []string
	for h, err := range st.Heads(ctx) {
		require.NoError(t, err)
		names = append(names, h.Name)
	}
	require.Equal(t, []string{"main", "side"}, names)
	var whys []string
	for e, err := range st.Reflog(ctx, "main") {
		require.NoError(t, err)
		whys = append(whys, e.Why)
	}
	require.Equal(t, []string{"reset", "commit", "commit"}, whys)
	require.NoError(t, st.Delete(ctx, "side"))
	require.ErrorIs(t, st.Delete(ctx, "side"), store.ErrNoBranch)
	_, err = side.Head(ctx)
	require.ErrorIs(t, err, store.ErrNoBranch)
	require.NoError(t, st.Tag(ctx, "first", chunk.Addr{}))
	for _, name := range []string{"", "a//b", "../x", "a b", "ä"} {
		_, err := store.NewBranch(st, name, store.Value[int](nil)).Head(ctx)
		require.Error(t, err, "%q", name)
		require.NotErrorIs(t, err, store.ErrNoBranch, "%q", name)
	}
}
