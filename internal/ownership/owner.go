package ownership

import "sync/atomic"

// An ID stamps the nodes that one builder made between two calls of Build.
type ID uint64

// None is the stamp of nodes that nobody may change. As an owner it owns nothing, not even nodes stamped None:
// persistent operations pass it.
const None ID = 0

// last is the newest id that was drawn.
var last atomic.Uint64

// NewID draws an id that no other call in this process returns. It is safe for concurrent use. It costs one atomic
// addition.
func NewID() ID { return ID(last.Add(1)) }

// Owns reports whether the holder of id may change a node stamped stamp in place.
func (id ID) Owns(stamp ID) bool { return id == stamp && id != None }

// An Owner is a builder's editing right: it draws an id when one is needed, gives it up when the builder builds, and
// lends it out while a caller's function runs. The zero Owner is ready to use. An Owner must not be copied.
type Owner struct {
	_     noCopy
	id    ID
	loan  uint64 // the number of the loan that is out, or 0; then id is None
	loans uint64 // how many there were
}

// ID returns the id to stamp and to test nodes with, drawing one if there is none. Whoever asks is about to change the
// builder: a loan that is out becomes void.
func (o *Owner) ID() ID {
	if o.id == None {
		o.id, o.loan = NewID(), 0
	}
	return o.id
}

// Owns reports whether o holds the id that stamp is. It draws none.
func (o *Owner) Owns(stamp ID) bool { return o.id.Owns(stamp) }

// Release gives the id up. From then on nobody can change the nodes stamped with it. A loan that is out becomes void.
func (o *Owner) Release() { o.id, o.loan = None, 0 }

// A Loan is an id that was lent.
type Loan struct {
	id     ID
	number uint64
	outer  uint64 // the loan that was out already
}

// Lend takes the id out of o while a caller's function runs in the middle of an operation. Whatever that function does
// to the builder, it does under another id, and [Owner.Resume] tells.
func (o *Owner) Lend() Loan {
	o.loans++
	l := Loan{o.id, o.loans, o.loan}
	o.id, o.loan = None, l.number
	return l
}

// Resume puts a lent id back and reports whether the builder is as it was at Lend. If it was changed or built in
// between, the loan is void: the nodes stamped with it may be in a version by now, the id stays given up, and the
// caller must start its operation over. A loan within the loan that was never resumed, because the caller's function
// panicked, voids it as well.
func (o *Owner) Resume(l Loan) bool {
	if o.loan != l.number {
		return false
	}
	o.id, o.loan = l.id, l.outer
	return true
}

// During lends the id out while f runs, a step of an operation that calls a caller's function, and reports whether the
// builder is as it was. If f panics, it calls undo, which puts the builder back to what it was when the operation
// began, and gives the id up.
func (o *Owner) During(f, undo func()) (undisturbed bool) {
	loan, done := o.Lend(), false
	defer func() {
		if !done {
			undo()
			o.Release()
		}
	}()
	f()
	done = true
	return o.Resume(loan)
}

// noCopy makes go vet report copies of whatever contains it.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}
