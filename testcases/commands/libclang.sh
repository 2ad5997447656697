# SPDX-License-Identifier: GPL-2.0-only
# A file that libclang does not survive, or does not get to see, costs itself.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
tree=$work/tree
demo=$tree/drivers/infiniband/hw/demo
# Those below that hang take no longer than this.
export DMACHECK_FILE_TIMEOUT=4
# The crashes are libclang's, for the system to report.
export ASAN_OPTIONS="${ASAN_OPTIONS-}:handle_sigill=0:handle_abort=0"

# because FILE REASON: it was not analysed, and this is why.
because() {
	is "$(jq -r --arg file "drivers/infiniband/hw/demo/$1" \
		'.coverage.not_analysed[] | select(.file == $file) | .reason' \
		"$work/report.json")" "$2"
}
findings() { jq -S .findings "$work/report.json"; }
analysed() { jq .coverage.files_analysed "$work/report.json"; }
# Processes that have this program's name for theirs, and our tree's.
workers() { pgrep -f -- "check .*-C $tree" || :; }

built() { sed -i "s/:= main.o/:= main.o $1.o/" "$demo/Makefile"; }

# bad NAME LINE: a file that matters, with LINE in it.
bad() {
	cat >"$demo/$1.c" <<-EOT
		#include <linux/mm.h>
		$2
		int $1(struct page **pages)
		{
			return pin_user_pages_fast(0, 1, 0, pages);
		}
	EOT
	built "$1"
}

check -C "$tree" --format json -o "$work/report.json"
findings >"$work/expected"
before=$(analysed)
ok "there are findings" grep -q '"rule"' "$work/expected"

bad crash '#pragma clang __debug crash'
bad fatal '#pragma clang __debug llvm_fatal_error'
bad endless '#pragma clang __debug overflow_stack'
bad waiting '#include "waiting.h"'
bad partly 'int x = nonsuch;'
mkfifo "$demo/waiting.h" "$demo/fifo.c"
mkdir "$demo/folder.c"
ln -s nonsuch.c "$demo/dangling.c"
ln -s loop.c "$demo/loop.c"
built fifo
built folder
built dangling

check -C "$tree" --format json -o "$work/report.json"
ok "exit status 1" is "$status" 1
findings >"$work/found"
ok "the findings are the same" diff -u "$work/expected" "$work/found"
ok "and no file is lost but these" is "$(analysed)" $((before + 1))
ok "a crash" because crash.c \
	'libclang died of signal 4 (Illegal instruction)'
ok "a fatal error" because fatal.c 'libclang died of signal 6 (Aborted)'
ok "one that never returns" because endless.c \
	'libclang took more than 4 seconds'
ok "one that waits for a header" because waiting.c \
	'libclang took more than 4 seconds'
ok "an error" because partly.c "analysed in part: clang found 1 error, at \
drivers/infiniband/hw/demo/partly.c:2: use of undeclared identifier 'nonsuch'"
ok "a FIFO" because fifo.c 'not a regular file'
ok "a dangling link" because dangling.c 'No such file or directory'
ok "a link to itself" because loop.c 'Too many levels of symbolic links'
ok "no process is left" is "$(workers)" ''

# What was lost is tried again, what was not comes from the cache.
rm "$demo/waiting.h"
: >"$demo/waiting.h"
sed -i 2d "$demo/crash.c" "$demo/fatal.c" "$demo/endless.c" "$demo/partly.c"
check -C "$tree" --format json -o "$work/report.json"
findings >"$work/found"
ok "mended, the findings are the same" diff -u "$work/expected" "$work/found"
ok "mended, all are analysed" is "$(analysed)" $((before + 5))

# A header that was read before and is none now: not even asked for.
rm "$demo/waiting.h"
mkfifo "$demo/waiting.h"
check -C "$tree" --format json -o "$work/report.json"
ok "a header that is a FIFO now" because waiting.c \
	'libclang took more than 4 seconds'

for value in 0 -1 x 1x 99999999999999999999; do
	DMACHECK_FILE_TIMEOUT=$value run check --arch x86 -C "$tree" --no-cache \
		--cache "$work/cache"
	ok "DMACHECK_FILE_TIMEOUT=$value: exit status 2" is "$status" 2
	ok "DMACHECK_FILE_TIMEOUT=$value: said" says "'$value'"
done
done_testing
