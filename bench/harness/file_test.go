package harness

import (
	"context"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func testHeader() Header {
	return Header{
		Machine: Machine{CPU: "abacus", Cores: 2, Memory: 4, OS: "linux", Arch: "amd64"}, Go: "go1.26", Commit: "abc",
		Date: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC), Flags: map[string]string{"rounds": "3"}, Settings: map[string]string{"GOGC": "100"},
	}
}

func openFile(t *testing.T, path string) *File {
	t.Helper()
	f, err := OpenFile(path, testHeader())
	require.NoError(t, err)
	t.Cleanup(func() { f.Close() })
	return f
}

func fileOptions(f *File) Options {
	return Options{Sizes: []int{10, 1000}, Rounds: 3, Limits: Limits{MinTime: time.Millisecond, MaxTime: time.Second}, File: f}
}

// stats are all figures of tables.
func stats(tables []*Table) map[string]Stat {
	all := map[string]Stat{}
	for _, t := range tables {
		for key, st := range t.stats {
			all[t.Name()+" "+SizeName(key.size)+" "+key.subject] = st
		}
	}
	return all
}

func TestFileHasWhatIsMeasured(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	var prepared []string
	groups := []Group{testGroup(&prepared)}
	f := openFile(t, path)
	r, err := Run(t.Context(), groups, fileOptions(f), nil)
	require.NoError(t, err)
	require.Len(t, stats(r.Tables), 4+2+4, "read, scan and heap")

	record, err := ReadRecord(path)
	require.NoError(t, err)
	want := testHeader()
	want.Format = fileFormat
	assert.Equal(t, want, record.Header)
	assert.Zero(t, record.Unfinished())
	again := FromRecord(groups, record, Options{})
	assert.Equal(t, stats(r.Tables), stats(again.Tables))
	require.Len(t, again.Tables, 3)
	for i, table := range again.Tables {
		var a, b strings.Builder
		table.Print(&a)
		r.Tables[i].Print(&b)
		assert.Equal(t, b.String(), a.String())
	}
	row, ok := record.Row("test/read", "slow", 1000)
	require.True(t, ok)
	assert.Equal(t, row.Stat().Figure, row.Figure)
	assert.Equal(t, NsPerOp, row.Unit)
	units := map[string]string{}
	for _, row := range record.Rows {
		units[row.Case] = row.Unit
	}
	assert.Equal(t, map[string]string{"test/read": NsPerOp, "test/scan": NsPerEntry, "test/heap": BytesPerEntry}, units)

	// Who goes on with it measures nothing, and has the same tables.
	prepared = nil
	r2, err := Run(t.Context(), groups, fileOptions(openFile(t, path)), nil)
	require.NoError(t, err)
	assert.Empty(t, prepared)
	assert.Equal(t, stats(r.Tables), stats(r2.Tables))
	assert.Equal(t, r.Tables[0].Names, r2.Tables[0].Names)
}

func TestFromRecordSelects(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	var prepared []string
	_, err := Run(t.Context(), []Group{testGroup(&prepared)}, fileOptions(openFile(t, path)), nil)
	require.NoError(t, err)
	record, err := ReadRecord(path)
	require.NoError(t, err)
	r := FromRecord(nil, record, Options{Run: regexp.MustCompile("read|heap"), Subjects: regexp.MustCompile("slow"), Sizes: []int{10}})
	require.Len(t, r.Tables, 2)
	assert.Equal(t, []string{"slow"}, r.Tables[0].Names)
	assert.Equal(t, []int{10}, r.Tables[0].Sizes)
	assert.Equal(t, "test/read", r.Tables[0].Name())
	assert.Equal(t, Heap, r.Tables[1].Case.Kind, "of a case that the groups do not have, the unit tells")
}

