package hashmaps

import "github.com/ramet-go/ramet/bench/contest"

// A fixture is what the loops of one contestant share: M is its type of map.
type fixture[K Key, M any] struct {
	base               M
	out                M     // the last result of a write
	sum                int64 // of the values read, so that reading is not for nothing
	last               K     // the last key read
	hit, fresh, absent contest.Cursor[K]
}

func newFixture[K Key, M any](in *input[K], base M) fixture[K, M] {
	return fixture[K, M]{
		base:   base,
		hit:    contest.Cursor[K]{List: in.hit},
		fresh:  contest.Cursor[K]{List: in.fresh},
		absent: contest.Cursor[K]{List: in.fresh},
	}
}
