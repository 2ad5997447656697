# SPDX-License-Identifier: GPL-2.0-only
# -M: a module that is built outside of the kernel tree.
. tools/tap.sh
unset MAKEFLAGS MAKELEVEL M MO O KDIR

tree=$PWD/testcases/tree
finding='dma/stream.c:16:8: warning: user memory is DMA-mapped without DMA_ATTR_REQUIRE_COHERENT [missing-require-coherent]
pin.c:14:11: note: pages come from pin_user_pages_fast() into '"'pages'"'
pin.c:17:10: note: kept in struct uframe_frame.pages
dma/stream.c:10:8: note: sg_alloc_table_from_pages() puts struct uframe_frame.pages into struct uframe_frame.sgt'

# fresh [NAME]: $work/NAME is the module as it is.
fresh() {
	rm -rf "$work/${1-module}" &&
		cp -r testcases/commands/module "$work/${1-module}" &&
		touch "$work/start"
}
# module ARG...: check it, against the sample tree.
module() { check -C "$tree" -M "$work/module" "$@"; }
kbuild() { make -s -C "$tree" ARCH=x86 "$@" >"$work/make" 2>&1 || cat "$work/make" >&2; }
found() { is "$(cat "$work/out")" "$finding"; }
# Files and folders below one, with their times.
listing() { find "$1" -exec stat -c '%n %Y %Z %s' {} + | sort; }

# --- what is found ---

fresh
listing "$work/module" >"$work/before"
module
ok "found: exit status 1" is "$status" 1
ok "paths are relative to its folder" found
ok "it alone is asked for" says "4 files asked for, 4 relevant, 4 analysed"
listing "$work/module" >"$work/after"
ok "nothing is left in its folder" diff "$work/before" "$work/after"
ok "nothing is left in the tree" untouched "$tree"
module --format json
ok "JSON: relative paths, the trace's too" jq -e '[.findings[] | .file,
	.trace[].file] == ["dma/stream.c", "pin.c", "pin.c", "dma/stream.c"]' \
	"$work/out"
ok "JSON: the module's name" jq -e '.findings[0].module == "uframe"' "$work/out"
print_of() { jq -r '.findings[].fingerprint' "$work/out"; }
print=$(print_of)
mkdir -p "$work/far/away" && cp -r "$work/module" "$work/far/away/it"
check -C "$tree" -M "$work/far/away/it" --format json
ok "the fingerprint is the same elsewhere" is "$(print_of)" "$print"
(cd "$work/module/dma" && "$DMACHECK" check --arch x86 --cache "$work/cache" \
	-C "$tree" -M .. >"$work/out" 2>"$work/err")
ok "from another folder" found
ln -s module "$work/link"
check -C "$tree" -M "$work/link"
ok "through a symbolic link" found

module "$work/module/dma"
ok "below a PATH" found
module pin.c
ok "a PATH without a finding: exit status 0" is "$status$(cat "$work/out")" 0
module dma/stream.c
ok "a PATH as seen from its folder" found
cannot "a PATH in the tree" "outside of the module folder" \
	-C "$tree" -M "$work/module" "$tree/drivers"

# A name of make's own is as good.
mv "$work/module/Kbuild" "$work/module/Makefile"
module
ok "with a Makefile" found

# A file that comes to it is seen, and what it says.
fresh
module
sed -i 's,dma/stream.o,& late.o,' "$work/module/Kbuild"
sed 's/uframe_stream/uframe_late/g' "$work/module/dma/stream.c" \
	>"$work/module/late.c"
module
ok "a file that was added is found" is \
	"$(grep -c 'without DMA_ATTR_REQUIRE_COHERENT' "$work/out")" 2

# --- the attribute, and who may have it ---

fresh
sed -i '/dma_.*map_sgtable(/s/, 0)/, DMA_ATTR_REQUIRE_COHERENT)/' \
	"$work/module/dma/stream.c"
module --rule missing-require-coherent
ok "fixed: silent" is "$status$(cat "$work/out")" 0
module
ok "it is not on the allowlist" grep \
	"^dma/stream.c:16:.*\[require-coherent-not-allowed\]" "$work/out"
