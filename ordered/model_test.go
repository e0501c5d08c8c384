package ordered_test

import (
	"fmt"
	"hash/maphash"
	"iter"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/ordered"
)

type omap = ordered.Map[string, int]

// A model is what a map is to be: its entries, in order.
type model []pair

func (m model) index(k string) int {
	return slices.IndexFunc(m, func(p pair) bool { return p.key == k })
}

func (m model) set(k string, v int) model {
	m = slices.Clone(m)
	if i := m.index(k); i >= 0 {
		m[i].val = v
		return m
	}
	return append(m, pair{k, v})
}

func (m model) delete(k string) model {
	return m.filter(func(p pair) bool { return p.key != k })
}

func (m model) filter(keep func(pair) bool) (kept model) {
	for _, p := range m {
		if keep(p) {
			kept = append(kept, p)
		}
	}
	return kept
}

func (m model) move(k string, end bool) model {
	i := m.index(k)
	if i < 0 {
		return m
	}
	rest := m.delete(k)
	if end {
		return append(rest, m[i])
	}
	return append(model{m[i]}, rest...)
}

func (m model) union(o model, both func(a, b int) int) model {
	for _, p := range o {
		if i := m.index(p.key); i >= 0 && both != nil {
			p.val = both(m[i].val, p.val)
		}
		m = m.set(p.key, p.val)
	}
	return m
}

func (m model) all() iter.Seq2[string, int] {
	return func(yield func(string, int) bool) {
		for _, p := range m {
			if !yield(p.key, p.val) {
				return
			}
		}
	}
}

// is fails unless m is what the model says, in every way to read it.
func (want model) is(t *testing.T, m omap, why ...any) {
	t.Helper()
	require.NoError(t, m.Check(), why...)
	require.Equal(t, len(want), m.Len(), why...)
	require.Equal(t, len(want) == 0, m.IsZero())
	var got model
	for k, v := range m.All() {
		got = append(got, pair{k, v})
	}
	require.Equal(t, want, got[:len(got):len(got)], why...)
	i := len(want)
	for k, v := range m.Backward() {
		i--
		require.Equal(t, want[i], pair{k, v}, why...)
	}
	require.Zero(t, i)
	c := m.Cursor()
	for i, p := range want {
		k, v := m.At(i)
		require.Equal(t, p, pair{k, v}, why...)
		v, ok := m.Lookup(p.key)
		require.True(t, ok && v == p.val, why...)
		at, ok := m.Index(p.key)
		require.True(t, ok && at == i, why...)
		k, v, ok = c.Next()
		require.True(t, ok && p == pair{k, v}, why...)
	}
	_, _, ok := c.Next()
	require.False(t, ok)
	if len(want) > 0 {
		k, v, ok := m.First()
		require.True(t, ok && want[0] == pair{k, v}, why...)
		k, v, ok = m.Last()
		require.True(t, ok && want[len(want)-1] == pair{k, v}, why...)
	}
}

// two is a version and its model.
type two struct {
	m    omap
	want model
}

// sizes are those around where a map is flat, and some of more levels.
var sizes = []int{3, 8, 16, 17, 18, 40, 300}

// TestModel does random things to random versions, all of which are looked at again afterwards.
func TestModel(t *testing.T) {
	steps := 1500
	if testing.Short() {
		steps = 400
	}
	for _, n := range sizes {
		for _, by := range []hamt.Hasher[string]{nil, mod{}} {
			seed := rand.Uint64()
			t.Run(fmt.Sprint(n, " ", by != nil, " ", seed), func(t *testing.T) {
				r := rand.New(rand.NewPCG(seed, 0))
				live := []two{{m: ordered.NewMap[string, int](by)}}
				for range steps {
					x, y := live[r.IntN(len(live))], live[r.IntN(len(live))]
					z := step(t, r, n, x, y)
					z.want.is(t, z.m)
					if len(live) < 12 {
						live = append(live, z)
					} else {
						live[r.IntN(len(live))] = z
					}
				}
				for _, x := range live {
					x.want.is(t, x.m, "a version changed")
				}
			})
		}
	}
}

