//go:build !faults

package main

import "time"

// now is the clock of everything that has to do with time.
func now() time.Time { return time.Now() }
