//go:build smallnodes

package ordered

// flatWidth bounds how many entries a flat map has, so that tests with few entries reach the trees.
const flatWidth = 3
