package main

import (
	"encoding/json"
	"encoding/xml"
	"errors"
	"image/color"
	"io"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/bench/contestants"
	"github.com/ramet-go/ramet/bench/harness"
)

func row(name, subject string, size int, unit string, figures ...float64) harness.Row {
	r := harness.Row{Case: name, Subject: subject, Size: size, Unit: unit, Rounds: len(figures)}
	for _, x := range figures {
		r.Samples = append(r.Samples, harness.Sample{Figure: x, Quiet: true})
	}
	return r
}

// around returns six samples about x.
func around(x float64) []float64 {
	return []float64{x * 0.98, x * 0.99, x, x, x * 1.01, x * 1.02}
}

func header() harness.Header {
	return harness.Header{
		Format: 1, Go: "go1.26.8", Commit: "abc", Machine: harness.Machine{CPU: "abacus", Cores: 2, Memory: 4, OS: "linux", Arch: "amd64"},
		Flags: map[string]string{"rounds": "6", "cpu": "false"},
	}
}

func write(t *testing.T, h harness.Header, rows ...harness.Row) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "a.jsonl")
	var text []byte
	add := func(line any) {
		b, err := json.Marshal(line)
		require.NoError(t, err)
		text = append(append(text, b...), '\n')
	}
	add(h)
	for _, r := range rows {
		add(r)
	}
	require.NoError(t, os.WriteFile(path, text, 0o666))
	return path
}

// report runs the command on files, and returns the text and the plots by name.
func report(t *testing.T, args ...string) (string, map[string]string) {
	t.Helper()
	dir := t.TempDir()
	out := filepath.Join(dir, "REPORT.md")
	require.NoError(t, run(append([]string{"-o", out}, args...), io.Discard))
	text, err := os.ReadFile(out)
	require.NoError(t, err)
	plots := map[string]string{}
	files, err := os.ReadDir(filepath.Join(dir, "plots"))
	require.NoError(t, err)
	for _, f := range files {
		svg, err := os.ReadFile(filepath.Join(dir, "plots", f.Name()))
		require.NoError(t, err)
		plots[f.Name()] = string(svg)
	}
	return string(text), plots
}

var sample = func() (rows []harness.Row) {
	for i, size := range []int{10, 1000, 100_000} {
		at := math.Pow(2, float64(i))
		rows = append(rows,
			row("hamt/int64/set", "ramet", size, harness.NsPerOp, around(100*at)...),
			row("hamt/int64/set", "builtin", size, harness.NsPerOp, around(20*at)...),
			row("hamt/int64/set", "benbjohnson", size, harness.NsPerOp, around(250*at)...),
			row("hamt/int64/set", "one-core", size, harness.NsPerOp, around(1)...),
			row("hamt/int64/set", "ramet-again", size, harness.NsPerOp, around(104*at)...),
			row("vector/int64/at", "ramet", size, harness.NsPerOp, around(5)...),
			row("vector/int64/at", "elvish", size, harness.NsPerOp, around(4.99)...),
			row("vector/int64/equal", "ramet", size, harness.NsPerOp, around(9)...),
			row("vector/int64/equal", "benbjohnson", size, harness.NsPerOp, around(3)...))
	}
	return append(rows,
		row("vector/int64/retained-of", "ramet", 1000, harness.BytesPerEntry, 8.2),
		row("vector/int64/retained-of", "slice", 1000, harness.BytesPerEntry, 8.18),
		row("vector/int64/retained-of", "benbjohnson", 1000, harness.BytesPerEntry, 9.6),
		row("vector/int64/retained-builder", "ramet", 1000, harness.BytesPerEntry, 8.2),
		row("vector/int64/retained-builder", "benbjohnson", 1000, harness.BytesPerEntry, 9.6),
		row("hamt/string/collection", "ramet", 1_000_000, harness.NsPerCollection, around(5e6)...),
		row("hamt/string/collection", "benbjohnson", 1_000_000, harness.NsPerCollection, around(50e6)...))
}()

