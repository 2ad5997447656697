# SPDX-License-Identifier: GPL-2.0-only
# Within a kernel's build: make C=1 and C=2 with CHECK="dmacheck kbuild".
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL KBUILD_EXTMOD CC
cp -r testcases/tree "$work/tree"
tree=$work/tree
obj=$work/obj
demo=$tree/drivers/infiniband/hw/demo

# One function pins, in one file, and one maps, in another.
cat >"$demo/split.c" <<EOT
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <rdma/ib_umem.h>
#include "demo.h"

int demo_split(struct ib_device *ibdev, struct demo_split *db, u64 addr)
{
	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &db->page) != 1)
		return -EFAULT;
	return demo_map_split(ibdev, db, db->page);
}
EOT
cat >"$demo/split_map.c" <<EOT
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include <rdma/ib_umem.h>
#include "demo.h"

int demo_map_split(struct ib_device *ibdev, struct demo_split *db,
		   struct page *page)
{
	sg_init_table(&db->sg, 1);
	sg_set_page(&db->sg, page, PAGE_SIZE, 0);
	if (ib_dma_map_sg(ibdev, &db->sg, 1, DMA_TO_DEVICE) != 1)
		return -EIO;
	return 0;
}
EOT
sed -i '/^int demo_map_doorbell/i\
struct demo_split { struct page *page; struct scatterlist sg; };\
int demo_split(struct ib_device *ibdev, struct demo_split *db, u64 addr);\
int demo_map_split(struct ib_device *ibdev, struct demo_split *db,\
		   struct page *page);' "$demo/demo.h"
sed -i 's/:= main.o/:= main.o split.o split_map.o/' "$demo/Makefile"

# build CC CHECKER-OPTIONS VARIABLE=VALUE...: the sample tree's build with a
# checker; what it says on stderr is in $work/err.
build() {
	cc=$1 options=$2
	shift 2
	last="make CHECK='$DMACHECK kbuild $options' $*"
	make -C "$tree" O="$obj" ARCH=x86 CC="$cc" \
		CHECK="$DMACHECK kbuild --cache=$work/cache $options" "$@" \
		allmodconfig prepare drivers/ \
		>"$work/make" 2>"$work/err" </dev/null
	status=$?
}
findings() { grep '^drivers/' "$1"; }

# What check says of the same files.
build gcc '' C=0
check -C "$tree" -O "$obj"
sort "$work/out" >"$work/expected"
files() { find "$obj" "$tree" | sort; }
files >"$work/files"

for cc in gcc clang-19; do
	rm -rf "$obj" "$work/cache"
	build "$cc" '' C=1
	ok "$cc, C=1: findings do not end the build" is "$status" 0
	ok "$cc, C=1: what one file shows is told" \
		says 'doorbell.c:23:6: error: user memory is DMA-mapped'
	ok "$cc, C=1: what two files show is not" \
		is "$(grep -c split "$work/err")" 0
	ok "$cc, C=1: nothing on stdout but make's own" \
		is "$(grep -c -e 'error' -e warning "$work/make")" 0
	findings "$work/err" >"$work/told"
	ok "$cc, C=1: no file is left beside those of the build" \
		sh -c "find '$obj' '$tree' | sort | diff -u '$work/files' -"
	check -C "$tree" -O "$obj"
	sort "$work/out" >"$work/all"
	ok "$cc: a check of all files after the build says the rest" \
		diff -u "$work/expected" "$work/all"
	ok "$cc: and what the build said" \
		is "$(sort "$work/told" | comm -13 "$work/all" -)" ''
done

build gcc '' C=2
ok "C=2 checks what is up to date" says doorbell.c:23:6
check -C "$tree" -O "$obj" -v
ok "check parses nothing anew" \
	is "$(sqlite3 "$work"/cache/facts-*.sqlite 'select count(distinct file) - count(*) from unit' 2>&1)" 0

# Options of its own, and those of CF=.
build gcc '--rule=gfp-zero' C=2
ok "an option before the flags" is "$(findings "$work/err")" ''
build gcc '--level error --' C=2
ok "with its value, and --" says doorbell.c:23:6
build gcc '--levl=note' C=2
ok "a wrong option does not end the build" is "$status" 0
ok "and is said" says "warning: \`dmacheck kbuild\` has no option '--levl=note'"
rm -rf "$obj"
build gcc '' C=1 CF=-Werror
ok "CF=-Werror: findings end the build" is "$status" 2
ok "CF=-Werror: the object goes" \
	test ! -e "$obj/drivers/infiniband/hw/demo/doorbell.o"
