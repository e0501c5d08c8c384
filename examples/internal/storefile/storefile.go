// Package storefile says what is wrong with a file of package store, in words for whoever has named it on a command line.
package storefile

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/ramet-go/ramet/store"
)

// Error returns err, which is about the store in the file at path, in words that say what can be done about it. It wraps
// err; nil stays nil.
func Error(path string, err error) error {
	if err == nil {
		return nil
	}
	text := strings.TrimPrefix(err.Error(), path+": ")
	var system *fs.PathError
	switch {
	case errors.Is(err, store.ErrLocked):
		text = "in use: one program has the file at a time, and another has it now"
	case errors.Is(err, store.ErrFormat):
		text = "left as it is, for it is something else: " + text
	case errors.Is(err, store.ErrDamaged), errors.Is(err, store.ErrMissing):
		text = "damaged, and not to be relied on: " + text
	case errors.Is(err, store.ErrSchema):
		text = "left as it is, for another program keeps something of the same name there: " + text
	case errors.As(err, &system):
		text = fmt.Sprintf("cannot %s it: %v", system.Op, system.Err)
	}
	return &fileError{path + ": " + text, err}
}

// A fileError is an error in other words.
type fileError struct {
	text string
	err  error
}

func (e *fileError) Error() string { return e.text }
func (e *fileError) Unwrap() error { return e.err }
