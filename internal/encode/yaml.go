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

// An entry is one of a map whose keys are not text.
type entry[K, V any] struct {
	Key   K `yaml:"key"`
	Value V `yaml:"value"`
}

// YAMLSeq returns the n elements of seq as a slice.
func YAMLSeq[T any](seq iter.Seq[T], n int, o Order) (any, error) {
	if err := NotEndless[T](); err != nil {
		return nil, err
	}
	all := slices.AppendSeq(make([]T, 0, n), seq)
	if o == Ordered {
		return all, nil
	}
	compare := order.For[T](order.ByPointee)
	s := sorting{encode: ifJSON()}
	if err := s.sortKeys(len(all), func(i, j int) int { return compare(all[i], all[j]) }, func(i int) any { return &all[i] }); err != nil {
		return nil, err
	}
	sorted := make([]T, len(all))
	for to, from := range s.at {
		sorted[to] = all[from]
	}
	return sorted, nil
}

// YAMLMap returns the n entries of seq as a built-in map or a slice of entries.
func YAMLMap[K, V any](seq iter.Seq2[K, V], n int, o Order) (any, error) {
	if err := NotEndless[pairOf[K, V]](); err != nil {
		return nil, err
	}
	switch form := keyFormOf(reflect.TypeFor[K]()); form {
	case keyInt:
		return builtIn(seq, n, func(k reflect.Value) (int64, error) { return k.Int(), nil })
	case keyUint:
		return builtIn(seq, n, func(k reflect.Value) (uint64, error) { return k.Uint(), nil })
	case keyString, keyText:
		return builtIn(seq, n, form.text)
	}
	c := columnsOf(seq, n)
	all := make([]entry[K, V], len(c.k))
	s := sorting{encode: ifJSON()}
	if o == Ordered {
		for i := range all {
			all[i] = entry[K, V]{c.k[i], c.v[i]}
		}
		return all, nil
	}
	if err := sortEntries(&s, &c); err != nil {
		return nil, err
	}
	for to, from := range s.at {
		all[to] = entry[K, V]{c.k[from], c.v[from]}
	}
	return all, nil
}

// builtIn returns seq as a built-in map.
func builtIn[K, V any, B comparable](seq iter.Seq2[K, V], n int, key func(reflect.Value) (B, error)) (any, error) {
	m := make(map[B]V, n)
	slot := new(K)
	for k, v := range seq {
		*slot = k
		b, err := key(reflect.ValueOf(slot).Elem())
		if err != nil {
			return nil, err
		}
		if _, ok := m[b]; ok {
			return nil, fmt.Errorf("ramet: two keys of type %v are both %.64q in YAML", reflect.TypeFor[K](), fmt.Sprint(b))
		}
		m[b] = v
	}
	return m, nil
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
	var all []T
	if err := unmarshal(&all); err != nil || all == nil {
		return false, ExceptNull(unmarshal, err)
	}
	check := keyChecker[T](o)
	for i := range all {
		if err := check(reflect.ValueOf(&all[i]).Elem()); err != nil {
			return false, inElement(i, err)
		}
		add(all[i])
	}
	return true, nil
}

// FromYAMLMap calls set with each entry that unmarshal decodes: of an equal key, the last in the order of their texts
// is last. For null it does nothing and returns false.
func FromYAMLMap[K, V any](unmarshal func(any) error, o Order, set func(K, V)) (replaced bool, err error) {
	if form := keyFormOf(reflect.TypeFor[K]()); form != keyPair {
		return fromBuiltIn(unmarshal, o, set, form)
	}
	// Pointers tell what is missing. Of what can be null, that is null.
	var all []entry[*K, *V]
	if err := unmarshal(&all); err != nil || all == nil {
		return false, ExceptNull(unmarshal, err)
	}
	check := keyChecker[K](o)
	for i, e := range all {
		key, value := OrNull(e.Key), OrNull(e.Value)
		if key == nil || value == nil {
			return false, inElement(i, errors.New("YAML of an entry has not both a key and a value"))
		}
		if err := check(reflect.ValueOf(key).Elem()); err != nil {
			return false, inElement(i, err)
		}
		set(*key, *value)
	}
	return true, nil
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
	if p != nil {
		return p
	}
	switch reflect.TypeFor[T]().Kind() {
	case reflect.Interface, reflect.Pointer, reflect.Map, reflect.Slice:
		return new(T)
	}
	return nil
}

// fromBuiltIn decodes a built-in map. Some packages write integers as text, and read them as characters; so for those
// a key may be anything.
func fromBuiltIn[K, V any](unmarshal func(any) error, o Order, set func(K, V), form keyForm) (bool, error) {
	if form == keyInt || form == keyUint {
		return setTexts(unmarshal, o, set, form, func(k any) string { return fmt.Sprint(k) })
	}
	return setTexts(unmarshal, o, set, form, func(k string) string { return k })
}

func setTexts[K, V any, B comparable](unmarshal func(any) error, o Order, set func(K, V), form keyForm, textOf func(B) string) (bool, error) {
	var all map[B]V
	if err := unmarshal(&all); err != nil || all == nil {
		return false, ExceptNull(unmarshal, err)
	}
	texts := make(map[string]V, len(all))
	for k, v := range all {
		text := textOf(k)
		if _, ok := texts[text]; ok {
			return false, &partError{keyPart(text), errors.New("given twice")}
		}
		texts[text] = v
	}
	slot, check := new(K), keyChecker[K](o)
	k := reflect.ValueOf(slot).Elem()
	for _, text := range slices.Sorted(maps.Keys(texts)) {
		k.SetZero()
		if err := form.parse(text, k); err != nil {
			return false, &partError{keyPart(text), err}
		}
		if err := check(k); err != nil {
			return false, &partError{keyPart(text), err}
		}
		set(*slot, texts[text])
	}
	return true, nil
}
