package main

import (
	"cmp"
	"context"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/ramet-go/ramet/examples/internal/report"
	"github.com/ramet-go/ramet/hamt"
)

// The limits of requests.
const (
	maxBody     = 256 << 10 // bytes
	maxWatchers = 100       // at once
)

//go:embed page
var page embed.FS

// A server answers requests about versions.
type server struct {
	versions *versions
	hosts    []string      // names by which it may be called, besides those of this machine itself
	watchers chan struct{} // has one for each that watches
	patience time.Duration // with a client that reads or writes slowly
	pace     time.Duration // from one event to the next
}

func newServer(s *versions, hosts []string) *server {
	return &server{s, hosts, make(chan struct{}, maxWatchers), 10 * time.Second, 50 * time.Millisecond}
}

// handler returns what answers requests.
func (s *server) handler() http.Handler {
	mux := http.NewServeMux()
	for path, name := range map[string]string{"GET /{$}": "page.html", "GET /page.js": "page.js", "GET /page.css": "page.css"} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { http.ServeFileFS(w, r, page, "page/"+name) })
	}
	for path, answer := range map[string]func(w http.ResponseWriter, r *http.Request) error{
		"GET /api/entries":           s.getEntries,
		"GET /api/entries/{key}":     s.getEntry,
		"PUT /api/entries/{key}":     s.putEntry,
		"DELETE /api/entries/{key}":  s.deleteEntry,
		"GET /api/versions":          s.getVersions,
		"GET /api/versions/{number}": s.getVersion,
		"POST /api/restore":          s.postRestore,
		"POST /api/merge":            s.postMerge,
		"GET /api/events":            s.getEvents,
	} {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { tell(w, answer(w, r)) })
	}
	sameOrigin := http.NewCrossOriginProtection()
	sameOrigin.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		tell(w, failf(http.StatusForbidden, "pages of other origins cannot write"))
	}))
	return s.guard(sameOrigin.Handler(mux))
}

