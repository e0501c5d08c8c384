package diff

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/ramet-go/ramet/internal/encode"
)

// MarshalText implements encoding.TextMarshaler: "added", "removed" or "updated". A Kind that is none of them
// is an error. (encoding/gob does not ask: it writes the number, as it always did.)
func (k Kind) MarshalText() ([]byte, error) {
	if w := k.word(); w != "" {
		return []byte(w), nil
	}
	return nil, fmt.Errorf("diff: unknown kind %d", uint8(k))
}

// UnmarshalText implements encoding.TextUnmarshaler for what MarshalText returns. Anything else is an error and
// leaves k as it is.
func (k *Kind) UnmarshalText(text []byte) error {
	for known := Added; known <= Updated; known++ {
		if string(text) == known.word() {
			*k = known
			return nil
		}
	}
	return fmt.Errorf("diff: unknown kind %.64q, known are added, removed, updated", text)
}

// word returns the text of k, or nothing for an unknown kind.
func (k Kind) word() string {
	switch k {
	case Added:
		return "added"
	case Removed:
		return "removed"
	case Updated:
		return "updated"
	}
	return ""
}

// hasOld and hasNew report whether a change of kind k has that side.
func (k Kind) hasOld() bool { return k == Removed || k == Updated }
func (k Kind) hasNew() bool { return k == Added || k == Updated }

// sided reports whether changes of values of type V are written with their sides: not those of a set.
func sided[V any]() bool { return reflect.TypeFor[V]() != reflect.TypeFor[struct{}]() }

func (c *Change[K, V]) members() []encode.Member {
	sided := sided[V]()
	return []encode.Member{
		encode.Value("kind", true, &c.Kind),
		encode.Value("key", true, &c.Key),
		encode.Value("old", sided && c.Kind.hasOld(), &c.Old),
		encode.Value("new", sided && c.Kind.hasNew(), &c.New),
	}
}

// check reports what is wrong with a change of which the members are.
func (c *Change[K, V]) check(members []encode.Member) error {
	sided := sided[V]()
	kind, key, before, after := members[0].Present, members[1].Present, members[2].Present, members[3].Present
	switch {
	case !kind:
		return errors.New(`ramet: change without "kind"`)
	case !key:
		return errors.New(`ramet: change without "key"`)
	case (before || after) && !sided:
		return errors.New(`ramet: change of a set with "old" or "new"`)
	case before != (sided && c.Kind.hasOld()):
		return fmt.Errorf("ramet: %s change %s \"old\"", c.Kind.word(), with(before))
	case after != (sided && c.Kind.hasNew()):
		return fmt.Errorf("ramet: %s change %s \"new\"", c.Kind.word(), with(after))
	}
	return nil
}

func with(there bool) string {
	if there {
		return "with"
	}
	return "without"
}

