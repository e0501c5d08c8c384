package transient_test

import (
	"fmt"
	"strings"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/transient"
)

// A loop through a builder copies each node once, however many changes there are. The version that it began with stays as
// it was.
func ExampleUpdate() {
	before := hamt.MapOf(map[string]int{"ash": 1})
	after := transient.Update(before, func(b *hamt.MapBuilder[string, int]) {
		for w := range strings.FieldsSeq("ash elm ash oak ash") {
			b.Set(w, b.Get(w)+1)
		}
	})
	fmt.Println(before.Get("ash"), after.Get("ash"), after.Len())
	// Output: 1 4 3
}

// rebuilt empties a collection, whichever it is: the type parameters ask for nothing but a builder that can be cleared.
func rebuilt[C transient.Source[B], B interface {
	transient.Builder[C]
	Clear()
}](c C) C {
	return transient.Update(c, func(b B) { b.Clear() })
}

// A function can take any collection that has builders.
func ExampleSource() {
	m := hamt.MapOf(map[string]int{"ash": 1})
	fmt.Println(rebuilt(m).Len(), m.Len())
	// Output: 0 1
}
