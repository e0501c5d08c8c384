//ramet:layer api

package vector

import (
	"fmt"
	"log/slog"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns the elements as [a b c].
func (v Vector[T]) String() string { return fmt.Sprint(v) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each element, as those of a slice; %#v prints Go
// syntax.
func (v Vector[T]) Format(s fmt.State, verb rune) {
	format.Seq(s, verb, v, v.Values())
}

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (v Vector[T]) LogValue() slog.Value { return format.LogSeq(v.Len(), v.Values()) }

// String returns the elements as [a b c].
func (b *Builder[T]) String() string { return fmt.Sprint(b) }

// Format implements [fmt.Formatter], as [Vector.Format] does.
func (b *Builder[T]) Format(s fmt.State, verb rune) { format.Seq(s, verb, b, b.Values()) }

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (b *Builder[T]) LogValue() slog.Value {
	if b == nil {
		return slog.AnyValue(nil)
	}
	return format.LogSeq(b.Len(), b.Values())
}
