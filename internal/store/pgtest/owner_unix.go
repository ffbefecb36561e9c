//go:build unix

package pgtest

import (
	"fmt"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// disown lets a program run apart from the signals of the terminal and, where we
// are root, as somebody who may do nothing: PostgreSQL refuses to run as root. The
// files are given to him.
func disown(cmd *exec.Cmd, files ...string) error {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() != 0 {
		return nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 != nil || err2 != nil {
			continue
		}
		for _, f := range files {
			if err := os.Chown(f, int(uid), int(gid)); err != nil {
				return err
			}
		}
		cmd.SysProcAttr.Credential = &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}
		return nil
	}
	return fmt.Errorf("PostgreSQL does not run as root, and there is no other user here: %w", errNone)
}
