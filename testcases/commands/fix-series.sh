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
ok "the function is named" has "^dmacheck reports, in demo_userptr_map():$" "$patch1"
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

# --- who gets it, who signs off, which commit is to blame ---

git -C "$work/tree" reset -q --hard "$before"
series
ok "no Signed-off-by: said" says "the series carries no Signed-off-by; -s adds yours"
ok "no To: without --maintainers" is "$(grep -l '^To:\|^Cc:' "$work"/series/*)" ''
ok "a line of the first commit: no Fixes:" is "$(grep -l '^Fixes:' "$work"/series/*)" ''
sed -i "s,ret = dma_map_sgtable(dev,ret = dma_map_sgtable(bo->base.dev->dev," "$work/tree/$demo"
commit "drm/sample: Add \"a device\"" "$demo"
blamed=$(git -C "$work/tree" rev-parse --short=12 HEAD)
sed -i "s,ret = dma_map_sgtable,ret =  dma_map_sgtable," "$work/tree/$demo"
commit "drm/sample: Add a blank" "$demo"
cat >"$work/tree/scripts/get_maintainer.pl" <<-'EOT'
	open(my $log, ">>", "../get_maintainer.log");
	print $log "$ARGV[-1]\n";
	open(my $patch, "<", $ARGV[-1]) or die "no patch";
	my $rdma = grep(/^diff.*infiniband/, <$patch>);
	print STDERR "a warning\n";
	print "Zoë <zoe\@example.org> (maintainer:DEMO (A CARD))\n";
	print "\"R. D. Ma\" <rdma\@example.org> (reviewer:RDMA)\n" if $rdma;
	print "linux-rdma\@example.org (open list:RDMA)\n" if $rdma;
	print "linux-kernel\@example.org (open list)\n";
	print "no address (maintainer:X)\n", "bad\x1b\@example.org (maintainer:X)\n";
EOT
series -s --maintainers
ok "-s and --maintainers: exit status 0" is "$status" 0
ok "-s: nothing to say" is "$(grep Signed-off "$work/err")" ''
tail_of() { sed '/^---$/q' "$work/series/"$1* | grep -v '^---$' | tail -n "$2"; }
ok "Fixes: and the sign-off end the changelog" is "$(tail_of 0001 3)" "
Fixes: $blamed (\"drm/sample: Add \"a device\"\")
Signed-off-by: Zoë Müller <zoe@example.org>"
ok "no Fixes: the sign-off is a paragraph" is "$(tail_of 0002 2)" "
Signed-off-by: Zoë Müller <zoe@example.org>"
head_of() { sed -n '/^To:/,/^$/p' "$work/series/"$1* | sed '/^[A-Z].*: [^<]*$/{/^Cc/!d}' | sed '/^$/q'; }
ok "To: and Cc: of the first" is "$(head_of 0001)" "To: Zoë <zoe@example.org>
Cc: linux-kernel@example.org"
ok "of the second" is "$(head_of 0002)" "To: Zoë <zoe@example.org>,
    \"R. D. Ma\" <rdma@example.org>
Cc: linux-rdma@example.org,
    linux-kernel@example.org"
ok "of all in the cover letter" is "$(head_of 0000)" "To: Zoë <zoe@example.org>,
    \"R. D. Ma\" <rdma@example.org>
Cc: linux-kernel@example.org,
    linux-rdma@example.org"
ok "the script ran once a patch" is "$(wc -l <"$work/get_maintainer.log")" 2
rm "$work/get_maintainer.log"
ok "git am takes them" git -C "$work/tree" am -q "$work/series"/000[1-9]*
git -C "$work/tree" reset -q --hard HEAD~2
series
ok "it runs only if asked for" test ! -e "$work/get_maintainer.log"

echo 'exit 3;' >"$work/tree/scripts/get_maintainer.pl"
series --maintainers
ok "a script that fails: exit status 2" is "$status" 2
ok "a script that fails: said" says "error: scripts/get_maintainer.pl: exit status 3"
ok "a script that fails: no folder" test ! -e "$work/series"
rm "$work/tree/scripts/get_maintainer.pl"
series --maintainers
ok "no script: exit status 2" is "$status" 2
ok "no script: said" says "--maintainers needs $work/tree/scripts/get_maintainer.pl"
for option in -s --maintainers; do
	run fix -C "$work/tree" $option
	ok "$option without --series: exit status 2" is "$status" 2
	ok "$option without --series: said" says "$option is for the mails of --series DIR"
done
mv "$work/.gitconfig" "$work/nobody"
series -s
ok "-s, and nobody to sign: exit status 2" is "$status" 2
ok "-s, and nobody to sign: said" says "-s: git does not know who signs off"
mv "$work/nobody" "$work/.gitconfig"
GIT_COMMITTER_NAME="A Committer" GIT_COMMITTER_EMAIL=c@example.org
export GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
series -s
ok "the committer signs off" grep -q '^Signed-off-by: A Committer <c@example.org>$' "$work"/series/0001*
ok "the author is the author" grep -q '^From: .*<zoe@example.org>$' "$work"/series/0001*
unset GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL


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
