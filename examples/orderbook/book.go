package main

import (
	"cmp"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/rbtree"
)

// A level is the orders that wait at one price, by ID, which is by age.
type level struct {
	orders   rbtree.Map[int, int] // how much is left of each
	quantity int                  // the sum
}

// A side is one side of a book: levels by price, the best one first.
type side = rbtree.Map[price, level]

// A book is the orders of one symbol that wait.
type book struct {
	bids, asks side
}

// noBids has the order of bids: the highest price first. Asks have the natural one.
var noBids = rbtree.NewMapFunc[price, level](func(a, b price) int { return cmp.Compare(b, a) })

// newBook is a book without orders.
func newBook() book { return book{bids: noBids} }

// A market is all books, and where to find an order that is to be cancelled. It is a value: each order makes another one, and
// every one of them can be kept.
type market struct {
	books   rbtree.Map[string, book]
	waiting hamt.Map[int, place]
	trades  int // so far, and how much was traded in them
	volume  int
}

// A place is where an order waits.
type place struct {
	symbol string
	kind   kind
	price  price
}

// apply returns the market after an order.
func (m market) apply(o order) market {
	if o.kind == cancel {
		return m.cancel(o.id)
	}
	b, ok := m.books.Lookup(o.symbol)
	if !ok {
		b = newBook()
	}
	if o.kind == buy {
		m, b.asks, o.left = m.trade(b.asks, o, func(best price) bool { return best <= o.price })
		b.bids = rest(b.bids, o)
	} else {
		m, b.bids, o.left = m.trade(b.bids, o, func(best price) bool { return best >= o.price })
		b.asks = rest(b.asks, o)
	}
	if o.left > 0 {
		m.waiting = m.waiting.Set(o.id, place{o.symbol, o.kind, o.price})
	}
	m.books = m.books.Set(o.symbol, b)
	return m
}

// trade trades o with the orders of the other side, as long as its price allows. It returns what is left of
// them, and of o.
func (m market) trade(other side, o order, allowed func(best price) bool) (market, side, int) {
	for o.left > 0 {
		best, l, ok := other.Min()
		if !ok || !allowed(best) {
			break
		}
		for o.left > 0 && l.quantity > 0 {
			id, has, _ := l.orders.Min()
			n := min(o.left, has)
			if n == has {
				l.orders = l.orders.Delete(id)
				m.waiting = m.waiting.Delete(id)
			} else {
				l.orders = l.orders.Set(id, has-n)
			}
			l.quantity -= n
			o.left -= n
			m.trades++
			m.volume += n
		}
		other = put(other, best, l)
	}
	return m, other, o.left
}

// rest returns the side with what is left of o.
func rest(s side, o order) side {
	if o.left == 0 {
		return s
	}
	l := s.Get(o.price)
	l.orders = l.orders.Set(o.id, o.left)
	l.quantity += o.left
	return s.Set(o.price, l)
}

// cancel returns the market without the order, if it waits still.
func (m market) cancel(id int) market {
	at, ok := m.waiting.Lookup(id)
	if !ok {
		return m
	}
	m.waiting = m.waiting.Delete(id)
	b := m.books.Get(at.symbol)
	s := &b.bids
	if at.kind == sell {
		s = &b.asks
	}
	l := s.Get(at.price)
	l.quantity -= l.orders.Get(id)
	l.orders = l.orders.Delete(id)
	*s = put(*s, at.price, l)
	m.books = m.books.Set(at.symbol, b)
	return m
}

// put returns the side with the level at a price, or without it if no order is left there.
func put(s side, at price, l level) side {
	if l.quantity == 0 {
		return s.Delete(at)
	}
	return s.Set(at, l)
}
