package bolt

import (
	"context"
	"crypto/rand"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// What decision 0011 says of the engine is measured here.

// small is what one edit of a million writes: a path and a commit.
func small() (cs []chunk.Chunk) {
	for range 5 {
		b := make([]byte, 1200)
		rand.Read(b)
		cs = append(cs, chunk.Of(b))
	}
	return cs
}

// BenchmarkCommit stores a small commit in one transaction; its chunks before its name; and the same bytes at the end of
// a file, synced once.
func BenchmarkCommit(b *testing.B) {
	ctx := context.Background()
	engine := func(b *testing.B) *Engine {
		e, err := Open(filepath.Join(b.TempDir(), "store"), Options{})
		require.NoError(b, err)
		b.Cleanup(func() { e.Close() })
		for range 40 { // a tree of some depth
			var cs []chunk.Chunk
			for range 100 {
				cs = append(cs, small()...)
			}
			require.NoError(b, e.Put(ctx, cs))
		}
		return e
	}
	b.Run("one transaction", func(b *testing.B) {
		e := engine(b)
		var r chunk.Ref
		for b.Loop() {
			cs := small()
			var err error
			r, err = e.Commit(ctx, cs, chunk.Swap{Name: "a", Old: r.Revision, Target: cs[0].Addr})
			require.NoError(b, err)
		}
	})
	b.Run("two transactions", func(b *testing.B) {
		e := engine(b)
		var r chunk.Ref
		for b.Loop() {
			cs := small()
			require.NoError(b, e.Put(ctx, cs))
			var err error
			r, err = e.Swap(ctx, chunk.Swap{Name: "a", Old: r.Revision, Target: cs[0].Addr})
			require.NoError(b, err)
		}
	})
	b.Run("log", func(b *testing.B) {
		f, err := os.Create(filepath.Join(b.TempDir(), "log"))
		require.NoError(b, err)
		defer f.Close()
		for b.Loop() {
			for _, c := range small() {
				_, err := f.Write(c.Data)
				require.NoError(b, err)
			}
			require.NoError(b, f.Sync())
		}
	})
}

// BenchmarkCollect copies all of a file of 24 MB.
func BenchmarkCollect(b *testing.B) {
	ctx := context.Background()
	e, err := Open(filepath.Join(b.TempDir(), "store"), Options{})
	require.NoError(b, err)
	defer e.Close()
	for range 40 {
		var cs []chunk.Chunk
		for range 100 {
			cs = append(cs, small()...)
		}
		require.NoError(b, e.Put(ctx, cs))
	}
	b.SetBytes(40 * 100 * 5 * 1200)
	for b.Loop() {
		require.NoError(b, e.Collect(ctx, time.Time{}, keepAll(e)))
	}
}

// BenchmarkSum computes the address of a chunk of mean length.
func BenchmarkSum(b *testing.B) {
	data := make([]byte, 1200)
	b.SetBytes(int64(len(data)))
	for b.Loop() {
		chunk.Sum(data)
	}
}
