# make chat starts a conversation, make test passes the tests. Both install GNU readline's development
# files first if they are missing, and say so.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift
SWIFTFLAGS ?=
export DRAWBRIDGE_COMMIT ?= $(shell Scripts/commit)

ifeq ($(shell uname),Darwin)
  # Where Homebrew has it; a formula, which cannot ask, says so itself.
  export READLINE ?= $(shell brew --prefix readline 2>/dev/null)
  FLAGS := -c release $(SWIFTFLAGS) -Xcc -I$(READLINE)/include -Xlinker -L$(READLINE)/lib
else
  # A section for each function, so that the linker can put together what a conversation runs through.
  FLAGS := -c release $(SWIFTFLAGS) -Xswiftc -Xfrontend -Xswiftc -function-sections
  # Without libraries to find and relocate, a conversation starts in half the time, and the program runs on any
  # Linux of its architecture. Where the C libraries are only there to be shared, the Swift ones alone are built in.
  TINFO = $(wildcard $(shell (cc -print-file-name=libtinfo.a || clang -print-file-name=libtinfo.a) 2>/dev/null))
  STATIC = --static-swift-stdlib $(if $(TINFO),-Xswiftc -static-executable -Xlinker -ltinfo)
endif

# Tests look inside the modules, so they are built apart.
TEST_FLAGS := $(FLAGS) -Xswiftc -enable-testing --scratch-path .build-test

# The intents, compiled once for all builds. The tool that does it shares its modules with the program's build.
export COMPILED_INTENTS := $(CURDIR)/.build/CompiledBot.swift

PROGRAM = $(shell $(SWIFT) build $(FLAGS) $(STATIC) --show-bin-path)/drawbridge

.PHONY: chat test build intents program lint bench install uninstall man deb docs readline check replay faults fuzz \
  sanitize coverage

chat: build
	@$(PROGRAM)

build: intents
	@$(SWIFT) build $(FLAGS) $(STATIC) --product drawbridge

intents: readline
	@echo "Building; the first time takes a few minutes."
	@$(SWIFT) build $(FLAGS) $(STATIC) --product intentc
	@Scripts/compile-intents "$(dir $(PROGRAM))intentc" "$(COMPILED_INTENTS)"

test: intents
	@rm -rf .build-test/cache
	DRAWBRIDGE_CACHE="$(CURDIR)/.build-test/cache" $(SWIFT) test $(TEST_FLAGS)

check: build
	$(PROGRAM) check Intents

replay: build
	$(PROGRAM) replay Transcripts

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Plugins Examples Package.swift \
	  Fuzzing/Package.swift Fuzzing/Sources/fuzz

# What the tests built has a shared C library, in which allocations can be counted.
SHARED = $(wildcard .build-test/release/drawbridge)
bench: build
	Benchmarks/run "$(PROGRAM)" $(if $(SHARED),--shared "$(SHARED)") $(if $(SMOKE),--smoke)
	Benchmarks/terminal "$(PROGRAM)" $(if $(SMOKE),--smoke)

# The program in real faults of the system: as the tests built it, with a shared C library, since some faults are put
# between the two.
faults: test
	Tests/Faults/run .build-test/release/drawbridge

# Every fuzz target, SECONDS each.
SECONDS ?= 30
fuzz:
	Fuzzing/run --seconds $(SECONDS)

# The tests, or those that FILTER chooses, under a sanitizer each: memory, threads, or SANITIZER.
sanitize: intents
	Scripts/sanitize $(or $(SANITIZER),address thread) $(if $(FILTER),-- '$(FILTER)')

# Which lines of the engine the tests run through; under SANITIZER, if one is named.
coverage: intents
	Scripts/coverage $(if $(SANITIZER),--sanitize $(SANITIZER))

program:
	@echo "$(PROGRAM)"

# The manual page is made of the command definitions, and ends with what they do not know; this one is kept, so that
# installing needs no tools.
man: build
	$(SWIFT) package $(FLAGS) generate-manual --date "$$(git log -1 --format=%cs)"
	sed '/^\.Sh "EXIT STATUS"/,$$d' .build/plugins/GenerateManual/outputs/drawbridge/drawbridge.1 | \
	  cat - packaging/end.1 >packaging/drawbridge.1

# Folders below PREFIX in which shells look for completions.
BASH_COMPLETIONS ?= share/bash-completion/completions
ZSH_COMPLETIONS ?= share/zsh/site-functions
FISH_COMPLETIONS ?= share/fish/vendor_completions.d
TO = $(DESTDIR)$(PREFIX)

install: build
	install -d "$(TO)/bin" "$(TO)/share/man/man1" "$(TO)/$(BASH_COMPLETIONS)" "$(TO)/$(ZSH_COMPLETIONS)" \
	  "$(TO)/$(FISH_COMPLETIONS)"
	install -m 755 "$(PROGRAM)" "$(TO)/bin/drawbridge"
	strip "$(TO)/bin/drawbridge"
	install -m 644 packaging/drawbridge.1 "$(TO)/share/man/man1/drawbridge.1"
	"$(PROGRAM)" --generate-completion-script bash >"$(TO)/$(BASH_COMPLETIONS)/drawbridge"
	"$(PROGRAM)" --generate-completion-script zsh >"$(TO)/$(ZSH_COMPLETIONS)/_drawbridge"
	"$(PROGRAM)" --generate-completion-script fish >"$(TO)/$(FISH_COMPLETIONS)/drawbridge.fish"

uninstall:
	rm -f "$(TO)/bin/drawbridge" "$(TO)/share/man/man1/drawbridge.1" "$(TO)/$(BASH_COMPLETIONS)/drawbridge" \
	  "$(TO)/$(ZSH_COMPLETIONS)/_drawbridge" "$(TO)/$(FISH_COMPLETIONS)/drawbridge.fish"

# A Debian package in .build-deb/.
deb:
	Scripts/make-deb

# The documentation of the library modules in .build/docs/.
docs:
	Scripts/make-docs

readline:
	@Scripts/need-readline
