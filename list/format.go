package list

import (
	"fmt"
	"log/slog"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns the elements as [a b c].
func (l List[T]) String() string { return fmt.Sprint(l) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each element, as those of
// a slice; %#v prints Go syntax.
func (l List[T]) Format(s fmt.State, verb rune) {
	format.Seq(s, verb, l, l.All())
}

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (l List[T]) LogValue() slog.Value { return format.LogSeq(l.Len(), l.All()) }

// String returns the elements as [a b c], the first of the queue first.
func (q Queue[T]) String() string { return fmt.Sprint(q) }

// Format implements [fmt.Formatter], as that of [List] does.
func (q Queue[T]) Format(s fmt.State, verb rune) {
	format.Seq(s, verb, q, q.All())
}

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (q Queue[T]) LogValue() slog.Value { return format.LogSeq(q.Len(), q.All()) }
