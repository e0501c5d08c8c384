package main

import "github.com/ramet-go/ramet/cell"

// A store has the newest good configuration. Any number of goroutines load it, which never waits, and watch parts of it.
//
// What most services have here is a struct behind a mutex, which readers hold or copy, and a list of functions to call after a
// change, each of which must find out whether the change concerns it.
type store struct{ now cell.Cell[config] }

// load makes what text says the configuration, and reports whether that is another one. If text is broken it returns an error, and
// the configuration stays as it is. If text says what is there already, in whatever words, nothing is written, and nobody is woken.
func (s *store) load(text []byte) (changed bool, err error) {
	next, err := parse(text)
	if err == nil {
		err = next.check()
	}
	if err != nil {
		return false, err
	}
	_, changed = cell.UpdateIfChanged(&s.now, func(now config) config { return share(now, next) })
	return changed, nil
}
