package main

import (
	"math/rand/v2"

	"github.com/ramet-go/ramet/examples/internal/progress"
)

// The symbols that are traded in generated orders, with what they are worth in the morning.
var listings = []struct {
	symbol string
	price  price
}{
	{"ACME", 101_25}, {"ASPEN", 48_00}, {"BIRCH", 12_40}, {"CEDAR", 230_10}, {"ELM", 75_55}, {"LARCH", 5_05}, {"MAPLE", 310_00}, {"OAK", 88_88},
}

// opening is when generated orders begin, and rate how many there are in a second, on average.
const (
	opening moment = 9*3_600_000 + 30*60_000
	rate           = 150
)

// generate returns n orders. The same seed gives the same ones, of which a smaller n gives the first. They end before the day
// does, however many there are.
func generate(n int, seed uint64, p *progress.Meter) []order {
	p.Begin("generating the orders", n)
	rng := rand.New(rand.NewPCG(seed, 0))
	worth := make([]price, len(listings))
	for i, l := range listings {
		worth[i] = l.price
	}
	orders := make([]order, 0, n)
	var made []int // IDs that may wait still
	t, id := opening, 0
	for len(orders) < n {
		p.At(len(orders))
		if t < day-1000 && rng.IntN(rate*2/1000+1) == 0 {
			t += moment(rng.IntN(2 * 1000 / rate))
		}
		r := rng.IntN(100)
		if r < 40 && len(made) > 0 {
			i := rng.IntN(len(made))
			if rng.IntN(2) == 0 { // who cancels has mostly just ordered
				i = max(0, len(made)-1-rng.IntN(200))
			}
			orders = append(orders, order{at: t, kind: cancel, id: made[i]})
			made[i] = made[len(made)-1]
			made = made[:len(made)-1]
			continue
		}
		s := rng.IntN(len(listings))
		worth[s] = max(50, worth[s]+price(rng.IntN(3)-1)) // it wanders
		o := order{at: t, kind: kind(rng.IntN(2)), symbol: listings[s].symbol, left: 100 * (1 + rng.IntN(9))}
		away := price(1 + rng.IntN(10) + rng.IntN(30)) // from what it is worth
		if r >= 85 {
			away = -price(rng.IntN(5)) // wants to trade now
		}
		if o.kind == buy {
			away = -away
		}
		id++
		o.id, o.price = id, max(1, worth[s]+away)
		made = append(made, id)
		orders = append(orders, o)
	}
	return orders
}
