# SPDX-License-Identifier: GPL-2.0-only
# sparse that is missing, crashes, hangs or talks nonsense costs what it would
# have found, says so, and nothing else. The same for files it cannot read.
. tools/tap.sh
cp -r testcases/tree "$work/tree"
tree=$work/tree
demo=$tree/drivers/infiniband/hw/demo
bin=$PWD/$work/bin
case $work in /*) bin=$work/bin ;; esac
path=$PATH runs=$(dirname "$bin")/runs
export DMACHECK_FILE_TIMEOUT=20

cat >"$demo/wrong.c" <<-EOT
	#include <linux/dma-mapping.h>
	dma_addr_t wrong(struct device *dev, void __user *p);
	dma_addr_t wrong(struct device *dev, void __user *p)
	{
		return dma_map_single(dev, p, 8, DMA_TO_DEVICE);
	}
EOT
cat >"$demo/partly.c" <<-EOT
	#include <linux/dma-mapping.h>
	#include <linux/io.h>
	#ifdef __CHECKER__
	int x = nonsuch;
	#endif
	void partly(struct scatterlist *sg, void __iomem *p);
	void partly(struct scatterlist *sg, void __iomem *p)
	{
		sg_init_one(sg, p, 8);
	}
EOT
sed -i 's/:= main.o/:= main.o wrong.o/' "$demo/Makefile"
mv "$demo/partly.c" "$work"

# fake LINES: a sparse that does this, once it has said its version.
fake() {
	PATH=$path
	rm -rf "$bin" && mkdir -p "$bin"
	{
		echo '#!/bin/sh'
		echo 'case $1 in --version) echo "fake $VERSION"; exit ;; esac'
		cat
	} >"$bin/sparse"
	chmod +x "$bin/sparse"
	PATH=$bin:$path
	# Another version: nothing of what was kept is good.
	VERSION=$((${VERSION-0} + 1))
	export PATH VERSION
}
reports() { check -C "$tree" --format json -o "$work/report.json" "$@"; }
by_rule() { jq -c --arg rule "$1" '[.findings[] | select(.rule == $rule)]' "$work/report.json"; }
reason() {
	jq -r --arg file "drivers/infiniband/hw/demo/$1" '.coverage.not_analysed[]
		| select(.file == $file) | .reason' "$work/report.json"
}
# The others' findings are what they were, and wrong.c's is not there.
others() {
	ok "$1: exit status 1" is "$status" 1
	ok "$1: others' findings stay" is "$(by_rule missing-require-coherent)" "$expected"
	ok "$1: nothing of its own" is "$(by_rule user-ptr-to-dma)" '[]'
}

: >"$work/start"
reports
expected=$(by_rule missing-require-coherent)
ok 'with sparse: found' is "$(by_rule user-ptr-to-dma | jq -r '.[] | "\(.file):\(.line) \(.level) \(.function) \(.module)"')" \
	'drivers/infiniband/hw/demo/wrong.c:5 error wrong ib_core'
ok 'with sparse: nothing is missing' is "$(jq -c .coverage.not_analysed "$work/report.json")" '[]'
ok 'nothing is written' untouched "$tree"

# A second run has nothing to ask sparse, until a header changes.
real=$(command -v sparse)
mkdir -p "$bin"
cat >"$bin/sparse" <<-EOT
	#!/bin/sh
	[ "\$1" = --version ] || echo run >>$runs
	exec $real "\$@"
EOT
chmod +x "$bin/sparse"
PATH=$bin:$path
: >"$runs"
reports
ok 'a second run finds the same' is "$(by_rule user-ptr-to-dma | jq length)" 1
ok 'and runs sparse on no file' is "$(cat "$runs")" ''
echo '/* touched */' >>"$tree/include/linux/dma-mapping.h"
reports
ok 'a header that changed: once more' is "$(cat "$runs")" run
sed -i '$d' "$tree/include/linux/dma-mapping.h"

