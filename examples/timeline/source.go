package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"cmp"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/goroot"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// A source is a folder of API files.
type source struct {
	name   string                   // for messages
	open   func() (fs.FS, error)    // the folder
	plain  func(text string) string // the text of an API file, of that of a file there
	chosen bool                     // by -dir
	why    error                    // of the copy: why it was taken
}

// errNoHistory is why a folder is of no use if it is not there, or has no API file.
var errNoHistory = errors.New("no API history")

// folder is a source on the disk.
func folder(dir string) source {
	return source{
		name:  dir,
		open:  func() (fs.FS, error) { return os.DirFS(dir), nil },
		plain: func(text string) string { return text },
	}
}

// carried is the copy of Go's own API files that the program carries, for distributions without
// an api folder: those that the go command has fetched for itself (GOTOOLCHAIN) have none. See api/README.md.
//
//go:embed api/api.zip
var carried []byte

// carriedCopy is carried as a source.
func carriedCopy(why error) source {
	return source{
		name:  "the copy of Go's api folder that timeline carries",
		open:  func() (fs.FS, error) { return zip.NewReader(bytes.NewReader(carried), int64(len(carried))) },
		plain: spread,
		why:   why,
	}
}

// spread returns text with a line of its own for each platform that a line names:
//
//	pkg syscall (linux-386 linux-arm), const O_CLOEXEC = 524288
func spread(text string) string {
	var b strings.Builder
	for l := range strings.Lines(text) {
		platforms, head, rest := platformsOf(l)
		if len(platforms) == 0 {
			b.WriteString(l)
		}
		for _, p := range platforms {
			b.WriteString(head + p + rest)
		}
	}
	return b.String()
}

// platformsOf returns the platforms that a line of an API file is about, none for all, and what is
// before and behind them.
func platformsOf(l string) (platforms []string, head, rest string) {
	const opening, closing = " (", "), "
	head, inner, ok := strings.Cut(l, opening)
	if !ok || !strings.HasPrefix(head, "pkg ") || strings.Contains(head, ",") { // a comment; a receiver, or parameters
		return nil, "", ""
	}
	names, rest, _ := strings.Cut(inner, closing)
	return strings.Fields(names), head + opening, closing + rest
}

var findRoot = goroot.Find // tests find others

// read reads the API history, oldest release first: from the folder that -dir names, or else from the
// api folder of the Go distribution that the go command belongs to, or else from the copy. Only what is
// not there is made up for: a file that cannot be read, or is none, is an error.
func read(o options) (source, []releaseFile, error) {
	if o.dir != "" {
		from := folder(o.dir)
		from.chosen = true
		files, err := from.load()
		if errors.Is(err, errNoHistory) {
			err = fmt.Errorf("%w (-dir names another folder)", err)
		}
		return from, files, err
	}
	root, err := findRoot()
	if err == nil {
		from := folder(filepath.Join(root, "api"))
		var files []releaseFile
		if files, err = from.load(); !errors.Is(err, errNoHistory) {
			return from, files, err
		}
	}
	from := carriedCopy(err)
	files, err := from.load()
	return from, files, err
}

// A releaseFile is the parsed file of one release.
type releaseFile struct {
	release release
	size    int // bytes of text
	lines   []line
}

// load reads and parses the API files of s, oldest release first.
func (s source) load() ([]releaseFile, error) {
	dir, err := s.open()
	if err != nil {
		return nil, fmt.Errorf("%s: %w", s.name, err)
	}
	entries, err := fs.ReadDir(dir, ".")
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil, fmt.Errorf("%w in %s: there is no such folder", errNoHistory, s.name)
	case err != nil:
		return nil, s.failure("", err)
	}
	var files []releaseFile
	for _, e := range entries {
		r, ok := releaseOfFile(e.Name())
		if !ok || e.IsDir() {
			continue
		}
		text, err := fs.ReadFile(dir, e.Name())
		if err != nil {
			return nil, s.failure(e.Name(), err)
		}
		plain := s.plain(string(text))
		lines, err := parseText(filepath.Join(s.name, e.Name()), plain)
		if err != nil {
			return nil, err
		}
		files = append(files, releaseFile{r, len(plain), lines})
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%w in %s: it has no file go1*.txt", errNoHistory, s.name)
	}
	slices.SortFunc(files, func(a, b releaseFile) int { return cmp.Compare(a.release, b.release) })
	return files, nil
}

// failure returns err of reading the named file, or the folder itself, with the whole path.
func (s source) failure(name string, err error) error {
	if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
		err = pe.Err // without the path in the folder
	}
	return fmt.Errorf("cannot read %s: %w", filepath.Join(s.name, name), err)
}

// print says what was read, unless the user has.
func (s source) print(w *bufio.Writer) {
	if !s.chosen {
		w.WriteString("\n" + report.Wrap("", 0, "Read from "+s.name+s.reason()+"."))
	}
}

// reason says why the copy was taken, if it was.
func (s source) reason() string {
	if s.why == nil {
		return ""
	}
	return fmt.Sprintf(" (%v)", s.why)
}
