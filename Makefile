# SPDX-License-Identifier: GPL-2.0-only
#
# Build, run, test and install dmacheck; `make help` says how.

# Debian's own names; each can be given on the command line.
CC		= gcc
LLVM_CONFIG	= llvm-config-19
PREFIX		= /usr/local
BUILD		= build

CFLAGS		= -O2 -g
CPPFLAGS	=
LDFLAGS		=

all: $(BUILD)/dmacheck $(BUILD)/dmacheck.1

# --- how it is said: "  CC      x.o"; V=1 shows the commands, -s nothing ---

ifeq ($(V),1)
  Q =
  say =
else
  Q = @
  say = @printf '  %-7s %s\n' $(1) '$(patsubst $(CURDIR)/%,%,$(or $(2),$@))' $(to);
endif
ifneq ($(findstring s,$(filter-out --%,$(firstword $(MAKEFLAGS)))),)
  say = @
endif
# Findings and patches are alone on stdout.
ifneq ($(filter check fix,$(MAKECMDGOALS)),)
  to = >&2
endif

# What is started here must not take this make's options for its own: the
# kernel's make, which dmacheck runs, is another one.
unexport MAKEFLAGS MFLAGS

# --- what it is built from ---

# llvm-config may be there only after `make setup`: ask at first use, once.
llvm-dir = $(eval llvm-dir := $$(shell $(LLVM_CONFIG) --prefix))$(llvm-dir)

warnings-DEVELOPER = -Werror -Wall -Wextra -Wmissing-prototypes -Wvla \
	-Wdeclaration-after-statement -Wwrite-strings -Wshadow
sanitize-SANITIZE = -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-fno-omit-frame-pointer

developer = $(if $(filter 1,$(DEVELOPER)),$(warnings-DEVELOPER),-Wall)
sanitize = $(if $(filter 1,$(SANITIZE)),$(sanitize-SANITIZE))

compile = $(CC) -std=c11 $(developer) $(sanitize) -Icheckers \
	-isystem $(llvm-dir)/include $(CPPFLAGS) $(CFLAGS)
link = $(CC) $(sanitize) $(CFLAGS) $(LDFLAGS)
clang-libs = -L$(llvm-dir)/lib -lclang-19
libs = -lsqlite3 -lxxhash -lzstd -linih -ljansson
# Where the program finds dmacheck-clang.so, which calls back into it. No
# RUNPATH: that would not count where a sanitizer makes the call for it.
plugin = -rdynamic '-Wl,--disable-new-dtags,-rpath,$$ORIGIN:$$ORIGIN/../lib/dmacheck'

# TEMPLATE.c is for people to copy.
sources := $(filter-out %/TEMPLATE.c, \
	$(wildcard checkers/*.c checkers/*/*.c checkers/*/*/*.c))
objects := $(sources:%.c=$(BUILD)/%.o)
# What is built on libclang: checkers/facts/engine.h.
clang-objects := $(filter $(BUILD)/checkers/facts/extract/%,$(objects))
unit-sources := $(wildcard testcases/unit/test-*.c)
unit-tests := $(unit-sources:testcases/unit/%.c=$(BUILD)/unit/%)

$(BUILD)/dmacheck: $(objects) $(BUILD)/objects $(BUILD)/dmacheck-clang.so
	$(call say,LD)$(link) $(plugin) -o $@ $(filter-out $(clang-objects),$(objects)) $(libs)

$(BUILD)/dmacheck-clang.so: $(clang-objects) $(BUILD)/objects
	$(call say,LD)$(link) -shared -Wl,--build-id=none -o $@ $(clang-objects) $(clang-libs)

$(clang-objects): private compile += -fPIC

$(objects): $(BUILD)/%.o: %.c $(BUILD)/flags
	$(call say,CC)mkdir -p $(@D) && $(compile) -MMD -MP -c -o $@ $<

$(unit-tests): $(BUILD)/unit/%: testcases/unit/%.c $(objects) $(BUILD)/flags
	$(call say,CC)mkdir -p $(@D) && $(compile) -MMD -MP -o $@ $< \
		$(filter-out %/main.o,$(objects)) $(LDFLAGS) $(clang-libs) $(libs) -lcmocka

-include $(objects:.o=.d) $(unit-tests:=.d)

# The style and the script of the HTML report, with the hashes for its policy.
page = $(addprefix checkers/report/page.,css js)
$(BUILD)/include/report/page.h: $(page) $(BUILD)/probed
	$(call say,GEN)mkdir -p $(@D) && for kind in css js; do \
		file=checkers/report/page.$$kind; \
		printf "static const char page_%s[] =\\n" $$kind; \
		sed 's/[\\"]/\\&/g; s/.*/"&\\n"/' $$file; \
		printf ";\\n#define PAGE_%s_HASH \"sha256-%s\"\\n" \
			$$(echo $$kind | tr a-z A-Z) \
			$$(sha256sum <$$file | cut -c 1-64 | tr a-f A-F | \
				basenc --base16 -d | base64); \
	done >$@
