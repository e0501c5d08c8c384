// Package store makes versions of ramet collections last: in a file, shared between the versions as they are in memory,
// so that a commit writes what has changed, and opening, branching and comparing cost what is looked at.
//
//	type State struct {
//		Users hamt.Map[string, User]
//		Log   vector.Vector[string]
//	}
//
//	var users = store.HashMap[string, User](nil, nil)
//	var state = store.Struct(
//		store.Part("users", func(s *State) *hamt.Map[string, User] { return &s.Users }, users),
//		store.Part("log", func(s *State) *vector.Vector[string] { return &s.Log }, store.Vector[string](nil)),
//	)
//
//	st, err := store.Open("state.ramet")
//	main := store.NewBranch(st, "main", state)
//	v, err := main.Update(ctx, func(s State) (State, error) {
//		s.Log = s.Log.Append("first")
//		return s, nil
//	})
//
// # The parts
//
// A [Schema] says how a type is stored. A [Store] is a file, or memory. A [Branch] is a line of versions with a name,
// whose newest is its head. A [Version] is a value that was committed: it has an address, which is the hash of all it
// holds, and knows the versions that it was made from. [Version.Load] returns the value; the views ([MapSchema.View]
// and its like) read an entry or a range without loading the rest.
//
// A version is never changed. [Branch.Commit] makes one on top of the head, and says ErrMoved if somebody else was
// faster; [Branch.Update] does it again until it is not. [Branch.Merge] brings two lines together. [Branch.Reset] goes
// back: a branch is a history that outlives the process, and undo is a Reset to the parent.
//
// # What is stored
//
// A collection is not stored as its nodes in memory, which depend on the process and on the way there. It is a prolly
// tree: a B-tree over encoded entries whose nodes end where their contents say so. Equal contents make equal trees, on
// every machine; and a change rewrites the nodes on one path:
//
//	version 1                 version 2, after one change
//	    commit ◄──────────────── commit
//	      │                        │
//	    directory                directory
//	   users  log               users  log
//	     │      └───────────┬─────│─────┘       the log is as it was
//	   root                 │    root'
//	  ┌──┼──┐             tree   ┌─┼─┐
//	  a  b  c                    a b' c         a and c are the chunks of version 1
//
// Each node is a chunk of about 2 kB, whose address is its SHA-256. So what two versions share is stored once, two
// versions are compared by skipping equal addresses, and a copy of a store ([Store.Pull], [Store.Export]) moves what is
// missing.
//
// # Guarantees, and their price
//
//   - A commit is one transaction, with two syncs of the file: after a crash or a power failure the head is the old
//     version or the new one, and a commit that returned is not lost.
//   - Every chunk is compared with its address when it is read. A flipped bit is ErrDamaged and never wrong data, and a
//     missing chunk never an absent key. [Store.Check] reads everything. Data that were lost are ErrMissing, and data
//     that a Collect has dropped ErrCollected. One thing cannot be told from a crash: a flipped bit where the file says
//     which is its last transaction takes that one away; Check reports it for a day.
//   - Commit costs O(d log n) for d entries that differ, whatever n, if the version it is made on is in memory. Each
//     entry that differs rewrites a path of some 5 kB; a program that needs one version only is served by a
//     database that writes in place, for somewhat less.
//   - Old versions stay until [Store.Collect] is told to drop them, and the file grows until then.
//   - One process has the file at a time. All methods may be called by several goroutines, and no lock is held while a
//     caller's function, codec or loop body runs.
//
// Not protected: secrecy, as addresses tell which contents are equal and nothing is encrypted; and who made a version,
// as nothing is signed.
//
// # Formats
//
// Format 1 is tested byte by byte, and is experimental until two releases have kept it. A store of another format is
// ErrFormat.
//
// What a store keeps to, by the numbers that [Problem] has:
//
//  1. The address of a chunk is the SHA-256 of its bytes.
//  2. Header, offsets, tags and lengths of a node fit, and nothing is left over.
//  3. The keys of a node ascend.
//  4. The level of a child is one less than that of the node, its kind the same.
//  5. A child's last key and its number of entries are what the node says.
//  6. The keys of a child are above the last key of the child before.
//  7. An inner node has two children or more, or is the last of its level and not the root.
//  8. Nodes end where their contents say so.
//  9. What a node refers to is there.
//  10. The versions that a version was made from are there, and it is one generation younger than the youngest.
//  11. The directory of a version is there; of one that is no head, it or a mark which says that it was collected.
package store
