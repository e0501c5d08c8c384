package encode_test

import (
	"encoding/gob"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/encode"
)

// Recursive types take a constant plus a constant times the size, at any depth, in JSON and gob.
func TestNestingTakesBoundedMemory(t *testing.T) {
	for _, depth := range []int{10, 100, 490, 1000, 2450, 4900} {
		data := []byte(strings.Repeat(`[{"Kids":`, depth) + `[]` + strings.Repeat(`}]`, depth))
		var l list[tree]
		var err error
		got := allocated(func() { err = json.Unmarshal(data, &l) })
		assert.Less(t, got, 1<<20+8000*len(data), "JSON, %d levels", depth)
		if depth <= 490 {
			require.NoError(t, err)
		} else if err != nil {
			assert.ErrorContains(t, err, "levels deep, at most 1000 ")
		}
	}
}

// What is too deep to be decoded is not encoded.
func TestWhatIsEncodedCanBeDecoded(t *testing.T) {
	for _, depth := range []int{1, 400, 499, 500, 800} {
		var x tree
		for range depth {
			x = tree{list[tree]{x}}
		}
		data, err := json.Marshal(x)
		if err != nil {
			assert.GreaterOrEqual(t, depth, 490)
			assert.ErrorContains(t, err, "levels deep, at most 1000 ")
		} else {
			require.NoError(t, json.Unmarshal(data, new(tree)), "%d levels", depth)
		}
		data, err = x.Kids.GobEncode()
		if err != nil {
			assert.GreaterOrEqual(t, depth, 490)
			continue
		}
		if err := new(list[tree]).GobDecode(data); err != nil {
			assert.Failf(t, "gob", "%d levels: %.200v", depth, err)
		}
	}
}

func TestEndless(t *testing.T) {
	l := new(list[any])
	*l = list[any]{l}
	_, err := json.Marshal(l)
	assert.Error(t, err)
	gob.Register(l)
	_, err = l.GobEncode()
	assert.Error(t, err)
	var deepest func(n int) error
	deepest = func(n int) error {
		if n > 0 {
			return deepest(n - 1)
		}
		for range 100 {
			if _, err := encode.YAMLSeq(func(func(any) bool) {}, 0, encode.Ordered); err != nil {
				return err
			}
		}
		return nil
	}
	assert.NoError(t, deepest(100))
	assert.Error(t, deepest(20000))
}

// nums is a set whose elements package order cannot tell apart.
type (
	opaque struct{ F map[string]int }
	ptrs   = set[*opaque]
)

// Elements that differ only in what an encoder sees are in the order of that.
func TestSortedByEncoding(t *testing.T) {
	elements := func() (all []*opaque) {
		for i := range 40 {
			all = append(all, &opaque{map[string]int{"a": i % 20}})
		}
		return all
	}
	var texts [2]string
	for i := range texts {
		s, m, k := ptrs{}, table[*opaque, any]{}, table[clash, *opaque]{}
		for j, x := range elements() {
			s[x] = struct{}{}
			m[x] = map[string]int{"v": j}
			k[clash(j%3)] = &opaque{map[string]int{"a": j % 3}}
		}
		text, err := json.Marshal([]any{s, m, k})
		require.NoError(t, err)
		y, err := encode.YAMLSeq(func(yield func(*opaque) bool) {
			for x := range s {
				if !yield(x) {
					return
				}
			}
		}, len(s), encode.Hashed)
		require.NoError(t, err)
		inYAML, err := json.Marshal(y)
		require.NoError(t, err)
		g, err := s.GobEncode()
		require.NoError(t, err)
		var back set[*opaque]
		require.NoError(t, back.GobDecode(g))
		require.Len(t, back, len(s))
		n := table[*opaque, *opaque]{}
		for j, x := range elements() {
			n[x] = &opaque{map[string]int{"a": j}}
		}
		h, err := n.GobEncode()
		require.NoError(t, err)
		var nback table[*opaque, *opaque]
		require.NoError(t, nback.GobDecode(h))
		require.Len(t, nback, len(n))
		texts[i] = fmt.Sprintf("%s %s %x %x", text, inYAML, g, h)
	}
	assert.Equal(t, texts[0], texts[1])
	_, err := json.Marshal(set[*func()]{new(func()): {}, new(func()): {}})
	assert.Error(t, err)
	_, err = set[*func()]{new(func()): {}, new(func()): {}}.GobEncode()
	assert.Error(t, err)
}

// from returns an unmarshal function that decodes JSON in place of YAML.
func from(text string) func(any) error {
	return func(x any) error { return json.Unmarshal([]byte(text), x) }
}

