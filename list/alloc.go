package list

import "unsafe"

// This file is the only one of the package that imports unsafe: lists and queues hold their nodes by
// pointers that reflection does not see through.
//
// The rule that it relies on: a ref[N] holds a *N, or nil, and nothing else ever.

// A ref leads to an N, the nodes of a version. Reflection does not see through it: reflect.DeepEqual would
// follow the nodes of two lists by recursion, until the stack of a long list ends the process. It compares
// refs as == does: they are equal if they lead to the same node.
type ref[N any] struct{ p unsafe.Pointer }

// refTo returns a ref to n, which may be nil.
func refTo[N any](n *N) ref[N] { return ref[N]{unsafe.Pointer(n)} }

// get returns what r leads to, or nil.
func (r ref[N]) get() *N { return (*N)(r.p) }
