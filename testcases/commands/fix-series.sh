# SPDX-License-Identifier: GPL-2.0-only
# dmacheck fix --series: patches that can be mailed.
. tools/tap.sh

demo=drivers/gpu/drm/demo/demo_userptr.c
doorbell=drivers/infiniband/hw/demo/doorbell.c
cover=0000-cover-letter.patch

# Nobody's configuration but the test's.
HOME=$work XDG_CONFIG_HOME=$work GIT_CONFIG_NOSYSTEM=1
export HOME XDG_CONFIG_HOME GIT_CONFIG_NOSYSTEM
unset GIT_AUTHOR_NAME GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL \
	EMAIL GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

series() {
	rm -rf "$work/series"
	run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" \
		--series "$work/series" "$@"
}
has() { grep -q -e "$1" "$work/series/$2"; }
subject() {
	sed -n "/^Subject: /{:a;N;s/\\n / /;ta;s/\\n.*//;s/^Subject: //p;q}" "$work/series"/"$1"*
}

# --- without git ---

cp -r testcases/tree "$work/tree"
series
ok "exit status 0" is "$status" 0
(cd "$work/series" && ls) >"$work/names"
ok "a cover letter, and a patch of each module" is "$(tr '\n' ' ' <"$work/names")" \
	"$cover 0001-drm-demo-map-user-memory-with-DMA_ATTR_REQUIRE_COHER.patch 0002-RDMA-demo-Map-user-memory-with-DMA_ATTR_REQUIRE_COHE.patch "
sed "s,^,$work/series/," "$work/names" >"$work/paths"
ok "their names on stdout, and nothing else" diff "$work/paths" "$work/out"
ok "the tree is as it was" diff -r testcases/tree "$work/tree"
ok "the cover letter's subject" is "$(subject 0000)" \
	"[PATCH 0/2] Map user memory with DMA_ATTR_REQUIRE_COHERENT"
ok "it lists the patches" has "^  drm/demo: map user memory" $cover
ok "it says how much" has "^ 2 files changed, 8 insertions(+), 4 deletions(-)" $cover
ok "a subject from the path" is "$(subject 0001)" \
	"[PATCH 1/2] drm/demo: map user memory with DMA_ATTR_REQUIRE_COHERENT"
ok "RDMA has capitals" is "$(subject 0002)" \
	"[PATCH 2/2] RDMA/demo: Map user memory with DMA_ATTR_REQUIRE_COHERENT"
patch1=$(sed -n 2p "$work/names")
grep "drm/demo" testcases/tree.expected | sed 's/ \[.*\]$//; s/^/  /' >"$work/quote"
grep -x -F -f "$work/quote" "$work/series/$patch1" >"$work/quoted"
ok "the finding is quoted, and its trace" diff "$work/quote" "$work/quoted"
ok "who wrote it: nobody in particular" has '^From: dmacheck <' "$patch1"
ok "a date as mails have it" has \
	'^Date: [MTWFS][a-z][a-z], [ 0-9][0-9] [A-Z][a-z][a-z] 20[0-9][0-9] [0-9:]* [-+][0-9]*$' \
	"$patch1"
ok "signed off by nobody" is \
	"$(grep -l 'Signed-off-by\|Fixes:' "$work"/series/*)" ''
for file in "$work"/series/*; do
	sed '/^Subject: /d; /^---$/q' "$file" | grep -v '^  [a-z]*/' | grep '.\{76\}'
done >"$work/long"
ok "no line is longer than 75 columns" is "$(cat "$work/long")" ''

cp -r "$work/series" "$work/again"
run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" --series "$work/again"
ok "a folder with files in it: exit status 2" is "$status" 2
ok "a folder with files in it: said" says "$work/again is not empty"
ok "a folder with files in it: stays" diff -r "$work/series" "$work/again"
rm -rf "$work/again"
mkdir "$work/again"
run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" --series "$work/again"
ok "an empty folder is taken" test -f "$work/again/$cover"
run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" --series "$work/start/x"
ok "a folder that cannot be made: exit status 2" is "$status" 2
for option in --apply "-o $work/x"; do
	# shellcheck disable=SC2086 # an option and its argument
	series $option
	ok "with $option: exit status 2" is "$status" 2
	ok "with $option: no folder" test ! -e "$work/series"
