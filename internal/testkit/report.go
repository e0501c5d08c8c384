package testkit

import "fmt"

// A Report says what a run, or several, did and reached.
type Report struct {
	Steps      int
	Ops        map[Op]int // commands by operation, skipped ones not counted
	MaxLen     int
	MaxShape   Shape // the maximum of each field
	Splits     int   // results with more nodes than the version they came from
	Merges     int   // results with fewer nodes than the version they came from
	NoOps      int   // results that had to be, and were, their receiver
	Faults     int   // commands that ended in an injected panic
	Poisoned   int   // builders that refused to go on after one
	Verified   int   // comparisons of a map or builder with its model
	Old        int   // of these, comparisons of versions no slot holds any more
	Checked    int   // calls of Check
	Conflicts  int   // of merges
	OldestKept int   // the age, in steps, of the oldest version verified
}

// Add adds the counts of o to r, and raises r's maxima to those of o.
func (r *Report) Add(o Report) {
	if r.Ops == nil {
		r.Ops = map[Op]int{}
	}
	for op, n := range o.Ops {
		r.Ops[op] += n
	}
	r.Steps += o.Steps
	r.MaxLen = max(r.MaxLen, o.MaxLen)
	r.MaxShape.raise(o.MaxShape)
	r.Splits += o.Splits
	r.Merges += o.Merges
	r.NoOps += o.NoOps
	r.Faults += o.Faults
	r.Poisoned += o.Poisoned
	r.Verified += o.Verified
	r.Old += o.Old
	r.Checked += o.Checked
	r.Conflicts += o.Conflicts
	r.OldestKept = max(r.OldestKept, o.OldestKept)
}

// Missing returns the operations that never ran, apart from those in skip.
func (r *Report) Missing(skip ...Op) (missing []Op) {
	skipped := map[Op]bool{}
	for _, op := range skip {
		skipped[op] = true
	}
	for _, op := range Ops() {
		if r.Ops[op] == 0 && !skipped[op] {
			missing = append(missing, op)
		}
	}
	return missing
}

// String returns r on one line, without the counts of operations.
func (r Report) String() string {
	return fmt.Sprintf("%d steps, up to %d entries in %+v, %d splits, %d merges, %d no-ops, %d faults (%d builders poisoned), "+
		"%d conflicts, %d verified (%d of old versions, up to %d steps old), %d checked", r.Steps, r.MaxLen, r.MaxShape, r.Splits,
		r.Merges, r.NoOps, r.Faults, r.Poisoned, r.Conflicts, r.Verified, r.Old, r.OldestKept, r.Checked)
}

// raise raises each field of s to that of o.
func (s *Shape) raise(o Shape) {
	s.Entries = max(s.Entries, o.Entries)
	s.Depth = max(s.Depth, o.Depth)
	s.Inner = max(s.Inner, o.Inner)
	s.Leaves = max(s.Leaves, o.Leaves)
	s.Collisions = max(s.Collisions, o.Collisions)
}
