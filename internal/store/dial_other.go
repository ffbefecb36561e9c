//go:build !linux

package store

import (
	"syscall"
	"time"
)

// giveUpAfter leaves it to the system how long it waits.
func giveUpAfter(time.Duration) func(network, address string, c syscall.RawConn) error { return nil }
