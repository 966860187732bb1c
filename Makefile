# The contract at the shell: see README.md. Everything is built once, in release, for binary and tests alike.

SWIFT ?= swift
BUILD := $(SWIFT) build -c release
APUS := .build/release/apus
BENCH := .build/release/apus-bench

# The peer that bench-peers builds, where it did; else the benchmark looks for one on the PATH.
KUBE_APISERVER ?= $(wildcard $(CURDIR)/.apus/peers/kube-apiserver)
export KUBE_APISERVER

.PHONY: help setup build build-tests build-bench images package up down test simulate soundness format clean \
	bench bench-peers bench-store bench-api bench-proxy bench-memory

help:
	@echo "make up        set up, build, start the lab, apply the demo, leave it running"
	@echo "make down      stop the lab and remove what it made"
	@echo "make test      every test, from a fresh clone"
	@echo "make package   the program for machines without Swift, in .apus/dist"
	@echo "make simulate SEEDS=N   the store's simulation with N seeds"
	@echo "make bench     every benchmark beside the peers that are installed; or one: bench-store, bench-api,"
	@echo "               bench-proxy, bench-memory. BENCH_FLAGS='--rounds 9 --json FILE' hands options on, so does"
	@echo "               BENCH_FLAGS='--only puts watchers' to bench-store. Half an hour for everything"
	@echo "make bench-peers   kube-apiserver, from Debian's source, for bench-api to stand beside; some ten minutes"
	@echo "make format    format the sources"

setup:
	@dev/setup

build: setup
	$(BUILD) --product apus

build-tests: setup
	$(BUILD) --build-tests

images: setup
	@docker/build-images

package: build images
	@dev/package

up: build images
	@$(APUS) lab up --demo

down:
	@test -x $(APUS) || { echo "nothing was built here, so nothing runs from here"; exit 0; }; $(APUS) lab down

soundness:
	@dev/soundness

test: setup soundness build-tests images
	dev/run-tests

simulate: build-tests
	APUS_SEEDS=$(or $(SEEDS),5000) dev/run-tests SimulationTests/nothingIsLost

build-bench: build
	$(BUILD) --product apus-bench

bench-peers: setup
	@dev/kube-apiserver

bench: build-bench images
	@$(BENCH) all $(BENCH_FLAGS)

bench-store bench-api bench-proxy: build-bench
	@$(BENCH) $(@:bench-%=%) $(BENCH_FLAGS)

bench-memory: build-bench images
	@$(BENCH) memory $(BENCH_FLAGS)

format:
	@dev/format

clean:
	rm -rf .build .apus
