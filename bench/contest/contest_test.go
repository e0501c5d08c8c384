package contest

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/bench/harness"
)

func TestHeld(t *testing.T) {
	made := 0
	f := Held("ramet", 1000, func() any { made++; return made }).Prepare()
	assert.Equal(t, 100, made)
	assert.Equal(t, 100_000, f.Entries)
	assert.Len(t, f.Held, 100)

	f = Held("ramet", 1_000_000, func() any { return 1 }).Prepare()
	assert.Equal(t, 1_000_000, f.Entries)
	assert.Nil(t, Held("rival", 1000, func() any { return nil }).Prepare().Held)
}

func TestTargets(t *testing.T) {
	assert.Equal(t, harness.Target{Measure: harness.Faster, Rival: "x", At: map[int]float64{10: 2, 1_000_000: 3}}, Faster("x", 2, 0, 0, 3))
	assert.Equal(t, harness.Target{Measure: harness.Within, Rival: "x", At: map[int]float64{1000: 1.5}}, Within("x", 0, 1.5, 0, 0))
	assert.Equal(t, harness.Target{Measure: harness.Bytes, At: map[int]float64{100_000: 64}}, AtMost(harness.Bytes, 0, 0, 64, 0))
	assert.Panics(t, func() { Faster("x", 1, 2) }, "a bound for each size")

	cases := []harness.Case{{Name: "a"}, {Name: "b"}}
	with := WithTargets(cases, map[string][]harness.Target{"b": {AllocatesNothing}})
	assert.Empty(t, with[0].Targets)
	assert.Len(t, with[1].Targets, 1)
	assert.Empty(t, cases[1].Targets, "the cases are shared by groups")
}

func TestPack(t *testing.T) {
	r := Source(1)
	list := []string{String(r), String(r), "", String(r)}
	want := append([]string(nil), list...)
	Pack(list)
	assert.Equal(t, want, list)
	for _, s := range []string{list[0], list[1], list[3]} {
		assert.True(t, 8 <= len(s) && len(s) <= 24, "%q", s)
	}
}

func TestCheck(t *testing.T) {
	group := func(first string, cases []harness.Case, runs Runs) []harness.Group {
		return []harness.Group{{Name: "g", Cases: cases, Open: func(int) []harness.Subject {
			return []harness.Subject{Timed(first, func() Runs { return runs }), Timed("rival", func() Runs { return nil })}
		}}}
	}
	get := harness.Case{Name: "get", Targets: []harness.Target{Faster("rival", 1, 1, 1, 1)}}
	runs := Runs{"get": func(int) {}}
	require.NoError(t, Check(group("ramet", []harness.Case{get}, runs)))
	assert.ErrorContains(t, Check(group("other", []harness.Case{get}, runs)), "comes first")
	assert.ErrorContains(t, Check(group("ramet", []harness.Case{get, get}, runs)), "twice")
	assert.ErrorContains(t, Check(group("ramet", []harness.Case{get}, nil)), "without ramet")
	assert.ErrorContains(t, Check(group("ramet", []harness.Case{{Name: "heap", Kind: harness.Heap}}, runs)), "without ramet")
	get.Targets = []harness.Target{Within("nobody", 1, 1, 1, 1)}
	assert.ErrorContains(t, Check(group("ramet", []harness.Case{get}, runs)), "nobody")
}

// TestOrders: each has all of the list, and they do not repeat soon.
func TestOrders(t *testing.T) {
	list := []int{3, 1, 2, 5, 4}
	orders := Orders(Source(1), list)
	assert.GreaterOrEqual(t, len(orders)*len(list), unlearnable-len(list))
	assert.NotEqual(t, orders[0], orders[1])
	for _, o := range orders {
		require.ElementsMatch(t, list, o)
	}
	assert.Len(t, Endless(Source(1), list).List, len(orders)*len(list))
	assert.Equal(t, []int{3, 1, 2, 5, 4}, list)

	long := make([]int, unlearnable)
	assert.Equal(t, [][]int{long}, Orders(Source(1), long))
	assert.Empty(t, Endless(Source(1), []int{}).List)
}
