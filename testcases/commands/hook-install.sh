# SPDX-License-Identifier: GPL-2.0-only
# Where the pre-commit hook is installed, next to what, and what is left of it.
# shellcheck disable=SC1091,SC2016,SC2088,SC2119,SC2123 # $ and ~ as such
. testcases/commands/hook.inc

# --- next to another hook ---

new other
record
cat >.git/hooks/pre-commit <<-EOT
	#!/usr/bin/env perl
	open(my \$out, '>>', '$work/order'); print \$out "theirs\n";
	exit(-e '$work/refuse' ? 7 : 0);
EOT
chmod 751 .git/hooks/pre-commit
all_of .git/hooks >"$work/hooks"
hook install
ok "another hook: installed" is "$status" 0
ok "another hook: says where it is now" says "pre-commit.before-dmacheck now"
hook install
ok "another hook: installed already" says "installed already: nothing to do"
hook status
ok "another hook: status names it" grep -q before-dmacheck "$work/out"
stage
commit 1
ok "another hook runs" is "$(cat "$work/order")" theirs
ok "and then dmacheck" stopped
: >"$work/refuse"
commit 0
ok "another hook's exit status counts" stopped
ok "and dmacheck is not asked then" not_called
rm "$work/refuse"
hook remove
all_of .git/hooks >"$work/hooks.after"
ok "another hook: remove leaves it as it was" diff "$work/hooks" "$work/hooks.after"

# declined TITLE: the hook that is there is left alone.
declined() {
	all_of .git/hooks >"$work/hooks"
	hook install
	ok "$1: exit status 2" is "$status" 2
	ok "$1: says which line to add" says "patch --staged || exit"
	all_of .git/hooks >"$work/hooks.after"
	ok "$1: left as it is" diff "$work/hooks" "$work/hooks.after"
}
chmod -x .git/hooks/pre-commit
declined "not executable"
echo 'echo no interpreter' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
declined "a script without #!"
printf '#!/bin/sh\ncase ${0##*/} in pre-commit) exit 1 ;; esac\n' >.git/hooks/pre-commit
declined "a hook that looks at its name"
ln -sf pre-commit.sample .git/hooks/pre-commit
declined "a link"
ln -sf nowhere .git/hooks/pre-commit
declined "a link to nowhere"
rm .git/hooks/pre-commit

# --- what was changed in between ---

hook install
echo '# mine' >>.git/hooks/pre-commit
cp .git/hooks/pre-commit "$work/edited"
for action in install remove; do
	hook $action
	ok "edited: $action fails" is "$status" 2
	ok "edited: $action says why" says "left as it is"
	ok "edited: $action leaves it" cmp .git/hooks/pre-commit "$work/edited"
done
rm .git/hooks/pre-commit

echo '#!/bin/sh' >.git/hooks/pre-commit && chmod +x .git/hooks/pre-commit
hook remove
ok "another's: nothing to remove" says "nothing to remove"
hook install
rm .git/hooks/pre-commit
hook remove
ok "removed by hand: remove restores" test -x .git/hooks/pre-commit
hook install
printf '#!/bin/sh\nexit 0\n' >"$work/new" && cp "$work/new" .git/hooks/pre-commit
for action in install remove; do
	hook $action
	ok "written over: $action fails" is "$status" 2
	ok "written over: $action leaves it" cmp .git/hooks/pre-commit "$work/new"
	ok "written over: $action leaves the other" \
		is "$(cat .git/hooks/pre-commit.before-dmacheck)" '#!/bin/sh'
done
rm .git/hooks/pre-commit.before-dmacheck

cp "$top/tools/pre-commit" .git/hooks/pre-commit
for action in install remove; do
	hook $action
	ok "copied by hand: $action fails" is "$status" 2
	ok "copied by hand: $action leaves it" cmp "$top/tools/pre-commit" .git/hooks/pre-commit
done
stage
PATH=$work/bin:$PATH
stand_in "$work/bin/dmacheck"
commit 1
ok "copied by hand: dmacheck is found through PATH" says "finding of $work/bin/dmacheck"
ok "copied by hand: stopped" stopped
rm "$work/bin/dmacheck"
rm .git/hooks/pre-commit

