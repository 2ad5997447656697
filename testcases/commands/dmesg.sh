# SPDX-License-Identifier: GPL-2.0-only
# explain --dmesg: what a kernel log says about the DMA API.
. tools/tap.sh

tree=$work/tree
cp -r testcases/tree "$tree"
mkdir "$tree/drivers/plover"
sed -i '1,/^obj-/s,^obj-.*,&\nobj-m += plover/,' "$tree/drivers/Makefile"
echo 'obj-m += plover.o' >"$tree/drivers/plover/Makefile"
cat >"$tree/drivers/plover/plover.c" <<'EOT'
#include <linux/dma-mapping.h>

int plover_start(dma_addr_t addr);
int plover_send(struct device *dev, void *buf);

int plover_send(struct device *dev, void *buf)
{
	dma_addr_t addr = dma_map_single(dev, buf, 64, DMA_TO_DEVICE);
	int ret;

	if (dma_mapping_error(dev, addr))
		return -ENOMEM;
	ret = plover_start(addr);
	dma_unmap_single(dev, addr, 32, DMA_TO_DEVICE);
	return ret;
}
EOT
cat >"$work/dmesg" <<'EOT'
[    1.000000] plover: loaded
[   10.000001] ------------[ cut here ]------------
[   10.000002] DMA-API: plover 0000:00:03.0: device driver frees DMA memory with different size [device address=0x000000001b405800] [map size=64 bytes] [unmap size=32 bytes]
[   10.000003] WARNING: CPU: 0 PID: 1 at kernel/dma/debug.c:1014 check_unmap+0xa9f/0xb60
[   10.000004] Modules linked in: plover(O+) [last unloaded: knot]
[   10.000005] RIP: 0010:check_unmap+0xa9f/0xb60
[   10.000006] Call Trace:
[   10.000007]  <TASK>
[   10.000008]  debug_dma_unmap_phys+0x5a/0x60
[   10.000009]  ? srso_return_thunk+0x5/0x5f
[   10.000010]  plover_send.isra.0+0x86/0xa0 [plover]
[   10.000011]  plover_ioctl+0x12f/0x1a0 [plover]
[   10.000012]  </TASK>
[   10.000013] ---[ end trace 0000000000000000 ]---
[   10.000014] DMA-API: Mapped at:
[   10.000015]  debug_dma_map_phys+0x3b/0x90
[   10.000016]  plover_send.isra.0+0x2a/0xa0 [plover]
[   10.000017] plover: unrelated+0x1/0x2
[   11.000000] plover 0000:00:03.0: swiotlb buffer is full (sz: 262144 bytes), total 32768 (slots), used 2 (slots)
EOT
explain() { run explain --arch x86 --cache "$work/cache" --dmesg "$@"; }
said() { grep -F -e "$1" "$work/out"; }

explain "$work/dmesg" -C "$tree"
ok "exit status 0" is "$status" 0
ok "the warning, with its line" said "dmesg:3: DMA-API: plover 0000:00:03.0: device driver frees"
ok "what it means" said "the unmap or free has another size"
ok "the rule" said "rules: size-mismatch"
ok "the function, without what the compiler adds to its name" \
	said "called from: plover_send() in drivers/plover/plover.c"
ok "one that is not in the tree" said "plover_ioctl()"
ok "where it was mapped" said "mapped in: plover_send() in drivers/plover/plover.c"
ok "the finding" said "drivers/plover/plover.c:14:2: warning: dma_unmap_single() with another size"
ok "a line without a trace" said "dmesg:19: plover 0000:00:03.0: swiotlb buffer is full"
ok "no other line" is "$(grep -c '^[^ ]' "$work/out")" 2

(cd "$work" && sed 's/^\[[^]]*\] //' dmesg >short &&
	"$DMACHECK" explain --dmesg short >out 2>err </dev/null)
ok "without a tree: the rule" said "rules: size-mismatch"
ok "without a tree: says so" says "with -C DIR"
sed 's/DMA-API/dma/; s/swiotlb//; s/device driver/driver/; s/frees DMA memory//' \
	"$work/dmesg" >"$work/nothing"
explain "$work/nothing"
ok "nothing of the DMA API: says so" says "has no warning of the DMA API"
explain "$work/dmesg" gfp-zero
ok "with a rule: exit status 2" is "$status" 2
explain "$work/nonsuch"
ok "no such log: exit status 2" is "$status" 2
ok "no such log: says so" says "cannot read $work/nonsuch"
# All messages that are known, by what is looked for.
sed -n 's/.*\.text = "\(.*\)", \.also = "\(.*\)",/\1 \2/p; s/.*\.text = "\(.*\)",$/\1/p' \
	checkers/knowledge/kernel-log.c >"$work/all"
explain "$work/all" -C "$tree"
ok "all messages: exit status 0" is "$status" 0
ok "all messages: each is known" is "$(grep -c '^[^ ]' "$work/out")" "$(wc -l <"$work/all")"
sed -n 's/^    rules: //p' "$work/out" | tr ',' '\n' | sort -u >"$work/rules"
ok "all messages: their rules exist" sh -c "! while read -r rule; do
	'$DMACHECK' explain \$rule >/dev/null || echo no; done <'$work/rules' | grep no"
head -c 100000 /dev/urandom >"$work/random"
explain "$work/random"
ok "random bytes: exit status 0" is "$status" 0
done_testing
