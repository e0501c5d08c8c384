package ordered_test

import (
	"encoding/json"
	"math/rand/v2"
	"testing"

	"github.com/stretchr/testify/require"
)

// FuzzModel does what the bytes say, as TestModel does at random.
func FuzzModel(f *testing.F) {
	f.Add([]byte("0123456789"), uint8(3))
	f.Add([]byte("the quick brown fox jumps over the lazy dog, and so on"), uint8(20))
	f.Fuzz(func(t *testing.T, program []byte, n uint8) {
		live := []two{{}}
		for i, op := range program[:min(len(program), 200)] {
			r := rand.New(rand.NewPCG(uint64(op), uint64(i)))
			x, y := live[r.IntN(len(live))], live[r.IntN(len(live))]
			live = append(live, step(t, r, 1+int(n%40), x, y))
		}
		for _, x := range live {
			x.want.is(t, x.m)
		}
	})
}

// FuzzJSON: what can be decoded is encoded as it was, and decodes to the same.
func FuzzJSON(f *testing.F) {
	f.Add([]byte(packageJSON))
	f.Add([]byte(`{"a":[1.0,{"b":null,"a":-0e1}],"a":"\u00e9\n"}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var m config
		err := json.Unmarshal(data, &m)
		var plain map[string]any
		if plainly := json.Unmarshal(data, &plain); plainly == nil {
			require.NoError(t, err)
		}
		if err != nil {
			require.Zero(t, m.Len())
			return
		}
		require.NoError(t, m.Check())
		require.Equal(t, len(plain), m.Len())
		text, err := json.Marshal(m)
		require.NoError(t, err)
		var again config
		require.NoError(t, json.Unmarshal(text, &again))
		require.True(t, m.Equal(again))
		require.Equal(t, string(text), string(must(json.Marshal(again))))
	})
}
