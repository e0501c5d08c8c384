// Ramet looks at, and after, a file that package store has made.
//
//	go run github.com/ramet-go/ramet/store/cmd/ramet help
package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"slices"
	"strings"
	"time"

	"github.com/ramet-go/ramet/store"
	"github.com/ramet-go/ramet/store/chunk"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// The exit codes.
const (
	ok       = 0
	failed   = 1 // it could not be done
	usage    = 2 // a mistake on the command line
	problems = 3 // check has found some
)

const help = `ramet looks at, and after, a file of versions.

	ramet heads FILE                     branches and tags
	ramet log FILE [VERSION]             versions and those that led to them, the newest first; of all branches and tags if none is given
	ramet show FILE VERSION [PART]       what a version has; the entries of a part
	ramet diff FILE VERSION VERSION [PART]  how two versions differ
	ramet stats FILE                     how much there is
	ramet check FILE                     reads everything and says what is damaged; exit code 3 if anything is
	ramet collect FILE [-last N] [-since TIME]  drops what no branch and no tag needs, and the data of all but the last N versions of each, and of those since TIME; without both it keeps all versions
	ramet export FILE [VERSION...]       writes a backup to standard output: all branches and tags if no version is given
	ramet import FILE                    reads a backup from standard input; FILE is made if there is none
	ramet help

A VERSION is a branch, a tag, or an address. Flags stand before or after what else is given:

	-json      one JSON object for each line
	-n N       at most N lines; 0: all
	-quiet     says not how far it is

Exit codes: 0 done, 1 could not be done, 2 a mistake on the command line, 3 check has found problems.
`

// A usageError is a mistake on the command line.
type usageError struct{ error }

func usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// errProblems: check has found some.
var errProblems = errors.New("problems were found")

// A session is one run of the program.
type session struct {
	in    io.Reader
	out   *bufio.Writer
	meter *meter
	json  bool
	most  int
	last  int
	since string
}

// A command does something with an open store.
type command struct {
	least, most int      // arguments besides FILE
	flags       []string // besides -json, -n and -quiet
	write       bool
	create      bool
	run         func(ctx context.Context, s *session, st *store.Store, args []string) error
}

var commands = map[string]command{
	"heads":   {run: heads},
	"log":     {most: 1, run: showLog},
	"show":    {least: 1, most: 2, run: show},
	"diff":    {least: 2, most: 3, run: showDiff},
	"stats":   {run: stats},
	"check":   {run: check},
	"collect": {flags: []string{"last", "since"}, write: true, run: collect},
	"export":  {most: 1000, run: export},
	"import":  {write: true, create: true, run: importPack},
}

func run(ctx context.Context, args []string, in io.Reader, out, errs io.Writer) int {
	s := &session{in: in, out: bufio.NewWriter(out)}
	err := s.dispatch(ctx, args, errs)
	if flush := s.out.Flush(); err == nil && flush != nil {
		err = flush
	}
	var mistake usageError
	switch {
	case err == nil:
		return ok
	case errors.Is(err, errProblems):
		return problems
	case errors.As(err, &mistake):
		fmt.Fprintf(errs, "ramet: %s\nramet help says more\n", printable(err.Error()))
		return usage
	}
	fmt.Fprintf(errs, "ramet: %s\n", printable(strings.TrimPrefix(err.Error(), "store: ")))
	return failed
}

func (s *session) dispatch(ctx context.Context, args []string, errs io.Writer) error {
	fs := flag.NewFlagSet("ramet", flag.ContinueOnError)
	fs.SetOutput(io.Discard)
	quiet := fs.Bool("quiet", false, "")
	fs.BoolVar(&s.json, "json", false, "")
	fs.IntVar(&s.most, "n", 0, "")
	fs.IntVar(&s.last, "last", 0, "")
	fs.StringVar(&s.since, "since", "", "")
	var words []string
	for rest := args; ; {
		if err := fs.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				words = []string{"help"}
				break
			}
			return usageError{err}
		}
		if rest = fs.Args(); len(rest) == 0 {
			break
		}
		words, rest = append(words, rest[0]), rest[1:]
	}
	if len(words) == 0 {
		return usagef("no command is given")
	}
	if words[0] == "help" {
		s.out.WriteString(help)
		return nil
	}
	c, known := commands[words[0]]
	if !known {
		return usagef("%q is no command", words[0])
	}
	if len(words) < 2 {
		return usagef("%s needs a FILE", words[0])
	}
	if n := len(words) - 2; n < c.least || n > c.most {
		return usagef("%s: %d arguments after the FILE, want %d to %d", words[0], n, c.least, c.most)
	}
	var stray error
	fs.Visit(func(f *flag.Flag) {
		if !slices.Contains([]string{"json", "n", "quiet"}, f.Name) && !slices.Contains(c.flags, f.Name) {
			stray = usagef("%s does not take -%s", words[0], f.Name)
		}
	})
	if stray != nil {
		return stray
	}
	if s.most < 0 || s.last < 0 {
		return usagef("-n and -last are not negative")
	}
	if _, err := os.Stat(words[1]); err != nil && !c.create {
		return err
	}
	s.meter = newMeter(errs, *quiet)
	defer s.meter.stop()
	st, err := open(words[1], !c.write, s.meter)
	if err != nil {
		return err
	}
	err = c.run(ctx, s, st, words[2:])
	if closed := st.Close(); err == nil {
		err = closed
	}
	return err
}

