//go:build race

package app

// underRace says that the race detector runs along, which makes a page five times
// as slow.
const underRace = true
