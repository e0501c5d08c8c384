package store_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"hash/maphash"
	"math"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/codec"
	"github.com/ramet-go/ramet/vector"
)

// folding is a hasher for which upper and lower case are the same.
type folding struct{}

func (folding) Hash(h *maphash.Hash, k string) { h.WriteString(strings.ToLower(k)) }
func (folding) Equal(a, b string) bool         { return strings.EqualFold(a, b) }

var foldingKey = codec.KeyFunc("folded", false,
	func(b []byte, k string) ([]byte, error) { return append(b, strings.ToLower(k)...), nil },
	func(b []byte) (string, error) { return string(b), nil })

// TestHashers: a map with a hasher of its own comes back with it, and a codec that tells more or less apart is found.
func TestHashers(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	empty := hamt.NewMap[string, int](folding{})
	s := store.HashMap[string, int](foldingKey, nil).Empty(empty)
	b := store.NewBranch(st, "main", s)
	v := commit(t, b, nil, empty.Set("Ada", 1).Set("bob", 2))
	again, err := store.At(ctx, st, v.ID(), s)
	require.NoError(t, err)
	m := load(t, again)
	require.Equal(t, 1, m.Get("ADA"))
	require.Equal(t, 2, m.Get("Bob"))
	n, ok, err := s.View(again.Part("")).Lookup(ctx, "aDa")
	require.NoError(t, err)
	require.Equal(t, []any{1, true}, []any{n, ok})
	v = commit(t, b, v, m.Delete("ADA"))
	again, err = store.At(ctx, st, v.ID(), s)
	require.NoError(t, err)
	require.Equal(t, 1, load(t, again).Len())

	exact := store.HashMap[string, int](codec.KeyFunc("folded", false, codec.String[string]().Append, codec.String[string]().Decode), nil)
	w := commit(t, store.NewBranch(st, "exact", exact), nil, hamt.Map[string, int]{}.Set("Ada", 1).Set("ADA", 2))
	at, err := store.At(ctx, st, w.ID(), s)
	require.NoError(t, err)
	_, err = at.Load(ctx)
	require.ErrorIs(t, err, store.ErrCodec, "two entries, one key")

	folded := store.HashMap[string, int](foldingKey, nil)
	_, err = store.NewBranch(st, "folded", folded).Commit(ctx, nil, hamt.Map[string, int]{}.Set("Ada", 1).Set("ADA", 2))
	require.ErrorIs(t, err, store.ErrCodec, "two keys, one encoding")
	require.Panics(t, func() { s.Empty(m) })
}

// TestComparators: a sorted map comes back with its comparator, and a codec that claims another order is found.
func TestComparators(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	down := rbtree.NewMapFunc[int, string](func(a, b int) int { return cmp.Compare(b, a) })
	wrong := store.SortedMap[int, string](nil, nil).Empty(down)
	v := commit(t, store.NewBranch(st, "wrong", wrong), nil, down.Set(1, "a").Set(2, "b"))
	at, err := store.At(ctx, st, v.ID(), wrong)
	require.NoError(t, err)
	_, err = at.Load(ctx)
	require.ErrorIs(t, err, store.ErrCodec)
	require.ErrorContains(t, err, "Descending")
	for name, k := range map[string]codec.Key[int]{"descending": codec.Descending(codec.Int[int]()), "unordered": codec.Unordered(codec.Int[int]())} {
		s := store.SortedMap(k, codec.ValueOf[string]()).Empty(down)
		v := commit(t, store.NewBranch(st, name, s), nil, down.Set(1, "a").Set(2, "b").Set(-3, "c"))
		at, err := store.At(ctx, st, v.ID(), s)
		require.NoError(t, err)
		m := load(t, at)
		require.Equal(t, "{2: b, 1: a, -3: c}", fmt.Sprint(m), name)
		require.Equal(t, "x", m.Set(0, "x").Get(0))
		_, _, _, err = s.View(at.Part("")).Min(ctx)
		if name == "unordered" {
			require.ErrorIs(t, err, store.ErrCodec)
			for _, err := range s.View(at.Part("")).From(ctx, 1) {
				require.ErrorIs(t, err, store.ErrCodec)
			}
		} else {
			require.NoError(t, err)
		}
	}
}

