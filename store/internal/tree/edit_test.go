package tree

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"

	"github.com/stretchr/testify/require"
)

// A version is a tree with what must be in it.
type version struct {
	root  Root
	items []Item
}

// randomOps returns ops on the items.
func randomOps(t testing.TB, c *chunks, r *rand.Rand, items []Item, keys, values int) []Op {
	byKey := map[string]Op{}
	switch r.IntN(8) {
	case 0: // a whole range goes
		if n := len(items); n > 0 {
			i := r.IntN(n)
			for _, it := range items[i : i+r.IntN(n-i+1)] {
				byKey[string(it.Key)] = Op{Key: it.Key, Delete: true}
			}
		}
	default:
		for range 1 + r.IntN(1+r.IntN(60)) {
			k := randomKey(r, keys)
			if n := len(items); n > 0 && r.IntN(3) == 0 {
				k = items[r.IntN(n)].Key
				byKey[string(k)] = Op{Key: k, Delete: true}
				continue
			}
			byKey[string(k)] = Op{Key: k, Value: randomValue(t, c, r, values)}
		}
	}
	var ops []Op
	for _, o := range byKey {
		ops = append(ops, o)
	}
	slices.SortFunc(ops, func(a, b Op) int { return bytes.Compare(a.Key, b.Key) })
	return ops
}

func TestEditedMapIsTheOneBuilt(t *testing.T) {
	steps := 40
	if testing.Short() {
		steps = 20
	}
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 1))
			keys, values := int(seed%4), int(seed/4)
			c, s := newChunks(), salted
			var olds []version
			now := version{root: build(t, c, s, nil)}
			for step := range steps {
				ops := randomOps(t, c, r, now.items, keys, values)
				root, err := Edit(ctx, s, c, now.root, seq2(ops), c)
				require.NoError(t, err)
				next := version{root, set(now.items, ops)}
				require.Equal(t, build(t, newChunksWith(c), s, next.items), root, "step %d", step)
				requireItems(t, next.items, read(t, c, root))
				checked(t, c, s, root)
				if step%5 == 0 {
					for _, o := range append(olds, now) {
						requireDiff(t, c, o, next)
						requireDiff(t, c, next, o)
					}
				}
				olds = append(olds, now)
				now = next
			}
			for _, o := range olds {
				requireItems(t, o.items, read(t, c, o.root))
			}
		})
	}
}

// newChunksWith returns other chunks, with the same in them.
func newChunksWith(c *chunks) *chunks {
	d := newChunks()
	for a, b := range c.m {
		d.m[a] = b
	}
	return d
}

func requireDiff(t testing.TB, c Source, a, b version) {
	t.Helper()
	var want []string
	i, j := 0, 0
	for i < len(a.items) || j < len(b.items) {
		cmp := 0
		switch {
		case i == len(a.items):
			cmp = 1
		case j == len(b.items):
			cmp = -1
		default:
			cmp = bytes.Compare(a.items[i].Key, b.items[j].Key)
		}
		switch {
		case cmp < 0:
			want = append(want, fmt.Sprintf("%x -%v", a.items[i].Key, a.items[i].Value))
		case cmp > 0:
			want = append(want, fmt.Sprintf("%x +%v", b.items[j].Key, b.items[j].Value))
		case !a.items[i].Value.Equal(b.items[j].Value):
			want = append(want, fmt.Sprintf("%x -%v+%v", a.items[i].Key, a.items[i].Value, b.items[j].Value))
		}
		if cmp <= 0 {
			i++
		}
		if cmp >= 0 {
			j++
		}
	}
	var got []string
	for d, err := range Diff(ctx, c, a.root, b.root) {
		require.NoError(t, err)
		s := fmt.Sprintf("%x ", d.Key)
		if d.Old != nil {
			s += fmt.Sprintf("-%v", *d.Old)
		}
		if d.New != nil {
			s += fmt.Sprintf("+%v", *d.New)
		}
		got = append(got, s)
	}
	require.Equal(t, want, got)
}

