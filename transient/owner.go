package transient

import "sync/atomic"

// An ID stamps the nodes that one builder made between two calls of Build.
type ID uint64

const (
	// None is the stamp of nodes that nobody may change. As an owner it owns
	// nothing, not even nodes stamped None: persistent operations pass it.
	None ID = 0

	// lent marks an Owner whose id is on loan; no node is ever stamped with it.
	lent ID = 1
)

// last is the newest id that was drawn.
var last atomic.Uint64

func init() { last.Store(uint64(lent)) }

// NewID draws an id that no other call in this process returns. It is safe for
// concurrent use. It costs one atomic addition.
func NewID() ID { return ID(last.Add(1)) }

// Owns reports whether the holder of id may change a node stamped stamp in place.
func (id ID) Owns(stamp ID) bool { return id == stamp && id != None }

// An Owner is a builder's editing right: it draws an id when one is needed, gives
// it up when the builder builds, and lends it out while a caller's function runs.
// The zero Owner is ready to use. An Owner must not be copied.
type Owner struct {
	_  noCopy
	id ID
}

// ID returns the id to stamp and to test nodes with, drawing one if there is none.
func (o *Owner) ID() ID {
	if o.id <= lent {
		o.id = NewID()
	}
	return o.id
}

// Release gives the id up. From then on nobody can change the nodes stamped with it.
func (o *Owner) Release() { o.id = None }

// Lend takes the id out of o while a caller's function runs in the middle of an
// operation. Whatever that function does to the builder, it does under another
// id, and [Owner.Resume] tells.
func (o *Owner) Lend() (loan ID) {
	loan, o.id = o.id, lent
	return loan
}

// Resume puts a lent id back and reports whether the builder is as it was at Lend. If
// it was changed or built in between, the loan is void: the nodes stamped with it
// may be in a version by now, the id stays given up, and the caller must start its
// operation over.
func (o *Owner) Resume(loan ID) bool {
	if o.id != lent {
		return false
	}
	o.id = loan
	return true
}

// noCopy makes go vet report copies of whatever contains it.
type noCopy struct{}

func (*noCopy) Lock()   {}
func (*noCopy) Unlock() {}
