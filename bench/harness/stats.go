package harness

import "slices"

// quartiles returns the lower quartile, the median and the upper quartile of xs,
// interpolated between neighbours. It panics when xs is empty.
func quartiles(xs []float64) (q1, median, q3 float64) {
	s := slices.Sorted(slices.Values(xs))
	return at(s, 0.25), at(s, 0.5), at(s, 0.75)
}

// at returns the value at the fraction f of the way through the sorted s.
func at(s []float64, f float64) float64 {
	x := f * float64(len(s)-1)
	i := int(x)
	if i == len(s)-1 {
		return s[i]
	}
	return s[i] + (x-float64(i))*(s[i+1]-s[i])
}

// A Stat is what the rounds say about one subject, in one case, at one size.
type Stat struct {
	Samples []Sample // by round
	Sample           // medians; Short if any sample is
	Q1, Q3  float64  // quartiles of Figure
}

// summarize returns the medians of samples, which must not be empty.
func summarize(samples []Sample) Stat {
	st := Stat{Samples: samples}
	st.Q1, st.Figure, st.Q3 = quartiles(column(samples, func(s Sample) float64 { return s.Figure }))
	_, st.Bytes, _ = quartiles(column(samples, func(s Sample) float64 { return s.Bytes }))
	_, st.Allocs, _ = quartiles(column(samples, func(s Sample) float64 { return s.Allocs }))
	for _, s := range samples {
		st.Short = st.Short || s.Short
	}
	return st
}

func column(samples []Sample, f func(Sample) float64) []float64 {
	xs := make([]float64, len(samples))
	for i, s := range samples {
		xs[i] = f(s)
	}
	return xs
}

// spread returns half the distance between the quartiles as a fraction of the
// median: a measure of noise that one bad round does not move.
func (st Stat) spread() float64 {
	if st.Figure == 0 {
		return 0
	}
	return (st.Q3 - st.Q1) / 2 / st.Figure
}

// ratio returns the median of a ÷ the median of b, and the quartiles of the ratio
// within each round. Rounds that only one of them has are left out of the quartiles.
func ratio(a, b Stat) (q1, r, q3 float64) {
	var rs []float64
	for i := range min(len(a.Samples), len(b.Samples)) {
		rs = append(rs, a.Samples[i].Figure/b.Samples[i].Figure)
	}
	q1, _, q3 = quartiles(rs)
	return q1, a.Figure / b.Figure, q3
}

// A verdict says whether a target is met, and whether the rounds agree on it.
type verdict struct {
	met      bool
	doubtful bool // the bound lies between the quartiles
}

func (v verdict) String() string {
	s := "MISS"
	if v.met {
		s = "ok"
	}
	if v.doubtful {
		s += "?"
	}
	return s
}

// judge compares a figure, whose quartiles are q1 and q3, with a bound.
func judge(q1, x, q3, bound float64, atLeast bool) verdict {
	v := verdict{met: x <= bound, doubtful: q1 < bound && bound < q3}
	if atLeast {
		v.met = x >= bound
	}
	return v
}
