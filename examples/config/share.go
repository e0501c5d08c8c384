package main

import (
	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

// A file that is read anew makes collections anew: they share nothing with those before, and are != even where they are equal. The
// functions here give what was read the nodes of the version before, wherever the two are alike. They take the version before,
// and make only the changes that lead to the new one: Apply of the Diff. No change, no new version; so afterwards == says of each part, however
// deep, whether it has changed.
//
// Setting each key by SetIfChanged would share as well, but would leave what the file does not have any more. A Diff
// finds that too, and looks at every entry once, as reading the file has done already.

// share returns now, with everything that is as before shared with before: before itself if all is.
func share(before, now config) config {
	now.Upstreams = shareMap(before.Upstreams, now.Upstreams, func(before, now upstream) upstream {
		now.Hosts = shareVector(before.Hosts, now.Hosts)
		return now
	})
	now.Flags = shareMap(before.Flags, now.Flags, nil)
	now.Log = shareMap(before.Log, now.Log, nil)
	return now
}

// shareMap returns a map with the entries of now that shares with before. Values that have collections inside are shared by inner, which
// is nil for others. It is asked first: a struct with a vector that was read anew is != whatever the vector holds.
func shareMap[K, V comparable](before, now hamt.Map[K, V], inner func(before, now V) V) hamt.Map[K, V] {
	return hamt.Apply(before, func(yield func(diff.Change[K, V]) bool) {
		for c := range hamt.Diff(before, now) {
			if c.Kind == diff.Updated && inner != nil {
				if c.New = inner(c.Old, c.New); c.New == c.Old {
					continue
				}
			}
			if !yield(c) {
				return
			}
		}
	})
}

// shareVector returns a vector with the elements of now that shares with before.
func shareVector[T comparable](before, now vector.Vector[T]) vector.Vector[T] {
	return vector.Apply(before, vector.Diff(before, now))
}
