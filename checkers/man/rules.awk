# SPDX-License-Identifier: GPL-2.0-only
#
# awk -f rules.awk - PAGE: the page, with what `dmacheck rules` says on stdin in
# the place of its line that begins with `.\" RULES'.

# "x of f(), y" as mdoc(7) has it: f() on a line of its own.
function mdoc(text,	words, n, i, line, out) {
	gsub(/\\/, "\\e", text)
	n = split(text, words, " ")
	for (i = 1; i <= n; i++) {
		if (words[i] ~ /^[a-z_0-9]+\(\)[,;:]?$/) {
			sub(/\(\)/, " ", words[i])
			sub(/ $/, "", words[i])
			out = out (line ? line "\n" : "") ".Fn " words[i] "\n"
			line = ""
		} else if (length(line " " words[i]) > 78) {
			out = out line "\n"
			line = words[i]
		} else {
			line = line (line ? " " : "") words[i]
		}
	}
	return out (line ? line "\n" : "")
}

FILENAME == "-" {
	asked = sub(/ \(only with --rule\)$/, "") ? " *" : ""
	rules = rules ".It Cm " $1 asked " Pq " $2 "\n"
	sub(/^[^ ]+ +[^ ]+ +/, "")
	rules = rules mdoc($0)
	next
}

/^\.\\" RULES/ {
	printf "%s", rules
	next
}

{ print }
