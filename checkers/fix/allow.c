// SPDX-License-Identifier: GPL-2.0-only
/*
 * Writes the entries of .dmacheck.conf that a fix needs, from the modules that
 * the changed files are built into; for cli/fix.c.
 */
#include "fix/allow.h"

#include "facts/program.h"
#include "fix/plan-internal.h"
#include "lib/alloc.h"
#include "lib/diag.h"
#include "lib/path.h"
#include "lib/strbuf.h"

struct allowing {
	struct fix *fix;
	const struct fix_allow *allow;
	struct intern_pool modules;	/* that were seen */
	const char *there;		/* the file's text, or "" */
	struct strbuf text;		/* what is added */
};

static void allow_module(struct allowing *a, const char *module,
			 const char *file)
{
	char *section;

	if (intern_has(&a->modules, module))
		return;
	intern(&a->modules, module);
	if (a->allow->allowed(module, REQUIRE_COHERENT, a->allow->data))
		return;
	section = xstrfmt("[allow %s]", module);
	if (strstr(a->there, section)) {
		note("%s: add " REQUIRE_COHERENT " to %s by hand",
		     a->allow->conf, section);
	} else {
		strbuf_addf(&a->text, "\n%s\nattribute = " REQUIRE_COHERENT
			    "\nreason = maps user memory (%s)\n", section,
			    file);
		a->fix->nr_allowed++;
	}
	free(section);
}

static void allow_file(struct allowing *a, const struct program *program,
		       const char *file)
{
	const char *folder = a->fix->ws.module;
	size_t i, j;

	for (i = 0; i < program->nr_units; i++) {
		const struct unit *unit = program->units[i];
		const char *path = folder ? path_below(unit->file, folder) :
			unit->file;

		for (j = 0; path && !strcmp(path, file) &&
		     j < unit->nr_modules; j++)
			allow_module(a, unit->modules[j], file);
	}
}

int fix_allow(struct fix *fix, const struct program *program,
	      const struct fix_allow *allow)
{
	struct allowing a = { .fix = fix, .allow = allow,
		.modules = INTERN_POOL_INIT, .text = STRBUF_INIT };
	char *path = path_join(fix->ws.root, allow->conf);
	char *there = path_read(path, NULL);
	int ret = 0;
	size_t i, j;

	a.there = there ? there : "";
	for (i = 0; i < fix->nr; i++) {
		const struct fix_outcome *o = &fix->list[i];

		if (o->why_not ||
		    strcmp(o->finding->rule, "missing-require-coherent"))
			continue;
		for (j = 0; j < o->nr_files; j++)
			allow_file(&a, program, o->files[j]);
	}
	if (fix->nr_allowed)
		ret = workspace_append(&fix->ws, allow->conf, a.text.buf +
				       (there ? 0 : 1));
	intern_release(&a.modules);
	strbuf_release(&a.text);
	free(there);
	free(path);
	return ret;
}