// Wherever an interrupt comes, the run goes on with the samples that were taken, and takes the others.
func TestInterruptLosesNothing(t *testing.T) {
	for at := range 12 {
		path := filepath.Join(t.TempDir(), "a.jsonl")
		ctx, cancel := context.WithCancel(t.Context())
		calls := 0
		count := func(g Group, limit int) Group {
			open := g.Open
			g.Open = func(size int) []Subject {
				subjects := open(size)
				for i, x := range subjects {
					subjects[i].Prepare = func() Fixture {
						if calls++; calls == limit {
							cancel()
						}
						return x.Prepare()
					}
				}
				return subjects
			}
			return g
		}
		var prepared []string
		f := openFile(t, path)
		r, err := Run(ctx, []Group{count(testGroup(&prepared), at+1)}, fileOptions(f), nil)
		require.ErrorIs(t, err, context.Canceled)
		cancel()
		assert.Equal(t, at+1, calls, "it stops after the sample under way")
		before := stats(r.Tables)
		record, err := ReadRecord(path)
		require.NoError(t, err)
		assert.Equal(t, before, stats(FromRecord(nil, record, Options{}).Tables), "at %d", at)

		calls = 0
		r, err = Run(t.Context(), []Group{count(testGroup(&prepared), -1)}, fileOptions(openFile(t, path)), nil)
		require.NoError(t, err)
		after := stats(r.Tables)
		assert.Len(t, after, 10)
		for key, st := range after {
			want := 3
			if strings.HasPrefix(key, "test/heap") {
				want = heapRounds
			}
			assert.Len(t, st.Samples, want, key)
			if old, ok := before[key]; ok {
				assert.Equal(t, old.Samples, st.Samples[:len(old.Samples)], key)
			}
		}
		record, err = ReadRecord(path)
		require.NoError(t, err)
		assert.Zero(t, record.Unfinished())
		assert.Equal(t, after, stats(FromRecord(nil, record, Options{}).Tables))
	}
}

// What is not complete is written down now and then, for a run that is ended without being asked.
func TestFileTakesWhatIsNotComplete(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	f := openFile(t, path)
	s := &session{ctx: t.Context(), m: newRuntimeMeter(false), o: fileOptions(f), p: newProgress(nil, time.Now), size: 10}
	var prepared []string
	g := testGroup(&prepared)
	s.subjects = g.Open(10)
	s.samples, s.chunks, s.absent = map[point][]Sample{}, map[point]int{}, map[point]bool{}
	s.saved = time.Now().Add(-2 * saveEvery)
	table := &Table{Group: "test", Case: g.Cases[0], Sizes: []int{10}, stats: map[cell]Stat{}}
	require.NoError(t, s.rounds([]*Table{table}))
	record, err := ReadRecord(path)
	require.NoError(t, err)
	row, ok := record.Row("test/read", "ours", 10)
	require.True(t, ok)
	assert.Len(t, row.Samples, 1, "after the first visit, and not again within the minute")
	assert.False(t, row.Whole())
	assert.Equal(t, 1, record.Unfinished())
	assert.False(t, record.Done("test/read", 10))
	var out strings.Builder
	record.Print(&out)
	assert.Contains(t, out.String(), "interrupted: 1 rows")
	assert.Contains(t, out.String(), "abacus, 2 cores, 4 GiB, linux/amd64\ngo1.26, commit abc, 2026-01-02")
	assert.Contains(t, out.String(), "-rounds 3\n")
}

// A write that did not come to its end, at whichever byte, is a row that is measured again.
func TestTruncatedLine(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	f := openFile(t, path)
	table := &Table{Group: "test", Case: Case{Name: "read"}}
	first, second := newRow(table, 10, "ours", 1, samples(1)), newRow(table, 10, "theirs", 1, samples(2))
	require.NoError(t, f.put(first))
	whole, err := os.ReadFile(path)
	require.NoError(t, err)
	require.NoError(t, f.put(second))
	require.NoError(t, f.finished([]string{"test/read"}, 10))
	all, err := os.ReadFile(path)
	require.NoError(t, err)
	end := slices.Index(all[len(whole):], '\n') + len(whole)
	for cut := len(whole); cut < end; cut++ {
		require.NoError(t, os.WriteFile(path, all[:cut], 0o666))
		record, err := ReadRecord(path)
		require.NoError(t, err)
		assert.Equal(t, []Row{first}, record.Rows)

		f := openFile(t, path)
		left, err := os.ReadFile(path)
		require.NoError(t, err)
		require.Equal(t, string(whole), string(left), "the rest of the line is gone before another is written")
		_, ok := f.Row("test/read", "theirs", 10)
		require.False(t, ok)
		require.NoError(t, f.put(second))
		record, err = ReadRecord(path)
		require.NoError(t, err)
		require.Equal(t, []Row{first, second}, record.Rows, "cut at %d", cut)
		require.NoError(t, f.Close())
	}

	// Of a file whose header did not come to its end, nothing is left to go on with.
	header := slices.Index(all, '\n')
	for _, cut := range []int{0, 1, len(headerStart), header} {
		require.NoError(t, os.WriteFile(path, all[:cut], 0o666))
		f := openFile(t, path)
		assert.Empty(t, f.Rows)
		require.NoError(t, f.Close())
		record, err := ReadRecord(path)
		require.NoError(t, err)
		assert.Equal(t, "abc", record.Header.Commit)
	}
}

