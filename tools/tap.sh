# SPDX-License-Identifier: GPL-2.0-only
#
# Sourced by testcases/*/*.sh: tests that run dmacheck and report in TAP. $DMACHECK
# is the program, the current directory the top of the project, $work an empty
# folder, removed at the end if all went well.
# shellcheck shell=sh

set -u
work=$(dirname "$DMACHECK")/tests/$(basename "$(dirname "$0")")/$(basename "$0" .sh)
rm -rf "$work" && mkdir -p "$work" && : >"$work/start" || exit 2
tests=0 failures=0 last=

# run ARG...: run dmacheck with a cache of its own; its exit status is in
# $status, what it said in $work/out and $work/err.
run() {
	last="$DMACHECK $*"
	"$DMACHECK" "$@" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

# check ARG...: the same, for a check of an x86 kernel.
check() { run check --arch x86 --cache "$work/cache" "$@"; }

# ok TITLE COMMAND...: a test, which passes if the command succeeds.
ok() {
	title=$1
	shift
	tests=$((tests + 1))
	if "$@" >"$work/log" 2>&1; then
		echo "ok $tests - $title"
		return
	fi
	failures=$((failures + 1))
	echo "not ok $tests - $title"
	{
		echo "failed: $*"
		cat "$work/log"
		if [ -n "$last" ]; then
			echo "last: $last"
			echo "exit status ${status-}"
			sed 's/^/stderr: /' "$work/err"
		fi
	} | sed 's/^/# /' >&2
}

# todo WHY TITLE COMMAND...: a test that is right and dmacheck is not, yet; it is a
# failure when it passes.
todo() {
	why=$1 title=$2
	shift 2
	if "$@" >"$work/log" 2>&1; then
		ok "$title: passes, make it ok" false
		return
	fi
	tests=$((tests + 1))
	echo "not ok $tests - $title # TODO $why"
}

is() { [ "$1" = "$2" ] || { echo "'$1' is not '$2'"; false; }; }
says() { grep -F -e "$1" "$work/err"; }
untouched() { is "$(find "$1" -newer "$work/start")" ''; }

# cannot TITLE TEXT ARG...: dmacheck check ARG... does not do it: exit status
# 2, a message with TEXT, and nothing that could be taken for a report.
cannot() {
	what=$1 text=$2
	shift 2
	check "$@"
	ok "$what: exit status 2" is "$status" 2
	ok "$what: says '$text'" says "$text"
	ok "$what: no report" is "$(cat "$work/out")" ''
}

done_testing() {
	echo "1..$tests"
	[ $failures = 0 ] || exit 1
	rm -rf "$work"
}
