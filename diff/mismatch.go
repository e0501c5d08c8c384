package diff

import "fmt"

// A Mismatch is why a change or a splice cannot be applied: what it says was there is not. It is found with
// [errors.As] in the errors of hamt.TryApply, rbtree.TryApply and vector.TryApply.
type Mismatch struct {
	Index  int // which of the sequence it is, from 0
	Reason Reason

	Kind Kind // of a change; that of a splice is 0
	Key  any  // of a change
	At   int  // where: the position of a splice, or of the element that is Different
	Len  int  // of the vector, as the earlier splices left it

	Expected any // what was expected there, if it is Absent or Different
	Found    any // what is there, if it is Present or Different
}

// A Reason says what does not match.
type Reason uint8

// The reasons of a [Mismatch].
const (
	UnknownKind  Reason = iota + 1 // the change is of no known kind
	Present                        // an Added key is there already
	Absent                         // a Removed or Updated key is not there
	Different                      // the value of the key, or the element at the position, is not the expected one
	OutOfRange                     // the splice reaches out of the vector
	Uncomparable                   // the key has a dynamic type that is not comparable, so it can be in no map
)

// String returns the name of r.
func (r Reason) String() string {
	switch r {
	case UnknownKind:
		return "UnknownKind"
	case Present:
		return "Present"
	case Absent:
		return "Absent"
	case Different:
		return "Different"
	case OutOfRange:
		return "OutOfRange"
	case Uncomparable:
		return "Uncomparable"
	}
	return fmt.Sprintf("Reason(%d)", uint8(r))
}

// Error says which change it is and what does not match. Long keys and values are cut.
func (m *Mismatch) Error() string {
	if m.Kind == 0 && (m.Reason == OutOfRange || m.Reason == Different) {
		s := fmt.Sprintf("splice %d: ", m.Index)
		if m.Reason == OutOfRange {
			return s + fmt.Sprintf("at %d, out of range [0:%d]", m.At, m.Len)
		}
		return s + fmt.Sprintf("element %d is %s, not %s", m.At, show(m.Found), show(m.Expected))
	}
	s := fmt.Sprintf("change %d: ", m.Index)
	switch m.Reason {
	case UnknownKind:
		return s + fmt.Sprintf("unknown kind %d of key %s", uint8(m.Kind), show(m.Key))
	case Present:
		return s + fmt.Sprintf("added key %s is there already, as %s", show(m.Key), show(m.Found))
	case Absent:
		return s + fmt.Sprintf("%s key %s is not there", m.Kind.word(), show(m.Key))
	case Different:
		return s + fmt.Sprintf("%s key %s is %s, not %s", m.Kind.word(), show(m.Key), show(m.Found), show(m.Expected))
	case Uncomparable:
		return s + fmt.Sprintf("key of type %T is not comparable", m.Key)
	}
	return s + m.Reason.String()
}

// shown is the greatest length of a key or value in the text of an error.
const shown = 64

// show returns the beginning of v's text.
func show(v any) string {
	s := fmt.Sprintf("%v", v)
	if t, ok := v.(string); ok {
		s = fmt.Sprintf("%.64q", t)
		return s
	}
	if r := []rune(s); len(r) > shown {
		return string(r[:shown]) + "…"
	}
	return s
}