// guard refuses requests under a name that is not the server's: a page of elsewhere can have its own name resolve to this
// machine, and would then be of the same origin. It limits bodies, and what the page may load.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; "+
			"base-uri 'none'; form-action 'none'; frame-ancestors 'none'")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Cache-Control", "no-cache")
		if !s.known(r.Host) {
			tell(w, failf(http.StatusMisdirectedRequest, "this server is not called %q", r.Host))
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// known reports whether the server may be called by the name in hostport.
func (s *server) known(hostport string) bool {
	host := hostport
	if h, _, err := net.SplitHostPort(hostport); err == nil {
		host = h
	}
	host = strings.ToLower(strings.Trim(host, "[]"))
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback() || slices.Contains(s.hosts, host)
}

// reply sends v as JSON.
func reply(w http.ResponseWriter, status int, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	w.Write(append(text, '\n'))
	return nil
}

// complain says on the terminal what clients are not told.
func complain(err error) { fmt.Println("live:", report.Printable(err.Error())) }

// tell sends an error, if there is one.
func tell(w http.ResponseWriter, err error) {
	if err == nil {
		return
	}
	f := failure{http.StatusInternalServerError, "internal error"}
	if !errors.As(err, &f) {
		complain(err)
	}
	reply(w, f.status, map[string]string{"error": f.text})
}

// decode reads a JSON value from a request.
func decode(r *http.Request, into any) error {
	in := json.NewDecoder(r.Body)
	in.DisallowUnknownFields()
	err := in.Decode(into)
	if err == nil {
		if _, err = in.Token(); err == io.EOF {
			return nil
		} else if err == nil {
			err = errors.New("something follows it")
		}
	}
	if large := (*http.MaxBytesError)(nil); errors.As(err, &large) {
		return failf(http.StatusRequestEntityTooLarge, "the body has more than %d bytes", large.Limit)
	}
	return failf(statusBad, "the body is not the JSON that is expected: %v", err)
}

// A summary is a version as clients see it.
type summary struct {
	Version int       `json:"version"`
	ETag    string    `json:"etag"`
	Made    time.Time `json:"made"`
	What    string    `json:"what"`
	Len     int       `json:"len"`
	Cost    *cost     `json:"cost,omitempty"` // if the version before is kept
	Entries *document `json:"entries,omitempty"`
	Changes []change  `json:"changes,omitempty"` // since the version before, if that is kept; of an event, since the last one
}

// A change is a difference between two versions.
type change struct {
	Kind string `json:"kind"`
	Key  string `json:"key"`
	Old  value  `json:"old,omitempty"`
	New  value  `json:"new,omitempty"`
}

func (s *server) summary(v version) summary {
	return summary{Version: v.number, ETag: s.versions.etag(v), Made: v.made, What: v.what, Len: v.doc.Len()}
}

// changesOf returns what leads from one document to another, by key.
func changesOf(from, to document) (changes []change) {
	for c := range hamt.Diff(from, to) {
		changes = append(changes, change{c.Kind.String(), c.Key, c.Old, c.New})
	}
	slices.SortFunc(changes, func(a, b change) int { return cmp.Compare(a.Key, b.Key) })
	return changes
}

func (s *server) getEntries(w http.ResponseWriter, r *http.Request) error {
	v := s.versions.now.Load().Now()
	w.Header().Set("ETag", s.versions.etag(v))
	if r.Header.Get("If-None-Match") == s.versions.etag(v) {
		w.WriteHeader(http.StatusNotModified)
		return nil
	}
	full := s.summary(v)
	full.Entries = &v.doc
	return reply(w, http.StatusOK, full)
}

func (s *server) getEntry(w http.ResponseWriter, r *http.Request) error {
	v := s.versions.now.Load().Now()
	x, ok := v.doc.Lookup(r.PathValue("key"))
	if !ok {
		return failf(statusNotFound, "there is no %q", r.PathValue("key"))
	}
	w.Header().Set("ETag", s.versions.etag(v))
	return reply(w, http.StatusOK, x)
}

// wrote answers a request that has made a version, or has failed to.
func (s *server) wrote(w http.ResponseWriter, v version, err error) error {
	if err != nil {
		return err
	}
	w.Header().Set("ETag", s.versions.etag(v))
	return reply(w, http.StatusOK, s.summary(v))
}

func (s *server) putEntry(w http.ResponseWriter, r *http.Request) error {
	cond, err := conditionOf(r)
	if err != nil {
		return err
	}
	key := r.PathValue("key")
	if err := checkKey(key); err != nil {
		return err
	}
	var x value
	if err := decode(r, &x); err != nil {
		return err
	}
	v, err := s.versions.set(cond, key, x)
	return s.wrote(w, v, err)
}

func (s *server) deleteEntry(w http.ResponseWriter, r *http.Request) error {
	cond, err := conditionOf(r)
	if err != nil {
		return err
	}
	v, err := s.versions.remove(cond, r.PathValue("key"))
	return s.wrote(w, v, err)
}

func (s *server) getVersions(w http.ResponseWriter, r *http.Request) error {
	h := s.versions.now.Load()
	now := h.Now()
	kept := []summary{s.summary(now)}
	for before := range h.Past() {
		c := now.cost.of(before, now)
		kept[len(kept)-1].Cost = &c
		kept = append(kept, s.summary(before))
		now = before
	}
	w.Header().Set("ETag", s.versions.etag(h.Now()))
	return reply(w, http.StatusOK, kept)
}

func (s *server) getVersion(w http.ResponseWriter, r *http.Request) error {
	h := s.versions.now.Load().History
	v := h.Now()
	if name := r.PathValue("number"); name != "newest" {
		number, err := strconv.Atoi(name)
		if err != nil {
			return failf(statusBad, "%q is no version: versions are counted from 0", name)
		}
		if v, err = find(h, number); err != nil {
			return err
		}
	}
	full := s.summary(v)
	full.Entries = &v.doc
	if before, err := find(h, v.number-1); err == nil {
		c := v.cost.of(before, v)
		full.Cost, full.Changes = &c, changesOf(before.doc, v.doc)
	}
	return reply(w, http.StatusOK, full)
}

func (s *server) postRestore(w http.ResponseWriter, r *http.Request) error {
	cond, err := conditionOf(r)
	if err != nil {
		return err
	}
	var to struct {
		Version *int `json:"version"`
	}
	if err := decode(r, &to); err != nil {
		return err
	}
	if to.Version == nil {
		return failf(statusBad, "the body names no version")
	}
	v, err := s.versions.restore(cond, *to.Version)
	return s.wrote(w, v, err)
}

// postMerge answers with the merged document and the conflicts; or, if it is to be saved, with the version that was made.
func (s *server) postMerge(w http.ResponseWriter, r *http.Request) error {
	var m merging
	if err := decode(r, &m); err != nil {
		return err
	}
	if !m.Save {
		d, open, err := m.merge(s.versions.now.Load().History)
		if err != nil {
			return err
		}
		return reply(w, http.StatusOK, map[string]any{"entries": d, "conflicts": append([]conflict{}, open...)})
	}
	cond, err := conditionOf(r)
	if err != nil {
		return err
	}
	v, err := s.versions.saveMerged(cond, m)
	return s.wrote(w, v, err)
}

// serve answers what comes through l, until ctx is done: then it ends watching, and waits for what else is going on.
func (s *server) serve(ctx context.Context, l net.Listener) error {
	watching, end := context.WithCancel(context.Background())
	defer end()
	hs := &http.Server{
		Handler:           s.handler(),
		BaseContext:       func(net.Listener) context.Context { return watching },
		ReadHeaderTimeout: s.patience / 2,
		ReadTimeout:       s.patience,
		WriteTimeout:      s.patience,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
	}
	stopped := make(chan error, 1)
	stop := context.AfterFunc(ctx, func() {
		end()
		within, cancel := context.WithTimeout(context.Background(), s.patience)
		defer cancel()
		stopped <- hs.Shutdown(within)
	})
	if err := hs.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		stop()
		return err
	}
	return <-stopped
}
