package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"github.com/charmbracelet/x/ansi"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// View implements [tea.Model].
func (a app) View() string {
	foot := a.foot()
	lines := append([]string{a.head(), ""}, a.list(max(1, a.height-len(foot)-4))...)
	lines = append(lines, "", a.styled(yellow, " "+a.message))
	lines = append(lines, foot...)
	for i, l := range lines {
		lines[i] = strings.TrimRight(ansi.Truncate(l, a.width, "…"), " ")
	}
	return strings.Join(lines, "\n")
}

// head says which list this is, and how much there is to do.
func (a app) head() string {
	s := a.now()
	name := "a list that is not kept"
	if a.file.path != "" {
		name = clean(filepath.Base(a.file.path))
	}
	state := ""
	switch {
	case a.failed:
		state = "  (not saved)"
	case a.saving:
		state = "  (saving)"
	}
	return a.styled(bold, " "+name) + a.styled(dim, fmt.Sprintf("   %s of %s to do, %s shown%s",
		report.Count(s.left()), report.Count(s.order.Len()), a.show, state))
}

// room returns how many items fit on the screen.
func (a app) room() int { return max(1, a.height-len(a.foot())-4) }

// list returns the lines of the items around the cursor.
func (a app) list(room int) []string {
	ids := a.rows.ids
	if len(ids) == 0 {
		return []string{a.styled(dim, "   nothing here; press a to add something")}
	}
	from := max(0, min(a.cursor-room/2, len(ids)-room))
	var lines []string
	for i, n := range ids[from:min(from+room, len(ids))] {
		it := a.now().items.Get(n)
		box, style := "[ ] ", plain
		if it.done {
			box, style = "[x] ", dim
		}
		head := "   "
		if from+i == a.cursor {
			head = " > "
			style += bold
		}
		lines = append(lines, a.styled(style, head+box+it.text))
	}
	return lines
}

// foot returns the lines below the list: the text that is being typed, or the keys.
func (a app) foot() []string {
	if a.typing {
		what := "add: "
		if a.target != 0 {
			what = "change to: "
		}
		before, after := a.input.before, a.input.after
		if over := ansi.StringWidth(what+before) + 4 - a.width; over > 0 { // the cursor stays on the screen
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
		return []string{" " + a.styled(bold, what) + before + cursor + rest, a.styled(dim, " enter: keep it   esc: leave it")}
	}
	var keys []string
	for _, b := range bindings {
		if b.name != "" {
			keys = append(keys, b.name+": "+b.help)
		}
	}
	keys = append(keys, "q: quit")
	text := ansi.Wordwrap(strings.ReplaceAll(strings.Join(keys, "   "), ": ", ":\u00a0"), max(20, a.width-2), "")
	var lines []string
	for l := range strings.SplitSeq(strings.ReplaceAll(text, "\u00a0", " "), "\n") {
		lines = append(lines, a.styled(dim, " "+strings.TrimSpace(l)))
	}
	return lines
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
