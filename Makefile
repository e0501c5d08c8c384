# What a developer runs. .ci/run does it all; see CONTRIBUTING.md.

FUZZTIME ?= 1m
SOAKTIME ?= 10m

.DEFAULT_GOAL := help
.PHONY: help generate test check check-all ci race smallnodes invariants 386 next bench bench-short fuzz soak fmt lint

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## a quick look before a commit: format, rules of the house, go vet, short tests; less than a minute
	.ci/run quick

check-all: ## everything that has to hold before a change lands; about an hour
	.ci/run

ci: check-all ## the same

generate: ## the files that packages have in common, from their sources
	go generate ./internal/generate

test: ## the tests of all modules
	go test work

race: ## the tests under the race detector, which checks invariants too
	.ci/run race

smallnodes: ## the tests on narrow nodes, where small collections are deep trees
	.ci/run smallnodes

invariants: ## the tests with invariants checked, and a statement coverage of at least 97 %
	.ci/run invariants

386: ## the tests where an int has 32 bits
	.ci/run 386

next: ## the tests and the examples with the newest Go, which the go command fetches
	.ci/run next

bench: ## all benchmarks beside those of other libraries; takes long
	cd bench && GOWORK=off go run .

bench-short: ## a quick look at the benchmarks
	cd bench && GOWORK=off go run . -short

fuzz: ## every fuzz target for FUZZTIME (1m)
	FUZZTIME=$(FUZZTIME) .ci/run fuzz

soak: ## random programs of operations for SOAKTIME (10m), on narrow nodes, with invariants checked; 50,000 crashes of the store, 500 kills, 200 of NATS servers; its collections
	RAMET_SOAK=$(SOAKTIME) go test -count=1 -timeout 0 -tags smallnodes,invariants -run Soak work
	RAMET_SOAK=$(SOAKTIME) go test -count=1 -timeout 3h -v -run 'Crash|Kill|EachCallFails|DiskFull' ./store/internal/bolt ./store/natsstore
	RAMET_SOAK=$(SOAKTIME) go test -count=1 -timeout 3h -v -run Model ./store

fmt: ## format all files
	gofmt -w .

lint: ## staticcheck and the rules of the house
	.ci/run lint
