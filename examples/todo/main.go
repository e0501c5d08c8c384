// Command todo is a list of things to do, for a terminal, built as Redux and Elm programs are: what there is to keep is
// one immutable state; what can happen to it are actions; and a pure function, the reducer, makes the next state of the
// two.
//
//	reduce(s state, a action) state
//
// With persistent collections the next state shares with the last what the action left alone. So
//
//   - undo and redo are a history of states, whatever the actions are, and ten thousand steps of it cost little; what was undone
//     before something else was done is kept as a branch, and the history can be looked at as a tree, and walked in;
//   - == tells whether anything has changed: an action that does nothing is no step, a list that is as it was is not
//     laid out again, and a state that the file holds is not saved again, though it was reached by undo;
//   - a state can be saved while the next one is made, without a lock;
//   - what another program writes to the file meanwhile is merged: the state that was read is the base, and still at hand;
//   - with -store, the history outlives the program: a step is a commit, which writes what it has changed, and undo is a branch that is reset
//     to the version before.
//
// Run it:
//
//	go run ./examples/todo                          # the list in your configuration folder
//	go run ./examples/todo -file list.json
//	go run ./examples/todo -store list.ramet        # with all that can be undone
//	go run ./examples/todo script examples/todo/testdata/garden.keys
package main

import (
	"bufio"
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	tea "github.com/charmbracelet/bubbletea"
	"github.com/charmbracelet/x/term"

	"github.com/ramet-go/ramet/examples/internal/cli"
)

const usage = `todo is a list of things to do, with undo.

usage: todo [-file FILE | -store FILE] [command]

  todo               shows the list in the terminal; the keys are listed there
  todo script KEYS   presses the keys that the file KEYS has, and prints the screen as it is then
  todo help          this text

  -file FILE   where the list is kept, as JSON: for todo, ramet/todo.json of the folder for configuration
               of this user; for todo script, nowhere
  -store FILE  where the list is kept with its history: what was done in one run is undone in another

The list is saved after each change, in one step: the file is never half written. What another
program has written meanwhile is merged, in one step that can be undone, and what both have changed,
each in its own way, is asked about. A file that is not a list is not touched. Where it cannot
be saved, q says so, and leaves when it is pressed again; the exit code is 1 then.

With -store each step is a version in a file of package store, and undo goes back to the version
before. One program at a time has such a file. Of steps that cannot be undone any more, because ten
thousand came after them, and of those from before the last day that were dropped, it is rid once a day.

A file of keys has letters and names of keys (enter, esc, space, up, down, ctrl+r, ...), apart by
spaces, and "strings" as in Go, which are typed. Lines that begin with # mean nothing.
`

// options are the flags.
type options struct{ file, store string }

var program = cli.Program[options]{
	Name:  "todo",
	Usage: usage,
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.StringVar(&o.file, "file", "", "")
		fs.StringVar(&o.store, "store", "", "")
	},
	Common: []string{"file", "store"},
	Check: func(_ []string, o options) error {
		if o.file != "" && o.store != "" {
			return cli.Usagef("-file and -store are two places for one list")
		}
		return nil
	},
	Commands: map[string]cli.Command[options]{
		"":       {Run: runTerminal},
		"script": {Args: "script KEYS", Least: 1, Most: 1, Run: runScript},
	},
}

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program.
func run(args []string, stdout, stderr io.Writer) int { return program.Run(args, stdout, stderr) }

// runTerminal shows the list until the user leaves.
func runTerminal(_ *bufio.Writer, o options, _ []string) error {
	if !term.IsTerminal(os.Stdin.Fd()) || !term.IsTerminal(os.Stdout.Fd()) {
		return fmt.Errorf("there is no terminal; todo script KEYS does without")
	}
	if o.file == "" && o.store == "" {
		dir, err := os.UserConfigDir()
		if err != nil {
			return fmt.Errorf("%w (-file names a file)", err)
		}
		o.file = filepath.Join(dir, "ramet", "todo.json")
		if err := os.MkdirAll(filepath.Dir(o.file), 0o700); err != nil {
			return err
		}
	}
	a, err := begin(o)
	if err != nil {
		return err
	}
	defer a.journal.close()
	a.color = os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
	last, err := tea.NewProgram(a, tea.WithAltScreen()).Run()
	if err != nil {
		return err
	}
	return last.(app).farewell()
}

// runScript plays a script and prints the last screen.
func runScript(w *bufio.Writer, o options, args []string) error {
	script, err := os.ReadFile(args[0])
	if err != nil {
		return fmt.Errorf("cannot read the keys: %w", err)
	}
	a, err := begin(o)
	if err != nil {
		return err
	}
	defer a.journal.close()
	if a, err = play(a, args[0], string(script)); err != nil {
		return err
	}
	fmt.Fprintln(w, a.View())
	return nil
}

// begin returns the app with the list that the flags name.
func begin(o options) (app, error) {
	if o.store != "" {
		j, p, err := openJournal(o.store)
		if err != nil {
			return app{}, err
		}
		return newAppOf(j, p), nil
	}
	var f file
	var s state
	if o.file != "" {
		var err error
		if f, s, err = open(o.file); err != nil {
			return app{}, err
		}
	}
	return newApp(f, s), nil
}
