package main

import (
	"bytes"
	"image/color"
	"math"
	"regexp"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/text"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"

	"github.com/ramet-go/ramet/bench/harness"
)

// The sizes of a figure, in points.
const (
	figureWidth = 900
	panelHeight = 200
	barHeight   = 17
	titleSize   = 13
	textSize    = 11
)

func textStyle(size vg.Length, c color.Color) text.Style {
	return text.Style{Color: c, Font: font.From(font.Font{Typeface: "Liberation", Variant: "Sans"}, size), Handler: plot.DefaultTextHandler}
}

// tile draws the panels in rows, with their data areas aligned, as an SVG without a background.
func tile(panels []panel, columns int) ([]byte, error) {
	columns = min(columns, len(panels))
	rows := (len(panels) + columns - 1) / columns
	height := vg.Length(panelHeight)
	if n := most(panels); n > 0 {
		height = vg.Length(40 + barHeight*n)
	}
	plots := make([][]*plot.Plot, rows)
	for r := range plots {
		plots[r] = make([]*plot.Plot, columns)
		for c := range columns {
			if i := r*columns + c; i < len(panels) {
				p, err := panels[i].plot(most(panels))
				if err != nil {
					return nil, err
				}
				plots[r][c] = p
			}
		}
	}
	canvas := vgsvg.New(figureWidth, height*vg.Length(rows))
	tiles := draw.Tiles{Rows: rows, Cols: columns, PadX: 14, PadY: 14, PadTop: 4, PadBottom: 4, PadLeft: 4, PadRight: 4}
	areas := plot.Align(plots, tiles, draw.New(canvas))
	for r, row := range plots {
		for c, p := range row {
			if p != nil {
				p.Draw(areas[r][c])
			}
		}
	}
	var b bytes.Buffer
	if _, err := canvas.WriteTo(&b); err != nil {
		return nil, err
	}
	return systemFont(b.Bytes()), nil
}

var fontFamily = regexp.MustCompile(`font-family:[^;]*;font-variant:[^;]*;`)

// systemFont names fonts that are everywhere, beside the one that the text was measured with: an image in a page may not load one.
func systemFont(svg []byte) []byte {
	return fontFamily.ReplaceAll(svg, []byte("font-family:Liberation Sans,Arial,Helvetica,sans-serif;"))
}

func most(panels []panel) int {
	n := 0
	for _, p := range panels {
		n = max(n, len(p.bars))
	}
	return n
}

// plot makes a plot of a panel. All have room for as many bars as are given.
func (p panel) plot(room int) (*plot.Plot, error) {
	q := plot.New()
	q.BackgroundColor = nil
	q.Title.Text = p.title
	q.Title.TextStyle = textStyle(titleSize, ink)
	q.Title.TextStyle.XAlign = text.XCenter
	q.Title.TextStyle.YAlign = text.YTop
	q.Title.Padding = 5
	for _, a := range []*plot.Axis{&q.X, &q.Y} {
		a.Color = ink
		a.LineStyle.Width = 0.7
		a.Tick.Color = ink
		a.Tick.Width = 0.7
		a.Tick.Length = 4
		align := a.Tick.Label
		a.Tick.Label = textStyle(textSize, ink)
		a.Tick.Label.XAlign, a.Tick.Label.YAlign = align.XAlign, align.YAlign
		a.Padding = 4
	}
	if p.bars != nil {
		p.addBars(q, room)
		return q, nil
	}
	return q, p.addLines(q)
}

