package vector

import (
	"fmt"
	"log/slog"
	"reflect"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns the elements as [a b c].
func (v Vector[T]) String() string { return fmt.Sprint(v) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each element, as those of
// a slice; %#v prints Go syntax.
func (v Vector[T]) Format(s fmt.State, verb rune) {
	format.Seq(s, verb, reflect.TypeFor[Vector[T]](), v.Values())
}

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (v Vector[T]) LogValue() slog.Value { return format.LogSeq(v.Len(), v.Values()) }
