//go:build faults

package main

import (
	"os"
	"strings"
	"time"
)

// now is a clock that is ahead of the machine's by what the file PARLEY_CLOCK
// says, such as -1h; without one it is right. It is for the tests in
// internal/faults, which cannot set the clock of the machine; what people are
// given is built without it.
func now() time.Time {
	t := time.Now().Round(0) // a jump of the wall clock is none of the steady one
	b, err := os.ReadFile(os.Getenv("PARLEY_CLOCK"))
	if err != nil {
		return t
	}
	ahead, err := time.ParseDuration(strings.TrimSpace(string(b)))
	if err != nil {
		panic(err)
	}
	return t.Add(ahead)
}
