// Package list provides a persistent singly linked list and a persistent queue.
//
// A [List] is a stack: elements are added and taken at the front, and what is behind them is shared by
// all lists that were made from it. A [Queue] takes elements at the back and gives them at the front.
// Neither ever changes: Push, Rest and the others return a new version, and versions are kept,
// compared and handed to other goroutines freely.
//
//	var l list.List[string]          // the zero list is empty and ready to use
//	todo := l.Push("sleep").Push("eat")
//	done := todo.Rest()              // todo still has two elements
//	for task := range todo.All() {
//		fmt.Println(task)
//	}
//
// Where elements are read by position, or many are added at the back of one version, package vector is
// the better choice: its elements are next to one another in memory.
//
// # Costs
//
//	                                   time                        allocated
//	List: Len, First, Rest             O(1)                        nothing
//	List: Push                         O(1)                        one node
//	List: Append                       O(n), n of the receiver     n nodes; the argument is shared
//	List: Of, Collect, Map, Reverse    O(n)                        n nodes
//	List: Equal                        O(n) up to where the two    nothing
//	                                   are shared
//	List: All                          O(n)                        nothing
//	Queue: Len, First                  O(1)                        nothing
//	Queue: Push, Rest                  O(1), in the worst case     a few small objects, 18 at most
//	Queue: PushAll, Drop, Take         O(1) for each element       those, less the versions in between
//	Queue: All                         O(n), to be exact           nothing
//	                                   O(n log n) to the base 64
//	Queue: QueueOf, CollectQueue       O(n)                        n nodes
//
// A node is an element and a pointer. Nothing here calls itself once per element, so lists may be as
// long as memory allows.
//
// # Persistent use
//
// The bounds of Push and Rest of a Queue are worst-case bounds, for each call on each version, however
// often the same version is used again: a queue that is about to do much work does not exist. It is
// the real-time queue of Hood and Melville, see the comment on [Queue].
package list

// How the queue works.
//
// # Idea
//
// A queue is two lists: a front, and a rear in reverse, to which elements are added. When the rear has become
// longer than the front, the front of the future, which is the front and then the rear turned round, has
// to be made: that is a rotation. Doing it at once costs O(n), and a version that is about to do it can
// be asked to do it again and again. So each Push and Rest does two steps of it instead, and keeps what it
// has in the version that it returns; meanwhile elements are taken from the old front.
//
//	  front      rear               a rotation of   front  a b c
//	┌───────┐  ┌─────────┐                 and of   rear   g f e d
//	 a  b  c    g f e d
//	                              reversing, |front|+1 steps: both lists are turned round
//	                                left   c  b  a        (what is turned of the front)
//	                                back   d  e  f  g     (what is turned of the rear)
//
//	                              appending, a step for each of left that is still wanted:
//	                                back   a  b  c  d  e  f  g
//
// What Rest has taken since the rotation began need not be moved onto back: valid counts the elements of left that
// still do. As left has the elements that are nearest to the end on top, those taken are the last of it.
//
// # Invariants
//
// Errors of the checker name them by number.
//
//  1. The rear is no longer than the front, where the front includes the elements of a rotation that is
//     under way. An empty queue is the zero value.
//  2. Lists are as long as the counts say.
//  3. The first element of a queue that has any is in the list front.
//  4. A rotation is nil, or has work to do.
//  5. While a rotation reverses, rear has one element more than front in what is left of both; then
//     both are empty. valid is no more than left has.
//
// By 1 a rotation begins with m elements in the front and m+1 in the rear, and takes 2m+2 steps at most; two are
// done with each operation, and firstSteps with the one that begins it. The front lasts for m operations
// at least, and so 3 holds.
//
// # References
//
// Hood, Melville: Real-time queue operations in pure LISP, Information Processing Letters 13 (1981); the
// formulation is that of Okasaki: Purely Functional Data Structures (1998), section 8.2.1.
