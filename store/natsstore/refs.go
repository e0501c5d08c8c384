package natsstore

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"iter"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/nats-io/nats.go"
	"github.com/nats-io/nats.go/jetstream"

	"github.com/ramet-go/ramet/store/chunk"
)

const (
	swapHeader = "Ramet-Swap" // a text that no other swap has
	timeHeader = "Ramet-Time"
	whyHeader  = "Ramet-Why"
	kvHeader   = "KV-Operation" // DEL marks a deletion, as the tools for key-value buckets know it

	longestWhy = 1 << 10
)

// key returns what stands for a name in subjects. Slashes divide them as dots divide tokens, and = is in no name.
func key(name string) (string, error) {
	if err := chunk.CheckName(name); err != nil {
		return "", err
	}
	return strings.NewReplacer(".", "=", "/", ".").Replace(name), nil
}

// unkey returns the name that a key stands for.
func unkey(k string) (string, error) {
	name := strings.NewReplacer("=", ".", ".", "/").Replace(k)
	if back, err := key(name); err != nil || back != k {
		return "", fmt.Errorf("natsstore: the key %q stands for no name: %w", k, chunk.ErrFormat)
	}
	return name, nil
}

// A head is the last message of a name, or the one after a certain one. The zero head: there is none.
type head struct {
	ref      chunk.Ref
	sequence uint64 // that of ref, or of the deletion
	swap     string
	expected string // the sequence of the message before, as the one who swapped said
}

func parseHead(m *jetstream.RawStreamMsg) (head, error) {
	h := head{sequence: m.Sequence, swap: m.Header.Get(swapHeader), expected: m.Header.Get(jetstream.ExpectedLastSubjSeqHeader)}
	if m.Header.Get(kvHeader) != "" {
		return h, nil
	}
	target, err := chunk.Parse(string(m.Data))
	if err != nil || target.IsZero() {
		return h, fmt.Errorf("natsstore: message %d, %s, has no address: %w", m.Sequence, m.Subject, chunk.ErrFormat)
	}
	h.ref = chunk.Ref{Target: target, Revision: m.Sequence}
	return h, nil
}

// last asks the leader for the last message of a subject, once.
func (r *Remote) last(ctx context.Context, subject string) (head, error) {
	return r.found(r.heads.GetLastMsgForSubject(ctx, subject))
}

// after asks the leader for the first message of a subject after a sequence, once.
func (r *Remote) after(ctx context.Context, subject string, sequence uint64) (head, error) {
	return r.found(r.heads.GetMsg(ctx, sequence+1, jetstream.WithGetMsgSubject(subject)))
}

func (r *Remote) found(m *jetstream.RawStreamMsg, err error) (head, error) {
	if errors.Is(err, jetstream.ErrMsgNotFound) {
		return head{}, nil
	}
	if err != nil {
		return head{}, err
	}
	return parseHead(m)
}

// Ref asks the leader what a name stands for. It may be old during an election only.
func (r *Remote) Ref(ctx context.Context, name string) (chunk.Ref, error) {
	k, err := key(name)
	if err != nil {
		return chunk.Ref{}, err
	}
	var h head
	err = r.insist(ctx, func(ctx context.Context) (err error) {
		h, err = r.last(ctx, r.headSubject(k))
		return err
	})
	if err != nil {
		return chunk.Ref{}, fmt.Errorf("natsstore: %s: %w", name, err)
	}
	return h.ref, nil
}

// Refs asks the leader for all names and then, in their order, for what those with the prefix stand for: a request for
// each.
func (r *Remote) Refs(ctx context.Context, prefix string) iter.Seq2[chunk.Named, error] {
	return func(yield func(chunk.Named, error) bool) {
		names, err := r.names(ctx, prefix)
		for _, name := range names {
			var ref chunk.Ref
			if ref, err = r.Ref(ctx, name); err != nil {
				break
			}
			if ref.Revision != 0 && !yield(chunk.Named{Name: name, Ref: ref}, nil) {
				return
			}
		}
		if err != nil {
			yield(chunk.Named{}, err)
		}
	}
}

