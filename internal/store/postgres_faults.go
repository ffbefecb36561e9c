package store

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"syscall"

	"github.com/jackc/pgx/v5/pgconn"
)

// codes of PostgreSQL, see its manual, appendix A.
const (
	codeNoDatabase  = "3D000"
	codeNoSchema    = "3F000"
	codeNoTable     = "42P01"
	codeDenied      = "42501"
	codePassword    = "28P01"
	codeRefused     = "28000"
	codeDiskFull    = "53100"
	codeNoMemory    = "53200"
	codeTooMany     = "53300"
	codeReadOnly    = "25006"
	codeIdle        = "25P03"
	codeLockTimeout = "55P03"
	codeCancelled   = "57014"
	codeShutdown    = "57P01"
	codeCrashed     = "57P02"
	codeStarting    = "57P03"
	codeDamagedData = "XX001"
	codeDamagedTree = "XX002"
)

// passes reports that a failure ends by itself: the server is being restarted.
func passes(err error) bool {
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		switch e.Code {
		case codeShutdown, codeCrashed, codeStarting:
			return true
		}
		return strings.HasPrefix(e.Code, "08")
	}
	return isLost(err)
}

// isLost reports that there is no connection, or no longer.
func isLost(err error) bool {
	var network net.Error
	return errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) || errors.Is(err, driver.ErrBadConn) || errors.Is(err, net.ErrClosed) ||
		errors.Is(err, syscall.ECONNREFUSED) || errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE) || errors.Is(err, syscall.ENOENT) ||
		errors.As(err, &network) || pgconn.SafeToRetry(err) && !errors.Is(err, context.Canceled)
}

func (p *postgres) explain(err error) error {
	var done *sentence
	if err == nil || errors.As(err, &done) || errors.Is(err, context.Canceled) {
		return err
	}
	text, damaged := "", false
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		if _, connecting := errors.AsType[*pgconn.ConnectError](err); connecting {
			err = e // the rest tells of each way to connect that was tried
		}
		text, damaged = p.explainCode(e), e.Code == codeDamagedData || e.Code == codeDamagedTree
	} else if c, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		text = p.explainConnect(c)
	} else if isLost(err) && !errors.Is(err, context.DeadlineExceeded) {
		text = fmt.Sprintf("the connection to the database %s was lost: nothing half is stored, and it is tried again", p.address)
	}
	if text == "" {
		return err
	}
	return &sentence{text, err, damaged}
}

func (p *postgres) explainConnect(err error) string {
	if strings.Contains(err.Error(), "tls error") || strings.Contains(err.Error(), "server refused TLS") || strings.Contains(err.Error(), "SSL is not enabled") {
		return fmt.Sprintf("PostgreSQL at %s and parley do not agree on encryption: look at sslmode and sslrootcert in the address of the database, and at ssl in postgresql.conf", p.server)
	}
	if !isLost(err) && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Sprintf("PostgreSQL at %s lets nobody in: look at the address of the database, and at the log of the server", p.server)
	}
	return fmt.Sprintf("PostgreSQL cannot be reached at %s: look whether it runs there, and whether host and port of the database are right", p.server)
}

func (p *postgres) explainCode(e *pgconn.PgError) string {
	switch e.Code {
	case codePassword, codeRefused:
		return fmt.Sprintf("PostgreSQL at %s does not let in the user %s: look at the password in PGPASSWORD, ~/.pgpass or the address of the database, and at pg_hba.conf", p.server, p.user)
	case codeNoDatabase:
		return fmt.Sprintf("there is no database %s on PostgreSQL at %s: create it with `createdb --owner=%s %s`, or give another name", p.database, p.server, p.user, p.database)
	case codeDenied, codeNoSchema:
		return fmt.Sprintf("the user %s may not do what parley needs in the database %s: `ALTER DATABASE %s OWNER TO %s` lets it", p.user, p.address, p.database, p.user)
	case codeNoTable:
		return fmt.Sprintf("a table of parley is missing from the database %s: restart parley, or restore the database from a backup", p.address)
	case codeDiskFull:
		return fmt.Sprintf("the disk of PostgreSQL at %s is full: free some space; what was stored is kept", p.server)
	case codeNoMemory:
		return fmt.Sprintf("PostgreSQL at %s has no memory left: give it more, or lower its max_connections; it is tried again", p.server)
	case codeTooMany:
		return fmt.Sprintf("PostgreSQL at %s takes no more connections: raise its max_connections, or end other programs; it is tried again", p.server)
	case codeReadOnly:
		return fmt.Sprintf("the database %s cannot be written: it is a standby or set to read only; give the address of the primary, or several hosts with target_session_attrs=read-write", p.address)
	case codeLockTimeout:
		return fmt.Sprintf("another program keeps the database %s locked: look in pg_stat_activity who that is; it is tried again", p.address)
	case codeIdle:
		return fmt.Sprintf("the database %s has ended a transaction, because this parley was stopped in the midst of it: nothing half is stored, and it is tried again", p.address)
	case codeCancelled:
		return fmt.Sprintf("the database %s has cut a query short: raise statement_timeout for the user %s; it is tried again", p.address, p.user)
	case codeShutdown, codeCrashed, codeStarting:
		return fmt.Sprintf("PostgreSQL at %s is being stopped or started: it is tried again", p.server)
	case codeDamagedData, codeDamagedTree:
		return fmt.Sprintf("the database %s is damaged: restore it from a backup, or look at it with pg_amcheck", p.address)
	}
	if strings.HasPrefix(e.Code, "08") {
		return fmt.Sprintf("the connection to the database %s was lost: nothing half is stored, and it is tried again", p.address)
	}
	return ""
}

// misread says why a dsn cannot be used. The driver's own words would hold it,
// with the password; they are told only where they do not.
func misread(dsn string, err error) error {
	const says = "the address of the PostgreSQL database cannot be understood: write postgres://USER@HOST:5432/NAME?sslmode=require, the password in PGPASSWORD or ~/.pgpass, or as USER:PASSWORD with signs such as @ : / ? # % written as %40 %3A %2F %3F %23 %25"
	u, parseErr := url.Parse(dsn)
	if parseErr != nil {
		return errors.New(says)
	}
	_, why, ok := strings.Cut(err.Error(), "`: ")
	if !ok || strings.Contains(why, "://") || strings.Contains(why, "\n") {
		return errors.New(says)
	}
	secrets := []string{}
	if p, ok := u.User.Password(); ok {
		secrets = append(secrets, p)
	}
	for name, values := range u.Query() {
		if strings.Contains(strings.ToLower(name), "pass") {
			secrets = append(secrets, values...)
		}
	}
	for _, s := range secrets {
		if s != "" && strings.Contains(why, s) {
			return errors.New(says)
		}
	}
	return fmt.Errorf("%s (%s)", says, why)
}

// ignoringDone leaves out that a transaction has ended already.
func ignoringDone(err error) error {
	if errors.Is(err, sql.ErrTxDone) || err != nil && isLost(err) {
		return nil
	}
	return err
}
