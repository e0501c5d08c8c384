package main

import (
	"fmt"
	"log/slog"
	"time"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/vector"
)

// parse returns the configuration that a JSON text has. Whatever it does not expect is an error with its place: a name that is
// misspelt, or given twice, would else be a setting that has no effect.
func parse(text []byte) (c config, err error) {
	defer catch(&err)
	r := newReader(text)
	r.object(map[string]func(){
		"http": func() {
			r.object(map[string]func(){
				"listen":       func() { c.HTTP.Listen = r.host() },
				"readTimeout":  func() { c.HTTP.ReadTimeout = r.duration() },
				"writeTimeout": func() { c.HTTP.WriteTimeout = r.duration() },
			})
		},
		"upstreams": func() { c.Upstreams = readMap(r, r.upstream) },
		"flags":     func() { c.Flags = readMap(r, r.bool) },
		"log":       func() { c.Log = readMap(r, r.level) },
	})
	return c, nil
}

func (r *reader) upstream() (u upstream) {
	r.object(map[string]func(){
		"hosts":   func() { u.Hosts = readVector(r, r.host) },
		"timeout": func() { u.Timeout = r.duration() },
	})
	return u
}

func (r *reader) host() string {
	s := r.string()
	if err := checkHost(s); err != nil {
		r.failf("%v", err)
	}
	return s
}

func (r *reader) duration() time.Duration {
	s := r.string()
	d, err := time.ParseDuration(s)
	if err != nil || d <= 0 {
		r.failf(`%q is no duration such as "800ms" or "1m30s"`, s)
	}
	return d
}

func (r *reader) level() (l slog.Level) {
	s := r.string()
	if err := l.UnmarshalText([]byte(s)); err != nil {
		r.failf("%q is no level: debug, info, warn or error", s)
	}
	return l
}

// readMap reads an object whose names are free.
func readMap[V any](r *reader, value func() V) hamt.Map[string, V] {
	var b hamt.MapBuilder[string, V]
	r.names(func(name string) { b.Set(name, value()) })
	return b.Build()
}

// readVector reads an array.
func readVector[T any](r *reader, element func() T) vector.Vector[T] {
	var b vector.Builder[T]
	r.array(func() { b.Append(element()) })
	return b.Build()
}

// A fault is an error in a configuration file.
type fault struct {
	line, column int
	path         string // of names, to the value; "" for the whole
	text         string
}

func (f fault) Error() string {
	place := fmt.Sprintf("line %d, column %d: ", f.line, f.column)
	if f.path != "" {
		place += f.path + ": "
	}
	return place + f.text
}

// catch stores the fault that a reader has panicked with, if it has.
func catch(err *error) {
	switch p := recover().(type) {
	case nil:
	case fault:
		*err = p
	default:
		panic(p)
	}
}
