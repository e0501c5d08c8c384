//ramet:layer rep

package hamt

import (
	"hash/maphash"
	"math/bits"
	"math/rand/v2"
	"reflect"
	"sync"
)

// A Hasher defines which keys are equal and hashes them. Its method set is that of
// hash/maphash.Hasher of Go 1.27. Keys that are Equal must have the same hash, and
// Equal must be an equivalence; see the package documentation for what a hasher that
// breaks these rules can cause.
//
// A Hasher that also has a method
//
//	Sum64(seed maphash.Seed, key K) uint64
//
// is asked through it instead of through Hash, which is faster. What Sum64 returns is mixed, so that each of its bits
// takes part in every choice: a 32-bit hash or a number is as good as its own bits are, and different sums stay
// different. A Sum64 that does not make use of the seed gives a map of more than a few entries nearly the same order in
// every process, and leaves it open to whoever can choose keys with equal sums.
//
// Whatever a Hasher does to the maphash.Hash that it is handed concerns the maps of that Hasher alone. It
// should not seed it: what it hashes with a seed of its own is as good as that seed. Nor should it keep it:
// it serves the Hasher's next call.
type Hasher[K any] interface {
	// Hash writes to h whatever of key takes part in Equal.
	Hash(h *maphash.Hash, key K)
	// Equal reports whether a and b are the same key.
	Equal(a, b K) bool
}

// summer is the faster way to ask a Hasher.
type summer[K any] interface {
	Sum64(seed maphash.Seed, key K) uint64
}

// The seeds are drawn once per process: maps that are to be compared, merged and united
// node by node must hash alike.
var (
	seed = maphash.MakeSeed()
	keys = [2]uint64{rand.Uint64(), rand.Uint64()}

	orderSalt = uint8(rand.Uint32()) // see insert
)

// mix hashes an integer: the product of two keyed copies of it, one with its bytes reversed,
// folded, and then added to itself bit by bit at another place.
//
// A product with a constant would be a fixed step on a circle, which for some keys comes back
// too soon. With the bytes reversed, each byte of x has a step of its own; and where in
// one seed of a hundred the upper bits of the fold still show a pattern, those 29
// places below do not. TestMixIsUniform looks for patterns in the families of integers that
// programs use. The usual second multiplication is as good, and makes a lookup in a small map
// 5 % slower.
func mix(x uint64) uint64 {
	hi, lo := bits.Mul64(x^keys[0], bits.ReverseBytes64(x)^keys[1])
	fold := hi ^ lo
	return trim(fold ^ bits.RotateLeft64(fold, 29))
}

// hashText hashes a string.
func hashText(s string) uint64 { return trim(maphash.String(seed, s)) }

// mixSum mixes what a caller's Sum64 returned, of which any bits may be 0 or follow a pattern, where the
// trie takes its way by the topmost bits and leaves by the lowest. It is a bijection: different sums stay different. It has
// no seed, since the caller has had one. A multiplication carries to the bits above, a shift to those below. With one
// of them less the family of integers with their bits above the 40th has some places twice as often as others:
// TestMixedSumsAreUniform looks for such patterns.
func mixSum(x uint64) uint64 {
	x ^= x >> 32
	x *= 0xbf58476d1ce4e5b9
	x ^= x >> 32
	x *= 0x94d049bb133111eb
	return x ^ x>>32
}

// trim makes a hash of 64 random bits: it clears the topmost, which leaves half of the root's
// slots unused. A write copies the root each time, so a root of 16 slots saves it 60 to 110
// bytes at any size, while nodes of 32 further down keep the trie as shallow.
func trim(sum uint64) uint64 { return sum >> 1 }

// A keyKind says how keys are hashed. It is determined by the key type, except that
// caller means a Hasher.
type keyKind uint8

const (
	unresolved keyKind = iota // the zero map's: nobody has needed it yet
	word64                    // integers, by size
	word32
	word16
	word8
	text
	opaque // any other type, by ==
	caller
)

