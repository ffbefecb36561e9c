# `make check` is what must hold before anything lands.

GO ?= go

.PHONY: check fmt vet staticcheck test race fuzz accuracy bench bench-parley bench-peers dates-bench backtest-bench answers-bench pictures feedparser faults

check: fmt vet staticcheck race fuzz

fmt:
	@out=$$($(GO) tool gofumpt -l $$(git ls-files '*.go')); if [ -n "$$out" ]; then echo "gofumpt: run 'go tool gofumpt -w' on:"; echo "$$out"; exit 1; fi

vet:
	$(GO) vet ./...

staticcheck:
	$(GO) tool staticcheck ./...

test:
	$(GO) test ./...

# The arrow test is among them: internal/arrows.
# What is learned five or nine times over, by one goroutine, has no races to find and
# would take minutes.
race:
	$(GO) test -race -timeout 20m -skip CrossValidated ./...

# A short run of every fuzzer, counted in inputs: a run by the clock sometimes
# ends in "context deadline exceeded" with nothing found (golang.org/issue/75804).
# Give FUZZTIME=10m for a long one.
FUZZTIME ?= 2000x
fuzz:
	@for f in $$(grep -rl --include='*_test.go' '^func Fuzz' . | sort); do \
		for name in $$(sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\)(.*/\1/p' $$f); do \
			echo "fuzz $$(dirname $$f) $$name"; \
			$(GO) test $$(dirname $$f) -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) >/tmp/parley-fuzz.log 2>&1 || { cat /tmp/parley-fuzz.log; exit 1; }; \
		done; \
	done

# Precision and recall on the labelled corpus, and how well developments are told
# apart in the labelled stream; the misses that may be looked at with
# PARLEY_ACCURACY=misses.
accuracy:
	PARLEY_ACCURACY=$${PARLEY_ACCURACY:-1} $(GO) test ./internal/read ./internal/story -run TestAccuracy -v -count=1

# All figures of speed: parley's own, and rules beside their peers.
bench: bench-parley bench-peers

bench-parley:
	$(GO) test -run '^$$' -bench . -benchmem ./internal/text ./internal/dates ./internal/actors ./internal/read ./internal/story ./rules

# The matcher beside what others use, over a corpus fetched with npm: some
# minutes. Hyperscan is among them where libhyperscan-dev is installed.
# BENCHFLAGS=-json prints JSON, BENCHFLAGS=-h the other flags.
bench-peers:
	@cd bench/rules && if pkg-config --exists libhs 2>/dev/null; then tags="-tags hyperscan"; fi; $(GO) run $$tags . $(BENCHFLAGS)

# Queries over a database of 100,000 items, which takes half a minute to fill.
# PARLEY_CORPUS=FILE keeps it.
backtest-bench:
	$(GO) test ./internal/app -run '^$$' -bench Backtest -benchtime 3x

# From a command until its answer stands, with 100,000 items stored: the median and
# the slowest of a hundred of every look-up, by Socket Mode and by signed HTTP.
# Some minutes; PARLEY_CORPUS=FILE keeps the database. cpu-ms is what the processors
# worked for one, which tells more where others share them.
ASKED ?= 200x
answers-bench:
	$(GO) test ./internal/app -run '^$$' -bench Answers -benchtime $(ASKED) -timeout 60m

# The pictures of docs/slack.md and of the README, taken of the demo in a real
# browser.
pictures:
	PARLEY_PICTURES=$(CURDIR)/docs/pictures $(GO) test ./internal/app -run 'TestPictures|TestDemoByMouse' -count=1 -v

# Our dates beside two Go libraries; PARLEY_SHARED names a folder with foreign cases.
dates-bench:
	$(MAKE) -C bench/dates dates-bench

# Everything that can go wrong, with the real binary, on SQLite and on PostgreSQL:
# kills, a Slack that fails, full disks, clocks that are set; about a quarter of
# an hour on two cores that have little else to do. It ends with the table of the
# README, and fails if an alert was lost or repeated. FAULTS_ONLY=PATTERN takes
# some of it, FAULTS_SEED=N the same random moments again. A short form is part of
# the tests.
faults:
	@dir=$$(mktemp -d) && trap 'rm -rf '$$dir EXIT && $(GO) test -c -o $$dir/faults ./internal/faults && \
		cd internal/faults && FAULTS=full $$dir/faults -test.timeout 60m -test.parallel 64

# The documents of Python's feedparser, whose tests are the largest collection of
# odd feeds, through our parser and through gofeed alone. They are fetched once,
# at one commit, into a cache outside of the repository. FEEDPARSER_REPO may
# name a mirror.
FEEDPARSER_REPO ?= https://github.com/kurtmckee/feedparser
FEEDPARSER_COMMIT = a22c5521cbb109871f1a2318948581901bd47e26
FEEDPARSER_CACHE ?= $(or $(XDG_CACHE_HOME),$(HOME)/.cache)/parley/feedparser-$(FEEDPARSER_COMMIT)
feedparser: $(FEEDPARSER_CACHE)/tests
	@FEEDPARSER_SUITE=$< $(GO) test ./internal/feed -run TestFeedparserSuite -count=1 -v

$(FEEDPARSER_CACHE)/tests:
	@rm -rf $(FEEDPARSER_CACHE) && mkdir -p $(FEEDPARSER_CACHE)
	git -C $(FEEDPARSER_CACHE) init -q
	git -C $(FEEDPARSER_CACHE) fetch -q --depth 1 $(FEEDPARSER_REPO) $(FEEDPARSER_COMMIT)
	git -C $(FEEDPARSER_CACHE) checkout -q FETCH_HEAD -- tests
