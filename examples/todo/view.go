package main

import (
	"cmp"
	"fmt"
	"path/filepath"
	"slices"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// A layout is what has which lines of the screen. What is in the middle comes first: on a small screen the rest is shortened,
// and then left out.
type layout struct {
	head, gaps bool // a title; empty lines around the middle
	message    []string
	foot       []string
	room       int // lines for the middle
}

func (a app) layout() layout {
	height := max(a.height, 1)
	l := layout{head: height >= 3, gaps: height >= 12, foot: a.foot(max(1, height/3)), room: height}
	if a.message != "" {
		// What is not one line is made one: the message may be about anything.
		text := strings.ReplaceAll(report.Printable(a.message), "\n", " ")
		l.message = strings.Split(ansi.Wrap(text, max(a.width-2, 1), ""), "\n")
		most := max(1, height/3)
		if len(l.message) > most {
			l.message = append(l.message[:most-1:most-1], l.message[most-1]+"…")
		}
	} else if height >= 6 {
		l.message = []string{""} // so that the middle stays where it is when there is one
	}
	if height < 4 && a.mode != typingMode {
		l.foot = nil
	}
	if height < 2 {
		l.foot, l.message = nil, nil
	}
	if l.head {
		l.room--
	}
	if l.gaps {
		l.room -= 2
	}
	l.room = max(1, l.room-len(l.message)-len(l.foot))
	return l
}

// room returns how many lines of the middle fit on the screen.
func (a app) room() int { return a.layout().room }

// View implements [tea.Model].
func (a app) View() string {
	l := a.layout()
	var lines []string
	if l.head {
		lines = append(lines, a.head())
	}
	if l.gaps {
		lines = append(lines, "")
	}
	switch a.mode {
	case helpMode:
		lines = append(lines, a.helpLines(l.room)...)
	case walkMode:
		lines = append(lines, a.treeLines(l.room)...)
	case chooseMode:
		lines = append(lines, a.conflictLines(l.room)...)
	default:
		lines = append(lines, a.list(l.room)...)
	}
	if l.gaps {
		lines = append(lines, "")
	}
	for _, m := range l.message {
		lines = append(lines, a.styled(yellow, " "+m))
	}
	lines = append(lines, l.foot...)
	lines = lines[:min(len(lines), max(a.height, 1))]
	for i, l := range lines {
		lines[i] = strings.TrimRight(ansi.Truncate(l, max(a.width, 1), "…"), " ")
	}
	return strings.Join(lines, "\n")
}

// head says which list this is, and how much there is to do.
func (a app) head() string {
	s := a.now()
	name := "a list that is not kept"
	if path := a.path(); path != "" {
		name = clean(filepath.Base(path))
	}
	state := ""
	switch {
	case a.failed != "":
		state = "(not saved) "
	case a.saving:
		state = "(saving) "
	}
	return a.styled(bold, " "+name) + a.styled(dim, fmt.Sprintf("   %s%s of %s to do, %s shown", state,
		report.Count(s.left()), report.Count(s.order.Len()), a.show))
}

// list returns the lines of the items around the cursor.
func (a app) list(room int) []string {
	ids := a.rows.ids
	if len(ids) == 0 {
		return []string{a.styled(dim, "   nothing here; press a to add something")}
	}
	from, to := window(len(ids), a.cursor, room)
	var lines []string
	for i, n := range ids[from:to] {
		it := a.now().items.Get(n)
		box, style := "[ ] ", plain
		if it.done {
			box, style = "[x] ", dim
		}
		lines = append(lines, a.listLine(from+i == a.cursor, style, box+it.text))
	}
	return scrollMarks(lines, from > 0, to < len(ids))
}

// listLine returns a line of a list, with a mark if the cursor is there.
func (a app) listLine(here bool, style, text string) string {
	head := "  "
	if here {
		head, style = "> ", style+bold
	}
	return " " + a.styled(style, head+text)
}

// window returns which of n lines are shown where there is room for some of them: those around the cursor.
func window(n, cursor, room int) (from, to int) {
	from = max(0, min(cursor-room/2, n-room))
	return from, min(from+room, n)
}

// scrollMarks returns the lines with an arrow where there are more. They begin with a space.
func scrollMarks(lines []string, above, below bool) []string {
	lines = slices.Clone(lines)
	mark := func(i int, arrow string) {
		lines[i] = arrow + strings.TrimPrefix(lines[i], " ")
	}
	last := len(lines) - 1
	switch {
	case above && below && last == 0:
		mark(0, "↕")
		return lines
	case above:
		mark(0, "↑")
	}
	if below {
		mark(last, "↓")
	}
	return lines
}

// foot returns what is below the list, in so many lines at most: the text that is being typed, or the keys.
func (a app) foot(most int) []string {
	hint := func(text string) []string { return []string{a.styled(dim, " "+text)} }
	switch a.mode {
	case typingMode:
		lines := []string{a.typed()}
		if most > 1 {
			lines = append(lines, hint("enter: keep it   esc: leave it")...)
		}
		return lines
	case helpMode:
		return hint("up down: more   esc: back")
	case walkMode:
		return hint("enter: go there   esc: back")
	case chooseMode:
		return hint("o t: choose   esc: later")
	}
	var keys []string
	for _, b := range bindings {
		if b.name != "" {
			keys = append(keys, b.name+":\u00a0"+strings.ReplaceAll(cmp.Or(b.short, b.help), " ", "\u00a0"))
		}
	}
	lines := wrapped(keys, a.width)
	if len(lines) > most {
		lines = []string{"?: all keys   q: quit"}
	}
	for i, l := range lines {
		lines[i] = a.styled(dim, " "+l)
	}
	return lines
}

// wrapped returns the texts in lines of a width, without breaking one.
func wrapped(texts []string, width int) []string {
	lines := strings.Split(ansi.Wordwrap(strings.Join(texts, "   "), max(20, width-2), ""), "\n")
	for i, l := range lines {
		lines[i] = strings.TrimSpace(strings.ReplaceAll(l, "\u00a0", " "))
	}
	return lines
}

// typed returns the line with the text that is being typed. The cursor is always on the screen.
func (a app) typed() string {
	what := a.prompt.String() + ": "
	before, after := a.input.before, a.input.after
	if over := ansi.StringWidth(what+before) + 4 - a.width; over > 0 {
		before = ansi.TruncateLeft(before, over, "…")
	}
	under, rest := " ", ""
	if after != "" {
		r := []rune(after)
		under, rest = string(r[0]), string(r[1:])
	}
	cursor := "_" + strings.TrimPrefix(under, " ")
	if a.color {
		cursor = a.styled(inverse, under)
	}
	return " " + a.styled(bold, what) + before + cursor + rest
}

// The styles, as parameters of a terminal's escape sequence for them.
const (
	plain   = ""
	bold    = ";1"
	dim     = ";2"
	inverse = ";7"
	yellow  = ";33"
)

func (a app) styled(style, text string) string {
	if !a.color || style == plain {
		return text
	}
	return "\x1b[0" + style + "m" + text + "\x1b[0m"
}
