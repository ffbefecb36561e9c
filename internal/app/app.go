// Package app wires the rooms together. It is the one package that knows
// everyone: it opens the store, turns a configuration into what the watch, the
// look-ups and the Slack room need, starts them, and stops them so that nothing
// is lost. A whole parley can be started inside a test.
package app

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"golang.org/x/sync/errgroup"

	"parley/bot"
	"parley/internal/config"
	"parley/internal/deliver"
	"parley/internal/feed"
	"parley/internal/lookup"
	"parley/internal/news"
	"parley/internal/store"
	"parley/internal/watch"
	"parley/internal/workspaces"
)

// Options are what an App is made of besides its configuration.
type Options struct {
	Secrets config.Secrets
	Log     *slog.Logger
	Now     func() time.Time
	// Terminal is where alerts go without Slack tokens; Colour says whether it
	// shows colours.
	Terminal io.Writer
	Colour   bool
	// Lease bounds how long a delivery may be in doubt; 0: a minute.
	Lease time.Duration
	// PostBaseline posts what is fresh on a feed's first check too.
	PostBaseline bool
	// Pace is the least time between two messages to one channel; 0: a second.
	Pace time.Duration
}

// parallel is how many feeds are asked at once, besides those that keep us waiting.
const parallel = 128

// An App is a running parley.
type App struct {
	options Options
	log     *slog.Logger
	store   *store.Store
	fetch   *feed.Fetcher
	watch   *watch.Watch
	worker  *deliver.Worker
	lookup  *lookup.Answers
	room    *bot.Room  // by whose doors Slack comes in; nil without Slack
	atHome  *bot.Room  // of the home workspace; nil without it
	slack   *bot.Slack // nil without a home workspace
	meter   meter

	keeper  keeper // of status cards
	keeping sync.Mutex
	stale   chan struct{}

	// Of several workspaces: nil and empty where there is but one.
	workspaces *workspaces.Workspaces
	tenants    tenants
	home       homeTeam

	damaged atomic.Bool  // the database, when it was last looked at
	changes atomic.Int64 // of rules, subscriptions and mutes: those that are in force

	setting   sync.Mutex      // one change of the setup at a time, so that the last one wins
	book      *watch.Rulebook // in force; guarded by setting
	mu        sync.Mutex      // guards knowledge
	knowledge *Knowledge
}

// New opens the store and wires everything; nothing runs yet.
func New(ctx context.Context, k *Knowledge, o Options) (*App, error) {
	if o.Now == nil {
		o.Now = time.Now
	}
	a := &App{options: o, log: o.Log, knowledge: k, stale: make(chan struct{}, 1)}
	s, err := store.Open(ctx, k.Config.Database, o.Log, store.WithWords(words()))
	if err != nil {
		return nil, err
	}
	a.store, a.meter = s, newMeter(s)
	if err := a.wire(ctx, k); err != nil {
		a.Close()
		return nil, err
	}
	return a, nil
}

func (a *App) wire(ctx context.Context, k *Knowledge) error {
	o := a.options
	a.fetch = feed.NewFetcher(feed.Options{
		UserAgent: "parley/1 (+negotiation alerts)", AllowPrivate: k.Config.AllowPrivate, Proxy: k.Config.Proxy, Log: o.Log, Now: o.Now,
	})
	if err := a.several(ctx); err != nil {
		return err
	}
	setup, f, err := a.setup(ctx, k)
	if err != nil {
		return err
	}
	a.book = setup.Rulebook
	a.tellAside(f)
	home := scoped{a.store, ""}
	a.lookup = lookup.New(home, translator{}, f.home.catalogue(), o.Now)
	a.keeper = keeper{store: a.store, lookup: a.lookup, zone: k.Config.Zone}
	a.tenants.make = a.newTenant
	a.know(f)
	names := a.names()
	poster := deliver.Poster(bot.NewTerminal(o.Terminal, names, o.Colour))
	api := bot.Access{BotToken: o.Secrets.BotToken, AppToken: o.Secrets.AppToken, API: o.Secrets.APIURL}.Client()
	if o.Secrets.BotToken != "" {
		a.slack, a.home.api = bot.NewSlack(api, names), api
		poster = slackPoster{a.slack}
		a.atHome = a.newRoom(api, a.slack, a.lookup, home)
		a.room = a.atHome
	}
	if a.workspaces != nil { // then Slack's requests come in by a room that only tells whose they are
		a.room = &bot.Room{API: api, Once: a.store, Log: o.Log, Now: o.Now, Of: a.roomOf, Heard: a.heard}
	}
	poster = &router{app: a, home: poster, stopped: map[string]string{}}
	a.worker = deliver.New(a.store, a.meter.counting(poster), o.Log, deliver.Settings{Lease: o.Lease, Now: o.Now, Pace: o.Pace, Gone: a.gone})
	a.watch = watch.New(a.store, a.meter.timing(fetcher{a.fetch, o.Now, o.Log}), setup, o.Log, o.Now, parallel, func(s news.CheckSummary) {
		a.meter.checked(s)
		if s.Notifications > 0 {
			a.worker.Wake()
		}
		if s.Items > 0 {
			a.wakeStatuses()
		}
	})
	return a.store.SyncFeeds(ctx, plans(k, o.Now()))
}

