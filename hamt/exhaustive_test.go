package hamt_test

import (
	"fmt"
	"maps"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
)

// Values of three versions: of any two, some keys have equal values and some have not.
func baseValue(i int) int   { return 0 * i }
func oursValue(i int) int   { return i % 2 }
func theirsValue(i int) int { return i % 3 }

// TestBinaryOperationsExhaustively tries all binary operations on all pairs of subsets of six
// designed colliders, unrelated and one derived from the other in both orders, with full nodes
// beside them in both maps or in one.
func TestBinaryOperationsExhaustively(t *testing.T) {
	meetings := map[string][]string{ // that must occur in a universe
		"every kind":      {"collision and collision", "collision and leaf", "collision and inner"},
		"one hash":        {"collision and collision", "collision and leaf"},
		"two hashes":      {"collision and collision", "collision and leaf", "collision and inner"},
		"the last levels": {"collision and collision", "collision and leaf", "collision and inner"},
	}
	for _, u := range universes() {
		t.Run(u.name, func(t *testing.T) {
			met := map[string]int{}
			for _, padded := range []struct{ a, b bool }{{true, true}, {true, false}, {false, true}} {
				as, bs := u.sides(padded.a, oursValue), u.sides(padded.b, theirsValue)
				for i, a := range as {
					for j, b := range bs {
						meet(met, a.m, b.m)
						require.NoError(t, pair{u, a, b}.verify(), "%b and %b, padded %v", i, j, padded)
						if padded.a != padded.b {
							continue
						}
						b = newSide(u.move(a.m, b.c), b.c)
						shared, _ := hamt.SharedNodes(a.m, b.m)
						met["sharing"] += min(shared, 1)
						require.NoError(t, pair{u, a, b}.verify(), "%b and %b derived from it", i, j)
						require.NoError(t, pair{u, b, a}.verify(), "%b derived from %b, and that", j, i)
					}
				}
			}
			for _, m := range append(meetings[u.name], "leaf and inner", "inner and leaf", "inner and inner", "sharing") {
				assert.Positive(t, met[m], "%s: %v", m, met)
			}
		})
	}
}

// meet counts what kinds of trees meet.
func meet(met map[string]int, ma, mb pathMap) {
	kind := func(m pathMap) string {
		switch s := hamt.StatsOf(m); {
		case s.Collisions > 0:
			return "collision"
		case s.Inner > 0:
			return "inner"
		}
		return "leaf"
	}
	met[kind(ma)+" and "+kind(mb)]++
	if hamt.StatsOf(ma).Inner > 0 && hamt.StatsOf(mb).Inner > 0 {
		met["inner and inner"]++
	}
	if hamt.StatsOf(ma).Inner > 0 && hamt.StatsOf(mb).Inner == 0 {
		met["inner and leaf"]++
	}
	if hamt.StatsOf(ma).Inner == 0 && hamt.StatsOf(mb).Inner > 0 {
		met["leaf and inner"]++
	}
}

// A side is a map, as a set too, and what it must contain.
type side struct {
	m pathMap
	s hamt.Set[pathKey]
	c content
}

func newSide(m pathMap, c content) side {
	return side{m, hamt.NewSet[pathKey](pathHasher{}).Add(slices.Collect(m.Keys())...), c}
}

// sides returns the maps of all subsets of the movers.
func (u *universe) sides(padded bool, value func(int) int) (sides []side) {
	for mask := range 1 << u.movers {
		c := u.pick(mask, padded, value)
		sides = append(sides, newSide(u.build(c), c))
	}
	return sides
}

// A pair is two maps of a universe.
type pair struct {
	u    *universe
	a, b side
}

// verify tries the operations on x.
func (x pair) verify() error {
	for _, try := range []func() error{x.algebra, x.relations, x.sets, x.changes, x.merges, x.untouched} {
		if err := try(); err != nil {
			return err
		}
	}
	return nil
}

