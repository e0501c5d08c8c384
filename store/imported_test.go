package store_test

import (
	"bytes"
	"encoding/binary"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

// exported returns a pack of a version and all that led to it, with names for it.
func exported(t testing.TB, e chunk.Engine, id chunk.Addr, names ...string) *bytes.Reader {
	t.Helper()
	var pack bytes.Buffer
	require.NoError(t, store.ExportOnly(t.Context(), store.New(e), &pack, id, func(chunk.Addr) bool { return true }, names...))
	return bytes.NewReader(pack.Bytes())
}

// TestImportMovesNoTag: a tag that exists and is another stays, and the rest of the stream is done.
func TestImportMovesNoTag(t *testing.T) {
	ctx := t.Context()
	e := chunk.NewMemory()
	vs, _ := history(t, store.NewBranch(store.New(e), "main", schema), 3, 20)
	st := store.Memory()
	_, err := st.Import(ctx, exported(t, e, vs[1].ID(), "tags/release", "heads/main"))
	require.NoError(t, err)
	refs, err := st.Import(ctx, exported(t, e, vs[2].ID(), "tags/release", "heads/main", "tags/other"))
	require.ErrorIs(t, err, store.ErrMoved)
	require.ErrorContains(t, err, "tags/release")
	require.Len(t, refs, 3)
	require.Equal(t, vs[1].ID(), must(st.Tagged(ctx, "release")))
	require.Equal(t, vs[2].ID(), must(st.Tagged(ctx, "other")))
	require.Equal(t, vs[2].ID(), must(store.NewBranch(st, "main", schema).Head(ctx)).ID())
	_, err = st.Import(ctx, exported(t, e, vs[1].ID(), "heads/main"))
	require.NoError(t, err, "it is behind")
	require.Equal(t, vs[2].ID(), must(store.NewBranch(st, "main", schema).Head(ctx)).ID())
	clean(t, st)
}

// TestImportOfStrangeNames: what is the name of no branch and no tag is refused, before any name is set.
func TestImportOfStrangeNames(t *testing.T) {
	ctx := t.Context()
	e := chunk.NewMemory()
	vs, _ := history(t, store.NewBranch(store.New(e), "main", schema), 1, 20)
	for _, name := range []string{"main", "other/main", "heads", "heads/", "heads/a//b", "heads/a\x00", "tags/", ""} {
		st := store.Memory()
		_, err := st.Import(ctx, exported(t, e, vs[0].ID(), "heads/main", name))
		require.ErrorIs(t, err, store.ErrDamaged, "%q", name)
		for h := range st.Heads(ctx) {
			t.Fatalf("%q: %v", name, h)
		}
	}
}

// TestGenerations: a commit is one younger than the youngest that it came from. Check tells of one that is not, and
// Import refuses it.
func TestGenerations(t *testing.T) {
	ctx := t.Context()
	for _, by := range []uint64{1, 2, ^uint64(0)} {
		e := chunk.NewMemory()
		st := store.New(e)
		vs, _ := history(t, store.NewBranch(st, "main", schema), 3, 20)
		data, err := e.Get(ctx, vs[2].ID())
		require.NoError(t, err)
		const at = 4 + 32 // what is before the generation, in format 1
		require.Equal(t, uint64(3), binary.LittleEndian.Uint64(data[at:]))
		data = bytes.Clone(data)
		binary.LittleEndian.PutUint64(data[at:], 3+by)
		wrong := chunk.Of(data)
		require.NoError(t, e.Put(ctx, []chunk.Chunk{wrong}))
		clean(t, st)
		_, err = e.Swap(ctx, chunk.Swap{Name: "heads/wrong", Target: wrong.Addr, Time: time.Now()})
		require.NoError(t, err)
		found := problems(t, store.New(e), wrong.Addr)
		require.Len(t, found, 1)
		require.ErrorIs(t, found[0].Err, store.ErrDamaged)
		require.ErrorContains(t, found[0].Err, "generation")

		fresh := store.Memory()
		_, err = fresh.Import(ctx, exported(t, e, wrong.Addr, "heads/wrong"))
		require.ErrorIs(t, err, store.ErrDamaged)
		require.ErrorContains(t, err, "generation")
		for h := range fresh.Heads(ctx) {
			t.Fatalf("%v", h)
		}
	}
}
