// Command bench measures the collections of ramet against the built-in ones and
// against other libraries. README.md says how to run it and how to read it.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"syscall"
	"time"

	"github.com/ramet-go/ramet/bench/contestants"
	"github.com/ramet-go/ramet/bench/harness"
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
		noise    = flags.Bool("noise", false, "measure ramet a second time, as ramet-again: what the two differ by is noise")
		file     = flags.String("json", "", "write what is measured to this `file`, as JSON lines, as it comes; if it is there, go on with it")
		from     = flags.String("from", "", "print the tables of such a `file`, and measure nothing")
		profile  = flags.String("cpuprofile", "", "write a CPU profile to this `file`; samples carry the labels case, subject and size")
	)
	if err := flags.Parse(args); err != nil {
		return flag.ErrHelp // Parse has told the user
	}
	if flags.NArg() > 0 {
		return fmt.Errorf("unexpected argument %q; see -help", flags.Arg(0))
	}
	given := map[string]bool{}
	flags.Visit(func(f *flag.Flag) { given[f.Name] = true })
	if *short {
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
		Rounds:   *rounds,
		CPU:      *cpu,
		Limits:   harness.Limits{MinTime: *minTime, MaxTime: *maxTime, Collections: 5},
		Noise:    *noise,
		Progress: stderr,
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
		o.Log = stderr
	}

	groups := contestants.Groups()
	if *list {
		for _, g := range groups {
			for _, c := range g.Cases {
				fmt.Fprintf(stdout, "%-28s %s\n", g.Name+"/"+c.Name, c.Doc)
			}
		}
		return nil
	}
	if *from != "" {
		if !given["size"] {
			o.Sizes = nil
		}
		return printFile(*from, groups, o, stdout)
	}
	if *file != "" {
		o.File, err = harness.OpenFile(*file, harness.Header{
			Machine: harness.ThisMachine(), Go: runtime.Version(), Commit: harness.Commit(), Date: time.Now().UTC().Truncate(time.Second),
			Flags: map[string]string{
				"run": *cases, "subjects": *subjects, "size": harness.SizeNames(o.Sizes), "rounds": fmt.Sprint(*rounds),
				"min": minTime.String(), "max": maxTime.String(), "cpu": fmt.Sprint(*cpu), "noise": fmt.Sprint(*noise),
			},
			Settings: map[string]string{"GOGC": gogc(), "GOMAXPROCS": fmt.Sprint(runtime.GOMAXPROCS(0))},
		})
		if err != nil {
			return err
		}
		defer func() {
			if cerr := o.File.Close(); err == nil {
				err = cerr
			}
		}()
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
	ctx, cancel := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer cancel()
	context.AfterFunc(ctx, cancel) // a second interrupt ends the process at once
	r, err := harness.Run(ctx, groups, o, func(t *harness.Table) { t.Print(stdout) })
	if errors.Is(err, context.Canceled) {
		if o.File == nil {
			return errors.New("interrupted; with -json, what is measured is kept")
		}
		return fmt.Errorf("interrupted; what was measured is in %s, and the same command goes on with it", *file)
	}
	if err != nil {
		return err
	}
	if len(r.Tables) == 0 {
		return fmt.Errorf("no case to measure: -run and -size leave none; see -list")
	}
	r.Print(stdout)
	fmt.Fprintf(stdout, "Took %v.\n", time.Since(start).Round(time.Second))
	return nil
}

// printFile prints the tables of a file of results.
func printFile(path string, groups []harness.Group, o harness.Options, stdout io.Writer) error {
	record, err := harness.ReadRecord(path)
	if err != nil {
		return err
	}
	r := harness.FromRecord(groups, record, o)
	if len(r.Tables) == 0 {
		return fmt.Errorf("%s has no row that -run, -subjects and -size select", path)
	}
	record.Print(stdout)
	for _, t := range r.Tables {
		t.Print(stdout)
	}
	r.Print(stdout)
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
