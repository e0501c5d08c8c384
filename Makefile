# What a developer runs. .ci/run does it all; see CONTRIBUTING.md.

FUZZTIME ?= 1m
SOAKTIME ?= 10m
COMMIT = $(shell git rev-parse --short=12 HEAD)
RESULTS ?= bench/results/$(COMMIT).jsonl

.DEFAULT_GOAL := help
.PHONY: help check check-all generate test bench bench-full bench-compare bench-report bench-short fuzz soak fmt

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "%-13s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## a quick look before a commit: format, rules of the house, go vet, short tests; less than a minute
	.ci/run quick

check-all: ## everything that has to hold before a change lands; about an hour. .ci/run PART runs one part of it, .ci/run -l lists them
	.ci/run

generate: ## the files that packages have in common, from their sources
	go generate ./internal/generate

test: ## the tests of all modules
	go test work

bench: ## the benchmarks beside those of other libraries, up to 100k, into bench/results/COMMIT.jsonl; about 10 minutes. After an interrupt it goes on
	mkdir -p bench/results
	cd bench && GOWORK=off go run . -size 10,1k,100k -rounds 6 -min 2ms -max 250ms -noise -json results/$(COMMIT).jsonl

bench-full: ## the same up to 1M, with longer samples, into bench/results/COMMIT-full.jsonl; takes hours
	mkdir -p bench/results
	cd bench && GOWORK=off go run . -rounds 6 -noise -json results/$(COMMIT)-full.jsonl

bench-compare: ## what differs between OLD and NEW, two files that bench or bench-full has written
	cd bench && GOWORK=off go run ./compare '$(abspath $(OLD))' '$(abspath $(NEW))'

bench-report: ## bench/REPORT.md and its plots, of RESULTS (what bench has written)
	cd bench && GOWORK=off go run ./report $(abspath $(RESULTS))

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
