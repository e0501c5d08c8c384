package change

import (
	"iter"
	"reflect"

	"github.com/ramet-go/ramet/diff"
)

// A Checked builder can be asked what is there.
type Checked[K, V any] interface {
	Builder[K, V]
	Lookup(k K) (V, bool)
}

// TryApply makes the changes to the builder that begin returns, which is called at the first change, and returns it: the
// zero B, if there is none. Each change is compared with what the ones before it left: what it says was there must be
// there, by eq. If it is not, TryApply stops there and says why. usable reports whether k can be asked about; nil: any can.
func TryApply[B Checked[K, V], K, V any](begin func() B, changes iter.Seq[diff.Change[K, V]],
	eq func(a, b V) bool, usable func(K) bool) (b B, wrong *diff.Mismatch) {
	i := 0
	for c := range changes {
		if i == 0 {
			b = begin()
		}
		if wrong = mismatch(b, c, eq, usable); wrong != nil {
			wrong.Index = i
			return b, wrong
		}
		if c.Kind == diff.Removed {
			b.Delete(c.Key)
		} else {
			b.Set(c.Key, c.New)
		}
		i++
	}
	return b, nil
}

// mismatch returns what of c does not match b, or nil.
func mismatch[K, V any](b Checked[K, V], c diff.Change[K, V], eq func(a, b V) bool, usable func(K) bool) *diff.Mismatch {
	wrong := &diff.Mismatch{Kind: c.Kind, Key: c.Key}
	if c.Kind < diff.Added || c.Kind > diff.Updated {
		wrong.Reason = diff.UnknownKind
		return wrong
	}
	if usable != nil && !usable(c.Key) {
		wrong.Reason = diff.Uncomparable
		return wrong
	}
	switch old, ok := b.Lookup(c.Key); {
	case c.Kind == diff.Added && ok:
		wrong.Reason, wrong.Found = diff.Present, old
	case c.Kind == diff.Added:
		return nil
	case !ok:
		wrong.Reason, wrong.Expected = diff.Absent, c.Old
	case !eq(old, c.Old):
		wrong.Reason, wrong.Expected, wrong.Found = diff.Different, c.Old, old
	default:
		return nil
	}
	return wrong
}

// Comparable returns a function that reports whether a key is comparable, or nil if every K is.
func Comparable[K comparable]() func(K) bool {
	if !hasInterface(reflect.TypeFor[K]()) {
		return nil
	}
	return func(k K) bool { return reflect.ValueOf(&k).Elem().Comparable() }
}

// hasInterface reports whether there is an interface in values of type t, which is comparable.
func hasInterface(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface:
		return true
	case reflect.Array:
		return hasInterface(t.Elem())
	case reflect.Struct:
		for i := range t.NumField() {
			if hasInterface(t.Field(i).Type) {
				return true
			}
		}
	}
	return false
}
