package vector

import (
	"fmt"
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
)

// Bugs that persistent vectors of other libraries have had, and the tests that look for them here.
// What no test of a feature covers has one below.
//
//	an append writes over another version's tail     TestForks, TestForksFromManyGoroutines
//	taking from the end, then appending, reuses it   TestAppendAfterTakeDoesNotReuseTheTail
//	the tail of 33 elements                          TestTakeDownToALeaf
//	a full tail that is not pushed before a concat   TestFullTailsAreNotLost
//	a node of 33 children after a concat             TestConcatOfUnevenSizes, TestConcatOfAllLengths
//	sizes of nodes wrong, but iteration right        version.verify: by position, by iteration, by structure
//	slots lost when a node overflows                 TestInsertsThatDivideNodes, TestInsertAndDeleteEverywhere
//	trees that grow tall                             TestConcatOfOddSizes, TestInsertByCutting
//	prepending by concat, a hundred thousand times   TestPrependByConcat
//	off by one near a power of the fan               TestNearPowersOfTheFan
//	dirty state after dropping and prepending        TestDropThenGrow, TestQueueStaysStrict
//	concat of a vector with itself                   TestConcatWithItself
//	an insert at the end, or beyond it               TestInsertAtTheEnd, TestIndexOutOfRange
//	bounds that overflow, sizes beyond the limit     TestIndexOutOfRange, TestMoreThanThereCanBe
//	a slice keeps what it dropped alive              TestNothingIsRetained
//	a builder writes to what it built                TestBuilderGoesOn, TestBuilderDoesNotOwnTheTailItFound
//	a builder keeps what it came from alive          TestOldVersionsAreReleased
//	memory of the caller's slices is kept            TestInputIsCopied
//	a range broken off, nested or pulled             TestBreakAtEveryPosition, TestPull
//	32-bit only                                      the whole suite under GOARCH=386

// clojure da412909: pop! kept the array of the tail, and conj! wrote into it.
func TestAppendAfterTakeDoesNotReuseTheTail(t *testing.T) {
	for n := 1; n <= 3<<leafBits[int](); n++ {
		for name, v := range map[string]Vector[int]{"chain": grow(n), "builder": built(n), "front": growFront(n)} {
			shorter := v.Slice(0, n-1)
			longer := shorter.Append(-1)
			again := shorter.Append(-2, -3)
			b := v.Builder()
			b.Truncate(n - 1)
			b.Append(-4)
			if err := (version[int]{v: v, model: upTo(n)}).verify(0); err != nil {
				t.Fatal(name, err)
			}
			same(t, append(upTo(n-1), -1), longer)
			same(t, append(upTo(n-1), -2, -3), again)
			same(t, append(upTo(n-1), -4), b.Build())
		}
	}
}

// clojure 7700d66d: pop! of 33 elements.
func TestTakeDownToALeaf(t *testing.T) {
	leaf := 1 << leafBits[int]()
	for _, n := range []int{leaf + 1, 2*leaf + 1, fan*leaf + 1, (fan+1)*leaf + 1} {
		v, w, b := built(n), built(n), built(n).Builder()
		for k := n; k > max(0, n-2*leaf); k-- {
			v, w = v.Slice(0, k-1), w.Slice(1, k)
			b.Truncate(k - 1)
			same(t, upTo(k-1), v)
			same(t, upTo(n)[n-k+1:], w)
			same(t, upTo(k-1), b.Build())
		}
	}
}

// pvec-rs#105: a full tail was lost when the next vector was put behind it.
func TestFullTailsAreNotLost(t *testing.T) {
	leaf := 1 << leafBits[int]()
	for _, n := range []int{leaf, 2 * leaf, 3*leaf - 1, 3 * leaf, (fan + 1) * leaf} {
		for _, m := range []int{1, leaf, leaf + 1, 3 * leaf, (fan + 2) * leaf} {
			for _, v := range []Vector[int]{grow(n), Of(upTo(n)...)} {
				for _, w := range []Vector[int]{growFront(m), grow(m)} {
					same(t, slices.Concat(upTo(n), upTo(m)), v.Concat(w))
				}
			}
		}
	}
}

// moonbitlang/core#4086 and others: 1056 + 1024 elements made a node of 33 children.
func TestConcatOfUnevenSizes(t *testing.T) {
	leaf := 1 << leafBits[int]()
	sizes := []int{fan*leaf - 1, fan * leaf, fan*leaf + 1, (fan+1)*leaf - 1, (fan + 1) * leaf, (2*fan + 1) * leaf, (2*fan+1)*leaf + 1}
	for _, n := range sizes {
		for _, m := range sizes {
			v := built(n).Concat(built(m))
			want := slices.Concat(upTo(n), upTo(m))
			same(t, want, v)
			for range fan { // leaves that go behind, and before, what was joined
				v = v.Append(upTo(leaf)...).Prepend(upTo(leaf)...)
				want = slices.Concat(upTo(leaf), want, upTo(leaf))
			}
			same(t, want, v)
		}
	}
}

