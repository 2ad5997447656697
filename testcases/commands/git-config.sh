# SPDX-License-Identifier: GPL-2.0-only
# git config dmacheck.*: the same for check, patch and the hook.
# shellcheck disable=SC1091,SC2088 # ~ as such
. testcases/commands/hook.inc

net=drivers/net/innocent/innocent.c
demo=drivers/gpu/drm/demo/demo_userptr.c
new repo
record
cd "$top" || exit 2
git() { command git -C "$repo" "$@"; }
check() { run check --arch x86 --cache "$work/cache" -C "$repo" "$@"; }
patch() { run patch --arch x86 --cache "$work/cache" -C "$repo" --staged "$@"; }
# mended NAME: stderr says how to mend that setting.
mended() { says "git config --unset dmacheck.$1"; }

# --- what it says counts ---

found() { grep -c ': error: ' "$work/out"; }
check
ok "nothing is set: all rules" is "$(found)" 2
git config dmacheck.rules gfp-zero
check
ok "dmacheck.rules: these alone" is "$(found)$status" 00
check --rule missing-require-coherent
ok "dmacheck.rules: --rule wins" is "$(found)" 2
check --no-config
ok "dmacheck.rules: --no-config ignores it" is "$(found)" 2
check -v
ok "dmacheck.rules: said with -v" says "git config dmacheck.rules = gfp-zero"
run fix --arch x86 --cache "$work/cache" -C "$repo" -v
ok "dmacheck.rules: for fix, too" says "git config dmacheck.rules = gfp-zero"
git config dmacheck.rules map-return-ignored,gfp-zero
git config dmacheck.level note
check
ok "two rules, another level: nothing" is "$(found)$status" 00
git config --unset dmacheck.rules

mkdir -p "$repo/our"
echo nonsense >"$repo/our/bad.conf"
git config dmacheck.policy our/bad.conf
check
ok "a bad policy: exit status 2" is "$status" 2
ok "a bad policy: named, as seen from the top" says "$repo/our/bad.conf:1"
(cd "$repo/drivers/net" && "$DMACHECK" check --arch x86 --cache "$work/cache" \
	-C ../.. >"$work/out" 2>"$work/err")
ok "a bad policy: the same from a folder" says "$repo/our/bad.conf:1"
git config dmacheck.policy '~/none.conf'
check
ok "a policy that is not there: at home" says "$work/home/none.conf"
git config --unset dmacheck.policy
git config dmacheck.arch arm64
run check --cache "$work/cache" -C "$repo" --rule gfp-zero
ok "dmacheck.arch" says "(arm64)"
check
ok "dmacheck.arch: --arch wins" is "$status" 1
git config --unset dmacheck.arch
git config dmacheck.objtree "$work/nonsuch"
check
ok "dmacheck.objtree" says "cannot open the output tree $work/nonsuch"
git config --remove-section dmacheck

# --- what is wrong with it ---

wrong() {
	git config "dmacheck.$1" "$2"
	check
	ok "$1 = $2: exit status 2" is "$status" 2
	ok "$1 = $2: says why" says "$3"
	ok "$1 = $2: says how to mend it" mended "$1"
	git config --remove-section dmacheck
}
wrong rules missing-require-coherant "did you mean 'missing-require-coherent'?"
wrong level high "'high' is not error, warning or note"
wrong strict ture "neither true nor false"
wrong rulse x "did you mean dmacheck.rules?"

# --- the hook ---

"$DMACHECK" hook install -C "$repo" >"$work/out" 2>"$work/err"
git config dmacheck.options "--arch x86 --cache $work/cache"
commit() {
	echo >>"$repo/$net" && git add "$net"
	old=$(git rev-parse HEAD)
	git commit -qm change >"$work/out" 2>"$work/err"
	status=$?
}
stopped() { ! is "$status" 0 >/dev/null && is "$(git rev-parse HEAD)" "$old"; }
commit
ok "hook: what is innocent is committed" is "$status" 0
sed -i 's/^MODULE_LICENSE.*/&\n/' "$repo/$demo"

git config dmacheck.rules no-such-rule
commit
ok "hook: a misspelt rule: stopped" stopped
ok "hook: a misspelt rule: says how to mend it" mended rules
ok "hook: a misspelt rule: and how to go on" says "commit stopped: mend the configuration"
git config --unset dmacheck.rules
git config dmacheck.policy our/bad.conf
commit
ok "hook: a bad policy: stopped" stopped
ok "hook: a bad policy: named" says "our/bad.conf:1"
git config --unset dmacheck.policy
git config --add dmacheck.options --nosuch
commit
ok "hook: a bad option: stopped" stopped
git config --unset dmacheck.options nosuch
echo nonsense >"$repo/.dmacheck.conf"
commit
ok "hook: a bad .dmacheck.conf: stopped" stopped
ok "hook: a bad .dmacheck.conf: named" says "error: .dmacheck.conf:1"
rm "$repo/.dmacheck.conf"
git config --add dmacheck.options "--cache /proc/nonsuch"
commit
ok "hook: no cache: committed" is "$status" 0
ok "hook: no cache: unchecked" says "this commit goes on unchecked"
git config dmacheck.strict true
commit
ok "hook: no cache, strict: stopped" stopped
git config --unset dmacheck.strict
git config --unset dmacheck.options nonsuch
commit
ok "hook: all is well again" is "$status" 0

# --- strict is about what could not be read ---

cat >"$repo/$net" <<-EOT
	#include <linux/nonsuch.h>
	int lost(struct page **pages)
	{
		return pin_user_pages_fast(0, 1, 0, nonsuch(pages), more);
	}
EOT
git add -A
patch
plain=$status
git config dmacheck.strict true
patch
ok "dmacheck.strict: a call that was not seen" is "$plain$status" 02
done_testing
