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

// find finds the API history: the folder that -dir names, or else the api folder of the Go distribution that the go command
// belongs to, or else the copy. Only what is not there is made up for: a file that cannot be read, or is none, is an error.
func find(o options) (source, []apiFile, error) {
	if o.dir != "" {
		from := folder(o.dir)
		from.chosen = true
		files, err := from.list()
		if errors.Is(err, errNoHistory) {
			err = fmt.Errorf("%w (-dir names another folder)", err)
		}
		return from, files, err
	}
	root, err := findRoot()
	if err == nil {
		from := folder(filepath.Join(root, "api"))
		var files []apiFile
		if files, err = from.list(); !errors.Is(err, errNoHistory) {
			return from, files, err
		}
	}
	from := carriedCopy(err)
	files, err := from.list()
	return from, files, err
}

// read finds the API history and reads it, oldest release first.
func read(o options) (source, []releaseFile, error) {
	from, list, err := find(o)
	if err != nil {
		return from, nil, err
	}
	files, err := from.parseAll(list)
	return from, files, err
}

// An apiFile is the file of one release.
type apiFile struct {
	release release
	name    string
	in      fs.FS
}

// A releaseFile is the parsed file of one release.
type releaseFile struct {
	release release
	size    int // bytes of text
	lines   []line
}

// load reads and parses the API files of s, oldest release first.
func (s source) load() ([]releaseFile, error) {
	list, err := s.list()
	if err != nil {
		return nil, err
	}
	return s.parseAll(list)
}

// list returns the API files of s, oldest release first. It reads none of them.
func (s source) list() ([]apiFile, error) {
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
	var files []apiFile
	for _, e := range entries {
		if r, ok := releaseOfFile(e.Name()); ok && !e.IsDir() {
			files = append(files, apiFile{r, e.Name(), dir})
		}
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("%w in %s: it has no file go1*.txt", errNoHistory, s.name)
	}
	slices.SortFunc(files, func(a, b apiFile) int { return cmp.Compare(a.release, b.release) })
	return files, nil
}

// text reads a file.
func (s source) text(f apiFile) (string, error) {
	text, err := fs.ReadFile(f.in, f.name)
	if err != nil {
		return "", s.failure(f.name, err)
	}
	return s.plain(string(text)), nil
}

// parse parses the text of a file.
func (s source) parse(f apiFile, text string) (releaseFile, error) {
	lines, err := parseText(filepath.Join(s.name, f.name), text)
	return releaseFile{f.release, len(text), lines}, err
}

func (s source) parseAll(list []apiFile) ([]releaseFile, error) {
	files := make([]releaseFile, 0, len(list))
	for _, f := range list {
		text, err := s.text(f)
		if err != nil {
			return nil, err
		}
		parsed, err := s.parse(f, text)
		if err != nil {
			return nil, err
		}
		files = append(files, parsed)
	}
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
