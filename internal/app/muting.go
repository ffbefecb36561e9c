package app

import (
	"context"
	"errors"
	"time"

	"parley/internal/news"
)

// muting stores what people of a workspace mute, and has it honoured at once.
type muting struct {
	app *App
	own scoped
}

// Mutes returns those that have not ended.
func (m muting) Mutes(ctx context.Context) ([]news.Mute, error) { return m.own.Mutes(ctx) }

// Deeds returns what people changed.
func (m muting) Deeds(ctx context.Context, channels []string, limit int) ([]news.Deed, error) {
	return m.own.Deeds(ctx, channels, limit)
}

// Label keeps what somebody says is wrong.
func (m muting) Label(ctx context.Context, f news.Feedback) (bool, error) {
	return m.own.Label(ctx, f)
}

// PreferencesOf returns what somebody set for their direct messages.
func (m muting) PreferencesOf(ctx context.Context, user string) (news.Preferences, error) {
	p, err := m.own.Store.PreferencesOf(ctx, m.own.address(user))
	p.User = user
	return p, err
}

// Prefer keeps it.
func (m muting) Prefer(ctx context.Context, p news.Preferences) error {
	p.User = m.own.address(p.User)
	return m.own.Store.Prefer(ctx, p)
}

// Mute stores a mute.
func (m muting) Mute(ctx context.Context, mute news.Mute) (news.Mute, bool, error) {
	stored, created, err := m.own.Mute(ctx, mute)
	if err == nil {
		err = m.app.honour(ctx)
	}
	return stored, created, err
}

// Unmute ends one, and sends what it held.
func (m muting) Unmute(ctx context.Context, id int64, author string, at time.Time) (news.Mute, error) {
	ended, err := m.own.Unmute(ctx, id, author, at)
	if err != nil {
		return ended, err
	}
	m.app.worker.Wake()
	return ended, m.app.honour(ctx)
}

// honour lets the rulebook know which mutes there are.
func (a *App) honour(ctx context.Context) error {
	a.setting.Lock()
	defer a.setting.Unlock()
	list, err := a.store.Mutes(ctx)
	if err != nil {
		return err
	}
	a.book.Mute(list)
	return nil
}

// muteTick is how soon after its time a mute is over.
const muteTick = 15 * time.Second

// endMutes ends mutes whose time is over, until ctx ends.
func (a *App) endMutes(ctx context.Context) error {
	tick := time.NewTicker(muteTick)
	defer tick.Stop()
	for {
		a.endMutesNow(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// endMutesNow ends the mutes whose time is over or whose round has begun, and
// tells their channels. What fails is tried again with the next tick.
func (a *App) endMutesNow(ctx context.Context) {
	err := a.store.EndMutes(ctx, a.options.Now())
	var over []news.Mute
	if err == nil {
		over, err = a.store.MutesToTell(ctx)
	}
	if err == nil {
		err = a.honour(ctx) // also what another parley that shares the work has stored
	}
	if err != nil {
		if ctx.Err() == nil {
			a.log.Error("mutes could not be looked after; it is tried again", "error", err)
		}
		return
	}
	for _, m := range over {
		a.log.Info("a mute is over", "channel", m.Channel, "of", m.To, "held", m.Held)
		a.worker.Wake()
		room, err := a.roomAt(ctx, m.Channel)
		if room == nil && err == nil {
			continue
		}
		if err == nil {
			here := m
			here.Channel = local(m.Channel)
			err = room.MuteOver(context.WithoutCancel(ctx), here)
		}
		if fault, ok := errors.AsType[*news.Fault](err); err == nil || ok && fault.Kind == news.Gone {
			continue
		}
		a.log.Warn("that a mute is over could not be said; it is tried again", "channel", m.Channel, "error", err)
		if err := a.store.TellMute(context.WithoutCancel(ctx), m.ID); err != nil {
			a.log.Error("that a mute is over will not be said", "channel", m.Channel, "error", err)
		}
	}
}
