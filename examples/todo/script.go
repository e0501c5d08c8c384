package main

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"

	tea "github.com/charmbracelet/bubbletea"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// named are the keys that a script calls by their names: those of bubbletea, and "space".
var named = func() map[string]tea.KeyMsg {
	keys := map[string]tea.KeyMsg{"space": {Type: tea.KeySpace, Runes: []rune{' '}}}
	for t := tea.KeyType(-64); t < 128; t++ {
		if name := t.String(); name != "" && name != " " && t != tea.KeyRunes {
			keys[name] = tea.KeyMsg{Type: t}
		}
	}
	return keys
}()

// parseLine returns the keys of one line of a script: letters and names, apart by spaces, and strings that are typed.
// Empty lines and those that begin with # have none.
func parseLine(text string) ([]tea.KeyMsg, error) {
	var keys []tea.KeyMsg
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "#") {
		return nil, nil
	}
	for text != "" {
		if text[0] == '"' {
			quoted, err := strconv.QuotedPrefix(text)
			if err != nil {
				return nil, fmt.Errorf("no string as in Go: %s", report.Excerpt(text, 60))
			}
			typed, _ := strconv.Unquote(quoted)
			keys = append(keys, tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune(typed), Paste: true})
			text = strings.TrimSpace(text[len(quoted):])
			continue
		}
		word, rest, _ := strings.Cut(text, " ")
		key, ok := named[word]
		switch r, n := utf8.DecodeRuneInString(word); {
		case ok:
		case n == len(word) && r != utf8.RuneError:
			key = tea.KeyMsg{Type: tea.KeyRunes, Runes: []rune{r}}
		default:
			return nil, fmt.Errorf("no key, and no string in quotes: %s", report.Excerpt(word, 60))
		}
		keys = append(keys, key)
		text = strings.TrimSpace(rest)
	}
	return keys, nil
}

// play returns the app after a script, which path names in errors. Nothing is done if the script has an error.
func play(a app, path, script string) (app, error) {
	var keys []tea.KeyMsg
	n := 0
	for text := range strings.Lines(script) {
		n++
		ks, err := parseLine(text)
		if err != nil {
			return a, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		keys = append(keys, ks...)
	}
	for _, k := range keys {
		var quit bool
		if a, quit = a.feed(k); quit {
			return a, a.farewell()
		}
	}
	if !a.kept() {
		return a, fmt.Errorf("not saved: %s", cmp.Or(a.failed, "another program has changed the file in another way"))
	}
	return a, nil
}

// feed returns the app after a message, and after all that follows from it, and whether that is its end. It is what
// bubbletea does, without a terminal.
func (a app) feed(m tea.Msg) (_ app, quit bool) {
	for m != nil {
		if _, quit := m.(tea.QuitMsg); quit {
			return a, true
		}
		next, cmd := a.Update(m)
		a, m = next.(app), nil
		if cmd != nil {
			m = cmd()
		}
	}
	return a, false
}
