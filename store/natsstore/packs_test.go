package natsstore

import (
	"context"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/store/chunk"
)

// blocks returns n chunks of 64 KiB, different ones for each seed.
func blocks(seed byte, n int) []chunk.Chunk {
	var all []chunk.Chunk
	for i := range n {
		data := make([]byte, chunk.MaxSize)
		data[0], data[1] = seed, byte(i)
		all = append(all, chunk.Of(data))
	}
	return all
}

// each yields chunks without an error.
func each(cs []chunk.Chunk) func(func(chunk.Chunk, error) bool) {
	return func(yield func(chunk.Chunk, error) bool) {
		for _, c := range cs {
			if !yield(c, nil) {
				return
			}
		}
	}
}

// messages returns how many there are in the packs' stream.
func messages(t testing.TB, r *Remote) int {
	info, err := r.packs.Info(within(t))
	require.NoError(t, err)
	return int(info.State.Msgs)
}

// read returns the chunks of a pack, and the error that ends them.
func read(ctx context.Context, r *Remote, id chunk.Addr) (all []chunk.Chunk, err error) {
	_, chunks, err := r.Pack(ctx, id)
	if err != nil {
		return nil, err
	}
	for c, err := range chunks {
		if err != nil {
			return all, err
		}
		all = append(all, c)
	}
	return all, nil
}

// Short packs are one message. Long ones are parts, none of which is longer than 512 kB, and a record. What is deleted
// or replaced leaves nothing.
func TestPackMessages(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "messages")
	ctx := within(t)
	require.NoError(t, r.PutPack(ctx, address(1), false, each([]chunk.Chunk{chunk.Of(make([]byte, 32<<10-3))})))
	assert.Equal(t, 1, messages(t, r), "32 kB")
	require.NoError(t, r.PutPack(ctx, address(2), false, each([]chunk.Chunk{chunk.Of(make([]byte, 32<<10-2))})))
	assert.Equal(t, 3, messages(t, r), "a byte more")
	require.NoError(t, r.PutPack(ctx, address(3), false, each(blocks(1, 9))))
	assert.Equal(t, 6, messages(t, r), "9 × 64 KiB")
	for sequence := range uint64(6) {
		m, err := r.packs.GetMsg(ctx, sequence+1)
		require.NoError(t, err)
		assert.LessOrEqual(t, len(m.Data), 512<<10)
	}
	require.NoError(t, r.PutPack(ctx, address(3), false, each(blocks(2, 9))))
	assert.Equal(t, 6, messages(t, r), "one that stays")
	require.NoError(t, r.PutPack(ctx, address(3), true, each(blocks(3, 17))))
	assert.Equal(t, 7, messages(t, r), "replaced by 17 × 64 KiB")
	for n := range byte(3) {
		require.NoError(t, r.DeletePack(ctx, address(n+1)))
	}
	assert.Zero(t, messages(t, r))
}

// The server may take short messages only.
func TestPackSmallMessages(t *testing.T) {
	o := serverOptions(t.TempDir())
	o.MaxPayload = 8 << 10
	s := startWith(t, o)
	r := openAt(t, s, "small")
	want := blocks(1, 2)
	require.NoError(t, r.PutPack(within(t), address(1), true, each(want)))
	assert.Greater(t, messages(t, r), 30)
	got, err := read(within(t), r, address(1))
	require.NoError(t, err)
	assert.Equal(t, want, got)
}

// The answer to a part or to the record is lost, or they are: the pack is there once.
func TestPackFindsOut(t *testing.T) {
	s := start(t)
	for _, drop := range []bool{false, true} {
		for _, subject := range []string{"pack", "part"} {
			for _, was := range []bool{false, true} {
				t.Run(fmt.Sprint(drop, subject, was), func(t *testing.T) {
					t.Parallel()
					name := fmt.Sprintf("out_%v_%s_%v", drop, subject, was)
					r, l := openLine(t, s.ClientURL(), name)
					ctx := within(t)
					if was {
						require.NoError(t, r.PutPack(ctx, address(1), false, each(blocks(2, 9))))
					}
					l.arm("PUB $KV."+name+"_packs."+subject, drop)
					want := blocks(1, 10)
					require.NoError(t, r.PutPack(ctx, address(1), true, each(want)))
					assert.Equal(t, 1, l.count(), "the line did not fail")
					got, err := read(ctx, r, address(1))
					require.NoError(t, err)
					assert.Equal(t, want, got)
					assert.Equal(t, 3, messages(t, r))
				})
			}
		}
		t.Run(fmt.Sprint(drop, "delete"), func(t *testing.T) {
			t.Parallel()
			name := fmt.Sprintf("out_%v_delete", drop)
			r, l := openLine(t, s.ClientURL(), name)
			ctx := within(t)
			require.NoError(t, r.PutPack(ctx, address(1), true, each(blocks(1, 9))))
			l.arm("STREAM.MSG.DELETE", drop)
			require.NoError(t, r.DeletePack(ctx, address(1)))
			assert.Equal(t, 1, l.count(), "the line did not fail")
			_, _, err := r.Pack(ctx, address(1))
			assert.ErrorIs(t, err, chunk.ErrMissing)
			assert.Zero(t, messages(t, r))
		})
	}
}

