// Package pgtest gives tests databases on a PostgreSQL server, each its own. The
// server is the one that PARLEY_POSTGRES names (by an address whose user may create
// databases), else one that is started for the tests out of the programs on this
// machine, in a folder of its own, and gone after them even if they are killed.
// Where there are no such programs tests are skipped, unless PARLEY_NEED_POSTGRES
// or CI is set: then they fail.
//
// A package has one server, that the first test starts which asks for a database:
//
//	var postgres pgtest.Server
//
//	func TestMain(m *testing.M) {
//		code := m.Run()
//		postgres.Stop()
//		os.Exit(code)
//	}
//
// A test that stops, kills or starts the server uses one of its own, from Start.
package pgtest

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"strings"
	"sync"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// A Server makes databases. Its zero value is ready.
type Server struct {
	// Prepare fills the first database; all are copies of it. nil: they are empty.
	Prepare func(ctx context.Context, dsn string) error

	mu       sync.Mutex
	tried    bool
	missing  error    // why there is no server
	cluster  *cluster // nil for one that was there
	admin    *sql.DB
	address  string
	template string
}

// Start starts a server for one test, which may stop, kill and start it. The test
// is skipped where that cannot be done.
func Start(t testing.TB) *Server {
	t.Helper()
	s := &Server{}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.tried = true
	t.Cleanup(s.Stop)
	s.missing = s.start(t.Context())
	s.need(t)
	return s
}

// Database returns the address of a fresh database, as Prepare has made it, which
// is dropped at the end of the test.
func (s *Server) Database(t testing.TB) string {
	t.Helper()
	return s.database(t, func() string { return s.template })
}

// Empty is Database without what Prepare does.
func (s *Server) Empty(t testing.TB) string {
	t.Helper()
	return s.database(t, func() string { return "" })
}

func (s *Server) database(t testing.TB, template func() string) string {
	t.Helper()
	s.mu.Lock()
	defer s.mu.Unlock()
	if !s.tried {
		s.tried = true
		if s.missing = s.open(t.Context()); s.missing == nil && s.Prepare != nil {
			s.missing = s.prepare(t.Context())
		}
	}
	s.need(t)
	name, dsn, err := s.create(t.Context(), template())
	if err != nil {
		t.Fatalf("no database can be made: %v", err)
	}
	t.Cleanup(func() { // of a server that is not there any more nothing is left
		_, _ = s.admin.ExecContext(context.WithoutCancel(t.Context()), `DROP DATABASE IF EXISTS `+name+` WITH (FORCE)`)
	})
	return dsn
}

// need ends a test that has no server.
func (s *Server) need(t testing.TB) {
	t.Helper()
	switch {
	case s.missing == nil:
	case errors.Is(s.missing, errNone) && os.Getenv("PARLEY_NEED_POSTGRES") == "" && os.Getenv("CI") == "":
		t.Skipf("no PostgreSQL: %v", s.missing)
	default:
		t.Fatalf("no PostgreSQL: %v", s.missing)
	}
}

// open finds the server.
func (s *Server) open(ctx context.Context) error {
	if dsn := os.Getenv("PARLEY_POSTGRES"); dsn != "" {
		return s.connect(ctx, dsn)
	}
	return s.start(ctx)
}

func (s *Server) start(ctx context.Context) (err error) {
	if s.cluster, err = newCluster(ctx); err != nil {
		return err
	}
	if err := s.cluster.start(); err != nil {
		return err
	}
	if err := s.connect(ctx, s.cluster.dsn()); err != nil {
		return fmt.Errorf("%w\n%s", err, s.cluster.tail())
	}
	return nil
}

// slow is how long a server may take to start.
const slow = 30 * time.Second

// connect waits until the server answers.
func (s *Server) connect(ctx context.Context, dsn string) error {
	var err error
	if s.admin, err = sql.Open("pgx", dsn); err != nil {
		return err
	}
	s.admin.SetMaxOpenConns(2)
	s.address = dsn
	return s.wait(ctx)
}

func (s *Server) wait(ctx context.Context) error {
	for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
		err := s.admin.PingContext(ctx)
		if err == nil || time.Since(begun) > slow || ctx.Err() != nil {
			return err
		}
	}
}

// prepare makes the database of which all others are copies.
func (s *Server) prepare(ctx context.Context) error {
	name, dsn, err := s.create(ctx, "")
	if err != nil {
		return err
	}
	s.template = name
	return s.Prepare(ctx, dsn)
}

// create makes a database, empty or as a copy of another.
func (s *Server) create(ctx context.Context, template string) (name, dsn string, err error) {
	name = "parley_test_" + strings.ToLower(rand.Text())
	if template == "" {
		template = "template0"
	}
	if _, err := s.admin.ExecContext(ctx, fmt.Sprintf(`CREATE DATABASE %s TEMPLATE %s ENCODING 'UTF8'`, name, template)); err != nil {
		return "", "", err
	}
	u, err := url.Parse(s.address)
	if err != nil {
		return "", "", err
	}
	u.Path = "/" + name
	return name, u.String(), nil
}

// Admin runs a statement in the name of the server's owner, outside of any
// database of a test.
func (s *Server) Admin(t testing.TB, statement string) {
	t.Helper()
	if _, err := s.admin.ExecContext(t.Context(), statement); err != nil {
		t.Fatalf("%s: %v", statement, err)
	}
}

// Crash kills the server as a fault would: what was committed is kept, and who was
// connected loses the connection.
func (s *Server) Crash(t testing.TB) {
	t.Helper()
	if err := s.own().end("keep\n"); err != nil {
		t.Fatal(err)
	}
}

// Restart starts the server again after Crash, at the same address.
func (s *Server) Restart(t testing.TB) {
	t.Helper()
	if err := s.own().start(); err != nil {
		t.Fatal(err)
	}
	if err := s.wait(t.Context()); err != nil {
		t.Fatalf("%v\n%s", err, s.cluster.tail())
	}
}

func (s *Server) own() *cluster {
	if s.cluster == nil {
		panic("pgtest: only a server from Start can be killed")
	}
	return s.cluster
}

// Stop ends the server and removes all that it stored, unless it was there before.
func (s *Server) Stop() {
	if s.admin != nil {
		if s.cluster == nil && s.template != "" {
			_, _ = s.admin.ExecContext(context.Background(), `DROP DATABASE IF EXISTS `+s.template+` WITH (FORCE)`)
		}
		_ = s.admin.Close()
	}
	if s.cluster != nil {
		_ = s.cluster.end("")
	}
}

// freePort returns a port of the loopback that nobody listens on.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer func() { _ = l.Close() }()
	return l.Addr().(*net.TCPAddr).Port, nil
}
