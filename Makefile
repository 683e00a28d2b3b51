# Parley needs Go alone to build: go build ./cmd/parley. The targets here test
# it, rebuild the page, and run it on PostgreSQL.

SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

export PATH := $(shell .ci/tools.sh path)$(PATH)
NPM := npm --prefix web/ui
POSTGRES_DIR ?= data/postgres
# Counted, not timed: a deadline that falls into a slow input fails a run that found nothing.
FUZZTIME ?= 3000x
# The page is tested unless PARLEY_TEST_UI=off.
UI := $(if $(filter off,$(PARLEY_TEST_UI)),,ui)

.PHONY: help
help: ## List the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## /{printf "  %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: build
build: ## Build bin/parley
	@go build -o bin/parley ./cmd/parley

.PHONY: serve
serve: build ## Run on the embedded database
	@bin/parley serve

.PHONY: serve-postgres
serve-postgres: build ## Run on a private PostgreSQL with pgvector, kept in POSTGRES_DIR
	@.ci/postgres.sh install
	@.ci/postgres.sh start $(POSTGRES_DIR)
	@trap '.ci/postgres.sh stop $(POSTGRES_DIR)' EXIT; trap : INT TERM; \
	DATABASE_URL="$$(.ci/postgres.sh url $(POSTGRES_DIR))" bin/parley serve

.PHONY: test
test: ## Run everything: installs what is missing, starts a private PostgreSQL
	@.ci/tools.sh install
	@.ci/postgres.sh install
	@.ci/postgres.sh run -- $(MAKE) --no-print-directory test-parts

.PHONY: test-parts
test-parts: build $(UI:ui=ui-test) race memory fuzz

# Constant memory is shown by more than the race detector gets through.
.PHONY: memory
memory:
	go test -run '^TestMemory$$' ./retrieval/ingest

# With -race, and the page in a real Chromium (TestBrowser in cmd/parley).
.PHONY: race
race: $(UI:ui=node-modules)
	PARLEY_TEST_BROWSER=$(if $(UI),on,off) go test -race -timeout 75m ./...

.PHONY: fuzz
fuzz:
	go test ./web/chat -run '^$$' -fuzz '^FuzzDecode$$' -fuzztime $(FUZZTIME)
	go test ./assistant/brief -run '^$$' -fuzz '^FuzzRead$$' -fuzztime $(FUZZTIME)
	go test ./assistant/fit -run '^$$' -fuzz '^FuzzWish$$' -fuzztime $(FUZZTIME)
	go test ./assistant/fit -run '^$$' -fuzz '^FuzzPerson$$' -fuzztime $(FUZZTIME)
	go test ./assistant/grounding -run '^$$' -fuzz '^FuzzStream$$' -fuzztime $(FUZZTIME)
	go test ./assistant/route -run '^$$' -fuzz '^FuzzRoute$$' -fuzztime $(FUZZTIME)
	go test ./assistant/workflow/proposal -run '^$$' -fuzz '^FuzzReaders$$' -fuzztime $(FUZZTIME)
	go test ./assistant/moderation/rules -run '^$$' -fuzz '^FuzzCheck$$' -fuzztime $(FUZZTIME)

.PHONY: check
check: format vet vulnerabilities test ## The gate: format, vet, staticcheck, govulncheck, types, lint, tests with -race

