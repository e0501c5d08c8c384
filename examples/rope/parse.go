package main

import (
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/report"
)

// parseEdits parses the list in the file called path, whose name and line number start
// every error.
func parseEdits(path, list string) ([]edit, error) {
	edits := make([]edit, 0, min(strings.Count(list, "\n")+1, maxEdits))
	n := 0
	for s := range strings.Lines(list) {
		n++
		s = strings.TrimSpace(s)
		if s == "" || s[0] == '#' {
			continue
		}
		e, err := parseEdit(s)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w: %s", path, n, err, report.Excerpt(s, 60))
		}
		if len(edits) == maxEdits {
			return nil, fmt.Errorf("%s:%d: more than %s", path, n, report.Plural(maxEdits, "edit"))
		}
		e.line = n
		edits = append(edits, e)
	}
	return edits, nil
}

// parseEdit parses a line without the space around it.
func parseEdit(s string) (e edit, err error) {
	e.of = newest
	switch strings.Fields(s)[0] {
	case "insert":
		return parseInsertion(s)
	case "delete":
		e.kind = deletion
		err = parseForm(s, "delete AT COUNT", &e.at, &e.n)
	case "move":
		e.kind = move
		err = parseForm(s, "move AT COUNT to TO", &e.at, &e.n, &e.to)
	case "copy":
		e.kind = copying
		if strings.Contains(s, " of ") {
			err = parseForm(s, "copy AT COUNT of VERSION to TO", &e.at, &e.n, &e.of, &e.to)
		} else {
			err = parseForm(s, "copy AT COUNT to TO", &e.at, &e.n, &e.to)
		}
	default:
		err = errors.New("edit is none of insert, delete, move, copy")
	}
	return e, err
}

// parseInsertion parses a line that begins with insert.
func parseInsertion(s string) (edit, error) {
	e := edit{kind: insertion, of: newest}
	quote := strings.IndexByte(s, '"')
	if quote < 0 {
		return e, errors.New(`not of the form insert AT "STRING"`)
	}
	if err := parseForm(s[:quote], "insert AT", &e.at); err != nil {
		return e, err
	}
	var err error
	if e.text, err = strconv.Unquote(s[quote:]); err != nil {
		return e, errors.New("not a string as Go writes them")
	}
	return e, nil
}

// parseForm compares the words of s with those of form, and sets numbers to what stands where
// form has capitals.
func parseForm(s, form string, numbers ...*int) error {
	words, want := strings.Fields(s), strings.Fields(form)
	if len(words) != len(want) {
		return fmt.Errorf("not of the form %s", form)
	}
	for i, w := range want {
		if w != strings.ToUpper(w) {
			if words[i] != w {
				return fmt.Errorf("not of the form %s", form)
			}
			continue
		}
		n, err := strconv.ParseUint(words[i], 10, 31)
		if err != nil || n > maxText {
			return fmt.Errorf("%s is not a number from 0 to %d", w, maxText)
		}
		*numbers[0], numbers = int(n), numbers[1:]
	}
	return nil
}
