package main

import (
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/vector"
)

// A text is one version of what is edited: its bytes.
type text = vector.Vector[byte]

// maxText is how long a text may become. Copying within a text doubles it at almost no cost,
// so that a few lines of edits can ask for more than can be counted.
const maxText = 1<<30 - 1

// A history is every version of a text, oldest first: version 0 is the text without edits, and
// edit i makes version i of version i-1.
type history []text

// begin returns the history of the document without edits, with room for n of them.
func (d document) begin(n int) history {
	h := make(history, 1, n+1)
	h[0] = vector.Of(d.text...)
	return h
}

// newest returns the version that the next edit changes.
func (h history) newest() text { return h[len(h)-1] }

// extend appends the version that e makes. If e does not fit, it returns an error, and h.
func (h history) extend(e edit) (history, error) {
	if err := h.fits(e); err != nil {
		return h, err
	}
	return append(h, h.apply(e)), nil
}

// apply returns what e makes of the newest version. This is all that editing is.
func (h history) apply(e edit) text {
	t := h.newest()
	switch e.kind {
	case insertion:
		return t.Insert(e.at, []byte(e.text)...)
	case deletion:
		return t.Delete(e.at, e.at+e.n)
	case move:
		return put(t.Delete(e.at, e.at+e.n), e.to, t.Slice(e.at, e.at+e.n))
	}
	return put(t, e.to, h.source(e).Slice(e.at, e.at+e.n)) // a copy
}

// put returns t with a block before the byte at position to. It copies what is along the seams.
func put(t text, to int, block text) text {
	return t.Slice(0, to).Concat(block).Concat(t.Slice(to, t.Len()))
}

// source returns the version that e takes bytes from.
func (h history) source(e edit) text {
	if e.kind == copying && e.of != newest {
		return h[e.of]
	}
	return h.newest()
}

// fits returns an error if e asks for bytes or a version that do not exist.
func (h history) fits(e edit) error {
	size := h.newest().Len()
	if e.kind == insertion {
		switch {
		case e.at > size:
			return fmt.Errorf("position %s is out of range: the text has %s", report.Count(e.at), report.Plural(size, "byte"))
		case size+len(e.text) > maxText:
			return errTooLong
		}
		return nil
	}
	if e.kind == copying && e.of != newest && e.of >= len(h) {
		return fmt.Errorf("version %s is out of range: this edit makes version %s", report.Count(e.of), report.Count(len(h)))
	}
	if has := h.source(e).Len(); e.at > has || e.n > has-e.at {
		what := "the text"
		if e.of != newest {
			what = "version " + report.Count(e.of)
		}
		return fmt.Errorf("bytes %s to %s are out of range: %s has %s",
			report.Count(e.at), report.Count(e.at+e.n), what, report.Plural(has, "byte"))
	}
	switch rest := size - e.n; {
	case e.kind == move && e.to > rest:
		return fmt.Errorf("position %s is out of range: the text has %s without what is moved",
			report.Count(e.to), report.Plural(rest, "byte"))
	case e.kind == copying && e.to > size:
		return fmt.Errorf("position %s is out of range: the text has %s", report.Count(e.to), report.Plural(size, "byte"))
	case e.kind == copying && size+e.n > maxText:
		return errTooLong
	}
	return nil
}

var errTooLong = fmt.Errorf("the text would have more than %s", report.Plural(maxText, "byte"))

// What follows reads texts.

// lineStart returns where the line begins that the byte at position i belongs to.
func lineStart(t text, i int) int {
	for j, b := range t.Slice(0, i).Backward() {
		if b == '\n' {
			return j + 1
		}
	}
	return 0
}

// lineEnd returns where the line ends, after its newline, that the byte at position i belongs to.
func lineEnd(t text, i int) int {
	for j, b := range t.Slice(i, t.Len()).All() {
		if b == '\n' {
			return i + j + 1
		}
	}
	return t.Len()
}

// bytesOf returns the bytes in positions [i, j).
func bytesOf(t text, i, j int) []byte {
	return t.Slice(i, j).AppendTo(make([]byte, 0, j-i))
}

// equal reports whether t has the bytes b.
func equal(t text, b []byte) bool {
	return t.Len() == len(b) && slices.Equal(t.AppendTo(nil), b)
}
