// Package rules is parley's query language: the one in which rules,
// subscriptions, searches and their tests are written. It parses a query,
// prints it, says what is wrong or doubtful about it, compiles any number of
// queries into one matcher, and explains why a query holds of an item or why
// not. It knows words (package text) and conditions; what kinds, actors or
// negotiations there are it learns from a Vocabulary, and what an item says
// from a Doc and the Facts of one development. So it can be used, and fuzzed,
// alone.
//
// # A walk through the package
//
//   - parse.go reads a query into the nodes of query.go, which also prints
//     them; lex.go has its words and the bounds of a query. Whatever cannot be
//     read is a [Problem] (problem.go): one sentence, a place, a caret.
//   - cond.go understands the values of fields: dates, comparisons, sites.
//   - check.go finds values that do not exist, and follows rule:NAME; lint.go
//     warns of what is probably not meant, with the logic of satisfy.go.
//     standing.go finds a rule in the shadow of another, and suggest.go what a
//     misspelt name was meant to be.
//   - naive.go says what a query means, plainly and slowly. explain.go asks it
//     (missed.go: what a fact was instead of what was asked for),
//     and why.go makes of that an answer for people, condition by condition;
//     part.go cuts out what a query asks of a development alone.
//   - code.go writes a rule as code over terms (terms.go), needs.go finds what
//     it cannot do without, and file.go files it under the rarest of that;
//     compile.go does so for many, set.go for one more, one changed or one less;
//     with.go is for when the rules that others may name change, too.
//   - look.go looks up the words of an item (words.go remembers them, grams.go
//     reads scripts without spaces), candidates.go comes upon the rules that may
//     hold, and match.go leads through all that; holds.go runs the code of rules,
//     places.go and near.go find where words stand, actors.go where names do.
//     Tests hold all this against naive.go, over random rules and items, while
//     rules come and go.
//   - indexed.go says what an index of stored items must hold, and what of a query
//     it can be asked.
//   - seen.go counts which terms are rare, so that a set files its rules better.
//
// # The language
//
//	query   = or
//	or      = and { "OR" and }
//	and     = near { ["AND"] near }                 side by side means AND
//	near    = not { ("NEAR/" n | "ONEAR/" n | "NEAR/s" | "NEAR/p") not }
//	not     = ["NOT" | "-"] primary
//	primary = word | word"*" | "\"" phrase "\"" | field ":" value | field ":" "(" or ")" | "(" or ")"
//
// Operators are upper case; and, or, not and near in lower case are words (and
// Lint says so). NOT binds tightest, then NEAR, AND, OR. A - means NOT where it
// stands right before something. Any double quotation mark will do for a
// phrase: "peace plan", “peace plan”, «peace plan».
//
// A query is asked once for each development of an item. The facts are those
// of that one development, the words those of the whole item. An item without
// developments is asked about once, with no facts: then every condition on a
// development fails, and so the NOT of one holds.
//
// A field takes a group: kind:(talks OR setback) is kind:talks OR
// kind:setback, by:(mediator -pakistan) is by:mediator NOT by:pakistan.
//
// # Words
//
// A word finds the same word in the title or the text, whatever its case,
// accents or letter forms: ELYSEE finds Élysée, ايران finds ایران. There is no
// stemming: talk does not find talks, talk* does. What is one word and what
// are two is decided by package text, in queries and in items alike:
//
//   - A hyphen, slash or full stop parts words; typed without spaces they are
//     a phrase. US-Iran finds "US-Iran" and "US Iran", not "Iran and the US".
//     3.5 finds "3.5" and "3,5"; M23/AFC finds "M23-AFC".
//   - A possessive takes no position: pakistan finds "Pakistan's", and
//     "pakistan envoy" in quotation marks finds "Pakistan's envoy". Other
//     apostrophes stay: "don't" is one word.
//   - French elisions part: iran finds "l'Iran".
//   - al-Sisi is the phrase al, sisi; it finds "Al Sisi", and sisi alone finds
//     both.
//   - U.S., typed with dots, finds "U.S." and "US" but not the pronoun "us".
//     US is folded like any word and finds all three; so does us. "U.S.-Iran"
//     is the phrase of both and finds "US-Iran". Better than all of them is
//     actor:united-states.
//   - Digits in front of letters are a word of their own: 24th is 24, th.
//     Behind letters they are not: M23 is one word.
//   - Persian and Arabic digits are digits. ZWNJ, tatweel, vowel marks and
//     direction marks make no difference. Hebrew points and gershayim neither.
//   - Cyrillic ё is е, but й is not и.
//   - Chinese, Japanese, Thai, Lao, Khmer and Burmese are looked for letter by
//     letter: 停战 is the phrase 停, 战, and finds 停战协定.
//   - Markup in an item is not text. In a query &amp; is & and a tag is nothing.
//
// A prefix ends in *: negotiat* finds negotiator and negotiations. In a phrase,
// each word may have one: "peace talk*". A * anywhere else is an error, and so
// is a prefix of more than 60 bytes.
//
// title:word, title:"a phrase" and title:(…) look only into the title.
//
// # Distance
//
// The words of the title are numbered from 1, those of the text again from 1,
// without regard to sentences and paragraphs; punctuation has no number. A
// phrase is words with consecutive numbers. Nothing reaches from the title
// into the text: neither a phrase nor any NEAR.
//
//   - a NEAR/n b: the distance is at most n, whichever stands first. The
//     distance is from the last word of the earlier to the first word of the
//     later, so neighbours have distance 1, and with one word between, 2.
//   - a ONEAR/n b: the same, and a stands first.
//   - a NEAR/s b, a NEAR/p b: both stand whole in one sentence, one paragraph.
//     The title is sentences and a paragraph, too.
//   - The two must not share a word: talks NEAR/5 talks needs two, and
//     peace NEAR/5 "peace talks" another peace.
//   - a NEAR/3 b NEAR/5 c is a chain: there is one b that has an a within 3 and
//     a c within 5.
//   - An operand is a word, a phrase, a prefix, an actor:, or some of these
//     joined by OR in parentheses. NOT, AND and facts have no place in the
//     text, so they are errors there.
//
// # Actors
//
// actor:ID finds any name of that actor, in any language, as one thing. A name
// of one word in up to four capitals (US, UAE, DRC) must be in capitals or with
// dots in the text; in a headline that is all capitals any word is. A name inside
// a longer name of another actor does not count: South Sudan is not Sudan. It
// does count if the longer one speaks for the actor: "Iranian foreign
// ministry" is a place of actor:iran.
//
// # Conditions
//
// About the item: feed:NAME (case matters), tier:, lang:fa (fa-IR too),
// site:dawn.com (its subdomains too). What is unknown of an item satisfies no
// condition.
//
// About a development: negotiation:, kind: (a kind or a group of kinds), by:
// (a role, or an actor: who says or does it), party:, mediator:, certainty:,
// and
//
//   - tone:, from -2 to 2, round: and sources: take a number, or =, <, <=, > or
//     >= before one; tone: also positive, negative and neutral. A development
//     without a tone or round satisfies none of them.
//   - venue: finds its words side by side in the venue: venue:islamabad.
//   - date: holds if one of the dates of the development does. any: there is
//     one. upcoming: its last day is today or later. past: its last day is
//     before today. today: today is one of its days. <14d: it has one of the
//     14 days that begin today, so today is day 0; <=14d is one day more.
//     2026-11-24, 2026-11-24..2026-11-30: the days overlap. Today is the Doc's;
//     where it is unknown only any and days of the calendar can hold.
//
// rule:NAME stands for that rule's query, as if in parentheses. A rule that
// leads back to itself is an error.
//
// # Evidence
//
// A match says what made it hold: for each condition of an AND one entry, of an
// OR the first alternative that holds, of a NEAR each operand's place, of a NOT
// nothing. Words are looked for in the title first, and the first place counts;
// of a NEAR the places whose first operand stands earliest, then the second.
//
// # Changing a set
//
// [Set.Add], [Set.Change] and [Set.Remove] change one rule while others match;
// nobody waits for that. Who has begun with an item ends it with the rules as
// they were. A rule is known by its index: its place in what was compiled, or
// what Add returned. [Set.Know] makes new rules known to rule:NAME. [Set.Replace]
// is for all rules at once, and for another vocabulary.
//
// # Cost
//
// All rules of a Set share one look at each word. Each rule is filed under the
// condition that is least likely to hold of those it cannot do without, be it a
// word, an actor or a kind, and with it the next ones, up to three: only where all
// hold is the rule itself asked, and only where phrases or NEAR ask are places
// compared. How likely conditions are is a guess at first. Matchers count what
// they see, and after some hundred items, and seldom later, a goroutine lays the
// set out anew by that. So cost follows the text. Rules that only say what must
// not be there are asked about every item.
//
// Of a text that was skimmed (package text) a Matcher reads one number a word:
// neither tokens nor sentences are made unless a rule asks for NEAR/s or NEAR/p.
// Its evidence counts words all the same, and Complete leads to their places.
//
// A [Matcher] remembers the words that it has met, in up to four megabytes, so
// the first items cost more than those that follow. It allocates nothing for an
// item but what it needs to remember more.
//
// Queries are bounded: see MaxLength and its neighbours. What goes beyond them
// is refused with a sentence.
package rules
