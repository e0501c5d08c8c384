package cells

import (
	"maps"
	"sync"
	"sync/atomic"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
)

// rametStore is a map in a cell.
type rametStore struct {
	c cell.Cell[hamt.Map[int64, int64]]
}

func newRamet(keys []int64) store {
	s := new(rametStore)
	var b hamt.MapBuilder[int64, int64]
	for i, k := range keys {
		b.Set(k, int64(i))
	}
	s.c.Store(b.Build())
	return s
}

func (s *rametStore) work(keys []int64, i, n, every int) (sum int64) {
	until := every
	for range n {
		k := keys[i]
		if until--; until == 0 {
			until = every
			s.c.Update(func(m hamt.Map[int64, int64]) hamt.Map[int64, int64] { return m.Set(k, k) })
		} else {
			v, _ := s.c.Load().Lookup(k)
			sum += v
		}
		if i++; i == len(keys) {
			i = 0
		}
	}
	return sum
}

// cowStore is the copy-on-write map.
type cowStore struct {
	mu sync.Mutex // of writers
	m  atomic.Pointer[map[int64]int64]
}

func newCow(keys []int64) store {
	s := new(cowStore)
	m := goMap(keys)
	s.m.Store(&m)
	return s
}

func (s *cowStore) work(keys []int64, i, n, every int) (sum int64) {
	until := every
	for range n {
		k := keys[i]
		if until--; until == 0 {
			until = every
			s.mu.Lock()
			m := maps.Clone(*s.m.Load())
			m[k] = k
			s.m.Store(&m)
			s.mu.Unlock()
		} else {
			sum += (*s.m.Load())[k]
		}
		if i++; i == len(keys) {
			i = 0
		}
	}
	return sum
}

// lockedStore is a map behind a lock.
type lockedStore struct {
	mu sync.RWMutex
	m  map[int64]int64
}

func newLocked(keys []int64) store { return &lockedStore{m: goMap(keys)} }

func (s *lockedStore) work(keys []int64, i, n, every int) (sum int64) {
	until := every
	for range n {
		k := keys[i]
		if until--; until == 0 {
			until = every
			s.mu.Lock()
			s.m[k] = k
			s.mu.Unlock()
		} else {
			s.mu.RLock()
			sum += s.m[k]
			s.mu.RUnlock()
		}
		if i++; i == len(keys) {
			i = 0
		}
	}
	return sum
}

// syncStore is a sync.Map, which is as well for many goroutines and hands out no versions. Keys and values are of type any.
type syncStore struct{ m sync.Map }

func newSync(keys []int64) store {
	s := new(syncStore)
	for i, k := range keys {
		s.m.Store(k, int64(i))
	}
	return s
}

func (s *syncStore) work(keys []int64, i, n, every int) (sum int64) {
	until := every
	for range n {
		k := keys[i]
		if until--; until == 0 {
			until = every
			s.m.Store(k, k)
		} else {
			v, _ := s.m.Load(k)
			sum += v.(int64)
		}
		if i++; i == len(keys) {
			i = 0
		}
	}
	return sum
}

// builtinStore is a map that does not change.
type builtinStore map[int64]int64

func newBuiltin(keys []int64) store { return builtinStore(goMap(keys)) }

func (s builtinStore) work(keys []int64, i, n, _ int) (sum int64) {
	for range n {
		sum += s[keys[i]]
		if i++; i == len(keys) {
			i = 0
		}
	}
	return sum
}

func goMap(keys []int64) map[int64]int64 {
	m := map[int64]int64{}
	for i, k := range keys {
		m[k] = int64(i)
	}
	return m
}
