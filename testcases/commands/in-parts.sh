# SPDX-License-Identifier: GPL-2.0-only
# tools/parallel and tools/slurm: a check in parts finds what a plain one does,
# whatever becomes of the parts.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
check -C "$work/tree"
cp "$work/out" "$work/expected"
ok "there are findings" test -s "$work/expected"
program=$DMACHECK

# in_parts TOOL ARG...
in_parts() {
	last="tools/$*"
	tool=$1
	shift
	"tools/$tool" "$@" --arch x86 -C "$work/tree" >"$work/out" 2>"$work/err" </dev/null
	status=$?
}

in_parts parallel -n 2
ok "two parts: exit status 1" is "$status" 1
ok "the same is found" diff -u "$work/expected" "$work/out"
in_parts parallel -n 9 -w "$work/kept"
ok "more parts than files" diff -u "$work/expected" "$work/out"
ok "with -w the caches stay" test -d "$work/kept/cache"
in_parts parallel -w "$work/kept" -n 2
ok "the next time nothing is left to be read" is "$(says 'round 1')" ''
ok "and the same is found" diff -u "$work/expected" "$work/out"
tools/parallel -n 2 -w "$work/kept" --arch x86 -C "$work/tree" drivers/gpu \
	-- --format json -o "$work/json" >"$work/out" 2>&1
ok "options of the report" grep -q '"findings"' "$work/json"

# Without GNU parallel.
mkdir -p "$work/bin"
printf '#!/bin/sh\nexit 1\n' >"$work/bin/parallel"
chmod +x "$work/bin/parallel"
PATH=$work/bin:$PATH in_parts parallel -n 3
ok "without GNU parallel" diff -u "$work/expected" "$work/out"
PATH=$work/bin:$PATH in_parts parallel -n 3 -S somewhere
ok "which -S needs: exit status 2" is "$status" 2

# breaking WHEN WHAT: a dmacheck that does WHAT when it reads part 2.
breaking() {
	cat >"$work/breaking" <<-EOT
		#!/bin/sh
		case "\$*" in
		*--part\ 2/*)
			echo x >>"$work/times"
			[ \$(wc -l <"$work/times") -gt $1 ] || { $2; } ;;
		esac
		exec "$program" "\$@"
	EOT
	chmod +x "$work/breaking"
	rm -f "$work/times"
	DMACHECK=$work/breaking
	export DMACHECK
}
breaking 1 'kill -9 $$'
in_parts parallel -n 2
ok "a part that is killed once" diff -u "$work/expected" "$work/out"
breaking 1000 'kill -9 $$'
in_parts parallel -n 2
ok "a part that is killed each time is named" says 'part 2 of 2 brought nothing'
ok "and the same is found" diff -u "$work/expected" "$work/out"
# shellcheck disable=SC2016 # for the script
breaking 1 'for last; do [ "$before" = --export ] && echo junk >"$last"; before=$last; done; exit 1'
in_parts parallel -n 2
ok "a damaged file is named" says 'part.2 is damaged'
ok "and read again" diff -u "$work/expected" "$work/out"
breaking 1000 'exit 2'
in_parts parallel -n 2 --rule no-such-rule
ok "options that are wrong: exit status 2" is "$status" 2
ok "and no report" is "$(cat "$work/out")" ''

# --- Slurm, as far as a script can stand in for sbatch ---

cat >"$work/bin/sbatch" <<'EOT'
#!/bin/sh
for word; do
	case $word in
	--array=*) array=$(echo "${word#*=}" | tr , ' ') ;;
	--output=*) output=${word#*=} ;;
	--wrap=*) wrap=${word#*=} ;;
	esac
done
for SLURM_ARRAY_TASK_ID in $array; do
	export SLURM_ARRAY_TASK_ID
	sh -c "$wrap" >"$(echo "$output" | sed "s/%a/$SLURM_ARRAY_TASK_ID/")" 2>&1
done
EOT
chmod +x "$work/bin/sbatch"
breaking 1 'kill -9 $$'
PATH=$work/bin:$PATH in_parts slurm -n 3 -w "$work/slurm"
ok "an array of jobs, one of them killed" diff -u "$work/expected" "$work/out"
ok "that is run again" is "$(says 'brought nothing')" ''
ok "and has its log" test -e "$work/slurm/log.1.2"
in_parts slurm -n 3
ok "without a folder: exit status 2" is "$status" 2
done_testing
