package encode

import (
	"bytes"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/internal/order"
)

// What is sorted to be encoded is sorted by package order first. That sees into most values, but not into
// collections, nor does it tell apart what only an encoder can (a built-in map behind a pointer). So values that it has
// for equal are encoded, and sorted by what they are encoded as; what is equal then can stand in any order, as nobody
// can see which. Each is encoded once, not once to be sorted and once to be written: otherwise, in sets of sets of
// sets, every level would double the work.

// A sorting puts n elements in an order, and keeps what had to be encoded for that.
type sorting struct {
	encode func(x any) ([]byte, error)
	at     []int    // the elements, in order
	keys   [][]byte // by element: the encoded key, or nil
	values [][]byte // by element: the encoded value, or nil
}

// run sorts the elements of s.at from lo to hi, of which all are equal so far, by their encodings, which column gets.
func (s *sorting) run(lo, hi int, column *[][]byte, item func(i int) any) error {
	if hi-lo < 2 {
		return nil
	}
	if *column == nil {
		*column = make([][]byte, len(s.at))
	}
	encoded := *column
	for _, i := range s.at[lo:hi] {
		text, err := s.encode(item(i))
		if err != nil {
			return err
		}
		encoded[i] = text
	}
	slices.SortStableFunc(s.at[lo:hi], func(i, j int) int { return bytes.Compare(encoded[i], encoded[j]) })
	return nil
}

// runs calls f with each row of elements, between lo and hi, that are equal.
func (s *sorting) runs(lo, hi int, equal func(i, j int) bool, f func(lo, hi int) error) error {
	for lo < hi {
		end := lo + 1
		for end < hi && equal(s.at[lo], s.at[end]) {
			end++
		}
		if err := f(lo, end); err != nil {
			return err
		}
		lo = end
	}
	return nil
}

// sortKeys sorts n elements by their keys.
func (s *sorting) sortKeys(n int, compare func(i, j int) int, key func(i int) any) error {
	s.at = order.Permutation(n, compare)
	return s.runs(0, n, func(i, j int) bool { return compare(i, j) == 0 }, func(lo, hi int) error {
		return s.run(lo, hi, &s.keys, key)
	})
}

// sortValues sorts those of the elements whose keys are equal by their values.
func (s *sorting) sortValues(sameKey func(i, j int) bool, compare func(i, j int) int, value func(i int) any) error {
	return s.runs(0, len(s.at), sameKey, func(lo, hi int) error {
		if hi-lo < 2 {
			return nil
		}
		slices.SortStableFunc(s.at[lo:hi], compare)
		return s.runs(lo, hi, func(i, j int) bool { return compare(i, j) == 0 }, func(lo, hi int) error {
			return s.run(lo, hi, &s.values, value)
		})
	})
}

// write writes element i, whose encoding may be in column.
func write(w Writer, column [][]byte, i int, item func(i int) any) error {
	if column != nil && column[i] != nil {
		return w.raw(column[i])
	}
	return w.Value(item(i))
}

func (r rows) writeSortedSeq(w Writer) error {
	elements := r.columns()[0]
	s := sorting{encode: w.encoded}
	if err := s.sortKeys(r.n, elements.compare(), elements.item); err != nil {
		return err
	}
	if err := w.Begin('['); err != nil {
		return err
	}
	for _, i := range s.at {
		if err := write(w, s.keys, i, elements.item); err != nil {
			return err
		}
	}
	return w.End(']')
}

func (r rows) writeSortedPairs(w Writer) error {
	c := r.columns()
	keys, values := c[0], c[1]
	s := sorting{encode: w.encoded}
	if err := s.sortEntries(r.n, keys, values); err != nil {
		return err
	}
	if err := w.Begin('['); err != nil {
		return err
	}
	for _, i := range s.at {
		err := writePair(w,
			func() error { return write(w, s.keys, i, keys.item) },
			func() error { return write(w, s.values, i, values.item) })
		if err != nil {
			return err
		}
	}
	return w.End(']')
}

// sortEntries sorts n entries whose keys are not text.
func (s *sorting) sortEntries(n int, keys, values column) error {
	compare := keys.compare()
	if err := s.sortKeys(n, compare, keys.item); err != nil || s.keys == nil {
		return err
	}
	same := func(i, j int) bool { return compare(i, j) == 0 && bytes.Equal(s.keys[i], s.keys[j]) }
	return s.sortValues(same, values.compare(), values.item)
}

// writeSortedObject writes an object sorted by key text. Keys whose text is the same are
// all written, in their own order.
func (r rows) writeSortedObject(w Writer, form keyForm) error {
	c := r.columns()
	keys, values := c[0], c[1]
	texts := make([]string, r.n)
	for i := range texts {
		text, err := form.text(keys.slot(i))
		if err != nil {
			return err
		}
		texts[i] = text
	}
	s := sorting{encode: w.encoded}
	s.at = order.Permutation(len(texts), func(i, j int) int { return strings.Compare(texts[i], texts[j]) })
	compareKeys, compareValues := keys.compare(), values.compare()
	err := s.sortValues(func(i, j int) bool { return texts[i] == texts[j] }, func(i, j int) int {
		if c := compareKeys(i, j); c != 0 {
			return c
		}
		return compareValues(i, j)
	}, values.member)
	if err != nil {
		return err
	}
	if err := w.Begin('{'); err != nil {
		return err
	}
	for _, i := range s.at {
		if err := w.Name(texts[i]); err != nil {
			return err
		}
		if err := write(w, s.values, i, values.member); err != nil {
			return err
		}
	}
	return w.End('}')
}
