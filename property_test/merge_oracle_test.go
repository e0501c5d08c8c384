package property_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/invariants"
	"github.com/ramet-go/ramet/internal/testkit"
)

// Merges are compared with an oracle that goes key by key, in all combinations of what several keys are in the base, in
// ours and in theirs: absent, 1 or 2. A key has 27 of them, three keys at once have 19,683.

// oracleKeys is the number of keys: fewer if every version is checked.
var oracleKeys = map[bool]int{false: 3, true: 2}[invariants.Enabled]

// contenders returns how many versions there are: what all the keys can be.
func contenders() int {
	n := 1
	for range oracleKeys {
		n *= 3
	}
	return n
}

// oracleKey returns a key of those that differ. They lie at either end and in the middle of the padding.
func oracleKey(i int) int { return []int{0, 50, 99}[i] }

// contender returns what version n has for the key i.
func contender(n, i int) side {
	for range i {
		n /= 3
	}
	return side{value(n % 3), n%3 > 0}
}

// decide is the oracle: what a merge makes of one key, and whether that is a conflict.
func decide(base, ours, theirs side) (result side, conflict bool) {
	changedByUs, changedByThem := base != ours, base != theirs
	switch {
	case changedByUs && changedByThem:
		return ours, ours != theirs
	case changedByThem:
		return theirs, false
	}
	return ours, false
}

// A contest is how the versions of a merge come about.
type contest[M any] struct {
	name               string
	base, ours, theirs M // empty maps
	padded             bool
}

func TestMergeIsThatOfTheOracle(t *testing.T) {
	t.Run("hamt", func(t *testing.T) {
		usual, equal := hamt.Map[int, value]{}, hamt.NewMap[int, value](testkit.Constant[int]())
		mergeLikeOracle(t, hashMaps[int](), []contest[hamt.Map[int, value]]{
			{"unrelated", usual, usual, usual, false}, {"of one history", usual, usual, usual, true},
			{"collisions", equal, equal, equal, true}, {"other hashers", usual, equal, usual, false},
		})
	})
	t.Run("rbtree", func(t *testing.T) {
		natural, descending := sorted{}, emptySorted(orders[int]()[2].compare)
		mergeLikeOracle(t, sortedMaps[int](), []contest[sorted]{
			{"unrelated", natural, natural, natural, false}, {"of one history", natural, natural, natural, true},
			{"descending", descending, descending, descending, true}, {"theirs descends", natural, natural, descending, false},
			{"only ours ascends", descending, natural, descending, false},
		})
	})
}

func mergeLikeOracle[M testkit.Map[int, value, M, B], B testkit.Builder[int, value, M]](t *testing.T, pkg mapKind[int, M, B], contests []contest[M]) {
	for _, c := range contests {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			conflicts := 0
			n := contenders()
			ours, theirs := make([]M, n), make([]M, n)
			for base := range n {
				b := version(c.base, base, c.padded)
				for i := range n {
					ours[i], theirs[i] = version(c.ours, i, c.padded), version(c.theirs, i, c.padded)
					if c.padded { // they share the padding with the base
						ours[i] = pkg.Apply(b, pkg.Diff(b, ours[i]))
						theirs[i] = pkg.Apply(b, pkg.Diff(b, theirs[i]))
					}
				}
				for o := range n {
					for th := range n {
						found, err := judge(pkg, b, ours[o], theirs[th], [3]int{base, o, th}, c.padded)
						require.NoError(t, err, "base %v, ours %v, theirs %v", b, ours[o], theirs[th])
						conflicts += found
					}
				}
			}
			// Of the 27 combinations of a key 6 are conflicts: three that differ, in any order.
			assert.Equal(t, oracleKeys*6*n*n*n/27, conflicts)
		})
	}
}

// padding is how many entries all versions have in common.
const padding = 100

// version returns version n, made of empty.
func version[M testkit.Map[int, value, M, B], B testkit.Builder[int, value, M]](empty M, n int, padded bool) M {
	b := empty.Builder()
	if padded {
		for k := range padding {
			b.Set(k, 7)
		}
	}
	for i := range oracleKeys {
		if s := contender(n, i); s.ok {
			b.Set(oracleKey(i), s.v)
		} else {
			b.Delete(oracleKey(i))
		}
	}
	return b.Build()
}