func (p panel) addLines(q *plot.Plot) error {
	low, high := math.Inf(1), 0.0
	for _, l := range p.lines {
		for _, at := range l.points {
			low, high = min(low, at.y), max(high, at.y)
		}
	}
	q.X.Scale, q.Y.Scale = plot.LogScale{}, plot.LogScale{}
	q.X.Tick.Marker, q.Y.Tick.Marker = sizeTicks(p.sizes), decadeTicks{}
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = nil, faint
	grid.Horizontal.Width = 0.6
	q.Add(grid)
	var names ends
	for _, l := range p.lines {
		xys := make(plotter.XYs, len(l.points))
		for i, at := range l.points {
			xys[i].X, xys[i].Y = at.x, at.y
		}
		how := lookOf(l.subject)
		line, dots, err := plotter.NewLinePoints(xys)
		if err != nil {
			return err
		}
		line.Color, line.Width, line.Dashes = how.color, how.width, how.dashes
		dots.Color, dots.Radius, dots.Shape = how.color, how.width/2+0.9, draw.CircleGlyph{}
		q.Add(line, dots)
		last := l.points[len(l.points)-1]
		names = append(names, end{l.subject, last.x, last.y, how.color, l.subject == ours})
	}
	q.Add(names)
	q.X.Min, q.X.Max = float64(p.sizes[0]), float64(p.sizes[len(p.sizes)-1])
	// Half a decade at least, so that noise does not look like a difference.
	if high < 3*low {
		middle := math.Sqrt(low * high)
		low, high = middle/1.8, middle*1.8
	}
	q.Y.Min, q.Y.Max = low/1.15, high*1.15
	return nil
}

// sizeTicks has a tick for every size.
type sizeTicks []int

func (s sizeTicks) Ticks(_, _ float64) []plot.Tick {
	ticks := make([]plot.Tick, len(s))
	for i, n := range s {
		ticks[i] = plot.Tick{Value: float64(n), Label: harness.SizeName(n)}
	}
	return ticks
}

// decadeTicks has a tick for every power of ten, and some between where there are few.
type decadeTicks struct{}

func (decadeTicks) Ticks(low, high float64) []plot.Tick {
	var ticks []plot.Tick
	steps := []float64{1}
	switch decades := math.Log10(high / low); {
	case decades < 1:
		steps = []float64{1, 2, 5}
	case decades < 2:
		steps = []float64{1, 3}
	}
	first, last := int(math.Floor(math.Log10(low))), int(math.Ceil(math.Log10(high)))
	skip := (last-first)/8 + 1
	for e := first; e <= last; e++ {
		for _, s := range steps {
			if v := s * math.Pow10(e); low <= v && v <= high && (e-first)%skip == 0 {
				ticks = append(ticks, plot.Tick{Value: v, Label: short(v)})
			}
		}
	}
	return ticks
}

// short writes a number of nanoseconds in few letters.
func short(v float64) string {
	for _, u := range []struct {
		unit float64
		name string
	}{{1e9, " s"}, {1e6, " ms"}, {1e3, " µs"}} {
		if v >= u.unit {
			return harness.Digits(v/u.unit) + u.name
		}
	}
	return harness.Digits(v)
}

// An end is the name of a line, at its end.
type end struct {
	name  string
	x, y  float64
	color color.Color
	bold  bool
}

// ends writes the names of lines beside their ends, as near as they can be without touching each other.
type ends []end

const (
	endGap  = 9 // from the data to a name
	endLine = textSize * 1.02
)

func (es ends) style(e end) text.Style {
	s := textStyle(textSize, e.color)
	if e.bold {
		s.Font.Weight = 3 // bold
	}
	s.YAlign = text.YCenter
	return s
}

// Plot writes the names.
func (es ends) Plot(c draw.Canvas, q *plot.Plot) {
	trX, trY := q.Transforms(&c)
	type place struct {
		end
		from, y vg.Length
	}
	var places []place
	for _, e := range es {
		if e.x < q.X.Max { // it ends early: a stroke to the margin would look like more of it
			c.FillText(es.style(e), vg.Point{X: trX(e.x) + 4, Y: trY(e.y) + 8}, e.name)
			continue
		}
		places = append(places, place{e, trY(e.y), trY(e.y)})
	}
	slices.SortStableFunc(places, func(a, b place) int {
		switch {
		case a.y < b.y:
			return -1
		case a.y > b.y:
			return 1
		}
		return 0
	})
	ys := make([]float64, len(places))
	for i, p := range places {
		ys[i] = float64(p.from)
	}
	spread(ys, endLine, float64(c.Min.Y), float64(c.Max.Y)+textSize/2)
	x := c.Max.X + endGap
	for i, p := range places {
		y := vg.Length(ys[i])
		c.StrokeLine2(draw.LineStyle{Color: p.color, Width: 0.6}, trX(p.x)+2.5, p.from, x-1.5, y)
		c.FillText(es.style(p.end), vg.Point{X: x, Y: y}, p.name)
	}
}

