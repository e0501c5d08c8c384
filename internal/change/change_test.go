package change_test

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/change"
)

// plain is a built-in map as a builder.
type plain map[string]int

func (p plain) Set(k string, v int) bool { _, had := p[k]; p[k] = v; return !had }
func (p plain) Delete(k string) bool     { _, had := p[k]; delete(p, k); return had }
func (p plain) find(k string) *int {
	if v, ok := p[k]; ok {
		return &v
	}
	return nil
}

func TestApply(t *testing.T) {
	p := plain{"updated": 1, "removed": 2, "kept": 3}
	b, begun := change.Apply(source{p}, slices.Values([]diff.Change[string, int]{
		{Kind: diff.Updated, Key: "updated", Old: 99, New: 10},
		{Kind: diff.Removed, Key: "removed"},
		{Kind: diff.Removed, Key: "never there"},
		{Kind: diff.Added, Key: "added", New: 4},
	}), "pkg: Apply")
	assert.True(t, begun)
	assert.Equal(t, p, b)
	_, begun = change.Apply(source{p}, slices.Values([]diff.Change[string, int]{}), "pkg: Apply")
	assert.False(t, begun)
	assert.Equal(t, plain{"updated": 10, "kept": 3, "added": 4}, p)

	assert.PanicsWithValue(t, "pkg: Apply of a change of unknown kind "+diff.Kind(77).String(), func() {
		change.Apply(source{p}, slices.Values([]diff.Change[string, int]{{Kind: 77}}), "pkg: Apply")
	})
}

// source is a collection whose builder is the built-in map itself.
type source struct{ p plain }

func (s source) Builder() plain { return s.p }

// Every state of a key in three versions: absent, 1 or 2.
func TestMergeOfOneKey(t *testing.T) {
	state := func(n int) plain {
		if n == 0 {
			return plain{}
		}
		return plain{"k": n}
	}
	eq := func(a, b int) bool { return a == b }
	for i := range 27 {
		inBase, inOurs, inTheirs := i/9, i/3%3, i%3
		base, ours, theirs := state(inBase), state(inOurs), state(inTheirs)
		var changes []diff.Change[string, int]
		if inBase != inTheirs {
			kind := diff.Updated
			switch {
			case inBase == 0:
				kind = diff.Added
			case inTheirs == 0:
				kind = diff.Removed
			}
			changes = append(changes, diff.Change[string, int]{Kind: kind, Key: "k", Old: base["k"], New: theirs["k"]})
		}
		want := inOurs
		if inOurs == inBase {
			want = inTheirs
		}
		clash := inBase != inOurs && inBase != inTheirs && inOurs != inTheirs
		find := change.Versions[string, int]{Base: base.find, Ours: ours.find, Theirs: theirs.find}

		var conflicts []diff.Conflict[string, int]
		b := state(inOurs)
		change.Merge(b, slices.Values(changes), find, eq, func(c diff.Conflict[string, int]) { conflicts = append(conflicts, c) })
		assert.Equal(t, state(want), b, "base %d, ours %d, theirs %d", inBase, inOurs, inTheirs)
		if clash {
			assert.Equal(t, []diff.Conflict[string, int]{{Key: "k", Base: inBase, Ours: inOurs, Theirs: inTheirs,
				InBase: inBase != 0, InOurs: inOurs != 0, InTheirs: inTheirs != 0}}, conflicts)
		} else {
			assert.Empty(t, conflicts)
		}

		for answer := range 4 { // absent, 1, 2, or not asked
			var resolve func(diff.Conflict[string, int]) (int, bool)
			resolved := state(answer % 3)
			if answer == 3 {
				resolved = state(want)
			} else {
				resolve = func(diff.Conflict[string, int]) (int, bool) { return answer, answer != 0 }
			}
			if !clash {
				resolved = state(want)
			}
			b := state(inOurs)
			change.Merge(b, slices.Values(changes), find, eq, change.Resolve(b, resolve))
			assert.Equal(t, resolved, b, "base %d, ours %d, theirs %d, resolved to %d", inBase, inOurs, inTheirs, answer)
		}
	}
}
