# SPDX-License-Identifier: GPL-2.0-only
# dmacheck fix: a patch that can be applied, or a reason why there is none.
. tools/tap.sh

demo=drivers/gpu/drm/demo/demo_userptr.c
doorbell=drivers/infiniband/hw/demo/doorbell.c
rules=missing-require-coherent,unmap-attr-mismatch

# fresh: $work/tree as the sample tree is.
fresh() { rm -rf "$work/tree" && cp -r testcases/tree "$work/tree"; }
# fix ARG...: run it on $work/tree.
fix() {
	touch "$work/start"
	run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" "$@"
}
unchanged() { diff -r testcases/tree "$work/tree"; }
silent() {
	check -C "$work/tree" --rule $rules "$@"
	is "$status" 0 && is "$(cat "$work/out")" ''
}

# --- the patch ---

fresh
fix
ok "all is fixed: exit status 0" is "$status" 0
ok "nothing but the patch on stdout" \
	is "$(grep -v '^\([-+@ ]\|diff --git \)' "$work/out")" ''
ok "it begins with the first file" \
	is "$(head -n 1 "$work/out")" "diff --git a/$demo b/$demo"
ok "says how many" says "2 of 2 findings fixed"
ok "the tree is as it was" unchanged
cp "$work/out" "$work/patch"
ok "git apply takes it" sh -c "cd $work/tree && git apply --check --unsafe-paths \
	--directory=$work/tree $work/patch"
ok "patch -p1 takes it" patch -s -d "$work/tree" -p1 -i "$work/patch"
ok "both files are other ones" is "$(diff -rq testcases/tree "$work/tree" | wc -l)" 2
ok "the map has the attribute" grep -A1 -F 'dma_map_sgtable(dev, &bo->sgt' \
	"$work/tree/$demo"
ok "no line is longer than 80 columns" is \
	"$(expand "$work/tree/$demo" "$work/tree/$doorbell" | grep '.\{81\}')" ''
ok "no blank at a line's end" is \
	"$(grep '[[:blank:]]$' "$work/tree/$demo" "$work/tree/$doorbell")" ''
ok "the check is silent then" silent
fix --rule $rules
ok "a second fix prints nothing" is "$(cat "$work/out")" ''
ok "and is content" is "$status" 0

mv "$work/tree" "$work/patched"
fresh
fix -o "$work/file.patch"
ok "-o FILE: nothing on stdout" is "$(cat "$work/out")" ''
ok "-o FILE: the same patch" cmp "$work/patch" "$work/file.patch"
fix -o /nonexistent/x
ok "-o FILE that cannot be written: exit status 2" is "$status" 2
ok "-o FILE that cannot be written: said" says /nonexistent/x

chmod 640 "$work/tree/$demo"
chown 1234:4321 "$work/tree/$demo" 2>/dev/null
owner=$(stat -c %u:%g "$work/tree/$demo")
fix --apply
ok "--apply: exit status 0" is "$status" 0
ok "--apply: nothing on stdout" is "$(cat "$work/out")" ''
ok "--apply: writes what the patch says" diff -r "$work/patched" "$work/tree"
ok "--apply: keeps the mode" is "$(stat -c %a "$work/tree/$demo")" 640
ok "--apply: keeps the owner" is "$(stat -c %u:%g "$work/tree/$demo")" \
	"$owner"
ok "--apply: leaves nothing beside" is \
	"$(find "$work/tree" -name '*.*.??????')" ''
fix --rule $rules --apply
ok "--apply once more: nothing to do" is "$status" 0
ok "--apply once more: no file is written" is \
	"$(find "$work/tree" -newer "$work/start" -name '*.c')" ''

# --- what it takes ---

fresh
fix drivers/infiniband
ok "PATH: only what is below it" is "$(grep -c '^diff' "$work/out")" 1
ok "PATH: that file" grep -q "^+++ b/$doorbell" "$work/out"
fix drivers/net
ok "PATH without findings: nothing" is "$status$(cat "$work/out")" 0
fix --rule unmap-attr-mismatch
ok "--rule: nothing of other rules" is "$status$(cat "$work/out")" 0
fix --rule missing-require-coherent -q
ok "--rule: the same patch" cmp "$work/patch" "$work/out"
ok "-q: not a word" is "$(cat "$work/err")" ''
for option in --nonsuch --format=json --to=DMA_ATTR_X --rule=nonsuch; do
	fix $option
	ok "$option: exit status 2" is "$status" 2
	ok "$option: nothing on stdout" is "$(cat "$work/out")" ''
	ok "$option: is named" says "${option%%=*}"