// GlyphBoxes asks for the room that the names take, on the right.
func (es ends) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	var boxes []plot.GlyphBox
	for _, e := range es {
		r := es.style(e).Rectangle(e.name)
		boxes = append(boxes, plot.GlyphBox{X: 1, Y: 0.5, Rectangle: vg.Rectangle{
			Min: vg.Point{X: 0, Y: r.Min.Y}, Max: vg.Point{X: endGap + r.Max.X - r.Min.X, Y: r.Max.Y},
		}})
	}
	return boxes
}

// spread moves ascending positions apart until neighbours have the gap, as little as it takes, and into the
// bounds where there is room.
func spread(ys []float64, gap, low, high float64) {
	for range 200 {
		moved := false
		for i := 1; i < len(ys); i++ {
			if lack := gap - (ys[i] - ys[i-1]); lack > 0.01 {
				ys[i-1] -= lack / 2
				ys[i] += lack / 2
				moved = true
			}
		}
		if n := len(ys); n > 0 && float64(n-1)*gap <= high-low {
			if ys[0] < low {
				ys[0] = low
			}
			if ys[n-1] > high {
				ys[n-1] = high
			}
		}
		if !moved {
			return
		}
	}
}

// addBars draws a bar for each contestant, with its name before it and its figure behind it.
func (p panel) addBars(q *plot.Plot, room int) {
	n := len(p.bars)
	longest := 0.0
	for _, b := range p.bars {
		longest = max(longest, b.value)
	}
	q.HideX()
	q.Y.LineStyle.Width = 0
	q.Y.Tick.Length = 0
	ticks := make([]plot.Tick, n)
	for i, b := range p.bars {
		ticks[i] = plot.Tick{Value: float64(n - 1 - i), Label: b.subject}
	}
	q.Y.Tick.Marker = plot.ConstantTicks(ticks)
	q.Add(rods(p.bars))
	q.X.Min, q.X.Max = 0, longest
	q.Y.Min, q.Y.Max = float64(n-room)-0.5, float64(n)-0.5
}

// rods draws bars from the left.
type rods []bar

// Plot draws the bars and their figures.
func (rs rods) Plot(c draw.Canvas, q *plot.Plot) {
	trX, trY := q.Transforms(&c)
	for i, b := range rs {
		y := float64(len(rs) - 1 - i)
		left, right, low, high := trX(0), trX(b.value), trY(y-0.34), trY(y+0.34)
		how := lookOf(b.subject)
		c.FillPolygon(how.color, []vg.Point{{X: left, Y: low}, {X: right, Y: low}, {X: right, Y: high}, {X: left, Y: high}})
		style := textStyle(textSize, ink)
		style.YAlign = text.YCenter
		c.FillText(style, vg.Point{X: right + 4, Y: trY(y) + 1.2}, b.label)
	}
}

// GlyphBoxes asks for the room that the figure of the longest bar takes.
func (rs rods) GlyphBoxes(*plot.Plot) []plot.GlyphBox {
	var widest vg.Length
	for _, b := range rs {
		widest = max(widest, textStyle(textSize, ink).Width(b.label))
	}
	return []plot.GlyphBox{{X: 1, Y: 0.5, Rectangle: vg.Rectangle{Max: vg.Point{X: widest + 6, Y: 1}}}}
}
