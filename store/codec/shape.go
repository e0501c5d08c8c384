package codec

import (
	"reflect"
)

// A shape is what can be said about the JSON of a type before there is a value of it.
type shape struct {
	fault   error // why values of the type cannot be stored, nil: they can
	numbers bool  // there may be numbers in an any, for whose decoding no method is responsible

	seen     map[reflect.Type]bool
	embedded map[reflect.Type]bool // the structs that others embed: what they lack is not missed by itself
}

func shapeOf(t reflect.Type) *shape {
	s := &shape{seen: map[reflect.Type]bool{}, embedded: map[reflect.Type]bool{}}
	s.look(t)
	return s
}

// look looks at t and at all that encoding/json reaches from it without a method.
func (s *shape) look(t reflect.Type) {
	if s.seen[t] || s.fault != nil {
		return
	}
	s.seen[t] = true
	switch {
	case t.Kind() == reflect.Interface && t.NumMethod() == 0:
		s.numbers = true
		return
	case t.Kind() == reflect.Interface:
		s.fault = fail("json", "what an interface like %v holds cannot be decoded", t)
		return
	case opaque(t):
		return
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Map:
		s.look(t.Elem())
	case reflect.Struct:
		if there, stored := s.fields(t); there && !stored && s.fault == nil {
			s.fault = fail("json", "no field of %v is exported", t)
		}
	}
}

// opaque tells whether methods write or read a t.
func opaque(t reflect.Type) bool {
	if hasEither(t, jsonMarshaler, jsonUnmarshaler) || hasEither(t, textMarshaler, textUnmarshaler) {
		return true
	}
	p := reflect.PointerTo(t) // the methods of encoding/json/v2, which not every Go has
	_, to := p.MethodByName("MarshalJSONTo")
	_, from := p.MethodByName("UnmarshalJSONFrom")
	return to || from
}

// fields looks at the fields of the struct t, and tells whether there are any, and whether any of them is stored, or left out by a tag.
func (s *shape) fields(t reflect.Type) (there, stored bool) {
	for f := range t.Fields() {
		if f.Name == "_" {
			continue
		}
		there = true
		if f.Tag.Get("json") == "-" {
			stored = true
			continue
		}
		of := f.Type
		if of.Kind() == reflect.Pointer {
			of = of.Elem()
		}
		switch {
		case f.Anonymous && f.Tag.Get("json") == "" && of.Kind() == reflect.Struct && !opaque(of):
			if !s.embedded[of] { // its fields are as fields of t
				s.embedded[of] = true
				_, some := s.fields(of)
				stored = stored || some
				delete(s.embedded, of)
			}
		case f.IsExported():
			stored = true
			s.look(f.Type)
		}
	}
	return there, stored
}
