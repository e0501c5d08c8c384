//go:build !(goexperiment.jsonv2 && go1.27)

package encode

import "reflect"

// decodesItself reports whether t has a method of its own to be read from JSON.
func decodesItself(t reflect.Type) bool { return reflect.PointerTo(t).Implements(jsonUnmarshaler) }