# Everything but sparse.
PATH=$path
rm -rf "$bin" && mkdir -p "$bin"
for dir in $(echo "$path" | tr : ' '); do
	ln -s "$dir"/* "$bin" 2>/dev/null
done
rm -f "$bin/sparse"
PATH=$bin
reports
others missing
ok 'missing: said' says 'sparse was not run over 1 file: sparse cannot be started: No such file or directory'
ok 'missing: what to do' says 'apt-get install sparse'
ok 'missing: one line' is "$(grep -c sparse "$work/err")" 1
ok 'missing: in the report' is "$(jq -r '.coverage.not_analysed[] | .file + ": " + .reason' "$work/report.json" | cut -d: -f1-3)" \
	'.: sparse was not run over 1 file: sparse cannot be started'
check -C "$tree" --engine clang
ok 'missing, and not asked for: nothing is said' is "$(grep -c sparse "$work/err")" 0

fake <<-'EOT'
	kill -SEGV $$
EOT
reports
others crash
ok 'crash: said' says 'coverage: 1 file: not seen by sparse to the end'
ok 'crash: named' is "$(reason wrong.c)" \
	'not seen by sparse to the end: killed by signal 11 (Segmentation fault)'

nap=7654.$$
fake <<-EOT
	sleep $nap &
	sleep $nap
EOT
DMACHECK_FILE_TIMEOUT=1
reports
others hang
ok 'hang: named' is "$(reason wrong.c)" \
	'not seen by sparse to the end: no end after 1 seconds'
ok 'hang: nothing is left' is "$(pgrep -f "^sleep $nap" | wc -l)" 0
DMACHECK_FILE_TIMEOUT=20

fake <<-'EOT'
	echo 'What is this?'
	echo '::: warning: incorrect type in argument'
	echo 'x.c:1:1: warning: incorrect type in argument 99999999999999999999 (different address spaces)'
	echo 'x.c:1:1:    expected'
	echo '/nonsuch.c:4294967296:7: warning: cast removes address space '
	printf '\000\377\n'
EOT
reports
others garbage
ok 'garbage: named' is "$(reason wrong.c)" \
	'sparse said something strange: What is this?'

fake <<-'EOT'
	yes 'x.c:1:1: warning: so it goes'
EOT
reports
others endless
ok 'endless: named' is "$(reason wrong.c)" \
	'not seen by sparse to the end: more than 16777216 bytes of output'

fake <<-'EOT'
	exit 3
EOT
reports
others refuses
ok 'refuses: named' is "$(reason wrong.c)" \
	'not seen by sparse to the end: exit status 3'

PATH=$path
rm -rf "$bin" && mkdir -p "$bin"
echo '#!/bin/sh
exit 7' >"$bin/sparse"
chmod +x "$bin/sparse"
PATH=$bin:$path
reports
others 'no version'
ok 'no version: said' says 'sparse was not run over 1 file: `sparse --version` failed: exit status 7'
PATH=$path

# Mended: what was lost is there again.
reports
ok 'mended: found' is "$(by_rule user-ptr-to-dma | jq length)" 1

mv "$work/partly.c" "$demo"
sed -i 's/ wrong.o/ wrong.o partly.o/' "$demo/Makefile"
reports
ok 'an error: named' is "$(reason partly.c)" "seen by sparse in part: it found \
1 error, at drivers/infiniband/hw/demo/partly.c:4: undefined identifier 'nonsuch'"
ok 'an error: the other file is found' is "$(by_rule user-ptr-to-dma | jq length)" 1
reports
ok 'an error is remembered' is "$(reason partly.c | cut -d: -f1)" 'seen by sparse in part'

# A line of 800 KB with 200000 strings is no more work than many short ones.
{
	echo "#include <linux/dma-mapping.h>"
	printf "static const char *const table[] = {"
	yes "\"a\"," | head -n 200000 | tr -d "\n"
	echo "};"
	sed 1d "$demo/wrong.c"
} >"$work/long.c"
cp "$work/long.c" "$demo/wrong.c"
reports
ok "a long line: found" is "$(by_rule user-ptr-to-dma | jq -r ".[].line")" 6

# --engine
check -C "$tree" --engine sparse --format json -o "$work/report.json"
ok '--engine sparse: exit status 1' is "$status" 1
ok '--engine sparse: this alone' is "$(jq -r '[.findings[].rule] | unique | join(" ")' "$work/report.json")" user-ptr-to-dma
check -C "$tree" --engine clang --format json -o "$work/report.json"
ok '--engine clang: not this' is "$(by_rule user-ptr-to-dma)" '[]'
ok '--engine clang: no word of sparse' is "$(grep -c sparse "$work/report.json")" 0
check -C "$tree" --engine clang,sparse --format json -o "$work/report.json"
ok '--engine clang,sparse: this, too' is "$(by_rule user-ptr-to-dma | jq length)" 1
check -C "$tree" --engine clang --rule user-ptr-to-dma
ok 'a rule without its engine: said' says '--rule user-ptr-to-dma finds nothing without the engine sparse'
cannot '--engine nonsuch' "there is no engine 'smatch'; the engines are clang and sparse" --engine clang,smatch
cannot '--engine of nothing' "there is no engine ''" --engine ''
done_testing
