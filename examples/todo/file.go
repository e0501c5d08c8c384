package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"unicode/utf8"
)

// maxFile is how large a file may be that is read.
const maxFile = 16 << 20

// A file is where a state is kept, as JSON. It never overwrites what it has not read or written itself.
type file struct {
	path    string // "": nowhere
	content string // what the file holds as far as is known; "": it does not exist, or is empty
}

// A changedError says that somebody else has written a file, and what.
type changedError struct{ content string }

func (changedError) Error() string { return "another program has changed the file" }

// errExists says that a file is there that is to be made.
var errExists = errors.New("there is such a file already")

// What the JSON looks like.
type (
	document struct {
		Version int     `json:"version"` // of the format
		Todos   []entry `json:"todos"`
	}
	entry struct {
		Text string `json:"text"`
		Done bool   `json:"done"`
	}
)

// open reads the file at path, and returns it and the state in it. A file that does not exist, or is empty, has the
// empty state. Anything else that is not as save writes it is an error, for what is not understood would be lost
// when the file is written.
func open(path string) (file, state, error) {
	if target, err := filepath.EvalSymlinks(path); err == nil {
		path = target // or saving would replace the link
	}
	content, err := read(path)
	if err != nil {
		return file{}, state{}, err
	}
	s, err := decode(content)
	if err != nil {
		return file{}, state{}, fmt.Errorf("%s: %w", path, err)
	}
	return file{path, content}, s, nil
}

// read returns what the file at path holds, and nothing if it does not exist.
func read(path string) (string, error) {
	info, err := os.Stat(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return "", nil
	case err != nil:
		return "", err
	case !info.Mode().IsRegular():
		return "", fmt.Errorf("%s: no regular file", path)
	case info.Size() > maxFile:
		return "", fmt.Errorf("%s: larger than %d bytes", path, maxFile)
	}
	content, err := os.ReadFile(path)
	return string(content), err
}

// decode returns the state that encode made content of.
func decode(content string) (state, error) {
	var s state
	if content == "" {
		return s, nil
	}
	if !utf8.ValidString(content) { // which the decoder would replace
		return s, errors.New("no list of todos: it is no UTF-8")
	}
	in := json.NewDecoder(strings.NewReader(content))
	in.DisallowUnknownFields()
	var d document
	if err := in.Decode(&d); err != nil {
		at := in.InputOffset()
		if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
			at = syntax.Offset
		} else if errors.Is(err, io.ErrUnexpectedEOF) {
			at = int64(len(content))
		}
		line := 1 + strings.Count(content[:min(at, int64(len(content)))], "\n")
		return s, fmt.Errorf("no list of todos: line %d: %w", line, err)
	}
	if _, err := in.Token(); err != io.EOF {
		return s, errors.New("no list of todos: something follows it")
	}
	if d.Version != 1 {
		return s, fmt.Errorf("version %d of the format is not known: this program reads version 1", d.Version)
	}
	for i, e := range d.Todos {
		if e.Text == "" || e.Text != clean(e.Text) {
			return s, fmt.Errorf("todo %d: the text is empty, or not one line of printable characters: %q", i+1, e.Text)
		}
		s = s.add(item{e.Text, e.Done})
	}
	return s, nil
}

// encode returns s as JSON.
func encode(s state) string {
	d := document{Version: 1, Todos: []entry{}}
	for _, it := range s.list() {
		d.Todos = append(d.Todos, entry{it.text, it.done})
	}
	var b bytes.Buffer
	out := json.NewEncoder(&b)
	out.SetEscapeHTML(false)
	out.SetIndent("", "  ")
	if err := out.Encode(d); err != nil {
		panic(err) // there is nothing in it that JSON has not
	}
	return b.String()
}

// save writes s, and returns the file as it is then. It writes another file first, and renames that: whatever
// happens meanwhile, the file is either as it was or as it is to be. If somebody else has written something else, save fails
// with a changedError, unless force.
func (f file) save(s state, force bool) (file, error) {
	there, err := read(f.path)
	if err != nil && !force {
		return f, err
	}
	if there != f.content && there != "" && !force { // one that is gone has nothing to lose
		return f, changedError{there}
	}
	content := encode(s)
	if there == content {
		return file{f.path, content}, nil
	}
	if err := replace(f.path, content); err != nil {
		return f, err
	}
	return file{f.path, content}, nil
}

// create writes s to a file that does not exist.
func create(path string, s state) (file, error) {
	if _, err := os.Lstat(path); err == nil {
		return file{}, fmt.Errorf("%s: %w", path, errExists)
	}
	return file{path: path}.save(s, false)
}

// replace replaces the file at path by one that holds content, in one step. A new file is readable by its owner only.
func replace(path, content string) (err error) {
	temp, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			temp.Close()
			os.Remove(temp.Name())
		}
	}()
	if info, err := os.Stat(path); err == nil {
		if err := temp.Chmod(info.Mode().Perm()); err != nil {
			return err
		}
	}
	if _, err := temp.WriteString(content); err != nil {
		return err
	}
	if err := temp.Sync(); err != nil {
		return err
	}
	if err := temp.Close(); err != nil {
		return err
	}
	return os.Rename(temp.Name(), path)
}