hook install
chmod -x .git/hooks/pre-commit
hook status
ok "made not executable: status says so" grep -q "git does not run it" "$work/out"
hook install
ok "made not executable: installed anew" test -x .git/hooks/pre-commit
mv "$work/it's here" "$work/moved" && program=$work/moved/bin/dmacheck
hook install
ok "installed by another dmacheck: brought up to date" \
	grep -qF "dmacheck_hook=$program" .git/hooks/pre-commit
hook remove
ok "installed by another dmacheck: removed" test ! -e .git/hooks/pre-commit

# --- where the hooks are ---

rm -r .git/hooks
hook install
ok "no folder of hooks: made" test -x .git/hooks/pre-commit
hook remove
ok "no folder of hooks: removed" test ! -e .git/hooks/pre-commit

mkdir .githooks
git config core.hooksPath .githooks
hook install -C drivers
ok "a relative core.hooksPath: there" test -x .githooks/pre-commit
ok "in the working tree: warns of committing it" says "do not commit it"
stage
commit 1
ok "a relative core.hooksPath: stopped" stopped
hook remove
ok "a relative core.hooksPath: removed" test ! -e .githooks/pre-commit

mkdir "$HOME/hooks"
git config core.hooksPath '~/hooks'
hook install
ok "hooks of all repositories: refused" is "$status" 2
ok "hooks of all repositories: says why" says "other repositories may use it"
ok "hooks of all repositories: says who says so" says "file:.git/config"
hook install --shared
ok "--shared: there" test -x "$HOME/hooks/pre-commit"
commit 1
ok "--shared: stopped" stopped
hook remove
ok "--shared: remove is refused without it" is "$status" 2
hook remove --shared
ok "--shared: removed" test ! -e "$HOME/hooks/pre-commit"
git config --unset core.hooksPath
rmdir .git/hooks && ln -s "$HOME/hooks" .git/hooks
hook install
ok "a link out of the repository: refused" says "is outside of the repository"
rm .git/hooks

for path in /dev/null Kbuild /nonexistent/hooks /proc/hooks; do
	git config core.hooksPath $path
	hook install --shared
	ok "core.hooksPath $path: exit status 2" is "$status" 2
	ok "core.hooksPath $path: says so" says "$path"
done
git config --unset core.hooksPath

# --- where no hook can be ---

# refused TITLE TEXT ARG...: dmacheck hook ARG... does not do it, and says TEXT.
refused() {
	title_=$1 text=$2
	shift 2
	hook "$@"
	ok "$title_: exit status 2" is "$status" 2
	ok "$title_: says '$text'" says "$text"
}
mkdir "$work/plain" && git init -q --bare "$work/bare" && git init -q "$work/no kernel"
export GIT_CEILING_DIRECTORIES="$work"
refused "no repository" "not a git repository" install -C "$work/plain"
refused "a bare repository" "is bare" install -C "$work/bare"
refused "inside of .git" "work tree" install -C .git
refused "no kernel" "not a kernel source tree" install -C "$work/no kernel"
ok "no kernel: no hook" test ! -e "$work/no kernel/.git/hooks/pre-commit"
refused "no such folder" "no such folder" install -C "$work/nonexistent"
refused "an unknown action" "install, remove or status" instal
refused "no action" "needs ACTION"
mkdir -p .git/hooks/pre-commit
refused "a folder in its place" "neither a file nor a link" install
rmdir .git/hooks/pre-commit
last="dmacheck hook status"
(PATH=/nonexistent; "$DMACHECK" hook status) >"$work/out" 2>"$work/err"
status=$?
ok "no git: exit status 2" is "$status" 2
ok "no git: says so" grep -q "rev-parse.*No such file" "$work/err"

# --- a submodule ---

git init -q "$work/super" && cd "$work/super" || exit 2
git -c protocol.file.allow=always submodule --quiet add "$repo" linux
cd linux || exit 2
hook install
ok "a submodule: installed in its own git directory" \
	test -x "$work/super/.git/modules/linux/hooks/pre-commit"
stage
commit 1
ok "a submodule: stopped" stopped

cd "$top" || exit 2
done_testing
