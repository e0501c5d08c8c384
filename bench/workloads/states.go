package workloads

import (
	"maps"

	"github.com/BarrensZeppelin/pmmap"
	"github.com/arr-ai/frozen"
	"github.com/benbjohnson/immutable"
	"github.com/tidwall/btree"

	"github.com/ramet-go/ramet/hamt"
)

func contestants() []contestant {
	return []contestant{
		newContestant("ramet", newRamet), newContestant("clone", newClone), newContestant("benbjohnson", newBenbjohnson),
		newContestant("frozen", newFrozen), newContestant("pmmap", newPmmap), newContestant("tidwall", newTidwall),
	}
}

type rametState struct{ m hamt.Map[int64, int64] }

func newRamet(keys []int64) rametState {
	var b hamt.MapBuilder[int64, int64]
	for i, k := range keys {
		b.Set(k, int64(i))
	}
	return rametState{b.Build()}
}

func (s rametState) lookup(k int64) int64      { return s.m.Get(k) }
func (s rametState) set(k, v int64) rametState { return rametState{s.m.Set(k, v)} }

type cloneState struct{ m map[int64]int64 }

func newClone(keys []int64) cloneState {
	m := map[int64]int64{}
	for i, k := range keys {
		m[k] = int64(i)
	}
	return cloneState{m}
}

func (s cloneState) lookup(k int64) int64 { return s.m[k] }

func (s cloneState) set(k, v int64) cloneState {
	m := maps.Clone(s.m)
	m[k] = v
	return cloneState{m}
}

type benbjohnsonState struct{ m *immutable.Map[int64, int64] }

func newBenbjohnson(keys []int64) benbjohnsonState {
	b := immutable.NewMapBuilder[int64, int64](nil)
	for i, k := range keys {
		b.Set(k, int64(i))
	}
	return benbjohnsonState{b.Map()}
}

func (s benbjohnsonState) lookup(k int64) int64 {
	v, _ := s.m.Get(k)
	return v
}

func (s benbjohnsonState) set(k, v int64) benbjohnsonState { return benbjohnsonState{s.m.Set(k, v)} }

type frozenState struct{ m frozen.Map[int64, int64] }

func newFrozen(keys []int64) frozenState {
	var b frozen.MapBuilder[int64, int64]
	for i, k := range keys {
		b.Put(k, int64(i))
	}
	return frozenState{b.Finish()}
}

func (s frozenState) lookup(k int64) int64 {
	v, _ := s.m.Get(k)
	return v
}

func (s frozenState) set(k, v int64) frozenState { return frozenState{s.m.With(k, v)} }

type pmmapState struct{ m pmmap.Tree[int64, int64] }

func newPmmap(keys []int64) pmmapState {
	m := pmmap.New[int64](pmmap.NumericHasher[int64]{})
	for i, k := range keys {
		m = m.Insert(k, int64(i))
	}
	return pmmapState{m}
}

func (s pmmapState) lookup(k int64) int64 {
	v, _ := s.m.Lookup(k)
	return v
}

func (s pmmapState) set(k, v int64) pmmapState { return pmmapState{s.m.Insert(k, v)} }

// tidwallState is a B-tree that is copied, lazily, before each write.
type tidwallState struct{ m *btree.Map[int64, int64] }

func newTidwall(keys []int64) tidwallState {
	m := btree.NewMap[int64, int64](0)
	for i, k := range keys {
		m.Set(k, int64(i))
	}
	return tidwallState{m}
}

func (s tidwallState) lookup(k int64) int64 {
	v, _ := s.m.Get(k)
	return v
}

func (s tidwallState) set(k, v int64) tidwallState {
	m := s.m.Copy()
	m.Set(k, v)
	return tidwallState{m}
}
