package main

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/ramet-go/ramet/examples/internal/storefile"
	"github.com/ramet-go/ramet/store"
)

// What a file has of moments that can be undone, and done again, no more: they were dropped for newer ones, or replaced. And its log. They
// are given up when something is kept and the log goes back more than a day, so once a day at most.
const (
	logAge    = 24 * time.Hour // what is younger stays anyway
	tidyEvery = 1000           // how often something is kept from one look at the log to the next
)

// tidy gives up what the file has too much, if it is time. It is called after something was kept: then each moment is one of the newest
// that lead to a branch. If it fails, all is as before.
func (j *journal) tidy(ctx context.Context) error {
	j.keeps++
	if j.keeps%tidyEvery != 1 {
		return nil
	}
	due, err := j.due(ctx)
	if err == nil && due {
		_, err = j.st.Collect(ctx, store.Retain{Last: undoSteps + 1})
	}
	if errors.Is(err, context.Canceled) {
		return nil // the journal is being closed
	}
	if err != nil {
		return fmt.Errorf("the file cannot be made smaller: %w", storefile.Error(j.path, err))
	}
	return nil
}

// due reports whether the log goes back more than a day from its newest entry, which is of now.
func (j *journal) due(ctx context.Context) (bool, error) {
	var newest time.Time
	for e, err := range j.st.Reflog(ctx, "") {
		if err != nil {
			return false, err
		}
		if newest.IsZero() {
			newest = e.Time
		}
		if newest.Sub(e.Time) > logAge {
			return true, nil
		}
	}
	return false, nil
}
