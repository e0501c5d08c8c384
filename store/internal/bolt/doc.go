// Package bolt keeps a store in one file of bbolt.
//
// The file has four buckets. chunk: address → a byte that tells the form (0: as it is), and the bytes. ref: name →
// target and revision; the sequence of the bucket is the last revision that was given to any name. log: revision,
// big-endian → an entry. meta: "format", "id", and "cut", before which entries of the log were dropped. Integers are
// little-endian unless said.
//
// A transaction is open only while code of this package and of bbolt runs, never while a caller's does: bbolt deadlocks
// when a reader waits for a writer that waits to map more of the file. So iterators read in batches, and everything is
// copied out.
//
// bbolt panics, or faults, when it follows what is damaged. Each transaction recovers from that, and fails with
// ErrDamaged.
package bolt
