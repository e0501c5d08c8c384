package hamt

import (
	"fmt"
	"log/slog"
	"reflect"

	"github.com/ramet-go/ramet/internal/format"
	"github.com/ramet-go/ramet/internal/order"
)

// String returns the entries as {k: v, k2: v2}, sorted by key as fmt sorts those of a
// built-in map.
func (m Map[K, V]) String() string { return fmt.Sprint(m) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each key and value; %#v
// prints Go syntax. The entries are sorted by key.
func (m Map[K, V]) Format(s fmt.State, verb rune) {
	format.Map(s, verb, reflect.TypeFor[Map[K, V]](), order.Sorted2(m.All(), m.len, order.ByAddress))
}

// LogValue implements [slog.LogValuer]. It shows the length and a few entries only.
func (m Map[K, V]) LogValue() slog.Value { return format.LogMap(m.len, m.All()) }

// String returns the elements as [a b c], sorted as fmt sorts the keys of a built-in map.
func (s Set[T]) String() string { return fmt.Sprint(s) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each element; %#v prints Go
// syntax. The elements are sorted.
func (s Set[T]) Format(f fmt.State, verb rune) {
	format.Seq(f, verb, reflect.TypeFor[Set[T]](), order.Sorted(s.All(), s.Len(), order.ByAddress))
}

// LogValue implements [slog.LogValuer]. It shows the length and a few elements only.
func (s Set[T]) LogValue() slog.Value { return format.LogSeq(s.Len(), s.All()) }
