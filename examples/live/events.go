package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"time"
)

// An event is what who watches is sent: first a whole version, then what has changed since the version that was sent last.
type event struct {
	summary
	Oldest  int    `json:"oldest"`            // version that is kept
	Since   *int   `json:"since,omitempty"`   // the version that the changes are since; the first event has entries, not changes
	Trouble string `json:"trouble,omitempty"` // why nothing can be written now
}

// eventOf returns the event of p for who was sent the version last; nil: none.
func (s *server) eventOf(p present, last *version) event {
	v := p.Now()
	e := event{summary: s.summary(v), Oldest: v.number - p.UndoLen(), Trouble: p.trouble}
	if last == nil {
		e.Entries = &v.doc
		return e
	}
	e.Since, e.Changes = &last.number, changesOf(last.doc, v.doc)
	return e
}

// getEvents sends the newest version, and then newer ones, as long as the client stays. Nobody reads faster than the pace: whatever is written
// within it is one event, and so is what is written while a slow client reads. There is no queue. The range goes on with the
// newest version, and what that has changed since the one that was sent last is found by comparing the two, which skips what they share.
func (s *server) getEvents(w http.ResponseWriter, r *http.Request) error {
	select {
	case s.watchers <- struct{}{}:
		defer func() { <-s.watchers }()
	default:
		return failf(http.StatusServiceUnavailable, "%d watch already", maxWatchers)
	}
	w.Header().Set("Content-Type", "text/event-stream")
	control := http.NewResponseController(w)
	var last *version
	for p := range s.versions.now.Watch(r.Context()) {
		text, err := json.Marshal(s.eventOf(p, last))
		if err != nil {
			return err
		}
		control.SetWriteDeadline(time.Now().Add(s.patience)) // of this event, not of the whole answer
		if last == nil {
			fmt.Fprint(w, "retry: 1000\n") // milliseconds, before a browser that has lost the server connects again
		}
		if _, err := fmt.Fprintf(w, "data: %s\n\n", text); err != nil {
			return nil // the client has left
		}
		if err := control.Flush(); err != nil {
			return nil
		}
		now := p.Now()
		last = &now
		select {
		case <-time.After(s.pace):
		case <-r.Context().Done():
		}
	}
	return nil
}
