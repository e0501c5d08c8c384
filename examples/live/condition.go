package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
)

// The statuses of errors.
const (
	statusBad      = http.StatusBadRequest
	statusNotFound = http.StatusNotFound
	statusConflict = http.StatusConflict
	statusGone     = http.StatusGone
	statusFull     = http.StatusInsufficientStorage
	statusUnknown  = http.StatusServiceUnavailable
)

// A failure is an error that a client is told, with a status.
type failure struct {
	status int
	text   string
}

func (f failure) Error() string { return f.text }

func failf(status int, format string, args ...any) error {
	return failure{status, fmt.Sprintf(format, args...)}
}

// A condition is what If-Match says: the tags of which the newest version must have one.
type condition []string

// conditionOf returns the condition of a request that writes, which must have one: a client says what it has seen, so that
// it does not overwrite what it has not.
func conditionOf(r *http.Request) (condition, error) {
	var c condition
	for _, header := range r.Header.Values("If-Match") {
		for tag := range strings.SplitSeq(header, ",") {
			c = append(c, strings.TrimSpace(tag))
		}
	}
	if len(c) == 0 {
		return nil, failf(http.StatusPreconditionRequired, "a write needs If-Match with the ETag of the version that it is for")
	}
	return c, nil
}

// holds returns an error if the condition does not hold for a tag. A weak tag is never that of a version.
func (c condition) holds(tag string) error {
	if slices.Contains(c, tag) || slices.Contains(c, "*") {
		return nil
	}
	return failf(http.StatusPreconditionFailed, "the newest version is %s: read it first", tag)
}