func TestReport(t *testing.T) {
	text, plots := report(t, "-note", "A trial.", write(t, header(), sample...))
	for _, want := range []string{
		"- Machine: abacus, 2 cores, 4 GiB, linux/amd64\n- Go: 1.26.8\n- Commit: abc\n",
		"- Run: `-rounds 6`\n",
		"- Noise: measured twice, ours differs from itself by 4 % (median of 3 pairs)",
		"- Other processes had the processor for 0.0 % of the time.\n",
		"- A trial.\n",
		"| hamt/int64 | 3 | 0 | 0 | 3 |\n", // builtin is first, in place
		"| vector/int64 | 8 | 1 | 4 | 5 |\n",
		"| hamt/string | 1 | 1 | 0 | 1 |\n",
		"| set | builtin 20 ns · ramet 5.0× | builtin 40 ns · ramet 5.0× | builtin 80 ns · ramet 5.0× |\n",
		"| at | elvish 4.99 ns · ≈ ramet 1.0× |",
		"| collection | **ramet** 5 ms · benbjohnson 10× |\n",
		"Every row in which a contestant has a lower median than ours: 10, of which 3 are not explained yet.",
		"| set | 1k | builtin | 40 ns | 200 ns | 5.00× | It changes in place",
		"| equal | 1k | benbjohnson | 3 ns | 9 ns | 3.00× | **not explained yet** |\n",
		"| retained-of | 1k | slice | 8.18 B | 8.2 B | 1.00× | less than one per cent |\n",
		"- `hamt/int64/set`: Set of a key that is there, from a kept base\n",
		"![Memory per entry](plots/memory.svg)",
		"![Memory per entry, made in other ways and of other types](plots/memory-more.svg)",
		"![What a garbage collection costs](plots/collection.svg)",
		"![Cost of the operations: hamt/int64](plots/hamt-int64.svg)",
		"(plots/overview.svg)",
	} {
		assert.Contains(t, text, want)
	}
	assert.Regexp(t, `\| at \| 10 \| elvish \| 4.99 ns \| 5 ns \| 1.00× \| the rounds do not tell the two apart \(p = 0\.\d\d\) \|`, text)
	assert.NotContains(t, text, "one-core")
	assert.Len(t, plots, 6)
	for name := range plots {
		assert.Contains(t, text, "plots/"+name)
	}
}

func TestReportSaysThatTheMachineWasBusy(t *testing.T) {
	rows := slices.Clone(sample[:2])
	for i := range rows {
		rows[i].Samples = slices.Clone(rows[i].Samples)
		for j := range rows[i].Samples {
			rows[i].Samples[j].Taken = float64(j%2) / 2 // half of them
		}
	}
	rows[0].Rounds = 9
	rows[1].Samples[2].Short = true
	text, _ := report(t, write(t, header(), rows...))
	assert.Contains(t, text, "**The machine was busy**: other processes had the processor for 25 % of the time")
	assert.Contains(t, text, "The run was interrupted: 1 rows")
	assert.Contains(t, text, "Of 2 figures, 1 are of samples that span fewer than five collections")
}

func TestFilesComplementEachOther(t *testing.T) {
	more := header()
	more.Flags = map[string]string{"rounds": "3"}
	text, _ := report(t, write(t, header(), sample...), write(t, more,
		row("hamt/int64/set", "ramet", 10, harness.NsPerOp, around(10)...),
		row("hamt/int64/set", "ramet", 1_000_000, harness.NsPerOp, around(900)...),
		row("hamt/int64/set", "builtin", 1_000_000, harness.NsPerOp, around(300)...)))
	assert.Contains(t, text, "- Run: `-rounds 6`\n- Run: `-rounds 3`\n")
	assert.Contains(t, text, "| set | **ramet** 10 ns · builtin 2.0× | builtin 40 ns · ramet 5.0× | builtin 80 ns · ramet 5.0× | builtin 300 ns · ramet 3.0× |\n")

	for _, change := range []func(*harness.Header){
		func(h *harness.Header) { h.Go = "go1.27" }, func(h *harness.Header) { h.Commit = "x" }, func(h *harness.Header) { h.Machine.Cores = 9 },
	} {
		h := header()
		change(&h)
		err := run([]string{write(t, header(), sample...), write(t, h, sample...)}, io.Discard)
		assert.ErrorContains(t, err, "one machine, Go version and commit")
	}
	assert.ErrorContains(t, run(nil, io.Discard), "want a file")
}

