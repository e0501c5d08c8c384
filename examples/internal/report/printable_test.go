package report

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestPrintable(t *testing.T) {
	for s, want := range map[string]string{
		"":                       "",
		"a \"b\" \\ 木\n\tc":      "a \"b\" \\ 木\n\tc",
		"\x1b[2J\x07\r\x7f":      `\x1b[2J\a\r\x7f`,
		"\xff\xc3 ü \ufffd":      `\xff\xc3 ü ` + "\ufffd",
		"\u202eevil\u2066\u200f": `\u202eevil\u2066\u200f`,
		"\u009b31m\u2028":        `\u009b31m\u2028`,
	} {
		assert.Equal(t, want, Printable(s))
	}
	assert.Equal(t, `\x1b[`, Excerpt("\x1b[", 5))
	assert.Equal(t, `\x...`, Excerpt("\x1b\x1b", 5))
}
