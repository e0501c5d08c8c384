package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseOrders(t *testing.T) {
	orders, err := parseOrders("list", `
# the morning
09:30:00 buy 1 ACME 300 at 101.25
  09:30:00.007	sell 20 BRK.B 1 at 0.5

23:59:59.999 cancel 20`)
	require.NoError(t, err)
	assert.Equal(t, []order{
		{at: opening, kind: buy, id: 1, symbol: "ACME", left: 300, price: 10125, line: 3},
		{at: opening + 7, kind: sell, id: 20, symbol: "BRK.B", left: 1, price: 50, line: 4},
		{at: day - 1, kind: cancel, id: 20, line: 6},
	}, orders)

	// What String writes is read as the same order.
	for _, o := range append(generate(500, 2, nil), orders...) {
		again, err := parseOrder(o.String())
		require.NoError(t, err, o)
		again.line = o.line
		assert.Equal(t, o, again)
	}
	orders, err = parseOrders("list", "")
	assert.NoError(t, err)
	assert.Empty(t, orders)
}

func TestParseErrors(t *testing.T) {
	const moments = "TIME is not a time of day such as 10:42:07 or 10:42:07.250"
	const prices = "PRICE is not a number from 0.01 to 10000000 with up to two digits behind the point"
	const form = "not of the form TIME buy ID SYMBOL QUANTITY at PRICE"
	for s, want := range map[string]string{
		"10:00:00":                              "not of the form TIME buy, sell or cancel, and what",
		"10:00:00 hold 9":                       "order is none of buy, sell, cancel",
		"10:00 cancel 5":                        moments,
		"24:00:00 cancel 5":                     moments,
		"10:60:00 cancel 5":                     moments,
		"1:00:00 cancel 5":                      moments,
		"10:00:00.5 cancel 5":                   moments,
		"10:00:00.-12 cancel 5":                 moments,
		"10:00:00 cancel":                       "not of the form TIME cancel ID",
		"10:00:00 cancel 5 6":                   "not of the form TIME cancel ID",
		"10:00:00 cancel 0":                     "ID is not a number from 1 to 1073741824",
		"10:00:00 cancel 6":                     "there was no order 6",
		"10:00:00 buy 6 ACME 1":                 form,
		"10:00:00 buy 6 ACME 1 for 2":           form,
		"10:00:00 sell 6 ACME 1 at":             strings.Replace(form, "buy", "sell", 1),
		"10:00:00 buy 5 ACME 1 at 1":            "ID does not ascend: the last one was 5",
		"10:00:00 buy x ACME 1 at 1":            "ID is not a number from 1 to 1073741824",
		"10:00:00 buy 6 acme 1 at 1":            "SYMBOL is not one of up to 12 capitals, digits and dots",
		"10:00:00 buy 6 AVERYLONGNAME 1 at 1":   "SYMBOL is not one of up to 12 capitals, digits and dots",
		"10:00:00 buy 6 ACME 0 at 1":            "QUANTITY is not a number from 1 to 1000000",
		"10:00:00 buy 6 ACME 1000001 at 1":      "QUANTITY is not a number from 1 to 1000000",
		"10:00:00 buy 6 ACME 1 at 0":            prices,
		"10:00:00 buy 6 ACME 1 at -1":           prices,
		"10:00:00 buy 6 ACME 1 at 1.":           prices,
		"10:00:00 buy 6 ACME 1 at 1.234":        prices,
		"10:00:00 buy 6 ACME 1 at 1.x":          prices,
		"10:00:00 buy 6 ACME 1 at 10000000.01":  prices,
		"10:00:00 buy 6 ACME 1 at 999999999999": prices,
		"09:59:59 buy 6 ACME 1 at 1":            "time goes back, from 10:00:00",
	} {
		_, err := parseOrders("list", "10:00:00 buy 5 ACME 1 at 1\n"+s+"\n")
		assert.EqualError(t, err, "list:2: "+want+": "+s)
	}
	_, err := parseOrders("list", strings.Repeat("x", 200))
	assert.Less(t, len(err.Error()), 150, "a long line is cut")
	_, err = parseOrders("list", "10:00:00 buy 5 ACME 1000000 at 10000000.00\n")
	assert.NoError(t, err)
}