// Parts of a put that was interrupted, as by the end of the program, are ignored, and cleaned when they are old.
func TestPackCleaned(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "cleaned")
	ctx := within(t)
	whole, broken := address(1), address(2)
	require.NoError(t, r.PutPack(ctx, whole, true, each(blocks(1, 10))))
	require.NoError(t, r.PutPack(ctx, address(3), true, each(blocks(1, 1)[:0])))
	_, err := r.js.Publish(ctx, r.partSubject(broken.String(), "PUT", "0"), []byte("a part"))
	require.NoError(t, err)
	_, err = r.js.Publish(ctx, r.partSubject(whole.String(), "PUT", "0"), []byte("a part"))
	require.NoError(t, err)
	before := messages(t, r)
	_, _, err = r.Pack(ctx, broken)
	assert.ErrorIs(t, err, chunk.ErrMissing)
	for info, err := range r.Packs(ctx) {
		require.NoError(t, err)
		assert.NotEqual(t, broken, info.ID)
	}

	require.NoError(t, r.clean(ctx, time.Hour))
	assert.Equal(t, before, messages(t, r), "what is not old was cleaned")
	require.NoError(t, r.clean(ctx, 0))
	assert.Equal(t, before-2, messages(t, r))
	got, err := read(ctx, r, whole)
	require.NoError(t, err)
	assert.Equal(t, blocks(1, 10), got)

	// Puts of parts, and deletions, look for them once a day.
	assert.NotZero(t, r.cleaned.Load())
	other := openAt(t, s, "cleaned")
	require.NoError(t, other.PutPack(ctx, address(4), true, each(nil)))
	assert.Zero(t, other.cleaned.Load())
	require.NoError(t, other.DeletePack(ctx, address(4)))
	assert.NotZero(t, other.cleaned.Load())
}

// A put that fails leaves no parts.
func TestPackFails(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "fails")
	wrong := errors.New("wrong")
	err := r.PutPack(within(t), address(1), true, func(yield func(chunk.Chunk, error) bool) {
		for _, c := range blocks(1, 20) {
			yield(c, nil)
		}
		assert.Equal(t, 2, messages(t, r), "parts are stored as they come")
		yield(chunk.Chunk{}, wrong)
	})
	assert.ErrorIs(t, err, wrong)
	assert.Zero(t, messages(t, r))
}

// A put may not take so long that others take its parts for old ones.
func TestPackSlow(t *testing.T) {
	s := start(t)
	r := openAt(t, s, "slow")
	p := packing{Remote: r, ctx: within(t), began: time.Now().Add(-13 * time.Hour)}
	_, err := p.pack(each(nil))
	assert.ErrorContains(t, err, "so long")
}

