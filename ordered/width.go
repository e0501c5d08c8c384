//go:build !smallnodes

package ordered

// flatWidth bounds how many entries a flat map has.
const flatWidth = flatMax
