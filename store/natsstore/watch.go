package natsstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"strconv"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/ramet-go/ramet/store/chunk"
)

// Watch yields what a name stands for, and then the newest after each change. When the connection or a server is lost,
// it waits, and goes on with the newest, however long that takes. It ends with ctx, or with an error when the
// connection was closed.
//
// The servers send the changes of the name to a subject that only we read. Losses there are noticed, by signs of life
// that say how many messages there were, and by the state of the connection.
func (r *Remote) Watch(ctx context.Context, name string) iter.Seq2[chunk.Ref, error] {
	return func(yield func(chunk.Ref, error) bool) {
		k, err := key(name)
		if err != nil {
			yield(chunk.Ref{}, err)
			return
		}
		w := watching{Remote: r, ctx: ctx, subject: r.headSubject(k), yield: yield}
		t := r.tries(ctx)
		for {
			err := w.listen(t)
			if errors.Is(err, errStopped) || ctx.Err() != nil {
				return
			}
			if unsent(err) || errors.Is(err, chunk.ErrFormat) {
				yield(chunk.Ref{}, fmt.Errorf("natsstore: watch %s: %w", name, err))
				return
			}
			if t.began = time.Now(); !t.again(err) { // without an end of patience
				return
			}
		}
	}
}

var (
	errStopped = errors.New("the caller stopped")
	errLost    = errors.New("messages may have been lost")
)

// A watching is one iteration of Watch.
type watching struct {
	*Remote
	ctx      context.Context
	subject  string
	yield    func(chunk.Ref, error) bool
	began    bool // something was yielded
	shown    chunk.Ref
	sequence uint64 // of the newest message that was seen
}

// listen yields what comes, until the connection or messages are lost, or ctx ends.
func (w *watching) listen(t *tries) error {
	// What the caller does not read is dropped, and then noticed as lost.
	messages := make(chan *nats.Msg, 64)
	status := w.nc.StatusChanged(nats.CONNECTED, nats.CLOSED)
	defer w.nc.RemoveStatusListener(status)
	inbox := w.nc.NewInbox()
	sub, err := w.nc.ChanSubscribe(inbox, messages)
	if err != nil {
		return err
	}
	defer sub.Unsubscribe() //nolint:errcheck // it fails if the connection is closed, and there is none any more

	end, err := w.consume(t.limit, inbox)
	if err != nil {
		return err
	}
	defer end()

	// What changes from here on will come. What is there now may not: the consumer can be with a follower that is
	// behind.
	var now head
	if err := t.once(func(ctx context.Context) (err error) { now, err = w.last(ctx, w.subject); return err }); err != nil {
		return err
	}
	if err := w.show(now); err != nil {
		return err
	}
	t.pause, t.limit = 5*time.Millisecond, w.answer // it works again

	received := uint64(0) // the number of the newest message of the consumer
	alive := time.NewTimer(0)
	defer alive.Stop()
	for {
		alive.Reset(2*w.beat + time.Second)
		var m *nats.Msg
		select {
		case <-w.ctx.Done():
			return w.ctx.Err()
		case s, ok := <-status:
			if ok && s == nats.CLOSED || w.nc.IsClosed() {
				return nats.ErrConnectionClosed
			}
			return errLost
		case <-alive.C:
			return errLost
		case m = <-messages:
		}
		newest, found := head{}, false
		for m != nil {
			h, number, err := w.parse(m, received)
			if err != nil {
				return err
			}
			if number > 0 {
				received, newest, found = number, h, true
			}
			select {
			case m = <-messages:
			default:
				m = nil
			}
		}
		if found {
			if err := w.show(newest); err != nil {
				return err
			}
		}
	}
}

// consume has the servers send what changes to inbox, and returns what ends that. They may do two requests in another order
// than they are sent in, so the end is sent after their answer to the beginning, also if ctx ends before that, and consume with it.
func (w *watching) consume(limit time.Duration, inbox string) (func(), error) {
	name := rand.Text()
	end := func() {
		_ = w.nc.Publish("$JS.API.CONSUMER.DELETE.KV_"+w.name+"_heads."+name, nil) // without a connection it goes when it is inactive
	}
	if err := w.ctx.Err(); err != nil {
		return nil, err
	}
	made := make(chan error)
	go func() {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(w.ctx), limit)
		defer cancel()
		_, err := w.heads.CreatePushConsumer(ctx, jetstream.ConsumerConfig{
			Name:              name,
			DeliverSubject:    inbox,
			FilterSubject:     w.subject,
			DeliverPolicy:     jetstream.DeliverLastPerSubjectPolicy,
			AckPolicy:         jetstream.AckNonePolicy,
			IdleHeartbeat:     w.beat,
			InactiveThreshold: 30 * time.Second, // the servers delete it then, if we do not
			MemoryStorage:     true,
			Replicas:          1,
		})
		if err != nil {
			end() // it may be that only the answer is missing
		}
		select {
		case made <- err:
		case <-w.ctx.Done():
			end()
		}
	}()
	select {
	case err := <-made:
		return end, err
	case <-w.ctx.Done():
		return nil, w.ctx.Err()
	}
}

// parse reads a message of the consumer, of which there were received before. The number is 0 for a sign of life.
func (w *watching) parse(m *nats.Msg, received uint64) (h head, number uint64, err error) {
	if m.Reply == "" || m.Header.Get("Status") != "" {
		if last := m.Header.Get("Nats-Last-Consumer"); last != "" && last != strconv.FormatUint(received, 10) {
			return h, 0, errLost
		}
		return h, 0, nil
	}
	meta, err := m.Metadata()
	if err != nil {
		return h, 0, errLost
	}
	h, err = parseHead(&jetstream.RawStreamMsg{Subject: m.Subject, Sequence: meta.Sequence.Stream, Header: m.Header, Data: m.Data})
	return h, meta.Sequence.Consumer, err
}

// show yields what a message says, if it is newer than what was seen and another.
func (w *watching) show(h head) error {
	if w.began && (h.sequence <= w.sequence || h.ref == w.shown) {
		w.sequence = max(w.sequence, h.sequence)
		return nil
	}
	w.began, w.shown, w.sequence = true, h.ref, h.sequence
	if !w.yield(h.ref, nil) {
		return errStopped
	}
	return nil
}
