# SPDX-License-Identifier: GPL-2.0-only
# The configuration of a repository that is somebody else's names programs:
# none is run.
. tools/tap.sh

tree=$work/tree demo=drivers/infiniband/hw/demo
unset GIT_DIR GIT_INDEX_FILE GIT_WORK_TREE
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=x GIT_AUTHOR_EMAIL=x@y GIT_COMMITTER_NAME=x
export GIT_COMMITTER_EMAIL=x@y
git() { command git -C "$tree" "$@"; }
patch() { run patch -C "$tree" --arch x86 --cache "$work/cache" "$@"; }

cp -r testcases/tree "$tree"
git init -q -b master
git add -A
git commit -qm 'all of it'
sed -i "s,ib_dma_map_sg(ibdev,ib_dma_map_sg((ibdev)," "$tree/$demo/doorbell.c"
git commit -qam "parentheses"

canary=$work/canary
cat >"$work/evil" <<-EOT
	#!/bin/sh
	echo "\$0 \$*" >>"$canary"
	cat
EOT
chmod +x "$work/evil"
for name in evil evil=worse; do
	git config filter.$name.clean "$work/evil clean"
	git config filter.$name.process "$work/evil process"
	git config filter.$name.required true
done
git config diff.evil.command "$work/evil command"
git config diff.evil.textconv "$work/evil textconv"
git config diff.external "$work/evil external"
git config core.fsmonitor "$work/evil fsmonitor"
git config core.pager "$work/evil pager"
git config core.sshCommand "$work/evil ssh"
git config gpg.program "$work/evil gpg"
git config log.showSignature true
for hook in post-index-change pre-commit; do
	cp "$work/evil" "$tree/.git/hooks/$hook"
done
printf '*.c filter=evil diff=evil\n*.h filter=evil=worse\n' \
	>"$tree/.git/info/attributes"

# All files may have changed, for all that their times tell.
find "$tree" -name '*.[ch]' -exec touch {} +
patch --git HEAD
ok "--git: does its work" [ $status -lt 2 ]
ok "--git: runs nothing" [ ! -e "$canary" ]
echo >>"$tree/$demo/doorbell.c"
cp "$tree/.git/index" "$work/index"
printf '' >"$tree/.git/info/attributes"
git -c core.fsmonitor= -c core.hooksPath=/dev/null add -A
printf '*.c filter=evil diff=evil\n*.h filter=evil=worse\n' \
	>"$tree/.git/info/attributes"
find "$tree" -name '*.[ch]' -exec touch {} +
patch --staged
ok "--staged: does its work" [ $status -lt 2 ]
ok "--staged: runs nothing" [ ! -e "$canary" ]
run fix -C "$tree" --arch x86 --cache "$work/cache"
ok "fix: runs nothing" [ ! -e "$canary" ]
git config commit.gpgSign true
git config format.signOff true
git config blame.ignoreRevsFile "$work/evil"
echo "system \"$work/evil\"" >"$tree/scripts/get_maintainer.pl"
run fix -C "$tree" --arch x86 --cache "$work/cache" -s --series "$work/series"
ok "fix --series: does its work" [ -s "$work/series/0000-cover-letter.patch" ]
ok "fix --series: runs nothing" [ ! -e "$canary" ]
ok "fix --series: a blame that fails is said" says "no Fixes: for $demo/doorbell.c:23: git blame: fatal: "
git config --unset blame.ignoreRevsFile
rm -r "$work/series"
run fix -C "$tree" --arch x86 --cache "$work/cache" -s --series "$work/series"
ok "fix --series: knows whom to blame" grep -q "^Fixes: " -r "$work/series"
ok "fix --series: blames without running anything" [ ! -e "$canary" ]

# A blob that is not there, and a remote that would have it.
blob=$(git rev-parse "HEAD:$demo/doorbell.c")
rm -f "$tree/.git/objects/$(echo "$blob" | cut -c 1-2)/$(echo "$blob" | cut -c 3-)"
git config core.repositoryFormatVersion 1
git config extensions.partialClone origin
git config remote.origin.promisor true
git config protocol.ext.allow always
git config protocol.ssh.allow always
for url in "ext::$work/evil %S" ssh://host/x; do
	git config remote.origin.url "$url"
	patch --git HEAD
	ok "a blob that is missing, ${url%%:*}: exit status 2" is $status 2
	ok "a blob that is missing, ${url%%:*}: runs nothing" [ ! -e "$canary" ]
done
done_testing
