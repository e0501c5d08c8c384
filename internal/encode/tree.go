package encode

import (
	"encoding/json"
	"fmt"
	"reflect"
)

// Values of an interface type that anything implements. encoding/json decodes an object into a built-in map, which loses the
// order of the members, and a number into a float64, which loses digits. A [Tree] is the way to keep both.

// A Tree says what becomes of objects and arrays inside of a value of an interface type without methods. Numbers become
// [json.Number], and the rest what encoding/json makes of it. A nil Tree leaves all to encoding/json.
type Tree struct {
	// Object begins an object: set is called with each member, and then done returns what the object is.
	Object func() (set func(name string, value any), done func() any)

	// Array begins an array: add is called with each element, and then done returns what the array is.
	Array func() (add func(element any), done func() any)
}

// maxTree is how deep arrays and objects may be nested in a value. It is what encoding/json allows.
const maxTree = 10_000

// UnmarshalMapTree is [UnmarshalMap] for values that are decoded as tree says.
func UnmarshalMapTree[K, V any](data []byte, o Order, tree *Tree, set func(K, V)) (replaced bool, err error) {
	return unmarshalRows(data, treeTarget(o, tree, set))
}

func treeTarget[K, V any](o Order, tree *Tree, set func(K, V)) target {
	t := mapTarget(o, set)
	if v := t.slots[1]; v.Kind() == reflect.Interface && v.NumMethod() == 0 {
		t.tree = tree
	}
	return t
}

// readValue reads the value of a row into its slot.
func (t target) readValue(r Reader) error {
	slot := t.slots[1]
	if t.tree == nil {
		return r.Value(pointer(slot))
	}
	x, err := t.tree.read(r, 1)
	if err != nil {
		return err
	}
	slot.SetZero()
	if x != nil {
		slot.Set(reflect.ValueOf(x))
	}
	return nil
}

// read reads a value that is nested in as many others as depth says.
func (t *Tree) read(r Reader, depth int) (x any, err error) {
	switch r.kind() {
	case '{':
		if depth == maxTree {
			return nil, errTooDeep
		}
		set, done := t.Object()
		err = r.Object(func(name string) error {
			value, err := t.read(r, depth+1)
			if err != nil {
				return r.in(func() string { return keyPart(name) }, err)
			}
			set(name, value)
			return nil
		})
		return done(), err
	case '[':
		if depth == maxTree {
			return nil, errTooDeep
		}
		add, done := t.Array()
		i := 0
		err = r.Array(func() error {
			element, err := t.read(r, depth+1)
			if err != nil {
				return r.in(func() string { return elementPart(i) }, err)
			}
			i++
			add(element)
			return nil
		})
		return done(), err
	case '0':
		var n json.Number
		err = r.Value(&n)
		return n, err
	}
	err = r.Value(&x)
	return x, err
}

var errTooDeep = fmt.Errorf("ramet: JSON is nested more than %d levels deep", maxTree)
