package bot

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"time"
)

// An Event is one of the Events API: an app that was removed, a channel that was
// archived.
type Event struct {
	Type    string
	Team    string    // id of the workspace in which it happened
	At      time.Time // when, to the second; zero if Slack did not say
	Channel string    // id, if it is about one
	User    string    // id, if somebody did it
	Inner   json.RawMessage
}

// An outer is what an event comes in.
type outer struct {
	Type      string          `json:"type"`
	Challenge string          `json:"challenge"`
	ID        string          `json:"event_id"`
	Team      string          `json:"team_id"`
	Time      int64           `json:"event_time"` // seconds since 1970
	Event     json.RawMessage `json:"event"`
}

// heard passes an event on, once.
func (r *Room) heard(ctx context.Context, o outer) {
	r.ready()
	if o.ID != "" {
		// Of a team whose events those are only a digest is kept: its last ones come when
		// all else of it has been wiped.
		digest := sha256.Sum256([]byte(o.Team + " " + o.ID))
		first, err := r.seen.SeenOnce(ctx, "slack event "+hex.EncodeToString(digest[:]), r.Now(), keepSeen)
		if err == nil && !first {
			return
		}
	}
	var e struct {
		Type    string          `json:"type"`
		Channel json.RawMessage `json:"channel"`
		User    json.RawMessage `json:"user"`
	}
	if err := json.Unmarshal(o.Event, &e); err != nil {
		r.Log.Warn("an event cannot be read", "err", err)
		return
	}
	event := Event{Type: e.Type, Team: o.Team, Channel: idIn(e.Channel), User: idIn(e.User), Inner: o.Event}
	if o.Time > 0 {
		event.At = time.Unix(o.Time, 0)
	}
	r.Log.Debug("event", "type", event.Type, "channel", event.Channel)
	if event.Type == "app_home_opened" {
		r.inside(ctx, event.Team, &turn{acked: true}, func(room *Room) { room.ready(); room.opened(ctx, event) })
	}
	if event.Type == "member_joined_channel" {
		r.inside(ctx, event.Team, &turn{acked: true}, func(room *Room) { room.ready(); room.joined(ctx, event) })
	}
	if r.Heard != nil {
		r.lanes.do("event "+event.Channel, func() { r.Heard(context.WithoutCancel(ctx), event) })
	}
}

// idIn reads an id that stands for itself or in an object.
func idIn(raw json.RawMessage) string {
	var id string
	if json.Unmarshal(raw, &id) == nil {
		return id
	}
	var object struct {
		ID string `json:"id"`
	}
	_ = json.Unmarshal(raw, &object) // neither: it is about nobody
	return object.ID
}
