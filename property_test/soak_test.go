package property_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/ramet-go/ramet/internal/testkit"
)

// TestSoak checks every law on more and larger values, with ever new seeds, for as long as
// RAMET_SOAK says.
func TestSoak(t *testing.T) {
	for seed := range testkit.Soak(t) {
		r := run{seed, 10, 700}
		ok := t.Run(fmt.Sprint(seed), func(t *testing.T) {
			r.everywhere(t, allLaws(), byKeyType[string](), byKeyType[pair](), byKeyType[float64]())
			t.Run("label", func(t *testing.T) { check(t, r, labelWorlds, instanceLaws()) })
			t.Run("commands", func(t *testing.T) { checkCommands(t, run{seed, 20, 200}) })
			t.Run("sorted", func(t *testing.T) { check(t, r, realms, lawsOfMaps()) })
			t.Run("order", func(t *testing.T) { checkSorted(t, r, allSortedLaws()) })
			t.Run("vector", func(t *testing.T) { checkVectors(t, r, allVectorLaws()) })
			t.Run("vector commands", func(t *testing.T) { checkVectorCommands(t, run{seed, 100, 200}) })
		})
		if !ok {
			return
		}
	}
}

// allLaws returns the laws of integer keys.
func allLaws() []law {
	maps := hashMaps[int]()
	return slices.Concat(byKeyType[int](), algebraLaws(maps), diffLaws(maps), mergeLaws(maps), setLaws(hashSets[int]()), builderLaws(maps))
}

func byKeyType[K comparable]() []law { return append(mapLaws(hashMaps[K]()), encodeLaws[K]()...) }
