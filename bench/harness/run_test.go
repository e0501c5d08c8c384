package harness

import (
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// spin is an operation that takes about d of the processor.
func spin(d time.Duration) func(n int) {
	m := newRuntimeMeter(true)
	return func(n int) {
		for start := m.now(); m.now()-start < time.Duration(n)*d; {
		}
	}
}

// testGroup has a subject that is three times as slow as ours, and one that takes part in one case only.
func testGroup(prepared *[]string) Group {
	subject := func(name string, runs map[string]func(int), held int) Subject {
		return Subject{name, func() Fixture {
			*prepared = append(*prepared, name)
			f := Fixture{Runs: runs}
			if held > 0 {
				f.Held, f.Entries = make([]byte, held), 1024
			}
			return f
		}}
	}
	return Group{
		Name: "test",
		Cases: []Case{
			{Name: "read", Doc: "a read", Targets: []Target{
				{Measure: Faster, Rival: "slow", At: map[int]float64{10: 2, 1000: 100}},
				{Measure: Within, Rival: "absent", At: map[int]float64{10: 1}},
				{Measure: Allocs, At: map[int]float64{10: 0}},
			}},
			{Name: "scan", Doc: "a scan", PerEntry: true, Sizes: []int{1000}},
			{Name: "heap", Doc: "live bytes per entry", Kind: Heap, Targets: []Target{{Measure: Figure, At: map[int]float64{1000: 600}}}},
		},
		Open: func(size int) []Subject {
			return []Subject{
				subject("ours", map[string]func(int){"read": spin(2 * time.Microsecond), "scan": spin(time.Millisecond)}, 1<<20),
				subject("slow", map[string]func(int){"read": spin(6 * time.Microsecond)}, 4<<20),
				subject("partial", map[string]func(int){"scan": spin(time.Millisecond)}, 0),
			}
		},
	}
}

func TestRun(t *testing.T) {
	var prepared []string
	o := Options{
		Sizes:  []int{10, 1000},
		Rounds: 5,
		Limits: Limits{MinTime: time.Millisecond, MaxTime: time.Second, Collections: 5},
		CPU:    true,
	}
	var done []string
	r, err := Run(t.Context(), []Group{testGroup(&prepared)}, o, func(t *Table) { done = append(done, t.Name()) })
	require.NoError(t, err)
	assert.Equal(t, []string{"test/read", "test/scan", "test/heap"}, done)

	read, scan, heap := r.Tables[0], r.Tables[1], r.Tables[2]
	assert.Equal(t, []string{"ours", "slow"}, read.Names)
	assert.Equal(t, []string{"ours", "partial"}, scan.Names)
	assert.Equal(t, []int{1000}, scan.Sizes)

	ours, ok := read.Stat(10, "ours")
	require.True(t, ok)
	slow, _ := read.Stat(10, "slow")
	assert.Len(t, ours.Samples, 5)
	assert.InDelta(t, 3, slow.Figure/ours.Figure, 1)
	_, ok = read.Stat(10, "partial")
	assert.False(t, ok)

	whole, _ := scan.Stat(1000, "ours")
	assert.InDelta(t, 1000, whole.Figure, 300, "1 ms over 1000 entries")

	weight, _ := heap.Stat(1000, "ours")
	assert.Len(t, weight.Samples, heapRounds)
	assert.InDelta(t, 1024, weight.Figure, 10)

	// At size 10: read and heap, then read again. The order rotates, and the one that takes no part
	// is prepared once to find out.
	assert.Equal(t, strings.Fields("ours slow partial ours slow partial slow ours"), prepared[:8])

	var met, missed int
	for _, table := range r.Tables {
		for _, v := range table.Verdicts() {
			if v.Met {
				met++
			} else {
				missed++
			}
		}
	}
	assert.Equal(t, 2, met, "slow at 10, no allocations; no verdict on an absent rival")
	assert.Equal(t, 2, missed, "slow at 1000, bytes at 1000")

	var out strings.Builder
	read.Print(&out)
	heap.Print(&out)
	r.Print(&out)
	assert.Contains(t, out.String(), "≥2 ok")
	assert.Contains(t, out.String(), "≥100 MISS")
	assert.Contains(t, out.String(), "≤600 MISS")
	assert.Contains(t, out.String(), "Targets: 2 met, 2 missed")
	assert.Contains(t, out.String(), "test/heap 1k: 1024 B, target ≤ 600")
}

func TestRunSelects(t *testing.T) {
	var prepared []string
	o := Options{
		Run:      regexp.MustCompile("read|scan"),
		Subjects: regexp.MustCompile("ours"),
		Sizes:    []int{10},
		Rounds:   1,
		Limits:   Limits{MinTime: time.Millisecond, MaxTime: time.Second},
	}
	r, err := Run(t.Context(), []Group{testGroup(&prepared)}, o, nil)
	require.NoError(t, err)
	require.Len(t, r.Tables, 1, "scan has no size 10, heap is not asked for")
	assert.Equal(t, "test/read", r.Tables[0].Name())
	assert.Equal(t, []string{"ours"}, prepared)
	assert.Len(t, r.Tables[0].Verdicts(), 1, "no verdict on rivals that are left out")
}

// From shareFrom on, one fixture serves all cases of a round.
func TestRunSharesLargeFixtures(t *testing.T) {
	var prepared []string
	o := Options{
		Run:      regexp.MustCompile("read|heap"),
		Subjects: regexp.MustCompile("ours|slow"),
		Sizes:    []int{shareFrom},
		Rounds:   2,
		Limits:   Limits{MinTime: time.Millisecond, MaxTime: time.Second},
	}
	_, err := Run(t.Context(), []Group{testGroup(&prepared)}, o, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"ours", "slow", "slow", "ours"}, prepared)
}

func TestGridAlignsWideCharacters(t *testing.T) {
	var g grid
	var out strings.Builder
	g.add("a÷b", []string{"1", "22222"})
	g.bar()
	g.add("target", []string{"≥2 ok", ""})
	g.print(&out)
	assert.Equal(t, "    a÷b  │  target\n      1  │   ≥2 ok\n  22222  │\n", out.String())
}

func TestFigure(t *testing.T) {
	for x, want := range map[float64]string{
		0: "0", 0.004: "0", 0.01: "0.01", 0.5: "0.5", 1: "1", 1.5: "1.5", 2.346: "2.35", 9.994: "9.99", 9.996: "10",
		12.34: "12.3", 99.96: "100", 1234.5: "1234", 1e9: "1000000000", -2.5: "-2.5",
	} {
		assert.Equal(t, want, Digits(x), "%v", x)
	}
}
