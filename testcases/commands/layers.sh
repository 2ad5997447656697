# SPDX-License-Identifier: GPL-2.0-only
# Data goes one way through the folders of checkers/: no include points up.
. tools/tap.sh

# From the bottom up. Folders on one line do not know of each other.
cat >"$work/order" <<EOT
lib
findings
knowledge
tree
compile
facts
sparse
flow
lifetime
rules
report fix change
analysis
cli
EOT

# includes FOLDER: the folders that its files include from.
includes() {
	grep -rhoE '^#include "[a-z-]+/' --include='*.[ch]' "$1" |
		sed 's/.*"\(.*\)\//\1/' | sort -u
}

# rank FOLDER: its line; nothing if it has none.
rank() { grep -nw -e "$1" "$work/order" | cut -d: -f1; }

# layers FOLDER: fails, and says why, if an include in it points up.
layers() {
	name=$(basename "$1")
	own=$(rank "$name")
	[ -n "$own" ] || { echo "$name/ has no place in the order"; return 1; }
	for other in $(includes "$1"); do
		[ "$other" = "$name" ] && continue
		place=$(rank "$other")
		[ -n "$place" ] && [ "$place" -lt "$own" ] && continue
		grep -rn "^#include \"$other/" "$1"
		return 1
	done
}

for folder in checkers/*/; do
	[ "$folder" != checkers/man/ ] || continue
	ok "$(basename "$folder")/ includes only what is below it" \
		layers "${folder%/}"
done

mkdir -p "$work/tree" "$work/fix" "$work/attic"
echo '#include "cli/options.h"' >"$work/tree/up.c"
echo '#include "report/report.h"' >"$work/fix/beside.c"
fails() { ! "$@"; }
ok "an include that points up is found" fails layers "$work/tree"
ok "and one that points beside" fails layers "$work/fix"
ok "and a folder that has no place" fails layers "$work/attic"
done_testing
