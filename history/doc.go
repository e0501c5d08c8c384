// Package history provides undo and redo as a value.
//
// A [History] holds a value, those that came before it and those that were undone. It never changes: Do, Undo and
// the others return a new one. So it goes where other values go: into a struct of an application's state, into
// a cell, to another goroutine, or aside, to be returned to.
//
//	h := history.New(document)
//	h = h.Do(document.Insert(3, "some"))
//	h, ok := h.Undo()                        // false if there was nothing to undo
//	h, ok = h.Redo()
//
// The values themselves should be immutable, as the collections of this module are: then a step costs what it
// changes, and ten thousand steps of a large document cost little more than one.
//
// # Branches
//
// A Do after an Undo drops what could be redone. With [History.Branching] it is kept, as a branch: a history of its
// own, which stands at the value that was first done after the fork.
//
//	a ── b ── c             Do(b), Do(c), Undo, Undo, Do(d)
//	└─── d                  now d; the branch stands at b, can undo to a, and can redo to c
//
// Branches have branches. So with branching on, every value that was ever there can be reached from the history that there
// is now, unless a limit has dropped it: one of n steps is also one of n branches, and one of size holds for the branches as well.
//
// # Steps
//
// What is a step is for the caller to say: Do makes one, and [History.Replace] none. So letters that are typed one after the
// other become one step, by a Do for the first of them and a Replace for the others; and a thing that is dragged
// over six hundred places leaves one step, and with branching on no six hundred branches. A step that needs a name, a time or an
// author holds it next to the state:
//
//	type edit struct {
//		State State
//		Label string          // "Paste", for the menu: Undo Paste
//		At    time.Time
//	}
//	var h history.History[edit]
//
// # Costs
//
//	                            time                          allocated
//	New                         O(1)                          a step
//	Now, UndoLen, RedoLen       O(1)                          nothing
//	Do, Undo, Redo              O(1), amortised               three small objects
//	Replace, SameNow            O(1)                          a step, nothing
//	Do that leaves a branch     O(log n), and see below       what is kept of the branches
//	Jump                        O(|n|)                        as many Undos or Redos
//	Limit                       O(1), and O(k) to drop k      what is kept at the end that is cut
//	LimitFunc                   O(n)                          the branches, made anew
//	Branching                   O(1)                          nothing
//	Past, Future                O(n)                          little, all at once
//	Branches                    O(n)                          a few objects for each step
//	Equal                       O(n) steps and branches       little; nothing if it is the same version
//
// Every thirty-second step costs O(log n), and so does a step that drops one with branches. A Do that leaves a branch also
// looks at each step with branches that it drops, and under a limit at each branch that the oldest one is within. The bounds
// hold on whatever version an operation is done, and however often, with and without a limit. What a limit, or a Do, has
// dropped can be collected as soon as no other version has it.
package history

// How it works.
//
// # Terms
//
//   - step: a value. Its position is a number: the next step has the next one, and undoing and redoing change none.
//   - line: the steps that can be undone, the latest of which is its top.
//   - branch: the steps of a future that a Do has dropped, the nearest first. It hangs off the step at which that was
//     done.
//   - fork: the branches that hang off one step.
//
// # Idea
//
// What is to be redone is a list, and so would be what is to be undone, if it did not have to be dropped at the
// far end as well. A line is such a thing: it has a list at either end, and between the two, blocks of 32 steps, each a
// list, in a sorted map by number.
//
//	old: from the oldest on     blocks: latest first in each        young: from the latest on
//	      a  b  c           [5] g f e d   [6] k j i h   top o n m l         r q p
//	      │                                                                 │
//	      dropped by a limit                                  Undo takes, Do puts
//
// A young list that is full becomes the top, and the top a block. An old list that is empty is the first block turned round. As
// there is a top, which may be missing, between the young list and the map, Do and Undo in turn do not move the same
// block in and out.
//
// Nothing that was dropped remains within reach: lists share what is behind, never what is before, and a block that
// has been taken is deleted from the map.
//
// Forks are kept in a sorted map by the position of their step. A Do cuts it at its own position: what is beyond hangs off
// steps of the future, and so goes into the branch that the future becomes, with its own map. A limit drops the fork at the
// position of the step that it drops. And as the forks are in the order in which they came to be, so are the branches of
// one, and as what is within a branch is older than the branch, the oldest branch of all is found by going to the first
// of the first, and down.
//
// # Invariants
//
//  1. Young, top and old have no more than 32 steps, blocks have exactly 32; top has 32 or none.
//  2. The map has the blocks with the numbers from lo to hi − 1, and is nil if there are neither blocks nor a top.
//  3. The line has no more steps than the limit, and there are no more branches, with those within. Nor are the sizes of the line's
//     steps in sum over the bound, nor those of the branches' steps.
//  4. Forks are at positions of the line, of now, and of the future but its last. Those within a branch are at positions of
//     its steps but the last.
//  5. The numbers of branches that are noted are right, and none is 0.
//  6. So are the sums of sizes, of the line, of the future and of the branches, if there is a bound.
