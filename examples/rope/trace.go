package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// A trace is an editing session as others write it down, to measure texts with: transactions, each of which has patches, which
// are made one after the other. Positions and lengths count Unicode code points.
//
//	{"startContent": "", "endContent": "ho", "txns": [{"time": "2025-01-01T00:00:00Z", "patches": [[0, 0, "hi"], [1, 1, "o"]]}]}
type trace struct {
	Start string        `json:"startContent"`
	End   *string       `json:"endContent"`
	Txns  []transaction `json:"txns"`
}

type transaction struct {
	Time    json.RawMessage   `json:"time,omitempty"` // nobody reads it
	Patches []json.RawMessage `json:"patches"`
	Parents json.RawMessage   `json:"parents,omitempty"` // of concurrent traces, which are something else
}

// maxTrace is how many bytes a trace may have, unpacked.
const maxTrace = 1 << 30

// readTrace reads the trace in the file at path, plain or gzipped.
func readTrace(path string) (tr trace, err error) {
	f, err := os.Open(path)
	if err != nil {
		return tr, fmt.Errorf("cannot read the trace: %w", err)
	}
	defer f.Close()
	content, err := unpacked(f)
	if err == nil && !utf8.Valid(content) {
		err = errors.New("no UTF-8")
	}
	if err != nil {
		return tr, fmt.Errorf("cannot read the trace: %s: %w", path, err)
	}
	in := json.NewDecoder(bytes.NewReader(content))
	err = in.Decode(&tr)
	if err == nil {
		if more := bytes.TrimLeft(content[in.InputOffset():], " \t\r\n"); len(more) > 0 {
			return tr, fmt.Errorf("%s:%d: no trace: something follows it", path, lineOf(content, int64(len(content)-len(more))))
		}
	}
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		err = fmt.Errorf("%s:%d: no trace: %w", path, lineOf(content, syntax.Offset), err)
	case errors.As(err, &kind):
		err = fmt.Errorf("%s:%d: no trace: %s is a %s", path, lineOf(content, kind.Offset), kind.Field, kind.Value)
	case err != nil:
		err = fmt.Errorf("%s:%d: no trace: %w", path, lineOf(content, int64(len(content))), err)
	case tr.Txns == nil || tr.End == nil:
		err = fmt.Errorf("%s: no trace: it has no txns, or no endContent", path)
	}
	return tr, err
}

// unpacked returns what is in r, or in what is gzipped there.
func unpacked(r io.Reader) ([]byte, error) {
	content, err := io.ReadAll(io.LimitReader(r, maxTrace+1))
	if err == nil && bytes.HasPrefix(content, []byte("\x1f\x8b")) {
		var z *gzip.Reader
		if z, err = gzip.NewReader(bytes.NewReader(content)); err == nil {
			content, err = io.ReadAll(io.LimitReader(z, maxTrace+1))
		}
	}
	if err == nil && len(content) > maxTrace {
		err = fmt.Errorf("more than %s", report.Plural(maxTrace, "byte"))
	}
	return content, err
}

// lineOf returns the line of the byte at an offset, from 1.
func lineOf(content []byte, offset int64) int {
	return 1 + bytes.Count(content[:min(max(offset, 0), int64(len(content)))], []byte("\n"))
}

// edits returns the edits that the trace in the file at path is: a patch is a deletion, an insertion, or one and the other.
func (tr trace) edits(path string, p *progress.Meter) (edits []edit, err error) {
	r := newRuler(tr.Start)
	p.Begin("reading the trace", len(tr.Txns))
	for i, txn := range tr.Txns {
		p.At(i)
		if txn.Parents != nil {
			return nil, fmt.Errorf("%s: transaction %d: it has parents: the trace is of several people at once", path, i)
		}
		for j, raw := range txn.Patches {
			p, err := parsePatch(raw)
			if err == nil {
				edits, err = p.appendTo(edits, r)
			}
			if err == nil && len(edits) > maxEdits {
				err = fmt.Errorf("more than %s", report.Plural(maxEdits, "edit"))
			}
			if err != nil {
				return nil, fmt.Errorf("%s: transaction %d, patch %d: %w: %s", path, i, j, err, report.Excerpt(string(raw), 60))
			}
		}
	}
	return edits, nil
}

// A patch removes characters and puts others in their place.
type patch struct {
	at, removed int
	inserted    string
}

