package harness

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"time"
)

// fileFormat is the version of the lines of a file of results.
const fileFormat = 1

// headerStart begins every file of results.
const headerStart = `{"ramet-bench":`

// A Header is the first line of a file of results: what all of its figures depend on.
type Header struct {
	Format   int               `json:"ramet-bench"`
	Machine  Machine           `json:"machine"`
	Go       string            `json:"go"`
	Commit   string            `json:"commit"`
	Date     time.Time         `json:"date"`     // when the run was first started
	Flags    map[string]string `json:"flags"`    // those that select what is measured, and how
	Settings map[string]string `json:"settings"` // of the runtime, as GOGC
}

// differences says in what h and other differ, apart from the date.
func (h Header) differences(other Header) []string {
	var list []string
	differ := func(what string, a, b any) {
		if a != b {
			list = append(list, fmt.Sprintf("%s: %v there, %v now", what, a, b))
		}
	}
	differ("format", h.Format, other.Format)
	differ("machine", h.Machine, other.Machine)
	differ("Go version", h.Go, other.Go)
	differ("commit", h.Commit, other.Commit)
	maps := func(sign string, a, b map[string]string) {
		var names []string
		for _, m := range []map[string]string{a, b} {
			for name := range m {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range slices.Compact(names) {
			differ(sign+name, fmt.Sprintf("%q", a[name]), fmt.Sprintf("%q", b[name]))
		}
	}
	maps("-", h.Flags, other.Flags)
	maps("", h.Settings, other.Settings)
	return list
}

// A Row is what was measured of a subject, in one case, at one size: a line of a file of results. Samples say
// it all. The other figures are for who reads the lines with something else.
type Row struct {
	Case        string   `json:"case"` // "hamt/int64/set"
	Subject     string   `json:"subject"`
	Size        int      `json:"size"`
	Unit        string   `json:"unit"`        // of the figures: one of the constants below
	Figure      float64  `json:"figure"`      // the median
	Q1          float64  `json:"q1"`          // quartiles
	Q3          float64  `json:"q3"`          //
	Spread      float64  `json:"spread"`      // (Q3-Q1)/2 as a fraction of the median
	Bytes       float64  `json:"bytes"`       // the median per operation
	Allocs      float64  `json:"allocs"`      // the median per operation
	Collections uint64   `json:"collections"` // spanned by all samples together
	Rounds      int      `json:"rounds"`      // so many samples make it whole
	Samples     []Sample `json:"samples"`     // by round
}

// The units of figures.
const (
	NsPerOp         = "ns/op"
	NsPerEntry      = "ns/entry"
	BytesPerEntry   = "B/entry"
	NsPerCollection = "ns/collection"
)

// Unit returns the unit of the figures of the case.
func (c Case) Unit() string {
	switch {
	case c.Kind == Heap:
		return BytesPerEntry
	case c.Kind == Collection:
		return NsPerCollection
	case c.PerEntry:
		return NsPerEntry
	}
	return NsPerOp
}

// Stat returns the medians of the samples.
func (r Row) Stat() Stat { return summarize(r.Samples) }

// Whole says whether it has a sample of each round.
func (r Row) Whole() bool { return len(r.Samples) >= r.Rounds }

func newRow(t *Table, size int, subject string, rounds int, samples []Sample) Row {
	st := summarize(samples)
	r := Row{
		Case: t.Name(), Subject: subject, Size: size, Unit: t.Case.Unit(),
		Figure: st.Figure, Q1: st.Q1, Q3: st.Q3, Spread: st.spread(), Bytes: st.Bytes, Allocs: st.Allocs,
		Rounds: rounds, Samples: samples,
	}
	for _, s := range samples {
		r.Collections += s.Cycles
	}
	return r
}

type rowKey struct {
	name, subject string
	size          int
}

func (r Row) key() rowKey { return rowKey{r.Case, r.Subject, r.Size} }

// done is a line that says that all subjects of some cases have been measured at a size. Without it nobody could
// tell a subject that takes no part from one that is still to come.
type done struct {
	Done []string `json:"done"`
	Size int      `json:"size"`
}

// A Record is what a file of results says.
type Record struct {
	Header  Header
	Rows    []Row // in the order in which they first came
	index   map[rowKey]int
	isDone  map[string]map[int]bool
	through int64 // the length of its whole lines
}

// Row returns the row of a subject.
func (r *Record) Row(name, subject string, size int) (Row, bool) {
	i, ok := r.index[rowKey{name, subject, size}]
	if !ok {
		return Row{}, false
	}
	return r.Rows[i], true
}

// Done says whether all subjects of a case were measured at the size.
func (r *Record) Done(name string, size int) bool { return r.isDone[name][size] }

// add takes a row in. It replaces what there was of the same subject, which has fewer samples.
func (r *Record) add(row Row) {
	if i, ok := r.index[row.key()]; ok {
		r.Rows[i] = row
		return
	}
	r.index[row.key()] = len(r.Rows)
	r.Rows = append(r.Rows, row)
}

func (r *Record) finish(d done) {
	for _, name := range d.Done {
		if r.isDone[name] == nil {
			r.isDone[name] = map[int]bool{}
		}
		r.isDone[name][d.Size] = true
	}
}

// ReadRecord reads a file of results. A last line without its end is what an interrupted write leaves: it
// counts as not written.
func ReadRecord(path string) (*Record, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	r, err := parseRecord(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return r, nil
}

var errNoHeader = errors.New("not a file of results: its first line is not a header")

func parseRecord(data []byte) (*Record, error) {
	r := &Record{index: map[rowKey]int{}, isDone: map[string]map[int]bool{}}
	if !bytes.HasPrefix(data, []byte(headerStart)) {
		return nil, errNoHeader
	}
	for number := 1; ; number++ {
		end := bytes.IndexByte(data[r.through:], '\n')
		if end < 0 {
			break
		}
		text := data[r.through : r.through+int64(end)]
		if err := r.parseLine(number, text); err != nil {
			return nil, fmt.Errorf("line %d: %w", number, err)
		}
		r.through += int64(end) + 1
	}
	if r.through == 0 {
		return nil, errNoHeader
	}
	return r, nil
}

func (r *Record) parseLine(number int, text []byte) error {
	if number == 1 {
		if err := json.Unmarshal(text, &r.Header); err != nil {
			return err
		}
		if r.Header.Format != fileFormat {
			return fmt.Errorf("format %d: this program knows format %d", r.Header.Format, fileFormat)
		}
		return nil
	}
	var line struct {
		Row
		Done []string `json:"done"`
	}
	if err := json.Unmarshal(text, &line); err != nil {
		return err
	}
	switch {
	case line.Done != nil:
		r.finish(done{line.Done, line.Size})
	case line.Case != "" && line.Subject != "" && line.Size > 0 && len(line.Samples) > 0:
		r.add(line.Row)
	default:
		return errors.New("neither a row with samples nor a list of cases that are done")
	}
	return nil
}

// A File is a file of results that a run writes to. What is written is in the file when the call returns, and
// on the disk when a size of a group is done.
type File struct {
	*Record
	f *os.File
}

// OpenFile opens a file of results to go on with it, or creates it with the header h. It refuses a file whose figures
// were measured under other circumstances than those of h.
func OpenFile(path string, h Header) (*File, error) {
	h.Format = fileFormat
	data, err := os.ReadFile(path)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if strings.HasPrefix(headerStart, string(data)) || bytes.HasPrefix(data, []byte(headerStart)) && !bytes.Contains(data, []byte{'\n'}) {
		return createFile(path, h) // it is not there, or without a whole line
	}
	r, err := parseRecord(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if list := r.Header.differences(h); len(list) > 0 {
		return nil, fmt.Errorf("%s was measured under other circumstances; write to another file, or remove it:\n  %s", path, strings.Join(list, "\n  "))
	}
	f, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		return nil, err
	}
	err = f.Truncate(r.through)
	if err == nil {
		_, err = f.Seek(r.through, 0)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &File{r, f}, nil
}

func createFile(path string, h Header) (*File, error) {
	f, err := os.Create(path)
	if err != nil {
		return nil, err
	}
	file := &File{f: f}
	if err := file.write(h); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	file.Record = &Record{Header: h, index: map[rowKey]int{}, isDone: map[string]map[int]bool{}}
	return file, nil
}

func (f *File) write(line any) error {
	text, err := json.Marshal(line)
	if err != nil {
		return err
	}
	_, err = f.f.Write(append(text, '\n'))
	return err
}

// put writes a row, unless the file has it with as many samples.
func (f *File) put(row Row) error {
	if old, ok := f.Row(row.Case, row.Subject, row.Size); ok && len(old.Samples) >= len(row.Samples) {
		return nil
	}
	if err := f.write(row); err != nil {
		return err
	}
	f.add(row)
	return nil
}

// finished writes that the cases are done at the size.
func (f *File) finished(names []string, size int) error {
	d := done{names, size}
	if err := f.write(d); err != nil {
		return err
	}
	f.finish(d)
	return f.f.Sync()
}

// Close closes the file.
func (f *File) Close() error { return f.f.Close() }

// With returns a record of the rows of both, those of other where both have one.
func (r *Record) With(other *Record) *Record {
	both := &Record{Header: r.Header, index: map[rowKey]int{}, isDone: map[string]map[int]bool{}}
	for _, x := range []*Record{r, other} {
		for _, row := range x.Rows {
			both.add(row)
		}
		for name, sizes := range x.isDone {
			for size := range sizes {
				both.finish(done{[]string{name}, size})
			}
		}
	}
	return both
}
