package encode

import (
	"cmp"
	"iter"
	"reflect"
	"strings"

	"github.com/ramet-go/ramet/internal/order"
)

// Collections are encoded and decoded row by row: a row is one value, which is an element, or two, a key and its value. The code
// for that knows the types of values by reflection alone. So it is compiled once, and not once for each
// type of collection in a program.

// rows are what a collection has in it, to be encoded.
type rows struct {
	slots []reflect.Value // addressable: the values of a row are put there
	n     int             // how many rows there are
	order Order
	each  func(row func() bool) // puts each row into the slots and calls row, until that returns false
}

func seqRows[T any](seq iter.Seq[T], n int, o Order) rows {
	slot := new(T)
	return rows{[]reflect.Value{reflect.ValueOf(slot).Elem()}, n, o, func(row func() bool) {
		seq(func(x T) bool {
			*slot = x
			return row()
		})
	}}
}

func mapRows[K, V any](seq iter.Seq2[K, V], n int, o Order) rows {
	key, value := new(K), new(V)
	return rows{[]reflect.Value{reflect.ValueOf(key).Elem(), reflect.ValueOf(value).Elem()}, n, o, func(row func() bool) {
		seq(func(k K, v V) bool {
			*key, *value = k, v
			return row()
		})
	}}
}

// try calls row for each row, until it returns an error.
func (r rows) try(row func() error) (err error) {
	r.each(func() bool {
		err = row()
		return err == nil
	})
	return err
}

func (r rows) types() []reflect.Type { return typesOf(r.slots) }

// A target is what decoded rows are added to.
type target struct {
	slots []reflect.Value // addressable: the values of a row are put there
	order Order
	add   func() // takes a row out of the slots
	tree  *Tree  // what the values are, if they are of an interface type, or nil
}

func seqTarget[T any](o Order, add func(T)) target {
	slot := new(T)
	return target{slots: []reflect.Value{reflect.ValueOf(slot).Elem()}, order: o, add: func() { add(*slot) }}
}

func mapTarget[K, V any](o Order, set func(K, V)) target {
	key, value := new(K), new(V)
	return target{slots: []reflect.Value{reflect.ValueOf(key).Elem(), reflect.ValueOf(value).Elem()}, order: o, add: func() { set(*key, *value) }}
}

func (t target) types() []reflect.Type { return typesOf(t.slots) }

// checker returns a function that reports what is wrong with a decoded element or key.
func (t target) checker() func() error {
	check := keyChecker(t.slots[0].Type(), t.order)
	return func() error { return check(t.slots[0]) }
}

func typesOf(slots []reflect.Value) []reflect.Type {
	types := make([]reflect.Type, len(slots))
	for i, slot := range slots {
		types[i] = slot.Type()
	}
	return types
}

// pointer returns a pointer to the value that slot holds.
func pointer(slot reflect.Value) any { return slot.Addr().Interface() }

// A column is a slice of what is in one slot, row by row.
type column struct{ all reflect.Value }

// columns returns all rows.
func (r rows) columns() []column {
	all := make([]column, len(r.slots))
	for i, slot := range r.slots {
		all[i].all = reflect.MakeSlice(reflect.SliceOf(slot.Type()), r.n, r.n)
	}
	row := 0
	r.each(func() bool {
		for i, slot := range r.slots {
			all[i].all.Index(row).Set(slot)
		}
		row++
		return true
	})
	return all
}

// slot returns where item i is, which is addressable.
func (c column) slot(i int) reflect.Value { return c.all.Index(i) }

// item returns a pointer to item i.
func (c column) item(i int) any { return pointer(c.slot(i)) }

// member returns item i as a value of a built-in map, which is not addressable.
func (c column) member(i int) any { return c.slot(i).Interface() }

func (c column) compare() func(i, j int) int {
	switch all := c.all.Interface().(type) { // what most keys are, without reflection
	case []string:
		return func(i, j int) int { return strings.Compare(all[i], all[j]) }
	case []int:
		return func(i, j int) int { return cmp.Compare(all[i], all[j]) }
	}
	compare := order.Of(c.all.Type().Elem(), order.ByPointee)
	return func(i, j int) int { return compare(c.slot(i), c.slot(j)) }
}
