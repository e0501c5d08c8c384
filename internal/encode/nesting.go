package encode

import (
	"encoding"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"runtime"
	"sync"
	"sync/atomic"
)

// How deep collections may be nested in each other.
//
// How deep an element of a type can be is a property of the type, unless the type is found again in itself. A
// collection of such elements can be as deep as its input is long, and the calls of encoders and decoders that lie
// between two collections tell nothing to the inner one. So each looks for itself.

// maxNesting is how many arrays and objects of JSON may be nested in a collection, itself included, if its elements
// have UnmarshalJSON methods, and are not read by encoding/json/v2. Each level of that makes encoding/json remember, in 8
// bytes or a little more, every level below. So a thousand of them take a few megabytes, all at once, and
// ten thousand, which encoding/json allows, hundreds.
const maxNesting = 1000

// checkNesting returns an error if text, the JSON of values of the types of, is too deep.
func checkNesting(of []reflect.Type, text []byte) error {
	if streams || len(text) <= maxNesting || !traitsOf(of).unmarshals {
		return nil
	}
	if depth := (&splitter{data: text}).depth(); depth > maxNesting {
		return fmt.Errorf("ramet: JSON is nested %d levels deep, at most %d can be read into nested collections without encoding/json/v2", depth, maxNesting)
	}
	return nil
}

// depth returns how deep arrays and objects are nested in what is left.
func (s *splitter) depth() (most int) {
	for depth := 0; s.at < len(s.data); s.at++ {
		switch s.data[s.at] {
		case '"':
			s.skipString()
			s.at--
		case '[', '{':
			depth++
			most = max(most, depth)
		case ']', '}':
			depth--
		}
	}
	return most
}

// Where a value leads to itself, through a pointer or an interface, encoding it would never end, and the goroutine's
// stack overflows, which ends the process. So do what many calls that are in each other could be: a count of those that
// are under way, in all goroutines, costs little. If there are many, the stack is looked at now and then.
const (
	maxFrames  = 1 << 15
	manyCalls  = 256
	everyCalls = 64
)

var calls atomic.Int64 // of Descend without Ascend

var errEndless = errors.New("ramet: a value is too deep to be encoded, or leads back to itself")

// unwound returns err, or errEndless if that is what it comes from: every level on the way up would add where it
// is, and there are thousands.
func unwound(err error) error {
	if errors.Is(err, errEndless) {
		return errEndless
	}
	return err
}

// Descend begins the encoding of a collection of values of the types of. Unless it returns an error, a call of Ascend
// must end it.
func Descend(of ...reflect.Type) error {
	if !traitsOf(of).mayBeDeep {
		return nil
	}
	if n := calls.Add(1); n > manyCalls && n%everyCalls == 0 && deeper(maxFrames) {
		calls.Add(-1)
		return errEndless
	}
	return nil
}

// Ascend ends what Descend has begun.
func Ascend(of ...reflect.Type) {
	if traitsOf(of).mayBeDeep {
		calls.Add(-1)
	}
}

// NotEndless stands in for Descend in methods that return before what they return is encoded: nobody counts what is under
// way then, so it looks at the stack every so many calls.
func NotEndless(of ...reflect.Type) error {
	if traitsOf(of).mayBeDeep && returned.Add(1)%everyReturn == 0 && deeper(maxReturnFrames) {
		return errEndless
	}
	return nil
}

const (
	everyReturn     = 16
	maxReturnFrames = 1 << 13
)

var returned atomic.Uint64

// deeper reports whether there are more than n calls on the goroutine's stack.
func deeper(n int) bool {
	var pc [1]uintptr
	return runtime.Callers(n, pc[:]) > 0
}

// Decoding gob copies what is in a nested collection once a level, and an encoding of gob does not show how deep it is
// before it is decoded. So decoding ends where the stack is so deep that there must be a thousand levels or more, and encoding at
// half of that.
const maxGobFrames = 1 << 14

var errDeepGob = errors.New("ramet: too many collections are nested in each other for gob")

// traits are what matters here of types.
type traits struct {
	unmarshals bool // an UnmarshalJSON method is called when it is decoded
	mayBeDeep  bool // what it holds may be of any depth
}

var known sync.Map // from types to traits

// traitsOf returns what is true of any of the types.
func traitsOf(types []reflect.Type) (all traits) {
	for _, t := range types {
		one := traitsOfOne(t)
		all.unmarshals = all.unmarshals || one.unmarshals
		all.mayBeDeep = all.mayBeDeep || one.mayBeDeep
	}
	return all
}

func traitsOfOne(t reflect.Type) traits {
	if found, ok := known.Load(t); ok {
		return found.(traits)
	}
	w := traitWalk{seen: map[reflect.Type]bool{}}
	w.visit(t)
	known.Store(t, w.traits)
	return w.traits
}

type traitWalk struct {
	traits
	seen map[reflect.Type]bool
}

var (
	unmarshaler = reflect.TypeFor[json.Unmarshaler]()

	// A type with one of these is encoded by its own code, which may lead anywhere.
	ownCode = []reflect.Type{
		reflect.TypeFor[json.Marshaler](), reflect.TypeFor[gob.GobEncoder](), reflect.TypeFor[encoding.BinaryMarshaler](),
	}
)

func (w *traitWalk) visit(t reflect.Type) {
	if w.seen[t] {
		return
	}
	w.seen[t] = true
	if t.Kind() != reflect.Interface {
		p := reflect.PointerTo(t)
		w.unmarshals = w.unmarshals || p.Implements(unmarshaler)
		for _, methods := range ownCode {
			w.mayBeDeep = w.mayBeDeep || p.Implements(methods)
		}
	}
	switch t.Kind() {
	case reflect.Interface:
		w.mayBeDeep = true
	case reflect.Pointer:
		w.visit(t.Elem())
	case reflect.Slice, reflect.Array:
		w.visit(t.Elem())
	case reflect.Map:
		w.visit(t.Key())
		w.visit(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			w.visit(t.Field(i).Type)
		}
	}
}