cat >"$work/policy" <<'EOT'
[allow uframe]
attribute = DMA_ATTR_REQUIRE_COHERENT
reason = its frames are user memory
EOT
module --policy "$work/policy"
ok "allowed by its name: silent" is "$status$(cat "$work/out")" 0

cp -r "$tree" "$work/old"
sed -i '/DMA_ATTR_REQUIRE_COHERENT/d' "$work/old/include/linux/dma-mapping.h"
fresh
check -C "$work/old" -M "$work/module"
ok "a kernel without the attribute: found all the same" grep \
	'^dma/stream.c:16:8: .* which this tree does not define' "$work/out"
ok "and says what would apply" says "say what would apply if it did"

# --- where its commands come from ---

kbuild O="$work/out-gcc" CC=gcc allmodconfig prepare
kbuild O="$work/out-clang" LLVM=-19 allmodconfig prepare
for cc in gcc clang; do
	fresh
	module -O "$work/out-$cc" -v
	ok "$cc: make is asked about an output tree that is only prepared" found
	ok "$cc: another one is not made" \
		is "$(find "$work/cache/objtree" -name out | wc -l)" 1
done
kbuild O="$work/out-gcc" CC=gcc M="$work/module" modules
touch "$work/start"
module -O "$work/out-gcc" -v
ok "built: found" found
ok "built: with the commands of its build" \
	says "the module's commands are from $work/module"
ok "built: untouched" untouched "$work/module"
module
ok "built, without -O: found with an output tree of dmacheck's own" found
ok "built, without -O: says so" says "say -O DIR"

# As make MO= leaves it, for which the commands run where the objects are.
fresh
kbuild O="$work/out-gcc" CC=gcc M="$work/module" modules
mkdir "$work/mo" && cp "$work/module"/.*.cmd "$work/mo" &&
	mkdir "$work/mo/dma" && cp "$work/module/dma"/.*.cmd "$work/mo/dma"
sed -i "s,-o $work/module/,-o ,; s,-I\./,-I$work/out-gcc/," \
	"$work/mo"/.*.cmd "$work/mo/dma"/.*.cmd
fresh
module --mo "$work/mo" -v
ok "--mo: found" found
ok "--mo: with these commands" says "the module's commands are from $work/mo"

cat "$work/mo"/.*.cmd "$work/mo/dma"/.*.cmd |
	jq -R -s --arg dir "$work/out-gcc" '[ split("\n")[] | select(length > 0) |
		sub("^savedcmd_[^ ]* := "; "") |
		{ command: ., directory: $dir, file: sub("^.* "; "") } ]' \
	>"$work/module/compile_commands.json"
module -v
ok "compile_commands.json: found" found
ok "compile_commands.json: it is used" \
	says "the module's commands are from $work/module"
echo '[ { "file": 1 } ]' >"$work/module/compile_commands.json"
cannot "a damaged one" "compile_commands.json:1:3" -C "$tree" -M "$work/module"
rm "$work/module/compile_commands.json"

# --- what the kernel has to do with it ---

# Exported helpers of the kernel: the one that the module calls, the one that
# pins for it, and another user of them.
cp -r "$tree" "$work/kernel"
mkdir "$work/kernel/drivers/ulib"
cat >"$work/kernel/drivers/ulib/ulib.h" <<'EOT'
struct page;
int ulib_get(struct page **pages, unsigned long addr, int nr);
int ulib_pin(struct page **pages, unsigned long addr, int nr);
EOT
cat >"$work/kernel/drivers/ulib/get.c" <<'EOT'
#include <linux/export.h>
#include <linux/types.h>
#include "ulib.h"
int ulib_get(struct page **pages, unsigned long addr, int nr)
{
	return ulib_pin(pages, addr, nr);
}
EXPORT_SYMBOL_GPL(ulib_get);
EOT
cat >"$work/kernel/drivers/ulib/pin.c" <<'EOT'
#include <linux/export.h>
#include <linux/mm.h>
#include "ulib.h"
int ulib_pin(struct page **pages, unsigned long addr, int nr)
{
	return pin_user_pages_fast(addr, nr, FOLL_WRITE | FOLL_LONGTERM, pages);
}
EXPORT_SYMBOL_GPL(ulib_pin);
EOT
cat >"$work/kernel/drivers/ulib/other.c" <<'EOT'
#include <linux/dma-mapping.h>
#include <linux/mm.h>
#include "ulib.h"
dma_addr_t other_map(struct device *dev, unsigned long addr);
dma_addr_t other_map(struct device *dev, unsigned long addr)
{
	struct page *page;

	ulib_get(&page, addr, 1);
	return dma_map_page(dev, page, 0, PAGE_SIZE, DMA_TO_DEVICE);
}
EOT
echo 'obj-m += get.o pin.o other.o' >"$work/kernel/drivers/ulib/Makefile"
sed -i '1,/^obj-/s,^obj-.*,&\nobj-m += ulib/,' "$work/kernel/drivers/Makefile"
fresh
sed -i 's/pin_user_pages_fast(addr, nr_pages,/ulib_get(pages, addr, nr_pages);/
	/FOLL_WRITE/d' "$work/module/pin.c"
