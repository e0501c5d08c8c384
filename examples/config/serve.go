package main

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"
)

// A source is a store that is loaded from a file.
type source struct {
	store
	file file
}

// open loads a file for the first time. There is no last good version yet, so a broken file is an error.
func open(path string) (*source, error) {
	s := &source{file: file{path: path}}
	_, err := s.reload()
	return s, err
}

// reload looks at the file, and loads it if it has changed. It returns an error if the file is broken or cannot be read, once: not
// again until that changes.
func (s *source) reload() (changed bool, err error) {
	text, other, err := s.file.poll()
	switch {
	case !other:
		return false, nil
	case err != nil:
		return false, err
	}
	if changed, err = s.load(text); err != nil {
		err = fmt.Errorf("%s: %w", s.file.path, err)
	}
	return changed, err
}

// serve watches a file until ctx is done, and says what happens.
func serve(ctx context.Context, say func(format string, args ...any), path string, every time.Duration) error {
	s, err := open(path)
	if err != nil {
		return err
	}
	var running sync.WaitGroup
	defer running.Wait()
	for _, sv := range services() {
		running.Go(func() {
			sv.watch(ctx, &s.now, func(did string) {
				if did != "" {
					say("%-12s %s", sv.name, did)
				}
			})
		})
	}
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if _, err := s.reload(); err != nil {
			say("%-12s %v; what was good stays", "refused", err)
		}
	}
}

func runServe(w *bufio.Writer, o options, args []string) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if o.time > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, o.time)
		defer cancel()
	}
	var one sync.Mutex // services say something at the same time
	return serve(ctx, func(format string, args ...any) {
		one.Lock()
		defer one.Unlock()
		fmt.Fprintf(w, format+"\n", args...)
		if w.Flush() != nil { // nobody reads it any more
			stop()
		}
	}, args[0], o.every)
}
