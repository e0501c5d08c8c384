// Package storetest tests what implements the interfaces of package chunk, as testing/fstest does for file systems, and
// has engines that fail for tests of what uses one.
package storetest
