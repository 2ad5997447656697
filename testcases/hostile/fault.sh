# SPDX-License-Identifier: GPL-2.0-only
# A call that fails, each in its turn: what is said is right, or exit status 2 and a
# reason; no file is half written, and the cache is good afterwards.
#
# FAULTS: how many calls of each kind are made to fail, evenly spread; 0: all.
. tools/tap.sh

# A sanitizer replaces malloc(3) itself.
if grep -q libasan "$DMACHECK"; then
	ok "faults # SKIP not with AddressSanitizer" true
	done_testing
	exit
fi
faults=${FAULTS-2}
shim=$work/fault.so
if ! ${CC:-gcc} -O2 -shared -fPIC -o "$shim" testcases/fault/fault.c -ldl; then
	ok "testcases/fault/fault.c is built" false
	done_testing
	exit
fi
tree=$work/tree cache=$work/cache
net=drivers/net/innocent/innocent.c
export TMPDIR="$work/tmp" GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1

cp -r testcases/tree "$work/pristine"
cp testcases/fault/change.patch "$work"

# The scenarios; what they write is $work/result.
start() {
	case $1 in
	check) set -- check --format json -o "$work/result" ;;
	patch) set -- patch --format json -o "$work/result" "$work/change.patch" ;;
	fix) set -- fix -o "$work/result" ;;
	apply) set -- fix --apply ;;
	esac
	last="dmacheck $*"
	timeout 200 "$DMACHECK" "$@" --arch x86 --cache "$cache" -C "$tree" \
		>"$work/out" 2>"$work/err" </dev/null
	status=$?
}

# Everything as it was: the tree, and a cache with $1.
prepare() {
	rm -rf "$tree" "$cache" "$TMPDIR" "$work/result"
	mkdir "$TMPDIR"
	cp -a "$work/pristine" "$tree"
	[ ! -d "$work/$1" ] || cp -a "$work/$1" "$cache"
}
# What is found, as far as it is the same in each run.
stable() { sed '/"version"\|"date"\|"time"/d' "$work/result" 2>/dev/null; }

# The output tree alone is there, or all of it.
prepare none
start check
cp -a "$cache" "$work/warm"
cp -a "$cache" "$work/cold"
find "$work/cold" -mindepth 1 -maxdepth 1 ! -name objtree -exec rm -rf {} +

# A report of what could be found is whole JSON; a patch is there or not.
whole() { [ "$scenario" != fix ] && jq -e . "$work/result" >/dev/null 2>&1; }

# bad TEXT: say why this run was wrong.
bad() {
	echo "$scenario, $call number $n: $1 (exit status $status)"
	sed 's/^/stderr: /' "$work/err"
}

# Whether the run, in which a call has failed, did what it should.
judge() {
	if [ $status = 124 ]; then
		bad "no end"
	elif [ $status -gt 2 ]; then
		bad "no exit status of its own"
	elif [ $status = 2 ] && ! grep -q '^dmacheck: error: ' "$work/err"; then
		bad "no reason"
	elif [ $status != 2 ] && ! stable | cmp -s - "$work/expected" &&
		! grep -q 'partial:\|not fixed:' "$work/err"; then
		bad "another result, and nothing is said of it"
	elif [ $status != 2 ] && [ $status != "$right" ] &&
		! grep -q 'partial:\|not fixed:' "$work/err"; then
		bad "another exit status"
	elif [ $status = 2 ] && [ -e "$work/result" ] &&
		! stable | cmp -s - "$work/expected" && ! whole; then
		bad "a part of a result was written"
	elif [ -n "$(ls -A "$TMPDIR")" ] &&
		! grep -q "while libclang is loaded" "$work/err"; then
		# It aborts then; the next run removes what is left.
		bad "left in TMPDIR: $(ls -A "$TMPDIR")"
	fi
	# Each file is what it was, or what it is to be.
	(cd "$tree" && find . -type f) | while read -r file; do
		cmp -s "$tree/$file" "$work/pristine/$file" ||
			cmp -s "$tree/$file" "$work/after-$scenario/$file" ||
			{ [ "$file" = ./.dmacheck.conf ] && grep -q 'not fixed:' "$work/err"; } ||
			bad "half written: $file"
	done
}

# The next run, in which nothing fails, finds what there is.
judge_cache() {
	rm -rf "$tree" "$work/result"
	cp -a "$work/pristine" "$tree"
	start check
	[ "$status" = 1 ] && stable | cmp -s - "$work/checked" ||
		bad "the cache is no good"
}

# Each call of that kind in its turn, or as many of them as FAULTS says.
fail_each() {
	scenario=$1 call=$2 with=$3
	prepare "$with"
	rm -f "$work/count"
	FAULT_CALL=$call FAULT_COUNT=$work/count LD_PRELOAD=$shim start "$scenario"
	total=$(tail -n 1 "$work/count")
	step=1
	[ "$faults" = 0 ] || step=$(((total + faults - 1) / faults))
	[ "$step" -gt 0 ] || step=1
	n=$(((step + 1) / 2)) tried=0
	: >"$work/wrong"
	while [ $n -le "$total" ]; do
		prepare "$with"
		FAULT_CALL=$call FAULT_NTH=$n LD_PRELOAD=$shim start "$scenario"
		judge >>"$work/wrong"
		judge_cache >>"$work/wrong"
		tried=$((tried + 1))
		n=$((n + step))
	done
	last=
	ok "$scenario: $call fails, $tried of $total" sh -c "cat '$work/wrong'; ! [ -s '$work/wrong' ]"
}

prepare warm
start check
stable >"$work/checked"
for scenario in check patch fix apply; do
	with=warm
	[ $scenario != check ] || with=cold
	prepare $with
	start $scenario
	right=$status
	stable >"$work/expected"
	rm -rf "$work/after-$scenario"
	cp -a "$tree" "$work/after-$scenario"
	for call in malloc write rename fsync fork open; do
		fail_each $scenario $call $with
	done
done
done_testing
