//go:build race

package natsstore

const race = true
