package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net"
	"net/url"
	"runtime"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// IsPostgres reports that a dsn names a PostgreSQL database.
func IsPostgres(dsn string) bool {
	return strings.HasPrefix(dsn, "postgres://") || strings.HasPrefix(dsn, "postgresql://")
}

// leastPostgres is the oldest PostgreSQL that the tests have been run on; they have
// been on 15 and 18 too.
const leastPostgres = 14

const (
	// connectTime bounds how long a connection may take to be made, unless the dsn
	// says.
	connectTime = 5 * time.Second
	// patience is how long a transaction waits for a server that is being
	// restarted before it fails: nothing is done yet that could be done twice.
	patience = 5 * time.Second
	// lockTime is how long a transaction waits for those of other processes.
	lockTime = 30 * time.Second
	// idleTime is after how long the server ends a transaction of a process that
	// was stopped or cut off in the midst of it, so that the others go on.
	idleTime = 10 * time.Second
	// vanished is how long the server's machine may be silent, when there is
	// something to say, until the connection counts as lost.
	vanished = 30 * time.Second
	// oldest is how long a connection is kept: after a move to another server all
	// are new within this time.
	oldest = 30 * time.Minute
)

// lockClass is the first half of the names of our advisory locks: "parl".
const lockClass = 0x7061726c

// A postgres is the dialect of PostgreSQL.
//
// Whoever writes holds one advisory lock until its transaction ends, as with an
// SQLite file. So what a transaction has read is still true when it commits;
// numbers given to items, developments and revisions become visible in their
// order, which whoever asks "what is new since number n" relies on; and nothing is
// ever to be undone and repeated. Transactions are short: the outlets' answers and
// Slack's are never waited for within one. Readers wait for nobody.
type postgres struct {
	address  string // without password and settings
	settings string // of the address, "?sslmode=require" for one, without secrets
	server   string // host and port, or the folder of its socket
	user     string
	database string
	version  string // of the server

	patience, lockTime, idleTime time.Duration
}

func (p *postgres) name() string { return p.address }

func (p *postgres) condition() string { return "answers, PostgreSQL " + p.version }

// openPostgres connects to the database that dsn names.
func openPostgres(ctx context.Context, dsn string, log *slog.Logger) (*Store, error) {
	config, err := pgx.ParseConfig(dsn)
	if err != nil {
		return nil, misread(dsn, err)
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = connectTime
	}
	// A server that vanished without a word must not be waited for by the hour.
	config.DialFunc = (&net.Dialer{
		Timeout: config.ConnectTimeout, Control: giveUpAfter(vanished),
		KeepAliveConfig: net.KeepAliveConfig{Enable: true, Idle: vanished / 2, Interval: vanished / 6, Count: 3},
	}).DialContext
	if config.RuntimeParams["application_name"] == "" {
		config.RuntimeParams["application_name"] = "parley"
	}
	p := newPostgres(dsn, config)
	connector := cleanly{stdlib.GetConnector(*config)}
	s := &Store{dialect: p, log: log, zones: newZones(log), writer: sql.OpenDB(connector), reader: sql.OpenDB(connector)}
	s.writer.SetMaxOpenConns(1)
	s.reader.SetMaxOpenConns(max(4, runtime.NumCPU()))
	for _, db := range []*sql.DB{s.writer, s.reader} {
		db.SetMaxIdleConns(4)
		db.SetConnMaxLifetime(oldest)
	}
	if err := s.preparePostgres(ctx, p); err != nil {
		_ = s.Close()
		return nil, s.fault(err)
	}
	return s, nil
}

func newPostgres(dsn string, c *pgx.ConnConfig) *postgres {
	p := &postgres{patience: patience, lockTime: lockTime, idleTime: idleTime, user: c.User, database: c.Database, server: net.JoinHostPort(c.Host, strconv.Itoa(int(c.Port)))}
	if p.database == "" {
		p.database = p.user // as the server does
	}
	if strings.HasPrefix(c.Host, "/") {
		p.server = c.Host
	}
	p.address, p.settings = withoutSecrets(dsn)
	return p
}

// withoutSecrets returns a dsn without its password, and those of its settings that
// PostgreSQL's own programs know and that are no secret.
func withoutSecrets(dsn string) (address, settings string) {
	u, err := url.Parse(dsn)
	if err != nil {
		return "postgres://…", ""
	}
	if u.User != nil {
		u.User = url.User(u.User.Username())
	}
	q := u.Query()
	for name := range q {
		switch name {
		case "host", "port", "dbname", "user", "connect_timeout", "target_session_attrs", "sslmode", "sslrootcert", "sslcert", "sslkey":
		default:
			q.Del(name)
		}
	}
	u.RawQuery, u.Fragment = "", ""
	if len(q) > 0 {
		settings = "?" + q.Encode()
	}
	return u.String(), settings
}

// WithoutPassword returns a dsn as it may be shown.
func WithoutPassword(dsn string) string {
	if !IsPostgres(dsn) {
		return dsn
	}
	address, _ := withoutSecrets(dsn)
	return address
}

