package history

import (
	"encoding/binary"
	"encoding/xml"
	"errors"
	"fmt"
	"reflect"
	"slices"

	"github.com/ramet-go/ramet/internal/encode"
	"github.com/ramet-go/ramet/list"
)

// A form is what a history is encoded as. It is flat: branches are in one row, however deep they are nested, so that
// neither an encoder nor a decoder has to call itself for a branch of a branch.
type form[T any] struct {
	past      []T // the oldest first
	now       T
	future    []T // the nearest first
	limit     int
	branching bool
	branches  []offshoot[T]
}

// An offshoot is a branch. It hangs off step at of the branch numbered of, or if of is trunk, of the history's own line, which is
// past, now and future. Of two at one step the first is the older.
type offshoot[T any] struct {
	of, at int
	steps  []T
}

// form returns the form of h.
func (h History[T]) form() form[T] {
	f := form[T]{now: h.Now(), future: slices.Collect(h.Future()), limit: h.limit, branching: h.branching}
	f.past = slices.Collect(h.Past())
	slices.Reverse(f.past)
	all := h.forks.flat()
	for _, b := range all {
		first := h.bottom // position of the first step of what it hangs off
		if b.of != trunk {
			first = all[b.of].position + 1
		}
		f.branches = append(f.branches, offshoot[T]{b.of, b.position - first, slices.Collect(values(b.steps.All()))})
	}
	return f
}

// history returns the history whose form is f.
func (f form[T]) history() (h History[T], err error) {
	switch {
	case f.limit < 0:
		return h, fmt.Errorf("ramet: negative limit %d of a history", f.limit)
	case f.limit > 0 && len(f.past) > f.limit:
		return h, fmt.Errorf("ramet: history with %d steps to undo, and a limit of %d", len(f.past), f.limit)
	case f.limit > 0 && len(f.branches) > f.limit:
		return h, fmt.Errorf("ramet: history with %d branches, and a limit of %d", len(f.branches), f.limit)
	}
	line := slices.Concat(f.past, []T{f.now}, f.future)
	all := make([]hung[T], len(f.branches))
	for i, b := range f.branches {
		length, first := len(line), 0
		if b.of != trunk {
			if b.of < 0 || b.of >= i {
				return h, fmt.Errorf("ramet: branch %d of a history is one of branch %d, which does not come before it", i, b.of)
			}
			length, first = len(f.branches[b.of].steps), all[b.of].position+1
		}
		switch {
		case b.at < 0 || b.at >= length-1: // what was done instead of the branch follows
			return h, fmt.Errorf("ramet: branch %d of a history hangs off step %d of %d, the last of which has no branch", i, b.at, length)
		case len(b.steps) == 0:
			return h, fmt.Errorf("ramet: branch %d of a history has no steps", i)
		}
		all[i] = hung[T]{branch[T]{steps: list.Of(stepsOf(b.steps)...)}, b.of, first + b.at}
	}
	h = History[T]{forks: grown(all), limit: f.limit, branching: f.branching}
	steps, n := stepsOf(line), len(f.past)
	for _, s := range steps[:n] {
		h.past = h.past.push(s)
	}
	h.now = steps[n]
	h.future = list.Of(steps[n+1:]...)
	return h, nil
}

func stepsOf[T any](values []T) []*step[T] {
	steps := make([]*step[T], len(values))
	for i, v := range values {
		steps[i] = &step[T]{value: v}
	}
	return steps
}

// MarshalJSON implements encoding/json.Marshaler. The result is an object:
//
//	{"past": […], "now": …, "future": […], "limit": 10, "branching": true, "branches": […]}
//
// All values are in the order in which they came about. What is empty, zero or false is left out, but for now. Each branch
// is an object: {"at": 2, "steps": […]} has the steps that were dropped by a Do at the value at index 2 of past, now and future
// taken together; and {"of": 0, "at": 1, "steps": […]} is a branch of a branch, which hangs off index 1 of the steps
// of the first branch. A branch comes after the one that it is of, and of two at one value the older comes first.
func (h History[T]) MarshalJSON() ([]byte, error) {
	return encode.Marshal(h.writeJSON, reflect.TypeFor[T]())
}

func (h History[T]) writeJSON(w encode.Writer) error {
	f := h.form()
	o := object{w: w}
	o.begin('{')
	writeValues(&o, "past", f.past)
	o.value("now", &f.now)
	writeValues(&o, "future", f.future)
	if f.limit > 0 {
		o.value("limit", f.limit)
	}
	if f.branching {
		o.value("branching", true)
	}
	if len(f.branches) > 0 {
		o.name("branches")
		o.begin('[')
		for _, b := range f.branches {
			o.begin('{')
			if b.of != trunk {
				o.value("of", b.of)
			}
			o.value("at", b.at)
			writeValues(&o, "steps", b.steps)
			o.end('}')
		}
		o.end(']')
	}
	o.end('}')
	return o.err
}

// An object writes JSON until there is an error.
type object struct {
	w   encode.Writer
	err error
}

