# SPDX-License-Identifier: GPL-2.0-only
# What should be a file and is a FIFO, a device or huge is refused and named;
# nothing waits for it or reads it into memory.
. tools/tap.sh

fifo=$work/fifo
mkfifo "$fifo"
truncate -s 3G "$work/huge"

# Fails by its status, 124, if it takes that long.
real=$DMACHECK
cat >"$work/limited" <<-EOT
	#!/bin/sh
	exec timeout 60 "$real" "\$@"
EOT
chmod +x "$work/limited"
DMACHECK=$work/limited

for file in "$fifo" /dev/zero "$work/huge"; do
	for option in --policy --api --baseline; do
		check -C testcases/tree $option "$file"
		ok "$option $(basename "$file"): exit status 2" is $status 2
		ok "$option $(basename "$file"): named" says "$file"
	done
done

tree=$work/tree demo=drivers/infiniband/hw/demo
cp -r testcases/tree "$tree"
mkfifo "$tree/$demo/fifo.c"
ln -s /dev/zero "$tree/$demo/zero.c"
truncate -s 200M "$tree/$demo/huge.c"
check -C "$tree" -v
ok "sources: the others are read" is $status 1
for name in fifo zero huge; do
	ok "$name.c: named" says "$demo/$name.c"
done
check -C "$tree" "$demo/fifo.c"
ok "a FIFO as PATH: exit status 2" is $status 2
ok "a FIFO as PATH: named" says "fifo.c is neither a regular file nor a folder"
rm "$tree/$demo/fifo.c" "$tree/$demo/zero.c" "$tree/$demo/huge.c"

sed -i '1a #include "fifo.h"' "$tree/$demo/doorbell.c"
mkfifo "$tree/$demo/fifo.h"
DMACHECK_FILE_TIMEOUT=2
export DMACHECK_FILE_TIMEOUT
check -C "$tree" -v
unset DMACHECK_FILE_TIMEOUT
ok "a FIFO as a header: does not hang" [ $status -lt 2 ]
ok "a FIFO as a header: costs the file that includes it" \
	says "$demo/doorbell.c"
rm "$tree/$demo/fifo.h"
cp testcases/tree/$demo/doorbell.c "$tree/$demo/"

rm "$tree/$demo/Makefile"
mkfifo "$tree/$demo/Makefile"
check -C "$tree"
ok "a FIFO as a Makefile: exit status 2" is $status 2
ok "a FIFO as a Makefile: named" says "$demo/Makefile is not a regular file"

rm "$tree/Makefile"
mkfifo "$tree/Makefile"
check -C "$tree"
ok "a FIFO as the top Makefile: exit status 2" is $status 2
ok "a FIFO as the top Makefile: named" says "$tree/Makefile"

done_testing
