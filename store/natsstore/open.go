package natsstore

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"sync/atomic"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/ramet-go/ramet/store/chunk"
)

// A Remote is what the machines that open the same name share. Its methods may be called by several goroutines. It
// needs no closing: it has no goroutines, and the connection is the caller's.
type Remote struct {
	js       jetstream.JetStream
	nc       *nats.Conn
	name     string
	heads    jetstream.Stream
	packs    jetstream.Stream
	patience time.Duration
	part     int           // the length of the parts of a pack
	inline   int           // the length of the longest pack that is one message
	answer   time.Duration // how long an attempt may take. While a new leader is elected, requests are lost: so this is about how fast things go on then
	parcel   time.Duration // the same for much data
	beat     time.Duration // between signs of life of a watch
	cleaned  atomic.Int64  // when what interrupted puts left was looked for, in Unix nanoseconds
}

var _ chunk.Remote = (*Remote)(nil)

type options struct {
	replicas int
	history  int
	patience time.Duration
	repair   bool
}

// An Option of Open.
type Option func(*options)

// Replicas is how many servers keep what is stored: 1, 3 or 5. It matters to the one who opens a name for the first
// time; streams that are there stay as they are. The default is 1, which loses everything with its server.
func Replicas(n int) Option { return func(o *options) { o.replicas = n } }

// History is how many swaps of each name are kept, to find out what became of one whose answer was lost while others
// swapped the same name: 1,024 if not said otherwise, of about 300 bytes each. As Replicas, it matters to the one who
// opens a name for the first time.
func History(n int) Option { return func(o *options) { o.history = n } }

// Patience is how long a call goes on if no server answers, or answers that it cannot: 30 seconds if not said
// otherwise. A context may end it before.
func Patience(d time.Duration) Option { return func(o *options) { o.patience = d } }

// Repair makes anew whichever stream is missing while the other one is not empty, which is an error otherwise: what was
// in it is lost. README.md says what to do then.
func Repair() Option { return func(o *options) { o.repair = true } }

const (
	maxName    = 100
	history    = 1024 // with 64, one of four clients that counted through seven elections lost track of a swap
	partSize   = 512 << 10
	inlineSize = 32 << 10 // Packs reads all packs of one message: so they are not longer
	reserve    = 4 << 10  // of the longest message, for headers
	maxAge     = 24 * time.Hour
)

// The subjects of the heads are those of a key-value bucket; packs and their parts have others.
func (r *Remote) headSubject(key string) string { return "$KV." + r.name + "_heads." + key }
func (r *Remote) packSubject(id string) string  { return "$KV." + r.name + "_packs.pack." + id }
func (r *Remote) partSubject(id, put, n string) string {
	return "$KV." + r.name + "_packs.part." + id + "." + put + "." + n
}

// Open opens what is shared under a name, and makes its two streams if neither is there. The name has at most 100
// letters, digits, - and _.
//
// If there is one of the streams only, and something in it, it returns [chunk.ErrDamaged], unless [Repair] is among the
// options. A stream whose configuration would break a promise, such as one that drops old messages, is
// [chunk.ErrFormat].
func Open(ctx context.Context, nc *nats.Conn, name string, opts ...Option) (*Remote, error) {
	o := options{replicas: 1, history: history, patience: 30 * time.Second}
	for _, opt := range opts {
		opt(&o)
	}
	if err := checkBucket(name); err != nil {
		return nil, err
	}
	js, err := jetstream.New(nc)
	if err != nil {
		return nil, fmt.Errorf("natsstore: %w", err)
	}
	r := &Remote{
		js: js, nc: nc, name: name, patience: o.patience, part: partSize, inline: inlineSize,
		answer: time.Second, parcel: 6 * time.Second, beat: 5 * time.Second,
	}
	if err := r.open(ctx, o); err != nil {
		return nil, fmt.Errorf("natsstore: open %s: %w", name, err)
	}
	return r, nil
}

func checkBucket(name string) error {
	if name == "" || len(name) > maxName {
		return fmt.Errorf("natsstore: a name has 1 to %d bytes, not %d", maxName, len(name))
	}
	for _, c := range []byte(name) {
		if !('a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9' || c == '-' || c == '_') {
			return fmt.Errorf("natsstore: the name %q has another character than letters, digits, - and _", name)
		}
	}
	return nil
}

// used reports whether a stream is there, and has had a message.
func used(s jetstream.Stream) bool { return s != nil && s.CachedInfo().State.LastSeq > 0 }

