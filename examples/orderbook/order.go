package main

import "fmt"

// A kind is what an order asks for.
type kind uint8

const (
	buy kind = iota
	sell
	cancel
)

func (k kind) String() string { return [...]string{"buy", "sell", "cancel"}[k] }

// An order is one line of a list.
type order struct {
	at     moment
	kind   kind
	id     int
	symbol string // of a cancel: none
	left   int    // how much there is to trade still
	price  price
	line   int // of the list that the order is from, or 0
}

// String returns the line of a list that says o.
func (o order) String() string {
	if o.kind == cancel {
		return fmt.Sprintf("%v cancel %d", o.at, o.id)
	}
	return fmt.Sprintf("%v %v %d %s %d at %v", o.at, o.kind, o.id, o.symbol, o.left, o.price)
}

// A moment is a time of day, in milliseconds.
type moment int32

// day is the moment after all others.
const day moment = 24 * 60 * 60 * 1000

func (t moment) String() string {
	s := fmt.Sprintf("%02d:%02d:%02d", t/3_600_000, t/60_000%60, t/1000%60)
	if ms := t % 1000; ms != 0 {
		s += fmt.Sprintf(".%03d", ms)
	}
	return s
}

// A price is in hundredths.
type price int32

func (p price) String() string { return fmt.Sprintf("%d.%02d", p/100, p%100) }
