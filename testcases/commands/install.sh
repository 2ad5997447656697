# SPDX-License-Identifier: GPL-2.0-only
# What `make install` puts in place works from there, and `make uninstall` leaves
# nothing of it.
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL

root=$work/root
share=$root/usr/share
build=$(dirname "$DMACHECK")
into() {
	make -s -o "$DMACHECK" "$1" BUILD="$build" DESTDIR="$root" PREFIX=/usr \
		>"$work/make" 2>&1 || cat "$work/make" >&2
}

mkdir -p "$share/man/man1" && : >"$share/man/man1/other.1"
find "$root" | sort >"$work/before"
into install
ok "the program is installed" test -x "$root/usr/bin/dmacheck"
for file in checkers/*.conf semantic-patches/*.cocci; do
	ok "$file is installed" cmp "$file" "$share/dmacheck/${file#checkers/}"
done
ok "the git hook is installed" cmp tools/pre-commit "$share/dmacheck/pre-commit"
ok "dmacheck(1) is installed" cmp "$build/dmacheck.1" "$share/man/man1/dmacheck.1"
ok "dmacheck.conf(5) is installed" \
	cmp checkers/man/dmacheck.conf.5 "$share/man/man5/dmacheck.conf.5"
ok "the completion is installed" \
	cmp checkers/cli/completion.bash "$share/bash-completion/completions/dmacheck"
ok "files are readable, folders can be entered" \
	is "$(find "$root/usr" ! -perm -444 -o -type d ! -perm -111)" ''
DMACHECK=$root/usr/bin/dmacheck
check -C testcases/tree
ok "it finds the same from there" diff -u testcases/tree.expected "$work/out"
into uninstall
find "$root" ! -type d >"$work/left"
ok "nothing is left, but for what is somebody else's" is "$(cat "$work/left")" \
	"$share/man/man1/other.1"
ok "no folder of its own is left" is \
	"$(find "$root" -name '*dmacheck*')" ''
done_testing
