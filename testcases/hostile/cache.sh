# SPDX-License-Identifier: GPL-2.0-only
# Random bytes anywhere in the database of facts: it is made anew, the report
# is the same.
. tools/tap.sh

check -C testcases/tree
cp "$work/out" "$work/expected"
ok "there are findings" test -s "$work/expected"
db=$(echo "$work"/cache/facts-*.sqlite)
# What the run has is in the file, not in the log beside it.
cp "$db" "$work/good"
size=$(stat -c %s "$db")

# spoil SEED: some pieces of it, each of a random length.
spoil() {
	rm -f "$db-wal" "$db-shm"
	cp "$work/good" "$db"
	awk -v seed="$1" -v size="$size" 'BEGIN {
		srand(seed)
		for (n = 0; n < 1 + seed % 8; n++)
			print int(rand() * size), 1 + int(rand() * 3000)
		if (seed % 3 == 0)
			print int(rand() * 100), 1 + int(rand() * 20)
	}' | while read -r at len; do
		head -c "$len" /dev/urandom |
			dd of="$db" bs=1 seek="$at" conv=notrunc 2>"$work/dd"
	done
}

for seed in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
	spoil $seed
	printf '[sink]\nnonsuch_%s = memory:1 attrs:2\n' $seed >"$work/api-$seed.conf"
	check -C testcases/tree
	ok "damage $seed: the same report" diff -u "$work/expected" "$work/out"
	# So that facts are written, too.
	check -C testcases/tree --rule missing-require-coherent --api "$work/api-$seed.conf"
	ok "damage $seed: goes on" [ $status -lt 2 ]
	check -C testcases/tree
	ok "damage $seed: and afterwards" diff -u "$work/expected" "$work/out"
done
done_testing
