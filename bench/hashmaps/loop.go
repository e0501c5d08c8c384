package hashmaps

// A cursor goes round a list of keys for as long as a run lasts, and on where the last run ended.
// Each loop of a contestant keeps it in local variables:
//
//	keys, i := c.keys, c.next
//	for range n {
//		… keys[i] …
//		if i++; i == len(keys) {
//			i = 0
//		}
//	}
//	c.next = i
type cursor[K Key] struct {
	keys []K
	next int
}

// A fixture is what the loops of one contestant share: M is its type of map.
type fixture[K Key, M any] struct {
	base               M
	out                M     // the last result of a write
	sum                int64 // of the values read, so that reading is not for nothing
	last               K     // the last key read
	hit, fresh, absent cursor[K]
}

func newFixture[K Key, M any](in *input[K], base M) fixture[K, M] {
	return fixture[K, M]{
		base:   base,
		hit:    cursor[K]{keys: in.hit},
		fresh:  cursor[K]{keys: in.fresh},
		absent: cursor[K]{keys: in.fresh},
	}
}
