// Package harness measures contestants side by side in one process and prints
// how they compare.
//
// A [Group] is a set of cases that the same contestants can prepare for; a [Case]
// is one operation, and one table of the report; a [Subject] is one contestant.
// [Run] takes the samples, the subjects of a case in turn within each round, and
// [Results.Print] writes the tables.
//
// The rules of measuring, and why they are what they are:
//
//   - Subjects are interleaved: every round measures each of them once, in an
//     order that rotates from round to round. A machine that slows down for a
//     while then slows all of them down.
//   - Every sample starts on a fresh heap. The subject is prepared, the heap is
//     collected, and nothing is alive but what is measured and its input: live data
//     of another contestant would make every collection dearer.
//   - A sample of an operation that allocates spans at least five collections. The
//     cost of garbage is paid in the collections, so a sample that ends before the
//     first of them makes a contestant that produces much garbage look as much
//     as twice as fast as it is.
//   - Figures are medians over the rounds. The report marks a verdict with "?" when
//     the target lies within the middle half of the rounds: take more rounds.
//   - The timed loops are the subjects' own, on concrete types: the harness asks
//     for n operations and makes one call.
package harness

// A Group is a set of cases that share their contestants and their input.
type Group struct {
	Name  string // precedes the names of the cases, as in "hamt/int64"
	Cases []Case

	// Open returns the contestants for one size, ours first. The input they
	// share belongs to their closures, so that it is garbage when the size is done.
	Open func(size int) []Subject
}

// A Case is one operation, measured at several sizes: one table of the report.
type Case struct {
	Name  string // "set"
	Doc   string // what one operation is, for the table's title
	Kind  Kind
	Sizes []int // the sizes it makes sense at; nil: every size asked for

	// PerEntry divides the figures of an operation that visits or makes the whole
	// collection by the size.
	PerEntry bool

	Targets []Target
}

// Kind says what is measured.
type Kind uint8

const (
	Time       Kind = iota // the time, bytes and allocations of an operation
	Heap                   // the live bytes per entry of what a fixture holds
	Collection             // the time a full collection spends on what a fixture holds
)

// A Subject is one contestant in a group.
type Subject struct {
	Name    string
	Prepare func() Fixture // builds afresh what is to be measured
}

// A Fixture is what a subject has prepared.
type Fixture struct {
	// Runs holds, by the name of a case, a function that does n operations. A case that
	// it does not hold is one that the subject does not take part in. Runs leaves the
	// fixture as it was, up to the position in its input.
	Runs map[string]func(n int)

	// Held, for the kinds Heap and Collection, is what is to be weighed; the subject must
	// keep no other reference to it. Nil: the subject does not take part.
	Held    any
	Entries int // how many entries Held has, over all the collections in it
}

// A Target is a figure to reach.
type Target struct {
	Measure Measure
	Rival   string          // for Faster and Within
	At      map[int]float64 // the bound, by size; no target at other sizes
}

// Measure says which figure a target bounds.
type Measure uint8

const (
	Faster Measure = iota // the rival's figure ÷ ours, at least
	Within                // our figure ÷ the rival's, at most
	Figure                // our figure itself (ns, or bytes per entry), at most
	Bytes                 // our bytes allocated per operation, at most
	Allocs                // our allocations per operation, at most
)
