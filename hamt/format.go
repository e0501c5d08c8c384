package hamt

import (
	"fmt"
	"iter"
	"log/slog"

	"github.com/ramet-go/ramet/internal/format"
	"github.com/ramet-go/ramet/internal/order"
)

// String returns the entries as {k: v, k2: v2}, sorted by key as fmt sorts those of a
// built-in map.
func (m Map[K, V]) String() string { return fmt.Sprint(m) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each key and value; %#v
// prints Go syntax. The entries are sorted by key.
func (m Map[K, V]) Format(s fmt.State, verb rune) {
	format.Map(s, verb, m, byKey(s, m.All(), m.len))
}

// LogValue implements [slog.LogValuer]. It shows the length and a few entries only.
func (m Map[K, V]) LogValue() slog.Value { return format.LogMap(m.len, m.All()) }

// String returns the elements as [a b c], sorted as fmt sorts the keys of a built-in map.
func (s Set[T]) String() string { return fmt.Sprint(s) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each element; %#v prints Go
// syntax. The elements are sorted.
func (s Set[T]) Format(f fmt.State, verb rune) {
	format.Seq(f, verb, s, inOrder(f, s.All(), s.Len()))
}

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (s Set[T]) LogValue() slog.Value { return format.LogSeq(s.Len(), s.All()) }

// String returns the entries as {k: v, k2: v2}, as that of the map would that the builder builds.
func (b *MapBuilder[K, V]) String() string { return fmt.Sprint(b) }

// Format implements [fmt.Formatter], as [Map.Format] does.
func (b *MapBuilder[K, V]) Format(s fmt.State, verb rune) {
	format.Map(s, verb, b, byKey(s, b.All(), b.Len()))
}

// LogValue implements [slog.LogValuer]. It shows the length and a few entries only.
func (b *MapBuilder[K, V]) LogValue() slog.Value {
	if b == nil {
		return slog.AnyValue(nil)
	}
	return format.LogMap(b.Len(), b.All())
}

// String returns the elements as [a b c], as that of the set would that the builder builds.
func (b *SetBuilder[T]) String() string { return fmt.Sprint(b) }

// Format implements [fmt.Formatter], as [Set.Format] does.
func (b *SetBuilder[T]) Format(s fmt.State, verb rune) {
	format.Seq(s, verb, b, inOrder(s, b.All(), b.Len()))
}

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (b *SetBuilder[T]) LogValue() slog.Value {
	if b == nil {
		return slog.AnyValue(nil)
	}
	return format.LogSeq(b.Len(), b.All())
}

// byKey returns the n entries of seq in the order in which they are printed to s.
func byKey[K, V any](s fmt.State, seq iter.Seq2[K, V], n int) iter.Seq2[K, V] {
	if format.IsBrief(s) {
		return seq
	}
	return order.Sorted2(seq, n, order.ByAddress)
}

// inOrder returns the n elements of seq in the order in which they are printed to s.
func inOrder[T any](s fmt.State, seq iter.Seq[T], n int) iter.Seq[T] {
	if format.IsBrief(s) {
		return seq
	}
	return order.Sorted(seq, n, order.ByAddress)
}
