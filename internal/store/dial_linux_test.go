package store

import (
	"syscall"
	"testing"
)

// The kernel knows when to give up a server that has vanished.
func TestPostgresVanishes(t *testing.T) {
	s := begin(t, Postgres.Database(t))
	conn, err := s.writer.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	err = conn.Raw(func(c any) error {
		raw, err := c.(cleanConn).Conn.Conn().PgConn().Conn().(syscall.Conn).SyscallConn()
		if err != nil {
			return err
		}
		return raw.Control(func(fd uintptr) {
			if got, err := syscall.GetsockoptInt(int(fd), syscall.IPPROTO_TCP, tcpUserTimeout); err != nil || got != int(vanished.Milliseconds()) {
				t.Errorf("%d ms, %v", got, err)
			}
		})
	})
	if err != nil {
		t.Error(err)
	}
}
