# make chat starts a conversation, make test passes the tests. Both install GNU readline's development
# files first if they are missing, and say so.

PREFIX ?= /usr/local
DESTDIR ?=
SWIFT ?= swift

ifeq ($(shell uname),Darwin)
  READLINE := $(shell brew --prefix readline 2>/dev/null)
  FLAGS := -c release -Xcc -I$(READLINE)/include -Xlinker -L$(READLINE)/lib
else
  FLAGS := -c release
  # Without the Swift libraries to find and relocate, a conversation starts in half the time.
  STATIC := --static-swift-stdlib
endif

# Tests look inside the modules, so they are built apart.
TEST_FLAGS := $(FLAGS) -Xswiftc -enable-testing --scratch-path .build-test

PROGRAM = $(shell $(SWIFT) build $(FLAGS) $(STATIC) --show-bin-path)/drawbridge

.PHONY: chat test build program lint bench install uninstall readline check replay

chat: build
	@$(PROGRAM)

build: readline
	@echo "Building; the first time takes a few minutes."
	@$(SWIFT) build $(FLAGS) $(STATIC) --product drawbridge

test: readline
	$(SWIFT) test $(TEST_FLAGS)

check: build
	$(PROGRAM) check Intents

replay: build
	$(PROGRAM) replay Transcripts

lint:
	$(SWIFT) format lint --strict --recursive Sources Tests Plugins Package.swift

bench: build
	Benchmarks/run "$(PROGRAM)" $(if $(SMOKE),--smoke)

program:
	@echo "$(PROGRAM)"

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin"
	install -m 755 "$(PROGRAM)" "$(DESTDIR)$(PREFIX)/bin/drawbridge"

uninstall:
	rm -f "$(DESTDIR)$(PREFIX)/bin/drawbridge"

readline:
	@Scripts/need-readline
