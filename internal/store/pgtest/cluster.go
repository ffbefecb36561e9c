package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"time"
)

// A cluster is a PostgreSQL server of our own. It listens on the loopback alone.
type cluster struct {
	folder   string
	programs string
	port     int
	guard    *exec.Cmd
	hold     io.WriteCloser // the guard's input: when it ends, so does the server
	over     chan struct{}  // closed when the guard has ended
}

const (
	owner    = "parley"
	password = "sesame"
)

var errNone = errors.New("neither PARLEY_POSTGRES nor its programs (initdb, postgres) are there: install postgresql, or name a server")

// findPrograms returns the folder of initdb and postgres.
func findPrograms() (string, error) {
	if initdb, err := exec.LookPath("initdb"); err == nil {
		return filepath.Dir(initdb), nil
	}
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/usr/local/pgsql/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin"} {
		found, _ := filepath.Glob(filepath.Join(pattern, "initdb")) // sorted: the newest is the last
		if len(found) > 0 {
			return filepath.Dir(found[len(found)-1]), nil
		}
	}
	return "", errNone
}

// newCluster makes the files of a server.
func newCluster(ctx context.Context) (*cluster, error) {
	programs, err := findPrograms()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "parley-postgres-")
	if err != nil {
		return nil, err
	}
	c := &cluster{folder: folder, programs: programs}
	if err := c.init(ctx); err != nil {
		_ = os.RemoveAll(folder)
		return nil, err
	}
	return c, nil
}

func (c *cluster) init(ctx context.Context) error {
	secret := filepath.Join(c.folder, "password")
	if err := os.WriteFile(secret, []byte(password+"\n"), 0o600); err != nil {
		return err
	}
	cmd := exec.CommandContext(ctx, filepath.Join(c.programs, "initdb"), "--pgdata="+c.data(), "--username="+owner, "--pwfile="+secret,
		"--auth-local=trust", "--auth-host=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	cmd.Dir = c.folder
	if err := disown(cmd, c.folder, secret); err != nil {
		return err
	}
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	return nil
}

func (c *cluster) data() string { return filepath.Join(c.folder, "data") }

func (c *cluster) dsn() string {
	u := url.URL{Scheme: "postgres", User: url.UserPassword(owner, password), Host: "127.0.0.1:" + strconv.Itoa(c.port), Path: "/postgres", RawQuery: "sslmode=disable"}
	return u.String()
}

// watchdog runs a server until its own input ends, which it does at the latest with
// the process that holds the other end: nothing outlives the tests.
const watchdog = `folder=$1; shift
"$@" </dev/null >>"$folder/log" 2>&1 &
server=$!
read -r last
kill -QUIT $server 2>/dev/null
wait $server
[ "$last" = keep ] || rm -rf "$folder"`

// start runs the server; it may take a moment until it answers.
func (c *cluster) start() error {
	if c.port == 0 {
		port, err := freePort()
		if err != nil {
			return err
		}
		c.port = port
	}
	// What the tests commit must outlive a crash of the server, not of the machine.
	c.guard = exec.Command("sh", "-c", watchdog, "sh", c.folder, filepath.Join(c.programs, "postgres"), "-D", c.data(),
		"-p", strconv.Itoa(c.port), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="+c.folder,
		"-c", "fsync=off", "-c", "full_page_writes=off", "-c", "autovacuum=off", "-c", "max_connections=200", "-c", "shared_buffers=32MB")
	c.guard.Dir = c.folder
	if err := disown(c.guard, c.folder); err != nil {
		return err
	}
	var err error
	if c.hold, err = c.guard.StdinPipe(); err != nil {
		return err
	}
	if err := c.guard.Start(); err != nil {
		return err
	}
	c.over = make(chan struct{})
	go func() {
		defer close(c.over)
		_ = c.guard.Wait()
	}()
	return nil
}

// end kills the server with a last word to its guard.
func (c *cluster) end(last string) error {
	if c.guard == nil {
		return os.RemoveAll(c.folder)
	}
	if last != "" {
		if _, err := io.WriteString(c.hold, last); err != nil {
			return err
		}
	}
	_ = c.hold.Close()
	select {
	case <-c.over:
		return nil
	case <-time.After(slow):
		return errors.New("PostgreSQL does not end")
	}
}

// tail returns what the server said at last.
func (c *cluster) tail() string {
	log, _ := os.ReadFile(filepath.Join(c.folder, "log"))
	return string(log[max(0, len(log)-2000):])
}
