# SPDX-License-Identifier: GPL-2.0-only
# What the command line takes, seen from outside.
. tools/tap.sh
git() { command git -c user.name=a -c user.email=a@example.org -c init.defaultBranch=main "$@"; }
cp -r testcases/tree "$work/tree"
tree=$work/tree
(cd "$tree" && git init -q && git add -A && git commit -qm tree)

run --version
ok "--version: dmacheck's" grep -q '^dmacheck [0-9]' "$work/out"
ok "--version: what it found of each engine" \
	is "$(cut -d: -f1 "$work/out" | tail -3 | tr '\n' ' ')" 'libclang sparse spatch '

check -C "$tree"
all=$(grep -c ': error: ' "$work/out")
check -C "$tree" --rule -missing-require-coherent
ok "--rule -ID: all but that rule" is "$(grep -c missing-require-coherent "$work/out")" 0
check -C "$tree" --rule -gfp-zero,-gfp-comp
ok "--rule -ID,-ID: the others" is "$(grep -c ': error: ' "$work/out")" "$all"
check -C "$tree" --exclude "$tree/drivers/gpu"
ok "--exclude: nothing from there" is "$(grep -c '^drivers/gpu.*error' "$work/out")" 0
ok "--exclude: the others" grep -q '^drivers/infiniband.*error' "$work/out"
cannot "--rule: a mistyped name" "did you mean 'gfp-zero'?" -C "$tree" --rule gfp-zer

run patch -C "$tree" --cache "$work/cache" --staged
ok "patch --staged, nothing is staged: exit status 0" is "$status" 0
ok "and it is said" says 'nothing is staged'
run patch -C "$tree" --cache "$work/cache" --git nosuch
ok "patch --git nosuch: exit status 2" is "$status" 2
ok "and what is wrong" says "there is no commit 'nosuch'"
ok "and not how git was asked" is "$(grep -c rev-parse "$work/err")" 0
done_testing
