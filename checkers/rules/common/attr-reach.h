/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_ATTR_REACH_H
#define RULES_COMMON_ATTR_REACH_H
#include "lib/compat.h"
#include "facts/view.h"
/*
 * The operations that set an attribute, and the functions that lead there: for
 * rules about the modules that may use it. Code that tests or clears the bit
 * does not use it.
 */
struct api;
struct export_fact;
struct policy;
struct program;
struct reach;

struct attr_use {
	struct view v;			/* the function that it is in */
	const struct op *op;
};

/* Call `fn` for each operation that sets the attribute called `attr`. */
void reach_each_use(const struct program *program, const char *attr,
		    void (*fn)(const struct attr_use *use, void *data),
		    void *data);

/*
 * The functions that map with `attr` set or call, by its name, one that does;
 * those that only unmap are none. A call that `policy` (may be NULL) knows to
 * be open to its module leads nowhere. The caller frees it with reach_free();
 * the rest must outlive it.
 */
struct reach *reach_new(const struct program *program, const struct api *api,
			const struct policy *policy, const char *attr);
void reach_free(struct reach *reach);

/* Those of them that other files may call, by name. */
void reach_each_name(const struct reach *reach,
		     void (*fn)(const char *name, void *data), void *data);

/*
 * Where the attribute goes on: the functions that get it as an argument (then
 * `file` is NULL), and the fields that it is put into by `file`.
 */
void reach_each_target(const struct reach *reach,
		       void (*fn)(const char *name, const char *file,
				  void *data), void *data);

/* An exported function that leads to the attribute. */
struct reach_export {
	const struct unit *unit;
	const struct export_fact *fact;
	const char *name;
	/* Modules but its own that call it, in the order of their names. */
	const char *const *modules;
	size_t nr_modules;
};
void reach_each_export(const struct reach *reach,
		       void (*fn)(const struct reach_export *export,
				  void *data),
		       void *data);

/*
 * A call of a function that another module exports for all to use, or of an
 * inline function of a header that makes one. Those that policy.conf knows to be
 * open to the caller are left out, unless `all`.
 */
struct reach_call {
	struct attr_use use;
	const char *name;	/* the exported function */
};
void reach_each_call(const struct reach *reach, bool all,
		     void (*fn)(const struct reach_call *call, void *data),
		     void *data);

#endif