done
fix --apply -o "$work/x"
ok "--apply with -o: exit status 2" is "$status" 2
fix --series
ok "--series without a folder: exit status 2" is "$status" 2
fix nonsuch
ok "a PATH that does not exist: exit status 2" is "$status" 2
ok "nothing of this touched the tree" unchanged

# --- files that are left whole ---

# left TITLE REASON: with --apply the file stays and is named.
left() {
	cp "$work/tree/$doorbell" "$work/before"
	for how in '' --apply; do
		fix --rule $rules $how drivers/infiniband
		ok "$1: exit status 1 ${how:+(--apply)}" is "$status" 1
		ok "$1: nothing on stdout ${how:+(--apply)}" is \
			"$(cat "$work/out")" ''
		ok "$1: named, with the reason ${how:+(--apply)}" \
			says "cannot change $doorbell: $2"
		ok "$1: left whole ${how:+(--apply)}" \
			cmp "$work/before" "$work/tree/$doorbell"
	done
}

sed -i 's/$/\r/' "$work/tree/$doorbell"
left "CRLF" "its lines end in CRLF"
fresh
head -c -1 "testcases/tree/$doorbell" >"$work/tree/$doorbell"
left "no newline at its end" "it has no newline at the end"
fresh
chmod 444 "$work/tree/$doorbell"
left "read-only" "it is read-only"
fresh
mv "$work/tree/$doorbell" "$work/tree/${doorbell%.c}.real"
ln -s doorbell.real "$work/tree/$doorbell"
left "a symbolic link" "it is a symbolic link"
ok "it is still a link" test -L "$work/tree/$doorbell"

# --- what is not certain ---

fresh
sed -i '/ret = dma_map_sgtable/i\
	dma_map_sgtable(dev, bo->table, DMA_TO_DEVICE, 0);' "$work/tree/$demo"
sed -i '/struct sg_table sgt;/a\
	struct sg_table *table;' "$work/tree/drivers/gpu/drm/demo/demo.h"
cp "$work/tree/$demo" "$work/before"
fix --rule $rules --apply drivers/gpu
ok "one call of two in a function: exit status 1" is "$status" 1
ok "one call of two in a function: not fixed" \
	says "not fixed: spatch would also change another call in demo_userptr_map() (line 40)"
ok "one call of two in a function: left whole" cmp "$work/before" "$work/tree/$demo"
fix --rule $rules
ok "and the other file is fixed" grep -q "^+++ b/$doorbell" "$work/out"
ok "says what is left" says "1 of 2 findings fixed; fix the others by hand"

fresh
cat >>"$work/tree/$doorbell" <<-'EOT'

	int demo_map_own(struct ib_device *ibdev, struct demo_doorbell *db)
	{
		struct scatterlist sg;

		sg_init_table(&sg, 1);
		sg_set_page(&sg, alloc_page(GFP_KERNEL), PAGE_SIZE, 0);
		if (ib_dma_map_sg(ibdev, &sg, 1, DMA_TO_DEVICE) != 1)
			return -EIO;
		demo_unmap_sg(ibdev, &sg);
		return 0;
	}
EOT
sed -i '/^void demo_unmap_doorbell/i\
static void demo_unmap_sg(struct ib_device *ibdev, struct scatterlist *sg)\
{\
	ib_dma_unmap_sg(ibdev, sg, 1, DMA_TO_DEVICE);\
}\

	s/ib_dma_unmap_sg(ibdev, &db->sg, 1, DMA_TO_DEVICE)/demo_unmap_sg(ibdev, \&db->sg)/
' "$work/tree/$doorbell"
fix --rule $rules drivers/infiniband
ok "an unmap that others share: exit status 1" is "$status" 1
ok "an unmap that others share: not fixed" \
	says "not fixed: $doorbell:32 also unmaps the memory that"

fresh
cat >>"$work/tree/$doorbell" <<-'EOT'

	void demo_free_coherent(struct device *dev, struct demo_doorbell *db)
	{
		dma_free_coherent(dev, PAGE_SIZE, page_address(sg_page(&db->sg)),
				  sg_dma_address(&db->sg));
	}
EOT
fix --rule missing-require-coherent drivers/infiniband
ok "the free of what may be coherent memory: exit status 0" is "$status" 0
ok "the free of what may be coherent memory is no unmap" is \
	"$(grep -c '^+.*REQUIRE_COHERENT' "$work/out")" 2

