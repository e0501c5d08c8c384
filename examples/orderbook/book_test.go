package main

import (
	"cmp"
	"maps"
	"math"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/rbtree"
)

// A floor is a market as a list of the orders that wait, oldest first: what it does is seen at a glance.
type floor struct {
	waiting        []order
	trades, volume int
}

func (f *floor) apply(o order) {
	if o.kind == cancel {
		f.waiting = slices.DeleteFunc(f.waiting, func(w order) bool { return w.id == o.id })
		return
	}
	for o.left > 0 {
		best := -1
		for i, w := range f.waiting {
			if w.symbol != o.symbol || w.kind == o.kind || o.kind == buy && w.price > o.price || o.kind == sell && w.price < o.price {
				continue
			}
			if best < 0 || o.kind == buy && w.price < f.waiting[best].price || o.kind == sell && w.price > f.waiting[best].price {
				best = i
			}
		}
		if best < 0 {
			f.waiting = append(f.waiting, o)
			return
		}
		n := min(o.left, f.waiting[best].left)
		o.left -= n
		f.waiting[best].left -= n
		f.trades++
		f.volume += n
		if f.waiting[best].left == 0 {
			f.waiting = slices.Delete(f.waiting, best, best+1)
		}
	}
}

// TestBidsAreInOrder at the ends of what a price can be, where differences overflow.
func TestBidsAreInOrder(t *testing.T) {
	bids := newBook().bids
	want := []price{math.MaxInt32, 1, 0, -1, math.MinInt32}
	for _, i := range []int{2, 4, 0, 3, 1} {
		bids = bids.Set(want[i], level{quantity: i + 1})
	}
	assert.Equal(t, want, slices.Collect(bids.Keys()))
}

// requireSame compares a market with a floor.
func requireSame(t *testing.T, f floor, m market) {
	t.Helper()
	require.Equal(t, []int{f.trades, f.volume, len(f.waiting)}, []int{m.trades, m.volume, m.waiting.Len()})
	seen := 0
	for symbol, b := range m.books.All() {
		for kind, s := range map[kind]side{buy: b.bids, sell: b.asks} {
			best := price(0)
			for p, l := range s.All() {
				if best > 0 {
					require.True(t, (p > best) == (kind == sell), "the best price comes first")
				}
				best = p
				sum := 0
				for id, left := range l.orders.All() {
					sum += left
					seen++
					i := slices.IndexFunc(f.waiting, func(w order) bool { return w.id == id })
					require.GreaterOrEqual(t, i, 0, "order %d does not wait", id)
					w := f.waiting[i]
					require.Equal(t, []any{symbol, kind, p, left}, []any{w.symbol, w.kind, w.price, w.left})
					require.Equal(t, place{symbol, kind, p}, m.waiting.Get(id))
				}
				require.Equal(t, sum, l.quantity)
				require.Positive(t, sum)
			}
		}
		bid, _, ok := b.bids.Min()
		ask, _, okToo := b.asks.Min()
		require.True(t, !ok || !okToo || bid < ask, "%s is crossed", symbol)
	}
	require.Equal(t, len(f.waiting), seen)
}

func TestSnapshotsAreTheMarketOfTheirSecond(t *testing.T) {
	orders := generate(4000, 7, nil)
	h := replay(orders, nil)
	var f floor
	floors := map[moment]floor{}
	for i, o := range orders {
		f.apply(o)
		if i+1 == len(orders) || orders[i+1].at.second() > o.at.second() {
			floors[o.at.second()] = floor{slices.Clone(f.waiting), f.trades, f.volume}
		}
	}
	require.Equal(t, slices.Sorted(maps.Keys(floors)), slices.Collect(h.snapshots.Keys()))
	require.Greater(t, len(floors), 15)
	for at, want := range floors { // all snapshots are there by now
		m, since := h.at(at)
		require.Equal(t, at, since)
		requireSame(t, want, m)
		m, _ = h.at(at + 999)
		if _, ok := floors[at+1000]; !ok {
			requireSame(t, want, m)
		}
	}
	assert.Greater(t, f.trades, 300)
	assert.Greater(t, len(f.waiting), 300)
	m, since := h.at(opening - 1000)
	assert.Zero(t, m.books.Len())
	assert.Zero(t, since)
}

// The movements between two markets, made in the first, lead to the second.
func TestMovementsLeadFromOneSnapshotToAnother(t *testing.T) {
	h := replay(generate(3000, 5, nil), nil)
	n := 0
	for at := range h.snapshots.Keys() {
		for _, before := range []moment{at - 1000, at - 5000, 0} {
			from, _ := h.at(before)
			to, _ := h.at(at)
			got := from.books
			for m := range movements(from, to) {
				n++
				b, ok := got.Lookup(m.symbol)
				if !ok {
					b = newBook()
				}
				s := &b.bids
				if m.kind == sell {
					s = &b.asks
				}
				require.True(t, m.Old == s.Get(m.Key))
				if m.Kind == diff.Removed {
					*s = s.Delete(m.Key)
				} else {
					*s = s.Set(m.Key, m.New)
				}
				got = got.Set(m.symbol, b)
			}
			for symbol := range got.Keys() {
				require.True(t, to.books.Contains(symbol))
			}
			for symbol, b := range to.books.All() { // levels are equal if they have the same versions of their orders
				require.True(t, rbtree.Equal(b.bids, got.Get(symbol).bids))
				require.True(t, rbtree.Equal(b.asks, got.Get(symbol).asks))
			}
		}
	}
	require.Greater(t, n, 1000)
	for range movements(market{}, h.last) {
		break // an early break passes through all levels
	}
	for range movements(h.last, h.last) {
		assert.Fail(t, "nothing has changed")
	}
}

func TestGenerate(t *testing.T) {
	orders := generate(30_000, 1, nil)
	require.Len(t, orders, 30_000)
	kinds, last, id := map[kind]int{}, moment(0), 0
	for _, o := range orders {
		kinds[o.kind]++
		require.LessOrEqual(t, last, o.at)
		last = o.at
		if o.kind != cancel {
			require.Less(t, id, o.id)
			id = o.id
		}
	}
	for k := range cancel + 1 {
		assert.Greater(t, kinds[k], 5000, k)
	}
	seconds := int(last-opening) / 1000
	assert.InDelta(t, rate, len(orders)/max(seconds, 1), rate/2, "orders in a second")
	assert.Less(t, last, day)
	assert.Equal(t, orders[:100], generate(100, 1, nil), "fewer are the first of more")
	assert.NotEqual(t, orders[:100], generate(100, 2, nil))
	assert.Empty(t, generate(0, 1, nil))
	assert.True(t, slices.IsSortedFunc(listings, func(a, b struct {
		symbol string
		price  price
	}) int {
		return cmp.Compare(a.symbol, b.symbol)
	}))
}

func TestMoments(t *testing.T) {
	assert.Equal(t, "10:42:07", (opening + 72*60_000 + 7000).String())
	assert.Equal(t, "09:30:00.005", (opening + 5).String())
	assert.Equal(t, opening, opening.second())
	assert.Equal(t, opening+1000, (opening + 1).second())
	assert.Equal(t, "0.05", price(5).String())
}