// more tells whether another line is wanted, after so many.
func (s *session) more(lines int) bool { return s.most == 0 || lines < s.most }

func heads(ctx context.Context, s *session, st *store.Store, _ []string) error {
	lines := 0
	for _, of := range []struct {
		kind string
		seq  func(func(store.Head, error) bool)
	}{{"branch", st.Heads(ctx)}, {"tag", st.Tags(ctx)}} {
		for h, err := range of.seq {
			if err != nil {
				return err
			}
			if !s.more(lines) {
				return nil
			}
			lines++
			s.line(map[string]any{"kind": of.kind, "name": h.Name, "id": h.ID}, "%-6s  %s  %s", of.kind, h.ID.Short(), h.Name)
		}
	}
	return nil
}

func showLog(ctx context.Context, s *session, st *store.Store, args []string) error {
	var ids []chunk.Addr
	if len(args) > 0 {
		id, err := resolve(ctx, st, args[0])
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	lines := 0
	for v, err := range st.History(ctx, ids...) {
		if err != nil {
			return err
		}
		if !s.more(lines) {
			return nil
		}
		lines++
		s.version(v)
	}
	return nil
}

// version prints a line about a version.
func (s *session) version(v store.Info) {
	note := ""
	if v.Hollow {
		note = "  (its data were collected)"
	}
	if len(v.Parents) > 1 {
		note = fmt.Sprintf("  (merge of %d)%s", len(v.Parents), note)
	}
	parents := v.Parents
	if parents == nil {
		parents = []chunk.Addr{}
	}
	s.line(map[string]any{"id": v.ID, "generation": v.Generation, "time": v.Time.UTC(), "parents": parents, "author": v.Author, "message": v.Message, "hollow": v.Hollow},
		"%s  %6d  %s  %s%s%s", v.ID.Short(), v.Generation, v.Time.UTC().Format(time.DateTime), printable(joined(v.Author, v.Message)), note, "")
}

func joined(author, message string) string {
	if author == "" {
		return message
	}
	return author + ": " + message
}

func show(ctx context.Context, s *session, st *store.Store, args []string) error {
	id, err := resolve(ctx, st, args[0])
	if err != nil {
		return err
	}
	parts, err := st.Parts(ctx, id)
	if err != nil {
		return err
	}
	if len(args) == 1 {
		if !s.json {
			for v, err := range st.History(ctx, id) {
				if err != nil {
					return err
				}
				s.version(v)
				break
			}
		}
		for _, p := range parts {
			codecs := p.Value
			if p.Key != "" {
				codecs = strings.TrimSuffix(p.Key+" → "+p.Value, " → empty")
			}
			s.line(map[string]any{"part": p.Name, "kind": p.Kind, "key": p.Key, "value": p.Value, "len": p.Len, "root": p.Root},
				"  %-20s  %-10s  %10d  %s", name(p.Name), p.Kind, p.Len, codecs)
		}
		return nil
	}
	p, err := partOf(parts, args[1])
	if err != nil {
		return err
	}
	lines := 0
	for e, err := range st.Entries(ctx, id, p.Name, 0) {
		if err != nil {
			return err
		}
		if !s.more(lines) {
			return nil
		}
		lines++
		if p.Key == "" {
			s.line(map[string]any{"at": lines - 1, "value": jsonOf(p.Value, e.Value)}, "%s", text(p.Value, e.Value))
			continue
		}
		s.line(map[string]any{"key": jsonOf(p.Key, e.Key), "value": jsonOf(p.Value, e.Value)}, "%s", strings.TrimSuffix(text(p.Key, e.Key)+"  "+text(p.Value, e.Value), "  "))
	}
	return nil
}

func name(part string) string {
	if part == "" {
		return "(whole)"
	}
	return part
}

func partOf(parts []store.PartInfo, name string) (store.PartInfo, error) {
	var names []string
	for _, p := range parts {
		if p.Name == name {
			return p, nil
		}
		names = append(names, fmt.Sprintf("%q", p.Name))
	}
	return store.PartInfo{}, fmt.Errorf("there is no part %q; there is %s", name, strings.Join(names, ", "))
}

func showDiff(ctx context.Context, s *session, st *store.Store, args []string) error {
	from, err := resolve(ctx, st, args[0])
	if err != nil {
		return err
	}
	to, err := resolve(ctx, st, args[1])
	if err != nil {
		return err
	}
	before, err := st.Parts(ctx, from)
	if err != nil {
		return err
	}
	after, err := st.Parts(ctx, to)
	if err != nil {
		return err
	}
	all := map[string]store.PartInfo{}
	var names []string
	for _, p := range slices.Concat(before, after) {
		if _, ok := all[p.Name]; !ok {
			names = append(names, p.Name)
		}
		all[p.Name] = p
	}
	slices.Sort(names)
	if len(args) == 3 {
		if _, ok := all[args[2]]; !ok {
			_, err := partOf(slices.Concat(before, after), args[2])
			return err
		}
		names = args[2:]
	}
	lines := 0
	for _, n := range names {
		p := all[n]
		for c, err := range st.RawDiff(ctx, from, to, n) {
			if err != nil {
				return err
			}
			if !s.more(lines) {
				return nil
			}
			lines++
			s.change(p, c)
		}
	}
	return nil
}

// change prints a change: a line with -, with +, or both.
func (s *session) change(p store.PartInfo, c store.RawChange) {
	o := map[string]any{"part": p.Name}
	at := ""
	switch {
	case p.Key != "":
		o["key"], at = jsonOf(p.Key, c.Key), text(p.Key, c.Key)
	case p.Kind == "vector":
		o["at"], at = c.At, fmt.Sprintf("[%d]", c.At)
	}
	prefix := strings.TrimSpace(p.Name + " " + at)
	var lines []string
	if c.Old != nil {
		o["old"] = jsonOf(p.Value, c.Old)
		lines = append(lines, strings.TrimSpace("- "+prefix+"  "+text(p.Value, c.Old)))
	}
	if c.New != nil {
		o["new"] = jsonOf(p.Value, c.New)
		lines = append(lines, strings.TrimSpace("+ "+prefix+"  "+text(p.Value, c.New)))
	}
	s.line(o, "%s", strings.Join(lines, "\n"))
}

func stats(ctx context.Context, s *session, st *store.Store, _ []string) error {
	got, err := st.Stats(ctx)
	if err != nil {
		return err
	}
	s.line(map[string]any{"branches": got.Branches, "tags": got.Tags, "versions": got.Versions, "hollow": got.Hollow, "chunks": got.Chunks, "bytes": got.Bytes, "file": got.File},
		"%d branches, %d tags, %d versions (of %d the data were collected)\n%d chunks, %s; the file has %s",
		got.Branches, got.Tags, got.Versions, got.Hollow, got.Chunks, size(got.Bytes), size(got.File))
	return nil
}

func check(ctx context.Context, s *session, st *store.Store, _ []string) error {
	found := 0
	for p, err := range st.Check(ctx) {
		if err != nil {
			return err
		}
		if found++; s.more(found - 1) {
			s.line(map[string]any{"ref": p.Ref, "version": p.Version, "part": p.Part, "chunk": p.Chunk, "invariant": p.Invariant, "error": p.Err.Error()}, "%s", printable(p.String()))
		}
	}
	if found > 0 {
		if !s.json {
			fmt.Fprintf(s.out, "%d problems\n", found)
		}
		return errProblems
	}
	if !s.json {
		s.out.WriteString("all is as it should be\n")
	}
	return nil
}

func collect(ctx context.Context, s *session, st *store.Store, _ []string) error {
	r := store.Retain{Last: s.last}
	if s.since != "" {
		for _, layout := range []string{time.RFC3339, time.DateTime, time.DateOnly} {
			if t, err := time.Parse(layout, s.since); err == nil {
				r.Since = t
			}
		}
		if r.Since.IsZero() {
			return usagef("-since %q is no time as 2026-11-30, 2026-11-30 12:00:00 or 2026-11-30T12:00:00Z", s.since)
		}
	}
	c, err := st.Collect(ctx, r)
	if err != nil {
		return err
	}
	s.line(map[string]any{"versions": c.Versions, "hollow": c.Hollow, "before": c.Before, "after": c.After},
		"%d versions have their data, %d have not; %d chunks of %d are left, the file has %s of %s",
		c.Versions, c.Hollow, c.After.Chunks, c.Before.Chunks, size(c.After.File), size(c.Before.File))
	return nil
}

func export(ctx context.Context, s *session, st *store.Store, args []string) error {
	if s.json {
		return usagef("export writes no JSON")
	}
	var ids []chunk.Addr
	for _, a := range args {
		id, err := resolve(ctx, st, a)
		if err != nil {
			return err
		}
		ids = append(ids, id)
	}
	return st.Export(ctx, s.out, ids...)
}

func importPack(ctx context.Context, s *session, st *store.Store, _ []string) error {
	refs, err := st.Import(ctx, s.meter.reader(s.in))
	for _, r := range refs {
		s.line(map[string]any{"name": r.Name, "id": r.Target}, "%s  %s", r.Target.Short(), r.Name)
	}
	return err
}

// resolve returns the version that a word stands for; a few digits of an address are enough.
func resolve(ctx context.Context, st *store.Store, word string) (chunk.Addr, error) {
	id, err := st.Resolve(ctx, word)
	if err == nil || len(word) < 4 || strings.Trim(word, "0123456789abcdef") != "" {
		return id, err
	}
	var found []chunk.Addr
	for v, err := range st.History(ctx) {
		if err != nil {
			return id, err
		}
		if strings.HasPrefix(v.ID.String(), word) {
			found = append(found, v.ID)
		}
	}
	switch len(found) {
	case 0:
		return id, err
	case 1:
		return found[0], nil
	}
	return id, fmt.Errorf("%q is the beginning of %d addresses", word, len(found))
}
