package main

import (
	"fmt"
	"math/rand/v2"
	"unicode/utf8"

	"github.com/ramet-go/ramet/examples/internal/progress"
)

// A writer invents edits: somebody who types a phrase, corrects a letter, deletes a selection, moves some
// lines, pastes what he copied before, and mostly stays in one place.
type writer struct {
	rng    *rand.Rand
	h      history
	cursor int
	edits  []edit
	limit  int // of edits
}

// generate returns n edits of a text. The same text and seed give the same ones, of which a smaller n
// gives the first. An edit never divides a character that a text in UTF-8 has.
func generate(content []byte, n int, seed uint64, p *progress.Meter) []edit {
	p.Begin("generating the edits", n)
	d := document{text: content}
	w := &writer{rng: rand.New(rand.NewPCG(seed, 0)), h: d.begin(n), edits: make([]edit, 0, n), limit: n}
	for len(w.edits) < n {
		p.At(len(w.edits))
		w.wander()
		switch r := w.rng.IntN(20); {
		case r < 8:
			w.typePhrase()
		case r < 14:
			w.deleteSelection()
		case r < 17:
			w.moveLines()
		default:
			w.pasteLines()
		}
	}
	return w.edits
}

// do makes an edit, unless there are enough.
func (w *writer) do(e edit) {
	if len(w.edits) == w.limit {
		return
	}
	var err error
	if w.h, err = w.h.extend(e); err != nil {
		panic(fmt.Sprintf("generated an edit that does not fit: %v: %v", e, err))
	}
	w.edits = append(w.edits, e)
}

// wander puts the cursor elsewhere: most often near to where it is.
func (w *writer) wander() {
	t := w.h.newest()
	if w.rng.IntN(3) == 0 {
		w.cursor = w.position(t)
		return
	}
	const near = 400
	w.cursor = boundary(t, min(max(w.cursor+w.rng.IntN(2*near+1)-near, 0), t.Len()))
}

// typePhrase types a phrase that stands somewhere in the text, letter by letter, with slips.
func (w *writer) typePhrase() {
	t := w.h.newest()
	from := w.position(t)
	phrase := bytesOf(t, from, boundary(t, min(from+5+w.rng.IntN(50), t.Len())))
	if len(phrase) == 0 {
		phrase = []byte("In the beginning was the word.\n")
	}
	for len(phrase) > 0 {
		_, n := utf8.DecodeRune(phrase)
		letter := edit{kind: insertion, at: w.cursor, text: string(phrase[:n]), of: newest}
		w.do(letter)
		if w.rng.IntN(25) == 0 {
			w.do(edit{kind: deletion, at: w.cursor, n: n, of: newest})
			w.do(letter)
		}
		w.cursor += n
		phrase = phrase[n:]
	}
}

// deleteSelection deletes some words, or some lines.
func (w *writer) deleteSelection() {
	t := w.h.newest()
	end := boundary(t, min(w.cursor+1+w.rng.IntN(60), t.Len()))
	if w.rng.IntN(3) == 0 {
		w.cursor, end = w.lines(t, w.cursor, 6)
	}
	if end > w.cursor {
		w.do(edit{kind: deletion, at: w.cursor, n: end - w.cursor, of: newest})
	}
}

// moveLines moves the lines at the cursor to before another line.
func (w *writer) moveLines() {
	t := w.h.newest()
	at, end := w.lines(t, w.cursor, 20)
	if at == end {
		return
	}
	rest := t.Delete(at, end)
	w.cursor = lineStart(rest, w.position(rest))
	w.do(edit{kind: move, at: at, n: end - at, to: w.cursor, of: newest})
}

// pasteLines inserts lines from elsewhere before that at the cursor. They are from the newest version, or
// from any: somebody wants back what was deleted long ago.
func (w *writer) pasteLines() {
	e := edit{kind: copying, of: newest}
	if w.rng.IntN(2) == 0 {
		e.of = w.rng.IntN(len(w.h))
	}
	from := w.h.source(e)
	at, end := w.lines(from, w.position(from), 20)
	if at == end {
		return
	}
	w.cursor = lineStart(w.h.newest(), w.cursor)
	e.at, e.n, e.to = at, end-at, w.cursor
	w.do(e)
	w.cursor += e.n
}

// lines returns where some lines begin and end, at most n, of which the first is that of position i. It cuts
// what is too long for lines.
func (w *writer) lines(t text, i, n int) (at, end int) {
	at = lineStart(t, i)
	end = at
	for range 1 + w.rng.IntN(n) {
		end = lineEnd(t, end)
	}
	return at, boundary(t, min(end, at+100*n))
}

// position returns a position between two characters of t.
func (w *writer) position(t text) int { return boundary(t, w.rng.IntN(t.Len()+1)) }

// boundary returns the first position from i on that does not divide a character.
func boundary(t text, i int) int {
	for i < t.Len() && !utf8.RuneStart(t.At(i)) {
		i++
	}
	return i
}
