// SPDX-License-Identifier: GPL-2.0-only
/*
 * A file for `dmacheck cache import`: its items, behind the head and in the
 * compression that it takes to be read.
 */
#include "fuzz.h"

#include <dirent.h>
#include <zstd.h>

#include "analysis/hand-over.h"
#include "analysis/requests.h"
#include "facts/store-rows.h"
#include "lib/buffer.h"

/* Nothing is written but in the cache. */
static void look_around(void)
{
	DIR *dir = opendir(fuzz_folder());
	struct dirent *d;

	while (dir && (d = readdir(dir)))
		if (*d->d_name != '.' && strcmp(d->d_name, "cache"))
			abort();
	if (dir)
		closedir(dir);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct strbuf head = STRBUF_INIT, all = STRBUF_INIT;
	char *cache = path_join(fuzz_folder(), "cache"), *packed;
	size_t room, len;

	buffer_str(&head, "dmacheck export 1");
	buffer_str(&head, "");
	buffer_u64(&head, store_version());
	buffer_u64(&head, requests_own_hash());
	buffer_str(&head, "");
	buffer_str(&head, "");
	buffer_u32(&all, 1);
	buffer_u32(&all, (uint32_t)head.len);
	strbuf_add(&all, head.buf, head.len);
	strbuf_add(&all, data, size);
	room = ZSTD_compressBound(all.len);
	packed = xmalloc(room);
	len = ZSTD_compress(packed, room, all.buf, all.len, 1);
	path_remove_tree(cache);
	if (path_mkdirs(cache))
		abort();
	take_over(cache, fuzz_file(packed, len));
	look_around();
	free(packed);
	free(cache);
	strbuf_release(&head);
	strbuf_release(&all);
	return 0;
}
