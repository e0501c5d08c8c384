package history_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/history"
)

// graph is commits in memory.
type graph map[chunk.Addr][]byte

func (g graph) Get(_ context.Context, a chunk.Addr) ([]byte, error) {
	if b, ok := g[a]; ok {
		return b, nil
	}
	return nil, chunk.ErrMissing
}

func (g graph) commit(t testing.TB, message string, parents ...chunk.Addr) chunk.Addr {
	c := history.Commit{Directory: chunk.Sum([]byte(message)), Generation: 1, Time: time.Unix(0, int64(len(g))), Message: message, Parents: parents}
	for _, p := range parents {
		parent, err := history.Read(t.Context(), g, p)
		require.NoError(t, err)
		c.Generation = max(c.Generation, parent.Generation+1)
	}
	b, err := c.Append(nil)
	require.NoError(t, err)
	g[chunk.Sum(b)] = b
	return chunk.Sum(b)
}

// TestFormat: a commit is these bytes, for good.
func TestFormat(t *testing.T) {
	c := history.Commit{
		Directory: chunk.Addr{1, 2, 3}, Generation: 7, Time: time.Unix(1_700_000_000, 123),
		Parents: []chunk.Addr{{4}, {5, 6}}, Author: "ann", Message: "second",
	}
	b, err := c.Append(nil)
	require.NoError(t, err)
	require.Equal(t, "01040000"+
		"0102030000000000000000000000000000000000000000000000000000000000"+
		"0700000000000000"+"7b002a36fe9c9717"+"02"+
		"0400000000000000000000000000000000000000000000000000000000000000"+
		"0506000000000000000000000000000000000000000000000000000000000000"+
		"03616e6e"+"067365636f6e64"+"00", fmt.Sprintf("%x", b))
	got, err := history.Parse(b)
	require.NoError(t, err)
	require.Equal(t, c, got)
}

// TestParse refuses what Append does not write: every prefix, every byte too many, and what is flipped parses to
// something else.
func TestParse(t *testing.T) {
	g := graph{}
	a := g.commit(t, "one")
	b := g[g.commit(t, "two", a, g.commit(t, "three", a))]
	for i := range b {
		_, err := history.Parse(b[:i])
		require.Error(t, err, "%d bytes", i)
	}
	_, err := history.Parse(append(slices.Clone(b), 0))
	require.ErrorIs(t, err, chunk.ErrDamaged)
	for i := range b {
		bad := slices.Clone(b)
		bad[i] ^= 1 << (i % 8)
		c, err := history.Parse(bad)
		if err != nil {
			continue
		}
		again, err := c.Append(nil)
		require.NoError(t, err)
		require.Equal(t, bad, again, "byte %d", i)
	}
	_, err = history.Commit{Generation: 1, Parents: make([]chunk.Addr, 17)}.Append(nil)
	require.Error(t, err)
	_, err = history.Commit{Generation: 1, Message: string(make([]byte, 1<<16))}.Append(nil)
	require.Error(t, err)
}

// FuzzParse: no bytes make it panic, and what it reads it writes again.
func FuzzParse(f *testing.F) {
	g := graph{}
	a := g.commit(f, "one")
	b := g.commit(f, "two", a)
	f.Add(g[a])
	f.Add(g[b])
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := history.Parse(b)
		if err != nil {
			return
		}
		again, err := c.Append(nil)
		require.NoError(t, err)
		require.Equal(t, b, again)
	})
}

// TestBases compares the best common ancestors in random graphs with those found by trying all.
func TestBases(t *testing.T) {
	several := 0
	for seed := range uint64(60) {
		r := rand.New(rand.NewPCG(seed, 1))
		g := graph{}
		var ids []chunk.Addr
		above := map[chunk.Addr]map[chunk.Addr]bool{} // ancestors, and itself
		for i := range 30 {
			var parents []chunk.Addr
			for range r.IntN(3) {
				if i > 0 {
					p := ids[max(0, i-1-r.IntN(6))]
					if !slices.Contains(parents, p) {
						parents = append(parents, p)
					}
				}
			}
			id := g.commit(t, fmt.Sprint(seed, i), parents...)
			ids = append(ids, id)
			above[id] = map[chunk.Addr]bool{id: true}
			for _, p := range parents {
				for a := range above[p] {
					above[id][a] = true
				}
			}
		}
		for range 60 {
			a, b := ids[r.IntN(30)], ids[r.IntN(30)]
			want := map[chunk.Addr]bool{}
			for _, x := range ids {
				if !above[a][x] || !above[b][x] {
					continue
				}
				best := true
				for _, y := range ids {
					if y != x && above[a][y] && above[b][y] && above[y][x] {
						best = false
					}
				}
				if best {
					want[x] = true
				}
			}
			bases, err := history.Bases(t.Context(), g, a, b)
			require.NoError(t, err)
			got := map[chunk.Addr]bool{}
			for i, n := range bases {
				got[n.ID] = true
				if i > 0 {
					require.Negative(t, history.Newer(bases[i-1], n))
				}
			}
			require.Equal(t, want, got, "seed %d", seed)
			if len(got) > 1 {
				several++
			}
			seen := map[chunk.Addr]bool{}
			for n, err := range history.Walk(t.Context(), g, a) {
				require.NoError(t, err)
				for _, p := range n.Parents {
					require.False(t, seen[p], "a parent is before its child")
				}
				require.False(t, seen[n.ID])
				seen[n.ID] = true
			}
			require.Equal(t, above[a], seen)
		}
	}
	require.Greater(t, several, 20, "criss-cross")
}

// TestMark: a mark is these bytes, for good, and nothing else is one.
func TestMark(t *testing.T) {
	id := chunk.Addr{1, 2, 3}
	m := history.Mark(id)
	require.Equal(t, "01050000"+"0102030000000000000000000000000000000000000000000000000000000000", fmt.Sprintf("%x", m.Data))
	require.Equal(t, chunk.Sum(m.Data), m.Addr)
	got, err := history.ParseMark(m.Data)
	require.NoError(t, err)
	require.Equal(t, id, got)
	for i := range m.Data {
		_, err := history.ParseMark(m.Data[:i])
		require.ErrorIs(t, err, chunk.ErrDamaged)
	}
	_, err = history.ParseMark(append(slices.Clone(m.Data), 0))
	require.ErrorIs(t, err, chunk.ErrDamaged)
	for i := range 4 {
		bad := slices.Clone(m.Data)
		bad[i] ^= 8
		_, err := history.ParseMark(bad)
		require.Error(t, err, "byte %d", i)
	}
}
