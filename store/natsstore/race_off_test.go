//go:build !race

package natsstore

// race tells whether the race detector is at work, for which tests that others leave out when time is short do a little.
const race = false
