package main

import (
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"
)

// A line is a text that is being typed, with the cursor between its two parts. It is a value, like the state.
type line struct{ before, after string }

func (l line) text() string { return l.before + l.after }

// key returns the line after a key. Keys that mean nothing to it return l.
func (l line) key(k tea.KeyMsg) line {
	switch k.String() {
	case "left", "ctrl+b":
		r, n := utf8.DecodeLastRuneInString(l.before)
		if n > 0 {
			return line{l.before[:len(l.before)-n], string(r) + l.after}
		}
	case "right", "ctrl+f":
		r, n := utf8.DecodeRuneInString(l.after)
		if n > 0 {
			return line{l.before + string(r), l.after[n:]}
		}
	case "home", "ctrl+a":
		return line{"", l.text()}
	case "end", "ctrl+e":
		return line{l.text(), ""}
	case "backspace", "ctrl+h":
		_, n := utf8.DecodeLastRuneInString(l.before)
		l.before = l.before[:len(l.before)-n]
	case "delete", "ctrl+d":
		_, n := utf8.DecodeRuneInString(l.after)
		l.after = l.after[n:]
	case "ctrl+w":
		l.before = strings.TrimRight(l.before, " ")
		l.before = l.before[:strings.LastIndexByte(l.before, ' ')+1]
	case "ctrl+u":
		l.before = ""
	case "ctrl+k":
		l.after = ""
	default:
		if k.Type == tea.KeyRunes && !k.Alt || k.Type == tea.KeySpace {
			l.before += strings.Map(func(r rune) rune { return []rune(clean(string(r)) + " ")[0] }, string(k.Runes))
		}
	}
	return l
}
