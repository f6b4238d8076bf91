# The commands of a person who works with this checkout; `make help` lists them. CMake does the building.
# Every one of them first installs the packages that are missing (SETUP=true leaves that out).

SETUP ?= bash cmake/setup.sh
PREFIX ?= /usr/local
PYTHON ?= $(firstword $(wildcard /usr/bin/python3) python3)
BENCH ?= ../shared/bench/run_bench.py
BENCHFLAGS ?= --set dev --channels vlm,raw,layout,tess
FUZZ_SECONDS ?= 60
JOBS ?= $(shell nproc)

build := build/release
demo := out/demo
samples := $(patsubst samples/%,%,$(basename $(wildcard samples/*/input.*)))
samples := $(sort $(samples))

SUITE ?= bookworm
SPLICES ?= 10000
SEED ?= 1
MOMENTS ?= 50

.PHONY: fresh check-ace walk mutants sweep tidy test-faults test-slurm splice build configure setup-build setup-test setup-fuzz demo demo-books test test-shared sanitize fuzz accept bench bench-own \
        bench-styles bench-speed install clean help
.DEFAULT_GOAL := build

build:  ## the program, as build/release/emend (this is what a bare `make` does)
build: configure
	@cmake --build $(build)

configure: setup-build
	@cmake --preset release >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }

setup-build:
	@mkdir -p build && $(SETUP) build
setup-test:
	@mkdir -p build && $(SETUP) build test
setup-fuzz:
	@mkdir -p build && $(SETUP) build fuzz

demo:  ## every sample as TEI, EPUB and DOCX, in out/demo/NAME/
demo: build
	@test -n "$(samples)" || { echo "make demo: there is no samples/*/input.*" >&2; exit 1; }
	@rm -rf $(demo)
	@$(MAKE) --no-print-directory -s -O -j$(JOBS) demo-books
	@echo "Made:"
	@find $(demo) -type f ! -name '*.d' -printf '  %p  %s bytes\n' | LC_ALL=C sort

# The rules that users get are used here: samples/NAME/input.txt becomes out/demo/NAME/input.tei.xml and the rest.
EMEND := $(build)/emend
EMEND_FROM := samples/
EMEND_TO := $(demo)/
include emend.mk

demo-books: $(foreach ending,tei.xml epub docx,$(samples:%=$(demo)/%.$(ending)))

test:  ## all tests; fails if there are none
test: setup-test build
	@cd $(build) && ctest -LE shared -j$(JOBS) --output-on-failure --no-tests=error

test-shared:  ## the checks that need the grammars and documents of ../shared, with other programs as judges
test-shared: setup-test build
	@test -d ../shared || { echo "make test-shared: there is no ../shared beside this checkout" >&2; exit 1; }
	@cd $(build) && ctest -L shared -j$(JOBS) --output-on-failure --no-tests=error

sanitize:  ## all tests under AddressSanitizer and UndefinedBehaviorSanitizer (PRESET=fuzz: with clang, in the build of `fuzz`)
sanitize: PRESET = sanitize
sanitize: setup-test
	@cmake --preset $(PRESET) $(SANITIZEFLAGS) >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
	@cmake --build build/$(PRESET)
	@cd build/$(PRESET) && ctest -LE shared -j$(JOBS) --output-on-failure --no-tests=error

fuzz:  ## every fuzz target for FUZZ_SECONDS seconds (60)
fuzz: setup-fuzz
	@cmake --preset fuzz >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
	@cmake --build build/fuzz
	@cd build/fuzz && sh ../../tests/fuzz/run.sh $(FUZZ_SECONDS)

splice:  ## texts of lines from several books: has each edition every letter? (SPLICES, SEED; FROM, a folder of texts)
splice: setup-test build
	@EMEND_SPLICE_TIMES=$(SPLICES) EMEND_SPLICE_SEED=$(SEED) $(if $(FROM),EMEND_SPLICE_FROM='$(FROM)') $(build)/emend_tests \
	  --gtest_brief=1 --gtest_filter='Spliced.EveryEditionHasEveryLetter'

test-faults:  ## batches that are killed, on full disks, with broken Pandocs, without their books; as root (MOMENTS, SEED)
test-faults: build
	@EMEND='$(CURDIR)/$(build)/emend' $(PYTHON) -B tests/faults/faults.py --moments $(MOMENTS) --seed $(SEED)

test-slurm:  ## 200 books by a job array on a Slurm of two nodes that is started here; as root
test-slurm: build
	@$(SETUP) cluster
	@EMEND='$(CURDIR)/$(build)/emend' bash tests/slurm/slurm_test.sh

check-ace:  ## Ace over the EPUBs of the demo: nothing serious for those who cannot see a book (EPUBS, others)
check-ace: setup-build
	@$(SETUP) ace
	@$(if $(EPUBS),true,$(MAKE) --no-print-directory demo >build/demo.log 2>&1 || { cat build/demo.log >&2; exit 1; })
	@$(PYTHON) -B tests/tools/ace.py $(or $(EPUBS),$(samples:%=$(demo)/%.epub))

walk:  ## what CONTRIBUTING.md tells of a rule, a stage, a reader and a sample, done in a copy of this checkout
walk: build setup-test
	@EMEND='$(CURDIR)/$(build)/emend' EMEND_SOURCE='$(CURDIR)' $(PYTHON) tests/walk_test.py

mutants:  ## small edits of the stages (tests/mutants), each of which the quick tests must notice (MUTANTS, names of some)
mutants: build setup-test
	@$(PYTHON) tests/mutants/run.py --build '$(CURDIR)/$(build)' $(MUTANTS)

sweep:  ## other values of the weights of the stages, and what they do to our own books (WEIGHTS, some of them; WRITE=--write)
sweep: build setup-test
	@cmake --preset sweep >build/configure.log 2>&1 || { cat build/configure.log >&2; exit 1; }
	@cmake --build build/sweep --target emend_sweep
	@EMEND='$(CURDIR)/$(build)/emend' EMEND_SWEEP='$(CURDIR)/build/sweep/emend_sweep' $(PYTHON) tests/bench/sweep.py $(WRITE) $(WEIGHTS)

tidy:  ## what .clang-tidy says of the files that are held clean (FILES, others)
tidy: build
	@bash tests/tidy/tidy.sh $(build) $(FILES)

fresh:  ## what README says, in a new system of SUITE (bookworm, trixie); as root
	@bash tests/fresh/run.sh $(SUITE)

accept:  ## takes what the program makes now as what the tests expect; `git diff` is the review
accept: build setup-test
	@EMEND='$(build)/emend' bash tests/samples_test.sh --accept
	@$(PYTHON) tests/run_commands.py --emend $(build)/emend --accept tests/commands/*.txt
	@EMEND='$(build)/emend' EMEND_SOURCE='$(CURDIR)' $(PYTHON) tests/guide_test.py --accept docs/guide.md docs/markdown.md README.md

bench:  ## the benchmark of ../shared, by its own scorer (BENCH, BENCHFLAGS)
bench: build setup-test
	@test -f "$(BENCH)" || { $(MAKE) --no-print-directory bench-own; \
	  echo "make bench: there is no $(BENCH) (looked from $(CURDIR)); say BENCH=path/of/run_bench.py" >&2; exit 1; }
	@$(PYTHON) "$(BENCH)" --cmd "'$(CURDIR)/$(build)/emend' convert --quiet {in} -o {out}" $(BENCHFLAGS)

bench-own:  ## the small bench of our own samples; ACCEPT=--accept records its figures
bench-own: build
	@EMEND='$(CURDIR)/$(build)/emend' EMEND_SOURCE='$(CURDIR)' $(PYTHON) tests/bench_test.py $(ACCEPT)

bench-styles: build  ## own books typeset in many styles: what each value of each dimension of style costs (STYLEFLAGS)
	@EMEND='$(CURDIR)/$(build)/emend' $(PYTHON) -B tests/bench/styles.py $(STYLEFLAGS)

bench-speed: build  ## processor time against xmllint on the TEI that comes of it, in ms/MB (SPEEDFLAGS)
	@$(PYTHON) -B tests/bench/speed.py --emend '$(CURDIR)/$(build)/emend' $(SPEEDFLAGS)

install:  ## the program, emend.mk and the man page, below DESTDIR and PREFIX (/usr/local)
install: build
	@DESTDIR='$(DESTDIR)' cmake --install $(build) --prefix '$(PREFIX)'

clean:  ## removes build/ and out/
	rm -rf build out

help:  ## this list
	@sed -n 's/^\([a-z-]*\):  ## /\1\t/p' $(firstword $(MAKEFILE_LIST)) | while IFS="$$(printf '\t')" read -r name what; do \
	  printf '  make %-12s %s\n' "$$name" "$$what"; done