func (o *object) do(f func() error) {
	if o.err == nil {
		o.err = f()
	}
}

func (o *object) begin(c byte)     { o.do(func() error { return o.w.Begin(c) }) }
func (o *object) end(c byte)       { o.do(func() error { return o.w.End(c) }) }
func (o *object) name(text string) { o.do(func() error { return o.w.Name(text) }) }
func (o *object) value(name string, x any) {
	o.name(name)
	o.do(func() error { return o.w.Value(x) })
}

// writeValues writes a member of values, if there are any.
func writeValues[T any](o *object, name string, values []T) {
	if len(values) > 0 {
		o.name(name)
		o.do(func() error { return encode.WriteSeq(o.w, slices.Values(values), len(values), encode.Ordered) })
	}
}

// UnmarshalJSON implements encoding/json.Unmarshaler for what MarshalJSON returns. A member of another name, one given
// twice, and a branch that hangs off nothing are errors. On an error, and for null, h is unchanged.
func (h *History[T]) UnmarshalJSON(data []byte) error {
	var f form[T]
	replaced, err := encode.Unmarshal(data, f.readJSON, reflect.TypeFor[T]())
	return h.replace(f, replaced, err)
}

// replace makes h the history whose form is f, if it was decoded, with the limit of size that h has.
func (h *History[T]) replace(f form[T], decoded bool, err error) error {
	if err != nil || !decoded {
		return err
	}
	made, err := f.history()
	if err == nil {
		*h = made.bounded(h.bound)
	}
	return err
}

func (f *form[T]) readJSON(r encode.Reader) error {
	return readObject(r, "now", map[string]func() error{
		"past":      readValues(r, &f.past),
		"now":       func() error { return r.Value(&f.now) },
		"future":    readValues(r, &f.future),
		"limit":     func() error { return r.Value(&f.limit) },
		"branching": func() error { return r.Value(&f.branching) },
		"branches": func() error {
			return r.Array(func() error {
				b := offshoot[T]{of: trunk}
				err := readObject(r, "at", map[string]func() error{
					"of": func() error {
						err := r.Value(&b.of)
						if err == nil && b.of < 0 {
							err = fmt.Errorf("ramet: JSON of a branch is of branch %d", b.of)
						}
						return err
					},
					"at":    func() error { return r.Value(&b.at) },
					"steps": readValues(r, &b.steps),
				})
				f.branches = append(f.branches, b)
				return err
			})
		},
	})
}

func readValues[T any](r encode.Reader, values *[]T) func() error {
	return func() error {
		return encode.ReadSeq(r, encode.Ordered, func(v T) { *values = append(*values, v) })
	}
}

// readObject reads an object that has the required member, and of those that there are functions for each at most once.
func readObject(r encode.Reader, required string, members map[string]func() error) error {
	seen := map[string]bool{}
	err := r.Object(func(name string) error {
		read, ok := members[name]
		switch {
		case !ok:
			return fmt.Errorf("ramet: JSON of a history has an unknown member %.64q", name)
		case seen[name]:
			return fmt.Errorf("ramet: JSON of a history has %q twice", name)
		}
		seen[name] = true
		return read()
	})
	if err == nil && !seen[required] {
		err = fmt.Errorf("ramet: JSON of a history has no %q", required)
	}
	return err
}

// What GobEncode returns:
//
//	version    1 byte
//	numbers    uvarints: 1 if branching is on, otherwise 0; the limit; how many values are in past and in future; how many
//	           branches there are, and for each the number of the one that it is of, counted from 1, or 0 for the
//	           history's own line; at; how many steps it has
//	values     past, now, future and the steps of all branches, as a sequence
const gobVersion = 1

// GobEncode implements encoding/gob.GobEncoder. It encodes what MarshalJSON does.
func (h History[T]) GobEncode() ([]byte, error) {
	f := h.form()
	values := slices.Concat(f.past, []T{f.now}, f.future)
	on := 0
	if f.branching {
		on = 1
	}
	data := []byte{gobVersion}
	for _, n := range []int{on, f.limit, len(f.past), len(f.future), len(f.branches)} {
		data = binary.AppendUvarint(data, uint64(n))
	}
	for _, b := range f.branches {
		for _, n := range []int{b.of + 1, b.at, len(b.steps)} {
			data = binary.AppendUvarint(data, uint64(n))
		}
		values = append(values, b.steps...)
	}
	encoded, err := encode.GobEncodeSeq(slices.Values(values), len(values), encode.Ordered)
	return append(data, encoded...), err
}

// GobDecode implements encoding/gob.GobDecoder. On an error h is unchanged.
func (h *History[T]) GobDecode(data []byte) error {
	var f form[T]
	err := f.readGob(data)
	return h.replace(f, true, err)
}

var errBroken = errors.New("ramet: gob data of a history is malformed")