// names calls actors and negotiations as the configuration does.
func (a *App) names() bot.Names {
	return bot.Names{
		Actor:       func(id string) string { return a.current().names().Actor(id) },
		Negotiation: func(id string) string { return a.current().names().Negotiation(id) },
	}
}

func (a *App) current() *Knowledge {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.knowledge
}

// spread is over how long the first checks of many feeds are spread, and of very
// many: there must be time to store them all.
func spread(feeds int) time.Duration {
	return max(20*time.Second, time.Duration(feeds)*5*time.Millisecond)
}

// plans spreads the first checks of many feeds.
func plans(k *Knowledge, now time.Time) []news.FeedPlan {
	out := make([]news.FeedPlan, len(k.Config.Feeds))
	for i, f := range k.Config.Feeds {
		delay := time.Duration(0)
		if len(k.Config.Feeds) > 8 {
			delay = time.Duration(i) * spread(len(k.Config.Feeds)) / time.Duration(len(k.Config.Feeds))
		}
		out[i] = news.FeedPlan{Name: f.Name, URL: f.URL, First: now.Add(delay)}
	}
	return out
}

// setup makes the watch's view of a configuration, of the rules and of the
// subscriptions that people made.
func (a *App) setup(ctx context.Context, k *Knowledge) (*watch.Setup, force, error) {
	changes, err := a.store.Changes(ctx)
	if err != nil {
		return nil, force{}, err
	}
	f, err := a.inForce(ctx, k)
	if err != nil {
		return nil, f, err
	}
	book, err := watch.NewRulebook(f.home.rules, f.subs, f.home.vocabulary, k.Config.Channel, k.Config.Zone)
	if err != nil {
		return nil, f, err
	}
	if len(f.others) > 0 {
		if err := book.Update(f.home.rules, f.subs, f.home.vocabulary, f.others...); err != nil {
			a.log.Error("a rule or subscription of a workspace cannot be used; all others are in force", "error", err)
		}
	}
	mutes, err := a.store.Mutes(ctx)
	if err != nil {
		return nil, f, err
	}
	book.Mute(mutes)
	a.changes.Store(changes)
	s := &watch.Setup{Feeds: map[string]watch.Feed{}, Engine: k.Engine, Rulebook: book, MaxAge: k.Config.MaxAge, PostBaseline: a.options.PostBaseline, Articles: a.meter.reading(a.fetch), Reminders: k.reminders(), Refresh: a.catchUp}
	for _, c := range k.Config.Feeds {
		sch, err := config.ParseSchedule(c.Every, c.Zone)
		if err != nil {
			return nil, f, err
		}
		s.Feeds[c.Name] = watch.Feed{Feed: c.Feed, Schedule: sch, Adaptive: c.Every == config.Auto}
	}
	return s, f, nil
}

// Reload takes over a new configuration while everything goes on. The database
// and the listening address keep their old values until the next start. After an
// error the old configuration is in force.
func (a *App) Reload(ctx context.Context, k *Knowledge) error {
	a.setting.Lock()
	defer a.setting.Unlock()
	old := a.current()
	if k.Config.Database != old.Config.Database || k.Config.Listen != old.Config.Listen {
		a.log.Warn("database and listen change only with a restart")
	}
	before, _, err := a.setup(ctx, old)
	if err != nil {
		return err
	}
	s, f, err := a.setup(ctx, k)
	if err != nil {
		return err
	}
	a.watch.Use(s) // before the store hands out feeds that only the new setup knows
	if err := a.store.SyncFeeds(ctx, plans(k, a.options.Now())); err != nil {
		a.watch.Use(before)
		a.book = before.Rulebook
		return err
	}
	a.mu.Lock()
	a.knowledge = k
	a.mu.Unlock()
	a.book = s.Rulebook
	a.know(f)
	a.tellAside(f)
	a.watch.Wake()
	a.wakeStatuses()
	a.log.Info("configuration reloaded", "feeds", len(k.Config.Feeds), "rules", len(k.Config.Rules))
	return nil
}

