package testkit_test

import (
	"cmp"
	"fmt"
	"iter"
	"maps"
	"math/rand/v2"
	"slices"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/testkit"
)

// cow is a persistent map that copies everything: a map to test the test kit with. It
// can be told to have one of the bugs that such maps have had.
type cow struct{ p *content }

type content struct {
	m   map[int]int
	bug string
}

func (c cow) Len() int {
	if c.p.bug == "miscount" && len(c.p.m) > 20 {
		return len(c.p.m) - 1
	}
	return len(c.p.m)
}
func (c cow) Get(k int) int {
	if v, ok := c.p.m[k]; ok || c.p.bug != "get of absent" {
		return v
	}
	return -1
}
func (c cow) Lookup(k int) (int, bool) { v, ok := c.p.m[k]; return v, ok }
func (c cow) Contains(k int) bool      { _, ok := c.p.m[k]; return ok }
func (c cow) All() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for k := range 256 {
			if v, ok := c.p.m[k]; ok {
				if c.p.bug == "iteration ends early" && k > 120 || !yield(k, v) {
					return
				}
			}
		}
	}
}
func (c cow) Keys() iter.Seq[int] {
	return func(yield func(int) bool) {
		for k := range c.All() {
			if !yield(k) {
				return
			}
		}
	}
}
func (c cow) Values() iter.Seq[int] {
	return func(yield func(int) bool) {
		for _, v := range c.All() {
			if !yield(v) {
				return
			}
		}
	}
}

// edit returns a copy of c that f has changed.
func (c cow) edit(f func(m map[int]int)) cow {
	m := maps.Clone(c.p.m)
	f(m)
	return cow{&content{m, c.p.bug}}
}

func (c cow) Set(k, v int) cow {
	if c.p.bug == "writes in place" && c.Contains(k) {
		c.p.m[k] = v
		return c
	}
	return c.edit(func(m map[int]int) { m[k] = v })
}
func (c cow) Delete(k int) cow {
	if !c.Contains(k) && c.p.bug != "no-op copies" {
		return c
	}
	return c.edit(func(m map[int]int) {
		delete(m, k)
		if c.p.bug == "delete drops another" && k%16 == 0 {
			delete(m, k+16)
		}
		if c.p.bug == "delete forgets" && len(m) > 30 {
			m[k] = c.p.m[k]
		}
	})
}
func (c cow) Update(k int, f func(int, bool) (int, bool)) cow {
	old, had := c.Lookup(k)
	if c.p.bug == "update sees zero" {
		old = 0
	}
	if v, keep := f(old, had); keep {
		return c.Set(k, v)
	}
	return c.Delete(k)
}
func (c cow) SetAll(seq iter.Seq2[int, int]) cow {
	b := c.Builder()
	b.SetAll(seq)
	return b.Build()
}
func (c cow) Filter(keep func(int, int) bool) cow {
	b := c.Builder()
	b.DeleteFunc(func(k, v int) bool { return !keep(k, v) })
	return b.Build()
}
func (c cow) Union(o cow) cow {
	if o.Len() == 0 || c == o {
		return c
	}
	if c.p.bug == "union keeps old values" {
		return c.UnionFunc(o, func(_, a, _ int) int { return a })
	}
	return c.SetAll(o.All())
}
func (c cow) UnionFunc(o cow, both func(k, a, b int) int) cow {
	return c.SetAll(func(yield func(int, int) bool) {
		for k, b := range o.All() {
			if a, ok := c.Lookup(k); ok && (c.p.bug != "union skips what is shared" || a != b) {
				b = both(k, a, b)
			}
			if !yield(k, b) {
				return
			}
		}
	})
}
func (c cow) Intersection(o cow) cow {
	if c.p.bug == "intersection takes other values" {
		return o.Filter(func(k, _ int) bool { return c.Contains(k) })
	}
	return c.Filter(func(k, _ int) bool { return o.Contains(k) })
}
func (c cow) Difference(o cow) cow {
	return c.Filter(func(k, v int) bool {
		if c.p.bug == "difference compares values" && o.Get(k) != v {
			return true
		}
		return !o.Contains(k)
	})
}
func (c cow) Builder() *cowBuilder {
	if c.p.bug == "builder writes through" {
		return &cowBuilder{c: c, own: true}
	}
	return &cowBuilder{c: c}
}

// cowBuilder copies at the first change after Builder and Build.
type cowBuilder struct {
	c      cow
	own    bool
	broken bool
}

func (b *cowBuilder) content() cow {
	if b.broken && b.c.p.bug != "torn builder" {
		panic("cow: the builder was left by a panic")
	}
	if b.c.p == nil {
		b.c = emptyCow("")
	}
	return b.c
}

