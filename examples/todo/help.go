package main

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/charmbracelet/x/ansi"
)

// helpLines returns what all keys do, from the line that the user has scrolled to.
func (a app) helpLines(room int) []string {
	all := a.allKeys()
	from := max(0, min(a.scroll, len(all)-room))
	to := min(from+room, len(all))
	return scrollMarks(all[from:to:to], from > 0, to < len(all))
}

// allKeys returns a line for what each key does, or two where the screen is narrow.
func (a app) allKeys() (lines []string) {
	for _, b := range bindings {
		var names []string
		for _, k := range b.keys {
			names = append(names, cmp.Or(strings.TrimSpace(k), "space"))
		}
		text := fmt.Sprintf("%-16s  %s", strings.Join(names, " "), b.help)
		if a.width < 50 {
			text = strings.Join(names, " ") + ": " + b.help
		}
		for l := range strings.SplitSeq(ansi.Wrap(text, max(a.width-4, 10), ""), "\n") {
			lines = append(lines, "   "+strings.TrimRight(l, " "))
		}
	}
	return lines
}

// read returns a after a key while the keys are on the screen.
func (a app) read(key string) app {
	most := max(0, len(a.allKeys())-a.room())
	switch key {
	case "up", "k":
		a.scroll--
	case "down", "j":
		a.scroll++
	case "pgup":
		a.scroll -= a.room()
	case "pgdown", " ":
		a.scroll += a.room()
	default:
		a.mode, a.scroll = listMode, 0
		return a
	}
	a.scroll = max(0, min(a.scroll, most))
	return a
}