// Run checks feeds, delivers alerts and hears Slack until ctx ends; then it
// lets what is under way end. It returns an error if something makes going on
// pointless, such as a refused token.
func (a *App) Run(ctx context.Context) error {
	g, ctx := errgroup.WithContext(ctx)
	g.Go(func() error { return a.watch.Run(ctx) })
	g.Go(func() error { return a.worker.Run(ctx) })
	g.Go(func() error { return a.endMutes(ctx) })
	g.Go(func() error { return a.keepStatuses(ctx) })
	g.Go(func() error {
		a.follow(ctx)
		return nil
	})
	g.Go(func() error {
		a.herald().Run(ctx)
		return nil
	})
	g.Go(func() error {
		a.inspect(ctx)
		return nil
	})
	g.Go(func() error {
		if err := a.index(ctx); err != nil {
			a.log.Error("the index of words could not be completed; searches are slower until the next start", "error", err)
		}
		return nil
	})
	if a.room != nil && a.options.Secrets.AppToken != "" {
		g.Go(func() error { return a.room.Socket(ctx) })
	}
	if a.workspaces != nil {
		g.Go(func() error {
			_, _ = a.home.team(ctx) // who asks first need not wait for it; a failure is told then
			a.workspaces.Run(ctx)
			return nil
		})
	}
	if addr := a.current().Config.Listen; addr != "" {
		g.Go(func() error { return a.serve(ctx, addr) })
	}
	err := g.Wait()
	if a.room != nil {
		wait, stop := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer stop()
		// answers under way; those that take longer are given up
		for _, r := range append(a.tenants.rooms(), a.room, a.atHome) {
			if r != nil {
				_ = r.Wait(wait)
			}
		}
	}
	return err
}

// Handler serves health, metrics, with a signing secret Slack over HTTP, and the
// pages by which workspaces install parley, if they may.
func (a *App) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", a.health)
	mux.Handle("GET /metrics", a.meter)
	if a.room != nil && a.options.Secrets.SigningSecret != "" {
		mux.Handle("/slack/", a.room.Web(a.options.Secrets.SigningSecret))
	}
	if door := a.door(); door != nil {
		mux.Handle(workspaces.PathInstall, door)
		mux.Handle(workspaces.PathCallback, door)
	}
	return shielded(mux)
}

// shielded forbids browsers to do anything with an answer but to show it, and
// anybody to keep it.
func shielded(h http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		set := w.Header().Set
		set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		set("X-Content-Type-Options", "nosniff")
		set("Referrer-Policy", "no-referrer")
		set("Cross-Origin-Resource-Policy", "same-origin")
		set("Cache-Control", "no-store")
		h.ServeHTTP(w, r)
	})
}

func (a *App) health(w http.ResponseWriter, r *http.Request) {
	pending, parked, sent, err := a.store.Counts(r.Context())
	if err != nil {
		http.Error(w, "the database does not answer", http.StatusServiceUnavailable)
		return
	}
	if a.damaged.Load() {
		http.Error(w, "the database is damaged; `parley doctor` says where", http.StatusServiceUnavailable)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	fmt.Fprintf(w, `{"status":"ok","pending":%d,"parked":%d,"sent":%d}`+"\n", pending, parked, sent)
}

// server is one whose clients can neither drip nor stay.
func server(h http.Handler) *http.Server {
	return &http.Server{
		Handler: h, ReadHeaderTimeout: 5 * time.Second, ReadTimeout: 15 * time.Second, WriteTimeout: 30 * time.Second, IdleTimeout: time.Minute,
		MaxHeaderBytes: 64 << 10,
	}
}

func (a *App) serve(ctx context.Context, addr string) error {
	l, err := net.Listen("tcp", addr)
	if err != nil {
		return fmt.Errorf("cannot listen on %s: %w; change `listen` in the configuration, or empty it", addr, err)
	}
	srv := server(a.Handler())
	ended := make(chan struct{})
	context.AfterFunc(ctx, func() {
		defer close(ended)
		stop, cancel := context.WithTimeout(context.WithoutCancel(ctx), 5*time.Second)
		defer cancel()
		_ = srv.Shutdown(stop) // requests that take longer are given up
	})
	a.log.Info("listening", "address", l.Addr().String())
	if err := srv.Serve(l); !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	<-ended // Serve returns at once; the answers under way need the store
	return nil
}

// A Summary says what Once came to.
type Summary struct {
	Reports  []watch.Report
	Delivery deliver.Summary
}

// Once checks every feed once and delivers all that is due.
func (a *App) Once(ctx context.Context) (Summary, error) {
	var s Summary
	s.Reports = a.watch.Once(ctx)
	if err := ctx.Err(); err != nil {
		return s, err
	}
	_, remindErr := a.watch.Remind(ctx)
	a.endMutesNow(ctx)
	a.keepStatusesNow(ctx)
	d, err := a.worker.Drain(ctx)
	err = errors.Join(remindErr, err)
	s.Delivery = d
	if told := a.herald().Look(ctx); told != nil {
		a.log.Warn("what there is to say of feeds could not be said; it is said next time", "error", told)
	}
	return s, errors.Join(err, a.index(ctx))
}

// Store gives tests and the demo the store.
func (a *App) Store() *store.Store { return a.store }

// Close frees what New opened.
func (a *App) Close() error {
	if a.fetch != nil {
		a.fetch.Close()
	}
	return a.store.Close()
}

// slackPoster lets the deliverer look for lost messages one by one.
type slackPoster struct{ *bot.Slack }

func (p slackPoster) Find(ctx context.Context, n news.Notification) (news.Receipt, bool, error) {
	r, ok, err := p.Slack.Find(ctx, n)
	if errors.Is(err, bot.ErrCannotLook) {
		err = deliver.ErrCannotLook
	}
	return r, ok, err
}
