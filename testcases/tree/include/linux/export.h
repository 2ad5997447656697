/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_EXPORT_H
#define _LINUX_EXPORT_H

#define ___EXPORT_SYMBOL(sym, license, ns)				\
	.section ".export_symbol","a" ;					\
	__export_symbol_##sym: ;					\
		.asciz license ;					\
		.ascii ns "\0" ;					\
		.quad sym ;						\
	.previous

#define __EXPORT_SYMBOL(sym, license, ns)				\
	extern typeof(sym) sym;						\
	static void *__used_##sym					\
		__attribute__((__used__)) = (void *)(uintptr_t)&sym;	\
	asm(__stringify(___EXPORT_SYMBOL(sym, license, ns)))

#define EXPORT_SYMBOL(sym)		__EXPORT_SYMBOL(sym, "", "")
#define EXPORT_SYMBOL_GPL(sym)		__EXPORT_SYMBOL(sym, "GPL", "")
#define EXPORT_SYMBOL_NS_GPL(sym, ns)	__EXPORT_SYMBOL(sym, "GPL", ns)
#define EXPORT_SYMBOL_FOR_MODULES(sym, mods) \
	__EXPORT_SYMBOL(sym, "GPL", "module:" mods)

#endif
