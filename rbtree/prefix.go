//ramet:layer api

package rbtree

import "strings"

// Prefix returns the entries of m whose keys begin with p: all entries, if p is empty. Prefixes are compared byte by
// byte: p may end within a character, or not be text at all. It takes O(log n) time and allocates no more than a copy
// of p.
//
// m must have the natural order, in which such keys lie together. Under a comparator they need not, and Prefix panics.
func Prefix[K ~string, V any](m Map[K, V], p K) Span[K, V] {
	natural(m.by, "Prefix")
	// Behind the keys that begin with p come those from p on whose last byte is one more. A byte 0xff cannot be: it is
	// the one before it then, and if there is none, nothing comes behind.
	n := len(p)
	for n > 0 && p[n-1] == 0xff {
		n--
	}
	s := m.From(p)
	if n == 0 {
		return s
	}
	return s.Below(p[:n-1] + K([]byte{p[n-1] + 1}))
}

// LongestPrefix returns the entry with the longest key that k begins with, which may be k or the empty string, and
// false if there is none. It finds, for example, the route for a path. It allocates nothing.
//
// It looks for k, and where another key is found, for what k has in common with that, and so on. Each of these searches
// takes O(log n) time. Most often there are a few; at worst there is one for each byte of k.
//
// m must have the natural order; otherwise LongestPrefix panics.
func LongestPrefix[K ~string, V any](m Map[K, V], k K) (key K, v V, ok bool) {
	natural(m.by, "LongestPrefix")
	for {
		// Every key that k begins with is between the one found here and k, or is the one found: so it is what that
		// begins with as well.
		key, v, ok = m.Floor(k)
		if !ok || strings.HasPrefix(string(k), string(key)) {
			return key, v, ok
		}
		n := 0
		for n < len(k) && n < len(key) && k[n] == key[n] {
			n++
		}
		k = k[:n]
	}
}

// natural panics if by is a comparator.
func natural[K any](by ordering[K], operation string) {
	if by.caller != nil {
		panic("rbtree: " + operation + " of a map with a comparator: keys with a prefix need not lie together")
	}
}