func (f *form[T]) readGob(data []byte) error {
	if len(data) == 0 || data[0] != gobVersion {
		return errBroken
	}
	data = data[1:]
	number := func(most int) int {
		n, size := binary.Uvarint(data)
		if size <= 0 || n > uint64(most) {
			data, most = nil, -1
			return -1
		}
		data = data[size:]
		return int(n)
	}
	const maxInt = int(^uint(0) >> 1)
	// Each value, and each number, takes a byte at least.
	on, limit := number(1), number(maxInt)
	past, future, branches := number(len(data)), number(len(data)), number(len(data))
	if on < 0 || limit < 0 || past < 0 || future < 0 || branches < 0 {
		return errBroken
	}
	f.branching, f.limit = on == 1, limit
	lengths := make([]int, branches)
	for i := range branches {
		of, at, length := number(branches), number(maxInt), number(len(data))
		if of < 0 || at < 0 || length < 0 {
			return errBroken
		}
		lengths[i] = length
		f.branches = append(f.branches, offshoot[T]{of: of - 1, at: at})
	}
	var values []T
	if err := encode.GobDecodeSeq(data, encode.Ordered, func(v T) { values = append(values, v) }); err != nil {
		return err
	}
	cut := func(n int) (part []T) {
		if n > len(values) {
			n, values = 0, nil
			f.limit = -1 // an error
		}
		part, values = values[:n:n], values[n:]
		return part
	}
	f.past = cut(past)
	if now := cut(1); len(now) == 1 {
		f.now = now[0]
	}
	f.future = cut(future)
	for i, n := range lengths {
		f.branches[i].steps = cut(n)
	}
	if f.limit < 0 || len(values) > 0 {
		return errBroken
	}
	return nil
}

// MarshalBinary implements encoding.BinaryMarshaler. It returns what GobEncode does. Packages for CBOR and MessagePack
// use it.
func (h History[T]) MarshalBinary() ([]byte, error) { return h.GobEncode() }

// UnmarshalBinary implements encoding.BinaryUnmarshaler. It does what GobDecode does.
func (h *History[T]) UnmarshalBinary(data []byte) error { return h.GobDecode(data) }

// The forms of YAML, whose packages go by tags. A pointer tells what is missing.
type (
	yamlForm[T, Now any] struct {
		Past      []T             `yaml:"past,omitempty"`
		Now       Now             `yaml:"now"`
		Future    []T             `yaml:"future,omitempty"`
		Limit     int             `yaml:"limit,omitempty"`
		Branching bool            `yaml:"branching,omitempty"`
		Branches  []yamlBranch[T] `yaml:"branches,omitempty"`
	}
	yamlBranch[T any] struct {
		Of    *int `yaml:"of,omitempty"`
		At    int  `yaml:"at"`
		Steps []T  `yaml:"steps"`
	}
)

// MarshalYAML is called by packages for YAML. The result is encoded as MarshalJSON does it.
func (h History[T]) MarshalYAML() (any, error) {
	if err := encode.NotEndless(reflect.TypeFor[T]()); err != nil {
		return nil, err
	}
	f := h.form()
	y := yamlForm[T, T]{Past: f.past, Now: f.now, Future: f.future, Limit: f.limit, Branching: f.branching}
	for _, b := range f.branches {
		e := yamlBranch[T]{At: b.at, Steps: b.steps}
		if b.of != trunk {
			e.Of = &b.of
		}
		y.Branches = append(y.Branches, e)
	}
	return y, nil
}

// UnmarshalYAML is called by packages for YAML, and does what UnmarshalJSON does, except that other members are errors only
// if the package makes them so. On an error, and for null, h is unchanged.
func (h *History[T]) UnmarshalYAML(unmarshal func(any) error) error {
	var y yamlForm[T, *T]
	if err := unmarshal(&y); err != nil {
		return encode.ExceptNull(unmarshal, err)
	}
	f := form[T]{past: y.Past, future: y.Future, limit: y.Limit, branching: y.Branching}
	now := encode.OrNull(y.Now)
	if now == nil {
		return encode.ExceptNull(unmarshal, errors.New(`ramet: YAML of a history has no "now"`))
	}
	f.now = *now
	for _, b := range y.Branches {
		e := offshoot[T]{of: trunk, at: b.At, steps: b.Steps}
		if b.Of != nil {
			if e.of = *b.Of; e.of < 0 {
				return fmt.Errorf("ramet: YAML of a branch is of branch %d", e.of)
			}
		}
		f.branches = append(f.branches, e)
	}
	return h.replace(f, true, nil)
}

// MarshalXML returns the error that encoding/xml has for built-in maps.
func (History[T]) MarshalXML(*xml.Encoder, xml.StartElement) error { return encode.NoXML[History[T]]() }

// UnmarshalXML returns an error, as encoding/xml does for built-in maps.
func (*History[T]) UnmarshalXML(*xml.Decoder, xml.StartElement) error {
	return encode.NotFrom[History[T]]("XML")
}

// MarshalText returns an error: without it, packages for TOML would write an empty table.
func (History[T]) MarshalText() ([]byte, error) { return nil, encode.NoText[History[T]]() }

// UnmarshalTOML returns an error to packages for TOML that call it.
func (*History[T]) UnmarshalTOML(any) error { return encode.NotFrom[History[T]]("TOML") }
