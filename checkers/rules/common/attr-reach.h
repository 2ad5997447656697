/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef RULES_COMMON_ATTR_REACH_H
#define RULES_COMMON_ATTR_REACH_H
#include "lib/compat.h"
#include "facts/view.h"
/*
 * The operations that set an attribute, and the functions that lead there; for rules
 * about the modules that may use it. Code that tests or clears the bit does not use
 * it.
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
 * The functions that map with `attr` set, or that call such a function by its name;
 * not those that only unmap. A call that `policy` (may be NULL) opens to its module
 * is not followed. The caller frees it with reach_free(); the arguments must outlive
 * it.
 */
struct reach *reach_new(const struct program *program, const struct api *api,
			const struct policy *policy, const char *attr);
void reach_free(struct reach *reach);

/* Those that other files may call, by name. */
void reach_each_name(const struct reach *reach,
		     void (*fn)(const char *name, void *data), void *data);

/*
 * Where the attribute is passed on: the functions that get it as an argument (then
 * `file` is NULL), and the fields that `file` stores it in.
 */
void reach_each_target(const struct reach *reach,
		       void (*fn)(const char *name, const char *file,
				  void *data), void *data);

/* An exported function that leads to the attribute. */
struct reach_export {
	const struct unit *unit;
	const struct export_fact *fact;
	const char *name;
	/* Other modules that call it, sorted by name. */
	const char *const *modules;
	size_t nr_modules;
};
void reach_each_export(const struct reach *reach,
		       void (*fn)(const struct reach_export *export,
				  void *data),
		       void *data);

/*
 * A call of a function that another module exports to all, or of an inline function
 * of a header that calls one. Functions that policy.conf opens to the caller are
 * left out, unless `all`.
 */
struct reach_call {
	struct attr_use use;
	const char *name;	/* the exported function */
};
void reach_each_call(const struct reach *reach, bool all,
		     void (*fn)(const struct reach_call *call, void *data),
		     void *data);

#endif
