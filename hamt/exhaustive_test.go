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
// designed colliders, in both orders, unrelated and one derived from the other, with full
// nodes beside them in both maps or in one.
func TestBinaryOperationsExhaustively(t *testing.T) {
	pads := []struct{ a, b bool }{{true, true}, {true, false}, {false, true}}
	for _, u := range universes() {
		t.Run(u.name, func(t *testing.T) {
			met := map[string]int{}
			for _, p := range pads {
				for a := range 1 << u.movers {
					ca := u.pick(a, p.a, oursValue)
					ma := u.build(ca)
					for b := range 1 << u.movers {
						cb := u.pick(b, p.b, theirsValue)
						x := pair{u, ca, cb, ma, u.build(cb)}
						x.meet(met)
						require.NoError(t, x.verify(), "%b and %b, padded %v", a, b, p)
						x.mb = u.move(ma, cb)
						require.NoError(t, x.verify(), "%b and %b derived from it, padded %v", a, b, p)
						if x.cb.len() > hamt.LeafMax && a&b != 0 && ca.len() > hamt.LeafMax {
							shared, _ := hamt.SharedNodes(x.ma, x.mb)
							met["sharing"] += min(shared, 1)
						}
					}
				}
			}
			assert.Positive(t, met["leaf and inner"], "%v", met)
			assert.Positive(t, met["inner and leaf"], "%v", met)
			assert.Positive(t, met["inner and inner"], "%v", met)
			assert.Positive(t, met["sharing"], "%v", met)
			if u.name != "level by level" {
				assert.Positive(t, met["collision and collision"], "%v", met)
				assert.Positive(t, met["collision and leaf"], "%v", met)
				assert.Positive(t, met["collision and inner"], "%v", met)
			}
		})
	}
}

// A pair is two maps of a universe and what they must contain.
type pair struct {
	u      *universe
	ca, cb content
	ma, mb pathMap
}

// meet counts what kinds of trees meet.
func (x pair) meet(met map[string]int) {
	a, b := hamt.StatsOf(x.ma), hamt.StatsOf(x.mb)
	switch {
	case a.Collisions > 0 && b.Collisions > 0:
		met["collision and collision"]++
	case a.Collisions > 0 && b.Inner > 0:
		met["collision and inner"]++
	case a.Collisions > 0:
		met["collision and leaf"]++
	}
	switch {
	case a.Inner > 0 && b.Inner > 0:
		met["inner and inner"]++
	case a.Inner > 0 && b.Leaves > 0:
		met["inner and leaf"]++
	case b.Inner > 0 && a.Leaves > 0:
		met["leaf and inner"]++
	}
}

// verify tries the operations on x, and on x with its sides exchanged.
func (x pair) verify() error {
	for _, x := range []pair{x, {x.u, x.cb, x.ca, x.mb, x.ma}} {
		for _, try := range []func() error{x.algebra, x.relations, x.sets, x.changes, x.merges, x.untouched} {
			if err := try(); err != nil {
				return err
			}
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
		{"Union", x.ma.Union(x.mb), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return b
		}},
		{"UnionFunc", x.ma.UnionFunc(x.mb, func(k pathKey, a, b int) int { return both(k.id, a, b) }), func(i, a, b int) int {
			switch {
			case a == absent:
				return b
			case b == absent:
				return a
			}
			return both(i, a, b)
		}},
		{"Intersection", x.ma.Intersection(x.mb), func(_, a, b int) int {
			if b == absent {
				return absent
			}
			return a
		}},
		{"Difference", x.ma.Difference(x.mb), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return absent
		}},
		{"SetAll", x.ma.SetAll(x.mb.All()), func(_, a, b int) int {
			if b == absent {
				return a
			}
			return b
		}},
		{"Filter", x.ma.Filter(func(k pathKey, _ int) bool { return x.mb.Contains(k) }), func(_, a, b int) int {
			if b == absent {
				return absent
			}
			return a
		}},
	} {
		if err := x.u.verify(op.got, x.ca.zip(x.cb, op.want)); err != nil {
			return fmt.Errorf("%s: %w", op.name, err)
		}
	}
	return nil
}

