package natsstore

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/nats-io/nats.go/jetstream"

	"github.com/ramet-go/ramet/store/chunk"
)

// drop deletes the parts of a put that is no pack (any more). What it fails to delete, tidy will.
func (r *Remote) drop(id chunk.Addr, put string) {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Second)
	defer cancel()
	r.packs.Purge(ctx, jetstream.WithPurgeSubject(r.partSubject(id.String(), put, "*"))) //nolint:errcheck // see above
}

// tidy does clean once a day.
func (r *Remote) tidy(ctx context.Context) {
	last, now := r.cleaned.Load(), time.Now().UnixNano()
	if now-last > int64(maxAge) && r.cleaned.CompareAndSwap(last, now) {
		if err := r.clean(ctx, maxAge); err != nil {
			r.cleaned.Store(last)
		}
	}
}

// clean deletes parts that belong to no pack and are so old, by the clock of the servers.
func (r *Remote) clean(ctx context.Context, age time.Duration) error {
	var info *jetstream.StreamInfo
	err := r.insist(ctx, func(ctx context.Context) (err error) {
		info, err = r.packs.Info(ctx, jetstream.WithSubjectFilter(r.partSubject("*", "*", "*")))
		return err
	})
	if err != nil {
		return err
	}
	type put struct{ id, put string }
	looked := map[put]bool{}
	for subject := range info.State.Subjects {
		tokens := strings.Split(subject, ".") // the last three are the commit, the put and the number
		p := put{tokens[len(tokens)-3], tokens[len(tokens)-2]}
		id, err := chunk.Parse(p.id)
		if looked[p] || err != nil {
			continue
		}
		looked[p] = true
		rec, err := r.lookup(ctx, id)
		if err == nil && rec.put == p.put {
			continue
		} else if err != nil && !errors.Is(err, chunk.ErrMissing) {
			return err
		}
		var newest *jetstream.RawStreamMsg
		err = r.insist(ctx, func(ctx context.Context) (err error) {
			newest, err = r.packs.GetLastMsgForSubject(ctx, r.partSubject(p.id, p.put, "*"))
			return err
		})
		if errors.Is(err, jetstream.ErrMsgNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if info.TimeStamp.Sub(newest.Time) >= age {
			if err := r.packs.Purge(ctx, jetstream.WithPurgeSubject(r.partSubject(p.id, p.put, "*"))); err != nil {
				return err
			}
		}
	}
	return nil
}