echo 'int ulib_get(struct page **pages, unsigned long addr, int nr);' \
	>>"$work/module/include/uframe.h"
sed -i 's/^#endif$//; $a #endif' "$work/module/include/uframe.h"
check -C "$work/kernel" -M "$work/module" -v
ok "memory of an exported helper: found" grep '^dma/stream.c:16:8: ' "$work/out"
ok "its path is one of the tree" grep \
	'^drivers/ulib/pin.c:6:9: note: pages come from pin_user_pages_fast' \
	"$work/out"
ok "the other user is not looked at" \
	says "4 files asked for, 4 relevant, 4 analysed"

# A driver of the tree, copied out of it to be worked on.
cp -r "$tree/drivers/gpu/drm/demo" "$work/copy"
check -C "$tree" -M "$work/copy" --rule missing-require-coherent
ok "the same driver in the tree is none of it" is \
	"$(grep -v ': note: ' "$work/out" | cut -d : -f 1)" demo_userptr.c
ok "nor of its traces" is "$(grep -c '^drivers' "$work/out")" 0
check -C "$tree" -M "$tree/drivers/gpu/drm/demo"
ok "in the tree: as a PATH" grep '^drivers/gpu/drm/demo/demo_userptr.c:40' "$work/out"
ok "in the tree: says so" says "is checked as a PATH"
cannot "in the tree, and a PATH outside of it" "lies outside of -M" \
	-C "$tree" -M "$tree/drivers/gpu" "$tree/drivers/net"

# --- what its Makefile hangs on ---

# optional: dma/stream.c is built if CONFIG_UFRAME_DMA says so.
optional() {
	fresh
	sed -i 's,dma/stream.o,,; $a uframe-$(CONFIG_UFRAME_DMA) += dma/stream.o' \
		"$work/module/Kbuild"
}
unset CONFIG_UFRAME_DMA UFRAME_FLAGS
optional
module dma/stream.c
ok "not built without its variable" \
	says "1 file: not in this configuration, read with a neighbour's command"
module --make CONFIG_UFRAME_DMA=y dma/stream.c
ok "--make: built" found
ok "--make: built, and nothing is said of it" is "$(grep -c coverage "$work/err")" 0
module dma/stream.c
ok "without --make: not built again" says "not in this configuration"
export CONFIG_UFRAME_DMA=y
module dma/stream.c
ok "a CONFIG_ variable of the environment: built" is "$(grep -c coverage "$work/err")" 0
unset CONFIG_UFRAME_DMA
module dma/stream.c
ok "without it: not built again" says "not in this configuration"
fresh
sed -i 's,-I.*,-I$(PWD)/include $(UFRAME_FLAGS),' "$work/module/Kbuild"
module
ok "PWD is the module's folder" found
ok "PWD is the module's folder: read without errors" \
	is "$(grep -c coverage "$work/err")" 0
export UFRAME_FLAGS=-Dsg_alloc_table_from_pages=nothing
module
ok "another variable that the Makefile names" is "$(found >/dev/null && echo found)" ''
export UFRAME_FLAGS=
module
ok "the same, empty" found
export UFRAME_OTHER=1
module -v
ok "a variable that it does not name: make is not asked" is \
	"$(grep -c "make is asked" "$work/err")" 0