// TestLargeValues: a value that does not fit a node is stored beside it, whatever its size, and shared.
func TestLargeValues(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	s := store.HashMap[string, []byte](nil, nil)
	b := store.NewBranch(st, "main", s)
	var m hamt.Map[string, []byte]
	for _, n := range []int{0, 1, 1023, 1024, 1025, 16 << 10, 16<<10 + 1, 300_000} {
		m = m.Set(fmt.Sprint(n), bytes.Repeat([]byte{byte(n)}, n))
	}
	v := commit(t, b, nil, m)
	before, err := st.Stats(ctx)
	require.NoError(t, err)
	v = commit(t, b, v, m.Set("one more", nil))
	after, err := st.Stats(ctx)
	require.NoError(t, err)
	require.Less(t, after.Bytes-before.Bytes, int64(20_000))
	at, err := store.At(ctx, st, v.ID(), s)
	require.NoError(t, err)
	got := load(t, at)
	require.Equal(t, m.Len()+1, got.Len())
	for k, want := range m.All() {
		require.True(t, bytes.Equal(want, got.Get(k)), k)
		x, ok, err := s.View(at.Part("")).Lookup(ctx, k)
		require.NoError(t, err)
		require.True(t, ok && bytes.Equal(want, x), k)
	}
	clean(t, st)
	_, err = b.Commit(ctx, v, m.Set(strings.Repeat("k", 1025), nil))
	require.ErrorIs(t, err, store.ErrCodec)
	_, err = b.Commit(ctx, v, m.Set(strings.Repeat("k", 1024), nil))
	require.NoError(t, err)
}

// TestCodecErrors of whoever writes one come out, and nothing is stored.
func TestCodecErrors(t *testing.T) {
	ctx := t.Context()
	st := store.Memory()
	bad := errors.New("bad")
	picky := codec.ValueFunc("picky", func(b []byte, v int) ([]byte, error) {
		if v < 0 {
			return b, bad
		}
		return append(b, byte(v)), nil
	}, func(b []byte) (int, error) {
		if b[0] > 100 {
			return 0, bad
		}
		return int(b[0]), nil
	})
	m := store.NewBranch(st, "m", store.HashMap(codec.Int[int](), picky))
	v := store.NewBranch(st, "v", store.Vector(picky))
	one := store.NewBranch(st, "one", store.Value(picky))
	for range 2 { // with a version before, and without
		_, err := m.Update(ctx, func(m hamt.Map[int, int]) (hamt.Map[int, int], error) { return m.Set(1, -1), nil })
		require.ErrorIs(t, err, store.ErrCodec)
		require.ErrorIs(t, err, bad)
		_, err = v.Update(ctx, func(v vector.Vector[int]) (vector.Vector[int], error) { return v.Append(-1), nil })
		require.ErrorIs(t, err, bad)
		_, err = one.Update(ctx, func(int) (int, error) { return -1, nil })
		require.ErrorIs(t, err, bad)
		_, err = m.Update(ctx, func(m hamt.Map[int, int]) (hamt.Map[int, int], error) { return m.Set(1, 1).Set(2, 200), nil })
		require.NoError(t, err)
		_, err = v.Update(ctx, func(v vector.Vector[int]) (vector.Vector[int], error) { return v.Append(1, 200), nil })
		require.NoError(t, err)
		_, err = one.Update(ctx, func(int) (int, error) { return 200, nil })
		require.NoError(t, err)
	}
	m2, v2, one2 := must(m.Head(ctx)), must(v.Head(ctx)), must(one.Head(ctx))
	_, err := must(store.At(ctx, st, m2.ID(), store.HashMap(codec.Int[int](), picky))).Load(ctx)
	require.ErrorIs(t, err, bad)
	_, err = must(store.At(ctx, st, v2.ID(), store.Vector(picky))).Load(ctx)
	require.ErrorIs(t, err, bad)
	_, err = must(store.At(ctx, st, one2.ID(), store.Value(picky))).Load(ctx)
	require.ErrorIs(t, err, bad)

	n := 0
	fickle := store.NewBranch(st, "fickle", store.Value(codec.ValueFunc("fickle",
		func(b []byte, v int) ([]byte, error) { n++; return append(b, byte(n)), nil },
		func(b []byte) (int, error) { return int(b[0]), nil })))
	f := commit(t, fickle, nil, 1)
	require.ErrorIs(t, f.Check(ctx), store.ErrCodec)
}

// TestZeroes: values that are == and encoded otherwise are different.
func TestZeroes(t *testing.T) {
	st := store.Memory()
	m := store.HashMap[string, float64](nil, nil)
	c := store.NewBranch(st, "map", m)
	x := commit(t, c, nil, hamt.Map[string, float64]{}.Set("a", 0))
	y := commit(t, c, x, hamt.Map[string, float64]{}.Set("a", negativeZero()))
	at := must(store.At(t.Context(), st, y.ID(), m))
	require.Equal(t, 1/negativeZero(), 1/load(t, at).Get("a"))
}

func negativeZero() float64 { return math.Copysign(0, -1) }
