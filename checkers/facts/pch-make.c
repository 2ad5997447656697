// SPDX-License-Identifier: GPL-2.0-only
#include "facts/pch.h"

#include <clang-c/Index.h>
#include <unistd.h>

#include "lib/alloc.h"

/* The name that libclang takes for pch_source. */
#define SOURCE_NAME "/dmacheck-pch.c"

static void write_header(CXFile file, CXSourceLocation *stack,
			 unsigned int depth, CXClientData data)
{
	CXString name = clang_File_tryGetRealPathName(file);

	(void)stack;
	if (depth)
		fprintf(data, "%s\n", clang_getCString(name));
	clang_disposeString(name);
}

/* Whole or not at all: other processes may be reading the list. */
static bool write_headers(CXTranslationUnit tu, const char *path)
{
	char *name = pch_headers(path);
	char *temporary = xstrfmt("%s.%ld", name, (long)getpid());
	FILE *out = fopen(temporary, "we");
	bool done = false;

	if (out) {
		clang_getInclusions(tu, write_header, out);
		done = !fclose(out) && !rename(temporary, name);
		if (!done)
			unlink(temporary);
	}
	free(temporary);
	free(name);
	return done;
}

static bool has_errors(CXTranslationUnit tu)
{
	unsigned int i, n = clang_getNumDiagnostics(tu);
	bool bad = false;

	for (i = 0; i < n && !bad; i++) {
		CXDiagnostic d = clang_getDiagnostic(tu, i);

		bad = clang_getDiagnosticSeverity(d) >= CXDiagnostic_Error;
		clang_disposeDiagnostic(d);
	}
	return bad;
}

bool pch_make(const char *path, const struct compile_command *command)
{
	struct CXUnsavedFile file = {
		SOURCE_NAME, pch_source, strlen(pch_source),
	};
	char *temporary = xstrfmt("%s.%ld", path, (long)getpid());
	CXIndex index = clang_createIndex(0, 0);
	CXTranslationUnit tu = NULL;
	bool done = false;
	size_t nr;
	const char **args = pch_make_args(command, &nr);

	if (clang_parseTranslationUnit2(index, SOURCE_NAME, args, (int)nr,
			&file, 1, CXTranslationUnit_Incomplete |
			CXTranslationUnit_ForSerialization, &tu) !=
	    CXError_Success || has_errors(tu))
		goto cleanup;
	done = clang_saveTranslationUnit(tu, temporary,
			clang_defaultSaveOptions(tu)) == CXSaveError_None &&
	       write_headers(tu, path) &&
	       !rename(temporary, path);
	if (!done)
		unlink(temporary);
cleanup:
	if (tu)
		clang_disposeTranslationUnit(tu);
	clang_disposeIndex(index);
	free(args);
	free(temporary);
	return done;
}