fresh
sed -i '/define DMA_ATTR_REQUIRE_COHERENT/d' "$work/tree/include/linux/dma-mapping.h"
sed -i 's/DMA_ATTR_REQUIRE_COHERENT/0/' "$work/tree/drivers/infiniband/hw/demo/mr.c"
cp -r "$work/tree" "$work/without"
fix --apply
ok "a kernel without the attribute: exit status 1" is "$status" 1
ok "a kernel without the attribute: said" \
	says "Linux 7.2.0-sample does not define DMA_ATTR_REQUIRE_COHERENT"
ok "a kernel without the attribute: nothing changed" \
	diff -r "$work/without" "$work/tree"
rm -rf "$work/without"

# --- spatch ---

fresh
mkdir "$work/bin" "$work/tools" "$work/tmp"
ln -s /usr/bin/* "$work/tools/" && rm -f "$work/tools/spatch"

# unusable STATUS TITLE REASON: it says why, and changes nothing.
unusable() {
	want=$1
	shift
	PATH=$path TMPDIR=$work/tmp fix --apply
	ok "spatch $1: exit status $want" is "$status" "$want"
	ok "spatch $1: says '$2'" says "$2"
	ok "spatch $1: nothing on stdout" is "$(cat "$work/out")" ''
	ok "spatch $1: the tree is as it was" unchanged
	ok "spatch $1: nothing is left in the temporary folder" is \
		"$(ls "$work/tmp")" ''
}

# fake: an spatch that does what stdin says; its version is a good one.
fake() {
	{
		echo '#!/bin/sh'
		echo 'case $1 in --version)'
		echo "echo \"spatch version ${1-1.1.1} compiled with OCaml\"; exit"
		echo 'esac'
		echo 'while [ "$1" != --in-place ]; do shift; done; file=$2'
		cat
	} >"$work/bin/spatch"
	chmod +x "$work/bin/spatch"
	path=$work/bin:$PATH
}

path=$work/tools
unusable 2 "missing" "error: spatch not found; install coccinelle"
fake 0.9.8 </dev/null
unusable 2 "too old" "version 0.9.8, but 1.0 or later is needed"
fake <<'EOT'
kill -SEGV $$
EOT
unusable 1 "crashing" "killed by signal 11"
fake <<'EOT'
echo "half a" >$file; echo "Fatal error: exception Not_found" >&2; exit 2
EOT
unusable 1 "failing" "exit status 2: Fatal error: exception Not_found"
fake <<'EOT'
head -n 42 $file | sed s/,.0\)/DMA_ATTR/ >$file.new; mv $file.new $file
EOT
unusable 1 "writing half a file" "not fixed"
fake <<'EOT'
rm -f $file
EOT
unusable 1 "removing the file" "not fixed"
fake <<'EOT'
exec sleep 600
EOT
DMACHECK_SPATCH_TIMEOUT=1
export DMACHECK_SPATCH_TIMEOUT
unusable 1 "hanging" "no end after 1 second"
DMACHECK_SPATCH_TIMEOUT=soon
fix
ok "a time that is no number: exit status 2" is "$status" 2
ok "a time that is no number: said" says "DMACHECK_SPATCH_TIMEOUT is 'soon'"
unset DMACHECK_SPATCH_TIMEOUT

# --- Ctrl-C ---

fake <<EOT
echo \$\$ >$work/pid
exec sleep 600
EOT
for signal in INT TERM; do
	rm -f "$work/pid"
	PATH=$path TMPDIR=$work/tmp setsid env --default-signal=INT \
		"$DMACHECK" fix --no-config -C "$work/tree" --arch x86 \
		--cache "$work/cache" --apply \
		>"$work/out" 2>"$work/err" </dev/null &
	job=$!
	tries=0
	until [ -s "$work/pid" ] || [ $tries = 100 ]; do
		sleep 0.1
		tries=$((tries + 1))
	done
	ok "SIG$signal: spatch runs" test -s "$work/pid"
	kill -$signal $job
	wait $job 2>/dev/null
	status=$?
	ok "SIG$signal: the exit status tells" test $status -ge 128
	sleep 0.2
	ok "SIG$signal: spatch is gone" test ! -d "/proc/$(cat "$work/pid")"
	ok "SIG$signal: nothing is left in the temporary folder" is \
		"$(ls "$work/tmp")" ''
	ok "SIG$signal: the tree is as it was" unchanged
done
done_testing
