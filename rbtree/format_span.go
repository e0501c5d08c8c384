//ramet:layer api

package rbtree

import (
	"fmt"
	"log/slog"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns the entries as {k: v, k2: v2}, in key order.
func (s Span[K, V]) String() string { return fmt.Sprint(s) }

// Format implements [fmt.Formatter], as [Map.Format] does.
func (s Span[K, V]) Format(f fmt.State, verb rune) {
	format.Map(f, verb, s, s.All())
}

// LogValue implements [slog.LogValuer]. It shows the length and the first few entries only.
func (s Span[K, V]) LogValue() slog.Value { return format.LogMap(s.Len(), s.All()) }

// String returns the elements as [a b c], in order.
func (s SetSpan[T]) String() string { return fmt.Sprint(s) }

// Format implements [fmt.Formatter], as [Set.Format] does.
func (s SetSpan[T]) Format(f fmt.State, verb rune) {
	format.Seq(f, verb, s, s.All())
}

// LogValue implements [slog.LogValuer]. It shows the length and the first few elements only.
func (s SetSpan[T]) LogValue() slog.Value { return format.LogSeq(s.Len(), s.All()) }
