package ordered

import (
	"fmt"
	"log/slog"

	"github.com/ramet-go/ramet/internal/format"
)

// String returns the entries as {k: v, k2: v2}, in order.
func (m Map[K, V]) String() string { return fmt.Sprint(m) }

// Format implements [fmt.Formatter]. The verb and its flags apply to each key and value; %#v
// prints Go syntax.
func (m Map[K, V]) Format(s fmt.State, verb rune) { format.Map(s, verb, m, m.All()) }

// LogValue implements [slog.LogValuer]. It shows the length and the first few entries only.
func (m Map[K, V]) LogValue() slog.Value { return format.LogMap(m.len, m.All()) }

// String returns the entries as {k: v, k2: v2}, in order.
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
