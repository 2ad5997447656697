# SPDX-License-Identifier: GPL-2.0-only
# Every rule can be listed and explained.
. tools/tap.sh

run rules
ok "rules: exit status 0" is "$status" 0
cp "$work/out" "$work/rules"
ok "rules: as many as in rules.def" \
	is "$(wc -l <"$work/rules")" "$(grep -c '^RULE(' checkers/rules/rules.def)"
while read -r rule level summary; do
	run explain "$rule"
	ok "explain $rule: exit status 0" is "$status" 0
	ok "explain $rule: says its summary" grep -qF "${summary% (only with --rule)}" "$work/out"
	ok "explain $rule: says its level" grep -qF "($level)" "$work/out"
	ok "explain $rule: 80 columns are enough" \
		is "$(sed 1d "$work/out" | grep -c '.\{81\}')" 0
	ok "$rule has tests" test -d "testcases/$rule"
done <"$work/rules"

# The rule to start from can be built.
ok "TEMPLATE.c compiles" "${CC:-gcc}" -std=c11 -Wall -Wextra -Werror -Icheckers \
	-fsyntax-only checkers/rules/TEMPLATE.c

run explain nonsuch
ok "explain nonsuch: exit status 2" is "$status" 2
for command in check hook rules explain; do
	run help $command
	ok "help $command: exit status 0" is "$status" 0
	ok "help $command: says how" grep -q "dmacheck $command" "$work/out"
done
done_testing