// preparePostgres looks whether this is a database that can be worked with, and
// brings its schema up.
func (s *Store) preparePostgres(ctx context.Context, p *postgres) error {
	var number int
	var encoding string
	var schema sql.NullString
	var granted bool
	if err := s.writer.QueryRowContext(ctx, `SELECT CAST(current_setting('server_version_num') AS INTEGER), current_setting('server_version'),
		current_setting('server_encoding'), current_schema(),
		COALESCE(has_schema_privilege(current_schema(), 'CREATE'), true) OR to_regclass('goose_db_version') IS NOT NULL`).Scan(&number, &p.version, &encoding, &schema, &granted); err != nil {
		return err
	}
	p.version, _, _ = strings.Cut(p.version, " ") // what follows is the packager's
	if err := p.fits(number, encoding, schema.Valid, granted); err != nil {
		return err
	}
	if err := s.migratePostgres(ctx); err != nil {
		return err
	}
	return s.probe(ctx)
}

// fits says why a database cannot be worked with, if it cannot.
func (p *postgres) fits(number int, encoding string, schema, granted bool) error {
	switch {
	case !granted:
		return fmt.Errorf("the user %s may not create tables in the database %s: `ALTER DATABASE %s OWNER TO %s` lets it", p.user, p.address, p.database, p.user)
	case number/10000 < leastPostgres:
		return fmt.Errorf("PostgreSQL at %s is version %s, and parley needs %d or newer: upgrade it, or use another server", p.server, p.version, leastPostgres)
	case encoding != "UTF8":
		return fmt.Errorf("the database %s keeps text as %s, which has not all letters: make one with `createdb --encoding=UTF8 --template=template0 …`", p.address, encoding)
	case !schema:
		return fmt.Errorf("the database %s has no schema for the tables of parley: create the one that search_path names, or let %s use `public`", p.address, p.user)
	}
	return nil
}

func (s *Store) migratePostgres(ctx context.Context) error {
	folder, err := fs.Sub(migrations, "migrations/postgres")
	if err != nil {
		return err
	}
	// Replicas that start together bring up the schema one after the other.
	lock, err := s.reader.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = lock.Rollback() }() // it only holds the lock
	if _, err := lock.ExecContext(ctx, `SELECT pg_advisory_xact_lock($1, 0)`, lockClass); err != nil {
		return err
	}
	return migrate(ctx, goose.DialectPostgres, s.writer, folder, s.log)
}

func (p *postgres) begin(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	begun := time.Now()
	for {
		tx, err := p.locked(ctx, db)
		if err == nil || !passes(err) || time.Since(begun) > p.patience || ctx.Err() != nil {
			return tx, err
		}
		pause := time.NewTimer(p.patience / 20)
		select {
		case <-ctx.Done():
		case <-pause.C:
		}
		pause.Stop()
	}
}

// locked starts a transaction with the lock. That is named after a table, so that
// two parleys in two schemas of one database do not wait for one another.
func (p *postgres) locked(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	// With no arguments these three travel together.
	if _, err := tx.ExecContext(ctx, fmt.Sprintf(`SET LOCAL lock_timeout = %d; SET LOCAL idle_in_transaction_session_timeout = %d;
		SELECT pg_advisory_xact_lock(%d, CAST(CAST('feeds' AS regclass) AS oid)::int4)`, p.lockTime.Milliseconds(), p.idleTime.Milliseconds(), lockClass)); err != nil {
		return nil, errors.Join(err, ignoringDone(tx.Rollback()))
	}
	return tx, nil
}

func (*postgres) glance(ctx context.Context, db *sql.DB) (*sql.Tx, error) {
	return db.BeginTx(ctx, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
}

// sound looks whether the database answers. Damage is for PostgreSQL to find: it
// refuses to read a page whose checksum is wrong, and has pg_amcheck.
func (p *postgres) sound(ctx context.Context, db *sql.DB) error {
	_, err := db.ExecContext(ctx, `SELECT 1 FROM feeds LIMIT 1`)
	return err
}

func (p *postgres) backup(_ context.Context, to string) error {
	return fmt.Errorf("`parley store backup` copies SQLite files, and this database is PostgreSQL: `pg_dump --format=custom --file=%s '%s%s'` makes a copy while parley runs, and `pg_restore` brings it back",
		shellWord(to), p.address, p.settings)
}

// shellWord writes s so that a shell takes it for one word.
func shellWord(s string) string {
	if s != "" && !strings.ContainsFunc(s, func(r rune) bool {
		return !('a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || strings.ContainsRune("/._-+,", r))
	}) {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}

// A cleanly connector hands over text as PostgreSQL takes it. SQLite stores any
// bytes; here a check with one bad byte in it would be refused for ever.
type cleanly struct{ driver.Connector }

func (c cleanly) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return cleanConn{conn.(*stdlib.Conn)}, nil
}

type cleanConn struct{ *stdlib.Conn }

func (cleanConn) CheckNamedValue(v *driver.NamedValue) (err error) {
	if v.Value, err = driver.DefaultParameterConverter.ConvertValue(v.Value); err != nil {
		return err
	}
	if s, ok := v.Value.(string); ok {
		v.Value = strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
	}
	return nil
}
