package main

import (
	"errors"
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

// invoke runs the program over testdata and returns what it wrote, without times.
func invoke(args ...string) (code int, stdout, stderr string) {
	var out, errs strings.Builder
	code = run(append([]string{"-dir", "testdata"}, args...), &out, &errs)
	return code, timing.ReplaceAllString(out.String(), "TIME"), errs.String()
}

func TestCommands(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.ramet")
	for _, c := range []struct {
		args string
		want string
	}{
		{"at 1.10 forest/leaf", `
forest/leaf at Go 1.10: 5 features, the first since Go 1.10

  1.10  func All[$0 interface{ ~[]$1 }, $1 interface{}]($0) func(func($1) bool)

  1.10  type Box[$0 interface{}] struct
  1.10    Label string
  1.10    embedded *Tree
  1.10    method (*Box[$0]) Open() $0
`},
		{"at go1.10 forest", `
forest at Go 1.10: 10 features, the first since Go 1.0

  1.0   const Deep ideal-int = 7

  1.0   var Default *Tree

  1.0   func Grow(int, ...Option) *Tree  (deprecated)
  1.10  func Plant(int, string) (*Tree, error)  (deprecated)

  1.2   type Option interface { unexported methods }
  1.2     unexported methods
  1.0   type Tree struct
  1.0     Age int
  1.0     method (*Tree) Height() float64
`},
		{"at go1 forest/leaf", `
Go 1.0 had no package forest/leaf. It came with Go 1.10, with 5 features.
`},
		{"at 1 weather", `
weather at Go 1.0: 2 features, the first since Go 1.0

  1.0   const Pi ideal-float = 3.14159
`},
		{"at 1.2", `
Go 1.2: 3 packages with 18 features

  since  features  package
  1.0           9  forest
  1.0           7  soil
  1.0           2  weather
`},
		{"at 1.2 soil", `
soil at Go 1.2: 7 features, the first since Go 1.0

  1.0   func Dig(int) error

  6 features on 3 platforms: clay-386, peat-arm, sand-386. List them with -platform NAME, or
    -platform all.
`},
		{"at 1.2 soil -platform peat-arm", `
soil at Go 1.2: 7 features, the first since Go 1.0

  1.2   const Depth ideal-int = 5  [peat-arm]

  1.0   func Dig(int) error

  4 features on 2 platforms: clay-386, sand-386. List them with -platform NAME, or -platform all.
`},
		{"at -platform=all 1.0 soil", `
soil at Go 1.0: 5 features, the first since Go 1.0

  1.0   const Depth ideal-int  [clay-386, sand-386]
  1.0   const Depth = 3  [clay-386]
  1.0   const Depth = 5  [sand-386]

  1.0   func Dig(int) error
`},
		{"diff 1.2 1.10", `
Go 1.2 -> Go 1.10: 6 added, 2 changed, 0 removed

forest
  ~ func Grow(int, ...Option) *Tree  (deprecated) #110
  + func Plant(int, string) (*Tree, error)  (deprecated) #107

forest/leaf  (new package)
  + func All[$0 interface{ ~[]$1 }, $1 interface{}]($0) func(func($1) bool)  #99
  + type Box[$0 interface{}] struct  #101
  + type Box[$0 interface{}] struct, Label string  #101
  + type Box[$0 interface{}] struct, embedded *Tree  #101
  + method (*Box[$0]) Open() $0  #101

soil
    1 change on 1 platform: clay-386. List them with -platform NAME, or -platform all.

Packages that differ: 3. Shared, and skipped: 1. Compared in TIME.
`},
		{"diff 1.10 1.2 forest/leaf", `
Go 1.10 -> Go 1.2: 0 added, 0 changed, 5 removed

forest/leaf  (package removed)
  - func All[$0 interface{ ~[]$1 }, $1 interface{}]($0) func(func($1) bool)  #99
  - type Box[$0 interface{}] struct  #101
  - type Box[$0 interface{}] struct, Label string  #101
  - type Box[$0 interface{}] struct, embedded *Tree  #101
  - method (*Box[$0]) Open() $0  #101

Packages that differ: 1. Shared, and skipped: 0. Compared in TIME.
`},
		{"diff 1.10 1.2 forest", `
Go 1.10 -> Go 1.2: 0 added, 1 changed, 1 removed

forest
  ~ func Grow(int, ...Option) *Tree  (not deprecated)
  - func Plant(int, string) (*Tree, error)  (deprecated) #107

Packages that differ: 1. Shared, and skipped: 0. Compared in TIME.
`},
		{"diff 1.2 1.10 soil -platform clay-386", `
Go 1.2 -> Go 1.10: 0 added, 1 changed, 0 removed

soil
  ~ const Depth = 3 -> 4  [clay-386]  #120

Packages that differ: 1. Shared, and skipped: 0. Compared in TIME.
`},
		{"diff 1.0 1.10 weather", `
Go 1.0 -> Go 1.10: 0 added, 0 changed, 0 removed

Packages that differ: 0. Shared, and skipped: 1. Compared in TIME.
`},
		{"when Grow", `
Go 1.0   forest  + func Grow(int) *Tree
Go 1.2   forest  ~ func Grow(int) *Tree -> (int, ...Option) *Tree
Go 1.10  forest  ~ func Grow(int, ...Option) *Tree  (deprecated) #110
`},
		{"when Depth -n 2", `
Go 1.0   soil  + const Depth ideal-int  [clay-386, sand-386]
Go 1.0   soil  + const Depth = 3  [clay-386]
... and 3 more matches (-n N or -all shows more)
`},
		{"when Depth -n 4", `
Go 1.0   soil  + const Depth ideal-int  [clay-386, sand-386]
Go 1.0   soil  + const Depth = 3  [clay-386]
Go 1.0   soil  + const Depth = 5  [sand-386]
Go 1.2   soil  + const Depth ideal-int = 5  [peat-arm]
... and 1 more match (-n N or -all shows more)
`},
		{"when -all -n 1 -re ^pkg.soil.*func|Box..0.*struct,", `
Go 1.0   soil         + func Dig(int) error
Go 1.10  forest/leaf  + type Box[$0 interface{}] struct, Label string  #101
Go 1.10  forest/leaf  + type Box[$0 interface{}] struct, embedded *Tree  #101
`},
		{"when -- -386),", ""}, // filled in below: the text starts with a dash
	} {
		code, stdout, stderr := invoke(strings.Fields(c.args)...)
		fromFile(t, file, stdout, strings.Fields(c.args)...)
		assert.Zero(t, code, c.args)
		assert.Empty(t, stderr, c.args)
		if c.want == "" {
			assert.Contains(t, stdout, "[clay-386]", c.args)
			continue
		}
		assert.Equal(t, strings.TrimPrefix(c.want, "\n"), stdout, c.args)
	}
}

func TestOverview(t *testing.T) {
	code, stdout, stderr := invoke()
	require.Zero(t, code, stderr)
	for _, want := range []string{
		"The API of 3 Go releases, all of them in memory at once\n28 lines of API text in testdata, read and parsed in TIME\n",
		"\nGo 1.0           3        13       13        -          -      -         -  ",
		"\nGo 1.2           3        18        5        1         12  66.7%         1  ",
		"\nGo 1.10          4        24        6        2         16  66.7%         1  ",
		"\n  memory held  ",
		"\n  visiting its 24 features ",
	} {
		assert.Contains(t, stdout, want)
	}
	for l := range strings.Lines(stdout) {
		assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(l, "\n")), report.Width, l)
	}
}

