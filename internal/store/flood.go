package store

import (
	"context"
	"time"

	"parley/internal/news"
)

const (
	// hourly is how many messages of their own a channel gets within an hour. What
	// comes beyond is gathered into one message with a list.
	hourly = 20
	// gathering is how often such a list is sent.
	gathering = 10 * time.Minute
)

// gather turns a notification into an entry of a list if its channel has had its
// share of messages within the last hour. What is urgent is never kept waiting.
func (t *taking) gather(ctx context.Context, n *news.Notification) error {
	if n.Digest || n.Alert.Level() == news.Urgent {
		return nil
	}
	count := 0
	err := t.tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM outbox WHERE channel = $1 AND created > $2 AND digest = 0 AND action = 'post'`,
		n.Channel, toMillis(n.Created.Add(-time.Hour))).Scan(&count)
	if err != nil || count < hourly {
		return err
	}
	n.Digest, n.Alert.Gathered = true, true
	if next := n.Created.Truncate(gathering).Add(gathering); next.After(n.NotBefore) {
		n.NotBefore = next
	}
	return nil
}
