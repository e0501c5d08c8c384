package store_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/vector"
)

// commit commits on the head.
func commit[T any](t testing.TB, b *store.Branch[T], on *store.Version[T], x T, opts ...store.CommitOption) *store.Version[T] {
	t.Helper()
	v, err := b.Commit(t.Context(), on, x, opts...)
	require.NoError(t, err)
	return v
}

func load[T any](t testing.TB, v *store.Version[T]) T {
	t.Helper()
	x, err := v.Load(t.Context())
	require.NoError(t, err)
	return x
}

// fork makes a branch of a version.
func fork[T any](t testing.TB, st *store.Store, name string, s store.Schema[T], at *store.Version[T]) *store.Branch[T] {
	t.Helper()
	b := store.NewBranch(st, name, s)
	require.NoError(t, b.Reset(t.Context(), nil, at))
	return b
}

// TestMergeAsInMemory merges random changes, and compares with what the collections' own merges make.
func TestMergeAsInMemory(t *testing.T) {
	ctx := t.Context()
	conflicting, logs := 0, 0 // merges with conflicts, and those whose vectors have none
	for seed := range uint64(12) {
		r := seeded(t, seed)
		st := store.Memory()
		main := store.NewBranch(st, "main", schema)
		base := change(r, state{}, 300)
		v0 := commit(t, main, nil, base)
		side := fork(t, st, "side", schema, v0)
		few := 1 + r.IntN(40)
		ours, theirs := change(r, base, few), change(r, base, few)
		v1, v2 := commit(t, main, v0, ours), commit(t, side, v0, theirs)
		if v1.ID() == v0.ID() || v2.ID() == v0.ID() || v1.ID() == v2.ID() {
			continue
		}
		want := state{title: ours.title}
		eq := func(a, b user) bool { return a.Name == b.Name && a.Age == b.Age && slices.Equal(a.Tags, b.Tags) }
		n := 0
		want.users = hamt.MergeFunc(base.users, ours.users, theirs.users, eq, func(c diff.Conflict[string, user]) (user, bool) {
			n++
			return c.Ours, c.InOurs
		})
		var dueConflicts []diff.Conflict[int64, string]
		want.due, dueConflicts = rbtree.Merge(base.due, ours.due, theirs.due)
		var overlaps []diff.Overlap[string]
		want.log, overlaps = vector.Merge(base.log, ours.log, theirs.log)
		want.seen = hamt.MergeSets(base.seen, ours.seen, theirs.seen)
		want.open = rbtree.MergeSets(base.open, ours.open, theirs.open)
		n += len(dueConflicts)
		if ours.title == base.title {
			want.title = theirs.title
		} else if theirs.title != base.title && theirs.title != ours.title {
			n++
		}
		m, conflicts, err := main.Merge(ctx, v2)
		require.NoError(t, err)

		// What is ambiguous in a vector depends on what the versions share, which is other nodes here than in memory.
		inLog := 0
		for _, c := range conflicts {
			if c.Part == "log" {
				inLog++
			}
		}
		if got := load(t, m).log; inLog > 0 || len(overlaps) > 0 {
			want.log = got
		} else {
			logs++
		}
		require.Len(t, conflicts, n+inLog)
		same(t, want, load(t, m))
		if len(conflicts) > 0 {
			conflicting++
			require.True(t, m.ID().IsZero())
			head, err := main.Head(ctx)
			require.NoError(t, err)
			require.Equal(t, v1.ID(), head.ID(), "nothing is committed")
			m = commit(t, main, head, load(t, m), store.MergeOf(v2.ID()))
		}
		require.Equal(t, []chunk.Addr{v1.ID(), v2.ID()}, m.Parents())
		at, err := store.At(ctx, st, m.ID(), schema)
		require.NoError(t, err)
		same(t, want, load(t, at))
		clean(t, st)

		again, conflicts, err := main.Merge(ctx, v2)
		require.NoError(t, err)
		require.Empty(t, conflicts)
		require.Equal(t, m.ID(), again.ID(), "theirs is contained")
		forward, conflicts, err := side.Merge(ctx, m)
		require.NoError(t, err)
		require.Empty(t, conflicts)
		require.Equal(t, m.ID(), forward.ID(), "ours is contained")
	}
	require.Greater(t, conflicting, 2)
	require.Positive(t, logs)
}