func (x pair) relations() error {
	equal := slices.Equal(x.ca, x.cb)
	if hamt.Equal(x.ma, x.mb) != equal {
		return fmt.Errorf("Equal is %t", !equal)
	}
	sameKeys := slices.Equal(x.ca.zip(x.ca, present), x.cb.zip(x.cb, present))
	if hamt.EqualFunc(x.ma, x.mb, func(int, int) bool { return true }) != sameKeys {
		return fmt.Errorf("EqualFunc of keys alone is %t", !sameKeys)
	}
	return nil
}

// present is the content of a set: no values, only keys.
func present(_, a, _ int) int { return min(a, 0) }

func (x pair) sets() error {
	none := hamt.NewSet[pathKey](pathHasher{})
	a, b := none.Add(slices.Collect(x.ma.Keys())...), none.Add(slices.Collect(x.mb.Keys())...)
	ca, cb := x.ca.zip(x.ca, present), x.cb.zip(x.cb, present)
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
		switch a, b := x.ca[i], x.cb[i]; {
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
	for c := range hamt.Diff(x.ma, x.mb) {
		if want[c.Key] != c {
			return fmt.Errorf("Diff yields %v, want %v", c, want[c.Key])
		}
		changes, inverses = append(changes, c), append(inverses, c.Inverse())
	}
	if len(changes) != len(want) {
		return fmt.Errorf("Diff yields %d changes, want %d", len(changes), len(want))
	}
	if err := x.u.verify(hamt.Apply(x.ma, slices.Values(changes)), x.cb); err != nil {
		return fmt.Errorf("Apply: %w", err)
	}
	if err := x.u.verify(hamt.Apply(x.mb, slices.Values(inverses)), x.ca); err != nil {
		return fmt.Errorf("Apply of inverses: %w", err)
	}
	return nil
}

// merges merges the two sides from several bases, each of which both are derived from in
// some part.
func (x pair) merges() error {
	all := x.u.pick(1<<x.u.movers-1, true, baseValue)
	common := x.ca.zip(x.cb, func(i, a, b int) int {
		if a == absent || b == absent {
			return absent
		}
		return baseValue(i)
	})
	for _, base := range []struct {
		c content
		m pathMap
	}{{all, x.u.shapeOf(all).Filter(func(pathKey, int) bool { return true })}, {common, x.u.build(common)}, {x.ca, x.ma}, {x.cb, x.mb}} {
		if slices.Equal(base.c, all) {
			base.m = x.u.move(base.m, all)
		}
		if err := x.merge(base.c, base.m); err != nil {
			return err
		}
	}
	return nil
}

func (x pair) merge(base content, m pathMap) error {
	type conflict = diff.Conflict[pathKey, int]
	zero := func(v int) int { return max(v, 0) }
	conflicts := map[int]conflict{}
	want := x.ca.zip(x.cb, func(i, ours, theirs int) int {
		switch b := base[i]; {
		case ours == theirs || theirs == b:
			return ours
		case ours == b:
			return theirs
		default:
			conflicts[i] = conflict{x.u.keys[i], zero(b), zero(ours), zero(theirs), b != absent, ours != absent, theirs != absent}
			return ours
		}
	})
	merged, cs := hamt.Merge(m, x.ma, x.mb)
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
	merged = hamt.MergeFunc(m, x.ma, x.mb, func(a, b int) bool { return a == b },
		func(c conflict) (int, bool) { return c.Theirs, c.InTheirs })
	want = want.zip(x.cb, func(i, v, theirs int) int {
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
	if err := x.u.verify(x.ma, x.ca); err != nil {
		return fmt.Errorf("the first operand afterwards: %w", err)
	}
	if err := x.u.verify(x.mb, x.cb); err != nil {
		return fmt.Errorf("the second operand afterwards: %w", err)
	}
	return nil
}
