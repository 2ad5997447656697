# SPDX-License-Identifier: GPL-2.0-only
# shellcheck shell=bash
#
# Completes a dmacheck(1) command line in bash. Commands, options, their values
# and rules come from what the program itself prints.

# The options of command $2, one a line, with all that help says of each.
_dmacheck_options() {
	"$1" help "$2" 2>/dev/null | awk '
		/^ +-/ { if (line) print line; line = $0; next }
		/^ /   { line = line $0 }
		END    { if (line) print line }'
}

_dmacheck_rules() { "$1" rules 2>/dev/null | sed 's/ .*//'; }

# The folder given with -C; a path may be relative to it.
_dmacheck_tree() {
	local i
	for ((i = 2; i < COMP_CWORD; i++)); do
		case ${COMP_WORDS[i]} in
		-C | --tree)
			[[ ${COMP_WORDS[i + 1]} != = ]] || ((i++))
			printf '%s\n' "${COMP_WORDS[i + 1]/#\~/$HOME}"
			return ;;
		esac
	done
	echo .
}

# In a list, only what stands behind the last comma is completed.
_dmacheck_words() {
	local lead=
	[[ $word != *,* ]] || lead=${word%,*},
	mapfile -t COMPREPLY < <(compgen -P "$lead" -W "$1" -- "${word#"$lead"}")
}

_dmacheck_files() {
	compopt -o filenames 2>/dev/null
	mapfile -t COMPREPLY < <(compgen "$@" -- "$word")
}

_dmacheck_paths() {
	_dmacheck_files -f
	((${#COMPREPLY[@]})) && return
	mapfile -t COMPREPLY < <(cd "$(_dmacheck_tree)" 2>/dev/null &&
		compgen -f -- "$word" | while read -r path; do
			[[ ! -d $path ]] || path+=/
			printf "%s\n" "$path"
		done)
	[[ ${COMPREPLY[0]} != */ ]] || compopt -o nospace 2>/dev/null
}

# The value of an option, by what help calls it, $2, and says of it, $3.
_dmacheck_value() {
	local text list='([a-z0-9]+, )+[a-z0-9]+( or [a-z0-9]+)?'
	case $2 in
	DIR) _dmacheck_files -d ;;
	PATH) _dmacheck_paths ;;
	FILE) _dmacheck_files -f ;;
	ID*)
		if [[ ${word##*,} = -* ]]; then
			_dmacheck_words "$(_dmacheck_rules "$1" | sed 's/^/-/')"
		else
			_dmacheck_words "$(_dmacheck_rules "$1")"
		fi ;;
	REV)
		_dmacheck_words "$(git -C "$(_dmacheck_tree)" for-each-ref \
			--format='%(refname:short)' 2>/dev/null)" ;;
	ARCH)
		_dmacheck_words "$(cd "$(_dmacheck_tree)/arch" 2>/dev/null &&
			compgen -d)" ;;
	*)
		text=$(sed 's, *([^)]*),,g' <<<"$3")
		if [[ $text =~ $list ]]; then
			list=${BASH_REMATCH[0]//,/}
			_dmacheck_words "${list/ or / }"
		fi ;;
	esac
}

_dmacheck() {
	local program=$1 word=$2 before=$3 command=${COMP_WORDS[1]} names='' line
	local option='^ *(-.)?,? *(--[a-z-]+)( ([A-Z][],.A-Z[]*))?(.*)'

	COMPREPLY=()
	# bash makes three words of --rule=x.
	[[ $word != = ]] || word=
	[[ $before != = ]] || before=${COMP_WORDS[COMP_CWORD - 2]}
	[[ ${COMP_WORDS[COMP_CWORD]} != = ]] || before=${COMP_WORDS[COMP_CWORD - 1]}
	if ((COMP_CWORD == 1)); then
		_dmacheck_words "--version $("$program" help 2>/dev/null |
			sed -n 's/^  \([a-z]*\) .*/\1/p')"
		return
	fi
	while read -r line; do
		[[ $line =~ $option ]] || continue
		names+=" ${BASH_REMATCH[1]} ${BASH_REMATCH[2]}"
		[[ ${BASH_REMATCH[4]} ]] || continue
		if [[ $before = "${BASH_REMATCH[2]}" || $before = "${BASH_REMATCH[1]}" ]]; then
			_dmacheck_value "$program" "${BASH_REMATCH[4]}" "${BASH_REMATCH[5]}"
			return
		fi
	done < <(_dmacheck_options "$program" "$command")
	if [[ $word = -* ]]; then
		_dmacheck_words "$names"
		return
	fi
	case $command in
	help) _dmacheck_words "$("$program" help 2>/dev/null |
		sed -n 's/^  \([a-z]*\) .*/\1/p')" ;;
	explain) _dmacheck_words "$(_dmacheck_rules "$program")" ;;
	cache) _dmacheck_words 'export import'; ((${#COMPREPLY[@]})) || _dmacheck_files -f ;;
	hook) _dmacheck_words 'install remove status' ;;
	check | fix) _dmacheck_paths ;;
	patch | kbuild) _dmacheck_files -f ;;
	esac
}

complete -F _dmacheck dmacheck
