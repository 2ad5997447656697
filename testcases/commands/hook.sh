# SPDX-License-Identifier: GPL-2.0-only
# The pre-commit hook in git's hands.
# shellcheck disable=SC1091,SC2016,SC2088,SC2119,SC2123 # $ and ~ as such
. testcases/commands/hook.inc

# --- a hook of its own ---

new "a \"tree\" of mine"
hook status
ok "status: not installed" grep -q ': not installed$' "$work/out"
all_of .git/hooks >"$work/hooks"
hook install -C drivers/net
ok "install: from any folder of the tree" is "$status" 0
ok "install: says where" says "$repo/.git/hooks/pre-commit is installed"
ok "install: executable" test -x .git/hooks/pre-commit
ok "install: leaves nothing else" is "$(find .git/hooks -type f ! -name '*.sample')" .git/hooks/pre-commit
cp -p .git/hooks/pre-commit "$work/installed"
hook install
ok "install again: says so" says "installed already: nothing to do"
ok "install again: exit status 0" is "$status" 0
ok "install again: nothing changed" cmp .git/hooks/pre-commit "$work/installed"
hook status
ok "status: installed" grep -q ': installed$' "$work/out"

stage Kbuild
commit 1
ok "first commit with a finding: stopped" stopped
ok "first commit: dmacheck is called at the top" called_with
ok "findings are shown" says "finding of $program"
ok "the end says how to go on" \
	grep -q "explain RULE.*--no-verify.*/\* dmacheck: RULE: reason \*/$" "$work/err"
ok "at the very end" is "$(tail -n 1 "$work/err" | grep -c no-verify)" 1
attempt 1 commit -q --no-verify -m change
ok "--no-verify: committed" committed
record
stage
commit 0
ok "nothing found: committed" committed
ok "nothing found: nothing said by the hook" is "$(cat "$work/err")" "finding of $program"

for how in 2 127 killed; do
	stage
	commit $how
	ok "dmacheck ends with $how: committed" committed
	ok "dmacheck ends with $how: said" says "warning: $program"
	ok "dmacheck ends with $how: said that it is unchecked" says "unchecked"
	git config dmacheck.strict yes
	stage
	commit $how
	ok "dmacheck ends with $how, strict: stopped" stopped
	ok "dmacheck ends with $how, strict: says why" says dmacheck.strict
	git config --unset dmacheck.strict
done
git config dmacheck.strict ture
commit 2
ok "strict is no boolean: stopped" stopped
ok "strict is no boolean: said" says "ture"
git config --unset dmacheck.strict

rm "$program"
stage
PATH=$work/bin:$PATH
stand_in "$work/bin/dmacheck"
commit 1
ok "the program is gone: the one in PATH is taken" says "finding of $work/bin/dmacheck"
ok "the program is gone: stopped" stopped
rm "$work/bin/dmacheck"
commit 1
ok "none in PATH either: committed" committed
ok "none in PATH either: said" says "no dmacheck in PATH"
stand_in "$program"

# --- what git config says ---

git config dmacheck.rules missing-require-coherent,gfp-zero
git config dmacheck.options "--arch arm64  -j 2"
git config --add dmacheck.options '* $(touch evil) "x" ; `touch evil`'
stage
commit 0
ok "git config: as options, nothing expanded" called_with \
	--arch arm64 -j 2 '*' '$(touch' 'evil)' '"x"' ';' '`touch' 'evil`'
ok "git config: nothing run" test ! -e evil
stage
commit 3
ok "dmacheck ends with 3, its configuration is wrong: stopped" stopped
ok "dmacheck ends with 3: says what to do" says "mend the configuration first"
git config --remove-section dmacheck
echo '[dmacheck' >"$work/broken"
stage
attempt 1 -c include.path="$work/broken" commit -q -m change
ok "broken git config: no commit, by git itself" stopped
git reset -q --hard

# --- what is staged is dmacheck's to judge ---

for file in Documentation/a.rst "a${newline}b.rst" 'quo"te' "it's a driver.h"; do
	mkdir -p Documentation
	stage "$file"
	commit 1
	ok "$(printf %s "$file" | tr '\n' '?'): stopped" stopped
	ok "$(printf %s "$file" | tr '\n' '?'): it is what dmacheck sees" \
		is "$(cat "$work/seen")" "$(printf %s "$file" | tr '\n' '?')"
	git commit -q --no-verify -m change
done
git rm -q drivers/net/innocent/innocent.c
commit 1
ok "a file that goes: stopped" stopped
git reset -q --hard

# --- the ways to commit ---

echo >>Kbuild
attempt 1 commit -q -a -m change
ok "commit -a: stopped" stopped
ok "commit -a: sees the file" is "$(cat "$work/seen")" Kbuild
stage
attempt 1 commit -q -m change Kbuild
ok "commit FILE: stopped" stopped
ok "commit FILE: sees that file alone" is "$(cat "$work/seen")" Kbuild
attempt 0 commit -q -m change Kbuild
ok "commit FILE: committed" committed
attempt 1 commit -q --amend -m again
ok "commit --amend: stopped" stopped
ok "commit --amend: sees what is new in the index" \
	is "$(cat "$work/seen")" drivers/net/innocent/innocent.c
attempt 0 commit -q --amend -m again
ok "commit --amend: committed" committed
attempt 0 commit -q --amend -m "only the message"
ok "commit --amend of the message: committed" committed
echo >>drivers/net/Makefile
cd drivers/net || exit 2
attempt 0 commit -q -a -m "from a subfolder"
cd "$repo" || exit 2
ok "from a subfolder: called at the top" called_with

git checkout -q -b side && echo '# side' >>Kbuild && git commit -q --no-verify -a -m side
git checkout -q - && echo '# here' >>Kbuild && git commit -q --no-verify -a -m here
git merge -q side >"$work/log" 2>&1
git checkout -q --theirs Kbuild && git add Kbuild
commit 1
ok "a merge with a conflict: stopped" stopped
commit 0
ok "a merge with a conflict: committed" committed
ok "a merge with a conflict: it is a merge" git rev-parse -q --verify 'HEAD^2'
git commit -q --allow-empty -m last
GIT_SEQUENCE_EDITOR="sed -i s/^pick/edit/" git rebase -q -i HEAD~1 >"$work/log" 2>&1
stage Makefile
attempt 1 commit -q --amend -m "while rebasing"
ok "commit --amend in a rebase: stopped" stopped
ok "commit --amend in a rebase: sees what is new" is "$(cat "$work/seen")" Makefile
attempt 0 commit -q --amend -m "while rebasing"
ok "commit --amend in a rebase: committed" committed
attempt 0 rebase --continue
ok "the rebase goes on" is "$status" 0

git worktree add -q "$work/linked tree" HEAD
cd "$work/linked tree" || exit 2
stage
commit 1
ok "a linked working tree: stopped" stopped
ok "a linked working tree: called at its top" called_with
hook status
ok "a linked working tree: has the same hook" \
	grep -qF "$repo/.git/hooks/pre-commit: installed" "$work/out"
cd "$repo" || exit 2

# --- remove ---

hook remove
ok "remove: exit status 0" is "$status" 0
all_of .git/hooks >"$work/hooks.after"
ok "remove: as it was before" diff "$work/hooks" "$work/hooks.after"
hook remove
ok "remove again: says that there is nothing" says "nothing to remove"
ok "remove again: exit status 0" is "$status" 0
stage
commit 1
ok "removed: committed" committed


cd "$top" || exit 2
done_testing
