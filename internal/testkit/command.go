package testkit

import (
	"fmt"
	"math/rand/v2"
)

// A Command is one operation of a [Program]. Every value of every field means
// something: operations, slots and keys are taken modulo their number.
type Command struct {
	Op       Op
	Dst      uint8 // slot that is written
	A, B     uint8 // slots that are read
	Key, Val uint8
}

// commandSize is the number of bytes of an encoded Command.
const commandSize = 6

// A Program is what the interpreter runs.
type Program []Command

// Decode returns the program that data encodes. A rest too short for a command is
// ignored.
func Decode(data []byte) Program {
	var p Program
	for ; len(data) >= commandSize; data = data[commandSize:] {
		p = append(p, Command{Op(data[0]), data[1], data[2], data[3], data[4], data[5]})
	}
	return p
}

// Encode returns the bytes that decode to p.
func (p Program) Encode() []byte {
	data := make([]byte, 0, commandSize*len(p))
	for _, c := range p {
		data = append(data, byte(c.Op), c.Dst, c.A, c.B, c.Key, c.Val)
	}
	return data
}

// Op is the operation of a [Command].
type Op uint8

// The operations. v are the slots, b the builders, of which Dst or, in Build, B
// chooses one.
const (
	New          Op = iota // v[Dst] = an empty map
	Set                    // v[Dst] = v[A].Set
	Delete                 // v[Dst] = v[A].Delete
	Update                 // v[Dst] = v[A].Update, which sets, deletes or keeps
	SetIfChanged           // v[Dst] = SetIfChanged(v[A])
	SetAll                 // v[Dst] = v[A].SetAll of up to 64 keys
	Filter                 // v[Dst] = v[A].Filter
	Union                  // v[Dst] = v[A].Union(v[B]), and so on
	UnionFunc
	Intersection
	Difference
	MapValues // v[Dst] = MapValues(v[A])
	Apply     // v[Dst] = Apply of the diff from v[A] to v[B], or of its inverse
	Merge     // v[Dst] = Merge of v[A] and v[B] with base v[Key]
	MergeFunc
	Equal   // compares v[A] and v[B]
	Iterate // ranges over v[A], broken off, nested and pulled
	Rebuild // v[Dst] = the contents of v[A], from nothing and in another order
	Copy    // v[Dst] = v[A]
	Revive  // v[Dst] = an earlier version

	BuilderOf // b[Dst] = v[A].Builder()
	BuilderZero
	BuilderSet
	BuilderDelete
	BuilderUpdate
	BuilderReenter // b[Dst].Update by a function that changes b[Dst]
	BuilderSetAll
	BuilderDeleteFunc
	BuilderClear
	BuilderRange // ranges over b[Dst] and changes it meanwhile
	Build        // v[Dst] = b[B].Build()

	Panic // makes the Val-th call of a caller's function panic in the next command

	numOps
)

var opNames = [numOps]string{"New", "Set", "Delete", "Update", "SetIfChanged", "SetAll", "Filter", "Union", "UnionFunc",
	"Intersection", "Difference", "MapValues", "Apply", "Merge", "MergeFunc", "Equal", "Iterate", "Rebuild", "Copy", "Revive",
	"BuilderOf", "BuilderZero", "BuilderSet", "BuilderDelete", "BuilderUpdate", "BuilderReenter", "BuilderSetAll",
	"BuilderDeleteFunc", "BuilderClear", "BuilderRange", "Build", "Panic"}

// Ops returns all operations.
func Ops() []Op {
	ops := make([]Op, numOps)
	for i := range ops {
		ops[i] = Op(i)
	}
	return ops
}

// String returns the name of the operation that op decodes to.
func (op Op) String() string { return opNames[op%numOps] }

// GoString returns the name with its package.
func (op Op) GoString() string { return "testkit." + op.String() }

// String returns the command's operation and operands.
func (c Command) String() string {
	return fmt.Sprintf("%v dst=%d a=%d b=%d key=%d val=%d", c.Op, c.Dst, c.A, c.B, c.Key, c.Val)
}

// weights are the relative frequencies of operations in random programs; those not
// named have 2. Operations that empty a map or throw a builder away are rare so that
// maps grow, and single writes are common.
var weights = [numOps]int{Set: 8, Delete: 8, SetAll: 5, New: 1, Filter: 1, Intersection: 1, BuilderSet: 6, BuilderDelete: 6,
	BuilderSetAll: 4, BuilderOf: 3, Build: 6, BuilderZero: 1, BuilderClear: 1, Panic: 5}

// lottery holds every operation as often as its weight says.
var lottery = func() (tickets []Op) {
	for op, n := range weights {
		if n == 0 {
			n = 2
		}
		for range n {
			tickets = append(tickets, Op(op))
		}
	}
	return
}()

// Random returns a program of n commands.
func Random(rng *rand.Rand, n int) Program {
	p := make(Program, n)
	for i := range p {
		u := rng.Uint64()
		p[i] = Command{lottery[rng.IntN(len(lottery))], uint8(u), uint8(u >> 8), uint8(u >> 16), uint8(u >> 24), uint8(u >> 32)}
	}
	return p
}
