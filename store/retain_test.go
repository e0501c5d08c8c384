package store

import (
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/store/chunk"
)

// TestDirectoryThatWasTakenForANode: a Collect may meet a directory before it is known to be one, while it is being put,
// and then copies its parts all the same.
func TestDirectoryThatWasTakenForANode(t *testing.T) {
	ctx := t.Context()
	st := Memory()
	v, err := NewBranch(st, "main", HashMap[string, int](nil, nil)).Commit(ctx, nil, hamt.Map[string, int]{}.Set("a", 1))
	require.NoError(t, err)
	dir, err := v.directory(ctx)
	require.NoError(t, err)
	kept := map[chunk.Addr]bool{}
	c := copier{
		s:      st,
		src:    newCache(st.engine, 0),
		copied: func(a chunk.Addr) bool { return kept[a] },
		copy:   func(c chunk.Chunk) error { kept[c.Addr] = true; return nil },
	}
	require.NoError(t, c.nodes(ctx, v.commit.Directory))
	require.True(t, kept[v.commit.Directory])
	require.False(t, kept[dir[""].root.Addr])
	keep, err := st.roots(ctx, c.src, Retain{}, st.now())
	require.NoError(t, err)
	_, err = c.all(ctx, keep, false)
	require.NoError(t, err)
	require.True(t, kept[dir[""].root.Addr])

	// A commit that is copied says nothing of its data either.
	clear(kept)
	kept[v.ID()] = true
	_, err = c.all(ctx, keep, false)
	require.NoError(t, err)
	require.True(t, kept[dir[""].root.Addr])
}
