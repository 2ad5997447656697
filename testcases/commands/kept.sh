# SPDX-License-Identifier: GPL-2.0-only
# The result of a run is kept, and never taken for that of another state.
. tools/tap.sh

demo=drivers/gpu/drm/demo/demo_userptr.c
hw=drivers/infiniband/hw/demo
policy=$work/policy.conf
again='nothing has changed since an earlier run'
echo '# nothing' >"$policy"

# in_tree NAME ARG...: check that copy of the tree.
in_tree() {
	name=$1
	shift
	check -v --level note --policy "$policy" -C "$work/$name" "$@"
}
read_anew() { ! says "$again"; }

# as_cold NAME ARG...: that finds what a run without a cache finds, and reads.
as_cold() {
	name=$1
	shift
	in_tree "$name" "$@"
	ok "$name${*:+, $*}: the tree is read" read_anew
	cp "$work/out" "$work/warm" && cp "$work/err" "$work/warm-err"
	in_tree "$name" --no-cache "$@"
	ok "$name${*:+, $*}: as without a cache" diff -u "$work/out" "$work/warm"
	ok "$name${*:+, $*}: and so is the summary" is \
		"$(tail -n 1 "$work/err")" "$(tail -n 1 "$work/warm-err")"
}

# change COMMAND...: in the current folder, a copy of the tree.
change_driver() { sed -i 's/mr->dma_attrs);/0);/' $hw/mr.c; }
change_header() { sed -i 's/DMA_ATTR_REQUIRE_COHERENT/OTHER/' include/linux/dma-mapping.h; }
change_hidden() { sed -i "40s|^|	/* dmacheck: missing-require-coherent: never bounces */\n|" $demo; }
change_makefile() { sed -i '/^obj-m/s/ ib_demo.o//' $hw/Makefile; }
change_kconfig() { printf 'config IB_DEMO\n\tbool "demo"\n' >$hw/Kconfig; }
change_new() { sed 's/demo_userptr/another/g' $demo >${demo%/*}/another.c; }
change_gone() { rm $hw/doorbell.c && sed -i '/doorbell/d; s/ ib_demo.o//' $hw/Makefile; }
change_quiet() {
	cp -p $demo ../before && sed -i '40s/0);/2);/' $demo &&
	touch -r ../before $demo
}
change_conf() { printf '[check]\noff = missing-require-coherent\n' >.dmacheck.conf; }
change_link() {
	mv include/rdma/ib_umem.h ../outside.h &&
	ln -s "$PWD/../outside.h" include/rdma/ib_umem.h
}
change_commands() {
	printf '[{"directory": "%s", "file": "%s", "command": "cc -c %s %s"}]' \
		"$PWD" $demo '-D__KERNEL__ -Iinclude -Iarch/x86/include' \
		$demo >compile_commands.json
}
changes='driver header hidden makefile kconfig new gone quiet conf link commands'

changed() { (cd "$work/$1" && "change_$1"); }

# Each in a copy of its own: what changed a moment ago is not kept.
for name in $changes same moved; do
	cp -r testcases/tree "$work/$name"
done
in_tree same
in_tree same
ok "a tree that changed just now: nothing is kept" read_anew
# As kbuild has it; the copies share this output tree.
ln -s "$work/same" "$(echo "$work"/cache/objtree/*/out)/source"
sleep 3
for name in $changes same moved; do
	in_tree $name
	cp "$work/out" "$work/$name.out"
	tail -n 1 "$work/err" >"$work/$name.err"
	in_tree $name
	ok "$name: kept" says "$again"
	ok "$name: the same is found" diff -u "$work/$name.out" "$work/out"
	ok "$name: the same is said" is "$(tail -n 1 "$work/err")" \
		"$(cat "$work/$name.err")"
done
for name in $changes; do
	ok "$name: changed" changed $name
done
mv "$work/moved" "$work/elsewhere"

# Reports are no change.
echo '{}' >"$work/same/report.json"
in_tree same
ok "another report in the tree: nothing has changed" says "$again"
"$DMACHECK" check -v --arch x86 --cache "$work/cache" --level note \
	--policy "$policy" -C "$work/same" >"$work/same/findings" 2>"$work/err"
ok "nor is what stdout goes to" says "$again"
rm "$work/same/findings"
for option in '--rule bounce-probe' '--engine clang' '--exclude drivers/gpu' \
	'--no-config' drivers/gpu; do
	# shellcheck disable=SC2086 # words
	as_cold same $option
done
DMACHECK_NO_RESULTS=1 in_tree same
ok "DMACHECK_NO_RESULTS=1" read_anew
sleep 3
for name in $changes elsewhere; do
	as_cold $name
done
in_tree link
ok "link: kept" says "$again"
echo '#define CHANGED' >>"$work/outside.h"
as_cold link
printf '[ignore missing-require-coherent]\ndemo_drm:* = never bounces\n' >"$policy"
as_cold same
done_testing
