package cell

import (
	"fmt"
	"log/slog"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns what the cell holds, as fmt.Sprint prints it.
func (c *Cell[T]) String() string { return fmt.Sprint(c) }

// Format implements [fmt.Formatter]: a cell that is printed by its pointer prints what it holds. Where that leads back to the
// cell, it is printed as … . Where cells lead to each other in many ways, one that was printed in another cell a thousand
// times is as well.
func (c *Cell[T]) Format(s fmt.State, verb rune) { format.Held(s, verb, c, c.Load()) }

// LogValue implements [slog.LogValuer]. It shows what the cell holds, or the beginning of it.
func (c *Cell[T]) LogValue() slog.Value {
	if c == nil {
		return slog.AnyValue(nil)
	}
	return format.LogValue(c.Load())
}