// MarshalJSON implements encoding/json.Marshaler. The result is an object:
//
//	{"kind":"added","key":"ash","new":1}
//	{"kind":"removed","key":"ash","old":1}
//	{"kind":"updated","key":"ash","old":1,"new":2}
//
// A change of a set, where V is struct{}, has kind and key only. An unknown Kind is an error.
func (c Change[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalRecord(c.members())
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns. It is strict: an unknown kind
// or name, a name in capitals or twice, a missing key or side and a side that the kind does not have are errors. A
// null stands for a key or a side only if its type has such a value (a pointer, an interface, …) or
// decodes itself. On an error, and for null in place of the whole, c is unchanged.
func (c *Change[K, V]) UnmarshalJSON(data []byte) error {
	return unmarshal(c, func(m []encode.Member) (bool, error) { return encode.UnmarshalRecord(data, m) })
}

func (s *Splice[T]) members() []encode.Member {
	return []encode.Member{encode.Value("at", true, &s.At), encode.List("old", &s.Old), encode.List("new", &s.New)}
}

func (s *Splice[T]) check(members []encode.Member) error {
	return checkAt("splice", s.At, members[0].Present)
}

// checkAt reports what is wrong with the position of the named thing.
func checkAt(name string, at int, present bool) error {
	switch {
	case !present:
		return fmt.Errorf("ramet: %s without \"at\"", name)
	case at < 0:
		return fmt.Errorf("ramet: %s at %d, which is negative", name, at)
	}
	return nil
}

// MarshalJSON implements encoding/json.Marshaler. The result is an object, without Old or New if that is empty:
//
//	{"at":7,"old":["a"],"new":["b","c"]}
//
// Bytes are an array of numbers, as in a vector. A negative At is an error.
func (s Splice[T]) MarshalJSON() ([]byte, error) {
	if err := checkAt("splice", s.At, true); err != nil {
		return nil, err
	}
	return encode.MarshalRecord(s.members())
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns, and is as strict as that of
// [Change]. An empty array is read as what is left out: a nil slice. On an error, and for null, s is unchanged.
func (s *Splice[T]) UnmarshalJSON(data []byte) error {
	return unmarshal(s, func(m []encode.Member) (bool, error) { return encode.UnmarshalRecord(data, m) })
}

func (c *Conflict[K, V]) members() []encode.Member {
	return []encode.Member{
		encode.Value("key", true, &c.Key),
		encode.Value("base", c.InBase, &c.Base),
		encode.Value("ours", c.InOurs, &c.Ours),
		encode.Value("theirs", c.InTheirs, &c.Theirs),
	}
}

// check sets the flags of c as well: they are which members there are.
func (c *Conflict[K, V]) check(members []encode.Member) error {
	if !members[0].Present {
		return errors.New(`ramet: conflict without "key"`)
	}
	c.InBase, c.InOurs, c.InTheirs = members[1].Present, members[2].Present, members[3].Present
	return nil
}

// MarshalJSON implements encoding/json.Marshaler. The result is an object, without the sides on which the key is
// absent:
//
//	{"key":"ash","base":1,"theirs":2}
func (c Conflict[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalRecord(c.members())
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns, and is as strict as that of
// [Change]. InBase, InOurs and InTheirs say which sides were there. On an error, and for null, c is unchanged.
func (c *Conflict[K, V]) UnmarshalJSON(data []byte) error {
	return unmarshal(c, func(m []encode.Member) (bool, error) { return encode.UnmarshalRecord(data, m) })
}

func (o *Overlap[T]) members() []encode.Member {
	return []encode.Member{encode.Value("at", true, &o.At),
		encode.List("base", &o.Base), encode.List("ours", &o.Ours), encode.List("theirs", &o.Theirs)}
}

func (o *Overlap[T]) check(members []encode.Member) error {
	return checkAt("overlap", o.At, members[0].Present)
}

// MarshalJSON implements encoding/json.Marshaler. The result is an object, without what is empty:
//
//	{"at":7,"base":["a"],"ours":["b"],"theirs":["c","d"]}
func (o Overlap[T]) MarshalJSON() ([]byte, error) {
	if err := checkAt("overlap", o.At, true); err != nil {
		return nil, err
	}
	return encode.MarshalRecord(o.members())
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns, and is as strict as that of
// [Change]. An empty array is read as what is left out: a nil slice. On an error, and for null, o is unchanged.
func (o *Overlap[T]) UnmarshalJSON(data []byte) error {
	return unmarshal(o, func(m []encode.Member) (bool, error) { return encode.UnmarshalRecord(data, m) })
}

// A record is a value that is JSON by its members.
type record[R any] interface {
	*R
	members() []encode.Member
	check([]encode.Member) error
}

// unmarshal sets *dst to what read reads into the members of a zero R, if that is in order.
func unmarshal[R any, P record[R]](dst P, read func([]encode.Member) (replaced bool, err error)) error {
	p := P(new(R))
	members := p.members()
	replaced, err := read(members)
	if err != nil || !replaced {
		return err
	}
	if err := p.check(members); err != nil {
		return err
	}
	*dst = *p
	return nil
}
