package list_test

import (
	"bytes"
	"encoding/binary"
	"encoding/gob"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"math"
	"runtime"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/list"
)

type point struct{ X, Y int }

// allocated returns how many bytes were allocated so far.
func allocated() uint64 {
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return m.TotalAlloc
}

// roundTrips checks that lists and queues of the elements of s survive JSON and gob, into ones that have elements
// already, print as s does, and that how a queue came about does not show.
func roundTrips[T any](t *testing.T, s []T, directives ...string) {
	t.Helper()
	l, q := list.Of(s...), list.QueueOf(s...)
	for _, x := range s { // in a rotation, or in the rear
		q = q.Push(x)
	}
	for range s {
		q = q.Rest()
	}
	type both struct {
		L list.List[T]
		Q list.Queue[T]
	}
	in := both{l, q}
	text, err := json.Marshal(in)
	require.NoError(t, err)
	out := both{list.Of(*new(T)), list.QueueOf(*new(T), *new(T))}
	old := out
	require.NoError(t, json.Unmarshal(text, &out))
	holds(t, s, out.L, "from JSON")
	queueHolds(t, s, out.Q, "from JSON")

	var buf bytes.Buffer
	require.NoError(t, gob.NewEncoder(&buf).Encode(in))
	out = both{} // encoding/gob leaves fields alone whose values were zero
	require.NoError(t, gob.NewDecoder(&buf).Decode(&out))
	holds(t, s, out.L, "from gob")
	queueHolds(t, s, out.Q, "from gob")
	out = old
	data, err := l.GobEncode()
	require.NoError(t, errors.Join(err, out.L.GobDecode(data), out.Q.GobDecode(data)))
	holds(t, s, out.L, "from gob")
	queueHolds(t, s, out.Q, "from gob")
	assert.True(t, old.L.Len() == 1 && old.Q.Len() == 2, "the versions that were replaced")

	for _, d := range append(directives, "%v", "%+v", "%5v", "%-5v") {
		assert.Equal(t, fmt.Sprintf(d, s), fmt.Sprintf(d, l), d)
		assert.Equal(t, fmt.Sprintf(d, s), fmt.Sprintf(d, q), d)
	}
	assert.Equal(t, fmt.Sprint(s), l.String())
	assert.Equal(t, fmt.Sprint(s), q.String())
}

func TestEncodingsAndPrinting(t *testing.T) {
	x := 5
	for _, n := range []int{0, 1, 2, 9, 50} {
		roundTrips(t, upTo(n), "%d", "%02d", "%x", "%s", "%q")
	}
	roundTrips(t, []string{"", "ash", "<&>", "ü\u2028"}, "%s", "%q", "%.2s")
	roundTrips(t, []byte{0, 1, 255})
	roundTrips(t, []float64{0.5, -0.25, 1e300}, "%.1f")
	roundTrips(t, []point{{1, 2}, {}}, "%d")
	roundTrips(t, [][]string{{"a"}, {"b", "c"}})
	roundTrips(t, make([]struct{}, 3))
	roundTrips(t, []*int{&x, &x})
	roundTrips(t, []any{"one", 2.5, true})
}

func TestPrinting(t *testing.T) {
	l, q := list.Of(1, 2), list.QueueOf(1, 2)
	assert.Equal(t, "list.List[int]{1, 2} list.Queue[int]{1, 2}", fmt.Sprintf("%#v %#v", l, q))
	assert.Equal(t, "list.List[int]{} []", fmt.Sprintf("%#v %v", ints{}, queue{}))
	assert.Equal(t, "[[1 2] []]", fmt.Sprint(list.Of(l, ints{})))
	assert.Equal(t, "{[1 2] [1 2]}", fmt.Sprint(struct {
		L ints
		Q queue
	}{l, q}))
	text, err := json.Marshal([]any{ints{}, queue{}, l, q.Push(3)})
	require.NoError(t, err)
	assert.Equal(t, `[[],[],[1,2],[1,2,3]]`, string(text))

	long := list.Of(upTo(1000)...)
	for name, v := range map[string]slog.LogValuer{"list": long, "queue": list.QueueOf(upTo(1000)...)} {
		var buf bytes.Buffer
		slog.New(slog.NewTextHandler(&buf, nil)).Info("", "v", v)
		assert.Contains(t, buf.String(), "v.len=1000 v.first.0=0", name)
		assert.Less(t, buf.Len(), 300, name)
	}
}

// TestBadInputChangesNothing: it is an error, and takes no memory on the word of a count.
func TestBadInputChangesNothing(t *testing.T) {
	l, q := list.Of(1, 2, 3), list.QueueOf(1, 2, 3)
	l0, q0 := l, q
	for _, bad := range []string{``, `{`, `{}`, `[`, `[1`, `[1,`, `[1,]`, `[,1]`, `[1 2]`, `["a"]`, `[1,2,"a"]`, `[1.5]`, `7`, `[] 1`, `nul`, `[1e999]`} {
		assert.Error(t, l.UnmarshalJSON([]byte(bad)), bad)
		assert.Error(t, q.UnmarshalJSON([]byte(bad)), bad)
	}
	require.NoError(t, errors.Join(l.UnmarshalJSON([]byte(" null")), q.UnmarshalJSON([]byte("null"))))
	whole, err := l.GobEncode()
	require.NoError(t, err)
	for n := range whole {
		assert.Error(t, l.GobDecode(whole[:n]))
		assert.Error(t, q.GobDecode(whole[:n]))
	}
	for _, n := range []uint64{4, 1 << 31, math.MaxUint64} {
		count := binary.AppendUvarint(slices.Clone(whole[:3]), n)
		before := allocated()
		assert.Error(t, l.GobDecode(count))
		assert.Error(t, q.GobDecode(append(count, whole[4:]...)))
		assert.Less(t, allocated()-before, uint64(1<<18))
	}
	words, err := list.Of("a").GobEncode()
	require.NoError(t, err)
	assert.Error(t, l.GobDecode(words))
	assert.True(t, l == l0 && q == q0)
	require.NoError(t, errors.Join(l.UnmarshalJSON([]byte("[]")), q.UnmarshalJSON([]byte("[ ]"))))
	assert.True(t, l == ints{} && q == queue{})

	_, err = list.Of[any](func() {}).MarshalJSON()
	assert.Error(t, err)
	_, err = list.QueueOf(make(chan int)).GobEncode()
	assert.Error(t, err)
}