// Every reason stands for rows that there may be, and every contestant has a look of its own.
func TestReasonsAndLooksFitTheContestants(t *testing.T) {
	names := map[string]map[string]bool{} // subjects by case
	subjects := map[string]bool{}
	for _, g := range contestants.Groups() {
		in := map[string]bool{}
		for _, s := range g.Open(10) {
			in[s.Name], subjects[s.Name] = true, true
		}
		for _, c := range g.Cases {
			names[g.Name+"/"+c.Name] = in
		}
	}
	for _, r := range reasons {
		cases, rivals := regexp.MustCompile(r.cases), regexp.MustCompile(r.rivals)
		found := false
		for name, in := range names {
			for subject := range in {
				found = found || cases.MatchString(name) && rivals.MatchString(subject)
			}
		}
		assert.True(t, found, "%v", r)
		assert.False(t, rivals.MatchString(ours), "%v", r)
		assert.True(t, strings.HasSuffix(r.why, "."), "%v", r)
	}
	for s := range subjects {
		assert.Contains(t, looks, s)
	}
	for s := range looks {
		assert.True(t, subjects[s], s)
	}
}

func TestExplain(t *testing.T) {
	assert.NotEmpty(t, explain("hamt/int64/lookup-hit", "builtin", 1000))
	assert.Empty(t, explain("hamt/int64/lookup-hit", "benbjohnson", 1000))
	assert.NotEmpty(t, explain("hamt/int64/lookup-hit", "tidwall", 10))
	assert.Empty(t, explain("hamt/int64/lookup-hit", "tidwall", 11), "beyond the sizes it is for")
}

// What is drawn stands out on a white page and on a black one.
func TestColoursStandOut(t *testing.T) {
	luminance := func(c color.NRGBA) float64 {
		part := func(x uint8) float64 {
			v := float64(x) / 255
			if v <= 0.04045 {
				return v / 12.92
			}
			return math.Pow((v+0.055)/1.055, 2.4)
		}
		return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
	}
	contrast := func(a, b color.NRGBA) float64 {
		x, y := luminance(a)+0.05, luminance(b)+0.05
		return max(x, y) / min(x, y)
	}
	for _, page := range []color.NRGBA{rgb(0xffffff), rgb(0x0d1117)} {
		assert.GreaterOrEqual(t, contrast(ink, page), 3.5, "text on %v", page)
		for name, l := range looks {
			assert.GreaterOrEqual(t, contrast(l.color, page), 2.7, "%s on %v", name, page)
		}
	}
	seen := map[string]string{}
	together := [][]string{{"ramet", "one-core", "builtin", "clone", "benbjohnson", "frozen", "pmmap", "tidwall"},
		{"ramet", "slice", "clone", "benbjohnson", "elvish"}, {"ramet", "one-core", "tidwall", "google", "benbjohnson", "iradix", "part"}, {"ramet", "cow", "locked", "sync.Map", "builtin"}}
	for _, group := range together {
		clear(seen)
		for _, name := range group {
			l := looks[name]
			key := strings.Join([]string{string(rune(l.color.R)), string(rune(l.color.G)), string(rune(l.color.B)), string(rune(len(l.dashes)))}, ",")
			key += string(rune(int(10 * l.width)))
			assert.Empty(t, seen[key], "%s looks like %s", name, seen[key])
			seen[key] = name
		}
	}
}

func TestSpread(t *testing.T) {
	for _, given := range [][]float64{{}, {5}, {1, 1, 1, 1}, {0, 50, 100}, {98, 99, 100}, {0, 0, 0.5, 90}, {10, 12, 30, 31, 32, 80}} {
		ys := slices.Clone(given)
		spread(ys, 10, 0, 100)
		for i := range ys {
			assert.True(t, -0.2 <= ys[i] && ys[i] <= 100.2, "%v: %v", given, ys)
			if i > 0 {
				assert.GreaterOrEqual(t, ys[i]-ys[i-1], 9.8, "%v: %v", given, ys)
			}
		}
	}
	apart := []float64{0, 50, 100}
	spread(apart, 10, 0, 100)
	assert.Equal(t, []float64{0, 50, 100}, apart, "what does not touch stays")
	crowd := []float64{1, 1, 1}
	spread(crowd, 10, 0, 5)
	assert.InDelta(t, 10, crowd[1]-crowd[0], 0.2, "without room, out of the bounds rather than over each other")
}

var texts = regexp.MustCompile(`<text x="([-0-9.]+)" y="([-0-9.]+)"[^>]*style="([^"]*)">([^<]*)</text>`)