unset UFRAME_FLAGS UFRAME_OTHER
sed -i 's/^obj-m/obj-$(CONFIG_UFRAME)/' "$work/module/Kbuild"
cannot "nothing is built" "can be given with --make VAR=VALUE" \
	-C "$tree" -M "$work/module"
module --make CONFIG_UFRAME=m
ok "nothing is built, but with --make" found
make -s -o "$DMACHECK" BUILD="$(dirname "$DMACHECK")" ARCH=x86 \
	CHECKFLAGS="--cache $work/cache" check KDIR="$tree" M="$work/module" \
	MAKEVARS="CONFIG_UFRAME=m X=y" >"$work/out" 2>"$work/err"
ok "make check MAKEVARS=" found
cannot "--make without a value" "is not VAR=VALUE" -C "$tree" -M "$work/module" \
	--make CONFIG_X
cannot "--make of dmacheck's own" "the option for it is --arch" -C "$tree" \
	-M "$work/module" --make ARCH=arm64
cannot "--make without -M" "goes with -M DIR" -C "$tree" --make X=y

# --- what cannot be done ---

cannot "there is none" "cannot open the module folder" -C "$tree" -M "$work/nonsuch"
cannot "a file" "is not a folder" -C "$tree" -M "$tree/Makefile"
mkdir "$work/empty"
cannot "without a Makefile" "has neither a Kbuild nor a Makefile" \
	-C "$tree" -M "$work/empty"
echo '# nothing' >"$work/empty/Kbuild"
cannot "without an obj-m" "is there an obj-m" -C "$tree" -M "$work/empty"
echo 'obj-m := gone.o' >"$work/empty/Kbuild"
cannot "without its source" "gone.o" -C "$tree" -M "$work/empty"
fresh "a module"
cannot "with a blank in its name" "has a ' ' in its path" \
	-C "$tree" -M "$work/a module"
cannot "around the kernel tree" "lies in the module folder" \
	-C "$tree" -M "$PWD/testcases"
cannot "--mo without -M" "goes with -M DIR" -C "$tree" --mo "$work"

# --- fix ---

fresh
touch "$work/start"
run fix --arch x86 --cache "$work/cache" -C "$tree" -M "$work/module"
ok "fix: exit status 0" is "$status" 0
ok "fix: a patch for its folder" is \
	"$(grep "^diff" "$work/out" | tail -n 1)" "diff --git a/dma/stream.c b/dma/stream.c"
ok "fix: both calls" is "$(grep -c '^+	.*DMA_ATTR_REQUIRE_COHERENT' "$work/out")" 2
ok "fix: it is as it was" untouched "$work/module"
run fix --arch x86 --cache "$work/cache" -C "$tree" -M "$work/module" --apply
module --rule missing-require-coherent,unmap-attr-mismatch
ok "fix --apply: nothing is found any more" is "$status$(cat "$work/out")" 0
ok "fix --apply: one file was changed" is \
	"$(diff -rq -x .dmacheck.conf testcases/commands/module "$work/module" | wc -l)" 1
module
ok "fix --apply: the module is allowed in its own file" \
	is "$(grep "require-coherent-not-allowed" "$work/out")" ""
fresh
run fix --arch x86 --cache "$work/cache" -C "$tree" -M "$work/module" \
	--series "$work/series"
ok "fix --series" grep '^diff --git a/dma/stream.c' "$work/series"/*.patch
sed -i 's/DMA_TO_DEVICE, 0/DMA_TO_DEVICE, DMA_ATTR_CPU_CACHE_CLEAN/' \
	"$work/module/dma/stream.c"
run fix --arch x86 --cache "$work/cache" -C "$tree" -M "$work/module" \
	--rule retired-attr-name --apply
ok "fix --rule retired-attr-name" grep DMA_ATTR_DEBUGGING_IGNORE_CACHELINES \
	"$work/module/dma/stream.c"
ok "fix: nothing is left in the tree" untouched "$tree"

# --- make ---

fresh
make -s -o "$DMACHECK" BUILD="$(dirname "$DMACHECK")" ARCH=x86 \
	CHECKFLAGS="--cache $work/cache" check KDIR="$tree" M="$work/module" \
	>"$work/out" 2>"$work/err"
ok "make check M=" found
done_testing
