// Package interop_test encodes collections with packages that know nothing of them.
package interop_test