func TestPlots(t *testing.T) {
	_, plots := report(t, write(t, header(), sample...))
	for name, svg := range plots {
		d := xml.NewDecoder(strings.NewReader(svg))
		for {
			_, err := d.Token()
			if errors.Is(err, io.EOF) {
				break
			}
			require.NoError(t, err, name)
		}
		assert.NotContains(t, svg, "#-", "%s: a colour that is none", name)
		assert.NotContains(t, strings.ToLower(svg), "#ffffff", "%s: no background", name)
		assert.NotContains(t, svg, "#000000", "%s: nothing black", name)
		assert.NotContains(t, svg, "NaN", name)
	}
	labels := map[string]string{}
	for _, m := range texts.FindAllStringSubmatch(strings.ReplaceAll(plots["hamt-int64.svg"], "\n", " "), -1) {
		labels[m[4]] = m[3]
	}
	for subject, want := range map[string]string{"ramet": "#D55E00", "one-core": "#D55E00", "builtin": "#858C93", "benbjohnson": "#CC79A7"} {
		assert.Contains(t, labels[subject], "fill:"+want)
	}
	assert.Contains(t, labels["ramet"], "font-weight:bold")
	assert.NotContains(t, labels, "ramet-again")
	for _, tick := range []string{"10", "1k", "100k", "set, ns", "100"} {
		assert.Contains(t, labels, tick)
	}
	assert.Contains(t, plots["memory.svg"], ">8.2 B<")
	assert.Contains(t, plots["collection.svg"], ">50 ms<")
}

func TestNumbers(t *testing.T) {
	for r, want := range map[float64]string{1: "1.0", 2.345: "2.3", 9.96: "10", 123.4: "123", 996: "1,000", 12345: "12,000", 9_876_543: "9,900,000"} {
		assert.Equal(t, want, times(r))
	}
	for v, want := range map[float64]string{0.3: "0.3", 1: "1", 300: "300", 1000: "1 µs", 3e6: "3 ms", 1e10: "10 s"} {
		assert.Equal(t, want, short(v))
	}
	time, heap := &harness.Table{}, &harness.Table{Case: harness.Case{Kind: harness.Heap}}
	for v, want := range map[float64]string{0.5: "0.5 ns", 9999: "9999 ns", 12_340: "12.3 µs", 5e6: "5 ms", 2e9: "2 s"} {
		assert.Equal(t, want, amount(time, v))
	}
	assert.Equal(t, "12345 B", amount(heap, 12345))
	assert.Equal(t, "too little to tell", amount(&harness.Table{Case: harness.Case{Kind: harness.Collection}}, 1))
}

// The names at the ends of lines that meet there do not touch each other.
func TestNamesOfLinesThatMeet(t *testing.T) {
	p := panel{title: "meeting", sizes: []int{10, 1000}}
	for i, name := range []string{"frozen", "tidwall", "clone", "ramet"} {
		p.lines = append(p.lines, line{name, []point{{10, float64(1 + i)}, {1000, 50 + float64(i)/100}}})
	}
	svg, err := tile([]panel{p}, 3)
	require.NoError(t, err)
	var ys []float64
	for _, m := range texts.FindAllStringSubmatch(strings.ReplaceAll(string(svg), "\n", " "), -1) {
		if looks[m[4]].width > 0 {
			y, err := strconv.ParseFloat(m[2], 64)
			require.NoError(t, err)
			ys = append(ys, y)
		}
	}
	slices.Sort(ys)
	require.Len(t, ys, 4)
	for i := range ys[1:] {
		assert.GreaterOrEqual(t, ys[i+1]-ys[i], float64(textSize)-0.1)
	}
}

// The name of a line that ends early stands at its end, not at the margin.
func TestNameOfALineThatEndsEarly(t *testing.T) {
	p := panel{title: "early", sizes: []int{10, 1000}, lines: []line{
		{"clone", []point{{10, 5}}}, {"ramet", []point{{10, 1}, {1000, 2}}},
	}}
	svg, err := tile([]panel{p}, 3)
	require.NoError(t, err)
	xs := map[string]float64{}
	for _, m := range texts.FindAllStringSubmatch(strings.ReplaceAll(string(svg), "\n", " "), -1) {
		x, err := strconv.ParseFloat(m[1], 64)
		require.NoError(t, err)
		xs[m[4]] = x
	}
	assert.InDelta(t, xs["10"], xs["clone"], 20)
	assert.Greater(t, xs["ramet"], xs["1k"])
}
