// Package read turns an item into a Reading: what happened in which
// negotiation, who said so in which role, when it is to be, how sure it is, and
// the clause that proves it; or the reason why it keeps silent.
//
// It works in layers, each a file that can be read by itself:
//
//	language.go     which of the seven languages, from script and small words
//	vocabulary.go   all words of the data files, so that a token is looked up once
//	lexicon.go      cue words of a language, from data/<language>.txt
//	layout.go       … laid out in few pieces of memory …
//	class.go        … what they do in a sentence …
//	marks.go        … and what else a word is: article, adverb, sport, a plan
//	names.go        the actors that the item names, and which of them are none here
//	government.go   … and which of them are the government of a state
//	rebels.go       … or those who fight it
//	sections.go     lists of plain words, from data/page
//	groups.go       groups that no configuration knows
//	noise.go        which paragraphs are news, and how much each sentence weighs
//	page.go         headline and text, with cues, actors and dates of every token
//	positions.go    where each class and mark stands, as bits
//	events.go       a trigger with its argument makes an event …
//	bare.go         … or without one, where those who act are named
//	argument.go     … the nearest that the trigger can be about …
//	frames.go       … of a kind: "resume" with talks
//	fits.go         … unless its words say otherwise …
//	attributive.go  … or they only say which
//	moves.go        … as those of moving do: to another day, or another place …
//	resolve.go      … which they can do in many ways
//	statements.go   what is no frame: denials, appointments, sticking points
//	schedule.go     "the next round is on Tuesday", journeys to the talks
//	dating.go       … "sets 4 June for the next sitting": verbs of fixing a day
//	sequel.go       … and when work goes on that was told of
//	answer.go       a day told apart from the talks: the answer to a question
//	departure.go    talks that end when both sides go home
//	asplanned.go    what does not begin as planned, another round agreed on, offers to mediate
//	declines.go     who will not come, who would, who agrees to, and who is only asked
//	invites.go      … and who asks others to come
//	demand.go       ultimatums, threats, accusations
//	notso.go        what was not held or is not planned, and a word that is not kept
//	tone.go         how somebody characterises the talks
//	mood.go         whether it happened, is planned, or is only wished …
//	governor.go     … by the verb that it hangs on …
//	tried.go        … or what somebody is only at work on
//	shade.go        … or denied, doubted, long past
//	elsewhere.go    … as other languages than English say it
//	speech.go       who says it, in the headline or the lead
//	agent.go        whose act it is, whoever tells of it
//	caller.go       … or who does it by naming the day
//	whose.go        whose side somebody is, where nobody says so
//	bodies.go       … by the body or group that he speaks for
//	evenhanded.go   … and who is of neither
//	spokento.go     … or who is the other side, that is spoken to
//	saying.go       verbs of saying, and which side of them speaks
//	aside.go        … beyond an aside
//	subject.go      the subject of such a verb: person, office, body
//	behind.go       … or behind it: "according to", "said the minister"
//	stranger.go     names that nobody knows, by their shape
//	generic.go      "the mediator", "an official": who is nobody in particular
//	anaphora.go     "its spokesman", "Haddad": who was named before
//	abroad.go       how other languages than English tell who speaks
//	place.go        which negotiation …
//	between.go      … and who is none of its parties, but goes between them …
//	oneside.go      … of which one side alone is named …
//	called.go       … by the name of the process …
//	athome.go       … or by the country of the outlet, which need not be named there …
//	background.go   … or by those whom only the background names
//	sides.go        who is what in it
//	venue.go        where it is held
//	towns.go        places that are no actors and no usual places of talks …
//	townnames.go    … by their names, in whatever case
//	when.go         which dates belong to it
//	known.go        … beside those known already
//	further.go      … also those told in another sentence …
//	yearless.go     … and in which year they lie
//	replaced.go     … and which gave way to others
//	relocated.go    … or that the place did
//	unfit.go        what is no news after all: background, too faint, nobody's
//	alien.go        … or none of ours: sport, business, visits
//	forum.go        … as conferences are
//	genre.go        … or no news at all: a review, a lecture, a portrait
//	byway.go        … or only mentioned by the way
//	wording.go      … or worded as none, by many small words
//	worded.go       what they tell where no clause was found
//	order.go        which of several events is the news
//	assemble.go     what else is reported, and the proof
//	inforce.go      … and of an accord, that it has taken effect
//	headline.go     what happened, in one line
//	echo.go         what a silent item takes for known
//	traces.go       whom, where and what the top of an item speaks of, news or not
//	facts.go        the facts that rules ask for
//
// Precision comes first. An event is never upgraded: what may happen has not
// happened, and what is in doubt is left out, with a reason.
package read

import (
	"fmt"
	"sync"
	"time"

	"parley/internal/actors"
	"parley/internal/classify"
	"parley/internal/dates"
	"parley/internal/news"
	"parley/internal/text"
)

