# SPDX-License-Identifier: GPL-2.0-only
# A source file that takes all the memory that it can get.
. tools/tap.sh

cannot "--memory: no size" "is not a size" --memory much
cannot "--memory: not enough for any file" "of at least 64 MB" --memory 3M
if grep -q libasan "$DMACHECK"; then
	ok "memory is limited # SKIP not with AddressSanitizer" true
	done_testing
	exit
fi

tree=$work/tree
demo=$tree/drivers/infiniband/hw/demo
cp -r testcases/tree "$tree"
cat >"$demo/bomb.c" <<'EOT'
#include <linux/mm.h>
#define A(...) __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__, __VA_ARGS__
#define B(...) A(A(A(A(__VA_ARGS__))))
int bomb[] = { B(B(1)) };
int bomb_pin(struct page **pages);
int bomb_pin(struct page **pages)
{
	return pin_user_pages_fast(0, 1, 0, pages);
}
EOT
sed -i 's/main.o/main.o bomb.o/' "$demo/Makefile"
reason='drivers/infiniband/hw/demo/bomb.c: libclang took more than 128 MB of memory (--memory)'
check -C "$tree" --memory 128M -v
ok "the file is named, with the reason" says "$reason"
ok "the verdict is partial" says "1 of 5 relevant files not read"
ok "the others are read" is "$status$(grep -c ': error: ' "$work/out")" 12
check -C "$tree" --memory 128M -v
ok "it is tried again by the next run" says "$reason"
check -C "$tree" --memory 128M --no-cache
ok "without a cache: the same" is "$status$(grep -c ': error: ' "$work/out")" 12
sed -i 's/B(B(1))/B(1)/' "$demo/bomb.c"
check -C "$tree" --memory 128M
ok "a smaller one is read" says "5 relevant, 5 analysed"
check -C "$tree" --memory 0 --no-cache
ok "without a limit" says "5 relevant, 5 analysed"
done_testing
