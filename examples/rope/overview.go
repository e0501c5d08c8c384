package main

import (
	"bufio"
	"fmt"
	"slices"
	"time"

	"github.com/ramet-go/ramet/examples/internal/cli"
	"github.com/ramet-go/ramet/examples/internal/report"
)

// copiesMost is how many bytes of full copies are made. What the others would hold is reckoned.
const copiesMost = 64 << 20

// runOverview applies the edits and prints what it costs to keep every version.
func runOverview(w *bufio.Writer, o options, _ []string) error {
	d, err := open(o)
	if err != nil {
		return err
	}
	h, err := d.replay()
	if err != nil {
		return err
	}
	if o.record != "" {
		if err := d.record(o.record, o.seed); err != nil {
			return err
		}
	}
	if o.write != "" {
		tr, err := d.traceOf(h)
		if err == nil {
			err = tr.write(o.write)
		}
		if err != nil {
			return err
		}
	}
	few := affordable(h)
	if err := compare(h, duplicating.build(d, d.edits[:few])); err != nil {
		return err
	}

	fmt.Fprintf(w, "A text, %s, and every version of it\n", report.Plural(len(d.edits), "edit"))
	fmt.Fprintf(w, "text   %s, %s\n", d.path, report.Plural(len(d.text), "byte"))
	switch {
	case d.trace != nil:
		fmt.Fprintf(w, "edits  those of its %s, which lead to its endContent\n", report.Plural(len(d.trace.Txns), "transaction"))
	case d.list != "":
		fmt.Fprintf(w, "edits  %s\n", d.list)
	case o.record != "":
		fmt.Fprintf(w, "edits  generated with -seed %d, written to %s\n", o.seed, o.record)
	default:
		fmt.Fprintf(w, "edits  generated with -seed %d\n", o.seed)
	}
	if o.write != "" {
		fmt.Fprintf(w, "trace  written to %s\n", o.write)
	}
	printKinds(w, h.tallies(d.edits, d.progress))
	held, copied := printMilestones(w, d, h, few)
	printComparison(w, d, few, held, copied)
	if n := len(d.edits); n > 0 && o.file == "" && o.edits == "" && o.trace == "" && o.seed == 1 { // or it would take flags
		fmt.Fprintf(w, "\nTry:\n  %[1]s at %[2]d\n  %[1]s cat %[3]d\n  %[1]s -record edits.txt\n  %[1]s help\n",
			cli.Self("rope"), (n+1)/2, n)
	}
	return nil
}

// printKinds prints what the edits of each kind cost.
func printKinds(w *bufio.Writer, ts [len(kinds)]tally) {
	fmt.Fprintf(w, "\n%36s  %16s  %10s\n", "bytes", "memory of its", "time")
	fmt.Fprintf(w, "%-10s  %10s  %12s  %16s  %10s\n", "kind", "edits", "each", "own per version", "per edit")
	for k, t := range ts {
		if n := t.edits; n > 0 {
			fmt.Fprintf(w, "%-10s  %10s  %12s  %16s  %10s\n", kind(k), report.Count(n), report.Count(t.bytes/n),
				report.Plural(t.held/n, "byte"), report.Took(t.took/time.Duration(n)))
		}
	}
}

// affordable returns the last version up to which copies are made.
func affordable(h history) int {
	total := h[0].Len()
	for i := range h[1:] {
		if total += h[i+1].Len(); total > copiesMost {
			return i
		}
	}
	return len(h) - 1
}

// printMilestones prints what all versions hold up to some of them. It returns what all of them hold, as
// vectors and as copies.
func printMilestones(w *bufio.Writer, d document, h history, few int) (held int, copied int64) {
	last := len(d.edits)
	at := []int{0}
	for v := 1; v < last; v *= 10 {
		at = append(at, v)
	}
	if last > 0 {
		at = append(at, last)
	}
	vectors := sharing.weigh(d, at)

	// Copies are made up to version few. The others would hold as much for each byte of text.
	made := slices.DeleteFunc(slices.Clone(at), func(v int) bool { return v >= few })
	made = append(made, few)
	duplicates := duplicating.weigh(d, made)
	sizes := make([]int, len(h)) // of the texts up to a version
	for i, sum := 0, 0; i < len(h); i++ {
		sum += h[i].Len()
		sizes[i] = sum
	}

	fmt.Fprintf(w, "\n%-10s  %10s  %12s  %16s  %10s\n", "", "bytes", "all versions", "for each version", "as full")
	fmt.Fprintf(w, "%-10s  %10s  %12s  %16s  %10s\n", "version", "of text", "up to it", "after the first", "copies")
	for i, v := range at {
		held, each, guess := vectors[i], "-", ""
		if v > 0 {
			each = report.Plural((held-vectors[0])/v, "byte")
		}
		if v <= few {
			copied = int64(duplicates[slices.Index(made, v)])
		} else {
			guess = "~"
			copied = int64(float64(duplicates[len(duplicates)-1]) * float64(sizes[v]) / float64(max(sizes[few], 1)))
		}
		fmt.Fprintf(w, "%-10s  %10s  %12s  %16s  %10s\n", report.Count(v), report.Count(h[v].Len()), report.Size(held), each,
			guess+report.Size(copied))
	}
	return vectors[len(vectors)-1], copied
}

// printComparison prints what it costs to keep all versions, as vectors and as copies.
func printComparison(w *bufio.Writer, d document, few, held int, copied int64) {
	a, b := sharing.measure(d, d.edits), duplicating.measure(d, d.edits[:few])
	all := len(d.edits) + 1
	fmt.Fprintf(w, "\n%-36s  %17s  %14s\n", "Keeping "+report.Plural(all, "version"), "persistent vector", "full copies")
	row := func(what, a, b string, x, y float64, better, worse string) {
		fmt.Fprintf(w, "  %-34s  %17s  %14s  %s\n", what, a, b, report.Ratio(x, y, better, worse))
	}
	timed := func(what string, x, y time.Duration) {
		row(what, report.Took(x), report.Took(y), float64(x), float64(y), "faster", "slower")
	}
	guess := ""
	if few+1 < all {
		guess = "~"
	}
	row("memory held", report.Size(held), guess+report.Size(copied), float64(held), float64(copied), "less", "more")
	timed("making one", a.edit, b.edit)
	timed("opening any of them", a.open, b.open)
	timed(fmt.Sprintf("reading %d bytes in its middle", someBytes), a.middle, b.middle)
	timed("reading all of it", a.whole, b.whole)

	text := "All of this was measured in this run, memory after a garbage collection. A full copy is a slice of all bytes. "
	if guess == "" {
		text += "Every version was made as one too, and compared with the vector."
	} else {
		text += fmt.Sprintf("The first %s were made, compared with the vectors, and measured; what has a ~ is reckoned from "+
			"them, as if all %s held as much for each byte of text. To be opened and read, versions are picked at random: from "+
			"all vectors, but from those copies only, whose few headers and middles stay in the processor's caches.",
			report.Count(few+1), report.Count(all))
	}
	w.WriteString("\n" + report.Wrap("", 0, text))
}
