package main

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseEdits(t *testing.T) {
	edits, err := parseEdits("list", `
# what happened on Monday
insert 0 "a \"quoted\" wörd\n\xff"
  delete 12 3
move 5 10 to 0

copy 5 10 to 20
copy	5 10 of 2  to 20`)
	require.NoError(t, err)
	assert.Equal(t, []edit{
		{kind: insertion, text: "a \"quoted\" wörd\n\xff", of: newest, line: 3},
		{kind: deletion, at: 12, n: 3, of: newest, line: 4},
		{kind: move, at: 5, n: 10, of: newest, line: 5},
		{kind: copying, at: 5, n: 10, to: 20, of: newest, line: 7},
		{kind: copying, at: 5, n: 10, to: 20, of: 2, line: 8},
	}, edits)

	// What String writes is read as the same edit.
	for _, e := range edits {
		again, err := parseEdit(e.String())
		require.NoError(t, err, e)
		again.line = e.line
		assert.Equal(t, e, again)
	}
	edits, err = parseEdits("list", "")
	assert.NoError(t, err)
	assert.Empty(t, edits)
}

func TestParseErrors(t *testing.T) {
	for s, want := range map[string]string{
		"undo":                      "edit is none of insert, delete, move, copy",
		"Insert 0":                  "edit is none of insert, delete, move, copy",
		"insert 0":                  `not of the form insert AT "STRING"`,
		"insert 0 x":                `not of the form insert AT "STRING"`,
		"insert 0 `x`":              `not of the form insert AT "STRING"`,
		`insert "x"`:                "not of the form insert AT",
		`insert -1 "x"`:             "AT is not a number from 0 to 1073741823",
		`insert 0 "x`:               "not a string as Go writes them",
		`insert 0 "x" y`:            "not a string as Go writes them",
		"delete 0":                  "not of the form delete AT COUNT",
		"delete 0 1 2":              "not of the form delete AT COUNT",
		"delete 0 one":              "COUNT is not a number from 0 to 1073741823",
		"delete 1073741824 0":       "AT is not a number from 0 to 1073741823",
		"delete 9999999999999999 0": "AT is not a number from 0 to 1073741823",
		"move 0 1 2":                "not of the form move AT COUNT to TO",
		"move 0 1 at 2":             "not of the form move AT COUNT to TO",
		"move 0 1 to -2":            "TO is not a number from 0 to 1073741823",
		"copy 0 1":                  "not of the form copy AT COUNT to TO",
		"copy 0 1 of 2":             "not of the form copy AT COUNT of VERSION to TO",
		"copy 0 1 of x to 2":        "VERSION is not a number from 0 to 1073741823",
	} {
		_, err := parseEdits("list", "# first\n"+s+"\ndelete 0 0\n")
		assert.EqualError(t, err, "list:2: "+want+": "+s)
	}
	_, err := parseEdits("list", "undo \x1b[2J\u202e\xff")
	assert.EqualError(t, err, `list:1: edit is none of insert, delete, move, copy: undo \x1b[2J\u202e\xff`)
	_, err = parseEdits("list", strings.Repeat("delete 0 0\n", maxEdits+1))
	assert.EqualError(t, err, "list:500001: more than 500,000 edits")
	_, err = parseEdits("list", strings.Repeat("x", 200))
	assert.Less(t, len(err.Error()), 150, "a long line is cut")
}