// What is not as it was written is damaged, and not short.
func TestPackDamaged(t *testing.T) {
	s := start(t)
	ctx := within(t)
	n := 0
	for _, long := range []bool{false, true} {
		cs := []chunk.Chunk{chunk.Of([]byte("ash")), chunk.Of([]byte("oak"))}
		if long {
			cs = blocks(1, 10)
		}
		for what, damage := range map[string]func(r *Remote, m *nats.Msg){
			"format":     func(_ *Remote, m *nats.Msg) { m.Header.Set(formatHeader, "2") },
			"no format":  func(_ *Remote, m *nats.Msg) { m.Header.Del(formatHeader) },
			"sum":        func(_ *Remote, m *nats.Msg) { m.Header.Set(sumHeader, sum(nil)) },
			"size":       func(_ *Remote, m *nats.Msg) { m.Header.Set(sizeHeader, "7") },
			"parts":      func(_ *Remote, m *nats.Msg) { m.Header.Set(partsHeader, "1") },
			"more parts": func(_ *Remote, m *nats.Msg) { m.Header.Set(partsHeader, "3") },
			"no parts":   func(_ *Remote, m *nats.Msg) { m.Header.Set(partsHeader, "-1") },
			"full":       func(_ *Remote, m *nats.Msg) { m.Header.Set(fullHeader, "perhaps") },
			"put":        func(_ *Remote, m *nats.Msg) { m.Header.Set(putHeader, "*") },
			"data": func(_ *Remote, m *nats.Msg) {
				m.Data = append(m.Data[:0:0], "\x03ash\x03elm"...)
				m.Header.Set(sizeHeader, "8")
			},
			"a bit":   func(r *Remote, m *nats.Msg) { change(t, r, m, func(b []byte) []byte { b[len(b)-1] ^= 1; return b }) },
			"the end": func(r *Remote, m *nats.Msg) { change(t, r, m, func(b []byte) []byte { return b[:len(b)-1] }) },
			"more":    func(r *Remote, m *nats.Msg) { change(t, r, m, func(b []byte) []byte { return append(b, 0) }) },
			"a long chunk": func(r *Remote, m *nats.Msg) {
				change(t, r, m, func(b []byte) []byte { return append([]byte{0xff, 0xff, 0xff, 0xff, 15}, b[5:]...) })
			},
		} {
			n++
			name := fmt.Sprintf("damaged_%d", n)
			r := openAt(t, s, name)
			id := address(1)
			require.NoError(t, r.PutPack(ctx, id, true, each(cs)))
			raw, err := r.packs.GetLastMsgForSubject(ctx, r.packSubject(id.String()))
			require.NoError(t, err)
			m := &nats.Msg{Subject: raw.Subject, Header: raw.Header, Data: raw.Data}
			m.Header.Del(jetstream.MsgIDHeader)
			m.Header.Del(jetstream.ExpectedLastSubjSeqHeader)
			damage(r, m)
			_, err = r.js.PublishMsg(ctx, m)
			require.NoError(t, err)
			got, err := read(ctx, r, id)
			assert.Error(t, err, what)
			if !long {
				assert.Empty(t, got, "%s: a short pack is verified before", what)
			}
			assert.True(t, errors.Is(err, chunk.ErrDamaged) || errors.Is(err, chunk.ErrFormat), "%s: %v", what, err)
			assert.ErrorContains(t, err, id.String())
		}
	}
}

// change changes the data of a pack: in the record, or in its first part.
func change(t *testing.T, r *Remote, m *nats.Msg, f func([]byte) []byte) {
	if m.Header.Get(partsHeader) == "0" {
		m.Data = f(m.Data)
		return
	}
	part, err := r.packs.GetLastMsgForSubject(within(t), r.partSubject(address(1).String(), m.Header.Get(putHeader), "0"))
	require.NoError(t, err)
	_, err = r.js.Publish(within(t), part.Subject, f(part.Data))
	require.NoError(t, err)
}

// A part that is lost is damage; a pack that is deleted, or replaced, while it is read is missing.
func TestPackGone(t *testing.T) {
	s := start(t)
	ctx := within(t)
	for what, gone := range map[string]struct {
		do   func(r *Remote) error
		want error
	}{
		"lost": {func(r *Remote) error {
			return r.packs.Purge(ctx, jetstream.WithPurgeSubject(r.partSubject("*", "*", "1")))
		}, chunk.ErrDamaged},
		"deleted":  {func(r *Remote) error { return r.DeletePack(ctx, address(1)) }, chunk.ErrMissing},
		"replaced": {func(r *Remote) error { return r.PutPack(ctx, address(1), true, each(nil)) }, chunk.ErrMissing},
	} {
		r := openAt(t, s, "gone_"+what)
		require.NoError(t, r.PutPack(ctx, address(1), false, each(blocks(1, 20))))
		_, chunks, err := r.Pack(ctx, address(1))
		require.NoError(t, err)
		n := 0
		var last error
		for _, err := range chunks {
			if n++; n == 1 {
				require.NoError(t, gone.do(r))
			}
			last = err
		}
		assert.Greater(t, n, 5)
		assert.ErrorIs(t, last, gone.want, what)
	}
}