// mod is a Hasher that makes keys collide.
type mod struct{}

func (mod) Hash(h *maphash.Hash, k string) { h.WriteByte(k[len(k)-1]) }
func (mod) Equal(a, b string) bool         { return a == b }

func step(t *testing.T, r *rand.Rand, n int, x, y two) two {
	key := func() string { return "k" + strconv.Itoa(r.IntN(n*5/4+1)) }
	k, v := key(), r.IntN(100)
	odd := func(_ string, v int) bool { return v%2 == 1 }
	sum := func(_ string, a, b int) int { return a + b }
	larger := func(_ string, a, b int) int { return max(a, b) }
	switch r.IntN(28) {
	case 0, 1, 2, 3, 4:
		return two{x.m.Set(k, v), x.want.set(k, v)}
	case 5:
		return two{x.m.Delete(k), x.want.delete(k)}
	case 6:
		return two{x.m.MoveToEnd(k), x.want.move(k, true)}
	case 7:
		return two{x.m.MoveToFront(k), x.want.move(k, false)}
	case 8:
		m := x.m.Update(k, func(old int, ok bool) (int, bool) {
			require.Equal(t, x.want.index(k) >= 0, ok)
			return old + 1, old%2 == 0
		})
		if i := x.want.index(k); i < 0 {
			return two{m, x.want.set(k, 1)}
		} else if old := x.want[i].val; old%2 == 0 {
			return two{m, x.want.set(k, old+1)}
		}
		return two{m, x.want.delete(k)}
	case 9:
		return two{x.m.Union(y.m), x.want.union(y.want, nil)}
	case 10:
		return two{x.m.UnionFunc(y.m, sum), x.want.union(y.want, func(a, b int) int { return a + b })}
	case 11:
		return two{ordered.JoinFunc(x.m, y.m, larger), x.want.union(y.want, func(a, b int) int { return max(a, b) })}
	case 12:
		return two{x.m.Intersection(y.m), x.want.filter(func(p pair) bool { return y.want.index(p.key) >= 0 })}
	case 13:
		return two{x.m.Difference(y.m), x.want.filter(func(p pair) bool { return y.want.index(p.key) < 0 })}
	case 14:
		return two{x.m.Restrict(y.m.KeySet()), x.want.filter(func(p pair) bool { return y.want.index(p.key) >= 0 })}
	case 15:
		return two{x.m.Without(y.m.KeySet()), x.want.filter(func(p pair) bool { return y.want.index(p.key) < 0 })}
	case 16:
		both := x.want.filter(func(p pair) bool { return y.want.index(p.key) >= 0 })
		for i := range both {
			both[i].val += y.want[y.want.index(both[i].key)].val
		}
		return two{x.m.IntersectionFunc(y.m, sum), both}
	case 17:
		return two{x.m.Filter(odd), x.want.filter(func(p pair) bool { return p.val%2 == 1 })}
	case 18:
		return two{x.m.DeleteFunc(odd), x.want.filter(func(p pair) bool { return p.val%2 == 0 })}
	case 19:
		yes, no := x.m.Partition(odd)
		x.want.filter(func(p pair) bool { return p.val%2 == 1 }).is(t, yes)
		return two{no, x.want.filter(func(p pair) bool { return p.val%2 == 0 })}
	case 20:
		half := ordered.MapValues(x.m, func(_ string, v int) int { return v / 2 })
		want := slices.Clone(x.want)
		for i := range want {
			want[i].val /= 2
		}
		return two{half, want}
	case 21:
		ks := []string{k, key(), key()}
		return two{x.m.DeleteAll(ks...), x.want.filter(func(p pair) bool { return !slices.Contains(ks, p.key) })}
	case 22:
		rest, k, v, ok := x.m.DeleteFirst()
		require.Equal(t, len(x.want) > 0, ok)
		if !ok {
			return two{rest, x.want}
		}
		require.Equal(t, x.want[0], pair{k, v})
		return two{rest, x.want.delete(k)}
	case 23:
		rest, k, v, ok := x.m.DeleteLast()
		require.Equal(t, len(x.want) > 0, ok)
		if !ok {
			return two{rest, x.want}
		}
		require.Equal(t, x.want[len(x.want)-1], pair{k, v})
		return two{rest, x.want.delete(k)}
	case 24:
		return two{x.m.SetAll(y.want.all()), x.want.union(y.want, nil)}
	case 25:
		relate(t, x, y)
		return x
	default:
		return building(t, r, key, x)
	}
}

