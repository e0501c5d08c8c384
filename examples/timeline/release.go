package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/goroot"
)

// A release is a Go release that the API history has a file for: the N of Go 1.N.
type release int

func (r release) String() string { return "1." + strconv.Itoa(int(r)) }

// parseRelease reads a release the way people write one: 1.18, go1.18; and for
// the first one 1, go1, 1.0, go1.0.
func parseRelease(s string) (release, bool) {
	s = strings.TrimPrefix(s, "go")
	if s == "1" || s == "1.0" {
		return 0, true
	}
	minor, ok := strings.CutPrefix(s, "1.")
	if !ok {
		return 0, false
	}
	n, err := strconv.ParseUint(minor, 10, 16)
	if err != nil || strconv.FormatUint(n, 10) != minor { // no 1.+5, no 1.05
		return 0, false
	}
	return release(n), true
}

// releaseOfFile returns the release that a file of the API folder describes:
// go1.txt, go1.1.txt, … Other files of the folder (except.txt) describe none.
func releaseOfFile(name string) (release, bool) {
	s, ok := strings.CutSuffix(name, ".txt")
	if !ok || !strings.HasPrefix(s, "go1") || s == "go1.0" {
		return 0, false
	}
	return parseRelease(s)
}

// defaultDir returns the API folder of the Go distribution that the go command
// belongs to.
func defaultDir() (string, error) {
	root, err := goroot.Find("-dir", "an API folder")
	return filepath.Join(root, "api"), err
}

// A releaseFile is the parsed file of one release.
type releaseFile struct {
	release release
	size    int // bytes of text
	lines   []line
}

// load reads and parses the API history in dir, oldest release first.
func load(dir string) ([]releaseFile, error) {
	entries, err := os.ReadDir(dir)
	if err != nil {
		if pe := (*fs.PathError)(nil); errors.As(err, &pe) {
			err = pe.Err // without the folder's name, which comes first
		}
		return nil, fmt.Errorf("no API history in %s (-dir names another folder): %w", dir, err)
	}
	var files []releaseFile
	for _, e := range entries {
		r, ok := releaseOfFile(e.Name())
		if !ok || e.IsDir() {
			continue
		}
		path := filepath.Join(dir, e.Name())
		text, err := os.ReadFile(path)
		if err != nil {
			return nil, err
		}
		lines, err := parseText(path, string(text))
		if err != nil {
			return nil, err
		}
		files = append(files, releaseFile{r, len(text), lines})
	}
	if len(files) == 0 {
		return nil, fmt.Errorf("no API history in %s (-dir names another folder): it has no file go1*.txt", dir)
	}
	slices.SortFunc(files, func(a, b releaseFile) int { return int(a.release - b.release) })
	return files, nil
}
