package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/diff"
)

// An entry is one thing to print: a feature, or a change of one, on every platform
// that has it alike.
type entry struct {
	release   release // when it came or changed
	pkg       string
	kind      diff.Kind
	symbol    string   // the feature's name without its platform
	key       string   // sorts symbols
	text      string   // the symbol and its declaration
	note      string   // what else there is to say, or ""
	platforms []string // empty: everywhere
}

// entryOf describes a change in package path. What is simply there counts as Added.
func entryOf(r release, path string, c diff.Change[string, feature]) entry {
	platform, symbol := splitPlatform(c.Key)
	e := entry{release: r, pkg: path, kind: c.Kind, symbol: symbol, key: sortKey(symbol)}
	if platform != "" {
		e.platforms = []string{platform}
	}
	now := c.New
	if c.Kind == diff.Removed {
		now = c.Old
	}
	e.text = symbol + short(now.decl)
	if c.Kind == diff.Updated && c.Old.decl != now.decl && c.Old.decl != "" {
		e.text = symbol + short(c.Old.decl) + " -> " + strings.TrimSpace(short(now.decl))
	}
	switch {
	case now.deprecated:
		e.note = "(deprecated)"
	case c.Old.deprecated:
		e.note = "(not deprecated)" // between two releases, the newer one first
	}
	if now.issue != 0 {
		e.note = strings.TrimSpace(fmt.Sprintf("%s #%d", e.note, now.issue))
	}
	return e
}

// line returns e as text to be wrapped.
func (e entry) line() string {
	s := e.text
	if ps := e.platforms; len(ps) > 4 {
		s += fmt.Sprintf("  [%s and %d more]", strings.Join(ps[:3], ", "), len(ps)-3)
	} else if len(ps) > 0 {
		s += "  [" + strings.Join(ps, ", ") + "]"
	}
	if e.note != "" {
		s += "  " + e.note
	}
	return s
}

// short returns a declaration without the exact fraction that follows the value of a
// floating-point constant in a comment.
func short(decl string) string {
	decl, _, _ = strings.Cut(decl, "  // ")
	return decl
}

// splitPlatform splits the name of a feature: "(windows-386), const O_CLOEXEC".
func splitPlatform(name string) (platform, symbol string) {
	if name != "" && name[0] == '(' {
		if p, s, ok := strings.Cut(name[1:], "), "); ok {
			return p, s
		}
	}
	return "", name
}

// fold sorts entries by package and symbol. It makes one of those that differ only in
// their platform, and one of the type and the value of a constant.
func fold(entries []entry) []entry {
	slices.SortFunc(entries, func(a, b entry) int {
		return cmp.Or(
			cmp.Compare(a.pkg, b.pkg),
			cmp.Compare(a.key, b.key),
			cmp.Compare(a.kind, b.kind),
			cmp.Compare(a.text, b.text),
			cmp.Compare(a.note, b.note),
			cmp.Compare(a.release, b.release),
			slices.Compare(a.platforms, b.platforms),
		)
	})
	folded := join(entries, func(last *entry, e entry) bool {
		same := e.pkg == last.pkg && e.kind == last.kind && e.text == last.text && e.note == last.note && e.release == last.release
		if same {
			last.platforms = append(last.platforms, e.platforms...)
		}
		return same
	})
	return join(folded, func(last *entry, e entry) bool {
		same := e.symbol == last.symbol+" =" && e.pkg == last.pkg && e.kind == last.kind && e.kind != diff.Updated &&
			slices.Equal(e.platforms, last.platforms)
		if same {
			last.text += strings.TrimPrefix(e.text, last.symbol)
		}
		return same
	})
}

// join drops every entry that into takes into the one before it.
func join(entries []entry, into func(last *entry, e entry) bool) []entry {
	kept := entries[:0]
	for _, e := range entries {
		if n := len(kept); n == 0 || !into(&kept[n-1], e) {
			kept = append(kept, e)
		}
	}
	return kept
}

// sortKey orders symbols as a reader expects them: constants, variables, functions, and
// then every type, followed by its fields and its methods.
func sortKey(symbol string) string {
	kind, rest, _ := strings.Cut(symbol, " ")
	switch kind {
	case "const":
		return "1 " + rest
	case "var":
		return "2 " + rest
	case "func":
		return "3 " + rest
	case "method":
		receiver, name, _ := strings.Cut(rest, ") ")
		receiver = strings.TrimLeft(receiver, "(*")
		return "4 " + receiver[:identifier(receiver)] + " 2 " + name
	}
	if n := identifier(rest); n < len(rest) {
		return "4 " + rest[:n] + " 1 " + rest[n:]
	}
	return "4 " + rest
}
