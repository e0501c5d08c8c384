package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// The greatest of what an order may name. A book's quantities cannot overflow.
const (
	maxID       = 1 << 30
	maxQuantity = 1_000_000
	maxPrice    = 10_000_000_00 // hundredths
	maxSymbol   = 12
)

// parseOrders parses the list in the file called path, whose name and line number start every
// error.
func parseOrders(path, list string) ([]order, error) {
	orders := make([]order, 0, min(strings.Count(list, "\n")+1, maxOrders))
	n, last, lastID := 0, moment(0), 0
	for s := range strings.Lines(list) {
		n++
		s = strings.TrimSpace(s)
		if s == "" || s[0] == '#' {
			continue
		}
		o, err := parseOrder(s)
		switch {
		case err != nil:
		case o.at < last:
			err = fmt.Errorf("time goes back, from %v", last)
		case o.kind == cancel && o.id > lastID:
			err = fmt.Errorf("there was no order %d", o.id)
		case o.kind != cancel && o.id <= lastID:
			err = fmt.Errorf("ID does not ascend: the last one was %d", lastID)
		}
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w: %s", path, n, err, report.Excerpt(s, 60))
		}
		if len(orders) == maxOrders {
			return nil, fmt.Errorf("%s:%d: more than %s", path, n, report.Plural(maxOrders, "order"))
		}
		o.line, last, lastID = n, o.at, max(lastID, o.id)
		orders = append(orders, o)
	}
	return orders, nil
}

// parseOrder parses a line without the space around it.
func parseOrder(s string) (o order, err error) {
	words := strings.Fields(s)
	if len(words) < 2 {
		return o, errors.New("not of the form TIME buy, sell or cancel, and what")
	}
	if o.at, err = parseMoment(words[0]); err != nil {
		return o, err
	}
	switch words[1] {
	case "buy":
	case "sell":
		o.kind = sell
	case "cancel":
		o.kind = cancel
		if len(words) != 3 {
			return o, errors.New("not of the form TIME cancel ID")
		}
		o.id, err = number("ID", words[2], maxID)
		return o, err
	default:
		return o, errors.New("order is none of buy, sell, cancel")
	}
	if len(words) != 7 || words[5] != "at" {
		return o, fmt.Errorf("not of the form TIME %v ID SYMBOL QUANTITY at PRICE", o.kind)
	}
	if o.id, err = number("ID", words[2], maxID); err != nil {
		return o, err
	}
	if o.symbol, err = parseSymbol(words[3]); err != nil {
		return o, err
	}
	if o.left, err = number("QUANTITY", words[4], maxQuantity); err != nil {
		return o, err
	}
	o.price, err = parsePrice(words[6])
	return o, err
}

// number parses a number from 1 to most.
func number(what, s string, most int) (int, error) {
	n, err := strconv.Atoi(s)
	if err != nil || n < 1 || n > most {
		return 0, fmt.Errorf("%s is not a number from 1 to %d", what, most)
	}
	return n, nil
}

func parseSymbol(s string) (string, error) {
	if len(s) > maxSymbol || strings.Trim(s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.") != "" {
		return "", fmt.Errorf("SYMBOL is not one of up to %d capitals, digits and dots", maxSymbol)
	}
	return s, nil
}

// parsePrice parses a price such as 101.25, 101.5 or 101.
func parsePrice(s string) (price, error) {
	units, cents, dot := strings.Cut(s, ".")
	bad := fmt.Errorf("PRICE is not a number from 0.01 to %d with up to two digits behind the point", maxPrice/100)
	u, err := strconv.ParseUint(units, 10, 31)
	if err != nil || u > maxPrice/100 || dot && (len(cents) < 1 || len(cents) > 2) {
		return 0, bad
	}
	c := uint64(0)
	if dot {
		if c, err = strconv.ParseUint(cents, 10, 8); err != nil {
			return 0, bad
		}
		if len(cents) == 1 {
			c *= 10
		}
	}
	if p := u*100 + c; p >= 1 && p <= maxPrice {
		return price(p), nil
	}
	return 0, bad
}

// parseMoment parses a time of day such as 10:42:07 or 10:42:07.250.
func parseMoment(s string) (moment, error) {
	bad := errors.New("TIME is not a time of day such as 10:42:07 or 10:42:07.250")
	clock, fraction, dot := strings.Cut(s, ".")
	parts := strings.Split(clock, ":")
	if len(parts) != 3 || dot && len(fraction) != 3 {
		return 0, bad
	}
	t := moment(0)
	for i, most := range []uint64{23, 59, 59} {
		n, err := strconv.ParseUint(parts[i], 10, 8)
		if err != nil || n > most || len(parts[i]) != 2 {
			return 0, bad
		}
		t = t*60 + moment(n)
	}
	t *= 1000
	if dot {
		ms, err := strconv.ParseUint(fraction, 10, 16)
		if err != nil {
			return 0, bad
		}
		t += moment(ms)
	}
	return t, nil
}