// An Engine reads items. It is immutable and may be used by many goroutines.
type Engine struct {
	actors        *actors.Index
	dates         *dates.Tagger
	lexicons      map[string]*lexicon
	tongues       sections // by which a language is told
	furniture     sections // of a page
	townWords     sections // words around the name of a town
	genreWords    sections // by which it is told what an item is
	negotiations  []news.Negotiation
	governs       map[string]string // groups that speak for a state
	governments   []government      // … in order
	rebelsOf      map[string]string // by state
	names         map[string][]processName
	casts         []cast // by negotiation
	actorNumbers  map[string]actorNumber
	partyTo       [][]int                    // negotiations, by the number of an actor
	statesByTitle map[string]string          // of those that have a part in any
	words         vocabulary                 // of all these
	wordings      map[string]*classify.Model // by language: how news of a development is worded
	wordKeys      wordKeys
	readers       sync.Pool
}

// languages that are read, by BCP 47 code.
var languages = [...]string{inEnglish: "en", "ar", "fa", "fr", "es", "ru", "ur"}

const inEnglish = 0

// New returns an Engine that knows the given actors and negotiations.
func New(index *actors.Index, tagger *dates.Tagger, negotiations []news.Negotiation) (*Engine, error) {
	e := &Engine{actors: index, dates: tagger, negotiations: negotiations, names: processNames(negotiations), lexicons: map[string]*lexicon{}}
	for _, l := range languages {
		x, err := newLexicon(l)
		if err != nil {
			return nil, fmt.Errorf("lexicon: %w", err)
		}
		e.lexicons[l] = x
	}
	var err error
	if e.tongues, err = readSections("languages", tongues[:]); err != nil {
		return nil, err
	}
	if e.furniture, err = readSections("furniture", furnitureSections); err != nil {
		return nil, err
	}
	if e.genreWords, err = readSections("genres", genreSections); err != nil {
		return nil, err
	}
	if e.townWords, err = readSections("places", placeSections); err != nil {
		return nil, err
	}
	if e.wordings, err = readWordings(); err != nil {
		return nil, err
	}
	e.wordKeys = newWordKeys()
	e.words = e.vocabulary()
	e.cast()
	e.governs = map[string]string{}
	for _, id := range index.IDs() {
		if state := index.Governs(id); state != "" {
			e.governs[id] = state
			e.governments = append(e.governments, government{id, state})
		}
	}
	e.rebelsOf = e.rebelsByState()
	e.readers.New = func() any { return &reader{} }
	return e, nil
}

// A Page is an item that has been read: its Reading, and its words for rules.
type Page struct {
	Item    news.Item
	Reading news.Reading
	Title   *text.Text
	Text    *text.Text
}

// Read reads an item. It never fails: what cannot be understood is silent,
// with a reason.
func (e *Engine) Read(item news.Item) *Page { return e.ReadInto(nil, item) }

// ReadInto is Read into a page that nobody needs any longer, or into a new one if that
// is nil. Who goes through items one by one saves allocating the words of each anew.
func (e *Engine) ReadInto(spare *Page, item news.Item) (page *Page) {
	if page = spare; page == nil {
		all := &struct { // in one piece of memory
			page        Page
			title, text text.Text
		}{}
		page = &all.page
		page.Title, page.Text = &all.title, &all.text
	}
	page.Item = item
	page.Title.Reset(item.Title)
	page.Text.Reset(item.Text)
	// Items are hostile. One that breaks the engine is silent, so that it can
	// neither end the daemon nor come back to do so at the next start.
	defer func() {
		if fault := recover(); fault != nil {
			page.Reading = silent(news.Reading{Developments: []news.Development{}, Dates: []news.Mention{}},
				fmt.Sprintf("the item could not be read; please report it: %v", fault))
		}
	}()
	r := e.readers.Get().(*reader)
	r.reset(e, page)
	page.Reading = r.read()
	r.release()
	e.readers.Put(r)
	return page
}

// A reader is the working state of one reading.
type reader struct {
	*Engine
	page        *Page
	title       part
	text        part
	sentences   []sentence
	found       []event
	frames      []frame
	triggers    set
	framesOf    [classes]uint32 // by class: a bit for each of the frames
	english     bool
	language    string
	verbFirst   bool        // the subject stands behind its verb, as in Arabic
	verbLast    bool        // the verb ends the sentence, as in Persian and Urdu
	heard       []utterance // by sentence, once somebody asks who speaks
	homeID      string      // whose own feed it is, once somebody asks
	zone        string      // the zone that outlet is of
	outlet      string      // the state in which outlets of that zone are
	homeSought  bool
	leaning     leaning // what genre the item is of, once asked
	leant       bool
	weighed     classify.Sum // how the item is worded, once asked
	opined      bool
	wordsRead   int
	digest      bool           // many stories under one headline: each stands by itself
	day         time.Time      // of publication in the outlet's zone, zero if unknown
	today       dates.Day      // that day, zero if unknown
	order       []string       // the actors that the item speaks of, first mentioned first
	counts      map[string]int // the place of each in order
	weights     []float32      // how much it speaks of each, in that order
	standings   []float32      // by sentence, then in that order: how strongly each stands by it
	called      []bool         // by negotiation: the item uses its name
	calls       []calling      // where
	places      []int          // 1 + the place in order of each actor of a negotiation, 0 for none
	goes        []uint8        // by order: whether it goes between others, once asked
	spokenOf    []bool         // by negotiation: … or speaks of a party to it
	shortlist   []int          // of negotiations that it may be about
	shortlisted bool
	seen        []uint64 // sums of the sentences so far: at most as many as are read
	groups      []group  // that no configuration knows
	inTitle     []actors.Mention
	inText      []actors.Mention
	folded      text.Text // of a name alone, for a moment
	spelling    dates.Spelling
}

