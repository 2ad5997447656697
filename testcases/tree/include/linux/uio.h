/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _LINUX_UIO_H
#define _LINUX_UIO_H

#include <linux/mm_types.h>

struct iov_iter {
	u8 iter_type;
	size_t count;
};

typedef unsigned int iov_iter_extraction_t;

ssize_t iov_iter_extract_pages(struct iov_iter *i, struct page ***pages,
			       size_t maxsize, unsigned int maxpages,
			       iov_iter_extraction_t extraction_flags,
			       size_t *offset0);

#endif
