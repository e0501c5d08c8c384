//go:build go1.27 && goexperiment.jsonv2

package encode

import (
	"encoding/json"
	jsonv2 "encoding/json/v2"
	"reflect"
	"strings"
	"sync"
)

var unmarshalerFrom = reflect.TypeFor[jsonv2.UnmarshalerFrom]()

var leniency sync.Map // from types to bools

// lenient reports whether values of type t need encoding/json's way of reporting errors, which is to report fewer: it
// overlooks field tags that make no sense, names that fit two fields, and types that can hold nothing but null.
// If in doubt, it is true: that costs time, not correctness.
func lenient(t reflect.Type) bool {
	if found, ok := leniency.Load(t); ok {
		return found.(bool)
	}
	needs := isLenient(t, map[reflect.Type]bool{})
	leniency.Store(t, needs)
	return needs
}

func isLenient(t reflect.Type, seen map[reflect.Type]bool) bool {
	if seen[t] {
		return false
	}
	seen[t] = true
	if p := reflect.PointerTo(t); t.Kind() != reflect.Interface &&
		(p.Implements(unmarshaler) || p.Implements(unmarshalerFrom) || p.Implements(textUnmarshaler)) {
		return false
	}
	switch t.Kind() {
	case reflect.Pointer, reflect.Slice, reflect.Array:
		return isLenient(t.Elem(), seen)
	case reflect.Map:
		return isLenient(t.Key(), seen) || isLenient(t.Elem(), seen)
	case reflect.Struct:
		return isLenientStruct(t, seen)
	case reflect.Chan, reflect.Func, reflect.UnsafePointer, reflect.Complex64, reflect.Complex128:
		return true
	}
	return false
}

func isLenientStruct(t reflect.Type, seen map[reflect.Type]bool) bool {
	if jsonv2.Unmarshal([]byte("{}"), reflect.New(t).Interface(), json.DefaultOptionsV1(), json.ReportErrorsWithLegacySemantics(false)) != nil {
		return true // a tag that makes no sense
	}
	names := map[string]bool{}
	for _, f := range reflect.VisibleFields(t) {
		name, options, _ := strings.Cut(f.Tag.Get("json"), ",")
		if name == "-" && options == "" || !f.IsExported() && !f.Anonymous {
			continue
		}
		if strings.Contains(options, "string") && !isNumber(f.Type) {
			return true
		}
		if name == "" {
			name = f.Name
		}
		folded := strings.ToLower(strings.NewReplacer("_", "", "-", "").Replace(name))
		if names[folded] {
			return true
		}
		names[folded] = true
		if len(f.Index) == 1 && isLenient(f.Type, seen) {
			return true
		}
	}
	return false
}

func isNumber(t reflect.Type) bool {
	return t.Kind() >= reflect.Int && t.Kind() <= reflect.Float64
}
