package harness

import (
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestProgress(t *testing.T) {
	now := time.Unix(0, 0)
	var out strings.Builder
	p := newProgress(&out, func() time.Time { return now })
	p.total = 4
	now = now.Add(9 * time.Second)
	p.tell(0.5, 1, "early")
	assert.Empty(t, out.String(), "a short run says nothing")
	now = now.Add(time.Second)
	p.tell(0.5, 1, "half a round")
	p.tell(0.6, 1, "too soon")
	p.done = 3
	now = now.Add(50 * time.Second)
	p.tell(0, 1, "the last round")
	assert.Equal(t, "10s, 12 %, about 1m10s to go: half a round\n1m0s, 75 %, about 20s to go: the last round\n", out.String())

	newProgress(nil, func() time.Time { return now }).tell(0, 1, "nobody listens")
}

// A run does as much as it has said it would.
func TestProgressComesToItsEnd(t *testing.T) {
	var prepared []string
	g := testGroup(&prepared)
	o := fileOptions(nil)
	total := 0.0
	for _, s := range newPlan(g, o).steps {
		total += 3 * weigh(len(s.tables), s.size)
	}
	p := newProgress(nil, time.Now)
	for _, step := range newPlan(g, o).steps {
		s := &session{ctx: t.Context(), m: newRuntimeMeter(false), o: o, p: p, size: step.size, subjects: g.Open(step.size)}
		require.NoError(t, s.measure(step.tables))
	}
	assert.InDelta(t, total, p.done, 1e-9)
	assert.Greater(t, weigh(1, 1_000_000), 5*weigh(1, 10))
}

func TestNoise(t *testing.T) {
	var prepared []string
	g := testGroup(&prepared)
	o := fileOptions(nil)
	o.Noise = true
	r, err := Run(t.Context(), []Group{g}, o, nil)
	require.NoError(t, err)
	assert.Equal(t, []string{"ours", "slow", "ours-again"}, r.Tables[0].Names)
	n := r.Noise()
	assert.Equal(t, 3, n.Pairs, "read at two sizes, scan at one; bytes are exact")
	assert.NotEmpty(t, n.Where)
	var out strings.Builder
	r.Print(&out)
	assert.Contains(t, out.String(), "Noise: measured twice, ours differs from itself by")

	table := func(name string, ours, again float64) *Table {
		t := &Table{Group: "g", Case: Case{Name: name}, Sizes: []int{10}, stats: map[cell]Stat{}}
		t.add(10, "ours", samples(ours))
		t.add(10, Again("ours"), samples(again))
		return t
	}
	n = (&Results{Tables: []*Table{table("a", 100, 100), table("b", 100, 110), table("c", 150, 100)}}).Noise()
	assert.Equal(t, "g/c 10", n.Where)
	assert.InDelta(t, 0.1, n.Median, 1e-9, "whichever of the two is slower")
	assert.InDelta(t, 0.5, n.Worst, 1e-9)
	assert.Zero(t, (&Results{}).Noise())
}
