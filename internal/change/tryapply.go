package change

import (
	"iter"
	"reflect"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/internal/equal"
	"github.com/ramet-go/ramet/internal/loop"
)

// A Checked builder can be asked what is there.
type Checked[K, V any] interface {
	Builder[K, V]
	Lookup(k K) (V, bool)
}

// TryApply makes the changes to a builder of c, and returns it with true; or false, if there are none. Each change
// is compared with what the ones before it left: what it says was there must be there, by eq; nil is [equal.Safe]. If it
// is not, TryApply stops there and says why. It stops at keys that are not comparable if they are to be compared by ==.
func TryApply[C Source[B], B Checked[K, V], K, V any](c C, changes iter.Seq[diff.Change[K, V]],
	eq func(a, b V) bool, byIdentity bool) (b B, begun bool, wrong *diff.Mismatch) {
	t := loop.Each(changes, trying[C, B, K, V]{from: c, eq: eq, check: byIdentity && hasInterface(reflect.TypeFor[K]())})
	return t.b, t.i > 0, t.wrong
}

// A trying is a loop of TryApply.
type trying[C Source[B], B Checked[K, V], K, V any] struct {
	from  C
	b     B
	i     int // how many changes were taken
	eq    func(a, b V) bool
	check bool // whether keys are comparable
	wrong *diff.Mismatch
}

func (t *trying[C, B, K, V]) Take(c diff.Change[K, V]) bool {
	if t.i == 0 {
		t.b = t.from.Builder()
		if t.eq == nil {
			t.eq = equal.Safe[V]()
		}
	}
	t.i++
	if t.wrong = mismatch(t.b, c, t.eq, t.check); t.wrong != nil {
		t.wrong.Index = t.i - 1
		return false
	}
	if c.Kind == diff.Removed {
		t.b.Delete(c.Key)
	} else {
		t.b.Set(c.Key, c.New)
	}
	return true
}

// mismatch returns what of c does not match b, or nil.
func mismatch[K, V any](b Checked[K, V], c diff.Change[K, V], eq func(a, b V) bool, check bool) *diff.Mismatch {
	wrong := &diff.Mismatch{Kind: c.Kind, Key: c.Key}
	if c.Kind < diff.Added || c.Kind > diff.Updated {
		wrong.Reason = diff.UnknownKind
		return wrong
	}
	if check && !reflect.ValueOf(&c.Key).Elem().Comparable() {
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