func (b *cowBuilder) Len() int                 { return b.content().Len() }
func (b *cowBuilder) Get(k int) int            { return b.content().Get(k) }
func (b *cowBuilder) Lookup(k int) (int, bool) { return b.content().Lookup(k) }
func (b *cowBuilder) Contains(k int) bool      { return b.content().Contains(k) }
func (b *cowBuilder) All() iter.Seq2[int, int] {
	if b.content().p.bug == "range sees later changes" {
		return func(yield func(int, int) bool) { b.c.All()(yield) }
	}
	return func(yield func(int, int) bool) {
		b.own = false
		b.content().All()(yield)
	}
}
func (b *cowBuilder) Keys() iter.Seq[int]   { return b.content().Keys() }
func (b *cowBuilder) Values() iter.Seq[int] { return b.content().Values() }
func (b *cowBuilder) edit() map[int]int {
	if b.content(); !b.own {
		b.c, b.own = b.c.edit(func(map[int]int) {}), true
	}
	return b.c.p.m
}
func (b *cowBuilder) Set(k, v int) bool {
	added := !b.Contains(k)
	b.edit()[k] = v
	return added
}
func (b *cowBuilder) Delete(k int) bool {
	if !b.Contains(k) {
		return false
	}
	delete(b.edit(), k)
	return true
}
func (b *cowBuilder) Update(k int, f func(int, bool) (int, bool)) {
	old, had := b.Lookup(k)
	if v, keep := f(old, had); keep {
		b.Set(k, v)
	} else {
		b.Delete(k)
	}
}
func (b *cowBuilder) SetAll(seq iter.Seq2[int, int]) {
	b.content()
	b.broken = true
	for k, v := range seq {
		b.broken = false
		b.edit()[k] = v
		b.broken = true
	}
	b.broken = false
}
func (b *cowBuilder) DeleteFunc(del func(int, int) bool) {
	seen := b.content()
	var doomed []int
	for k, v := range seen.All() {
		if del(k, v) {
			doomed = append(doomed, k)
		}
	}
	for _, k := range doomed {
		b.Delete(k)
	}
}
func (b *cowBuilder) Clear() {
	if b.Len() > 0 {
		bug := b.c.p.bug
		b.c, b.own = emptyCow(bug), true
	}
}
func (b *cowBuilder) Build() cow {
	c := b.content()
	if c.p.bug != "builder keeps ownership" {
		b.own = false
	}
	return c
}

func emptyCow(bug string) cow { return cow{&content{map[int]int{}, bug}} }

func cowEqual(a, b cow) bool {
	if a.p.bug == "equal compares lengths" && a.Len() > 8 {
		return a.Len() == b.Len()
	}
	return maps.Equal(a.p.m, b.p.m)
}

func cowDiff(from, to cow) iter.Seq[diff.Change[int, int]] {
	return func(yield func(diff.Change[int, int]) bool) {
		// In an order: what a bug does to the result of Apply must not differ from run to run.
		changes := testkit.Model[int, int](from.p.m).Diff(to.p.m)
		for _, k := range slices.Sorted(maps.Keys(changes)) {
			c := changes[k]
			if from.p.bug == "diff misses updates" && c.Kind == diff.Updated && k > 99 {
				continue
			}
			if !yield(c) {
				return
			}
		}
	}
}

func cowApply(c cow, changes iter.Seq[diff.Change[int, int]]) cow {
	for ch := range changes {
		if ch.Kind == diff.Removed {
			c = c.Delete(ch.Key)
		} else {
			c = c.Set(ch.Key, ch.New)
		}
	}
	return c
}

func cowMergeFunc(base, ours, theirs cow, _ func(a, b int) bool, resolve func(diff.Conflict[int, int]) (int, bool)) cow {
	if theirs == base {
		return ours
	}
	merged, _ := testkit.Model[int, int](base.p.m).Merge(ours.p.m, theirs.p.m, resolve)
	if base.p.bug == "merge drops their deletions" {
		for k, v := range ours.All() {
			if base.Contains(k) && !theirs.Contains(k) {
				merged[k] = v
			}
		}
	}
	return cow{&content{merged, base.p.bug}}
}

func cowMerge(base, ours, theirs cow) (cow, []diff.Conflict[int, int]) {
	var conflicts []diff.Conflict[int, int]
	m := cowMergeFunc(base, ours, theirs, nil, func(c diff.Conflict[int, int]) (int, bool) {
		conflicts = append(conflicts, c)
		return c.Ours, c.InOurs
	})
	if base.p.bug == "merge hides conflicts" && len(conflicts) > 2 {
		conflicts = conflicts[:1]
	}
	return m, conflicts
}

// cows binds the interpreter to cow.
func cows(bug string) *testkit.Maps[int, int, cow, *cowBuilder] {
	return &testkit.Maps[int, int, cow, *cowBuilder]{
		Package: "cow", Home: "testkit_test",
		Universe: 160,
		Key:      func(i int) int { return i },
		Value:    func(i int) int { return i / 4 },
		Empties:  []testkit.Empty[cow]{{Go: fmt.Sprintf("emptyCow(%q)", bug), Map: emptyCow(bug)}},
		Equal:    cowEqual, Diff: cowDiff, Apply: cowApply, Merge: cowMerge, MergeFunc: cowMergeFunc,
		SetIfChanged: func(c cow, k, v int) cow {
			if old, ok := c.Lookup(k); ok && old == v {
				return c
			}
			return c.Set(k, v)
		},
		MapValues: func(c cow, f func(int, int) int) cow {
			return c.edit(func(m map[int]int) {
				for k, v := range c.All() {
					m[k] = f(k, v)
				}
			})
		},
		NewBuilder: func() *cowBuilder { return new(cowBuilder) },
		Order:      cmp.Compare[int],
	}
}

func random(seed uint64, n int) testkit.Program {
	return testkit.Random(rand.New(rand.NewPCG(seed, 1)), n)
}