// relate asks what two versions have to do with each other.
func relate(t *testing.T, x, y two) {
	require.Equal(t, slices.Equal(x.want, y.want), ordered.Equal(x.m, y.m))
	require.Equal(t, slices.Equal(x.want, y.want), x.m.Equal(y.m))
	sorted := func(m model) model {
		m = slices.Clone(m)
		slices.SortFunc(m, func(a, b pair) int { return strings.Compare(a.key, b.key) })
		return m
	}
	require.Equal(t, slices.Equal(sorted(x.want), sorted(y.want)), ordered.EqualAnyOrder(x.m, y.m))

	var want []diff.Change[string, int]
	for _, p := range x.want {
		if i := y.want.index(p.key); i < 0 {
			want = append(want, diff.Change[string, int]{Kind: diff.Removed, Key: p.key, Old: p.val})
		} else if now := y.want[i].val; now != p.val {
			want = append(want, diff.Change[string, int]{Kind: diff.Updated, Key: p.key, Old: p.val, New: now})
		}
	}
	for _, p := range y.want {
		if x.want.index(p.key) < 0 {
			want = append(want, diff.Change[string, int]{Kind: diff.Added, Key: p.key, New: p.val})
		}
	}
	changes := ordered.Diff(x.m, y.m)
	require.Equal(t, want, slices.Collect(changes))
	require.True(t, ordered.EqualAnyOrder(y.m, ordered.Apply(x.m, changes)))
	applied, err := ordered.TryApply(x.m, changes)
	require.NoError(t, err)
	require.True(t, ordered.Equal(applied, ordered.Apply(x.m, changes)))
}

// building makes some changes through a builder, and builds in between.
func building(t *testing.T, r *rand.Rand, key func() string, x two) two {
	b, want := x.m.Builder(), x.want
	var built []two
	for range r.IntN(40) {
		k, v := key(), r.IntN(100)
		i := want.index(k)
		switch r.IntN(12) {
		case 0, 1, 2, 3:
			require.Equal(t, i < 0, b.Set(k, v))
			want = want.set(k, v)
		case 4, 5:
			require.Equal(t, i >= 0, b.Delete(k))
			want = want.delete(k)
		case 6:
			require.Equal(t, i >= 0 && i < len(want)-1, b.MoveToEnd(k))
			want = want.move(k, true)
		case 7:
			require.Equal(t, i > 0, b.MoveToFront(k))
			want = want.move(k, false)
		case 8:
			old, ok := b.Swap(k, v)
			require.True(t, ok == (i >= 0) && (!ok || old == want[i].val))
			want = want.set(k, v)
		case 9:
			old, ok := b.Take(k)
			require.True(t, ok == (i >= 0) && (!ok || old == want[i].val))
			want = want.delete(k)
		case 10:
			built = append(built, two{b.Build(), want})
		case 11:
			b.DeleteFunc(func(_ string, v int) bool { return v%5 == 0 })
			want = want.filter(func(p pair) bool { return p.val%5 != 0 })
		}
		require.Equal(t, len(want), b.Len())
		at, ok := b.Index(k)
		require.True(t, ok == (want.index(k) >= 0) && (!ok || at == want.index(k)))
		require.Equal(t, ok, b.Contains(k))
		if len(want) > 0 {
			k, v := b.At(at)
			require.Equal(t, want[at], pair{k, v})
			k, v, _ = b.First()
			require.Equal(t, want[0], pair{k, v})
			k, v, _ = b.Last()
			require.Equal(t, want[len(want)-1], pair{k, v})
			require.Equal(t, v, b.Get(k))
		}
	}
	for _, y := range built {
		y.want.is(t, y.m, "a builder changed what it built")
	}
	x.want.is(t, x.m, "a builder changed what it came from")
	return two{b.Build(), want}
}
