// Command report writes REPORT.md and its plots from files of results.
//
//	go run ./report -o REPORT.md -plots plots results/a.jsonl …
//
// Several files complement each other: they must be of one machine, Go version and commit, and of rows that two have, those of
// the later file count.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/ramet-go/ramet/bench/contestants"
	"github.com/ramet-go/ramet/bench/harness"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil {
		if err != flag.ErrHelp {
			fmt.Fprintln(os.Stderr, "report:", err)
		}
		os.Exit(2)
	}
}

func run(args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("report", flag.ContinueOnError)
	flags.SetOutput(stderr)
	flags.Usage = func() {
		fmt.Fprintln(stderr, "usage: report [flags] RESULTS.jsonl…")
		flags.PrintDefaults()
	}
	out := flags.String("o", "REPORT.md", "write the report to this `file`")
	dir := flags.String("plots", "plots", "write the plots to this `directory`, beside the report")
	note := flags.String("note", "", "a sentence about the run, for the head of the report")
	if err := flags.Parse(args); err != nil {
		return flag.ErrHelp // Parse has told the user
	}
	if flags.NArg() == 0 {
		return fmt.Errorf("want a file of results; see -help")
	}
	var records []*harness.Record
	for _, path := range flags.Args() {
		r, err := harness.ReadRecord(path)
		if err != nil {
			return err
		}
		records = append(records, r)
	}
	d, err := newData(contestants.Groups(), records)
	if err != nil {
		return err
	}
	d.note = *note
	plots := filepath.Join(filepath.Dir(*out), *dir)
	if err := os.MkdirAll(plots, 0o777); err != nil {
		return err
	}
	figures, err := plotAll(d)
	if err != nil {
		return err
	}
	for _, f := range figures {
		if err := os.WriteFile(filepath.Join(plots, f.file), f.svg, 0o666); err != nil {
			return err
		}
	}
	return os.WriteFile(*out, []byte(d.markdown(filepath.ToSlash(*dir), figures)), 0o666)
}