done
series drivers/net
ok "nothing to write: no folder" test ! -e "$work/series"
ok "nothing to write: exit status 0, nothing said on stdout" \
	is "$status$(cat "$work/out")" 0
series drivers/gpu
ok "one patch: numbered all the same" is "$(subject 0001 | cut -c 1-11)" \
	"[PATCH 1/1]"
chmod 444 "$work/tree/$doorbell"
series
ok "what is left: exit status 1" is "$status" 1
ok "what is left: the cover letter says so" has "^  $doorbell:23:6: error: " $cover
chmod 644 "$work/tree/$doorbell"

# --- with git ---

commit() { git -C "$work/tree" commit -q --allow-empty -m "$1" -- ${2:+"$2"}; }
cat >"$work/.gitconfig" <<-EOT
	[user]
		name = Zoë Müller
		email = zoe@example.org
EOT
git init -q "$work/tree" && git -C "$work/tree" add -A && commit "Start"
for subject in "drm/sample: Add a trick" "drm: demo: Other" "drm/sample: Fix: that" \
	"Revert \"drm: demo: Other\"" "drm: demo: Other" "drm/sample: Take it out"; do
	echo "/* $subject */" >>"$work/tree/$demo"
	commit "$subject" "$demo"
done
head -n "$(wc -l <testcases/tree/$demo)" testcases/tree/$demo >"$work/tree/$demo"
commit "drm/sample: As it was" "$demo"
series
ok "the author is git's user" has '^From: =?UTF-8?q?Zo=C3=AB=20M=C3=BCller?= <zoe@example.org>$' \
	"0001-drm-sample-Map-user-memory-with-DMA_ATTR_REQUIRE_COH.patch"
ok "the subject is like those before" is "$(subject 0001)" \
	"[PATCH 1/2] drm/sample: Map user memory with DMA_ATTR_REQUIRE_COHERENT"
ok "no history worth the name: from the path" is "$(subject 0002 | cut -c 13-22)" \
	"RDMA/demo:"
before=$(git -C "$work/tree" rev-parse HEAD)
for number in 0001 0002; do
	ok "git am takes $number by itself" \
		git -C "$work/tree" am -q "$work/series"/$number*
	git -C "$work/tree" log -1 --format='%an <%ae> %s' >"$work/log-$number"
	git -C "$work/tree" reset -q --hard "$before"
done
ok "with author and subject" is "$(cat "$work/log-0001")" \
	"Zoë Müller <zoe@example.org> drm/sample: Map user memory with DMA_ATTR_REQUIRE_COHERENT"
ok "git am takes all" git -C "$work/tree" am -q "$work/series"/000[1-9]*
cp -r testcases/tree "$work/applied"
run fix --no-config --arch x86 --cache "$work/cache" -C "$work/applied" --apply
ok "it is the same as --apply" diff -r -x .git "$work/applied" "$work/tree"

mkdir "$work/no-git"
for program in sh diff spatch clang-19 make; do
	ln -sf "$(command -v $program)" "$work/no-git"
done
(PATH=$work/no-git; run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" \
	--series "$work/without"; echo "$status" >"$work/status")
ok "without git: exit status 2" is "$(cat "$work/status")" 2
ok "without git: said" says "error: --series needs git"

# --- a rename ---

git -C "$work/tree" reset -q --hard "$before"
run fix --no-config --arch x86 --cache "$work/cache" -C "$work/tree" \
	--rule missing-require-coherent,retired-attr-name --series "$work/both"
ok "a rename and something else: exit status 2" is "$status" 2
ok "a rename and something else: no folder" test ! -e "$work/both"
done_testing
