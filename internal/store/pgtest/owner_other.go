//go:build !unix

package pgtest

import (
	"fmt"
	"os/exec"
	"runtime"
)

func disown(*exec.Cmd, ...string) error {
	return fmt.Errorf("on %s none is started: %w", runtime.GOOS, errNone)
}