ok "the compiler's own -Werror does not" \
	sh -c "'$DMACHECK' kbuild --version | grep -q '^dmacheck '"

# As kbuild does itself from here on.
flags="-D__linux__ -Dlinux -D__STDC__ -Dunix -D__unix__ -Wbitwise
	-Wno-return-void -Wno-unknown-attribute -D__x86_64__ --arch=x86
	-mlittle-endian -m64"
cflags="-nostdinc -I$tree/arch/x86/include
	-I$tree/include -I$obj/include
	-include $tree/include/linux/compiler-version.h
	-include $tree/include/linux/kconfig.h
	-include $tree/include/linux/compiler_types.h -D__KERNEL__ -std=gnu11
	-mpreferred-stack-boundary=3 -mindirect-branch=thunk-extern
	-mindirect-branch-register -fno-allow-store-data-races -fconserve-stack
	-mrecord-mcount --param=allow-store-data-races=0 -Werror
	-Wno-stringop-overflow -Wimplicit-fallthrough=5 -DMODULE
	-DKBUILD_BASENAME=x -DKBUILD_MODNAME=demo
	-D__KBUILD_MODNAME=demo"
# kbuild FILE: as kbuild calls it, from $obj.
kbuild() {
	last="dmacheck kbuild ... $*"
	(cd "$obj" && exec "$DMACHECK" kbuild --cache="$work/cache" $flags \
		-Wp,-MMD,./.x.o.d $cflags "$@" >"$work/out" 2>"$work/err" <&-)
	status=$?
}
mkdir -p "$obj"
: >"$work/tmp.Xq12ab"
"$DMACHECK" kbuild $flags "$work/tmp.Xq12ab" >"$work/out" 2>&1
ok "kbuild's trial: exit status 0" is $? 0
ok "kbuild's trial: nothing is said" is "$(cat "$work/out")" ''
kbuild "$demo/doorbell.c"
ok "gcc's flags: exit status 0" is "$status" 0
ok "gcc's flags: the findings, and no more" is "$(grep -c . "$work/err")" 3
ok "no dependency file" is "$(find "$obj" -name '.x.*')" ''
ok "nothing on stdout" is "$(cat "$work/out")" ''
mkdir -p "$tree/scripts/mod"
echo '/* nothing */' >"$tree/scripts/mod/empty.c"
kbuild "$tree/scripts/mod/empty.c"
ok "a file that cannot matter: silence" is "$(cat "$work/err")" ''
ok "__CHECKER__ is sparse's" sh -c "printf '%s\n' '#include <linux/mm.h>' \
	'#ifdef __CHECKER__' '#error it is defined' '#endif' \
	'int f(struct page **p) { return pin_user_pages_fast(0, 1, 0, p); }' >'$demo/checker.c'"
kbuild "$demo/checker.c"
ok "and not defined" is "$(cat "$work/err")" ''

# What cannot be done does not end the build.
# cannot_but TITLE TEXT FILE
cannot_but() {
	kbuild "$3"
	ok "$1: exit status 0" is "$status" 0
	ok "$1: one line that says it" is "$(grep -c . "$work/err")" 1
	ok "$1: says '$2'" says "dmacheck: warning: $2"
}
sed 's/^{/{ nonsuch;/' "$demo/doorbell.c" >"$demo/bad.c"
kbuild "$demo/bad.c"
ok "a file with a mistake: exit status 0" is "$status" 0
ok "a file with a mistake: is said" says 'warning: drivers/infiniband/hw/demo/bad.c: analysed in part'
{ cat "$demo/doorbell.c"; echo '#pragma clang __debug crash'; } >"$demo/crash.c"
export ASAN_OPTIONS="${ASAN_OPTIONS-}:handle_sigill=0:handle_abort=0"
cannot_but "a crash of libclang" 'drivers/infiniband/hw/demo/crash.c: libclang died' "$demo/crash.c"
mkdir "$work/none"
: >"$work/none/libclang-19.so.19"
LD_LIBRARY_PATH=$work/none
export LD_LIBRARY_PATH
sed 's/demo_/other_/' "$demo/doorbell.c" >"$demo/other.c"
cannot_but "no libclang" 'cannot load libclang' "$demo/other.c"
unset LD_LIBRARY_PATH
cannot_but "no such file" 'drivers/infiniband/hw/demo/nonsuch.c: No such file' "$demo/nonsuch.c"
cache=$work/cache
: >"$work/file"
(cd "$obj" && exec "$DMACHECK" kbuild --cache="$work/file" $flags \
	-Wp,-MMD,./.x.o.d $cflags "$demo/doorbell.c" >"$work/out" 2>"$work/err")
