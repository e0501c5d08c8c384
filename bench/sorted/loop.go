package sorted

import "github.com/ramet-go/ramet/bench/contest"

// A fixture is what the loops of one contestant share: M is its type of map.
type fixture[K Key, M any] struct {
	base               M
	out                M     // the last result of a write
	sum                int64 // of the values read, so that reading is not for nothing
	last               K     // the last key read
	hit, fresh, absent contest.Cursor[K]
	spots              contest.Cursor[int32]
}

func newFixture[K Key, M any](in *input[K], base M) fixture[K, M] {
	r := contest.Source(len(in.keys))
	return fixture[K, M]{
		base:   base,
		hit:    contest.Endless(r, in.hit),
		fresh:  contest.Endless(r, in.fresh),
		absent: contest.Endless(r, in.fresh),
		spots:  contest.Endless(r, in.spots),
	}
}

// stretch is how many entries are read from a key on.
const stretch = 100

// loops are what every contestant has.
type loops[K Key] struct {
	lookup, set                   func(c *contest.Cursor[K], n int)
	delete, iterate, from, minMax func(n int)
}

// cases returns the cases of l's loops, of which f is the fixture.
func cases[K Key, M any](l loops[K], f *fixture[K, M]) runs {
	return runs{
		"lookup-hit": func(n int) { l.lookup(&f.hit, n) }, "lookup-miss": func(n int) { l.lookup(&f.absent, n) },
		"set": func(n int) { l.set(&f.hit, n) }, "insert": func(n int) { l.set(&f.fresh, n) },
		"delete": l.delete, "iterate": l.iterate, "from": l.from, "min-max": l.minMax,
	}
}
