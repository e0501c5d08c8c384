// Package property_test checks the laws of ramet's collections on generated values, and
// has the generators, for use in properties of other programs:
//
//	prices := property_test.GenMap[string, int](gen.AlphaString(), gen.IntRange(1, 99))
//	properties.Property("a sale makes nothing dearer", prop.ForAll(
//		func(m hamt.Map[string, int]) bool { … }, prices))
//
// All generators are built so that gopter can shrink what they generate: a property that
// does not hold is reported with a small counterexample. The sizes of collections are
// below gopter's MaxSize; see [GenEntries].
package property_test

// This file must sort before the test files: the go command learns from the first file that
// the package's own name ends in _test.

import (
	"fmt"
	"iter"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"

	"github.com/ramet-go/ramet/hamt"
)

// An Entry is a key with its value.
type Entry[K, V any] struct {
	Key   K
	Value V
}

// An Edit sets Key to Value, or deletes Key.
type Edit[K, V any] struct {
	Key    K
	Value  V
	Delete bool
}

// String returns the edit as "k: v" or "-k".
func (e Edit[K, V]) String() string {
	if e.Delete {
		return fmt.Sprintf("-%v", e.Key)
	}
	return fmt.Sprintf("%v: %v", e.Key, e.Value)
}

// Pairs yields the keys and values of entries.
func Pairs[K, V any](entries []Entry[K, V]) iter.Seq2[K, V] {
	return func(yield func(K, V) bool) {
		for _, e := range entries {
			if !yield(e.Key, e.Value) {
				return
			}
		}
	}
}

// GenEntries generates slices of entries, in which keys may repeat. A quarter of them is
// tiny; the others have up to gopter's MaxSize entries, the greater lengths more often than
// the small ones, for these make deep trees.
func GenEntries[K, V any](key, value gopter.Gen) gopter.Gen {
	entry := gopter.DeriveGen(
		func(k K, v V) Entry[K, V] { return Entry[K, V]{k, v} },
		func(e Entry[K, V]) (K, V) { return e.Key, e.Value },
		key, value)
	return sliceOf[Entry[K, V]](entry, func(p *gopter.GenParameters) int {
		if p.Rng.Intn(4) == 0 {
			return p.Rng.Intn(4)
		}
		return max(p.Rng.Intn(p.MaxSize+1), p.Rng.Intn(p.MaxSize+1))
	})
}

// GenEdits generates slices of edits. Half of them have a few edits; the others have up to
// gopter's MaxSize.
func GenEdits[K, V any](key, value gopter.Gen) gopter.Gen {
	edit := gopter.DeriveGen(
		func(k K, v V, del bool) Edit[K, V] { return Edit[K, V]{k, v, del} },
		func(e Edit[K, V]) (K, V, bool) { return e.Key, e.Value, e.Delete },
		key, value, oneIn(2))
	return sliceOf[Edit[K, V]](edit, func(p *gopter.GenParameters) int {
		if p.Rng.Intn(2) == 0 {
			return p.Rng.Intn(8)
		}
		return p.Rng.Intn(p.MaxSize + 1)
	})
}

// GenMap generates maps with the default hasher.
func GenMap[K comparable, V any](key, value gopter.Gen) gopter.Gen {
	return GenMapWith[K, V](nil, key, value)
}

// GenMapWith generates maps that use h, or the default hasher if h is nil. They all stem
// from one call of [hamt.NewMap].
func GenMapWith[K comparable, V any](h hamt.Hasher[K], key, value gopter.Gen) gopter.Gen {
	empty := hamt.NewMap[K, V](h)
	return gopter.DeriveGen(
		func(entries []Entry[K, V]) hamt.Map[K, V] { return empty.SetAll(Pairs(entries)) },
		func(m hamt.Map[K, V]) []Entry[K, V] {
			entries := make([]Entry[K, V], 0, m.Len())
			for k, v := range m.All() {
				entries = append(entries, Entry[K, V]{k, v})
			}
			return entries
		},
		GenEntries[K, V](key, value))
}

// GenSet generates sets with the default hasher.
func GenSet[T comparable](element gopter.Gen) gopter.Gen {
	return GenSetWith[T](nil, element)
}

// GenSetWith generates sets that use h, or the default hasher if h is nil.
func GenSetWith[T comparable](h hamt.Hasher[T], element gopter.Gen) gopter.Gen {
	empty := hamt.NewSet(h)
	return gopter.DeriveGen(
		func(entries []Entry[T, struct{}]) hamt.Set[T] { return setOf(empty, entries) },
		func(s hamt.Set[T]) []Entry[T, struct{}] {
			entries := make([]Entry[T, struct{}], 0, s.Len())
			for v := range s.All() {
				entries = append(entries, Entry[T, struct{}]{Key: v})
			}
			return entries
		},
		GenEntries[T, struct{}](element, gen.Const(struct{}{})))
}

// A Lineage is how [VersionsOf] something came about.
type Lineage[K, V any] struct {
	Entries    []Entry[K, V] // Base has them, set in this order
	Ours       []Edit[K, V]  // lead from Base to Ours
	Theirs     []Edit[K, V]  // lead from Base to Theirs
	FromOthers bool          // Theirs descends from Ours instead of Base
}