func (x pair) algebra() error {
	both := func(_, a, b int) int { return 10*a + b + 1 }
	for _, op := range []struct {
		name string
		got  pathMap
		want func(i, a, b int) int
	}{
		{"Union", x.a.m.Union(x.b.m), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return b
		}},
		{"UnionFunc", x.a.m.UnionFunc(x.b.m, func(k pathKey, a, b int) int { return both(k.id, a, b) }), func(i, a, b int) int {
			switch {
			case a == absent:
				return b
			case b == absent:
				return a
			}
			return both(i, a, b)
		}},
		{"Intersection", x.a.m.Intersection(x.b.m), func(_, a, b int) int {
			if b == absent {
				return absent
			}
			return a
		}},
		{"Difference", x.a.m.Difference(x.b.m), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return absent
		}},
		{"IntersectionFunc", x.a.m.IntersectionFunc(x.b.m, func(k pathKey, a, b int) int { return both(k.id, a, b) }), func(i, a, b int) int {
			if a == absent || b == absent {
				return absent
			}
			return both(i, a, b)
		}},
		{"JoinFunc", hamt.JoinFunc(x.a.m, x.b.m, func(_ pathKey, a, b int) int { return max(a, b) }), func(_, a, b int) int { return max(a, b) }},
		{"Restrict", x.a.m.Restrict(x.b.s), func(_, a, b int) int {
			if b == absent {
				return absent
			}
			return a
		}},
		{"Without", x.a.m.Without(x.b.m.KeySet()), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return absent
		}},
		{"DeleteAll", x.a.m.DeleteAll(slices.Collect(x.b.m.Keys())...), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return absent
		}},
		{"SetAll", x.a.m.SetAll(x.b.m.All()), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return b
		}},
		{"Filter", x.a.m.Filter(func(k pathKey, _ int) bool { return x.b.m.Contains(k) }), func(_, a, b int) int {
			if b == absent {
				return absent
			}
			return a
		}},
	} {
		if err := x.u.verify(op.got, x.a.c.zip(x.b.c, op.want)); err != nil {
			return fmt.Errorf("%s: %w", op.name, err)
		}
	}
	return nil
}

func (x pair) relations() error {
	equal := slices.Equal(x.a.c, x.b.c)
	if hamt.Equal(x.a.m, x.b.m) != equal {
		return fmt.Errorf("Equal is %t", !equal)
	}
	sameKeys := slices.Equal(x.a.c.zip(x.a.c, present), x.b.c.zip(x.b.c, present))
	if hamt.EqualFunc(x.a.m, x.b.m, func(int, int) bool { return true }) != sameKeys {
		return fmt.Errorf("EqualFunc of keys alone is %t", !sameKeys)
	}
	return nil
}

// present is the content of a set: no values, only keys.
func present(_, a, _ int) int { return min(a, 0) }

func (x pair) sets() error {
	a, b := x.a.s, x.b.s
	ca, cb := x.a.c.zip(x.a.c, present), x.b.c.zip(x.b.c, present)
	for _, op := range []struct {
		name string
		got  hamt.Set[pathKey]
		want func(a, b bool) bool
	}{
		{"Union", a.Union(b), func(a, b bool) bool { return a || b }},
		{"Intersection", a.Intersection(b), func(a, b bool) bool { return a && b }},
		{"Difference", a.Difference(b), func(a, b bool) bool { return a && !b }},
		{"SymmetricDifference", a.SymmetricDifference(b), func(a, b bool) bool { return a != b }},
		{"ApplySet", hamt.ApplySet(a, hamt.DiffSets(a, b)), func(_, b bool) bool { return b }},
		{"AddAll", a.AddAll(b.All()), func(a, b bool) bool { return a || b }},
		{"MergeSets, adding", hamt.MergeSets(a.Intersection(b), a, b), func(a, b bool) bool { return a || b }},
		{"MergeSets, deleting", hamt.MergeSets(a.Union(b), a, b), func(a, b bool) bool { return a && b }},
		{"KeySet", x.a.m.KeySet(), func(a, _ bool) bool { return a }},
	} {
		want := ca.zip(cb, func(_, a, b int) int {
			if op.want(a != absent, b != absent) {
				return 0
			}
			return absent
		})
		if err := hamt.CheckSet(op.got); err != nil {
			return fmt.Errorf("%s of sets: %w", op.name, err)
		}
		if got := hamt.SetStats(op.got); got != hamt.StatsOf(x.u.shapeOf(want)) {
			return fmt.Errorf("%s of sets: another shape than a new set has: %+v", op.name, got)
		}
		n := 0
		for k := range op.got.All() {
			if n++; want[k.id] == absent {
				return fmt.Errorf("%s of sets: yields key %d", op.name, k.id)
			}
		}
		if n != want.len() || n != op.got.Len() {
			return fmt.Errorf("%s of sets: Len is %d, iteration yields %d, want %d", op.name, op.got.Len(), n, want.len())
		}
	}
	subset, disjoint := true, true
	for i := range ca {
		subset = subset && (ca[i] == absent || cb[i] != absent)
		disjoint = disjoint && (ca[i] == absent || cb[i] == absent)
	}
	switch {
	case a.SubsetOf(b) != subset:
		return fmt.Errorf("SubsetOf is %t", !subset)
	case a.Disjoint(b) != disjoint:
		return fmt.Errorf("Disjoint is %t", !disjoint)
	case a.Equal(b) != slices.Equal(ca, cb):
		return fmt.Errorf("Equal of sets is %t", a.Equal(b))
	}
	return nil
}

