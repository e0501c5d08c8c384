package diff_test

import (
	"fmt"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
)

func TestKindString(t *testing.T) {
	assert.Equal(t, "Added", diff.Added.String())
	assert.Equal(t, "Removed", diff.Removed.String())
	assert.Equal(t, "Updated", diff.Updated.String())
	assert.Equal(t, "Kind(0)", diff.Kind(0).String())
	assert.Equal(t, "Kind(255)", diff.Kind(255).String())
}

func TestChangeInverse(t *testing.T) {
	type change = diff.Change[string, int]
	for _, c := range []struct{ in, want change }{
		{change{diff.Added, "k", 0, 2}, change{diff.Removed, "k", 2, 0}},
		{change{diff.Removed, "k", 1, 0}, change{diff.Added, "k", 0, 1}},
		{change{diff.Updated, "k", 1, 2}, change{diff.Updated, "k", 2, 1}},
		{change{0, "k", 1, 2}, change{0, "k", 2, 1}},
	} {
		assert.Equal(t, c.want, c.in.Inverse())
		assert.Equal(t, c.in, c.in.Inverse().Inverse(), "an inverse undone")
	}
}

func TestSpliceInverse(t *testing.T) {
	s := diff.Splice[int]{At: 3, Old: []int{1}, New: []int{2, 3}}
	assert.Equal(t, diff.Splice[int]{At: 3, Old: []int{2, 3}, New: []int{1}}, s.Inverse())
	assert.Equal(t, s, s.Inverse().Inverse())
}

func ExampleChange_Inverse() {
	c := diff.Change[string, int]{Kind: diff.Added, Key: "ash", New: 3}
	fmt.Println(c.Kind, c.Key, c.New)
	undo := c.Inverse()
	fmt.Println(undo.Kind, undo.Key, undo.Old)
	// Output:
	// Added ash 3
	// Removed ash 3
}

func ExampleSplice_Inverse() {
	s := diff.Splice[string]{At: 2, New: []string{"b", "c"}}
	undo := s.Inverse()
	fmt.Println(undo.At, undo.Old, undo.New)
	// Output: 2 [b c] []
}

func ExampleOverlap_Resolve() {
	o := diff.Overlap[string]{At: 2, Base: []string{"b"}, Ours: []string{"B"}, Theirs: []string{"b", "c"}}
	s := o.Resolve(append(o.Ours, o.Theirs[1:]...))
	fmt.Println(s.At, s.Old, s.New)
	// Output: 2 [B] [B c]
}
