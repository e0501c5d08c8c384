package history

import (
	"fmt"
	"log/slog"
	"strconv"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns the value that h holds, and how many steps can be undone and redone: {undo: 2, now: c, redo: 1}.
func (h History[T]) String() string { return fmt.Sprint(h) }

// Format implements [fmt.Formatter]. It prints what String returns; the verb and its flags apply to the value that h holds, and
// %#v prints Go syntax. Where that value leads back to h, as the zero value of a type may that has a history of itself,
// h is printed as … .
func (h History[T]) Format(s fmt.State, verb rune) {
	format.Value(s, verb, h, func(p *format.Printer) {
		open, colon := "{", ": "
		if p.GoSyntax {
			open, colon = p.Type()+"{", ":"
		}
		p.Text(open + "undo" + colon + strconv.Itoa(h.UndoLen()) + ", now" + colon)
		p.Element(h.Now())
		p.Text(", redo" + colon + strconv.Itoa(h.RedoLen()) + "}")
	})
}

// LogValue implements [slog.LogValuer]. It shows what String returns, with no more of the value than its beginning.
func (h History[T]) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Int("undo", h.UndoLen()),
		slog.Attr{Key: "now", Value: format.LogValue(h.Now())},
		slog.Int("redo", h.RedoLen()),
	)
}
