package cli

import (
	"bufio"
	"errors"
	"flag"
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/examples/internal/progress"
)

type options struct {
	loud  bool
	meter *progress.Meter
	times int
}

var program = Program[options]{
	Name:  "echo",
	Usage: "echo says it again\n",
	Flags: func(fs *flag.FlagSet, o *options) {
		fs.BoolVar(&o.loud, "loud", false, "")
		fs.IntVar(&o.times, "times", 1, "")
	},
	Progress: func(o *options, m *progress.Meter) { o.meter = m },
	Common:   []string{"loud"},
	Check: func(given []string, o options) error {
		if o.times < 0 {
			return Usagef("%v: negative", given)
		}
		return nil
	},
	Commands: map[string]Command[options]{
		"":     {Flags: []string{"times"}, Run: say},
		"say":  {Args: "say WORD [WORD]", Least: 1, Most: 2, Flags: []string{"times"}, Run: say},
		"fail": {Args: "fail", Run: func(*bufio.Writer, options, []string) error { return errors.New("as you wish") }},
		"wild": {Args: "wild", Run: func(*bufio.Writer, options, []string) error { return errors.New("a \x1b[2J \u202e\xff") }},
	},
}

func say(w *bufio.Writer, o options, args []string) error {
	if o.meter == nil {
		return errors.New("no meter")
	}
	_, err := fmt.Fprintln(w, o.loud, o.times, strings.Join(args, " "))
	return err
}

func TestRun(t *testing.T) {
	for _, c := range []struct {
		args        string
		code        int
		out, errors string
	}{
		{"", OK, "false 1 \n", ""},
		{"-times 2", OK, "false 2 \n", ""},
		{"say a b", OK, "false 1 a b\n", ""},
		{"-loud say -times=3 a", OK, "true 3 a\n", ""},
		{"say a -loud b -times 4", OK, "true 4 a b\n", ""},
		{"-loud -- say -times", OK, "true 1 -times\n", ""},
		{"say a -- -loud", OK, "false 1 a -loud\n", ""},
		{"help", OK, program.Usage, ""},
		{"say -h", OK, program.Usage, ""},
		{"fail", Failed, "", "echo: as you wish\n"},
		{"help me", Usage, "", "echo: wrong number of arguments; usage: echo help\n"},
		{"say", Usage, "", "echo: wrong number of arguments; usage: echo say WORD [WORD]\n"},
		{"say a b c", Usage, "", "wrong number of arguments"},
		{"shout", Usage, "", "echo: unknown command \"shout\"\nRun echo help for what it can do.\n"},
		{"fail -times 2", Usage, "", "echo: flag -times has no meaning for echo fail\n"},
		{"say a -times -2", Usage, "", "echo: [times]: negative\n"},
		{"say a -times x", Usage, "", "invalid value"},
		{"-quiet", Usage, "", "-quiet"},
	} {
		var out, errs strings.Builder
		assert.Equal(t, c.code, program.Run(strings.Fields(c.args), &out, &errs), c.args)
		assert.Equal(t, c.out, out.String(), c.args)
		assert.Contains(t, errs.String(), c.errors, c.args)
		assert.Equal(t, c.code == Usage, strings.HasSuffix(errs.String(), "Run echo help for what it can do.\n"), c.args)
	}
}

// A full disk fails every write.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestUnwritableOutput(t *testing.T) {
	var errs strings.Builder
	assert.Equal(t, Failed, program.Run([]string{"help"}, fullDisk{}, &errs))
	assert.Equal(t, "echo: cannot write the output: disk full\n", errs.String())
}