func (r *reader) reset(e *Engine, page *Page) {
	r.Engine, r.page = e, page
	if r.frames == nil {
		r.frames = frames()
		for k, f := range r.frames {
			r.triggers |= 1 << f.class
			r.framesOf[f.class] |= 1 << k
		}
		r.counts = map[string]int{}
	}
	r.shortlisted, r.homeSought, r.leant, r.opined = false, false, false, false
	r.sentences, r.found, r.order, r.weights, r.heard = r.sentences[:0], r.found[:0], r.order[:0], r.weights[:0], r.heard[:0]
	r.seen = r.seen[:0]
	clear(r.counts)
	r.day, r.today = page.Item.Published, 0
	if !r.day.IsZero() {
		r.today = dates.DayOf(r.day)
	}
	r.title.reset(true, news.Title, page.Title, r.day)
	r.text.reset(false, news.Text, page.Text, r.day)
}

func (r *reader) release() {
	r.Engine, r.page = nil, nil
	r.title.t, r.text.t = nil, nil
}

func (p *part) reset(title bool, field news.Field, t *text.Text, day time.Time) {
	p.title, p.field, p.t = title, field, t
	p.who, p.dates = p.who[:0], p.dates[:0]
	p.question, p.year = false, 0
	if !day.IsZero() {
		p.year = day.Year()
	}
}

func (r *reader) read() news.Reading {
	out := news.Reading{Developments: []news.Development{}, Dates: []news.Mention{}}
	if !r.gather(&out) {
		return silent(out, "the language is not read: "+named(out.Language))
	}
	out = r.assemble(out)
	r.trace(&out)
	return out
}

// gather finds all that the item tells, before anything is judged. It is false for a
// language that is not read.
func (r *reader) gather(out *news.Reading) bool {
	r.title.look(&r.words)
	r.text.look(&r.words)
	out.Language = language(r.page.Item.Language, &r.title, &r.text)
	x := r.lexicons[out.Language]
	if x == nil {
		return false
	}
	r.language = out.Language
	r.english, r.verbFirst, r.verbLast = out.Language == "en", out.Language == "ar", out.Language == "fa" || out.Language == "ur"
	r.title.english, r.text.english = r.english, r.english
	for i := range r.frames { // an offer's object stands before it where the verb is last
		if r.frames[i].class == cOffer {
			r.frames[i].left = 0
			if r.verbLast {
				r.frames[i].left = 12
			}
		}
	}
	for _, p := range []*part{&r.title, &r.text} {
		p.verbLast, p.verbFirst = r.verbLast, r.verbFirst
	}
	r.title.scan(x, &r.words)
	r.text.scan(x, &r.words)
	r.name()
	r.title.possessed(1)
	r.text.possessed(2)
	r.title.chairs()
	r.text.chairs()
	r.title.envoys()
	r.text.envoys()
	r.meet()
	r.halves()
	telling := r.triggers | of(cDeny, cUltimatum, cGap)
	r.title.index(telling)
	r.text.index(telling)
	for _, p := range []*part{&r.title, &r.text} {
		p.dates = r.dates.Find(p.t, r.day, dates.Options{Language: out.Language, DayFirst: dayFirst(r.page.Item)}, p.dates)
		p.named()
		p.indexDates()
		out.Dates = r.mentionDates(p, out.Dates)
	}
	r.title.question = asks(r.page.Title)
	r.digest = r.overMany()
	r.weigh()
	r.tally()
	r.call()
	for i := range r.sentences {
		r.events(&r.sentences[i])
	}
	return true
}

func silent(out news.Reading, reason string) news.Reading {
	out.Silence = &reason
	return out
}

func named(language string) string {
	if language == "" {
		return "unknown"
	}
	return language
}

// dayFirst tells how the outlet writes 3/8: month first only where the zone is
// American.
func dayFirst(item news.Item) bool {
	if item.Published.IsZero() {
		return false
	}
	z := item.Published.Location().String()
	return z != "" && z != "UTC" && z != "Local" && len(z) > 8 && z[:8] != "America/"
}
