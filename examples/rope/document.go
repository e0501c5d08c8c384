package main

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/ramet-go/ramet/examples/internal/goroot"
	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// A document is a text and what is to be done to it.
type document struct {
	path  string // of the text
	text  []byte
	list  string // the path of the list of edits, "" if they were generated
	edits []edit
	trace *trace // where text and edits are from, or nil

	progress *progress.Meter
}

// open reads or generates what the flags say.
func open(o options) (document, error) {
	d := document{path: o.file, list: o.edits, progress: o.progress}
	if o.trace != "" {
		return d.openTrace(o.trace)
	}
	var err error
	if d.path == "" {
		if d.path, err = defaultFile(); err != nil {
			return d, err
		}
	}
	if d.text, err = os.ReadFile(d.path); err != nil {
		return d, fmt.Errorf("cannot read the text: %w", err)
	}
	if len(d.text) > maxText {
		return d, fmt.Errorf("%s: %s, and a text can have %s", d.path, report.Plural(len(d.text), "byte"), report.Count(maxText))
	}
	if d.list == "" {
		d.edits = generate(d.text, o.n, o.seed, o.progress)
		return d, nil
	}
	list, err := os.ReadFile(d.list)
	if err != nil {
		return d, fmt.Errorf("cannot read the edits: %w", err)
	}
	d.edits, err = parseEdits(d.list, string(list))
	return d, err
}

// openTrace returns d with the text and the edits of a trace.
func (d document) openTrace(path string) (document, error) {
	tr, err := readTrace(path)
	if err != nil {
		return d, err
	}
	d.path, d.text, d.trace = path, []byte(tr.Start), &tr
	d.edits, err = tr.edits(path, d.progress)
	return d, err
}

// defaultFile returns a long text of the Go distribution that the go command belongs to.
func defaultFile() (string, error) {
	root, err := goroot.Find()
	if err != nil {
		return "", fmt.Errorf("%w; -file names a text", err)
	}
	return defaultFileIn(root)
}

func defaultFileIn(root string) (string, error) {
	for _, path := range []string{"doc/go_spec.html", "src/net/http/server.go"} {
		path = filepath.Join(root, filepath.FromSlash(path))
		if _, err := os.Stat(path); !errors.Is(err, fs.ErrNotExist) {
			return path, nil // if it cannot be read, the error comes when it is
		}
	}
	return "", fmt.Errorf("%s has neither doc/go_spec.html nor src/net/http/server.go; -file names a text", root)
}

// replay applies all edits. An edit that does not fit is an error, which names its line.
func (d document) replay() (history, error) {
	h := d.begin(len(d.edits))
	d.progress.Begin("applying the edits", len(d.edits))
	for i, e := range d.edits {
		d.progress.At(i)
		var err error
		if h, err = h.extend(e); err != nil {
			return nil, fmt.Errorf("%s:%d: %w: %s", d.list, e.line, err, report.Excerpt(e.String(), 60))
		}
	}
	if d.trace != nil {
		return h, d.trace.ends(d.path, h.newest())
	}
	return h, nil
}

// record writes the edits to a file that open can read.
func (d document) record(path string, seed uint64) error {
	var b bytes.Buffer
	fmt.Fprintf(&b, "# %s of %s (%s), generated with -seed %d.\n", report.Plural(len(d.edits), "edit"), d.path,
		report.Plural(len(d.text), "byte"), seed)
	fmt.Fprintf(&b, "# rope -edits applies them; rope help says what the lines mean.\n")
	for _, e := range d.edits {
		fmt.Fprintln(&b, e)
	}
	if err := os.WriteFile(path, b.Bytes(), 0o666); err != nil {
		return fmt.Errorf("cannot record the edits: %w", err)
	}
	return nil
}
