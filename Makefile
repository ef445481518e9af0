# Builds, installs and packs the program; `make` alone says what there is.
PREFIX ?= /usr/local
NAME ?= otel-tui
BUILD ?= .build-release
binary = $(BUILD)/otel-tui

help:
	@echo 'make release            the binary that packages have: $(binary)'
	@echo 'make install            it, manual pages, completions and themes under PREFIX=$(PREFIX)'
	@echo 'make uninstall          what install has put there'
	@echo 'make deb                a Debian package in $(BUILD)'
	@echo 'make tarball            an archive that runs from any folder, in $(BUILD)'
	@echo 'make check              everything that a change must pass'

release:
	SCRATCH=$(BUILD) packaging/release $(binary)

$(binary):
	$(MAKE) release

install: $(binary)
	packaging/stage $(binary) '$(DESTDIR)/' '$(PREFIX)' '$(NAME)'

uninstall:
	cd '$(DESTDIR)$(PREFIX)' && rm -rf 'bin/$(NAME)' 'share/$(NAME)' 'share/doc/$(NAME)' \
	  'share/man/man1/$(NAME).1.gz' 'share/man/man7/$(NAME)-query.7.gz' \
	  'share/bash-completion/completions/$(NAME)' 'share/zsh/site-functions/_$(NAME)' \
	  'share/fish/vendor_completions.d/$(NAME).fish'

deb: $(binary)
	packaging/deb $(binary) $(BUILD)

tarball: $(binary)
	packaging/tarball $(binary) $(BUILD)

check:
	.ci/run

clean:
	rm -rf $(BUILD)

.PHONY: help release install uninstall deb tarball check clean