// TestStoredOverview: the table is that of the releases in memory, but for the memory; it is the same when nothing is written any more.
func TestStoredOverview(t *testing.T) {
	file := filepath.Join(t.TempDir(), "go.ramet")
	code, stdout, stderr := invoke()
	require.Zero(t, code, stderr)
	var want []string
	for l := range strings.Lines(stdout) {
		if strings.HasPrefix(l, "Go ") {
			want = append(want, strings.TrimRight(l[:75], " "))
		}
	}
	require.Len(t, want, 3)
	for _, note := range []string{"Wrote 3 releases to ", "Answered from "} {
		code, stdout, stderr := invoke("-store", file)
		require.Zero(t, code, stderr)
		var got []string
		for l := range strings.Lines(stdout) {
			if strings.HasPrefix(l, "Go ") {
				got = append(got, strings.TrimRight(l, " \n"))
			}
		}
		assert.Equal(t, want, got)
		assert.Contains(t, stdout, "The API of 3 Go releases, all of them in one file\n")
		assert.Contains(t, strings.Join(strings.Fields(stdout), " "), "All releases together have 55 features, and the file ")
		assert.Contains(t, stdout, " at 1.10 forest\n")
		assert.Contains(t, stdout, " -store ")
		assert.Contains(t, stdout, "\n\n"+note)
		for l := range strings.Lines(stdout) {
			if !strings.HasPrefix(l, "  ") { // a command, which is not cut
				assert.LessOrEqual(t, utf8.RuneCountInString(strings.TrimSuffix(l, "\n")), report.Width, l)
			}
		}
	}

	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go1.4.txt"), []byte("# nothing\n"), 0o600))
	var out, errs strings.Builder
	assert.Zero(t, run([]string{"-dir", dir, "-store", filepath.Join(dir, "file")}, &out, &errs), errs.String())
	assert.Contains(t, out.String(), "The API of 1 Go release,")
	assert.NotRegexp(t, "NaN|Inf|Try:", out.String())
	code, _, stderr = invoke("-store", dir)
	assert.Equal(t, cli.Failed, code)
	assert.Contains(t, stderr, dir)
}

