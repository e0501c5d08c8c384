//ramet:layer api

// make generate copies this file to hamt and ordered.

package rbtree

import (
	"fmt"
	"log/slog"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns the entries as {k: v, k2: v2}, in key order.
func (m Map[K, V]) String() string { return fmt.Sprint(m) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each key and value; %#v prints Go syntax. The
// entries are in key order.
func (m Map[K, V]) Format(s fmt.State, verb rune) {
	format.Map(s, verb, m, m.All())
}

// LogValue implements [slog.LogValuer]. It shows the length and the first few entries only.
func (m Map[K, V]) LogValue() slog.Value { return format.LogMap(m.len, m.All()) }

// String returns the elements as [a b c], in order.
func (s Set[T]) String() string { return fmt.Sprint(s) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each element; %#v prints Go syntax. The
// elements are in order.
func (s Set[T]) Format(f fmt.State, verb rune) {
	format.Seq(f, verb, s, s.All())
}

// LogValue implements [slog.LogValuer]. It shows the length and the first few elements only.
func (s Set[T]) LogValue() slog.Value { return format.LogSeq(s.Len(), s.All()) }

// String returns the entries as {k: v, k2: v2}, in key order.
func (b *MapBuilder[K, V]) String() string { return fmt.Sprint(b) }

// Format implements [fmt.Formatter], as [Map.Format] does.
func (b *MapBuilder[K, V]) Format(s fmt.State, verb rune) { format.Map(s, verb, b, b.All()) }

// LogValue implements [slog.LogValuer]. It shows the length and the first few entries only.
func (b *MapBuilder[K, V]) LogValue() slog.Value {
	if b == nil {
		return slog.AnyValue(nil)
	}
	return format.LogMap(b.Len(), b.All())
}

// String returns the elements as [a b c], in order.
func (b *SetBuilder[T]) String() string { return fmt.Sprint(b) }

// Format implements [fmt.Formatter], as [Set.Format] does.
func (b *SetBuilder[T]) Format(s fmt.State, verb rune) { format.Seq(s, verb, b, b.All()) }

// LogValue implements [slog.LogValuer]. It shows the length and the first few elements only.
func (b *SetBuilder[T]) LogValue() slog.Value {
	if b == nil {
		return slog.AnyValue(nil)
	}
	return format.LogSeq(b.Len(), b.All())
}
