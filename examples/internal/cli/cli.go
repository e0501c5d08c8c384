// Package cli is what the command lines of the examples have in common: a program has
// commands, a command has arguments, and flags may stand before or after them.
package cli

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/ramet-go/ramet/examples/internal/progress"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// The exit codes.
const (
	OK     = 0
	Failed = 1
	Usage  = 2 // a mistake on the command line
)

// A usageError is a mistake on the command line.
type usageError struct{ error }

// Usagef returns an error that is a mistake on the command line.
func Usagef(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// A Program is a set of commands whose flags are kept in an O.
type Program[O any] struct {
	Name     string
	Usage    string                          // what the command help prints
	Flags    func(fs *flag.FlagSet, o *O)    // defines the flags, with their defaults
	Common   []string                        // the flags that every command has
	Check    func(given []string, o O) error // nil, or what else is to be asked of the flags that were given
	Progress func(o *O, m *progress.Meter)   // nil, or takes what commands that last tell how far they are
	Commands map[string]Command[O]           // by name; "" is what runs without one
}

// A Command answers with what it writes to w. Nobody looks at w's errors before it is
// flushed: bufio keeps the first one.
type Command[O any] struct {
	Args  string // for messages, with the name: "at RELEASE [PACKAGE]"
	Least int    // arguments
	Most  int
	Flags []string // besides the common ones
	Run   func(w *bufio.Writer, o O, args []string) error
}

// Run runs the program and returns its exit code.
func (p Program[O]) Run(args []string, stdout, stderr io.Writer) int {
	w := bufio.NewWriter(stdout)
	err := p.dispatch(w, stderr, args)
	if err := w.Flush(); err != nil {
		fmt.Fprintf(stderr, "%s: cannot write the output: %s\n", p.Name, report.Printable(err.Error()))
		return Failed
	}
	if err == nil {
		return OK
	}
	fmt.Fprintf(stderr, "%s: %s\n", p.Name, report.Printable(err.Error()))
	if errors.As(err, &usageError{}) {
		fmt.Fprintf(stderr, "Run %s help for what it can do.\n", p.Name)
		return Usage
	}
	return Failed
}

// dispatch parses the command line and runs the command.
func (p Program[O]) dispatch(w *bufio.Writer, stderr io.Writer, args []string) error {
	var o O
	fs := flag.NewFlagSet(p.Name, flag.ContinueOnError)
	fs.SetOutput(io.Discard) // Run prints errors and the usage
	p.Flags(fs, &o)
	words, err := parse(fs, args)
	if errors.Is(err, flag.ErrHelp) {
		return p.help(w)
	} else if err != nil {
		return usageError{err}
	}

	name := ""
	if len(words) > 0 {
		name, words = words[0], words[1:]
	}
	cmd, ok := p.Commands[name]
	switch {
	case name == "help" && !ok:
		cmd = Command[O]{Args: "help", Run: func(w *bufio.Writer, _ O, _ []string) error { return p.help(w) }}
	case !ok:
		return Usagef("unknown command %q", name)
	}
	if len(words) < cmd.Least || len(words) > cmd.Most {
		return Usagef("wrong number of arguments; usage: %s %s", p.Name, cmd.Args)
	}
	var given []string
	fs.Visit(func(f *flag.Flag) { given = append(given, f.Name) })
	for _, f := range given {
		if !slices.Contains(p.Common, f) && !slices.Contains(cmd.Flags, f) {
			return Usagef("flag -%s has no meaning for %s", f, strings.TrimSpace(p.Name+" "+name))
		}
	}
	if p.Check != nil {
		if err := p.Check(given, o); err != nil {
			return err
		}
	}
	if p.Progress != nil {
		m := progress.New(stderr)
		defer m.Clear()
		p.Progress(&o, m)
	}
	return cmd.Run(w, o, words)
}

// parse sets the flags that stand anywhere in args, up to a --, and returns the other words.
func parse(fs *flag.FlagSet, args []string) (words []string, err error) {
	for {
		if err := fs.Parse(args); err != nil {
			return nil, err
		}
		rest := fs.Args()
		if len(rest) == 0 {
			return words, nil
		}
		if len(rest) < len(args) && args[len(args)-len(rest)-1] == "--" {
			return append(words, rest...), nil
		}
		words, args = append(words, rest[0]), rest[1:]
	}
}

func (p Program[O]) help(w *bufio.Writer) error {
	w.WriteString(p.Usage)
	return nil
}
