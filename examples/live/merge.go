package main

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/ramet-go/ramet/diff"
	"github.com/ramet-go/ramet/hamt"
	"github.com/ramet-go/ramet/history"
)

// A side of a merge is a version, or what somebody has made of one.
type side struct {
	Version int       `json:"version"`
	Entries *document `json:"entries"` // nil: as the version has it
}

// document returns the side's document. It shares with the version what was not edited, which merging then skips.
func (e side) document(h history.History[version]) (document, error) {
	v, err := find(h, e.Version)
	if err != nil || e.Entries == nil {
		return v.doc, err
	}
	return hamt.Apply(v.doc, hamt.Diff(v.doc, *e.Entries)), check(*e.Entries)
}

// A merging brings together two sides that both come from a base.
type merging struct {
	Base    int               `json:"base"`
	Ours    side              `json:"ours"`
	Theirs  side              `json:"theirs"`
	Resolve map[string]string `json:"resolve"` // of keys in conflict: base, ours, theirs
	Save    bool              `json:"save"`    // make a version of it
}

// A conflict is one as clients see it. What is missing on a side is missing there.
type conflict struct {
	Key    string `json:"key"`
	Base   *value `json:"base,omitempty"`
	Ours   *value `json:"ours,omitempty"`
	Theirs *value `json:"theirs,omitempty"`
}

// merge returns the merged document, and the conflicts that are not resolved, for which it has what ours has.
func (m merging) merge(h history.History[version]) (document, []conflict, error) {
	base, err := find(h, m.Base)
	if err != nil {
		return document{}, nil, err
	}
	ours, err := m.Ours.document(h)
	if err != nil {
		return document{}, nil, err
	}
	theirs, err := m.Theirs.document(h)
	if err != nil {
		return document{}, nil, err
	}
	var open []conflict
	merged := hamt.MergeFunc(base.doc, ours, theirs, func(a, b value) bool { return a == b },
		func(c diff.Conflict[string, value]) (value, bool) {
			switch m.Resolve[c.Key] {
			case "base":
				return c.Base, c.InBase
			case "theirs":
				return c.Theirs, c.InTheirs
			case "ours":
			default:
				open = append(open, conflict{c.Key, there(c.Base, c.InBase), there(c.Ours, c.InOurs), there(c.Theirs, c.InTheirs)})
			}
			return c.Ours, c.InOurs
		})
	slices.SortFunc(open, func(a, b conflict) int { return cmp.Compare(a.Key, b.Key) })
	return merged, open, nil
}

func there(v value, ok bool) *value {
	if !ok {
		return nil
	}
	return &v
}

// saveMerged makes a version of a merge without open conflicts. The newest version must be part of it, or what that
// has would be lost.
func (s *versions) saveMerged(cond condition, m merging) (version, error) {
	what := fmt.Sprintf("merge %d and %d, from %d", m.Ours.Version, m.Theirs.Version, m.Base)
	return s.write(cond, what, func(h history.History[version]) (document, error) {
		newest := h.Now().number
		if m.Base != newest && m.Ours.Version != newest && m.Theirs.Version != newest {
			return document{}, failf(statusConflict, "version %d is the newest, and not part of the merge", newest)
		}
		d, open, err := m.merge(h)
		if err == nil && len(open) > 0 {
			err = failf(statusConflict, "not resolved: %q", open[0].Key)
		}
		return d, err
	})
}
