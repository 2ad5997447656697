# SPDX-License-Identifier: GPL-2.0-only
# dmacheck patch: a change cannot be hidden from it, whatever the patch is.
. tools/tap.sh

export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
export GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
export GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
unset GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

tree=$work/tree
mr=drivers/infiniband/hw/demo/mr.c
net=drivers/net/innocent/innocent.c

patch() {
	last="$DMACHECK patch --arch x86 --cache $work/cache -C $tree $*"
	timeout 120 "$DMACHECK" patch --arch x86 --cache "$work/cache" \
		-C "$tree" "$@" >"$work/out" 2>"$work/err"
	status=$?
}
git() { command git -C "$tree" "$@"; }
found() { is "$status" 1 && grep "^$mr:46:8: error" "$work/out"; }
# refused TITLE TEXT: exit status 2, and it says why.
refused() {
	ok "$1: exit status 2" is "$status" 2
	ok "$1: says '$2'" says "$2"
	ok "$1: does not say 'nothing found'" \
		is "$(grep 'nothing found' "$work/err")" ''
}

cp -r testcases/tree "$tree"
git init -q -b master && git add -A && git commit -qm 'all of it'
sed -i 's/= DMA_ATTR_REQUIRE_COHERENT;/= 0;/' "$tree/$mr"
git diff >"$work/bad.patch"
git commit -qam 'RDMA/demo: drop the attribute'
git format-patch -q --stdout -1 >"$work/bad.mail"
git reset -q --hard HEAD^
sed -i 's/^MODULE_LICENSE.*/&\n/' "$tree/$net"
git diff >"$work/good.patch"
git reset -q --hard
patch "$work/bad.patch"
ok "the patch as it is" found

# --- what is no regular file ---

mkfifo "$work/fifo"
cat "$work/bad.patch" >"$work/fifo" &
patch "$work/fifo"
ok "a FIFO" found
cat "$work/bad.patch" | "$DMACHECK" patch --arch x86 \
	--cache "$work/cache" -C "$tree" /dev/stdin >"$work/out" 2>"$work/err"
status=$?
ok "/dev/stdin" found
patch - <"$work/bad.mail"
ok "a mail on stdin" found
patch /dev/zero
refused "an endless device" 'NUL bytes'

# --- what is no patch ---

echo hello >"$work/hello"
patch "$work/hello"
refused "no diff" 'there is no diff in it'
: >"$work/empty"
patch "$work/empty"
refused "an empty file" 'there is no diff in it'
patch "$work/hello" "$work/bad.patch"
ok "a text and a patch" found
gzip -c "$work/bad.patch" >"$work/bad.gz"
patch "$work/bad.gz"
refused "gzip" 'compressed (gzip)'
iconv -t UTF-16 "$work/bad.patch" >"$work/utf16"
patch "$work/utf16"
refused "UTF-16" 'UTF-16 text'
iconv -t UTF-16LE "$work/bad.patch" >"$work/utf16"
patch "$work/utf16"
refused "UTF-16 without a mark" 'NUL bytes'
{ printf '\357\273\277'; cat "$work/bad.mail"; } >"$work/bom"
patch "$work/bom"
ok "UTF-8 with a mark" found
sed 's/^--- a/*** a/; s/^+++ b/--- b/' "$work/bad.patch" >"$work/context"
patch "$work/context"
refused "a context diff" 'context diff'

# --- what is cut off ---

lines=$(wc -l <"$work/bad.mail")
for pattern in '^diff --git' '^index' '^@@' '^+++'; do
	n=$(grep -n -m 1 "$pattern" "$work/bad.mail" | cut -d : -f 1)
	head -n "$n" "$work/bad.mail" >"$work/cut"
	patch "$work/cut"
	ok "a mail that ends with '$pattern': exit status 2" is "$status" 2
done
head -n $((lines - 7)) "$work/bad.mail" >"$work/cut"
patch "$work/cut"
ok "a mail that ends in a hunk: exit status 2" is "$status" 2
{ sed -n '1,/^---$/p' "$work/bad.mail"
  printf ' x.c | 2 +-\n y.c | 9 +++++++++\n 2 files changed, 10 insertions(+), 1 deletion(-)\n\n'
  cat "$work/bad.patch"; } >"$work/cut"
patch "$work/cut"
refused "a mail with less than its diffstat" 'is incomplete'

# --- what hides a change ---

{ sed -n '1,/^---$/p' "$work/bad.mail"; printf 'a\0b\n'
  sed '1,/^---$/d' "$work/bad.mail"; } >"$work/nul"
patch "$work/nul"
refused "a NUL byte in the mail" 'NUL bytes'
{ printf 'From: a\nSubject: x\nContent-Transfer-Encoding: base64\nContent-Type: text/plain; charset=UTF-8\n\n'
  { printf 'x\n---\na\0b\n'; cat "$work/bad.patch"; } | base64; } >"$work/nul"
patch "$work/nul"
refused "a NUL byte in what a mail encodes" 'NUL bytes'

# binary NAME: a section that says that NAME is binary.
binary() { printf 'diff --git a/%s b/%s\nindex 111..222 100644\nBinary files a/%s and b/%s differ\n' "$1" "$1" "$1" "$1"; }
{ binary $mr; sed '/^diff --git/d; /^index/d' "$work/bad.patch"; } >"$work/hidden"
patch "$work/hidden"
ok "'Binary files differ' before a text hunk" found
ok "'Binary files differ' before a text hunk: named" says "$mr is binary and is not checked"
{ cat "$work/bad.patch"; echo "Binary files a/$mr and b/$mr differ"; } >"$work/hidden"
patch "$work/hidden"
ok "'Binary files differ' behind a text hunk" found
{ binary 'drivers/*'; cat "$work/bad.patch"; } >"$work/hidden"
patch "$work/hidden"
ok "a glob as the name of a binary file" found
{ i=0; while [ $i -lt 30 ]; do binary "logo$i.bin"; i=$((i + 1)); done
  cat "$work/bad.patch"; } >"$work/hidden"
patch "$work/hidden"
ok "30 binary files" found
ok "30 binary files: each is named" says 'logo29.bin is binary and is not checked'
binary firmware.bin >"$work/binary"
patch "$work/binary"
ok "a binary file alone" is "$status" 0
ok "a binary file alone: named" says 'firmware.bin is binary and is not checked'

# A source file as a binary patch.
echo '*.c binary' >"$tree/.git/info/attributes"
sed -i 's/= DMA_ATTR_REQUIRE_COHERENT;/= 0;/' "$tree/$mr"
git diff --binary --full-index >"$work/hidden"
git reset -q --hard
ok "a source file as a binary patch: it is one" \
	grep -q '^GIT binary patch' "$work/hidden"
patch "$work/hidden"
ok "a source file as a binary patch" found
done_testing
