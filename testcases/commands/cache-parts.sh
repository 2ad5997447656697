# SPDX-License-Identifier: GPL-2.0-only
# What the cache holds can be seen, and what is not used goes.
. tools/tap.sh

check -C testcases/tree
run cache --cache "$work/cache"
ok "exit status 0" is "$status" 0
for kind in facts 'output tree' index all; do
	ok "shows $kind" grep "^$kind .* MB" "$work/out"
done
run cache --cache "$work/cache" --prune
ok "what was used just now stays" says '0.0 MB are dropped'
ok "all of it" test -d "$work/cache"/objtree/tree-x86-*/out

mkdir -p "$work/cache/objtree/linux-old-x86-0/out" "$work/cache/pch"
for file in objtree/linux-old-x86-0/lock pch/0.pch pch/0.pch.info; do
	echo old >"$work/cache/$file"
	touch -d '40 days ago' "$work/cache/$file"
done
run cache --cache "$work/cache" --prune
ok "an old output tree goes" test ! -e "$work/cache/objtree/linux-old-x86-0"
ok "and an old precompiled header, with what belongs to it" \
	is "$(ls "$work/cache/pch")" ''
ok "the others stay" test -d "$work/cache"/objtree/tree-x86-*/out
ok "they are shown" grep '^output tree .*objtree/tree-x86' "$work/out"
check -v -C testcases/tree
ok "and used" says '0 to be read'

run cache --cache "$work/nothing"
ok "an empty one" is "$status $(grep -c ' MB ' "$work/out")" '0 1'
done_testing
