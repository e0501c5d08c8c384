package main

import "slices"

// copies is what a history is measured against: every version is a slice of its own.
type copies [][]byte

// apply returns what e makes of the newest version: a new slice, of which every byte is
// written once.
func (cs copies) apply(e edit) []byte {
	t := cs[len(cs)-1]
	switch e.kind {
	case insertion:
		return slices.Concat(t[:e.at], []byte(e.text), t[e.at:])
	case deletion:
		return slices.Concat(t[:e.at], t[e.at+e.n:])
	case move:
		block := t[e.at : e.at+e.n]
		if e.to <= e.at {
			return slices.Concat(t[:e.to], block, t[e.to:e.at], t[e.at+e.n:])
		}
		return slices.Concat(t[:e.at], t[e.at+e.n:e.to+e.n], block, t[e.to+e.n:])
	}
	from := t // a copy
	if e.of != newest {
		from = cs[e.of]
	}
	return slices.Concat(t[:e.to], from[e.at:e.at+e.n], t[e.to:])
}
