# Thin verbs over scripts. Needs Node 20.12 or newer, npm and git; every verb installs and builds first what it needs.
.DEFAULT_GOAL := help
.PHONY: help setup build render check lint format types layers test golden docs bench clean

installed := node_modules/.installed

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z]+:.*## / {printf "  make %-9s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(installed): package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

setup: $(installed) ## Install dependencies, as the lock file says

build: $(installed) ## Build dist/, if an input has changed
	@node scripts/build.mjs

render: build ## Render every environment of this repository (ARGS='--env prod')
	@node dist/mainsheet.mjs render $(ARGS)

check: lint types layers test ## Everything that CI asks for

lint: $(installed) ## Style, and what is almost always a mistake
	@npx --no-install biome check --error-on-warnings .

format: $(installed) ## Repair style
	@npx --no-install biome check --write .

types: generated ## Types
	@npx --no-install tsc -p .

layers: $(installed) ## Which folder may import which
	@npx --no-install vitest run test/architecture

test: generated ## All tests (ARGS='test/report -t tabs')
	@npx --no-install vitest run $(ARGS)

golden: generated ## Write the expected files of golden tests anew; review them as a diff
	@UPDATE_GOLDEN=1 npx --no-install vitest run test/golden test/diagnostics

clean: ## Remove what can be made again
	rm -rf dist coverage src/generated node_modules/.cache

.PHONY: generated
generated: $(installed)
	@node scripts/generate-validators.mjs