func TestFileOfOtherCircumstancesIsRefused(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	require.NoError(t, openFile(t, path).put(newRow(&Table{Group: "test", Case: Case{Name: "read"}}, 10, "ours", 1, samples(1))))
	before, err := os.ReadFile(path)
	require.NoError(t, err)
	for want, change := range map[string]func(*Header){
		"machine: abacus, 2 cores, 4 GiB, linux/amd64 there, abacus, 4 cores, 4 GiB, linux/amd64 now": func(h *Header) { h.Machine.Cores = 4 },
		"Go version: go1.26 there, go1.27 now":                                                        func(h *Header) { h.Go = "go1.27" },
		"commit: abc there, abd now":                                                                  func(h *Header) { h.Commit = "abd" },
		`-rounds: "3" there, "5" now`:                                                                 func(h *Header) { h.Flags = map[string]string{"rounds": "5"} },
		`-cpu: "" there, "true" now`:                                                                  func(h *Header) { h.Flags = map[string]string{"rounds": "3", "cpu": "true"} },
		`GOGC: "100" there, "off" now`:                                                                func(h *Header) { h.Settings = map[string]string{"GOGC": "off"} },
	} {
		h := testHeader()
		change(&h)
		_, err := OpenFile(path, h)
		assert.ErrorContains(t, err, want)
		assert.ErrorContains(t, err, path)
	}
	h := testHeader()
	h.Date = time.Now()
	f, err := OpenFile(path, h)
	require.NoError(t, err, "on another day it goes on")
	require.NoError(t, f.Close())
	after, err := os.ReadFile(path)
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
}

func TestFileThatIsNoneIsLeftAlone(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.jsonl")
	f := openFile(t, path)
	require.NoError(t, f.put(newRow(&Table{Group: "test", Case: Case{Name: "read"}}, 10, "ours", 1, samples(1))))
	good, err := os.ReadFile(path)
	require.NoError(t, err)
	for content, want := range map[string]string{
		"precious":                              "not a file of results",
		"precious\nthings\n":                    "not a file of results",
		headerStart + "2}\n":                    "line 1: format 2",
		string(good) + "{\n" + string(good):     "line 3",
		string(good) + "{}\n":                   "line 3: neither",
		string(good) + `{"case":"x"}` + "\n":    "line 3: neither",
		string(good) + string(good[:10]) + "\n": "line 3",
	} {
		require.NoError(t, os.WriteFile(path, []byte(content), 0o666))
		_, err := OpenFile(path, testHeader())
		assert.ErrorContains(t, err, want)
		_, err = ReadRecord(path)
		assert.ErrorContains(t, err, want)
		after, err := os.ReadFile(path)
		require.NoError(t, err)
		assert.Equal(t, content, string(after))
	}
	_, err = ReadRecord(path + "x")
	assert.ErrorIs(t, err, os.ErrNotExist)
}

func TestMachine(t *testing.T) {
	m := ThisMachine()
	assert.NotEmpty(t, m.CPU)
	assert.Positive(t, m.Cores)
	assert.Equal(t, m, ThisMachine())
	assert.Regexp(t, `^([0-9a-f]{40}(\+[0-9a-f]{8}|\+unknown)?|unknown)$`, Commit())
	assert.Equal(t, Commit(), Commit())
}
