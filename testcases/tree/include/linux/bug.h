/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_BUG_H
#define _LINUX_BUG_H

#define BUG_ON(condition) do {						\
	if (unlikely(condition))					\
		__builtin_trap();					\
} while (0)
#define WARN_ON(condition) ({						\
	int __ret_warn_on = !!(condition);				\
	unlikely(__ret_warn_on); })
#define WARN_ON_ONCE(condition)	WARN_ON(condition)

#endif
