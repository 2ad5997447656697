# SPDX-License-Identifier: GPL-2.0-only
# tools/bench runs to its end and measures what it says; no time is looked at.
. tools/tap.sh
BUILD=$(dirname "$DMACHECK") TMPDIR=$work
export BUILD TMPDIR

bench() {
	last="tools/bench $*"
	tools/bench "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}
# parsed ROW: how many files were parsed for that row.
parsed() { jq ".summary[] | select(.name == \"$1\").parsed" "$work/json"; }

if ! command -v spatch >/dev/null || ! command -v sparse >/dev/null; then
	echo "1..0 # SKIP no spatch or no sparse"
	exit 0
fi
bench --arch x86 --runs 2 --json "$work/json" testcases/tree
ok "bench succeeds" is "$status" 0
ok "it says which files it compares" grep -q \
	'4 files are read, 4 of them have a compile command' "$work/out"
ok "each row is measured once a round" jq -e '
	(.runs | group_by(.name) | map(length) | unique) == [2] and
	(.runs | map(.name) | unique) == (.summary | map(.name) | sort)' "$work/json"
ok "and is in the table" is "$(jq -r '.summary[].name' "$work/json")" \
	"$(sed '1,/^ *least/d; s/ .*//' "$work/out")"
ok "cold: each file is parsed" is "$(parsed cold)" 4
ok "as sparse does" is "$(parsed sparse)" 4
ok "and clang" is "$(parsed clang)" 4
ok "warm: none" is "$(parsed warm)" 0
ok "second worktree: none" is "$(parsed second-worktree)" 0
ok "a changed driver: one" is "$(parsed driver-changed)" 1
ok "a changed header: those that include it" is "$(parsed header-changed)" 4
ok "the hook: the driver that is staged" is "$(parsed hook-one-driver)" 1
ok "or none" is "$(parsed hook-nothing-relevant)" 0
ok "the kernel is as it was" untouched testcases/tree
ok "nothing is left" is "$(ls -d "$work"/dmacheck-bench.* 2>/dev/null)" ''

bench --arch x86 --header include/linux/nothing.h testcases/tree
ok "a header that is not there: exit status 2" is "$status" 2
ok "and which" says include/linux/nothing.h
bench --runs 0 testcases/tree
ok "no rounds: exit status 2" is "$status" 2
done_testing
