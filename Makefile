# The commands of the project. Each is a short script in scripts/, which says what it does.
.DEFAULT_GOAL := help
.PHONY: help setup build demo test check audit bench chaos compatibility screenshots

help: ## list the commands
	@sed -nE 's/^([a-z]+):.*## (.*)/  make \1\t\2/p' $(MAKEFILE_LIST) | expand -t 20

setup: ## set up what building and testing need; does nothing when it is there
	@scripts/setup.sh test

build: ## build target/release/headwater with the front end inside
	@scripts/setup.sh build
	@scripts/build.sh

demo: ## build, start the dashboard on the embedded CodeArtifact, print one sign-in link (ARGS="--listen …")
	@scripts/demo.sh $(ARGS)

test: ## every check and every test; ends with "N passed, N failed"
	@scripts/test.sh all

check: ## the quick part: format, clippy, unit tests; no binary, no browser
	@scripts/test.sh quick

audit: ## licences, bans, sources and known advisories of all dependencies
	@scripts/audit.sh

bench: ## measure the figures of the README, with the peer in the same run
	@scripts/bench.sh

chaos: ## promote thousands of versions while calls fail and dashboards are killed; needs about ten minutes (SEED=2 …)
	@SEED=$(SEED) PROMOTIONS=$(PROMOTIONS) PACKAGES=$(PACKAGES) LANES=$(LANES) scripts/chaos.sh

compatibility: ## write docs/compatibility.md from what the conformance suite finds
	@scripts/compatibility.sh

screenshots: ## pictures of every place, both themes and both widths, in artifacts/screenshots
	@scripts/screenshots.sh
