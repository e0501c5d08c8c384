// Command compare compares two files of results by the method of benchstat: medians with the
// interval that holds them with a confidence of 95 %, and the Mann-Whitney U-test of whether the two differ at all.
//
//	go run ./compare old.jsonl new.jsonl
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"regexp"

	"github.com/ramet-go/ramet/bench/harness"
)

func main() {
	if err := run(os.Args[1:], os.Stdout, os.Stderr); err != nil {
		if err != flag.ErrHelp {
			fmt.Fprintln(os.Stderr, "compare:", err)
		}
		os.Exit(2)
	}
}

func run(args []string, stdout, stderr io.Writer) error {
	flags := flag.NewFlagSet("compare", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: compare [flags] OLD.jsonl NEW.jsonl")
		flags.PrintDefaults()
	}
	cases := flags.String("run", "", "compare only the cases whose name matches this `regexp`")
	subjects := flags.String("subjects", "^ramet$", "compare the subjects whose name matches this `regexp`")
	if err := flags.Parse(args); err != nil {
		return flag.ErrHelp // Parse has told the user
	}
	if flags.NArg() != 2 {
		return fmt.Errorf("want two files, got %d; see -help", flags.NArg())
	}
	var want selection
	var err error
	if want.cases, err = regexp.Compile(*cases); err != nil {
		return fmt.Errorf("-run: %w", err)
	}
	if want.subjects, err = regexp.Compile(*subjects); err != nil {
		return fmt.Errorf("-subjects: %w", err)
	}
	older, err := harness.ReadRecord(flags.Arg(0))
	if err != nil {
		return err
	}
	newer, err := harness.ReadRecord(flags.Arg(1))
	if err != nil {
		return err
	}
	return compare(stdout, older, newer, want)
}