.PHONY: format
format:
	@unformatted=$$(gofmt -l assistant cmd migrations retrieval sessions web/*.go web/auth web/chat web/sites web/static); \
	if [ -n "$$unformatted" ]; then echo "not formatted: $$unformatted"; exit 1; fi

.PHONY: vet
vet:
	go vet ./...
	go tool staticcheck ./...

# The database of known vulnerabilities is on the network: where it cannot be
# reached that is said, and nothing fails. Code 3 means that one was found.
.PHONY: vulnerabilities
vulnerabilities:
	@go tool govulncheck ./... || { code=$$?; [ $$code != 3 ] || exit 3; \
	echo "govulncheck: not checked, its database cannot be reached (exit code $$code)"; }

# Figures of the product: see README.md.
.PHONY: bench
bench: bench-turns bench-gateway bench-chat bench-search bench-ingest bench-moderation ## Measure turns, the gateway, connections, pushed deltas, searches, loading and moderation

.PHONY: bench-turns
bench-turns:
	PARLEY_BENCH=on go test ./cmd/parley -run '^TestTurnBench$$' -count 1 -v -timeout 20m

.PHONY: bench-gateway
bench-gateway: ## Measure what the gateway adds to the time to a model's first token
	PARLEY_BENCH=on go test ./assistant/gateway -run '^TestGatewayBench$$' -count 1 -v

.PHONY: bench-chat
bench-chat:
	go run ./web/chat/bench

# Real texts come from the folder that PARLEY_TESTDATA names.
.PHONY: bench-pages
bench-pages: node-modules ## Measure in Chromium how soon pages can be used, and typing while an answer streams
	PARLEY_BENCH=on PARLEY_TEST_BROWSER=on go test ./cmd/parley -run '^TestPagesAreFast$$' -count 1 -v

.PHONY: bench-search
bench-search: ## Measure searches among 100,000 documents on both databases
	@.ci/postgres.sh install
	PARLEY_BENCH=on .ci/postgres.sh run -- go test ./retrieval/bench -count 1 -v -timeout 60m

.PHONY: bench-moderation
bench-moderation: ## Measure rules and classifier of moderation, and what they add to a message
	PARLEY_BENCH=on go test ./assistant/eval/moderation -run '^TestModerationBench$$' -count 1 -v

.PHONY: bench-ingest
bench-ingest: ## Measure loading into PostgreSQL beside a bare COPY
	@.ci/postgres.sh install
	PARLEY_BENCH=on .ci/postgres.sh run -- go test ./retrieval/pgindex -run '^TestIngestBench$$' -count 1 -v -timeout 30m

.PHONY: eval
eval: build ## Measure the quality of searches on real data
	@bin/parley eval retrieval

# Tables between the two marks are replaced; the words around them are a person's.
.PHONY: figures-moderation
figures-moderation: build ## Measure moderation and write the tables of docs/moderation.md
	@figures=$$(mktemp); trap 'rm -f "$$figures"' EXIT; bin/parley eval moderation --no-judge --markdown >"$$figures"; \
	awk -v file="$$figures" '/^<!-- figures:/ {print; print ""; while ((getline line < file) > 0) print line; skip = 1} \
	/^<!-- end of figures/ {skip = 0} !skip && !/^<!-- figures:/' docs/moderation.md >docs/.moderation.md; mv docs/.moderation.md docs/moderation.md

.PHONY: node-modules
node-modules:
	@[ web/ui/node_modules/.package-lock.json -nt web/ui/package-lock.json ] || $(NPM) ci --no-fund --no-audit

.PHONY: ui
ui: ## Rebuild the page into web/static/dist
	@.ci/tools.sh install
	@$(MAKE) --no-print-directory ui-build

.PHONY: ui-build
ui-build: node-modules
	$(NPM) run build

.PHONY: ui-check
ui-check: node-modules
	$(NPM) run check

# The committed page must be what its sources build to.
.PHONY: ui-test
ui-test: ui-check
	$(NPM) test
	@committed=$$(mktemp -d); trap 'rm -rf "$$committed"' EXIT; cp -a web/static/dist/. "$$committed"; \
	$(NPM) run build >/dev/null; \
	diff -rq "$$committed" web/static/dist || { rm -rf web/static/dist; cp -a "$$committed" web/static/dist; \
	echo "web/static/dist is not what web/ui builds to: run make ui and commit the result"; exit 1; }

.PHONY: screenshots
screenshots: ## Take the screenshots of the documentation
	@.ci/tools.sh install
	@$(MAKE) --no-print-directory node-modules
	PARLEY_TEST_BROWSER=on PARLEY_SCREENSHOTS=$(CURDIR)/docs/images go test ./cmd/parley -run 'Screenshots$$|^Test(DocumentsConsole|DemoSiteInABrowser|ConsoleFigures|SettingsConsole)$$' -timeout 30m -count 1
