# SPDX-License-Identifier: GPL-2.0-only
#
# Sourced by tools/parallel and tools/slurm: reads a tree in parts, round by round,
# and checks it. They define
#
#	run_parts	run `sh $work/part PART' for each part from 1 to $parts
#
# and may run a part again that fails. What a part has read comes back in
# $work/part.N; what all know goes out in $work/known. No report depends on the parts:
# `dmacheck check' reads what they have not.
# shellcheck shell=sh
# shellcheck disable=SC2154 # name, work, cache and parts are theirs

dmacheck=${DMACHECK:-dmacheck}
most_rounds=40

fail() {
	echo "$name: $*" >&2
	exit 2
}

# "'a b' 'c'" for a shell.
quoted() {
	for word; do
		printf "'%s' " "$(printf '%s' "$word" | sed "s/'/'\\\\''/g")"
	done
}

# write_part ARG...: the script for one part, with the options for reading.
write_part() {
	cat >"$work/part" <<-EOT
		work=$(quoted "$work") parts=$parts dmacheck=$(quoted "$dmacheck")
		part=\$1 out=\$work/part.\$1 cache=\$work/cache.\$1
		set -- $(quoted "$@")
		mkdir -p "\$cache" || exit 2
		rm -f "\$out"
		"\$dmacheck" cache import -q --cache "\$cache" "\$work/known" || exit 2
		"\$dmacheck" read -q --cache "\$cache" --part "\$part/\$parts" --export "\$out.new" "\$@"
		status=\$?
		[ \$status -le 1 ] || exit \$status
		mv "\$out.new" "\$out"
	EOT
}

# What the parts have brought; the parts that brought nothing are in $lost.
take_parts() {
	lost='' brought=0 part=1
	while [ "$part" -le "$parts" ]; do
		if [ -s "$work/part.$part" ] &&
		   "$dmacheck" cache import -q --cache "$cache" "$work/part.$part"; then
			brought=$((brought + 1))
		else
			lost="$lost $part"
		fi
		rm -f "$work/part.$part"
		part=$((part + 1))
	done
	[ -z "$lost" ] || echo "$name: round $round: part$lost of $parts brought nothing" >&2
}

# read_rounds ARG...: until all is read; ARGs are options for reading.
read_rounds() {
	round=0 failures=0
	mkdir -p "$cache" || exit 2
	write_part "$@"
	while :; do
		"$dmacheck" cache export -q --cache "$cache" "$work/known" "$@"
		case $? in
		0) return ;;
		1) ;;
		*) fail "dmacheck cannot go on" ;;
		esac
		round=$((round + 1))
		[ $round -le $most_rounds ] ||
			fail "not all is read after $most_rounds rounds; $cache has what is"
		echo "$name: round $round: $parts parts" >&2
		rm -f "$work"/part.[0-9]*
		run_parts
		take_parts
		[ $brought -gt 0 ] || fail "round $round: no part could be read"
		# The same share is read again in the next round, but not for ever.
		[ -z "$lost" ] || failures=$((failures + 1))
		if [ $failures -gt 3 ]; then
			echo "$name: parts were lost again and again; what they have not read is read by the check" >&2
			return
		fi
	done
}

# check_in_parts ARG... [-- ARG...]: the whole; behind `--' are options for the report.
check_in_parts() {
	reading='' report='' behind=no
	for word; do
		if [ $behind = yes ]; then
			report="$report $(quoted "$word")"
		elif [ "$word" = -- ]; then
			behind=yes
		else
			reading="$reading $(quoted "$word")"
		fi
	done
	eval "read_rounds ${jobs-} $reading"
	eval "\"\$dmacheck\" check --cache \"\$cache\" $reading $report"
}
