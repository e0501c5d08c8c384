package main

import (
	"image/color"

	"gonum.org/v1/plot/vg"
)

// Colours are those of Okabe and Ito, which people with any kind of colour blindness tell apart, without the yellow and the black,
// and with the two lightest a little darker: each has to stand out on white as well as on black. Where two contestants have
// the same colour, they are dashed differently, and every line has its name at its end.
var (
	vermilion = rgb(0xd55e00)
	blue      = rgb(0x2284c6)
	green     = rgb(0x009e73)
	purple    = rgb(0xcc79a7)
	sky       = rgb(0x3fa2dd)
	orange    = rgb(0xcf8f00)
	grey      = rgb(0x858c93)
	ink       = rgb(0x7d858d) // text and axes: legible on white and on black
	faint     = color.NRGBA{0x7d, 0x85, 0x8d, 0x40}
)

func rgb(x uint32) color.NRGBA {
	return color.NRGBA{uint8(x >> 16), uint8(x >> 8), uint8(x), 0xff}
}

// A look is how a contestant is drawn.
type look struct {
	color  color.NRGBA
	width  vg.Length
	dashes []vg.Length
}

var (
	dashed = []vg.Length{5, 2.5}
	dotted = []vg.Length{1.5, 2}
)

var looks = map[string]look{
	"ramet":       {vermilion, 2.6, nil},
	"one-core":    {vermilion, 1.3, dotted},
	"builtin":     {grey, 1.3, dashed},
	"slice":       {grey, 1.3, dashed},
	"clone":       {blue, 1.3, nil},
	"cow":         {blue, 1.3, nil},
	"benbjohnson": {purple, 1.3, nil},
	"frozen":      {green, 1.3, nil},
	"pmmap":       {orange, 1.3, dashed},
	"tidwall":     {sky, 1.3, dashed},
	"google":      {orange, 1.3, nil},
	"iradix":      {blue, 1.3, nil},
	"part":        {green, 1.3, nil},
	"elvish":      {orange, 1.3, nil},
	"locked":      {orange, 1.3, nil},
	"sync.Map":    {green, 1.3, nil},
}

// lookOf returns how a contestant is drawn: in grey, if nobody has given it a look.
func lookOf(subject string) look {
	if l, ok := looks[subject]; ok {
		return l
	}
	return look{grey, 1.3, dotted}
}
