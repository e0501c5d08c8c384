// Package released has a test only: that a release of this module can be run by those who have no checkout.
package released
