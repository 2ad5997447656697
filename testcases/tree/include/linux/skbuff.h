/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_SKBUFF_H
#define _LINUX_SKBUFF_H

#include <linux/types.h>

struct sk_buff {
	unsigned int len;
	unsigned char *head, *data;
};

static inline unsigned int skb_headlen(const struct sk_buff *skb)
{
	return skb->len;
}

void dev_kfree_skb_any(struct sk_buff *skb);

#endif
