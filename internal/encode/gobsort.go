package encode

import (
	"bytes"
	"reflect"
	"slices"

	"github.com/ramet-go/ramet/internal/order"
)

// How hashed collections are sorted in gob; see sorted.go for what is sorted.
//
// What a gob.Encoder writes for a value depends on what it wrote before: the first value of a type comes behind
// messages that define the type. So where encodings are to be compared, all keys are encoded before they are
// sorted; then definitions are taken out of what was written for them, and put in front of the key that comes to stand
// first. The rest does not depend on where it stands. The values are encoded in their final order, unless it is they that are
// compared.

func (r rows) gobEncodeSorted() ([]byte, error) {
	w := newGobWriter(r.n, r.slots...)
	columns := r.columns()
	compare := make([]func(i, j int) int, len(columns))
	encoded := make([]gobColumn, len(columns))
	for i, c := range columns {
		compare[i] = c.compare()
		encoded[i] = gobColumn{w: w, form: w.forms[i], slot: c.slot}
	}
	keys := &encoded[0]
	at, err := keys.sorted(r.n, compare[0])
	if err != nil {
		return nil, err
	}
	if keys.items != nil && len(columns) > 1 {
		// Keys whose encodings are the same are in the order of their values.
		s := sorting{at: at}
		err := s.runs(0, len(at), func(i, j int) bool { return bytes.Equal(keys.items[i], keys.items[j]) }, func(lo, hi int) error {
			if hi-lo < 2 {
				return nil
			}
			return encoded[1].sort(at[lo:hi], compare[1])
		})
		if err != nil {
			return nil, err
		}
	}
	for _, i := range at {
		for c := range encoded {
			if err := encoded[c].write(i); err != nil {
				return nil, err
			}
		}
	}
	return w.buf, nil
}

// A gobColumn are the keys or the values of what is encoded, of which some may be encoded already.
type gobColumn struct {
	w    *gobWriter
	form gobForm
	slot func(i int) reflect.Value

	items [][]byte // by element, without definitions of types; nil: not encoded yet
}

// sorted returns the numbers below n in the order of the values. If any are equal by compare, all are encoded.
func (c *gobColumn) sorted(n int, compare func(i, j int) int) ([]int, error) {
	at := order.Permutation(n, compare)
	for i := 1; i < n; i++ {
		if compare(at[i-1], at[i]) == 0 {
			return at, c.sort(at, compare)
		}
	}
	return at, nil
}

// sort sorts at by compare, and what is equal by encodings.
func (c *gobColumn) sort(at []int, compare func(i, j int) int) error {
	if err := c.encode(at); err != nil {
		return err
	}
	slices.SortStableFunc(at, func(i, j int) int {
		if d := compare(i, j); d != 0 {
			return d
		}
		return bytes.Compare(c.items[i], c.items[j])
	})
	return nil
}

// encode encodes the values of at that are not encoded yet.
func (c *gobColumn) encode(at []int) error {
	if n := slices.Max(at) + 1; n > len(c.items) {
		c.items = append(c.items, make([][]byte, n-len(c.items))...)
	}
	for _, i := range at {
		if c.form != formGob {
			c.items[i] = c.form.append(nil, c.slot(i))
			continue
		}
		if err := c.w.encode(c.slot(i)); err != nil {
			return err
		}
		definitions, item := lastMessage(c.w.messages.Bytes())
		if len(definitions) > 0 {
			c.w.definitions = append(c.w.definitions, bytes.Clone(definitions))
		}
		c.items[i] = bytes.Clone(item)
	}
	return nil
}

// write writes value i.
func (c *gobColumn) write(i int) error {
	if i >= len(c.items) || c.items[i] == nil {
		return c.w.value(c.form, c.slot(i))
	}
	if c.form != formGob {
		c.w.buf = append(c.w.buf, c.items[i]...)
		return nil
	}
	c.w.item(c.items[i])
	return nil
}

// lastMessage cuts a row of gob messages in front of the last one, which is the value.
func lastMessage(row []byte) (before, last []byte) {
	at := 0
	for {
		n, size := gobUint(row[at:])
		next := at + size + int(n)
		if next >= len(row) {
			return row[:at], row[at:]
		}
		at = next
	}
}