// names returns the names with a prefix, also deleted ones, in their order.
func (r *Remote) names(ctx context.Context, prefix string) ([]string, error) {
	var subjects map[string]uint64
	err := r.insist(ctx, func(ctx context.Context) error {
		info, err := r.heads.Info(ctx, jetstream.WithSubjectFilter(r.headSubject(">")))
		if err == nil {
			subjects = info.State.Subjects
		}
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("natsstore: names: %w", err)
	}
	var names []string
	for subject := range maps.Keys(subjects) {
		name, err := unkey(strings.TrimPrefix(subject, r.headSubject("")))
		if err != nil {
			return nil, err
		}
		if strings.HasPrefix(name, prefix) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names, nil
}

// Swap does one swap: a message that the leader stores if the last one of the name is the expected one. It is as
// durable as the servers are configured to make it.
//
// If no answer comes, Swap looks for its message in the history of the name, and sends it again if nothing has changed:
// only one of the two can be stored. [chunk.ErrUnknownOutcome] is left if ctx or patience end before that is clear, and
// if so many other swaps followed that the history does not go back far enough; the error names the target.
func (r *Remote) Swap(ctx context.Context, s chunk.Swap) (chunk.Ref, error) {
	k, err := key(s.Name)
	if err != nil {
		return chunk.Ref{}, err
	}
	if s.Old == 0 && s.Target.IsZero() {
		now, err := r.Ref(ctx, s.Name)
		if err == nil && now.Revision != 0 {
			err = fmt.Errorf("natsstore: %s: %w", s.Name, chunk.ErrMoved)
		}
		return chunk.Ref{}, err
	}
	if err := ctx.Err(); err != nil {
		return chunk.Ref{}, err
	}
	w := swapping{Remote: r, Swap: s, subject: r.headSubject(k), id: rand.Text(), expected: s.Old, tries: r.tries(ctx)}
	for {
		sequence, err := w.send()
		if err == nil {
			return w.done(sequence), nil
		}
		if !conflict(err) {
			if unsent(err) || !w.again(err) {
				return chunk.Ref{}, w.failed(err)
			}
		}
		if ref, finished, err := w.look(); finished {
			return ref, err
		}
	}
}

// A swapping is one call of Swap.
type swapping struct {
	*Remote
	chunk.Swap
	*tries
	subject  string
	id       string
	expected uint64 // the sequence of the message that must be the last one
	unknown  bool   // a message may have been stored, or may yet be, without our having seen an answer
}

// send sends the message once, and returns its sequence.
func (w *swapping) send() (uint64, error) {
	m := nats.NewMsg(w.subject)
	m.Header.Set(swapHeader, w.id)
	if !w.Time.IsZero() {
		m.Header.Set(timeHeader, w.Time.UTC().Format(time.RFC3339Nano))
	}
	if w.Why != "" {
		m.Header.Set(whyHeader, strconv.QuoteToASCII(w.Why[:min(len(w.Why), longestWhy)]))
	}
	if w.Target.IsZero() {
		m.Header.Set(kvHeader, "DEL")
	} else {
		m.Data = []byte(w.Target.String())
	}
	var sequence uint64
	err := w.once(func(ctx context.Context) error {
		ack, err := w.js.PublishMsg(ctx, m, jetstream.WithExpectLastSequencePerSubject(w.expected), jetstream.WithRetryAttempts(0))
		if err == nil {
			sequence = ack.Sequence
		}
		return err
	})
	if err != nil && !conflict(err) && !unsent(err) {
		w.unknown = true
	}
	return sequence, err
}

// look finds out what became of the messages that were sent, and whether there is one more to send.
func (w *swapping) look() (ref chunk.Ref, finished bool, err error) {
	for {
		var last, next head
		err := w.once(func(ctx context.Context) (err error) {
			if last, err = w.last(ctx, w.subject); err == nil && w.unknown && last.sequence > w.expected {
				next, err = w.after(ctx, w.subject, w.expected)
			}
			return err
		})
		switch {
		case err != nil && unsent(err), errors.Is(err, chunk.ErrFormat):
			return chunk.Ref{}, true, w.failed(err)
		case err != nil:
		case last.sequence == w.expected:
			// Nothing has changed. After a conflict another message was on its way, or the leader was none any more.
			if err = errors.New("refused, but nothing has changed"); w.again(err) {
				return chunk.Ref{}, false, nil
			}
		case !w.unknown:
			return w.not(last)
		case next.sequence == 0: // an old leader, which is behind
			err = errors.New("the leader is behind")
		case next.swap == w.id:
			return w.done(next.sequence), true, nil
		case next.expected == strconv.FormatUint(w.expected, 10):
			// Another swap is where ours would be, and ours cannot be stored any more.
			w.unknown = false
			return w.not(last)
		default:
			return chunk.Ref{}, true, w.failed(errors.New("too many swaps followed"))
		}
		if !w.again(err) {
			return chunk.Ref{}, true, w.failed(err)
		}
	}
}

// not says that the swap was not done, unless the name may still be made: it is there no more, or not again.
func (w *swapping) not(last head) (chunk.Ref, bool, error) {
	if w.Old == 0 && last.ref.Revision == 0 && last.sequence > w.expected {
		w.expected = last.sequence
		return chunk.Ref{}, false, nil
	}
	return chunk.Ref{}, true, fmt.Errorf("natsstore: %s: %w", w.Name, chunk.ErrMoved)
}

func (w *swapping) done(sequence uint64) chunk.Ref {
	if w.Target.IsZero() {
		return chunk.Ref{}
	}
	return chunk.Ref{Target: w.Target, Revision: sequence}
}

// failed returns the error of a swap that ends without a result.
func (w *swapping) failed(err error) error {
	err = w.because(err)
	if w.unknown {
		return fmt.Errorf("natsstore: %s to %v: %w: %w", w.Name, w.Target, chunk.ErrUnknownOutcome, err)
	}
	return fmt.Errorf("natsstore: %s to %v: %w", w.Name, w.Target, err)
}