// TestConflicts: what they say, Resolve, and KeepOurs.
func TestConflicts(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	counts := store.HashMap[string, int](nil, nil)
	main := store.NewBranch(st, "main", counts)
	base := hamt.Map[string, int]{}.Set("a", 1).Set("b", 1).Set("c", 1)
	v0 := commit(t, main, nil, base)
	side := fork(t, st, "side", counts, v0)
	v1 := commit(t, main, v0, base.Set("a", 2).Set("b", 5).Set("new", 1))
	v2 := commit(t, side, v0, base.Set("a", 3).Delete("b").Set("c", 9).Set("new", 1))
	m, conflicts, err := main.Merge(ctx, v2)
	require.NoError(t, err)
	require.Equal(t, []store.Conflict{
		{Key: "a", Base: 1, Ours: 2, Theirs: 3, InBase: true, InOurs: true, InTheirs: true},
		{Key: "b", Base: 1, Ours: 5, InBase: true, InOurs: true},
	}, conflicts)
	require.Equal(t, "map[a:2 b:5 c:9 new:1]", fmt.Sprint(toMap(load(t, m))))
	_, err = main.Commit(ctx, m, base)
	require.Error(t, err, "it is no version")
	_, _, err = side.Merge(ctx, m)
	require.Error(t, err)

	sum := counts.Resolve(func(c diff.Conflict[string, int]) (int, bool) {
		return c.Ours + c.Theirs - c.Base, c.InOurs && c.InTheirs
	})
	resolving := fork(t, st, "resolving", sum, v1)
	m, conflicts, err = resolving.Merge(ctx, v2)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	require.Equal(t, "map[a:4 c:9 new:1]", fmt.Sprint(toMap(load(t, m))))
	require.False(t, m.ID().IsZero())

	m, conflicts, err = main.Merge(ctx, v2, store.KeepOurs(), store.Message("ours"))
	require.NoError(t, err)
	require.Len(t, conflicts, 2)
	require.Equal(t, "ours", m.Message())
	require.Equal(t, "map[a:2 b:5 c:9 new:1]", fmt.Sprint(toMap(load(t, m))))
}

func toMap(m hamt.Map[string, int]) map[string]int {
	out := map[string]int{}
	for k, v := range m.All() {
		out[k] = v
	}
	return out
}

// TestCrissCross: with two best common ancestors, what both of them had in common is what counts.
func TestCrissCross(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	s := store.HashMap[string, int](nil, nil)
	a := store.NewBranch(st, "a", s)
	base := hamt.Map[string, int]{}.Set("x", 0).Set("y", 0)
	v0 := commit(t, a, nil, base)
	b := fork(t, st, "b", s, v0)
	a1, b1 := commit(t, a, v0, base.Set("x", 1)), commit(t, b, v0, base.Set("y", 1))
	a2, conflicts, err := a.Merge(ctx, b1)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	b2, conflicts, err := b.Merge(ctx, a1)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	require.NotEqual(t, a2.ID(), b2.ID(), "the parents are in another order")
	a3, b3 := commit(t, a, a2, load(t, a2).Set("x", 2)), commit(t, b, b2, load(t, b2).Set("y", 2))
	m, conflicts, err := a.Merge(ctx, b3)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	require.Equal(t, "map[x:2 y:2]", fmt.Sprint(toMap(load(t, m))))
	require.Equal(t, []chunk.Addr{a3.ID(), b3.ID()}, m.Parents())
}

// TestUnrelated versions are merged as if both had begun empty.
func TestUnrelated(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	type two struct {
		m hamt.Map[string, int]
		v vector.Vector[string]
		n int
	}
	s := store.Struct(
		store.Part("m", func(s *two) *hamt.Map[string, int] { return &s.m }, store.HashMap[string, int](nil, nil)),
		store.Part("v", func(s *two) *vector.Vector[string] { return &s.v }, store.Vector[string](nil)),
		store.Part("n", func(s *two) *int { return &s.n }, store.Value[int](nil)),
	)
	a, b := store.NewBranch(st, "a", s), store.NewBranch(st, "b", s)
	commit(t, a, nil, two{hamt.Map[string, int]{}.Set("x", 1).Set("z", 1), vector.Of("p"), 1})
	theirs := commit(t, b, nil, two{hamt.Map[string, int]{}.Set("y", 1).Set("z", 2), vector.Of("p"), 1})
	_, ok, err := st.Base(ctx, theirs.ID(), theirs.ID())
	require.NoError(t, err)
	require.True(t, ok)
	m, conflicts, err := a.Merge(ctx, theirs)
	require.NoError(t, err)
	require.Equal(t, []store.Conflict{{Part: "m", Key: "z", Ours: 1, Theirs: 2, InOurs: true, InTheirs: true}}, conflicts)
	require.Equal(t, "map[x:1 y:1 z:1]", fmt.Sprint(toMap(load(t, m).m)))
	require.Equal(t, "[p]", load(t, m).v.String())
}

// TestMergeOfUnknownParts: parts that the schema does not have are merged as well.
func TestMergeOfUnknownParts(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	r := rand.New(rand.NewPCG(1, 1))
	full := store.NewBranch(st, "main", schema)
	base := change(r, state{}, 200)
	v0 := commit(t, full, nil, base)
	ours, theirs := base, base
	ours.users, theirs.users = base.users.Set("ours", user{Name: "o"}), base.users.Set("theirs", user{Name: "t"})
	ours.log, theirs.log = base.log.Append("ours"), base.log.Prepend("theirs")
	side := fork(t, st, "side", schema, v0)
	commit(t, full, v0, ours)
	v2 := commit(t, side, v0, theirs)
	type nothing struct{ due rbtree.Map[int64, string] }
	less := store.NewBranch(st, "main", store.Struct(store.Part("due", func(s *nothing) *rbtree.Map[int64, string] { return &s.due }, due)))
	v, err := less.At(ctx, v2.ID())
	require.NoError(t, err)
	_, conflicts, err := less.Merge(ctx, v)
	require.NoError(t, err)
	require.Empty(t, conflicts)
	head, err := full.Head(ctx)
	require.NoError(t, err)
	want := base
	want.users = base.users.Set("ours", user{Name: "o"}).Set("theirs", user{Name: "t"})
	want.log = base.log.Append("ours").Prepend("theirs")
	same(t, want, load(t, head))
}
