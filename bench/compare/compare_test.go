package main

import (
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/bench/harness"
)

func row(name, subject string, size int, unit string, bytes float64, figures ...float64) harness.Row {
	r := harness.Row{Case: name, Subject: subject, Size: size, Unit: unit, Rounds: len(figures)}
	for _, x := range figures {
		r.Samples = append(r.Samples, harness.Sample{Figure: x, Bytes: bytes, Allocs: bytes / 64})
	}
	return r
}

func write(t *testing.T, h harness.Header, rows ...harness.Row) string {
	t.Helper()
	h.Format = 1
	path := filepath.Join(t.TempDir(), "a.jsonl")
	lines := []any{h}
	for _, r := range rows {
		lines = append(lines, r)
	}
	var text []byte
	for _, line := range lines {
		b, err := json.Marshal(line)
		require.NoError(t, err)
		text = append(append(text, b...), '\n')
	}
	require.NoError(t, os.WriteFile(path, text, 0o666))
	return path
}

func TestCompare(t *testing.T) {
	const set, read, heap = "hamt/int64/set", "hamt/int64/lookup-hit", "vector/int64/retained-of"
	older := write(t, harness.Header{Go: "go1.26.8", Commit: "aaa", Flags: map[string]string{"min": "5ms"}},
		row(set, "ramet", 1000, harness.NsPerOp, 448, 100, 101, 102, 103, 104, 105),
		row(read, "ramet", 1000, harness.NsPerOp, 0, 10, 11, 12, 13, 14, 15),
		row(read, "builtin", 1000, harness.NsPerOp, 0, 5, 5, 5, 5, 5, 5),
		row(read, "ramet", 10, harness.NsPerOp, 0, 1),
		row(heap, "ramet", 1000, harness.BytesPerEntry, 0, 16),
		row("gone/x", "ramet", 10, harness.NsPerOp, 0, 1))
	newer := write(t, harness.Header{Go: "go1.27.0", Commit: "bbb", Machine: harness.Machine{CPU: "abacus"}, Flags: map[string]string{"min": "9ms"}},
		row(set, "ramet", 1000, harness.NsPerOp, 384, 50, 50.5, 51, 51.5, 52, 52.5),
		row(read, "ramet", 1000, harness.NsPerOp, 0, 10.5, 11.5, 12.5, 13.5, 14.5, 9),
		row(read, "builtin", 1000, harness.NsPerOp, 0, 5, 5, 5, 5, 5, 5),
		row(read, "ramet", 10, harness.NsPerOp, 0, 2),
		row(heap, "ramet", 1000, harness.BytesPerEntry, 0, 12),
		row("come/x", "ramet", 10, harness.NsPerOp, 0, 1),
		row("come/y", "ramet", 10, harness.NsPerOp, 0, 1))
	var out strings.Builder
	require.NoError(t, run([]string{older, newer}, &out, io.Discard))
	var lines []string
	for line := range strings.Lines(out.String()) {
		lines = append(lines, strings.Join(strings.Fields(line), " "))
	}
	for _, want := range []string{
		"The machines differ: so do all times.",
		"-min was 5ms, and is 9ms.",
		"hamt/int64/set 1k ns/op 102 ± 2% 51.2 ± 2% -50.00% p=0.002 n=6",
		"hamt/int64/lookup-hit 1k ns/op 12.5 ± 20% 12 ± 25% ~ p=0.699 n=6",
		"hamt/int64/lookup-hit 10 ns/op 1 ± ∞ 2 ± ∞ ~ p=1.000 n=1",
		"vector/int64/retained-of 1k B/entry 16 ± 0% 12 ± 0% -25.00% weighed once",
		"Bytes allocated per operation: 3 rows are equal, 1 differ",
		"hamt/int64/set 1k 448 ± 0% 384 ± 0% -14.29% p=0.002 n=6",
		"Allocations per operation: 3 rows are equal, 1 differ",
		"± ∞: an interval takes six rounds at least (-rounds 6)",
		"Rows that only the old file has: 1",
		"Rows that only the new file has: 2",
	} {
		assert.Contains(t, lines, want)
	}
	assert.NotContains(t, out.String(), "builtin")
	// 102.5 to 51.25, 12.5 to 12, 1 to 2
	assert.Contains(t, out.String(), "Times: -1.35 % (geometric mean of 3 rows)")

	out.Reset()
	require.NoError(t, run([]string{"-subjects", "builtin", "-run", "lookup", older, newer}, &out, io.Discard))
	assert.Contains(t, out.String(), "lookup-hit 1k builtin")
	assert.NotContains(t, out.String(), "hamt/int64/set")
	assert.NotContains(t, out.String(), "Rows that only")
	assert.NotContains(t, out.String(), "∞")

	assert.ErrorContains(t, run([]string{"-run", "nothing", older, newer}, io.Discard, io.Discard), "no row in common")
	assert.ErrorContains(t, run([]string{older}, io.Discard, io.Discard), "want two files")
	assert.ErrorContains(t, run([]string{"-run", "(", older, newer}, io.Discard, io.Discard), "-run")
	assert.ErrorIs(t, run([]string{older, older + "x"}, io.Discard, io.Discard), os.ErrNotExist)
	other := write(t, harness.Header{}, row(set, "ramet", 1000, harness.NsPerEntry, 0, 1))
	assert.ErrorContains(t, run([]string{older, other}, io.Discard, io.Discard), "counts ns/op in one file and ns/entry in the other")
}