ok "a cache that cannot be written: exit status 0" is $? 0
ok "a cache that cannot be written: is said" says "warning: cannot write the cache $work/file"
ok "a cache that cannot be written: findings all the same" says doorbell.c:23:6
(cd / && exec "$DMACHECK" kbuild --cache="$cache" $flags /etc/x.c \
	>"$work/out" 2>"$work/err")
ok "no kernel: exit status 0" is $? 0
ok "no kernel: is said" says 'warning: /etc/x.c: no kernel tree'

# Many at once, on a new cache.
rm -rf "$work/cache"
for i in 1 2 3 4 5 6 7 8; do
	sed "s/demo_/many_${i}_/" "$demo/doorbell.c" >"$demo/many$i.c"
	sed -i "s/:= main.o/:= main.o many$i.o/" "$demo/Makefile"
done
sed -i 's/-Wall//' "$tree/scripts/Makefile.build"
build gcc '' C=2 -j8
ok "eight at once: all are told" \
	is "$(grep -c 'many.*error: user memory' "$work/err")" 8
ok "eight at once: and nothing else is said" is "$(grep -c dmacheck "$work/err")" 0

# What other files can make right is held back.
cat >"$demo/brief.c" <<EOT
#include <linux/dma-mapping.h>
#include <linux/mm.h>

dma_addr_t demo_brief(struct device *dev, u64 addr, struct page **page,
		      enum dma_data_direction dir);

dma_addr_t demo_brief(struct device *dev, u64 addr, struct page **page,
		      enum dma_data_direction dir)
{
	if (get_user_pages_fast(addr, 1, FOLL_WRITE, page) != 1)
		return 0;
	return dma_map_page(dev, *page, 0, PAGE_SIZE, dir);
}
EOT
cat >"$demo/kept.h" <<EOT
struct kept { dma_addr_t addr; };
int demo_keep(struct device *dev, u64 addr, struct kept *kept);
void demo_use(struct device *dev, struct kept *kept);
EOT
cat >"$demo/kept.c" <<EOT
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "kept.h"

int demo_keep(struct device *dev, u64 addr, struct kept *kept)
{
	struct page *page;

	if (pin_user_pages_fast(addr, 1, FOLL_LONGTERM, &page) != 1)
		return -EFAULT;
	kept->addr = dma_map_page(dev, page, 0, PAGE_SIZE, DMA_BIDIRECTIONAL);
	return dma_mapping_error(dev, kept->addr) ? -EIO : 0;
}
EOT
cat >"$demo/keeper.c" <<EOT
#include <linux/dma-mapping.h>
#include "kept.h"

void demo_use(struct device *dev, struct kept *kept)
{
	dma_sync_single_for_cpu(dev, kept->addr, PAGE_SIZE, DMA_BIDIRECTIONAL);
}
EOT
rm -rf "$obj" "$work/cache"
rm "$demo"/many*
sed -i 's/:= main.o.*/:= main.o mr.o brief.o kept.o keeper.o/' "$demo/Makefile"
build gcc '' C=1
ok "a direction that callers know: nothing is said" \
	is "$(grep -c 'brief.c.*user memory' "$work/err")" 0
ok "an address that others may sync: is told" says 'kept.c:11:15: '

# A module outside of the tree.
mod=$work/mod
mkdir "$mod"
cp "$demo/split.c" "$demo/split_map.c" "$demo/doorbell.c" "$demo/demo.h" "$mod"
rm -rf "$work/cache"
cd "$mod" || exit 2
export KBUILD_EXTMOD="$mod" objtree="$obj" srctree="$tree" SRCARCH=x86
top=$OLDPWD
for file in split.c split_map.c doorbell.c; do
	"$DMACHECK" kbuild --cache="$work/cache" $flags -Wp,-MMD,./.x.o.d \
		$cflags $file </dev/null
	echo "exit status $?"
done >"$work/out" 2>"$work/err"
unset KBUILD_EXTMOD objtree srctree SRCARCH
cd "$top" || exit 2
ok "M=: exit status 0" is "$(sort -u "$work/out")" 'exit status 0'
ok "M=: what one file shows is told" says "$mod/doorbell.c:23:6: error: user memory"
ok "M=: no dependency file" is "$(find "$mod" -name '*.d')" ''
done_testing
