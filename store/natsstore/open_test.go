package natsstore

import (
	"strings"
	"testing"
	"time"

	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

func TestOpenNames(t *testing.T) {
	s := start(t)
	nc := connect(t, s.ClientURL())
	for _, name := range []string{"", "a.b", "a b", "*", ">", "a/b", "ä", strings.Repeat("x", maxName+1)} {
		_, err := Open(within(t), nc, name)
		assert.Error(t, err, "%q", name)
	}
	for _, name := range []string{"a", "A-b_9", strings.Repeat("x", maxName)} {
		r, err := Open(within(t), nc, name)
		require.NoError(t, err, "%q", name)
		_, err = r.Swap(within(t), swapTo(strings.Repeat("y", chunk.MaxName), 0, 1))
		require.NoError(t, err)
	}
	_, err := Open(within(t), nc, "three", Replicas(3))
	assert.ErrorContains(t, err, "replicas")
}

// What is kept with one name is not there with another.
func TestOpenApart(t *testing.T) {
	s := start(t)
	a, b := openAt(t, s, "a"), openAt(t, s, "a_heads")
	_, err := a.Swap(within(t), swapTo("main", 0, 1))
	require.NoError(t, err)
	require.NoError(t, a.PutPack(within(t), address(1), true, each(nil)))
	ref, err := b.Ref(within(t), "main")
	require.NoError(t, err)
	assert.Zero(t, ref)
	_, _, err = b.Pack(within(t), address(1))
	assert.ErrorIs(t, err, chunk.ErrMissing)
}

// The streams are configured so that nothing is dropped, and that leaders answer.
func TestOpenStreams(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "streams")
	for _, stream := range []jetstream.Stream{r.heads, r.packs} {
		info, err := stream.Info(within(t))
		require.NoError(t, err)
		c := info.Config
		assert.False(t, c.AllowDirect)
		assert.Equal(t, jetstream.FileStorage, c.Storage)
		assert.Equal(t, jetstream.DiscardNew, c.Discard)
		assert.Zero(t, c.MaxAge)
	}
	heads := r.heads.CachedInfo().Config
	assert.EqualValues(t, 1024, heads.MaxMsgsPerSubject)
	assert.True(t, heads.DenyDelete && heads.DenyPurge)
	assert.EqualValues(t, 1, r.packs.CachedInfo().Config.MaxMsgsPerSubject)
}

// Streams that were made with other configurations.
func TestOpenMisconfigured(t *testing.T) {
	s := start(t)
	for what, change := range map[string]func(heads, packs *jetstream.StreamConfig){
		"heads in memory":     func(heads, _ *jetstream.StreamConfig) { heads.Storage = jetstream.MemoryStorage },
		"no history":          func(heads, _ *jetstream.StreamConfig) { heads.MaxMsgsPerSubject = 1 },
		"heads that go":       func(heads, _ *jetstream.StreamConfig) { heads.MaxAge = maxAge },
		"answers of anybody":  func(heads, _ *jetstream.StreamConfig) { heads.AllowDirect = true },
		"few packs":           func(_, packs *jetstream.StreamConfig) { packs.MaxMsgs = 10 },
		"old packs are lost":  func(_, packs *jetstream.StreamConfig) { packs.MaxBytes, packs.Discard = 1<<20, jetstream.DiscardOld },
		"packs that are read": func(_, packs *jetstream.StreamConfig) { packs.Retention = jetstream.InterestPolicy },
		"all messages":        func(_, packs *jetstream.StreamConfig) { packs.MaxMsgsPerSubject = -1 },
	} {
		name := strings.ReplaceAll(what, " ", "_")
		js, err := jetstream.New(connect(t, s.ClientURL()))
		require.NoError(t, err)
		heads := jetstream.StreamConfig{Name: "KV_" + name + "_heads", Subjects: []string{"$KV." + name + "_heads.>"}, MaxMsgsPerSubject: 64}
		packs := jetstream.StreamConfig{Name: "KV_" + name + "_packs", Subjects: []string{"$KV." + name + "_packs.>"}, MaxMsgsPerSubject: 1}
		change(&heads, &packs)
		for _, c := range []jetstream.StreamConfig{heads, packs} {
			_, err = js.CreateStream(within(t), c)
			require.NoError(t, err, what)
		}
		_, err = Open(within(t), js.Conn(), name)
		assert.ErrorIs(t, err, chunk.ErrFormat, what)
	}
}

// If one of the streams is lost, what it had is not silently none.
func TestOpenLost(t *testing.T) {
	s := start(t)
	for _, lost := range []string{"heads", "packs"} {
		r := openAt(t, s, lost)
		_, err := r.Swap(within(t), swapTo("main", 0, 1))
		require.NoError(t, err)
		require.NoError(t, r.PutPack(within(t), address(1), true, each(nil)))
		require.NoError(t, r.js.DeleteStream(within(t), "KV_"+lost+"_"+lost))
		_, err = Open(within(t), r.nc, lost)
		assert.ErrorIs(t, err, chunk.ErrDamaged)
		assert.ErrorContains(t, err, lost)
		_, err = Open(within(t), r.nc, lost, Repair())
		require.NoError(t, err)
		again, err := Open(within(t), r.nc, lost)
		require.NoError(t, err)
		ref, err := again.Ref(within(t), "main")
		require.NoError(t, err)
		assert.Equal(t, lost == "packs", ref.Target == address(1))
	}
	// An Open that was interrupted between the two is none.
	r := openAt(t, s, "interrupted")
	require.NoError(t, r.js.DeleteStream(within(t), "KV_interrupted_heads"))
	openAt(t, s, "interrupted")
}

// Several open a new name at once, and begin to write as soon as they have it: who opens it a little later finds both streams.
func TestOpenTogether(t *testing.T) {
	s := start(t)
	for _, name := range []string{"together", "again", "thrice"} {
		errs := make(chan error)
		for i := range 8 {
			nc := connect(t, s.ClientURL())
			go func() {
				time.Sleep(time.Duration(i) * 3 * time.Millisecond)
				r, err := Open(within(t), nc, name)
				if err == nil {
					err = r.PutPack(within(t), address(byte(i)), true, each(nil))
				}
				errs <- err
			}()
		}
		for range 8 {
			assert.NoError(t, <-errs)
		}
	}
}
