package main

import (
	"bytes"
	"crypto/rand"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/ramet-go/ramet/cell"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
)

// What a document may have. With maxBody, which bounds what a request can add, it bounds what the versions hold.
const (
	maxEntries = 1000
	maxKey     = 100  // bytes
	maxValue   = 4096 // bytes
)

// A value is a JSON text without spaces. It is a string, so that values can be compared by ==.
type value string

// MarshalJSON implements [json.Marshaler].
func (v value) MarshalJSON() ([]byte, error) { return []byte(v), nil }

// UnmarshalJSON implements [json.Unmarshaler].
func (v *value) UnmarshalJSON(text []byte) error {
	var b bytes.Buffer
	if err := json.Compact(&b, text); err != nil {
		return err
	}
	*v = value(b.String())
	return nil
}

// A document is what clients read and write.
type document = hamt.Map[string, value]

// check returns an error if d has what a document may not have.
func check(d document) error {
	if d.Len() > maxEntries {
		return failf(statusFull, "more than %d entries", maxEntries)
	}
	for k, v := range d.All() {
		if err := checkKey(k); err != nil {
			return err
		}
		if len(v) > maxValue || !utf8.ValidString(string(v)) {
			return failf(statusBad, "the value of %q is longer than %d bytes, or no UTF-8", k, maxValue)
		}
	}
	return nil
}

func checkKey(k string) error {
	if k == "" || len(k) > maxKey || !utf8.ValidString(k) {
		return failf(statusBad, "a key has 1 to %d bytes of UTF-8", maxKey)
	}
	if k == "." || k == ".." {
		return failf(statusBad, "%q cannot be part of a path", k)
	}
	for _, r := range k {
		if !unicode.IsPrint(r) {
			return failf(statusBad, "the key %q has characters that cannot be printed", k)
		}
	}
	return nil
}

// A version is a document, and how it came to be.
type version struct {
	number int // each is one more than that of the version before
	made   time.Time
	what   string
	doc    document
	again  bool // doc is that of an earlier version
	cost   *measured
	id     string // of the version in a file; "": it is only in memory
}

// A present is the newest version with those before it, and why there can be no next one now; "": there can.
type present struct {
	history.History[version]
	trouble string
}

// Versions are all that the server knows: one cell, with the newest version and those before it. Who reads loads it, and has
// a document that stays as it is, together with its number and its past, however many write meanwhile.
type versions struct {
	now  cell.Cell[present]
	name string  // of this run: numbers begin anew with each; or of the file, in which they go on
	file *keeper // nil: they end with the run
}

// newVersions returns those of a run, which keeps some versions besides the newest.
func newVersions(keep int) *versions {
	s := &versions{name: newName()}
	s.now.Store(present{History: history.New(version{made: time.Now(), what: "begin", cost: new(measured)}).Limit(keep)})
	return s
}

// newName returns a name that nothing has yet, of hexadecimal digits.
func newName() string {
	var name [6]byte
	rand.Read(name[:])
	return hex.EncodeToString(name[:])
}

// etag returns what HTTP calls a version. No other version is called so: of another run, of another file, or of an earlier copy of the
// file that has gone on in another way. Up to the first - it is the name.
func (s *versions) etag(v version) string {
	tag := s.name + "-" + strconv.Itoa(v.number)
	if v.id != "" {
		tag += "-" + v.id
	}
	return `"` + tag + `"`
}

// find returns the version of a number.
func find(h history.History[version], number int) (version, error) {
	newest := h.Now().number
	if number < 0 || number > newest {
		return version{}, failf(statusNotFound, "there is no version %d yet: the newest is %d", number, newest)
	}
	h, ok := h.Jump(number - newest)
	if !ok {
		return version{}, failf(statusGone, "version %d is not kept any more: the oldest is %d", number, newest-h.UndoLen())
	}
	return h.Now(), nil
}

// errSame ends an update that changes nothing, so that it makes no version.
var errSame = errors.New("no change")

// write makes a version of what f makes of the newest document, if the condition holds for it, and returns the newest version
// then. That nobody else writes between the two is up to the cell, which calls f again, or to the file.
func (s *versions) write(cond condition, what string, f func(h history.History[version]) (document, error)) (version, error) {
	next := func(h history.History[version]) (document, error) {
		if err := cond.holds(s.etag(h.Now())); err != nil {
			return document{}, err
		}
		next, err := f(h)
		switch {
		case err != nil:
			return next, err
		case next == h.Now().doc:
			return next, errSame
		}
		return next, check(next)
	}
	if s.file != nil {
		return s.file.write(s, what, next)
	}
	made := time.Now()
	p, err := s.now.TryUpdate(func(p present) (present, error) {
		h := p.History
		d, err := next(h)
		if err == nil {
			p.History = h.Do(version{h.Now().number + 1, made, what, d, was(h, d), new(measured), ""})
		}
		return p, err
	})
	if errors.Is(err, errSame) {
		err = nil
	}
	return p.Now(), err
}

// was reports whether a document is that of an earlier version that is kept.
func was(h history.History[version], d document) bool {
	for v := range h.Past() {
		if v.doc == d {
			return true
		}
	}
	return false
}

// set makes a version in which k has the value v.
func (s *versions) set(cond condition, k string, v value) (version, error) {
	return s.write(cond, "set "+k, func(h history.History[version]) (document, error) {
		return hamt.SetIfChanged(h.Now().doc, k, v), nil
	})
}

// remove makes a version without k.
func (s *versions) remove(cond condition, k string) (version, error) {
	return s.write(cond, "delete "+k, func(h history.History[version]) (document, error) {
		d := h.Now().doc
		if !d.Contains(k) {
			return d, failf(statusNotFound, "there is no %q", k)
		}
		return d.Delete(k), nil
	})
}

// restore makes a version that has the document of an earlier one.
func (s *versions) restore(cond condition, number int) (version, error) {
	return s.write(cond, fmt.Sprintf("restore version %d", number), func(h history.History[version]) (document, error) {
		v, err := find(h, number)
		return v.doc, err
	})
}
