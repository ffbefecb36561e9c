// Package faults holds no code, only the test that makes everything go wrong
// at once: the real binary, outlets that print news, and a Slack stand-in that
// counts what is posted, while processes are killed, answers lost, disks
// filled, clocks set and databases locked. What the channels hold in the end is
// compared with what they were to hold, alert by alert and in order. `make
// faults` runs all of it and prints a table; `go test` runs a short form.
package faults
