# What a developer runs. .ci/run does it all; see CONTRIBUTING.md.

FUZZTIME ?= 1m
SOAKTIME ?= 10m

.DEFAULT_GOAL := help
.PHONY: help check check-all generate test bench bench-short fuzz soak fmt

help: ## this list
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / { printf "%-12s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

check: ## a quick look before a commit: format, rules of the house, go vet, short tests; less than a minute
	.ci/run quick

check-all: ## everything that has to hold before a change lands; about an hour. .ci/run PART runs one part of it, .ci/run -l lists them
	.ci/run

generate: ## the files that packages have in common, from their sources
	go generate ./internal/generate

test: ## the tests of all modules
	go test work

bench: ## the benchmarks beside those of other libraries, up to 100k, into RESULTS; about 10 minutes. Run again, it goes on where it was interrupted
	cd bench && mkdir -p results && GOWORK=off go run . -size 10,1k,100k -rounds 6 -min 5ms -max 300ms -noise -json '$(RESULTS)'

bench-full: ## the same up to 1M, with longer samples; takes long
	cd bench && mkdir -p results && GOWORK=off go run . -rounds 6 -noise -json '$(RESULTS)'

bench-compare: ## two files of results, OLD and NEW, by the method of benchstat
	cd bench && GOWORK=off go run ./compare '$(OLD)' '$(NEW)'

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
