package format

import (
	"fmt"
	"iter"
	"log/slog"
	"strconv"
)

// logged is how many elements of a collection are logged: enough to recognise it by,
// and few enough for a line.
const logged = 8

// LogSeq returns what slog records of a sequence or set: a group of its length "len" and,
// in a group "first", the first eight elements under their positions. It takes no more
// than eight elements from seq, so an unordered collection is not sorted for it.
//
// The elements are attributes so that those which are collections are cut short as well.
func LogSeq[T any](n int, seq iter.Seq[T]) slog.Value {
	first := make([]slog.Attr, 0, logged)
	for x := range seq {
		first = append(first, slog.Any(strconv.Itoa(len(first)), x))
		if len(first) == logged {
			break
		}
	}
	return logValue(n, first)
}

// LogMap is [LogSeq] for a map. The entries are under their keys, as fmt.Sprint prints
// these.
func LogMap[K, V any](n int, seq iter.Seq2[K, V]) slog.Value {
	first := make([]slog.Attr, 0, logged)
	for k, v := range seq {
		first = append(first, slog.Any(fmt.Sprint(k), v))
		if len(first) == logged {
			break
		}
	}
	return logValue(n, first)
}

func logValue(n int, first []slog.Attr) slog.Value {
	return slog.GroupValue(
		slog.Int("len", n),
		slog.Attr{Key: "first", Value: slog.GroupValue(first...)},
	)
}
