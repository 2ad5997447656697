# SPDX-License-Identifier: GPL-2.0-only
# `make deb': a package that names what it needs, works from where it was unpacked,
# and leaves nothing when it is removed.
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL

for program in dpkg-deb dpkg-shlibdeps; do
	if ! command -v $program >/dev/null; then
		echo "1..0 # SKIP there is no $program"
		rm -rf "$work"
		exit 0
	fi
done

root=$work/root
package=$(tools/make-deb "$(dirname "$DMACHECK")" "$work" 2>"$work/err")
ok "make-deb makes a package" test -f "$package"
field() { dpkg-deb -f "$package" "$1"; }
is_needed() { field Depends | grep -E "(^|, )$1( |,|$)"; }
for needed in libc6 'libclang[0-9]*-19' libinih1 libjansson4 libsqlite3-0 \
	libxxhash0 libzstd1 make clang-19; do
	ok "needs $needed" is_needed "$needed"
done
for recommended in coccinelle sparse git; do
	ok "recommends $recommended" grep -w $recommended <<-EOT
		$(field Recommends)
	EOT
done
# What make needs in a kernel is in one of the two.
sed -n 's/^\t{ ".*", "\([a-z0-9-]*\)" },$/\1/p; s/^\t{ ".*", "\(lld\|llvm\)" KMAKE_LLVM },$/\1-19/p' \
	checkers/compile/kmake.c | grep -vx 'mawk\|libxxhash-dev\|zlib1g-dev' | sort -u >"$work/kbuild"
ok "what kbuild needs is known" test "$(wc -l <"$work/kbuild")" -gt 5
while read -r name; do
	ok "kbuild's $name is named" grep -w -e "$name" <<-EOT
		$(field Depends) $(field Recommends)
	EOT
done <"$work/kbuild"
ok "the version is the program's" is "$("$DMACHECK" --version | head -n 1)" \
	"dmacheck $(field Version)"

dpkg-deb -x "$package" "$root"
ok "all of it is below usr/" is "$(ls "$root")" usr
ok "the manual is compressed" gzip -t "$root"/usr/share/man/man1/dmacheck.1.gz \
	"$root"/usr/share/man/man5/dmacheck.conf.5.gz
sample=$PWD/testcases/tree expected=$PWD/testcases/tree.expected
DMACHECK=$root/usr/bin/dmacheck
mkdir "$work/elsewhere" && cd "$work/elsewhere" || exit 2
check -C "$sample"
ok "it finds the same from there, in any folder" diff -u "$expected" "$work/out"

if [ "$(id -u)" = 0 ]; then
	admin=$work/admin
	mkdir -p "$admin/var/lib/dpkg/info" "$admin/var/lib/dpkg/updates" &&
		: >"$admin/var/lib/dpkg/status"
	on_root() { dpkg --root="$admin" --force-depends --log=/dev/null "$@"; }
	ok "dpkg installs it" on_root -i "$package"
	DMACHECK=$admin/usr/bin/dmacheck
	run rules
	ok "dpkg: it runs" is "$status" 0
	ok "dpkg removes it" on_root -P dmacheck
	ok "dpkg: nothing is left" is "$(find "$admin" -name '*dmacheck*')" ''
else
	ok "dpkg installs it # SKIP this needs root" true
fi
done_testing
