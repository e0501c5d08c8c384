package encode

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"reflect"
	"slices"

	"github.com/ramet-go/ramet/internal/order"
)

// What MarshalYAML and UnmarshalYAML methods do. Packages for YAML have no type in common, but all of them ask a
// method MarshalYAML for something else to encode, and hand to UnmarshalYAML a function that decodes into something
// else. That is a slice for a sequence or set, and for a map
//
//   - a built-in map, if keys are text or integers (see keyForm): YAML says nothing about the order of a mapping, and the
//     packages sort it, each in its way;
//   - otherwise a sequence of mappings, each with a key and a value, in the order that JSON has.

// entryType returns the type of one of the mappings, of values of two types.
func entryType(key, value reflect.Type) reflect.Type {
	return reflect.StructOf([]reflect.StructField{
		{Name: "Key", Type: key, Tag: `yaml:"key"`},
		{Name: "Value", Type: value, Tag: `yaml:"value"`},
	})
}

// YAMLSeq returns the n elements of seq as a slice.
func YAMLSeq[T any](seq iter.Seq[T], n int, o Order) (any, error) {
	return seqRows(seq, n, o).yamlSeq()
}

// YAMLMap returns the n entries of seq as a built-in map or a slice of entries.
func YAMLMap[K, V any](seq iter.Seq2[K, V], n int, o Order) (any, error) {
	return mapRows(seq, n, o).yamlMap()
}

func (r rows) yamlSeq() (any, error) {
	if err := NotEndless(r.types()...); err != nil {
		return nil, err
	}
	elements := r.columns()[0]
	if r.order == Ordered {
		return elements.all.Interface(), nil
	}
	s := sorting{encode: ifJSON()}
	if err := s.sortKeys(r.n, elements.compare(), elements.item); err != nil {
		return nil, err
	}
	sorted := reflect.MakeSlice(elements.all.Type(), r.n, r.n)
	for to, from := range s.at {
		sorted.Index(to).Set(elements.slot(from))
	}
	return sorted.Interface(), nil
}

func (r rows) yamlMap() (any, error) {
	types := r.types()
	if err := NotEndless(types...); err != nil {
		return nil, err
	}
	if form, err := r.formOfKeys(); err != nil {
		return nil, err
	} else if form != keyPair {
		return r.builtIn(form)
	}
	c := r.columns()
	s := sorting{encode: ifJSON()}
	if r.order == Ordered {
		s.at = order.Indices(r.n)
	} else if err := s.sortEntries(r.n, c[0], c[1]); err != nil {
		return nil, err
	}
	all := reflect.MakeSlice(reflect.SliceOf(entryType(types[0], types[1])), r.n, r.n)
	for to, from := range s.at {
		all.Index(to).Field(0).Set(c[0].slot(from))
		all.Index(to).Field(1).Set(c[1].slot(from))
	}
	return all.Interface(), nil
}

// yamlType returns the type that keys of a form have in YAML.
func (f keyForm) yamlType() reflect.Type {
	switch f {
	case keyInt:
		return reflect.TypeFor[int64]()
	case keyUint:
		return reflect.TypeFor[uint64]()
	case keyDynamic:
		return reflect.TypeFor[any]()
	}
	return reflect.TypeFor[string]()
}

// yamlKey returns the key k as an integer or as text.
func (f keyForm) yamlKey(k reflect.Value) (reflect.Value, error) {
	if f == keyDynamic {
		k = k.Elem()
		f = keyFormOf(k.Type())
	}
	if f == keyInt || f == keyUint {
		return k.Convert(f.yamlType()), nil
	}
	text, err := f.text(k)
	return reflect.ValueOf(text), err
}

// builtIn returns a built-in map. Its keys are integers, or text.
func (r rows) builtIn(form keyForm) (any, error) {
	key, value := r.slots[0], r.slots[1]
	m := reflect.MakeMapWithSize(reflect.MapOf(form.yamlType(), value.Type()), r.n)
	err := r.try(func() error {
		k, err := form.yamlKey(key)
		if err != nil {
			return err
		}
		if m.MapIndex(k).IsValid() {
			return fmt.Errorf("ramet: two keys of type %v are both %.64q in YAML", key.Type(), fmt.Sprint(k))
		}
		m.SetMapIndex(k, value)
		return nil
	})
	if err != nil {
		return nil, err
	}
	return m.Interface(), nil
}

// ifJSON returns a function that returns the JSON of x, and nothing if it has none.
func ifJSON() func(x any) ([]byte, error) {
	w := new(bufferWriter)
	w.enc = json.NewEncoder(&w.buf)
	return func(x any) ([]byte, error) {
		text, err := w.encoded(x)
		if err != nil {
			w.buf.Reset()
			return nil, nil
		}
		return text, nil
	}
}

