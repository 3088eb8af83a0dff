# Thin verbs over scripts. They need Node 20.12 or newer, npm and git; each installs and builds first what it needs.
.DEFAULT_GOAL := help
.PHONY: help setup build render check lint format types layers test pages golden docs website conformance e2e fuzz bench versions package clean generated

bin := node_modules/.bin
installed := node_modules/.installed
website := docs/site/node_modules/.bin

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z0-9]+:.*## / {printf "  make %-8s %s\n", $$1, $$2}' $(firstword $(MAKEFILE_LIST))

$(installed): package-lock.json
	npm ci --no-audit --no-fund
	@touch $@

setup: $(installed) ## Install dependencies as the lock file says

build: $(installed) ## Build dist/ if an input has changed
	@node scripts/build.mjs

render: build ## Render the environments of this repository (ARGS='--env prod')
	@node dist/mainsheet.mjs render $(ARGS)

check: lint types test pages ## All that must hold before a change is proposed

pages: build ## Whether generated pages and rendered/ say what their sources say
	@node scripts/generate-reference.mjs --check
	@node scripts/generate-diagnostic-pages.mjs --check
	@node scripts/generate-cli-page.mjs --check
	@node dist/mainsheet.mjs render --check

lint: $(installed) ## Style, and what is almost always a mistake
	@$(bin)/biome check --error-on-warnings .

format: $(installed) ## Repair style
	@$(bin)/biome check --write .

types: generated ## Types
	@$(bin)/tsc -p .
	@$(bin)/tsc -p src/browser

layers: generated ## Which folder may import which (part of test)
	@$(bin)/vitest run test/architecture

test: generated ## All tests (ARGS='test/report -t tabs')
	@$(bin)/vitest run $(ARGS)

golden: generated ## Write the expected files of golden tests anew, to be reviewed as a diff
	@UPDATE_GOLDEN=1 $(bin)/vitest run test/golden test/diagnostics test/architecture test/docs

docs: $(installed) ## Write the generated pages of docs/ anew
	@node scripts/generate-reference.mjs
	@node scripts/generate-diagnostic-pages.mjs
	@node scripts/generate-cli-page.mjs

website: $(website)/.installed ## Build the site of docs/ into docs/site/.vitepress/dist (WEBSITE_BASE=/mainsheet/ for a sub-path)
	@$(website)/vitepress build docs/site

$(website)/.installed: docs/site/package-lock.json
	npm ci --prefix docs/site --no-audit --no-fund
	@touch $@

conformance: build ## What Istio itself says: renderings, mutants, analysis (needs Go; skipped by name without it)
	@node test/conformance/run.mjs $(ARGS)

e2e: generated ## Against real servers and code: git over HTTP, forges, Prometheus, Argo CD and Flux (what is not installed is skipped by name)
	@$(bin)/vitest run --config vitest.e2e.config.ts $(ARGS)

fuzz: generated ## Longer property runs (FUZZ_RUNS=1000000, FUZZ_SEED=7)
	@FUZZ_RUNS=$(or $(FUZZ_RUNS),300000) FUZZ_SEED=$(or $(FUZZ_SEED),1) $(bin)/vitest run test/property/plain-yaml.test.ts test/requests test/diff
	@FUZZ_RUNS=$(or $(PHASE_RUNS),10000) FUZZ_SEED=$(or $(FUZZ_SEED),1) $(bin)/vitest run test/property/partial-states.test.ts test/property/phases.test.ts test/property/compile-again.test.ts
	@FUZZ_RUNS=$(or $(FUZZ_RUNS),300000) FUZZ_SEED=$(or $(FUZZ_SEED),1) $(bin)/vitest run test/repo/git/mask-secrets.test.ts
	@RACE_ROUNDS=$(or $(RACE_ROUNDS),100) $(bin)/vitest run --config vitest.e2e.config.ts test/e2e/git-http.test.ts -t twelve
	@FUZZ_RUNS=$(or $(GATE_RUNS),100000) FUZZ_SEED=$(or $(FUZZ_SEED),1) $(bin)/vitest run test/rollout/gates/no-wrong-pass.test.ts test/rollout/gates/bind-query.test.ts

bench: build ## Measure render against its peers (ARGS='--n 1000 --runs 5'); once before: npm ci in bench/
	@node bench/run.mjs $(ARGS)

versions: ## Whether everything that says a version says the same (ARGS=--release: and the changelog has it)
	@node scripts/check-versions.mjs $(ARGS)

package: build ## What a release publishes: package, SBOMs and checksums (ARGS='FOLDER [REPOSITORY]')
	@node scripts/release-files.mjs $(or $(ARGS),release)

clean: ## Remove what can be made again
	rm -rf dist coverage release src/generated node_modules/.cache docs/site/.vitepress/dist docs/site/.vitepress/cache

generated: $(installed)
	@node scripts/generate-validators.mjs
	@node scripts/generate-site-page.mjs
