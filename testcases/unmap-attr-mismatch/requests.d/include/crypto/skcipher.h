/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef _CRYPTO_SKCIPHER_H
#define _CRYPTO_SKCIPHER_H
#include <linux/scatterlist.h>
struct skcipher_request {
	unsigned int cryptlen;
	struct scatterlist *src, *dst;
};
#endif