func (r *Remote) open(ctx context.Context, o options) error {
	headsConfig := jetstream.StreamConfig{
		Name:              "KV_" + r.name + "_heads",
		Description:       "names of a ramet store",
		Subjects:          []string{r.headSubject(">")},
		MaxMsgsPerSubject: int64(max(o.history, 2)),
		MaxMsgs:           -1,
		MaxBytes:          -1,
		Storage:           jetstream.FileStorage,
		Replicas:          o.replicas,
		Discard:           jetstream.DiscardNew,
		DenyDelete:        true,
		DenyPurge:         true,
		AllowDirect:       false, // followers, which may be behind, would answer
	}
	packsConfig := jetstream.StreamConfig{
		Name:              "KV_" + r.name + "_packs",
		Description:       "packs of a ramet store",
		Subjects:          []string{r.packSubject("*"), r.partSubject("*", "*", "*")},
		MaxMsgsPerSubject: 1,
		MaxMsgs:           -1,
		MaxBytes:          -1,
		Storage:           jetstream.FileStorage,
		Replicas:          o.replicas,
		Discard:           jetstream.DiscardNew,
		AllowDirect:       false,
	}
	var err error
	if r.heads, err = r.stream(ctx, headsConfig.Name); err != nil {
		return err
	}
	if r.packs, err = r.stream(ctx, packsConfig.Name); err != nil {
		return err
	}
	// One is used only when both are there. Another machine may have made them since the first look: a second one sees that.
	if r.heads == nil && used(r.packs) {
		r.heads, err = r.stream(ctx, headsConfig.Name)
	} else if r.packs == nil && used(r.heads) {
		r.packs, err = r.stream(ctx, packsConfig.Name)
	}
	if err != nil {
		return err
	}
	for _, there := range []jetstream.Stream{r.heads, r.packs} {
		if used(there) && (r.heads == nil || r.packs == nil) && !o.repair {
			return fmt.Errorf("%s is there, and the other stream is not: %w", there.CachedInfo().Config.Name, chunk.ErrDamaged)
		}
	}
	// The packs come first: a name never stands for what could not have been put.
	if r.packs == nil {
		if r.packs, err = r.make(ctx, packsConfig); err != nil {
			return err
		}
	}
	if r.heads == nil {
		if r.heads, err = r.make(ctx, headsConfig); err != nil {
			return err
		}
	}
	if err := fits(r.heads, headsConfig); err != nil {
		return err
	}
	if err := fits(r.packs, packsConfig); err != nil {
		return err
	}
	if most := int(min(r.nc.MaxPayload(), 1<<30)) - reserve; most < r.part {
		r.part = most
	}
	if r.part < 1<<10 {
		return fmt.Errorf("the servers take messages of %d bytes only", r.nc.MaxPayload())
	}
	r.inline = min(r.inline, r.part)
	return nil
}

// stream returns a stream, or nil if it is not there.
func (r *Remote) stream(ctx context.Context, name string) (s jetstream.Stream, err error) {
	err = r.insist(ctx, func(ctx context.Context) (err error) {
		if s, err = r.js.Stream(ctx, name); errors.Is(err, jetstream.ErrStreamNotFound) {
			s, err = nil, nil
		}
		return err
	})
	return s, err
}

// make makes a stream. Others may make it, as we do, at the same time.
func (r *Remote) make(ctx context.Context, config jetstream.StreamConfig) (s jetstream.Stream, err error) {
	err = r.insist(ctx, func(ctx context.Context) (err error) {
		s, err = r.js.CreateStream(ctx, config)
		if errors.Is(err, jetstream.ErrStreamNameAlreadyInUse) { // with other replicas
			s, err = r.js.Stream(ctx, config.Name)
		}
		return err
	})
	return s, err
}

// fits returns an error if a stream that was there loses messages, or answers with old ones, where ours does not.
func fits(s jetstream.Stream, want jetstream.StreamConfig) error {
	is := s.CachedInfo().Config
	switch {
	case is.MaxAge != 0, is.MaxMsgs > 0, is.MaxBytes > 0 && is.Discard != jetstream.DiscardNew, is.Retention != jetstream.LimitsPolicy, is.NoAck, is.Sealed:
		return fmt.Errorf("the stream %s may drop what is stored: %w", is.Name, chunk.ErrFormat)
	case is.AllowDirect, is.Mirror != nil, len(is.Sources) > 0:
		return fmt.Errorf("the stream %s may answer with what is old: %w", is.Name, chunk.ErrFormat)
	case is.Storage != want.Storage, is.MaxMsgsPerSubject != want.MaxMsgsPerSubject && (want.MaxMsgsPerSubject == 1 || is.MaxMsgsPerSubject < 2):
		return fmt.Errorf("the stream %s is not configured for a store: %w", is.Name, chunk.ErrFormat)
	}
	return nil
}

