package harness

import (
	"fmt"
	"strconv"
	"strings"
)

// ParseSizes parses a list of sizes such as "10,1k,100k,1M". The suffixes k and
// M stand for a thousand and a million.
func ParseSizes(list string) ([]int, error) {
	var sizes []int
	for f := range strings.SplitSeq(list, ",") {
		digits, unit := strings.TrimSpace(f), 1
		if d, ok := strings.CutSuffix(digits, "k"); ok {
			digits, unit = d, 1000
		} else if d, ok := strings.CutSuffix(digits, "M"); ok {
			digits, unit = d, 1_000_000
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > 1_000_000_000/unit {
			return nil, fmt.Errorf("size %q: want a positive number such as 10, 100k or 1M, at most 1000M", f)
		}
		sizes = append(sizes, n*unit)
	}
	return sizes, nil
}

// SizeName is the inverse of ParseSizes for one size.
func SizeName(n int) string {
	switch {
	case n >= 1_000_000 && n%1_000_000 == 0:
		return strconv.Itoa(n/1_000_000) + "M"
	case n >= 1000 && n%1000 == 0:
		return strconv.Itoa(n/1000) + "k"
	}
	return strconv.Itoa(n)
}

// SizeNames is the inverse of ParseSizes.
func SizeNames(sizes []int) string {
	names := make([]string, len(sizes))
	for i, n := range sizes {
		names[i] = SizeName(n)
	}
	return strings.Join(names, ",")
}