// genVersions generates what made returns for a Lineage, from which lineage gets it back.
func genVersions[K, V, R any](key, value gopter.Gen, made func(Lineage[K, V]) R, lineage func(R) Lineage[K, V]) gopter.Gen {
	edits := GenEdits[K, V](key, value)
	return gopter.DeriveGen(
		func(entries []Entry[K, V], ours, theirs []Edit[K, V], fromOthers bool) R {
			return made(Lineage[K, V]{entries, ours, theirs, fromOthers})
		},
		func(r R) ([]Entry[K, V], []Edit[K, V], []Edit[K, V], bool) {
			l := lineage(r)
			return l.Entries, l.Ours, l.Theirs, l.FromOthers
		},
		GenEntries[K, V](key, value), edits, edits, oneIn(4))
}

// VersionsOf are three versions of a map or a set that share what they have in common: the first, and two that were
// made from it by edits, Ours by persistent operations and Theirs by a builder. Where Base is small and the edits
// are many, Ours and Theirs share nothing.
type VersionsOf[M, K, V any] struct {
	Base, Ours, Theirs M
	Lineage            Lineage[K, V]
}

// String returns the base and the edits.
func (v VersionsOf[M, K, V]) String() string {
	l, from := v.Lineage, "base"
	if l.FromOthers {
		from = "ours"
	}
	return fmt.Sprintf("base %v; ours from base by %v; theirs from %s by %v", v.Base, l.Ours, from, l.Theirs)
}

// Versions are three versions of a hash map.
type Versions[K comparable, V any] = VersionsOf[hamt.Map[K, V], K, V]

// GenVersions generates [Versions] that use h, or the default hasher if h is nil.
func GenVersions[K comparable, V any](h hamt.Hasher[K], key, value gopter.Gen) gopter.Gen {
	return genVersionsOf[K, V](hamt.NewMap[K, V](h), key, value,
		hamt.Map[K, V].Set, hamt.Map[K, V].Delete,
		func(b *hamt.MapBuilder[K, V], k K, v V) { b.Set(k, v) }, func(b *hamt.MapBuilder[K, V], k K) { b.Delete(k) })
}

// SetVersions are three versions of a hash set.
type SetVersions[T comparable] = VersionsOf[hamt.Set[T], T, struct{}]

// GenSetVersions generates [SetVersions] that use h, or the default hasher if h is nil.
func GenSetVersions[T comparable](h hamt.Hasher[T], element gopter.Gen) gopter.Gen {
	return genVersionsOf[T, struct{}](hamt.NewSet(h), element, gen.Const(struct{}{}),
		func(s hamt.Set[T], v T, _ struct{}) hamt.Set[T] { return s.Add(v) }, func(s hamt.Set[T], v T) hamt.Set[T] { return s.Delete(v) },
		func(b *hamt.SetBuilder[T], v T, _ struct{}) { b.Add(v) }, func(b *hamt.SetBuilder[T], v T) { b.Delete(v) })
}

// genVersionsOf generates versions that descend from empty, given the writes of its type and of its builder's.
func genVersionsOf[K, V any, M interface{ Builder() B }, B interface{ Build() M }](empty M, key, value gopter.Gen,
	set func(M, K, V) M, del func(M, K) M, put func(B, K, V), drop func(B, K)) gopter.Gen {
	return genVersions(key, value,
		func(l Lineage[K, V]) VersionsOf[M, K, V] {
			b := empty.Builder()
			for _, e := range l.Entries {
				put(b, e.Key, e.Value)
			}
			base := b.Build()
			ours := base
			for _, e := range l.Ours {
				if e.Delete {
					ours = del(ours, e.Key)
				} else {
					ours = set(ours, e.Key, e.Value)
				}
			}
			b = base.Builder()
			if l.FromOthers {
				b = ours.Builder()
			}
			for _, e := range l.Theirs {
				if e.Delete {
					drop(b, e.Key)
				} else {
					put(b, e.Key, e.Value)
				}
			}
			return VersionsOf[M, K, V]{base, ours, b.Build(), l}
		},
		func(v VersionsOf[M, K, V]) Lineage[K, V] { return v.Lineage })
}

func setOf[T comparable](empty hamt.Set[T], entries []Entry[T, struct{}]) hamt.Set[T] {
	b := empty.Builder()
	for _, e := range entries {
		b.Add(e.Key)
	}
	return b.Build()
}

// sliceOf is [gen.SliceOf] with lengths of its own. It also shrinks slices of one element,
// and it asks the elements' sieve about new elements only.
func sliceOf[E any](element gopter.Gen, length func(*gopter.GenParameters) int) gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		fixed := *p
		fixed.MaxSize = length(p)
		fixed.MinSize = fixed.MaxSize
		var last *gopter.GenResult
		result := gen.SliceOf(func(*gopter.GenParameters) *gopter.GenResult {
			last = element(p)
			return last
		})(&fixed)
		shrinker := gen.SliceShrinker(func(v any) gopter.Shrink {
			return last.Shrinker(v).Filter(last.Sieve)
		})
		result.Sieve = nil
		result.Shrinker = func(v any) gopter.Shrink {
			if len(v.([]E)) == 1 {
				return gopter.ConcatShrinks(just([]E{}), shrinker(v))
			}
			return shrinker(v)
		}
		return result
	}
}

// just shrinks to v.
func just(v any) gopter.Shrink {
	more := true
	return func() (any, bool) {
		defer func() { more = false }()
		return v, more
	}
}

// oneIn generates true once in n times, which shrinks to false.
func oneIn(n int) gopter.Gen {
	return gopter.DeriveGen(
		func(i int) bool { return i == n-1 },
		func(b bool) int {
			if b {
				return n - 1
			}
			return 0
		},
		gen.IntRange(0, n-1))
}