// kindOf returns the kind of the key type K.
func kindOf[K comparable]() keyKind {
	switch t := reflect.TypeFor[K](); t.Kind() {
	case reflect.Int, reflect.Int8, reflect.Int16, reflect.Int32, reflect.Int64,
		reflect.Uint, reflect.Uint8, reflect.Uint16, reflect.Uint32, reflect.Uint64, reflect.Uintptr:
		switch t.Size() {
		case 8:
			return word64
		case 4:
			return word32
		case 2:
			return word16
		}
		return word8
	case reflect.String:
		return text
	}
	return opaque
}

// A keying is a map's notion of its keys: their equality and their hash. The zero
// keying is the default one, not yet resolved.
type keying[K comparable] struct {
	hasher *hasher[K] // of kind caller; otherwise nil
	kind   keyKind
}

// resolve returns by with its kind determined.
func (by keying[K]) resolve() keying[K] {
	if by.kind == unresolved {
		by.kind = kindOf[K]()
	}
	return by
}

// hash returns the hash of k. It panics if k's dynamic type is not comparable.
func (by keying[K]) hash(k K) uint64 {
	switch by.kind {
	case word64:
		return mix(asUint64(&k))
	case text:
		return hashText(asString(&k))
	case word32:
		return mix(uint64(asUint32(&k)))
	case word16:
		return mix(uint64(asUint16(&k)))
	case word8:
		return mix(uint64(asUint8(&k)))
	case opaque:
		return trim(maphash.Comparable(seed, k))
	case caller:
		return by.hasher.hash(k)
	}
	return by.resolve().hash(k)
}

// equal reports whether a and b are the same key.
func (by keying[K]) equal(a, b K) bool {
	if by.hasher == nil {
		return a == b
	}
	return by.hasher.Equal(a, b)
}

// same reports whether two maps agree on which keys are equal and how they hash, so
// that equal contents have equal shapes.
func (by keying[K]) same(other keying[K]) bool {
	if by.hasher == other.hasher {
		return true
	}
	if by.hasher == nil || other.hasher == nil {
		return false
	}
	return canCompare(by.hasher.Hasher) && canCompare(other.hasher.Hasher) && by.hasher.Hasher == other.hasher.Hasher
}

// canCompare reports whether == of h and another of its type does not panic. To look into fields, reflection allocates.
func canCompare(h any) bool {
	t := reflect.TypeOf(h)
	return t.Comparable() && (t.Kind() == reflect.Pointer || t.Size() == 0 || reflect.ValueOf(h).Comparable())
}

// indistinct reports whether equal keys cannot be told apart, so that it does not
// matter which of two a map keeps.
func (by keying[K]) indistinct() bool {
	switch by.kind {
	case word64, word32, word16, word8, text:
		return true
	case opaque:
		switch reflect.TypeFor[K]().Kind() {
		case reflect.Bool, reflect.Pointer, reflect.Chan, reflect.UnsafePointer:
			return true
		}
	}
	return false
}

// A hasher is a caller's Hasher. Maps hold a pointer to it: comparing two maps with
// == must not compare Hashers, which may be of an uncomparable type.
type hasher[K comparable] struct {
	Hasher[K]
	sum  summer[K] // the same, if it has Sum64
	idle sync.Pool // of *maphash.Hash: one that is passed to a Hasher escapes
}

func newHasher[K comparable](h Hasher[K]) *hasher[K] {
	s, _ := h.(summer[K])
	return &hasher[K]{Hasher: h, sum: s}
}

// hash asks the Hasher. What it does to the maphash.Hash that it is handed, it does to itself: each
// hash begins with our seed, and a Hash that a Hasher had is for no other to use, since it may have
// kept a pointer to it.
func (hs *hasher[K]) hash(k K) uint64 {
	if hs.sum != nil {
		return trim(mixSum(hs.sum.Sum64(seed, k)))
	}
	h, _ := hs.idle.Get().(*maphash.Hash)
	if h == nil {
		h = new(maphash.Hash)
	}
	h.SetSeed(seed)
	hs.Hash(h, k)
	sum := h.Sum64()
	hs.idle.Put(h)
	return trim(sum)
}
