package main

import "fmt"

// A kind is what an edit does.
type kind uint8

const (
	insertion kind = iota
	deletion
	move
	copying
)

var kinds = [...]string{insertion: "insert", deletion: "delete", move: "move", copying: "copy"}

func (k kind) String() string { return kinds[k] }

// newest, in an edit that copies, stands for the version that the edit changes.
const newest = -1

// An edit makes a new version of the newest one. All positions are in bytes.
type edit struct {
	kind kind
	at   int    // where to insert, or what is deleted, moved or copied: n bytes from here on
	n    int    // 0 of an insertion
	to   int    // where what is moved or copied goes
	of   int    // the version to copy from; newest if there is nothing to copy
	text string // what is inserted
	line int    // of the list that the edit is from, or 0
}

// String returns the line of a list that says e.
func (e edit) String() string {
	switch {
	case e.kind == insertion:
		return fmt.Sprintf("insert %d %q", e.at, e.text)
	case e.kind == deletion:
		return fmt.Sprintf("delete %d %d", e.at, e.n)
	case e.kind == copying && e.of != newest:
		return fmt.Sprintf("copy %d %d of %d to %d", e.at, e.n, e.of, e.to)
	}
	return fmt.Sprintf("%s %d %d to %d", e.kind, e.at, e.n, e.to)
}

// bytes returns how many bytes e inserts, deletes, moves or copies.
func (e edit) bytes() int { return e.n + len(e.text) }

// A splice says that bytes were removed from a text at a position, and others inserted there.
type splice struct{ at, removed, inserted int }

// splices returns what e does, one after the other.
func (e edit) splices() []splice {
	switch e.kind {
	case insertion:
		return []splice{{e.at, 0, len(e.text)}}
	case deletion:
		return []splice{{e.at, e.n, 0}}
	case move:
		return []splice{{e.at, e.n, 0}, {e.to, 0, e.n}}
	}
	return []splice{{e.to, 0, e.n}} // a copy
}
