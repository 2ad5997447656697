# SPDX-License-Identifier: GPL-2.0-only
# Ctrl-C: no child is left, no half-written file, and the next run works.
. tools/tap.sh
tree=testcases/tree

# Other tests run beside this one.
TMPDIR=$work/tmp
export TMPDIR
mkdir "$TMPDIR"

# A make that waits to be interrupted.
mkdir "$work/bin"
cat >"$work/bin/make" <<-EOT
	#!/bin/sh
	echo \$\$ >$work/pid
	exec sleep 600
EOT
chmod +x "$work/bin/make"

for signal in INT TERM HUP; do
	rm -f "$work/pid"
	# A session of its own, as on a terminal; a shell's background job
	# ignores SIGINT, and nohup(1) SIGHUP: hence env.
	PATH=$work/bin:$PATH setsid env --default-signal=HUP,INT,TERM "$DMACHECK" check \
		-C $tree --arch x86 --cache "$work/cache" -o "$work/report" \
		>"$work/out" 2>"$work/err" </dev/null &
	job=$!
	tries=0
	until [ -s "$work/pid" ] || [ $tries = 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	child=$(cat "$work/pid")
	kill -$signal $job
	wait $job 2>/dev/null
	status=$?
	ok "SIG$signal: the exit status tells" test $status -ge 128
	sleep 0.2
	ok "SIG$signal: no child is left" test ! -d "/proc/$child"
	ok "SIG$signal: no report" test ! -e "$work/report"
done

# What killed runs leave is removed, but not what a run is using.
for name in killed locked recent; do
	mkdir -p "$TMPDIR/dmacheck.$name/drivers"
done
mkdir "$TMPDIR/other.folder"
touch -d '1 hour ago' "$TMPDIR"/dmacheck.killed "$TMPDIR"/dmacheck.locked
exec 9<"$TMPDIR/dmacheck.locked"
flock 9
printf 'x\n' >"$work/hello"
"$DMACHECK" patch -C $tree --arch x86 --cache "$work/cache" "$work/hello" \
	>/dev/null 2>&1
ok "folders of killed runs are removed, others are not" \
	is "$(cd "$TMPDIR" && echo *)" \
	"dmacheck.locked dmacheck.recent other.folder"
exec 9<&-
rm -rf "$TMPDIR"/*

check -C $tree
ok "the next run works" diff -u testcases/tree.expected "$work/out"
ok "nothing is left in the temporary folder" is "$(ls "$TMPDIR")" ''
done_testing
