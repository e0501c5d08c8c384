# What a developer runs. .ci/run does it all; see CONTRIBUTING.md.

FUZZTIME ?= 1m
SOAKTIME ?= 10m

.DEFAULT_GOAL := help
.PHONY: help test check race smallnodes invariants 386 cover bench bench-short fuzz soak fmt lint ci

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

test: ## the tests of all modules
	go test work

check: ## the tests, gofmt, go vet, staticcheck and the rules of the house
	.ci/run test fmt vet lint

race: ## the tests under the race detector, with invariants checked
	go test -race work

smallnodes: ## the tests on narrow nodes, where small collections are deep trees
	go test -tags smallnodes work

invariants: ## the tests with invariants checked
	go test -tags invariants work

386: ## the tests where an int has 32 bits
	GOARCH=386 go test work

cover: ## statement coverage, with invariants checked; fails below 97 %
	.ci/run invariants

bench: ## all benchmarks beside those of other libraries; takes long
	cd bench && GOWORK=off go run .

bench-short: ## a quick look at the benchmarks
	cd bench && GOWORK=off go run . -short

fuzz: ## every fuzz target for FUZZTIME (1m)
	FUZZTIME=$(FUZZTIME) .ci/run fuzz

soak: ## random programs of operations for SOAKTIME (10m), on narrow nodes, with invariants checked
	RAMET_SOAK=$(SOAKTIME) go test -count=1 -timeout 0 -tags smallnodes,invariants -run Soak work

fmt: ## format all files
	gofmt -w .

lint: ## staticcheck and the rules of the house
	.ci/run lint

ci: ## everything that has to hold before a change lands
	.ci/run