// im#55, #67, #70 and others: what a node could not hold was dropped, or the sizes above it were not
// set.
func TestInsertsThatDivideNodes(t *testing.T) {
	leaf := 1 << leafBits[int]()
	for _, at := range []int{1, leaf / 2, leaf, fan * leaf / 2, fan*leaf - 1} {
		v, want := built(fan*leaf+leaf), upTo(fan*leaf+leaf)
		for i := range times(40 * leaf) {
			v, want = v.Insert(at, -i), slices.Insert(want, at, -i)
			if i%37 == 0 {
				same(t, want, v)
			}
		}
		same(t, want, v)
	}
}

// CRRBV-20, -21, -22; scala-rrb-vector#4: one element more or less than a full tree.
func TestNearPowersOfTheFan(t *testing.T) {
	for size := 1 << leafBits[int](); size <= fan*fan*fan<<leafBits[int]() && size < 300_000; size *= fan {
		for n := size - 2; n <= size+2; n++ {
			v := built(n)
			assert.NoError(t, v.check())
			for _, w := range []Vector[int]{v.Append(n), v.Concat(Of(n)), v.Insert(n, n)} {
				assert.NoError(t, w.check())
				assert.Equal(t, n, w.At(n))
				assert.Equal(t, n-1, w.At(n-1))
				assert.Equal(t, 0, w.At(0))
			}
			for _, w := range []Vector[int]{v.Prepend(-1), Of(-1).Concat(v), v.Insert(0, -1)} {
				assert.NoError(t, w.check())
				assert.Equal(t, -1, w.At(0))
				assert.Equal(t, n-1, w.At(n))
			}
			for _, w := range []Vector[int]{v.Slice(1, n), v.Delete(0, 1)} {
				assert.NoError(t, w.check())
				assert.Equal(t, 1, w.At(0))
				assert.Equal(t, n-1, w.At(n-2))
			}
			w := v.Slice(1, n).Prepend(0).Slice(0, n-1).Append(n - 1)
			assert.NoError(t, w.check())
			assert.True(t, Equal(v, w))
		}
	}
}

// scala/bug#12598, #12564, #11636, #12479: elements put before or behind what was cut.
func TestDropThenGrow(t *testing.T) {
	leaf := 1 << leafBits[int]()
	n := (2*fan + 3) * leaf
	s := upTo(n)
	more := make([]int, 3*leaf+1)
	for _, v := range []Vector[int]{Of(s...), grow(n), growFront(n), halves(s)} {
		for _, k := range []int{1, leaf - 1, leaf, leaf + 1, fan * leaf, fan*leaf + 1, n - leaf - 1, n - leaf, n - 1} {
			for _, m := range []int{1, leaf, len(more)} {
				same(t, slices.Concat(more[:m], s[k:]), v.Slice(k, n).Prepend(more[:m]...))
				same(t, slices.Concat(s[k:], more[:m]), v.Slice(k, n).Append(more[:m]...))
				same(t, slices.Concat(more[:m], s[:k]), v.Slice(0, k).Prepend(more[:m]...))
				same(t, slices.Concat(s[:k], more[:m]), v.Slice(0, k).Append(more[:m]...))
			}
		}
	}
}

// immer 8e9653b: sizes of a vector that is put behind itself.
func TestConcatWithItself(t *testing.T) {
	v, want := built(3<<leafBits[int]()+1), upTo(3<<leafBits[int]()+1)
	for v.Len() < 20_000 {
		v, want = v.Concat(v), slices.Concat(want, want)
		k := v.Len() / 3
		v, want = v.Slice(k, v.Len()).Concat(v.Slice(0, k+1)), slices.Concat(want[k:], want[:k+1])
		same(t, want, v)
	}
}

// imbl 7.0.1: an insert one position beyond the end was let through.
func TestInsertAtTheEnd(t *testing.T) {
	for name, make := range constructions {
		for _, n := range []int{0, 1, 1 << leafBits[int](), 1000} {
			v := make(upTo(n))
			same(t, append(upTo(n), -1), v.Insert(n, -1))
			want := fmt.Sprintf("vector: index %d out of range [0:%d]", n+1, n)
			assert.PanicsWithValue(t, want, func() { v.Insert(n+1, -1) }, name)
			assert.PanicsWithValue(t, want, func() { v.Builder().Insert(n+1, -1) }, name)
		}
	}
}