func (x pair) changes() error {
	want := map[pathKey]diff.Change[pathKey, int]{}
	for i, k := range x.u.keys {
		switch a, b := x.a.c[i], x.b.c[i]; {
		case a == b:
		case b == absent:
			want[k] = diff.Change[pathKey, int]{Kind: diff.Removed, Key: k, Old: a}
		case a == absent:
			want[k] = diff.Change[pathKey, int]{Kind: diff.Added, Key: k, New: b}
		default:
			want[k] = diff.Change[pathKey, int]{Kind: diff.Updated, Key: k, Old: a, New: b}
		}
	}
	var changes, inverses []diff.Change[pathKey, int]
	for c := range hamt.Diff(x.a.m, x.b.m) {
		if want[c.Key] != c {
			return fmt.Errorf("Diff yields %v, want %v", c, want[c.Key])
		}
		changes, inverses = append(changes, c), append(inverses, c.Inverse())
	}
	if len(changes) != len(want) {
		return fmt.Errorf("Diff yields %d changes, want %d", len(changes), len(want))
	}
	if err := x.u.verify(hamt.Apply(x.a.m, slices.Values(changes)), x.b.c); err != nil {
		return fmt.Errorf("Apply: %w", err)
	}
	if err := x.u.verify(hamt.Apply(x.b.m, slices.Values(inverses)), x.a.c); err != nil {
		return fmt.Errorf("Apply of inverses: %w", err)
	}
	return nil
}

// merges merges the two sides from a base that has all keys, and from one that has those that
// are in both: each side is then derived from the base in some part.
func (x pair) merges() error {
	all := x.u.pick(1<<x.u.movers-1, true, baseValue)
	common := x.a.c.zip(x.b.c, func(i, a, b int) int {
		if a == absent || b == absent {
			return absent
		}
		return baseValue(i)
	})
	if err := x.merge(all, x.u.base()); err != nil {
		return err
	}
	if err := x.merge(common, x.a.m.Intersection(x.b.m).SetAll(x.u.base().Intersection(x.b.m).Intersection(x.a.m).All())); err != nil {
		return err
	}
	merged, conflicts := hamt.Merge(x.a.m, x.a.m, x.b.m)
	if len(conflicts) > 0 || !hamt.Equal(merged, x.b.m) {
		return fmt.Errorf("Merge of theirs into an unchanged version: %d conflicts", len(conflicts))
	}
	merged, conflicts = hamt.Merge(x.b.m, x.a.m, x.b.m)
	if len(conflicts) > 0 || merged != x.a.m {
		return fmt.Errorf("Merge of an unchanged version: %d conflicts", len(conflicts))
	}
	return nil
}

// base is the map of all keys.
func (u *universe) base() pathMap {
	if u.all.Len() == 0 {
		u.all = u.build(u.pick(1<<u.movers-1, true, baseValue))
	}
	return u.all
}

func (x pair) merge(base content, m pathMap) error {
	type conflict = diff.Conflict[pathKey, int]
	zero := func(v int) int { return max(v, 0) }
	conflicts := map[int]conflict{}
	want := x.a.c.zip(x.b.c, func(i, ours, theirs int) int {
		switch b := base[i]; {
		case ours == theirs || theirs == b:
			return ours
		case ours == b:
			return theirs
		default:
			conflicts[i] = conflict{
				Key: x.u.keys[i], Base: zero(b), Ours: zero(ours), Theirs: zero(theirs),
				InBase: b != absent, InOurs: ours != absent, InTheirs: theirs != absent,
			}
			return ours
		}
	})
	merged, cs := hamt.Merge(m, x.a.m, x.b.m)
	if err := x.u.verify(merged, want); err != nil {
		return fmt.Errorf("Merge: %w", err)
	}
	got := map[int]conflict{}
	for _, c := range cs {
		got[c.Key.id] = c
	}
	if len(cs) != len(conflicts) || !maps.Equal(got, conflicts) {
		return fmt.Errorf("Merge reports %v, want %v", cs, conflicts)
	}
	merged = hamt.MergeFunc(m, x.a.m, x.b.m, func(a, b int) bool { return a == b },
		func(c conflict) (int, bool) { return c.Theirs, c.InTheirs })
	want = want.zip(x.b.c, func(i, v, theirs int) int {
		if _, ok := conflicts[i]; ok {
			return theirs
		}
		return v
	})
	if err := x.u.verify(merged, want); err != nil {
		return fmt.Errorf("MergeFunc: %w", err)
	}
	return nil
}

// untouched verifies that the operands are what they were.
func (x pair) untouched() error {
	if err := x.u.verifyContents(x.a.m, x.a.c); err != nil {
		return fmt.Errorf("the first operand afterwards: %w", err)
	}
	if err := x.u.verifyContents(x.b.m, x.b.c); err != nil {
		return fmt.Errorf("the second operand afterwards: %w", err)
	}
	return nil
}
