// Command bench measures the collections of ramet against the built-in ones and
// against other libraries. README.md says how to run it and how to read it.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"time"

	"github.com/ramet-go/ramet/bench/cells"
	"github.com/ramet-go/ramet/bench/harness"
	"github.com/ramet-go/ramet/bench/hashmaps"
	"github.com/ramet-go/ramet/bench/sorted"
	"github.com/ramet-go/ramet/bench/vectors"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if err != flag.ErrHelp {
			fmt.Fprintln(os.Stderr, "bench:", err)
		}
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) (err error) {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	flags.SetOutput(stderr)
	var (
		list     = flags.Bool("list", false, "list the cases and stop")
		cases    = flags.String("run", "", "measure only the cases whose name matches this `regexp`")
		subjects = flags.String("subjects", "", "measure only the subjects whose name matches this `regexp`")
		sizes    = flags.String("size", "10,1k,100k,1M", "measure at these `sizes`")
		rounds   = flags.Int("rounds", 5, "take the medians of `n` rounds")
		minTime  = flags.Duration("min", 50*time.Millisecond, "a sample lasts at least this `long`")
		maxTime  = flags.Duration("max", 10*time.Second, "a sample waits no longer than this for its collections")
		short    = flags.Bool("short", false, "a quick look: -run int64 -size 1k,100k -min 5ms, where these are not given")
		cpu      = flags.Bool("cpu", false, "measure processor time, collections included, instead of wall time: for a machine that is busy")
		verbose  = flags.Bool("v", false, "print every sample to standard error")
		profile  = flags.String("cpuprofile", "", "write a CPU profile to this `file`; samples carry the labels case, subject and size")
	)
	if err := flags.Parse(args); err != nil {
		return flag.ErrHelp // Parse has told the user
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; see -help", flags.Arg(0))
	}
	if *short {
		given := map[string]bool{}
		flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
		for name, value := range map[string]string{"run": "int64", "size": "1k,100k", "min": "5ms"} {
			if !given[name] {
				flags.Set(name, value)
			}
		}
	}
	if *rounds < 1 {
		return fmt.Errorf("-rounds %d: want at least 1", *rounds)
	}

	o := harness.Options{
		Rounds: *rounds,
		CPU:    *cpu,
		Limits: harness.Limits{MinTime: *minTime, MaxTime: *maxTime, Collections: 5},
	}
	if o.Sizes, err = harness.ParseSizes(*sizes); err != nil {
		return err
	}
	if o.Run, err = compile(*cases); err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	if o.Subjects, err = compile(*subjects); err != nil {
		return fmt.Errorf("-subjects: %w", err)
	}
	if *verbose {
		o.Progress = stderr
	}

	groups := slices.Concat(hashmaps.Groups(), vectors.Groups(), sorted.Groups(), cells.Groups())
	if *list {
		for _, g := range groups {
			for _, c := range g.Cases {
				fmt.Fprintf(stdout, "%-28s %s\n", g.Name+"/"+c.Name, c.Doc)
			}
		}
		return nil
	}
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil {
			return err
		}
		if err := pprof.StartCPUProfile(f); err != nil {
			return err
		}
		defer func() {
			pprof.StopCPUProfile()
			if cerr := f.Close(); err == nil {
				err = cerr
			}
		}()
	}

	start := time.Now()
	clock := "wall"
	if *cpu {
		clock = "processor"
	}
	fmt.Fprintf(stdout, "%s %s/%s, %d processors, GOGC=%s; %s time, medians of %d rounds of at least %v; ± is half the middle half of the rounds\n",
		runtime.Version(), runtime.GOOS, runtime.GOARCH, runtime.GOMAXPROCS(0), gogc(), clock, *rounds, *minTime)
	r := harness.Run(groups, o, func(t *harness.Table) { t.Print(stdout) })
	if len(r.Tables) == 0 {
		return fmt.Errorf("no case to measure: -run and -size leave none; see -list")
	}
	r.Print(stdout)
	fmt.Fprintf(stdout, "Took %v.\n", time.Since(start).Round(time.Second))
	return nil
}

func compile(expr string) (*regexp.Regexp, error) {
	if expr == "" {
		return nil, nil
	}
	return regexp.Compile(expr)
}

// gogc returns the collector's setting, which the figures of operations that allocate depend on.
func gogc() string {
	percent := debug.SetGCPercent(100)
	debug.SetGCPercent(percent)
	if percent < 0 {
		return "off"
	}
	return fmt.Sprint(percent)
}
