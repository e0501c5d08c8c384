package harness

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestQuartiles(t *testing.T) {
	for _, test := range []struct {
		xs             []float64
		q1, median, q3 float64
	}{
		{[]float64{7}, 7, 7, 7},
		{[]float64{2, 1}, 1.25, 1.5, 1.75},
		{[]float64{3, 1, 2}, 1.5, 2, 2.5},
		{[]float64{4, 1, 3, 2}, 1.75, 2.5, 3.25},
		{[]float64{5, 100, 1, 4, 3}, 3, 4, 5}, // an outlier moves nothing
	} {
		given := append([]float64(nil), test.xs...)
		q1, median, q3 := quartiles(test.xs)
		assert.Equal(t, []float64{test.q1, test.median, test.q3}, []float64{q1, median, q3}, "%v", test.xs)
		assert.Equal(t, given, test.xs, "quartiles reorders its argument")
	}
}

func samples(figures ...float64) []Sample {
	var s []Sample
	for _, x := range figures {
		s = append(s, Sample{Figure: x, Bytes: 10 * x, Allocs: x / 10})
	}
	return s
}

func TestSummarize(t *testing.T) {
	st := summarize(samples(30, 10, 20))
	assert.Equal(t, 20.0, st.Figure)
	assert.Equal(t, 200.0, st.Bytes)
	assert.Equal(t, 2.0, st.Allocs)
	assert.Equal(t, 0.25, st.spread())
	assert.False(t, st.Short)

	short := samples(1, 2, 3)
	short[1].Short = true
	assert.True(t, summarize(short).Short)
	assert.Zero(t, summarize(samples(0, 0)).spread())
}

// Rounds that are slow for both leave the ratio within a round alone.
func TestRatioIsPairedByRound(t *testing.T) {
	a := summarize(samples(20, 400, 60, 40, 2))
	b := summarize(samples(10, 200, 30, 20, 1))
	q1, r, q3 := ratio(a, b)
	assert.Equal(t, []float64{2, 2, 2}, []float64{q1, r, q3})
}

func TestJudge(t *testing.T) {
	for _, test := range []struct {
		q1, x, q3, bound float64
		atLeast          bool
		want             string
	}{
		{1, 2, 3, 4, false, "ok"},
		{1, 2, 2, 2, false, "ok"},
		{1, 2, 3, 2.5, false, "ok?"},
		{1, 2, 3, 1.5, false, "MISS?"},
		{2, 2, 2, 1, false, "MISS"},
		{1, 2, 3, 0.5, true, "ok"},
		{1, 2, 3, 2.5, true, "MISS?"},
		{1, 2, 3, 4, true, "MISS"},
		{2, 2, 2, 2, true, "ok"},
	} {
		assert.Equal(t, test.want, judge(test.q1, test.x, test.q3, test.bound, test.atLeast).String(), "%+v", test)
	}
}