func TestOverviewOfNothing(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.WriteFile(filepath.Join(dir, "go1.4.txt"), []byte("# nothing\n"), 0o600))
	var out, errs strings.Builder
	assert.Zero(t, run([]string{"-dir", dir}, &out, &errs), errs.String())
	assert.Contains(t, out.String(), "The API of 1 Go release,")
	assert.NotContains(t, out.String(), "NaN")
	assert.NotContains(t, out.String(), "Inf")
}

func TestErrors(t *testing.T) {
	for _, c := range []struct {
		args string
		code int
		want string
	}{
		{"-platform all", cli.Usage, "flag -platform has no meaning for timeline"},
		{"at 1.3", cli.Failed, "unknown release 1.3: the history has Go 1.0 to Go 1.10"},
		{"diff 1.0 2.1", cli.Failed, `"2.1" is no release`},
		{"diff 1.1 1.0", cli.Failed, "unknown release 1.1"},
		{"at 1.2 leaf", cli.Failed, `no release has a package "leaf"; there is forest/leaf`},
		{"diff 1.2 1.10 desert", cli.Failed, `no release has a package "desert"` + "\n"},
		{"at 1.2 soil -platform loam", cli.Failed, `unknown platform "loam": the history has clay-386, peat-arm, sand-386`},
		{"diff 1.0 1.2 -platform loam", cli.Failed, `unknown platform "loam"`},
		{"when Nothing", cli.Failed, `nothing in Go 1.0 to Go 1.10 matches "Nothing"` + "\n"},
		{"when Grow|Plant", cli.Failed, "-re reads it as a regular expression"},
		{"when -dir testdata/none Grow", cli.Failed, "no API history in testdata/none: there is no such folder (-dir names another folder)\n"},
		{"when -re (", cli.Usage, "missing closing )"},
		{"when Grow -n -1", cli.Usage, "negative"},
		{"when Grow -n x", cli.Usage, "invalid value"},
		{"when", cli.Usage, "usage: timeline when TEXT"},
		{"at", cli.Usage, "usage: timeline at RELEASE [PACKAGE]"},
		{"diff 1.0", cli.Usage, "usage: timeline diff OLD NEW [PACKAGE]"},
		{"at 1.0 a b", cli.Usage, "wrong number of arguments"},
		{"grow", cli.Usage, `unknown command "grow"`},
		{"at 1.0 -platform all", cli.Usage, "-platform has no meaning without a package"},
		{"at 1.0 -all", cli.Usage, "flag -all has no meaning for timeline at"},
		{"-bogus", cli.Usage, "-bogus"},
	} {
		code, stdout, stderr := invoke(strings.Fields(c.args)...)
		assert.Equal(t, c.code, code, c.args)
		assert.Empty(t, stdout, c.args)
		assert.Contains(t, stderr, c.want, c.args)
		assert.True(t, strings.HasPrefix(stderr, "timeline: "), c.args)
		assert.Equal(t, c.code == cli.Usage, strings.Contains(stderr, "timeline help"), c.args)
	}
}

func TestHelp(t *testing.T) {
	for _, args := range []string{"help", "-h", "-help", "at -h"} {
		code, stdout, stderr := invoke(strings.Fields(args)...)
		assert.Zero(t, code, args)
		assert.Equal(t, usage, stdout, args)
		assert.Empty(t, stderr, args)
	}
	for l := range strings.Lines(usage) {
		assert.LessOrEqual(t, len(strings.TrimSuffix(l, "\n")), report.Width, l)
	}
}

// A full disk fails every write.
type fullDisk struct{}

func (fullDisk) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func TestUnwritableOutput(t *testing.T) {
	var errs strings.Builder
	assert.Equal(t, cli.Failed, run([]string{"-dir", "testdata", "at", "1.2"}, fullDisk{}, &errs))
	assert.Equal(t, "timeline: cannot write the output: disk full\n", errs.String())
}