func TestEditedSequenceIsTheOneBuilt(t *testing.T) {
	steps := 40
	if testing.Short() {
		steps = 20
	}
	for seed := range uint64(9) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r := rand.New(rand.NewPCG(seed, 2))
			c, s := newChunks(), salted.of(Seq)
			few := seed%3 == 0 // distinct values
			value := func() Value {
				if few {
					return Value{0, []byte{byte(r.IntN(3))}}
				}
				return randomValue(t, c, r, int(seed%3))
			}
			var olds []version
			now := version{root: build(t, c, s, nil)}
			for step := range steps {
				var ss []Splice
				for at := 0; len(ss) < 1+r.IntN(8); {
					at += r.IntN(len(now.items) - at + 1)
					p := Splice{At: uint64(at)}
					if r.IntN(3) > 0 {
						p.Delete = uint64(r.IntN(min(len(now.items)-at, 1+r.IntN(300)) + 1))
					}
					for range r.IntN(1 + r.IntN(200)) {
						p.Insert = append(p.Insert, value())
					}
					at += int(p.Delete)
					ss = append(ss, p)
				}
				root, err := EditSeq(ctx, s, c, now.root, ss, c)
				require.NoError(t, err)
				next := version{root, spliced(now.items, ss)}
				require.Equal(t, build(t, newChunksWith(c), s, next.items), root, "step %d", step)
				requireItems(t, next.items, read(t, c, root))
				checked(t, c, s, root)
				if step%5 == 0 {
					for _, o := range append(olds, now) {
						requireAlign(t, c, s, o, next)
						requireAlign(t, c, s, next, o)
					}
				}
				olds = append(olds, now)
				now = next
			}
			for _, o := range olds {
				requireItems(t, o.items, read(t, c, o.root))
			}
		})
	}
}

func requireAlign(t testing.TB, c *chunks, s Shape, a, b version) []Splice {
	t.Helper()
	ss, err := Align(ctx, c, a.root, b.root)
	require.NoError(t, err)
	requireItems(t, b.items, spliced(a.items, ss))
	for i := range ss {
		require.False(t, i > 0 && ss[i-1].At+ss[i-1].Delete >= ss[i].At, "splices that touch")
	}
	r, err := EditSeq(ctx, s, c, a.root, ss, c)
	require.NoError(t, err)
	require.Equal(t, b.root, r)
	return ss
}

// The bytes of the two leaves are the same, but for where the key ends.
func TestKeyAndValueAreToldApart(t *testing.T) {
	c := newChunks()
	entry := func(k, v string) version {
		items := []Item{{[]byte(k), Value{Data: []byte(v)}}}
		return version{build(t, c, salted, items), items}
	}
	requireDiff(t, c, entry("a", "bc"), entry("ab", "c"))
	requireDiff(t, c, entry("", "abc"), entry("abc", ""))
}

// A caller may use the bytes of an item or an op again, as soon as the next one is asked for.
func TestBuffersMayBeUsedAgain(t *testing.T) {
	c := newChunks()
	items := someItems(300)
	want := build(t, c, salted, items)
	key, value := make([]byte, 7), make([]byte, 40)
	again := func(it Item) Item {
		return Item{key[:copy(key, it.Key)], Value{Data: value[:copy(value, it.Value.Data)]}}
	}
	r, err := Build(ctx, salted, func(yield func(Item, error) bool) {
		for _, it := range items {
			if !yield(again(it), nil) {
				return
			}
		}
	}, c)
	require.NoError(t, err)
	require.Equal(t, want, r)
	r, err = Edit(ctx, salted, c, build(t, c, salted, nil), func(yield func(Op, error) bool) {
		for _, it := range items {
			it := again(it)
			if !yield(Op{Key: it.Key, Value: it.Value}, nil) {
				return
			}
		}
	}, c)
	require.NoError(t, err)
	require.Equal(t, want, r)
}

// An error among the items or ops is returned, and nothing else is.
func TestErrorsOfTheInput(t *testing.T) {
	c := newChunks()
	r, err := Build(ctx, salted, func(yield func(Item, error) bool) {
		_ = yield(Item{}, nil) && yield(Item{}, errSink)
	}, c)
	require.ErrorIs(t, err, errSink)
	require.Zero(t, r)
	r, err = Edit(ctx, salted, c, build(t, c, salted, nil), func(yield func(Op, error) bool) {
		_ = yield(Op{}, nil) && yield(Op{}, errSink)
	}, c)
	require.ErrorIs(t, err, errSink)
	require.Zero(t, r)
}

// What is set to what it is changes nothing, and nothing is written.
func TestAnEditWithoutAChangeWritesNothing(t *testing.T) {
	c := newChunks()
	items := someItems(900)
	r := build(t, c, salted, items)
	c.count()
	q, err := Edit(ctx, salted, c, r, seq2(ops(items, false)), c)
	require.NoError(t, err)
	require.Equal(t, r, q)
	q, err = Edit(ctx, salted, c, r, seq2([]Op(nil)), c)
	require.NoError(t, err)
	require.Equal(t, r, q)
	require.Zero(t, c.puts)
	for _, err := range Diff(ctx, c, r, r) {
		t.Fatal("a change", err)
	}
}
