# SPDX-License-Identifier: GPL-2.0-only
# The cache makes things faster and never wrong.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
tree=$work/tree

check -C "$tree"
cp "$work/out" "$work/expected"
ok "there are findings" test -s "$work/expected"
check -C "$tree"
ok "from the cache" diff -u "$work/expected" "$work/out"
run check --arch x86 --no-cache -C "$tree"
ok "without a cache" diff -u "$work/expected" "$work/out"

find "$work/cache" -type f | while read -r file; do
	echo garbage >"$file"
done
check -C "$tree"
ok "garbage in the cache" diff -u "$work/expected" "$work/out"
find "$work/cache" -type f -exec truncate -s 0 {} +
check -C "$tree"
ok "empty files in the cache" diff -u "$work/expected" "$work/out"

# What changes is seen.
file=$tree/drivers/gpu/drm/demo/demo_userptr.c
sed -i 's/\(dma_map_sgtable(.*\), 0)/\1, DMA_ATTR_REQUIRE_COHERENT)/' "$file"
check -C "$tree" --rule missing-require-coherent drivers/gpu
ok "a changed file" is "$status $(cat "$work/out")" "0 "
sed -i 's/, DMA_ATTR_REQUIRE_COHERENT)/, 0)/' "$file"
check -C "$tree"
ok "and changed back" diff -u "$work/expected" "$work/out"
cat >>"$tree/include/rdma/ib_verbs.h" <<-'EOT'
	#define ib_dma_map_sg(dev, sg, nents, direction) \
		ib_dma_map_sg_attrs(dev, sg, nents, direction, DMA_ATTR_REQUIRE_COHERENT)
	EOT
check -C "$tree" --rule missing-require-coherent drivers/infiniband
ok "a changed header" is "$status $(cat "$work/out")" "0 "

# A cache in another place is not needed; the user's own is the default.
HOME=$work/home XDG_CACHE_HOME='' run check --arch x86 -C "$tree" drivers/net
ok "the default is in ~/.cache" test -d "$work/home/.cache/dmacheck"
XDG_CACHE_HOME=$work/xdg run check --arch x86 -C "$tree" drivers/gpu
ok "or in XDG_CACHE_HOME" test -d "$work/xdg/dmacheck"
done_testing
