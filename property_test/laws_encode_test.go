package property_test

import (
	"bytes"
	"encoding/gob"
	"encoding/json"
	"reflect"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/internal/testkit"
)

func TestEncodeLaws(t *testing.T) {
	quick(t).everywhere(t, encodeLaws[int](), encodeLaws[string](), encodeLaws[pair](), encodeLaws[float64]())
}

// encodeLaws are about JSON, gob and printing.
func encodeLaws[K comparable]() []law {
	type M = hamt.Map[K, value]
	type S = hamt.Set[K]
	return []law{
		{"JSON goes round, and replaces what was there", func(m, other M) bool {
			return json.Unmarshal(jsonOf(m), &other) == nil && hamt.Equal(other, m)
		}},
		{"gob goes round, and replaces what was there", func(m, other M) bool {
			return gob.NewDecoder(gobOf(m)).Decode(&other) == nil && hamt.Equal(other, m)
		}},
		{"a set's JSON and gob go round", func(s, other, another S) bool {
			return json.Unmarshal(jsonOf(s), &other) == nil && other.Equal(s) &&
				gob.NewDecoder(gobOf(s)).Decode(&another) == nil && another.Equal(s)
		}},
		{"the JSON is that of a built-in map", func(m M) bool {
			if _, err := json.Marshal(map[K]value{*new(K): 0}); err != nil || reflect.TypeFor[K]().Kind() == reflect.Float64 {
				return true // it has no way to encode keys of such a type, or only since Go 1.27: then ours does not depend on the version of Go
			}
			want, err := json.Marshal(contents(m))
			return err == nil && bytes.Equal(jsonOf(m), want)
		}},
		{"equal contents are encoded and printed alike", func(m M) bool {
			entries := slices.Collect(entriesOf(m))
			slices.Reverse(entries)
			for _, h := range testkit.Hashers[K]() {
				o := hamt.NewMap[K, value](h.Hasher).SetAll(Pairs(entries))
				if !bytes.Equal(jsonOf(o), jsonOf(m)) || !bytes.Equal(gobOf(o).Bytes(), gobOf(m).Bytes()) || o.String() != m.String() {
					return false
				}
			}
			return true
		}},
		{"null and broken JSON change nothing", func(m M, s S) bool {
			m1, s1, text := m, s, jsonOf(m.Set(*new(K), 0))
			return json.Unmarshal([]byte("null"), &m1) == nil && json.Unmarshal([]byte("null"), &s1) == nil &&
				m1.UnmarshalJSON(text[:len(text)-1]) != nil && s1.UnmarshalJSON([]byte("[")) != nil && m1 == m && s1 == s
		}},
	}
}

// jsonOf returns the JSON of v, which it must have.
func jsonOf(v any) []byte {
	text, err := json.Marshal(v)
	if err != nil {
		panic(err)
	}
	return text
}

func gobOf(v any) *bytes.Buffer {
	var buf bytes.Buffer
	if err := gob.NewEncoder(&buf).Encode(v); err != nil {
		panic(err)
	}
	return &buf
}
