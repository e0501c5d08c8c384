package tree

import (
	"encoding/binary"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// Runs of equal elements have no end of a node but the largest size. They are right all the same, and edits stay small.
func TestRunsOfEqualElements(t *testing.T) {
	c, s := newChunks(), salted.of(Seq)
	n := 30_000
	for _, v := range []Value{{}, {Data: []byte("equal")}, {Data: make([]byte, MaxInline)}} {
		if len(v.Data) > 5 {
			n = 2000
		}
		items := slices.Repeat([]Item{{Value: v}}, n)
		a := version{build(t, c, s, items), items}
		checked(t, c, s, a.root)
		for _, ss := range [][]Splice{
			{{0, 1, nil}}, {{uint64(n), 0, []Value{v}}}, {{uint64(n / 2), 0, []Value{{Data: []byte("other")}}}},
			{{uint64(n / 3), 700, nil}}, {{10, 10, []Value{v}}, {uint64(n - 10), 0, []Value{v, v, {Data: []byte{1}}, v}}},
		} {
			c.count()
			r, err := EditSeq(ctx, s, c, a.root, ss, c)
			require.NoError(t, err)
			puts := c.puts
			b := version{r, spliced(items, ss)}
			require.Equal(t, build(t, c, s, b.items), r)
			requireAlign(t, c, s, a, b)
			requireAlign(t, c, s, b, a)
			if Bits == 11 {
				require.LessOrEqual(t, puts, 3*depth(t, c, r)+4)
			}
		}
	}
}

// Few distinct values: the window keeps the ends of nodes where they are.
func TestFewDistinctElements(t *testing.T) {
	c, s := newChunks(), salted.of(Seq)
	r := randomBytes(60_000)
	var items []Item
	for i := range r {
		items = append(items, Item{Value: Value{Data: []byte{r[i] % 3}}})
	}
	a := version{build(t, c, s, items), items}
	for i := range 20 {
		c.count()
		ss := []Splice{{uint64(i * 2900), uint64(i % 3), []Value{{Data: []byte{1}}, {Data: []byte{7}}}}}
		q, err := EditSeq(ctx, s, c, a.root, ss, c)
		require.NoError(t, err)
		if Bits == 11 {
			require.LessOrEqual(t, c.bytes, 40_000)
		}
		got := requireAlign(t, c, s, a, version{q, spliced(items, ss)})
		changed := 0 // it may be found in two splices, if that is less
		for _, p := range got {
			changed += int(p.Delete) + len(p.Insert)
		}
		require.LessOrEqual(t, changed, int(ss[0].Delete)+2)
	}
}

// Whoever knows the salt can choose keys that never end a node, and then one insertion rewrites all. With another salt it does not.
func TestChosenKeys(t *testing.T) {
	known := Shape{Kind: Map, Bits: Bits}
	var items []Item
	for i := uint64(0); len(items) < 3000; i++ {
		key := binary.BigEndian.AppendUint64(nil, i<<8)
		if sip(0, 0, key)>>32 > 0xfff00000 {
			items = append(items, Item{Key: key, Value: Value{Data: []byte("value")}})
		}
		if i > 1<<25 {
			break
		}
	}
	require.Greater(t, len(items), 2000)
	add := []Op{{Key: append(slices.Clone(items[3].Key), 0)}}
	puts := map[Shape]int{}
	for _, s := range []Shape{known, salted} {
		c := newChunks()
		r := build(t, c, s, items)
		c.count()
		q, err := Edit(ctx, s, c, r, seq2(add), c)
		require.NoError(t, err)
		puts[s] = c.puts
		require.Equal(t, build(t, c, s, set(items, add)), q)
	}
	t.Logf("chunks written: %d with the known salt, %d with another", puts[known], puts[salted])
	if Bits == 11 {
		require.LessOrEqual(t, puts[salted], 6)
		require.Greater(t, puts[known], puts[salted])
	}
}

// Ten insertions far from each other are ten splices, found by reading what is around them.
func TestAlignReadsWhatDiffers(t *testing.T) {
	c, s := newChunks(), salted.of(Seq)
	var items []Item
	for i := range 100_000 {
		items = append(items, Item{Value: Value{Data: binary.AppendUvarint(nil, uint64(i*i))}})
	}
	a := version{build(t, c, s, items), items}
	var ss []Splice
	for i := range 10 {
		ss = append(ss, Splice{uint64(5000 + 9000*i), 0, []Value{{Data: []byte("new")}}})
	}
	r, err := EditSeq(ctx, s, c, a.root, ss, c)
	require.NoError(t, err)
	c.count()
	got, err := Align(ctx, c, a.root, r)
	require.NoError(t, err)
	require.Equal(t, ss, got)
	d := depth(t, c, r)
	t.Logf("%d chunks read, depth %d", c.gets, d)
	if Bits == 11 {
		require.LessOrEqual(t, c.gets, 10*2*d)
	}
}
