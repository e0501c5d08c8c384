// Package progress tells people how far a program is that lets them wait.
package progress

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ramet-go/ramet/examples/internal/report"
)

const (
	patience = time.Second            // what takes no longer is not worth a word
	quick    = 200 * time.Millisecond // how often a line of a terminal changes
	slow     = 5 * time.Second        // how often a line is added elsewhere
)

// A Meter writes what a program is doing, and how far that is. On a terminal it is one line, which changes and which
// [Meter.Clear] takes away; elsewhere, as in a file, it is a line every few seconds. A program that is done within
// a second is not spoken of.
//
// A nil Meter writes nothing. A Meter is for one goroutine.
type Meter struct {
	w        io.Writer
	terminal bool
	now      func() time.Time
	next     time.Time // when there is something to be said
	shown    int       // columns of the line on the terminal

	what  string
	total int
	calls int
}

// New returns a meter that writes to w.
func New(w io.Writer) *Meter { return start(w, isTerminal(w), time.Now) }

func start(w io.Writer, terminal bool, now func() time.Time) *Meter {
	m := &Meter{w: w, terminal: terminal, now: now}
	m.next = now().Add(patience)
	if !terminal {
		m.next = now().Add(slow)
	}
	return m
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	if !ok {
		return false
	}
	info, err := f.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0
}

// Begin says what is done from now on, in total steps. With a total of 0 nobody knows how many there are.
func (m *Meter) Begin(what string, total int) {
	if m == nil {
		return
	}
	m.what, m.total, m.calls = what, total, 0
	m.say(0)
}

// At says that done steps are done. It costs next to nothing, so it may be called for each: it looks at the
// clock only now and then, or if all are done.
func (m *Meter) At(done int) {
	if m == nil {
		return
	}
	if m.calls++; m.calls%64 == 0 || m.total < 1000 || done == m.total {
		m.say(done)
	}
}

func (m *Meter) say(done int) {
	now := m.now()
	if now.Before(m.next) {
		return
	}
	line := m.what
	if m.total > 0 {
		line += fmt.Sprintf(": %s of %s (%d%%)", report.Count(done), report.Count(m.total), int(100*float64(done)/float64(m.total)))
	}
	if !m.terminal {
		m.next = now.Add(slow)
		fmt.Fprintf(m.w, "%s\n", line)
		return
	}
	m.next = now.Add(quick)
	m.write(line)
}

// write replaces the line on the terminal.
func (m *Meter) write(line string) {
	n := utf8.RuneCountInString(line)
	fmt.Fprintf(m.w, "\r%s%s", line, strings.Repeat(" ", max(m.shown-n, 0)))
	m.shown = n
}

// Clear takes away what is on the terminal.
func (m *Meter) Clear() {
	if m != nil && m.shown > 0 {
		m.write("")
		fmt.Fprint(m.w, "\r")
	}
}
