// SPDX-License-Identifier: GPL-2.0-only
/*
 * The settings of a git repository as options, so that `check` and `patch` go
 * by what its hook goes by.
 */
#include "cli/git-config.h"

#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/git.h"
#include "lib/nearest.h"
#include "lib/path.h"

enum setting_kind {
	SETTING_WORD,
	SETTING_PATH,
	SETTING_FLAG,
	SETTING_HOOK,		/* not for us */
};

static const struct {
	const char *name, *option;
	enum setting_kind kind;
	bool many;		/* each one counts, not only the last */
} settings[] = {
	{ "dmacheck.rules", "rule", SETTING_WORD, false },
	{ "dmacheck.level", "level", SETTING_WORD, false },
	{ "dmacheck.policy", "policy", SETTING_PATH, true },
	{ "dmacheck.api", "api", SETTING_PATH, true },
	{ "dmacheck.objtree", "objtree", SETTING_PATH, false },
	{ "dmacheck.arch", "arch", SETTING_WORD, false },
	{ "dmacheck.strict", "strict-coverage", SETTING_FLAG, false },
	{ "dmacheck.options", NULL, SETTING_HOOK, true },
};

static int unknown_setting(const char *name)
{
	const char *names[ARRAY_SIZE(settings)], *near;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(settings); i++)
		names[i] = settings[i].name;
	near = nearest(name, names, ARRAY_SIZE(settings));
	return error("git config: there is no setting %s%s%s%s; remove it: git config --unset %s",
		     name, near ? "; did you mean " : "", near ? near : "",
		     near ? "?" : "", name);
}

static int find_setting(const char *name)
{
	size_t i;

	for (i = 0; i < ARRAY_SIZE(settings); i++)
		if (!strcmp(settings[i].name, name))
			return (int)i;
	return -1;
}

/* As seen from the top of the repository; NULL after an error(). */
static char *path_of(const char *value, const char *dir)
{
	static const char *const words[] = { "rev-parse", "--show-toplevel",
					     NULL };
	const char *home = getenv("HOME");
	char *top, *path;

	if (*value == '/')
		return xstrdup(value);
	if (!strncmp(value, "~/", 2) && home)
		return path_join(home, value + 2);
	/* A bare one has no top, and no tree that could be checked. */
	top = git_ask(dir, words, true);
	path = top ? path_join(top, value) : NULL;
	free(top);
	return path;
}

/* 1 for true, 0 for false, -1 for anything else. */
static int boolean(const char *value)
{
	static const char *const words[][4] = {
		{ "false", "no", "off", "0" }, { "true", "yes", "on", "1" },
	};
	size_t i;

	for (i = 0; value && i < ARRAY_SIZE(words[0]); i++) {
		if (!strcasecmp(value, words[0][i]))
			return 0;
		if (!strcasecmp(value, words[1][i]))
			return 1;
	}
	/* "[dmacheck] strict", with no "=", is true. */
	return value ? *value ? -1 : 0 : 1;
}

/* One setting; `value` is NULL where git has the name alone. */
static int take_setting(struct options *opt, const struct subcommand *command,
			size_t i, const char *value, const char *dir)
{
	const char *name = settings[i].name;
	char *text = NULL;
	int ret = -1, on;

	switch (settings[i].kind) {
	case SETTING_HOOK:
		return 0;
	case SETTING_FLAG:
		on = boolean(value);
		if (on < 0)
			error("dmacheck.strict is '%s', neither true nor false",
			      value);
		if (on != 1)
			ret = on;
		else
			ret = options_take(opt, command, settings[i].option, "");
		break;
	case SETTING_PATH:
		text = value ? path_of(value, dir) : NULL;
		if (!text)
			break;
		/* fall through */
	case SETTING_WORD:
		if (!text)
			text = xstrdup(value ? value : "");
		strvec_push_nodup(&opt->settings, text);
		ret = options_take(opt, command, settings[i].option, text);
		break;
	}
	if (ret)
		error("git config %s is wrong: set it anew, or remove it: git config --unset %s",
		      name, name);
	return ret;
}

/* What git says: "dmacheck.name value", a line each, as far as one counts. */
static int take_lines(struct options *opt, const struct subcommand *command,
		      char *text, const char *dir)
{
	const char *last[ARRAY_SIZE(settings)] = { NULL };
	char *line, *value;
	bool there[ARRAY_SIZE(settings)] = { false };
	int ret = 0, i;
	size_t n;

	while (!ret && text && (line = strsep(&text, "\n"))) {
		value = strchr(line, ' ');
		if (value)
			*value++ = '\0';
		i = find_setting(line);
		if (i < 0) {
			ret = unknown_setting(line);
		} else if (settings[i].many) {
			ret = take_setting(opt, command, (size_t)i, value, dir);
		} else {
			last[i] = value;
			there[i] = true;
		}
		verbose("git config %s = %s", line, value ? value : "");
	}
	for (n = 0; n < ARRAY_SIZE(settings) && !ret; n++)
		if (there[n])
			ret = take_setting(opt, command, n, last[n], dir);
	return ret;
}

int git_config_take(struct options *opt, const struct subcommand *command)
{
	static const char *const words[] = { "config", "--get-regexp",
					     "^dmacheck\\.", NULL };
	const char *dir = opt->request.module ? opt->request.module :
						opt->request.tree;
	struct run_result result = RUN_RESULT_INIT;
	const struct git_call call = { .dir = dir, .words = words };
	int ret = 0;
	char *text;

	if (!(command->groups & OPTIONS_FINDINGS) || opt->request.no_config ||
	    !path_is_dir(dir))
		return 0;
	git_run(&result, &call);
	/* 1: nothing is set. 128: it cannot be read; git says where and why. */
	if (result.exit_status > 1)
		ret = git_error(&result, &call);
	text = result.exit_status ? NULL : git_ask(dir, words, true);
	run_release(&result);
	if (text)
		ret = take_lines(opt, command, text, dir);
	free(text);
	return ret;
}
