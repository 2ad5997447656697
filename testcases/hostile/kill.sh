# SPDX-License-Identifier: GPL-2.0-only
# Killed at any moment (KILLS times, 50): no file is half written, and the next run
# goes on as if nothing had been.
. tools/tap.sh

kills=${KILLS-50}
tree=$work/tree cache=$work/cache
export TMPDIR="$work/tmp"
mkdir "$TMPDIR"
cp -r testcases/tree "$work/pristine"
cp -a "$work/pristine" "$tree"
cp testcases/fault/change.patch "$work"

# What the $1st run is; they take turns.
arguments() {
	case $(($1 % 4)) in
	0) echo "check -o $work/result" ;;
	1) echo "fix --apply" ;;
	2) echo "patch $work/change.patch -o $work/result" ;;
	3) echo "check --no-cache" ;;
	esac
}
go() {
	exec "$DMACHECK" "$@" --arch x86 --cache "$cache" -C "$tree" >/dev/null 2>&1 </dev/null
}
# shellcheck disable=SC2046 # arguments are words
complete() { (go $(arguments "$1")); }

# How it is when nobody interferes, and how long that takes.
check -C "$tree"
cp "$work/out" "$work/expected"
complete 0 && false
cp "$work/result" "$work/checked"
complete 2 && false
cp "$work/result" "$work/patched"
begin=$(date +%s%N)
complete 1
longest=$((($(date +%s%N) - begin) / 1000000 + 300))
cp -a "$tree" "$work/fixed"

wrong=$work/wrong
: >"$wrong"
moments=$(awk -v n="$kills" -v max="$longest" 'BEGIN {
	srand(12)
	for (i = 0; i < n; i++) printf "%.3f\n", rand() * max / 1000
}')
i=0
for moment in $moments; do
	i=$((i + 1))
	rm -rf "$tree" "$work/result"
	cp -a "$work/pristine" "$tree"
	# Something has to be read each time.
	[ $((i % 3)) = 0 ] || find "$cache" -name 'facts*' -delete
	# shellcheck disable=SC2046
	go $(arguments $i) &
	sleep "$moment"
	kill -9 $! 2>/dev/null
	wait $! 2>/dev/null
	if [ -e "$work/result" ]; then
		cmp -s "$work/result" "$work/checked" ||
			cmp -s "$work/result" "$work/patched" ||
			echo "kill $i: half a report after $moment s" >>"$wrong"
	fi
	(cd "$tree" && find . -type f ! -name '*.dmacheck-*') | while read -r file; do
		cmp -s "$tree/$file" "$work/pristine/$file" ||
			cmp -s "$tree/$file" "$work/fixed/$file" ||
			echo "kill $i: $file is half written after $moment s" >>"$wrong"
	done
	[ $((i % 10)) = 0 ] || continue
	rm -rf "$tree"
	cp -a "$work/pristine" "$tree"
	check -C "$tree"
	cmp -s "$work/out" "$work/expected" ||
		{ echo "kill $i: the next run finds something else"; cat "$work/err"; } >>"$wrong"
done 2>"$work/log"
last=
ok "$i kills: no file is half written, the next run is right" \
	sh -c "cat '$wrong'; ! [ -s '$wrong' ]"
rm -rf "$tree"
cp -a "$work/pristine" "$tree"
check -C "$tree"
ok "the last run is right" cmp "$work/out" "$work/expected"
# A minute later, that is: until then they may belong to somebody.
touch -d "10 minutes ago" "$TMPDIR"/* 2>/dev/null
run fix --arch x86 --cache "$cache" -C "$tree"
ok "what was left in TMPDIR is gone" is "$(ls -A "$TMPDIR")" ''
ok "no lock is left behind: at once" is "$(grep -c waiting "$work/err")" 0
done_testing