// FromYAMLSeq calls add with each element that unmarshal decodes. For null it does nothing and returns false.
func FromYAMLSeq[T any](unmarshal func(any) error, o Order, add func(T)) (replaced bool, err error) {
	return seqTarget(o, add).fromYAMLSeq(unmarshal)
}

// FromYAMLMap calls set with each entry that unmarshal decodes: of an equal key, the last in the order of their texts
// is last. For null it does nothing and returns false.
func FromYAMLMap[K, V any](unmarshal func(any) error, o Order, set func(K, V)) (replaced bool, err error) {
	return mapTarget(o, set).fromYAMLMap(unmarshal)
}

func (t target) fromYAMLSeq(unmarshal func(any) error) (replaced bool, err error) {
	all := reflect.New(reflect.SliceOf(t.slots[0].Type())).Elem()
	if err := unmarshal(pointer(all)); err != nil || all.IsNil() {
		return false, ExceptNull(unmarshal, err)
	}
	check := t.checker()
	for i := range all.Len() {
		t.slots[0].Set(all.Index(i))
		if err := check(); err != nil {
			return false, inElement(i, err)
		}
		t.add()
	}
	return true, nil
}

func (t target) fromYAMLMap(unmarshal func(any) error) (replaced bool, err error) {
	key, value := t.slots[0].Type(), t.slots[1].Type()
	if form := keyFormOf(key); form != keyPair && (form != keyDynamic || isMapping(unmarshal)) {
		return t.fromBuiltIn(unmarshal, form)
	}
	// Pointers tell what is missing. Of what can be null, that is null.
	all := reflect.New(reflect.SliceOf(entryType(reflect.PointerTo(key), reflect.PointerTo(value)))).Elem()
	if err := unmarshal(pointer(all)); err != nil || all.IsNil() {
		return false, ExceptNull(unmarshal, err)
	}
	check := t.checker()
	for i := range all.Len() {
		for column, slot := range t.slots {
			p := all.Index(i).Field(column)
			switch {
			case !p.IsNil():
				slot.Set(p.Elem())
			case hasNull(slot.Type()):
				slot.SetZero()
			default:
				return false, inElement(i, errors.New("YAML of an entry has not both a key and a value"))
			}
		}
		if err := check(); err != nil {
			return false, inElement(i, err)
		}
		t.add()
	}
	return true, nil
}

// isMapping reports whether what unmarshal decodes is a mapping.
func isMapping(unmarshal func(any) error) bool {
	var x any
	return unmarshal(&x) == nil && reflect.ValueOf(x).Kind() == reflect.Map
}

// ExceptNull returns err, unless what unmarshal decodes is null: some packages have an error for that.
func ExceptNull(unmarshal func(any) error, err error) error {
	var x any
	if err == nil || unmarshal(&x) == nil && x == nil {
		return nil
	}
	return err
}

// OrNull returns p, or if it is nil and null is a T, a pointer to that.
func OrNull[T any](p *T) *T {
	if p == nil && hasNull(reflect.TypeFor[T]()) {
		return new(T)
	}
	return p
}

// hasNull reports whether null is a value of type t.
func hasNull(t reflect.Type) bool {
	switch t.Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
		return true
	}
	return false
}

// fromBuiltIn decodes a built-in map. Some packages write integers as text, and read them as characters; so for those
// a key may be anything.
func (t target) fromBuiltIn(unmarshal func(any) error, form keyForm) (bool, error) {
	key, value := t.slots[0], t.slots[1]
	read := reflect.TypeFor[string]()
	if form == keyInt || form == keyUint || form == keyDynamic {
		read = reflect.TypeFor[any]()
	}
	all := reflect.New(reflect.MapOf(read, value.Type())).Elem()
	if err := unmarshal(pointer(all)); err != nil || all.IsNil() {
		return false, ExceptNull(unmarshal, err)
	}
	type entry struct{ key, value reflect.Value }
	texts := make(map[string]entry, all.Len())
	for entries := all.MapRange(); entries.Next(); {
		text := fmt.Sprint(entries.Key())
		if _, ok := texts[text]; ok {
			return false, &partError{keyPart(text), errors.New("given twice")}
		}
		texts[text] = entry{entries.Key(), entries.Value()}
	}
	parse := func(text string) error { return form.parse(text, key) }
	if form == keyDynamic {
		parse = func(text string) error { return setDynamic(key, texts[text].key) }
	}
	check := t.checker()
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		key.SetZero()
		if err := parse(text); err != nil {
			return false, &partError{keyPart(text), err}
		}
		if err := check(); err != nil {
			return false, &partError{keyPart(text), err}
		}
		value.Set(texts[text].value)
		t.add()
	}
	return true, nil
}