$(BUILD)/checkers/report/html.o: $(BUILD)/include/report/page.h
$(BUILD)/checkers/report/html.o: private compile += -I$(BUILD)/include

# Other flags make all objects anew, a file more or less the binary. Made after
# all that is needed was seen to be there.
$(BUILD)/flags: content = $(compile) $(link) $(clang-libs) $(libs)
$(BUILD)/objects: content = $(objects)
$(BUILD)/flags $(BUILD)/objects: FORCE | $(BUILD)/probed
	@echo '$(content)' | cmp -s - $@ || echo '$(content)' >$@

# The manual lists the rules as the program does.
$(BUILD)/dmacheck.1: checkers/man/dmacheck.1 checkers/man/rules.awk $(BUILD)/dmacheck
	$(call say,MAN)$(BUILD)/dmacheck rules | awk -f checkers/man/rules.awk - $< >$@

# header:library of all that is not in the C library.
needs = clang-c/Index.h:clang-19 sqlite3.h:sqlite3 xxhash.h:xxhash zstd.h:zstd \
	ini.h:inih jansson.h:jansson uthash.h: cmocka.h:cmocka

$(BUILD)/probed: Makefile
	@mkdir -p $(@D); missing=; \
	command -v $(CC) >/dev/null || missing=' $(CC)'; \
	command -v $(LLVM_CONFIG) >/dev/null || missing="$$missing $(LLVM_CONFIG)"; \
	for need in $(needs); do \
		header=$${need%:*} lib=$${need#*:}; \
		printf '%s\n' '#include <stdarg.h>' '#include <stddef.h>' \
			'#include <stdint.h>' '#include <setjmp.h>' \
			"#include <$$header>" 'int main(void) { return 0; }' | \
		$(compile) -w -x c -o $@.tmp - -L$(llvm-dir)/lib $${lib:+-l$$lib} \
			>/dev/null 2>&1 || missing="$$missing <$$header>"; \
	done; rm -f $@.tmp; \
	if [ -n "$$missing" ]; then \
		echo "dmacheck cannot be built, this is missing:$$missing" >&2; \
		echo "Run \`make setup' to install it." >&2; exit 1; \
	fi; : >$@

# In `make -j setup check` the first is done before the second.
ifneq ($(filter setup,$(MAKECMDGOALS)),)
$(BUILD)/probed: | setup
endif

setup:
	@tools/setup $(to)

# --- run it ---

# Without KDIR on the sample tree, whose output tree stays in $(BUILD).
KDIR	=
check-tree = $(if $(KDIR),-C $(KDIR),-C testcases/tree --cache $(BUILD)/cache)
module-args = $(if $(M),-M $(M)) $(if $(MO),--mo $(MO)) \
	$(foreach v,$(MAKEVARS),--make '$(v)')
check-args = $(check-tree) $(if $(O),-O $(O)) $(module-args) $(if $(ARCH),--arch $(ARCH)) \
	$(if $(FORMAT),--format $(FORMAT)) $(if $(BASELINE),--baseline $(BASELINE)) \
	$(if $(J),-j $(J)) $(CHECKFLAGS) $(P)

# $(BUILD)/check.status tells findings (1) from a check that failed (2).
check: $(BUILD)/dmacheck
	$(if $(FORMAT),@,$(call say,CHECK,$(or $(KDIR),testcases/tree)))$(BUILD)/dmacheck check $(check-args); \
		status=$$?; echo $$status >$(BUILD)/check.status; \
		$(if $(filter 1,$(STRICT)),[ $$status -ne 1 ] || echo 'make check: something was found (STRICT=1)' >&2; \
		exit $$status,[ $$status -le 1 ] || exit $$status)

# A patch on stdout; KDIR's own files with APPLY=1.
fix-args = $(check-tree) $(if $(O),-O $(O)) $(module-args) $(if $(ARCH),--arch $(ARCH)) \
	$(if $(filter 1,$(APPLY)),--apply) $(if $(J),-j $(J)) $(FIXFLAGS) $(P)

fix: $(BUILD)/dmacheck
	@$(if $(KDIR),,$(if $(filter 1,$(APPLY)),echo 'make fix APPLY=1 needs KDIR=DIR: the sample tree is not changed' >&2; exit 2))
	@$(BUILD)/dmacheck fix $(fix-args) || [ $$? -eq 1 ]

# --- test it ---

T = $(unit-tests) $(filter-out testcases/unit/% testcases/fuzz/% testcases/fault/% testcases/runtime/%, \
	$(wildcard testcases/*/*.c testcases/*/*.d/expected testcases/*/*.sh \
		testcases/semantic-patches/*/input.c))
prove = BUILD=$(BUILD) prove --jobs $(or $(J),$(shell nproc))

test: $(BUILD)/dmacheck $(BUILD)/dmacheck.1 $(unit-tests)
	$(call say,TEST,$(words $(T)) files)$(prove) --exec tools/run-tests $(T)

test-kernel: $(BUILD)/dmacheck
	$(call say,TEST)JOBS=$(J) $(prove) --verbose --exec sh tools/test-kernel tools/check-api

# With a kernel of our own in QEMU: tools/test-runtime says what it needs.
test-runtime: $(BUILD)/dmacheck
	$(call say,TEST)JOBS=$(J) KERNELS="$(KERNELS)" $(prove) --verbose --exec sh tools/test-runtime

# The time that it takes, beside spatch, sparse and clang, on the kernel KDIR.
bench: $(BUILD)/dmacheck
	@$(if $(KDIR),,echo 'make bench needs KDIR=DIR, a kernel tree' >&2; exit 2)
	$(Q)BUILD=$(BUILD) tools/bench $(if $(RUNS),--runs $(RUNS)) $(if $(J),--jobs $(J)) \
		$(if $(JSON),--json $(JSON)) $(if $(ARCH),--arch $(ARCH)) $(BENCHFLAGS) $(KDIR) $(P)

# Each testcases/fuzz/fuzz-NAME.c gives a parser what libFuzzer makes of
# seeds/NAME/, TIME seconds long; what is new stays in $(BUILD)/fuzz/NAME/.
TIME	= 60
fuzz-names = $(patsubst testcases/fuzz/fuzz-%.c,%,$(wildcard testcases/fuzz/fuzz-*.c))
fuzz-cflags = -O1 -g -fno-omit-frame-pointer -fsanitize=fuzzer-no-link,address,undefined \
	-fno-sanitize-recover=undefined
fuzz-todo = $(if $(filter command line,$(origin T)),$(T),$(fuzz-names))
fuzz-args = -max_total_time=$(TIME) -timeout=10 -rss_limit_mb=2048 -close_fd_mask=3 \
	-print_final_stats=1

fuzz:
	$(Q)$(MAKE) --no-print-directory CC=clang-19 BUILD=$(BUILD)/fuzz DEVELOPER= \
		CFLAGS='$(fuzz-cflags)' $(fuzz-todo:%=$(BUILD)/fuzz/fuzz-%)
	$(Q)failed=; for name in $(fuzz-todo); do \
		dir=$(BUILD)/fuzz/$$name; mkdir -p $$dir; \
		echo "  FUZZ    $$name, $(TIME) s"; \
		$(BUILD)/fuzz/fuzz-$$name $(fuzz-args) -artifact_prefix=$$dir- \
			$$dir $(wildcard testcases/fuzz/seeds)/$$name >$$dir.log 2>&1 || \
			{ failed="$$failed $$name"; tail -n 40 $$dir.log; }; \
	done; [ -z "$$failed" ] || { echo "fuzz: failed:$$failed" >&2; exit 1; }

# Each call that can fail fails in its turn (testcases/hostile/fault.sh): FAULTS of
# each kind, 0 for all; and runs are killed KILLS times.
FAULTS	= 200
KILLS	= 500
fault: all
	$(Q)FAULTS=$(FAULTS) KILLS=$(KILLS) $(prove) --verbose --exec tools/run-tests \
		testcases/hostile/fault.sh testcases/hostile/kill.sh

# Children that are forked are watched, too; what is started is not ours.
memcheck = valgrind -q --error-exitcode=99 --leak-check=full --show-leak-kinds=definite \
	--errors-for-leak-kinds=definite --suppressions=testcases/fault/valgrind.supp
valgrind-run = $(memcheck) --log-file=$(BUILD)/valgrind/log.%p $(BUILD)/dmacheck
valgrind: all
	$(Q)rm -rf $(BUILD)/valgrind && mkdir -p $(BUILD)/valgrind
	$(Q)for command in check fix "check --format json" "patch testcases/fault/change.patch"; do \
		echo "  MEMCHECK $$command"; \
		$(valgrind-run) $$command --arch x86 -C testcases/tree \
			--cache $(BUILD)/valgrind/cache --progress never \
			>$(BUILD)/valgrind/out 2>&1 || [ $$? -eq 1 ] || \
			{ cat $(BUILD)/valgrind/out; failed=1; }; \
		done; cat $(BUILD)/valgrind/log.* >$(BUILD)/valgrind/all; \
		cat $(BUILD)/valgrind/all >&2; \
		[ -z "$$failed" ] && ! [ -s $(BUILD)/valgrind/all ]

fuzzers = $(fuzz-names:%=$(BUILD)/fuzz-%)
$(fuzzers): $(BUILD)/fuzz-%: testcases/fuzz/fuzz-%.c $(objects) $(BUILD)/flags
	$(call say,FUZZER)$(compile) -fsanitize=fuzzer -MMD -MP -o $@ $< \
		$(filter-out %/main.o,$(objects)) $(LDFLAGS) $(clang-libs) $(libs)
-include $(fuzzers:=.d)

# --- put it in its place ---

into = $(DESTDIR)$(PREFIX)
share = $(into)/share/dmacheck
completions = $(into)/share/bash-completion/completions
install: all
	$(call say,INSTALL,$(into)/bin/dmacheck)install -D -t $(into)/bin $(BUILD)/dmacheck
	$(Q)install -D -m 644 -t $(into)/lib/dmacheck $(BUILD)/dmacheck-clang.so
	$(call say,INSTALL,$(share))install -D -m 644 -t $(share) $(wildcard checkers/*.conf)
	$(Q)install -D -m 755 -t $(share) tools/pre-commit
	$(Q)install -D -m 644 -t $(share)/semantic-patches \
		$(wildcard semantic-patches/*)
	$(call say,INSTALL,$(into)/share/man)install -D -m 644 -t $(into)/share/man/man1 $(BUILD)/dmacheck.1
	$(Q)install -D -m 644 -t $(into)/share/man/man5 checkers/man/dmacheck.conf.5
	$(Q)install -D -m 644 checkers/cli/completion.bash $(completions)/dmacheck

uninstall:
	$(call say,REMOVE,$(into))rm -rf $(into)/bin/dmacheck $(into)/lib/dmacheck $(share) \
		$(into)/share/man/man1/dmacheck.1 $(into)/share/man/man5/dmacheck.conf.5 \
		$(completions)/dmacheck

# A package for Debian 12.
deb: all
	$(call say,DEB)tools/make-deb $(BUILD)

clean:
	$(call say,CLEAN,$(BUILD))rm -rf $(BUILD)

help:
	@sed -n 's/^#? \{0,1\}//p' Makefile

.PHONY: all bench check clean deb fault fix FORCE fuzz help install setup test test-kernel test-runtime uninstall valgrind
.DELETE_ON_ERROR:

#? make             build build/dmacheck
#? make setup       install what is missing (Debian packages)
#? make check       run it on the sample tree in testcases/, or with
#?     KDIR=DIR     on this kernel tree
#?     O=DIR        whose output tree is here
#?     M=DIR        only the module in this folder outside of the tree; where it
#?                  was built with MO=DIR, that too
#?     MAKEVARS="X=m Y=n" with these variables for that module's Makefile
#?     ARCH=x       for this architecture
#?     P="PATHS"    only at or below these
#?     FORMAT=x     text, json, html
#?     BASELINE=FILE only what is not in this earlier report (FORMAT=json);
#?                  CHECKFLAGS=--update-baseline writes it
#?     J=N          with so many jobs
#?     STRICT=1     and fail when something is found; build/check.status has 1 then,
#?                  and 2 if the check itself failed
#? make fix         a patch on stdout that fixes what can be; KDIR=DIR O=DIR
#?     ARCH=x P="PATHS" J=N as above
#?     APPLY=1      write it into KDIR
#? make test        run the tests; T="FILES" only these, J=N at once
#? make fuzz        give the parsers random input; T="NAMES" only these, TIME=SECONDS each
#? make fault       let calls of malloc, write, open... fail; FAULTS=N of each, 0 for all
#? make valgrind    run it under valgrind
#? make test-runtime compare what it says with what a kernel says that runs in
#?                  QEMU (`tools/setup --runtime`; minutes, 210 MB a kernel in
#?                  the cache, beside its source); KERNELS="7.2 6.12"
#? make test-kernel run it on Debian's Linux 6.12 (fetched once, 140 MB)
#? make bench KDIR=DIR  CPU time and memory on this kernel, beside spatch, sparse and
#?                  clang; P="PATHS" J=N ARCH=x as above (see tools/bench --help)
#?     RUNS=N       so many rounds; the table has their least and median
#?     JSON=FILE    write the figures as JSON, too
#? make install     PREFIX=/usr/local DESTDIR=
#? make uninstall   take that away again
#? make deb         a Debian package, in build/
#? make clean       remove build/
#? make help        this
#?
#? DEVELOPER=1 warnings are errors; SANITIZE=1 with ASan and UBSan;
#? V=1 shows the commands; BUILD=DIR builds there.
