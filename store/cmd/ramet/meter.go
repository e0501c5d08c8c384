package main

import (
	"context"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
	"github.com/ramet-go/ramet/store/internal/bolt"
)

// A meter says how far what lasts is, on standard error, every second.
type meter struct {
	chunks, bytes atomic.Int64
	end           chan struct{}
	wait          sync.WaitGroup
}

func newMeter(w io.Writer, quiet bool) *meter {
	m := &meter{end: make(chan struct{})}
	if quiet {
		return m
	}
	m.wait.Go(func() {
		tick := time.NewTicker(time.Second)
		defer tick.Stop()
		for begun := time.Now(); ; {
			select {
			case <-tick.C:
				fmt.Fprintf(w, "... %.0f s: %d chunks read, %s\n", time.Since(begun).Seconds(), m.chunks.Load(), size(m.bytes.Load()))
			case <-m.end:
				return
			}
		}
	})
	return m
}

func (m *meter) stop() {
	close(m.end)
	m.wait.Wait()
}

// reader counts what is read.
func (m *meter) reader(r io.Reader) io.Reader { return &counted{r, m} }

type counted struct {
	io.Reader
	m *meter
}

func (c *counted) Read(b []byte) (int, error) {
	n, err := c.Reader.Read(b)
	c.m.bytes.Add(int64(n))
	return n, err
}

// open opens a store whose engine counts what it reads.
func open(path string, readOnly bool, m *meter) (*store.Store, error) {
	e, err := bolt.Open(path, bolt.Options{LockTimeout: time.Second, ReadOnly: readOnly})
	if err != nil {
		return nil, err
	}
	return store.New(metered{e, m}), nil
}

// metered is an engine that tells a meter what it reads.
type metered struct {
	chunk.Engine
	m *meter
}

func (e metered) Get(ctx context.Context, a chunk.Addr) ([]byte, error) {
	b, err := e.Engine.Get(ctx, a)
	e.m.chunks.Add(1)
	e.m.bytes.Add(int64(len(b)))
	return b, err
}
