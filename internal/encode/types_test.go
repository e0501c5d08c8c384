package encode_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math/big"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/internal/encode"
)

// list, set and table are collections that do as the drivers' documentation says.
type (
	list[T any]                 []T
	set[T comparable]           map[T]struct{}
	table[K comparable, V any]  map[K]V
	sorted[K comparable, V any] struct{ m map[K]V } // in the order of printed keys
)

func (l list[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(slices.Values(l), len(l), encode.Ordered)
}

func (l *list[T]) UnmarshalJSON(data []byte) error {
	var b list[T]
	replaced, err := encode.UnmarshalSeq(data, encode.Ordered, func(x T) { b = append(b, x) })
	if err == nil && replaced {
		*l = b
	}
	return err
}

func (l list[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(slices.Values(l), len(l), encode.Ordered)
}

func (l *list[T]) GobDecode(data []byte) error {
	var b list[T]
	err := encode.GobDecodeSeq(data, encode.Ordered, func(x T) { b = append(b, x) })
	if err == nil {
		*l = b
	}
	return err
}

func (s set[T]) MarshalJSON() ([]byte, error) {
	return encode.MarshalSeq(maps.Keys(s), len(s), encode.Hashed)
}

func (s *set[T]) UnmarshalJSON(data []byte) error {
	b := set[T]{}
	replaced, err := encode.UnmarshalSeq(data, encode.Hashed, func(x T) { b[x] = struct{}{} })
	if err == nil && replaced {
		*s = b
	}
	return err
}

func (s set[T]) GobEncode() ([]byte, error) {
	return encode.GobEncodeSeq(maps.Keys(s), len(s), encode.Hashed)
}

func (s *set[T]) GobDecode(data []byte) error {
	b := set[T]{}
	err := encode.GobDecodeSeq(data, encode.Hashed, func(x T) { b[x] = struct{}{} })
	if err == nil {
		*s = b
	}
	return err
}

func (m table[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalMap(maps.All(m), len(m), encode.Hashed)
}

func (m *table[K, V]) UnmarshalJSON(data []byte) error {
	b := table[K, V]{}
	replaced, err := encode.UnmarshalMap(data, encode.Hashed, func(k K, v V) { b[k] = v })
	if err == nil && replaced {
		*m = b
	}
	return err
}

func (m table[K, V]) GobEncode() ([]byte, error) {
	return encode.GobEncodeMap(maps.All(m), len(m), encode.Hashed)
}

func (m *table[K, V]) GobDecode(data []byte) error {
	b := table[K, V]{}
	err := encode.GobDecodeMap(data, encode.Hashed, func(k K, v V) { b[k] = v })
	if err == nil {
		*m = b
	}
	return err
}

func (m sorted[K, V]) all() iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		keys := slices.SortedFunc(maps.Keys(m.m), func(a, b K) int {
			return -strings.Compare(fmt.Sprint(a), fmt.Sprint(b))
		})
		for _, k := range keys {
			if !yield(k, m.m[k]) {
				return
			}
		}
	}
}

func (m sorted[K, V]) MarshalJSON() ([]byte, error) {
	return encode.MarshalMap(m.all(), len(m.m), encode.Ordered)
}

func (m sorted[K, V]) GobEncode() ([]byte, error) {
	return encode.GobEncodeMap(m.all(), len(m.m), encode.Ordered)
}

// Key and element types.
type (
	word    string
	num     int8
	unum    uint16
	flag    bool
	real32  float32
	point   struct{ X, Y int }
	upper   string // a string kind with text methods
	onlyOut string // a string kind with one of them
	level   int    // an integer kind with text methods
	outInt  int    // an integer kind with one of them
	outPt   struct{ X int }
	pair    struct{ A, B string } // a struct with text methods
	clash   int                   // keys whose texts are equal
	failing struct{}
	byPtr   struct{ n int } // with JSON methods on the pointer
	tree    struct{ Kids list[tree] }
	boxed   struct{ V any }
	special string // a string kind with gob methods
	noBytes struct{}
)

func (u upper) MarshalText() ([]byte, error) {
	return []byte("<" + strings.ToUpper(string(u)) + ">"), nil
}
func (u *upper) UnmarshalText(b []byte) error {
	s := string(b)
	if len(s) < 2 || s[0] != '<' {
		return errors.New("no brackets")
	}
	*u = upper(strings.ToLower(s[1 : len(s)-1]))
	return nil
}

func (onlyOut) MarshalText() ([]byte, error) { return []byte("lost"), nil }
func (outInt) MarshalText() ([]byte, error)  { return []byte("lost"), nil }
func (outPt) MarshalText() ([]byte, error)   { return []byte("lost"), nil }

func (l level) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "level %d", int(l)), nil }
func (l *level) UnmarshalText(b []byte) error {
	_, err := fmt.Sscanf(string(b), "level %d", (*int)(l))
	return err
}

func (p pair) MarshalText() ([]byte, error) { return []byte(p.A + "&" + p.B), nil }
func (p *pair) UnmarshalText(b []byte) error {
	var ok bool
	if p.A, p.B, ok = strings.Cut(string(b), "&"); !ok {
		return errors.New("no ampersand")
	}
	return nil
}

func (clash) MarshalText() ([]byte, error)     { return []byte("same"), nil }
func (*clash) UnmarshalText([]byte) error      { return nil }
func (failing) MarshalText() ([]byte, error)   { return nil, errFailing }
func (*failing) UnmarshalText([]byte) error    { return errFailing }
func (failing) MarshalBinary() ([]byte, error) { return nil, errFailing }

func (p *byPtr) MarshalJSON() ([]byte, error) { return json.Marshal(p.n) }
func (p *byPtr) UnmarshalJSON(b []byte) error { return json.Unmarshal(b, &p.n) }

func (s special) GobEncode() ([]byte, error) { return []byte("*" + s), nil }
func (s *special) GobDecode(b []byte) error {
	switch {
	case len(b) > 1 && b[1] == '!':
		panic("boom")
	case len(b) == 0 || b[0] != '*':
		return errFailing
	}
	*s = special(b[1:])
	return nil
}

func (noBytes) GobEncode() ([]byte, error) { return nil, nil }
func (*noBytes) GobDecode([]byte) error    { return nil }

var (
	errFailing = errors.New("failing")
	ten        = big.NewInt(10)
	two        = big.NewInt(2)
)