// insist does a request again until it is answered: what is no answer, or one of a server that is not ready, is none.
// It returns the answer, or the last error when ctx ends or patience is at an end. Only requests that may be done twice
// come here.
func (r *Remote) insist(ctx context.Context, do func(ctx context.Context) error) error {
	return r.tries(ctx).insist(do)
}

func (t *tries) insist(do func(ctx context.Context) error) error {
	for {
		err := t.once(do)
		if err == nil || definite(err) || !t.again(err) {
			return t.because(err)
		}
	}
}

// tries are the attempts at one thing.
type tries struct {
	ctx   context.Context
	left  time.Duration // of patience
	began time.Time     // of the first failure
	limit time.Duration // of one attempt
	late  int           // attempts that took longer
	grow  int           // after so many of those the limit is doubled: a slow line may need longer
	pause time.Duration
}

func (r *Remote) tries(ctx context.Context) *tries {
	return &tries{ctx: ctx, left: r.patience, limit: r.answer, grow: 8, pause: 5 * time.Millisecond}
}

// triesOfMuch are tries of what is as long as a part.
func (r *Remote) triesOfMuch(ctx context.Context) *tries {
	t := r.tries(ctx)
	t.limit, t.grow = r.parcel, 1
	return t
}

// once does one attempt.
func (t *tries) once(do func(ctx context.Context) error) error {
	if err := t.ctx.Err(); err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(t.ctx, t.limit)
	defer cancel()
	return do(ctx)
}

// again waits before the next attempt, and tells whether there may be one.
func (t *tries) again(err error) bool {
	now := time.Now()
	if t.began.IsZero() {
		t.began = now
	}
	if t.ctx.Err() != nil || now.Sub(t.began) >= t.left {
		return false
	}
	if errors.Is(err, context.DeadlineExceeded) || errors.Is(err, nats.ErrTimeout) {
		if t.late++; t.late%t.grow == 0 {
			t.limit = min(2*t.limit, time.Minute)
		}
	}
	wait := time.NewTimer(t.pause/2 + rand.N(t.pause))
	defer wait.Stop()
	t.pause = min(2*t.pause, 250*time.Millisecond)
	select {
	case <-wait.C:
		return true
	case <-t.ctx.Done():
		return false
	}
}

// because returns the error to report: that ctx has ended, if it has, and what was the last failure.
func (t *tries) because(err error) error {
	if ended := t.ctx.Err(); err != nil && ended != nil && !errors.Is(err, ended) {
		return fmt.Errorf("%w (%w)", ended, err)
	}
	return err
}

// definite tells whether another attempt would end as this one did. Servers that have just started may not know of a
// stream yet.
func definite(err error) bool {
	for _, is := range []error{jetstream.ErrMsgNotFound, chunk.ErrMissing, chunk.ErrFormat, chunk.ErrDamaged} {
		if errors.Is(err, is) {
			return true
		}
	}
	return conflict(err) || unsent(err) || configured(err)
}

// unsent tells whether a request cannot have left, and never will.
func unsent(err error) bool {
	for _, is := range []error{nats.ErrConnectionClosed, nats.ErrConnectionDraining, nats.ErrMaxPayload, nats.ErrBadSubject, nats.ErrInvalidConnection, nats.ErrHeadersNotSupported} {
		if errors.Is(err, is) {
			return true
		}
	}
	return false
}

// configured tells whether the servers have refused to make a stream.
func configured(err error) bool {
	var api *jetstream.APIError
	if !errors.As(err, &api) {
		return false
	}
	switch api.ErrorCode {
	case jetstream.JSErrCodeJetStreamNotEnabled, jetstream.JSErrCodeJetStreamNotEnabledForAccount,
		10025, // invalid JSON: a field that the servers do not know
		10052, // invalid configuration
		10065, // subjects of another stream
		10074: // replicas without a cluster
		return true
	}
	return false
}

// conflict tells whether a message was refused because its subject has another last one than expected. Replicated
// streams have a code of their own, also for one that was on its way.
func conflict(err error) bool {
	var api *jetstream.APIError
	return errors.As(err, &api) && (api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequence || api.ErrorCode == jetstream.JSErrCodeStreamWrongLastSequenceConstant)
}
