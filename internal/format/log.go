package format

import (
	"fmt"
	"iter"
	"log/slog"
	"strconv"
)

// The bounds of what is logged of a value. Numbers are logged as they are, so the whole is a little more.
const (
	logged   = 8       // elements of a collection: enough to recognise it by, and few enough for a line
	mostText = 2 << 10 // bytes of the value
	mostKey  = 128     // bytes of a key
	leastCut = 16      // bytes: a text is not cut to less, and a group is not shown with less
	mostTags = 64      // attributes of a group of the caller's
)

// LogSeq returns what slog records of a sequence or set: a group of its length "len" and,
// in a group "first", the first eight elements under their positions. It takes no more
// than eight elements from seq, so an unordered collection is not sorted for it.
//
// The elements are bounded as well: of those that are collections, or have a method LogValue, less is shown the
// deeper they are, and others are cut where their text is long.
func LogSeq[T any](n int, seq iter.Seq[T]) slog.Value {
	return logFirst(n, elements(seq), func(x, _ any, first []slog.Attr) (string, any) { return strconv.Itoa(len(first)), x })
}

// LogMap is [LogSeq] for a map. The entries are under their keys, as fmt.Sprint prints
// these. A long one is cut, and if another one is like it then, its position is added.
func LogMap[K, V any](n int, seq iter.Seq2[K, V]) slog.Value {
	return logFirst(n, entries(seq), func(k, v any, first []slog.Attr) (string, any) { return logKey(k, first), v })
}

// logFirst logs the first parts of n, each under the name that attr gives it.
//
//go:noinline
func logFirst(n int, seq parts, attr func(k, v any, first []slog.Attr) (string, any)) slog.Value {
	first := make([]slog.Attr, 0, logged)
	for k, v := range seq {
		name, shown := attr(k, v, first)
		first = append(first, slog.Attr{Key: name, Value: bounded(slog.AnyValue(shown), mostText/logged)})
		if len(first) == logged {
			break
		}
	}
	return slog.GroupValue(
		slog.Int("len", n),
		slog.Attr{Key: "first", Value: slog.GroupValue(first...)},
	)
}

// LogValue returns what slog records of x as the only thing that a value holds.
func LogValue(x any) slog.Value { return bounded(slog.AnyValue(x), mostText) }

func logKey(k any, first []slog.Attr) string {
	text, whole := Brief(k, mostKey)
	if whole {
		return fmt.Sprint(k) // which follows no pointers, and has the sign of what a struct in it is
	}
	for _, a := range first {
		if a.Key == text {
			return text + strconv.Itoa(len(first))
		}
	}
	return text
}

// bounded returns v, or as much of it as about most bytes are.
func bounded(v slog.Value, most int) slog.Value {
	switch v.Kind() {
	case slog.KindString:
		return cut(v, most)
	case slog.KindLogValuer:
		return inner(v.LogValuer(), most)
	case slog.KindGroup:
		return boundedGroup(v.Group(), most)
	case slog.KindAny:
		if text, whole := Brief(v.Any(), max(most, leastCut)); !whole {
			return slog.StringValue(text)
		}
	}
	return v
}

func cut(v slog.Value, most int) slog.Value {
	s := v.String()
	if n := whole(s, max(most, leastCut)); n < len(s) {
		return slog.StringValue(s[:n] + more)
	}
	return v
}

func boundedGroup(attrs []slog.Attr, most int) slog.Value {
	parts := 0 // attributes that are no numbers
	for _, a := range attrs {
		switch a.Value.Kind() {
		case slog.KindString, slog.KindAny, slog.KindGroup, slog.KindLogValuer:
			parts++
		}
	}
	if parts > 0 && most < leastCut {
		return slog.StringValue(more)
	}
	shown := make([]slog.Attr, 0, min(len(attrs), mostTags+1))
	for i, a := range attrs {
		if i == mostTags {
			shown = append(shown, slog.String(more, more))
			break
		}
		if n := whole(a.Key, mostKey); n < len(a.Key) {
			a.Key = a.Key[:n] + more
		}
		a.Value = bounded(a.Value, most/max(parts, 1))
		shown = append(shown, a)
	}
	return slog.GroupValue(shown...)
}

// A part is a value with a method LogValue within a value that is logged. It asks for the value when a handler does: what
// leads to itself would be asked without end otherwise. Each time that one is in another, it may be half as long.
type part struct {
	of   slog.LogValuer
	most int
}

func inner(of slog.LogValuer, most int) slog.Value {
	if p, ok := of.(part); ok {
		of, most = p.of, min(p.most, most)
	}
	return slog.AnyValue(part{of, most})
}

// LogValue implements [slog.LogValuer].
func (p part) LogValue() slog.Value {
	if p.most < leastCut {
		return slog.StringValue(more)
	}
	return bounded(p.of.LogValue(), p.most/2)
}
