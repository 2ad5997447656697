# SPDX-License-Identifier: GPL-2.0-only
# The manual pages: what they say of options, formats, sections and environment is
# what the program knows, and their examples run.
. tools/tap.sh

build=$(dirname "$DMACHECK")
page=$build/dmacheck.1
conf=checkers/man/dmacheck.conf.5
home=$work/home

HOME=$home GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
GIT_AUTHOR_NAME=a GIT_AUTHOR_EMAIL=a@example.org
GIT_COMMITTER_NAME=a GIT_COMMITTER_EMAIL=a@example.org
export HOME GIT_CONFIG_GLOBAL GIT_CONFIG_NOSYSTEM GIT_AUTHOR_NAME \
	GIT_AUTHOR_EMAIL GIT_COMMITTER_NAME GIT_COMMITTER_EMAIL
unset XDG_CACHE_HOME GIT_DIR GIT_WORK_TREE GIT_INDEX_FILE

# --- form ---

if command -v mandoc >/dev/null; then
	# Of pages that are not installed here, or not indexed, it cannot know.
	for file in "$page" $conf; do
		ok "mandoc -Tlint: nothing wrong with ${file##*/}" is \
			"$(mandoc -Tlint "$file" 2>/dev/null | grep -v ': referenced manual not found: ')" ''
	done
else
	ok "mandoc -Tlint # SKIP there is no mandoc" true
fi

# --- options ---

# "-C --tree DIR" for each option of the command, as the program has it.
printed() {
	"$DMACHECK" help "$1" | sed -nE "s/^ {2,6}(-., )?(--[a-z-]+)( [A-Z]+)?.*/\1\2\L\3/p" |
		sed "s/,//" | sort
}

# The same as the page has it: `.Ss Options of check, fix and patch'.
described() {
	awk -v command="$1" '
		/^\.S[hs] / { of = /^\.Ss Options of/; gsub(/,/, "")
			of = of && (" " $0 " ") ~ " " command " " }
		of && /^\.It Fl / {
			sub(/^\.It /, ""); gsub(/ , /, " "); gsub(/Fl -/, "--")
			gsub(/Fl /, "-"); gsub(/Ar /, ""); sub(/ (Ns|Op) .*/, "")
			print
		}' "$page" | sort
}

"$DMACHECK" help | sed -n 's/^  \([a-z]*\) .*/\1/p' >"$work/commands"
ok "commands are found" test "$(wc -l <"$work/commands")" -ge 8
for command in $(cat "$work/commands"); do
	ok "$command: in SYNOPSIS" grep -qx "\.Cm $command" "$page"
	[ "$command" != help ] || continue
	printed "$command" >"$work/printed"
	described "$command" >"$work/described"
	ok "$command: its options, and no others" \
		diff -u "$work/printed" "$work/described"
done

# --- formats, rules, environment, sections ---

"$DMACHECK" help check | sed -n 's/.*--format FORMAT *\(.*\) (default.*/\1/p' |
	tr -d ' ' | tr , '\n' | sort >"$work/printed"
sed -n '/^\.Sh FORMATS/,/^\.El/s/^\.It Cm //p' "$page" | sort >"$work/described"
ok "formats" diff -u "$work/printed" "$work/described"
"$DMACHECK" rules | sed 's/ .*//' >"$work/printed"
sed -n '/^\.Sh RULES/,/^\.Sh SEC/s/^\.It Cm \([^ ]*\) .*/\1/p' "$page" >"$work/described"
ok "rules, in their order" diff -u "$work/printed" "$work/described"
grep -rhoE 'getenv\("(DMACHECK|XDG|NO)_[A-Z_]*' checkers | sed 's/.*"//' |
	grep -v _TEST_ | sort -u >"$work/printed"
sed -n 's/^\.It Ev //p' "$page" | sort >"$work/described"
ok "variables of the environment" diff -u "$work/printed" "$work/described"
sed -n 's/^#   dmacheck\.\([a-z]*\).*/\1/p' tools/pre-commit | sort -u >"$work/printed"
sed -n 's/^\.It Ic dmacheck\.//p' "$page" | sort >"$work/described"
ok "settings of git" diff -u "$work/printed" "$work/described"
sed -n 's/^\t{ "dmacheck\.\([a-z]*\)".*/\1/p' checkers/cli/git-config.c | sort >"$work/printed"
ok "settings of git, as the program knows them" \
	diff -u "$work/printed" "$work/described"
sed -n 's/^\[\([a-z-]*\).*/\1/p' checkers/*.conf | sort -u >"$work/used"
while read -r section; do
	ok "[$section] is described" grep -q "^\.It.* \[$section\b" $conf
done <"$work/used"

# --- examples ---

mkdir "$home" && cp -r testcases/tree "$home/linux" &&
	cp -r testcases/commands/module "$home/my-driver"
(
	cd "$home/linux" && git init -q . && git add -A && git commit -qm start &&
	sed -i 's/DMA_ATTR_REQUIRE_COHERENT/0/' drivers/infiniband/hw/demo/mr.c &&
	git commit -qam bad && git format-patch -q -1 -o .. && git revert --no-edit HEAD
) >"$work/git" 2>&1 || cat "$work/git" >&2

# shellcheck disable=SC2016 # for the shell that runs it
as_dmacheck='dmacheck() {
	command=$1
	shift
	case $command in
	check | fix | patch) "$DMACHECK" "$command" --arch x86 "$@" ;;
	*) "$DMACHECK" "$command" "$@" ;;
	esac
}'
sed -n '/^\.\\" run [0-9]$/{N;s/^\.\\" run \(.\)\n\.Dl /\1 /p}' "$page" >"$work/examples"
ok "there are examples" test "$(wc -l <"$work/examples")" -gt 10
while read -r want example; do
	last=$example
	(cd "$home" && sh -c "$as_dmacheck
$example" >"$work/out" 2>"$work/err" </dev/null)
	status=$?
	ok "exit status $want: $example" is "$status" "$want"
done <"$work/examples"

# example NAME: what stands behind `.\" NAME'.
example() { sed -n "/^\.\\\\\" $1\$/,/^\.Ed/{/^\./!p}" $conf; }

example api >"$work/api"
example policy >"$work/policy"
check -C "$home/linux" --api "$work/api" --policy "$work/policy"
ok "the examples for --api and --policy are read" is "$status" 1
ok "there is one for each" test -s "$work/api" -a -s "$work/policy"
example tree >"$home/linux/.dmacheck.conf"
cp "$home/known.json" "$home/linux"
run check --arch x86 -C "$home/linux"
ok "the example of .dmacheck.conf is read" is "$status" 0
ok "there is one" says "known"
done_testing
