// SPDX-License-Identifier: GPL-2.0-only
/* Classifies types by what a place of that type can hold (enum carry). */
#include "facts/extract/internal.h"
#include "lib/alloc.h"
#include "tree/tree.h"

/* clang spells a record without a name "struct (unnamed at file:1:2)". */
static bool is_anonymous(const char *name)
{
	return !name[0] || strchr(name, '(');
}

const char *extract_record(CXCursor decl, char *buf, size_t size)
{
	CXCursor c = decl;

	while (!clang_Cursor_isNull(c)) {
		enum CXCursorKind kind = clang_getCursorKind(c);
		CXString s;
		bool named;

		if (kind != CXCursor_StructDecl && kind != CXCursor_UnionDecl)
			break;
		s = clang_getCursorSpelling(c);
		named = !is_anonymous(clang_getCString(s));
		if (named)
			snprintf(buf, size, "%s", clang_getCString(s));
		clang_disposeString(s);
		if (named)
			return buf;
		c = clang_getCursorSemanticParent(c);
	}
	return NULL;
}

static CXType strip(CXType type, unsigned int *depth)
{
	*depth = 0;
	type = clang_getCanonicalType(type);
	for (;;) {
		switch (type.kind) {
		case CXType_Pointer:
			type = clang_getPointeeType(type);
			break;
		case CXType_ConstantArray:
		case CXType_IncompleteArray:
		case CXType_VariableArray:
			type = clang_getArrayElementType(type);
			break;
		default:
			return type;
		}
		type = clang_getCanonicalType(type);
		(*depth)++;
	}
}

const char *extract_type_record(CXType type, char *buf, size_t size)
{
	unsigned int depth;
	CXType base = strip(type, &depth);

	if (base.kind != CXType_Record)
		return NULL;
	return extract_record(clang_getTypeDeclaration(base), buf, size);
}

/* A typedef's name decides for numbers: size_t is no address. */
static bool is_scalar_typedef(const struct extractor *x, CXType type,
			      bool *is_dma_addr)
{
	*is_dma_addr = false;
	for (;;) {
		CXString s;
		const char *name;
		bool scalar;

		if (type.kind == CXType_Elaborated) {
			type = clang_Type_getNamedType(type);
			continue;
		}
		if (type.kind == CXType_Pointer) {
			type = clang_getPointeeType(type);
			continue;
		}
		if (type.kind == CXType_ConstantArray ||
		    type.kind == CXType_IncompleteArray ||
		    type.kind == CXType_VariableArray) {
			type = clang_getArrayElementType(type);
			continue;
		}
		if (type.kind != CXType_Typedef)
			return false;
		s = clang_getTypedefName(type);
		name = clang_getCString(s);
		scalar = api_is_scalar(x->api, name);
		*is_dma_addr = !strcmp(name, "dma_addr_t");
		clang_disposeString(s);
		if (scalar)
			return true;
		if (*is_dma_addr)
			return false;
		type = clang_getTypedefDeclUnderlyingType(
			clang_getTypeDeclaration(type));
	}
}

static enum carry word(const struct extractor *x, CXType type)
{
	bool is_dma_addr;

	if (is_scalar_typedef(x, type, &is_dma_addr))
		return CARRY_NUMBER;
	return is_dma_addr ? CARRY_DMA_ADDR : CARRY_WORD;
}

enum carry extract_carry(const struct extractor *x, CXType type,
			 bool *is_pointer)
{
	unsigned int depth;
	CXType base = strip(type, &depth);
	char name[256];

	*is_pointer = depth > 0;
	switch (base.kind) {
	case CXType_Void:
	case CXType_Char_S:
	case CXType_Char_U:
	case CXType_SChar:
	case CXType_UChar:
		return depth ? CARRY_POINTER : base.kind == CXType_Void ?
			CARRY_NOTHING : CARRY_NUMBER;
	case CXType_Long:
	case CXType_ULong:
	case CXType_ULongLong:
		return word(x, type);
	case CXType_Bool:
	case CXType_Short:
	case CXType_UShort:
	case CXType_Int:
	case CXType_UInt:
	case CXType_LongLong:
	case CXType_Enum:
		return CARRY_NUMBER;
	case CXType_FunctionProto:
	case CXType_FunctionNoProto:
		return CARRY_FUNCTION;
	case CXType_Record:
		if (!extract_record(clang_getTypeDeclaration(base), name,
				    sizeof(name)))
			return CARRY_OBJECT;
		if (api_is_container(x->api, name))
			return CARRY_CONTAINER;
		return CARRY_OBJECT;
	default:
		return CARRY_NOTHING;
	}
}

bool extract_barrier(struct extractor *x, const char *record, CXCursor member)
{
	CXFile file = NULL;
	char *path;
	bool kernels;

	if (!api_barrier(x->api, record))
		return false;
	clang_getFileLocation(clang_getCursorLocation(member), &file, NULL,
			      NULL, NULL);
	path = extract_path(x, file);
	kernels = tree_is_kernel_wide(path);
	free(path);
	return kernels;
}
