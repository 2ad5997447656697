/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_MODULE_H
#define _LINUX_MODULE_H

#include <linux/export.h>
#include <linux/types.h>

struct module;
#ifdef MODULE
extern struct module __this_module;
#define THIS_MODULE	(&__this_module)
#else
#define THIS_MODULE	((struct module *)0)
#endif

#define MODULE_INFO(tag, info)						\
	static const char __modinfo_##tag[]				\
		__attribute__((__used__, __section__(".modinfo"))) =	\
		#tag "=" info
#define MODULE_LICENSE(text)		MODULE_INFO(license, text)
#define MODULE_DESCRIPTION(text)	MODULE_INFO(description, text)

#define module_init(fn)	int init_module(void) __attribute__((alias(#fn)))
#define module_exit(fn)	void cleanup_module(void) __attribute__((alias(#fn)))

#endif
