package encode_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/internal/encode"
)

// TestKeysOfInterfaceTypes are text if all that are there are, and no two have the same text.
func TestKeysOfInterfaceTypes(t *testing.T) {
	var none *big.Int
	for _, c := range []struct {
		m    table[any, int]
		text string
		back table[any, int] // nil: m
	}{
		{table[any, int]{}, `{}`, nil},
		{table[any, int]{"b": 1, "a": 2, "": 3}, `{"":3,"a":2,"b":1}`, nil},
		{table[any, int]{10: 1, int8(9): 2, uint64(1 << 63): 3}, `{"10":1,"9":2,"9223372036854775808":3}`,
			table[any, int]{"10": 1, "9": 2, "9223372036854775808": 3}},
		{table[any, int]{level(2): 1, pair{"x", "y"}: 2, big.NewInt(7): 3, "z": 4}, `{"7":3,"level 2":1,"x\u0026y":2,"z":4}`,
			table[any, int]{"level 2": 1, "x&y": 2, "7": 3, "z": 4}},
		{table[any, int]{none: 1}, `{"":1}`, table[any, int]{"": 1}},

		{table[any, int]{nil: 1}, `[[null,1]]`, nil},
		{table[any, int]{nil: 1, "a": 2}, `[[null,1],["a",2]]`, nil},
		{table[any, int]{true: 1, "a": 2}, `[[true,1],["a",2]]`, nil},
		{table[any, int]{1.5: 1, "a": 2}, `[[1.5,1],["a",2]]`, nil},
		{table[any, int]{1: 1, "1": 2}, `[[1,1],["1",2]]`, table[any, int]{1.0: 1, "1": 2}}, // the same text
		{table[any, int]{1: 1, int8(1): 1}, `[[1,1],[1,1]]`, table[any, int]{1.0: 1}},
		{table[any, int]{outPt{}: 1}, `[["lost",1]]`, table[any, int]{"lost": 1}}, // one of the text methods alone
	} {
		got, err := json.Marshal(c.m)
		require.NoError(t, err)
		assert.Equal(t, c.text, string(got))
		if c.back == nil {
			c.back = c.m
		}
		back := table[any, int]{"old": 1}
		require.NoError(t, json.Unmarshal(got, &back))
		assert.Equal(t, c.back, back)

		var wrapped struct{ M table[any, int] }
		require.NoError(t, json.Unmarshal([]byte(" {\"M\" :\n "+string(got)+"\t} "), &wrapped))
		assert.Equal(t, c.back, wrapped.M)
	}
}

func TestOrderedKeysOfInterfaceTypes(t *testing.T) {
	for text, m := range map[string]map[any]int{
		`{"c":3,"b":2,"4":4}`:       {"c": 3, "b": 2, 4: 4},
		`[[true,5],["c",3],[4,4]]`:  {true: 5, "c": 3, 4: 4},
		`[["4",5],[4,4]]`:           {4: 4, "4": 5},
		`{}`:                        {},
		`{"level 2":2,"level 1":1}`: {level(1): 1, level(2): 2},
	} {
		got, err := json.Marshal(sorted[any, int]{m})
		require.NoError(t, err)
		if text == `[["4",5],[4,4]]` { // the tests' order has them for equal
			assert.Contains(t, []string{text, `[[4,4],["4",5]]`}, string(got))
			continue
		}
		assert.Equal(t, text, string(got))
	}
}

// TestKeysOfOtherInterfaces are written like those of any, and cannot be read: no type says that it is the one.
func TestKeysOfOtherInterfaces(t *testing.T) {
	m := table[fmt.Stringer, int]{big.NewInt(3): 1}
	got, err := json.Marshal(m)
	require.NoError(t, err)
	assert.Equal(t, `{"3":1}`, string(got))

	var back table[fmt.Stringer, int]
	assert.ErrorContains(t, json.Unmarshal(got, &back), "nothing says what type of key is to be in a fmt.Stringer")
	assert.Error(t, json.Unmarshal([]byte(`[["3",1]]`), &back))
	assert.Nil(t, back)
	assert.NoError(t, json.Unmarshal([]byte(`{}`), &back))

	_, err = json.Marshal(table[any, int]{"a": 1, failing{}: 1})
	assert.ErrorIs(t, err, errFailing)
	_, err = encode.YAMLMap(table[any, int]{"a": 1, failing{}: 1}.rows(), 2, encode.Hashed)
	assert.ErrorIs(t, err, errFailing)
	for _, bad := range []string{`1`, `"a"`, `{1:2}`, `{"a"}`, `[{"a":1}]`, `{"a":"b"}`, ``, `{`} {
		assert.Error(t, json.Unmarshal([]byte(bad), &table[any, int]{}), bad)
	}
}

func (m table[K, V]) rows() func(func(K, V) bool) {
	return func(yield func(K, V) bool) {
		for k, v := range m {
			if !yield(k, v) {
				return
			}
		}
	}
}

// TestKeysOfInterfaceTypesInYAML stay integers where they are, which YAML tells from text.
func TestKeysOfInterfaceTypesInYAML(t *testing.T) {
	write := func(m table[any, int]) any {
		got, err := encode.YAMLMap(m.rows(), len(m), encode.Hashed)
		require.NoError(t, err)
		return got
	}
	assert.Equal(t, map[any]int{}, write(table[any, int]{}))
	assert.Equal(t, map[any]int{"a": 1, int64(2): 2, uint64(3): 3, "level 4": 4},
		write(table[any, int]{"a": 1, int8(2): 2, uint(3): 3, level(4): 4}))
	for _, pairs := range []table[any, int]{{1: 1, "1": 2}, {nil: 1}, {true: 1, "a": 2}} {
		assert.True(t, strings.HasPrefix(fmt.Sprintf("%T", write(pairs)), "[]struct"), "%v", pairs)
	}

	read := func(of any) (table[any, int], error) {
		m := table[any, int]{}
		_, err := encode.FromYAMLMap(func(ptr any) error {
			switch p := ptr.(type) {
			case *any:
				*p = of
				return nil
			case *map[any]int:
				got, ok := of.(map[any]int)
				if !ok {
					return fmt.Errorf("no mapping: %v", of)
				}
				*p = got
				return nil
			}
			return fmt.Errorf("a %T", ptr)
		}, encode.Hashed, func(k any, v int) { m[k] = v })
		return m, err
	}
	got, err := read(map[any]int{"a": 1, 2: 2})
	require.NoError(t, err)
	assert.Equal(t, table[any, int]{"a": 1, 2: 2}, got)
	_, err = read(map[any]int{"2": 1, 2: 2})
	assert.ErrorContains(t, err, "given twice")
	_, err = read([]any{1})
	assert.ErrorContains(t, err, "a *[]struct", "a sequence is one of entries")
}
