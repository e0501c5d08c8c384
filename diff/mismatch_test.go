package diff_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/ramet-go/ramet/diff"
)

func TestMismatchText(t *testing.T) {
	long := word(strings.Repeat("é", 65))
	for want, m := range map[string]diff.Mismatch{
		`change 2: added key 5 is there already, as <nil>`: {Index: 2, Reason: diff.Present, Kind: diff.Added, Key: 5},
		`change 0: updated key "a b" is not there`:         {Reason: diff.Absent, Kind: diff.Updated, Key: "a b", Expected: 7},
		`change 0: removed key 5 is [1 2], not [3]`:        {Reason: diff.Different, Kind: diff.Removed, Key: 5, Expected: []int{3}, Found: []int{1, 2}},
		`change 1: unknown kind 9 of key 5`:                {Index: 1, Reason: diff.UnknownKind, Kind: 9, Key: 5},
		`change 1: unknown kind 0 of key 5`:                {Index: 1, Reason: diff.UnknownKind, Key: 5},
		`change 0: key of type []int is not comparable`:    {Reason: diff.Uncomparable, Kind: diff.Added, Key: []int{1}},
		`splice 3: at 9, out of range [0:5]`:               {Index: 3, Reason: diff.OutOfRange, At: 9, Len: 5},
		`splice 3: element 4 is x, not y`:                  {Index: 3, Reason: diff.Different, At: 4, Len: 5, Expected: word("y"), Found: word("x")},
		`change 0: Reason(0)`:                              {},

		`splice 0: element 0 is "` + strings.Repeat("x", 64) + `", not ` + strings.Repeat("é", 64) + "…": {
			Reason: diff.Different, Found: strings.Repeat("x", 100), Expected: long},
	} {
		assert.EqualError(t, &m, want)
	}
	names := map[diff.Reason]string{diff.UnknownKind: "UnknownKind", diff.Present: "Present", diff.Absent: "Absent",
		diff.Different: "Different", diff.OutOfRange: "OutOfRange", diff.Uncomparable: "Uncomparable", 0: "Reason(0)", 200: "Reason(200)"}
	for r, name := range names {
		assert.Equal(t, name, r.String())
	}
}

type word string
