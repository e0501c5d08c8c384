// Package vector provides a persistent vector: a sequence that is fast at both ends and in the middle.
package vector