// judge compares the merges of three versions with what the oracle says, and returns the number of conflicts.
func judge[M testkit.Map[int, value, M, B], B testkit.Builder[int, value, M]](pkg mapKind[int, M, B], base, ours, theirs M, which [3]int, padded bool) (int, error) {
	want := make([]side, oracleKeys)
	conflicts := map[int]diff.Conflict[int, value]{}
	for i := range want {
		b, o, th := contender(which[0], i), contender(which[1], i), contender(which[2], i)
		var conflict bool
		if want[i], conflict = decide(b, o, th); conflict {
			k := oracleKey(i)
			conflicts[k] = diff.Conflict[int, value]{Key: k, Base: b.v, Ours: o.v, Theirs: th.v, InBase: b.ok, InOurs: o.ok, InTheirs: th.ok}
		}
	}
	length := 0
	if padded {
		length = padding - oracleKeys
	}
	// merged compares a merge with want, but for the conflicts, about which resolved says what is there.
	merged := func(what string, m M, resolved func(diff.Conflict[int, value]) side) error {
		n := length
		for i, s := range want {
			k := oracleKey(i)
			if c, ok := conflicts[k]; ok {
				s = resolved(c)
			}
			if s.ok {
				n++
			}
			if got := sideOf(m, k); got != s {
				return fmt.Errorf("%s has %v for %d, want %v", what, got, k, s)
			}
		}
		if m.Len() != n {
			return fmt.Errorf("%s has %d entries, want %d", what, m.Len(), n)
		}
		return nil
	}
	keepOurs := func(c diff.Conflict[int, value]) side { return side{c.Ours, c.InOurs} }
	keepTheirs := func(c diff.Conflict[int, value]) side { return side{c.Theirs, c.InTheirs} }

	m, list := pkg.Merge(base, ours, theirs)
	if err := merged("Merge", m, keepOurs); err != nil {
		return 0, err
	}
	back, other := pkg.Merge(base, theirs, ours)
	if err := merged("Merge with the sides exchanged", back, keepTheirs); err != nil {
		return 0, err
	}
	if len(list) != len(conflicts) || len(other) != len(conflicts) {
		return 0, fmt.Errorf("%d conflicts, and %d with the sides exchanged, want %d", len(list), len(other), len(conflicts))
	}
	for _, c := range list {
		if conflicts[c.Key] != c {
			return 0, fmt.Errorf("conflict %+v, want %+v", c, conflicts[c.Key])
		}
	}
	for _, c := range other {
		c.Ours, c.Theirs, c.InOurs, c.InTheirs = c.Theirs, c.Ours, c.InTheirs, c.InOurs
		if conflicts[c.Key] != c {
			return 0, fmt.Errorf("with the sides exchanged conflict %+v, want %+v", c, conflicts[c.Key])
		}
	}

	same := func(a, b value) bool { return a == b }
	if err := merged("MergeFunc without a resolve", pkg.MergeFunc(base, ours, theirs, same, nil), keepOurs); err != nil || len(conflicts) == 0 {
		return 0, err
	}
	for _, r := range []struct {
		what    string
		resolve func(diff.Conflict[int, value]) side
	}{
		{"MergeFunc that takes theirs", keepTheirs},
		{"MergeFunc that drops", func(diff.Conflict[int, value]) side { return side{} }},
		{"MergeFunc that sets", func(diff.Conflict[int, value]) side { return side{9, true} }},
	} {
		asked := 0
		got := pkg.MergeFunc(base, ours, theirs, same, func(c diff.Conflict[int, value]) (value, bool) {
			if conflicts[c.Key] == c {
				asked++
			}
			s := r.resolve(c)
			return s.v, s.ok
		})
		if err := merged(r.what, got, r.resolve); err != nil {
			return 0, err
		}
		if asked != len(conflicts) {
			return 0, fmt.Errorf("%s is asked about %d conflicts, want %d", r.what, asked, len(conflicts))
		}
	}
	return len(conflicts), nil
}
