# SPDX-License-Identifier: GPL-2.0-only
# Completion in bash: what it offers is what the program knows.
. tools/tap.sh

if ! command -v bash >/dev/null; then
	echo "1..0 # SKIP there is no bash"
	exit 0
fi

# offers WORD...: what is offered for the last word of `dmacheck WORD...'.
# shellcheck disable=SC2016 # for bash
offers() {
	bash -c '. checkers/cli/completion.bash
		COMP_WORDS=(dmacheck "$@") COMP_CWORD=$#
		before=${COMP_WORDS[COMP_CWORD - 1]} word=${COMP_WORDS[COMP_CWORD]}
		_dmacheck "$DMACHECK" "$word" "$before"
		printf "%s\n" "${COMPREPLY[@]}"' bash "$@"
}
export DMACHECK

# unsaid TEXT: it is not on stderr.
unsaid() { ! grep -F -e "$1" "$work/err"; }

offers '' | sort >"$work/offered"
{
	echo --version
	"$DMACHECK" help | sed -n 's/^  \([a-z]*\) .*/\1/p'
} | sort >"$work/known"
ok "commands" diff -u "$work/known" "$work/offered"
ok "a part of one" is "$(offers ex)" explain
for command in check fix patch hook kbuild rules explain cache; do
	offers $command - | grep -e -- | sort >"$work/offered"
	"$DMACHECK" help $command | sed -nE 's/^ {2,6}(-., )?(--[a-z-]+).*/\2/p' | sort >"$work/known"
	ok "options of $command" diff -u "$work/known" "$work/offered"
done
ok "an option from a part" is "$(offers check --upd)" --update-baseline
ok "a short one" is "$(offers check -C)" -C

"$DMACHECK" rules | sed 's/ .*//' >"$work/known"
offers check --rule '' >"$work/offered"
ok "rules" diff -u "$work/known" "$work/offered"
ok "rules: a part" is "$(offers explain gfp-ze)" gfp-zero
ok "rules: in a list" is "$(offers check --rule gfp-comp,gfp-ze)" gfp-comp,gfp-zero
ok "rules: all but one" is "$(offers check --rule -gfp-ze)" -gfp-zero
ok "rules: behind =" is "$(offers check --rule = gfp-ze)" gfp-zero
for pair in level: engine: format: progress:; do
	option=${pair%:}
	offers check --"$option" "" >"$work/offered"
	ok "--$option: several values" test "$(wc -l <"$work/offered")" -ge 2
	while read -r value; do
		run check -C "$work" --no-make "--$option" "$value"
		ok "--$option $value is taken" unsaid "error: --$option"
	done <"$work/offered"
done
ok "--arch" is "$(offers check -C testcases/tree --arch x)" x86
ok "paths of the tree" is "$(offers check -C testcases/tree drivers/gpu/d)" drivers/gpu/drm/
ok "files" is "$(offers patch Make)" Makefile
ok "folders" is "$(offers check -C semantic-p)" semantic-patches
for action in $(offers hook ''); do
	run hook "$action" -C "$work/none"
	ok "hook $action is taken" unsaid "it is install"
done
ok "hook: three actions" is "$(offers hook '' | wc -l)" 3
done_testing
