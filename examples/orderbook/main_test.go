package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// timing matches what differs from run to run.
var timing = regexp.MustCompile(`[0-9.,]+ (ns|us|ms|s)\b`)

// invoke runs the program and returns what it wrote, without times.
func invoke(args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	code = run(args, &out, &errs)
	return code, timing.ReplaceAllString(out.String(), "TIME"), errs.String()
}

func TestCommands(t *testing.T) {
	for args, want := range map[string]string{
		"at 10:42:06 ACME": `ACME at 10:42:06: 2 prices of bids, 2 prices of asks

            price    quantity    orders
  ask      101.50         200         1
  ask      101.40          50         1
         - 0.15 -
  bid      101.25         300         1
  bid      101.20         100         1

It took TIME to find the snapshot, one of 3.
`,
		"at 10:42:06 ACME -depth 1": `ACME at 10:42:06: 2 prices of bids, 2 prices of asks

            price    quantity    orders
  ask      101.40          50         1
         - 0.15 -
  bid      101.25         300         1

It took TIME to find the snapshot, one of 3.
`,
		"at 10:42:08 ACME": `ACME at 10:42:08: 0 prices of bids, 3 prices of asks

            price    quantity    orders
  ask      101.50         200         1
  ask      101.40          50         1
  ask      101.20         100         1

Nothing has happened since 10:42:07.

It took TIME to find the snapshot, one of 3.
`,
		"at 10:42:07": `The market at 10:42:07: 4 orders waiting, 2 trades so far

  symbol           bid for         bid         ask     ask for
  ACME                   -           -      101.20         100
  ELM                   10       75.00           -           -

It took TIME to find the snapshot, one of 3.
`,
		"at 10:42:00": `The market at 10:42:00: 0 orders waiting, 0 trades so far

  symbol           bid for         bid         ask     ask for

It took TIME to find the snapshot, one of 3.
`,
		"diff 10:42:06 10:42:10": `From 10:42:06 to 10:42:10: 2 trades of 400, 5 changes

ACME
  bid     101.25       300 -> -         1 went
  bid     101.20       100 -> -         1 went
  ask     101.20         - -> 100       1 came
  ask     101.50       200 -> -         1 went

ELM
  bid      75.00         - -> 15        2 came

It took TIME to find both snapshots, two of 3, and what changed.
`,
		"diff 10:42:07 10:42:10 ELM": `From 10:42:07 to 10:42:10: 0 trades of 0, 1 change

ELM
  bid      75.00        10 -> 15        1 came

It took TIME to find both snapshots, two of 3, and what changed.
`,
		"diff 10:42:07 10:42:08": `From 10:42:07 to 10:42:08: 0 trades of 0, 0 changes

It took TIME to find both snapshots, two of 3, and what changed.
`,
	} {
		code, stdout, stderr := invoke(append([]string{"-orders", "testdata/orders.txt"}, strings.Fields(args)...)...)
		assert.Zero(t, code, args)
		assert.Empty(t, stderr, args)
		assert.Equal(t, want, stdout, args)
	}
}

func TestOverview(t *testing.T) {
	code, stdout, stderr := invoke("-orders", "testdata/orders.txt")
	require.Zero(t, code, stderr)
	for _, want := range []string{
		"9 orders through 2 books, and a snapshot per second\norders      testdata/orders.txt\ntime        10:42:05.100 to 10:42:09.700\n",
		"\ntrades      2 of 400\nthroughput  ", " per second: all in TIME\n", "\n3 snapshots\n", "changes in a second",
	} {
		assert.Contains(t, stdout, want)
	}
	requireNarrow(t, stdout)

	code, stdout, stderr = invoke("-n", "3000")
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "orders      generated with -seed 1\n")
	assert.Regexp(t, `Try:\n  orderbook -n 3000 at 09:30:\d\d ACME\n`, stdout)
	requireNarrow(t, stdout)

	_, stdout, _ = invoke("-n", "3000", "-seed", "7")
	assert.Regexp(t, `Try:\n  orderbook -n 3000 -seed 7 at 09:30:\d\d ACME\n`, stdout)

	code, stdout, stderr = invoke("-n", "0")
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "0 orders through 0 books")
}