func parsePatch(raw json.RawMessage) (p patch, err error) {
	var at, removed *int
	var inserted *string // nil: null
	parts := []any{&at, &removed, &inserted}
	if json.Unmarshal(raw, &parts) != nil || len(parts) != 3 || at == nil || removed == nil || inserted == nil {
		return p, errors.New(`not of the form [POSITION, REMOVED, "INSERTED"]`)
	}
	p = patch{*at, *removed, *inserted}
	if p.at < 0 || p.removed < 0 {
		return p, errors.New("a negative number")
	}
	return p, nil
}

// appendTo appends the edits that p is to those before it, which r has seen.
func (p patch) appendTo(edits []edit, r *ruler) ([]edit, error) {
	from, ok := r.byteOf(p.at)
	if !ok {
		return edits, fmt.Errorf("position %s is out of range: the text has %s", report.Count(p.at), report.Plural(r.chars(), "character"))
	}
	if p.removed > 0 {
		to, ok := r.byteOf(p.at + p.removed)
		if !ok || p.at+p.removed < p.at {
			return edits, fmt.Errorf("%s from %s on are out of range: the text has %s", report.Plural(p.removed, "character"),
				report.Count(p.at), report.Plural(r.chars(), "character"))
		}
		r.remove(from, to-from)
		edits = append(edits, edit{kind: deletion, at: from, n: to - from, of: newest})
	}
	if p.inserted != "" {
		r.insert(from, []byte(p.inserted))
		edits = append(edits, edit{kind: insertion, at: from, text: p.inserted, of: newest})
	}
	return edits, nil
}

// ends returns an error if t is not the text that the trace in the file at path ends with.
func (tr trace) ends(path string, t text) error {
	want := *tr.End
	if equal(t, []byte(want)) {
		return nil
	}
	at := 0
	for i, b := range t.All() {
		if i >= len(want) || want[i] != b {
			break
		}
		at++
	}
	for at > 0 && at < len(want) && !utf8.RuneStart(want[at]) {
		at--
	}
	return fmt.Errorf("%s: the edits do not lead to its endContent: character %s differs", path, report.Count(utf8.RuneCountInString(want[:at])))
}

// traceOf returns the trace of the edits of d, whose versions are h. A transaction is an edit: a move has two patches. When
// an edit was made, nobody knows: they are said to be a second apart.
func (d document) traceOf(h history) (tr trace, err error) {
	start := time.Date(2025, 1, 1, 0, 0, 0, 0, time.UTC)
	if !utf8.Valid(d.text) {
		return tr, errors.New("the text is no UTF-8, and a trace counts characters")
	}
	tr.Start = string(d.text)
	tr.Txns = make([]transaction, 0, len(d.edits))
	r := newRuler(tr.Start)
	for i, e := range d.edits {
		txn := transaction{Time: json.RawMessage(start.Add(time.Duration(i) * time.Second).Format(`"` + time.RFC3339 + `"`))}
		before, after := h[i], h[i+1]
		for _, s := range e.splices() {
			of, at := after, s.at // where the bytes that are inserted are
			if s.removed > 0 {
				of = before
			}
			p := patch{}
			var okFrom, okTo bool
			var end int
			p.at, okFrom = r.charOf(s.at)
			end, okTo = r.charOf(s.at + s.removed)
			inserted := bytesOf(of, at, at+s.inserted)
			if !okFrom || !okTo || !utf8.Valid(inserted) {
				return tr, fmt.Errorf("edit %d divides a character, and a trace counts characters: %s", i+1, report.Excerpt(e.String(), 60))
			}
			p.removed, p.inserted = end-p.at, string(inserted)
			r.remove(s.at, s.removed)
			r.insert(s.at, inserted)
			txn.Patches = append(txn.Patches, p.json())
		}
		tr.Txns = append(tr.Txns, txn)
	}
	end := string(h[len(d.edits)].AppendTo(nil))
	tr.End = &end
	return tr, nil
}

func (p patch) json() json.RawMessage {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode([]any{p.at, p.removed, p.inserted}); err != nil {
		panic(err) // there is nothing in it that JSON has not
	}
	return bytes.TrimSpace(b.Bytes())
}

// write writes the trace to a file, gzipped if its name says so.
func (tr trace) write(path string) error {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(tr); err != nil {
		return fmt.Errorf("cannot write the trace: %w", err)
	}
	content := b.Bytes()
	if strings.HasSuffix(path, ".gz") {
		var packed bytes.Buffer
		z := gzip.NewWriter(&packed)
		z.Write(content)
		if err := z.Close(); err != nil {
			return fmt.Errorf("cannot write the trace: %w", err)
		}
		content = packed.Bytes()
	}
	if err := os.WriteFile(path, content, 0o666); err != nil {
		return fmt.Errorf("cannot write the trace: %w", err)
	}
	return nil
}