func TestYAML(t *testing.T) {
	for _, n := range []string{`{"1":2,"3":4}`, `null`, `{"x":1}`, `{"300":1}`, `7`} {
		got := table[num, int]{}
		replaced, err := encode.FromYAMLMap(func(x any) error {
			m, ok := x.(*map[any]int)
			if !ok {
				return from(n)(x)
			}
			var texts map[string]int
			if err := from(n)(&texts); err != nil || texts == nil {
				return err
			}
			*m = map[any]int{}
			for k, v := range texts {
				(*m)[k] = v
			}
			return nil
		}, encode.Hashed, func(k num, v int) { got[k] = v })
		assert.Equal(t, n == `{"1":2,"3":4}`, replaced, n)
		assert.Equal(t, strings.Contains(n, "x") || strings.Contains(n, "300") || n == "7", err != nil, n)
	}
	twice := func(x any) error { *x.(*map[any]int) = map[any]int{1: 1, "1": 2}; return nil }
	_, err := encode.FromYAMLMap(twice, encode.Hashed, func(num, int) {})
	assert.ErrorContains(t, err, "given twice")
	_, err = encode.FromYAMLMap(from(`{"slice":1}`), encode.Hashed, func(textBox, int) {})
	assert.ErrorContains(t, err, "not comparable")
	_, err = encode.FromYAMLMap(from(`[{"Key":[1],"Value":2}]`), encode.Hashed, func(any, int) {})
	assert.ErrorContains(t, err, "not comparable")
	_, err = encode.FromYAMLMap(from(`[{"Key":{}}]`), encode.Hashed, func(point, int) {})
	assert.ErrorContains(t, err, "not both")
	_, err = encode.FromYAMLMap(from(`7`), encode.Hashed, func(point, int) {})
	assert.Error(t, err)
	replaced, err := encode.FromYAMLMap(from(`[{"Key":{}}]`), encode.Hashed, func(_ point, v any) { assert.Nil(t, v) })
	assert.True(t, err == nil && replaced)
	_, err = encode.FromYAMLSeq(from(`[[1]]`), encode.Hashed, func(any) {})
	assert.ErrorContains(t, err, "not comparable")
	_, err = encode.FromYAMLSeq(from(`7`), encode.Hashed, func(any) {})
	assert.Error(t, err)
	replaced, err = encode.FromYAMLSeq(from(`null`), encode.Hashed, func(any) {})
	assert.True(t, err == nil && !replaced)

	y := func(m any, err error) string {
		require.NoError(t, err)
		return fmt.Sprintf("%T %v", m, m)
	}
	assert.Equal(t, "map[int64]int map[-1:1 2:2]", y(yamlOf(table[num, int]{-1: 1, 2: 2})))
	assert.Equal(t, "map[uint64]int map[7:1]", y(yamlOf(table[unum, int]{7: 1})))
	assert.Equal(t, "map[string]int map[a&b:1]", y(yamlOf(table[pair, int]{{"a", "b"}: 1})))
	assert.Contains(t, y(yamlOf(table[point, int]{{2, 1}: 1, {1, 1}: 2})), "[{{1 1} 2} {{2 1} 1}]")
	assert.Contains(t, y(encode.YAMLMap(sorted[point, int]{map[point]int{{1, 1}: 1, {1, 2}: 2}}.all(), 2, encode.Ordered)), "[{{1 2} 2} {{1 1} 1}]")
	assert.Equal(t, "[]int [2 1]", y(encode.YAMLSeq(list[int]{2, 1}.all, 2, encode.Ordered)))
	assert.Equal(t, "[]int [1 2]", y(encode.YAMLSeq(list[int]{2, 1}.all, 2, encode.Hashed)))
	_, err = yamlOf(table[clash, int]{1: 1, 2: 2})
	assert.ErrorContains(t, err, "two keys")
	_, err = yamlOf(table[failing, int]{{}: 1})
	assert.ErrorIs(t, err, errFailing)
	_, err = encode.YAMLSeq(list[func()]{nil, nil}.all, 2, encode.Hashed)
	assert.NoError(t, err, "what has no JSON may have YAML")
}

func yamlOf[K comparable, V any](m table[K, V]) (any, error) {
	return encode.YAMLMap(func(yield func(K, V) bool) {
		for k, v := range m {
			if !yield(k, v) {
				return
			}
		}
	}, len(m), encode.Hashed)
}

func (l list[T]) all(yield func(T) bool) {
	for _, x := range l {
		if !yield(x) {
			return
		}
	}
}

func TestBuildersRefuse(t *testing.T) {
	b := new(struct{ encode.Unbuilt })
	for _, f := range []func() ([]byte, error){b.MarshalJSON, b.GobEncode, b.MarshalBinary, b.MarshalText} {
		_, err := f()
		assert.ErrorContains(t, err, "Build")
	}
	_, err := b.MarshalYAML()
	assert.ErrorContains(t, err, "Build")
	for _, f := range []func([]byte) error{b.UnmarshalJSON, b.GobDecode, b.UnmarshalBinary, b.UnmarshalText} {
		assert.Error(t, f(nil))
	}
	assert.Error(t, b.UnmarshalYAML(nil))
	assert.Error(t, b.UnmarshalTOML(nil))
	assert.ErrorContains(t, encode.NoText[list[int]](), "list[int]")
	assert.ErrorContains(t, encode.NotFrom[list[int]]("XML"), "XML")
	var unsupported *xml.UnsupportedTypeError
	assert.ErrorAs(t, encode.NoXML[list[int]](), &unsupported)
}

func TestOne(t *testing.T) {
	v := 7
	data, err := encode.MarshalOne(&v)
	require.NoError(t, err)
	assert.Equal(t, "7", string(data))
	v = 0
	replaced, err := encode.UnmarshalOne([]byte(" 7 "), &v)
	assert.True(t, err == nil && replaced && v == 7)
	data, err = encode.GobEncodeOne(300)
	require.NoError(t, err)
	require.NoError(t, encode.GobDecodeOne(data, &v))
	assert.Equal(t, 300, v)
	for n := range data {
		assert.Error(t, encode.GobDecodeOne(data[:n], &v))
	}
	two, err := list[int]{1, 2}.GobEncode()
	require.NoError(t, err)
	assert.Error(t, encode.GobDecodeOne(two, &v))
}
