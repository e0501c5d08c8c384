// Package testkit is what the tests of all collections share: hostile hashers, fault
// injection, models, checks of what the collector may take, and an interpreter that runs
// a string of bytes as operations on several live versions of a map.
//
// # The interpreter
//
// A [Program] is a list of fixed-size [Command]s; any bytes decode to one. [Maps] binds
// programs to a map type and runs them:
//
//	slots v[0..7]     live versions, sources and destinations of every operation
//	builders b[0..3]  live builders of some of them
//	kept              up to 32 earlier versions, some of them as old as the run
//	    │
//	    └── each with a built-in map that says what it must contain
//
// After each command its result is compared with its model: length, every key of the
// universe (so absent ones too), iteration, and the structural invariants if the
// adapter can check them. Every few commands, and at the end, everything alive is
// compared again, because a write that leaks into another version is seen there.
// A [Report] says what the run reached, so that tests can assert that they met
// collisions, splits and merges.
//
// A failing program is cut down to a few commands and printed as a Go test that
// uses the public API. The same programs serve native fuzzing, gopter and the soak.
package testkit