// What -record writes, -orders reads: every snapshot is the same.
func TestRecord(t *testing.T) {
	list := filepath.Join(t.TempDir(), "list")
	code, stdout, stderr := invoke("-n", "4000", "-seed", "3", "-record", list)
	require.Zero(t, code, stderr)
	assert.Contains(t, stdout, "orders      generated with -seed 3, written to "+list+"\n")
	for _, args := range []string{"at 09:30:07", "at 09:30:20 OAK", "diff 09:30:07 09:30:09"} {
		_, generated, _ := invoke(strings.Fields("-n 4000 -seed 3 " + args)...)
		_, read, _ := invoke(append([]string{"-orders", list}, strings.Fields(args)...)...)
		assert.Equal(t, generated, read, args)
		assert.Greater(t, strings.Count(read, "\n"), 8, args)
	}
}

func TestErrors(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "bad")
	require.NoError(t, os.WriteFile(bad, []byte("10:00:00 buy 1 ACME 1 at 1\n\n10:00:00 cancel 7\n"), 0o666))
	const list = "-orders testdata/orders.txt "
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"-orders testdata/none", cli.Failed, "cannot read the orders: open testdata/none:"},
		{"-orders " + bad, cli.Failed, bad + ":3: there was no order 7: 10:00:00 cancel 7\n"},
		{"at 10:00:00 -orders " + bad, cli.Failed, bad + ":3: "},
		{list + "at 10:42:07 OAK", cli.Failed, "nobody ever ordered OAK\n"},
		{list + "diff 10:42:07 10:42:08 BIRCH", cli.Failed, "nobody ever ordered BIRCH; the next one in the list is ELM\n"},
		{"-n 10 -record testdata/none/list", cli.Failed, "cannot record the orders: open testdata/none/list:"},
		{list + "at 10:42", cli.Usage, `"10:42" is no time; times look like 10:42:07`},
		{list + "at 10:42:07.5", cli.Usage, "is no time"},
		{list + "diff noon 10:42:07", cli.Usage, `"noon" is no time`},
		{list + "diff 10:42:07 noon", cli.Usage, `"noon" is no time`},
		{list + "diff 10:42:07 10:42:06", cli.Usage, "10:42:06 is before 10:42:07"},
		{"-n -5", cli.Usage, "-n -5: want 0 to 2000000"},
		{"-n 2000001", cli.Usage, "want 0 to 2000000, which takes 2.5 GB"},
		{"-n 99999999999999 at 10:00:00", cli.Usage, "want 0 to 2000000"},
		{"-seed x", cli.Usage, "invalid value"},
		{list + "at 10:42:07 -depth 0", cli.Usage, "-depth 0: want at least 1"},
		{list + "-n 5", cli.Usage, "flag -n has no meaning with -orders"},
		{"-record x at 10:42:07", cli.Usage, "flag -record has no meaning for orderbook at"},
		{"diff 10:42:07", cli.Usage, "usage: orderbook diff A B"},
		{"trade", cli.Usage, `unknown command "trade"`},
	} {
		code, stdout, stderr := invoke(strings.Fields(c.args)...)
		assert.Equal(t, c.code, code, c.args)
		assert.Empty(t, stdout, c.args)
		assert.Contains(t, stderr, c.want, c.args)
		assert.True(t, strings.HasPrefix(stderr, "orderbook: "), c.args)
	}
}

func TestHelp(t *testing.T) {
	code, stdout, _ := invoke("help")
	assert.Zero(t, code)
	assert.Equal(t, usage, stdout)
	requireNarrow(t, usage)
}

// requireNarrow fails if a line is too long.
func requireNarrow(t *testing.T, s string) {
	t.Helper()
	for l := range strings.Lines(s) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(l, "\n")), report.Width, l)
	}
}
