// SPDX-License-Identifier: GPL-2.0-only
/* Finds the prefix of a patch's subject; for series.c. */
#include "fix/subject.h"

#include <ctype.h>

#include "lib/alloc.h"
#include "lib/path.h"
#include "lib/git.h"
#include "tree/tree.h"

/* How many commits are looked at. */
#define COMMITS "20"

/* --- from the path --- */

/*
 * "%s" is the folder below, or the file without its suffix. The longest folder
 * that fits is used, in any order.
 */
static const struct {
	const char *folder, *format;
	bool capital;
} places[] = {
	{ "arch/", "%s: ", false },
	{ "block/", "block: ", false },
	{ "crypto/", "crypto: %s - ", false },
	{ "drivers/", "%s: ", false },
	{ "drivers/accel/", "accel/%s: ", false },
	{ "drivers/ata/", "ata: %s: ", false },
	{ "drivers/crypto/", "crypto: %s - ", false },
	{ "drivers/dma-buf/", "dma-buf: ", false },
	{ "drivers/dma/", "dmaengine: %s: ", false },
	{ "drivers/firewire/", "firewire: ", false },
	{ "drivers/fpga/", "fpga: %s: ", false },
	{ "drivers/gpu/drm/", "drm/%s: ", false },
	{ "drivers/gpu/host1x/", "gpu: host1x: ", true },
	{ "drivers/i2c/busses/", "i2c: %s: ", false },
	{ "drivers/infiniband/core/", "RDMA/core: ", true },
	{ "drivers/infiniband/hw/", "RDMA/%s: ", true },
	{ "drivers/infiniband/sw/", "RDMA/%s: ", true },
	{ "drivers/infiniband/ulp/", "RDMA/%s: ", true },
	{ "drivers/iommu/", "iommu/%s: ", true },
	{ "drivers/media/", "media: %s: ", false },
	{ "drivers/media/pci/", "media: %s: ", false },
	{ "drivers/media/platform/", "media: %s: ", false },
	{ "drivers/media/usb/", "media: %s: ", false },
	{ "drivers/misc/", "misc: %s: ", false },
	{ "drivers/mmc/host/", "mmc: %s: ", false },
	{ "drivers/mtd/", "mtd: %s: ", false },
	{ "drivers/net/", "%s: ", false },
	{ "drivers/net/ethernet/", "net: %s: ", false },
	{ "drivers/net/wireless/", "wifi: %s: ", false },
	{ "drivers/nvme/", "nvme: ", false },
	{ "drivers/platform/x86/", "platform/x86: %s: ", false },
	{ "drivers/remoteproc/", "remoteproc: %s: ", false },
	{ "drivers/scsi/", "scsi: %s: ", false },
	{ "drivers/soc/", "soc: %s: ", false },
	{ "drivers/spi/", "spi: %s: ", false },
	{ "drivers/staging/", "staging: %s: ", false },
	{ "drivers/staging/media/", "media: staging: %s: ", false },
	{ "drivers/tee/", "tee: %s: ", false },
	{ "drivers/usb/", "usb: %s: ", false },
	{ "drivers/usb/host/", "usb: %s: ", false },
	{ "drivers/vdpa/", "vdpa/%s: ", false },
	{ "drivers/vfio/", "vfio/%s: ", false },
	{ "drivers/video/fbdev/", "fbdev: %s: ", false },
	{ "drivers/virtio/", "virtio: ", false },
	{ "fs/", "%s: ", false },
	{ "io_uring/", "io_uring/%s: ", false },
	{ "kernel/dma/", "dma-mapping: ", false },
	{ "lib/", "%s: ", false },
	{ "mm/", "mm/%s: ", false },
	{ "net/", "net: %s: ", false },
	{ "samples/", "samples: %s: ", false },
	{ "sound/", "ALSA: %s: ", false },
	{ "sound/soc/", "ASoC: %s: ", false },
	{ "tools/", "tools/%s: ", false },
	{ "virt/", "%s: ", false },
};

struct subject_style subject_style_of_path(const char *file)
{
	const char *rest = file, *format = "%s: ", *gap;
	struct subject_style style = { NULL, false };
	size_t i, best = 0, len;

	for (i = 0; i < ARRAY_SIZE(places); i++) {
		len = strlen(places[i].folder);
		if (len <= best || strncmp(file, places[i].folder, len))
			continue;
		best = len;
		rest = file + len;
		format = places[i].format;
		style.capital = places[i].capital;
	}
	len = strcspn(rest, "/");
	if (!rest[len] && memrchr(rest, '.', len))
		len = (size_t)((char *)memrchr(rest, '.', len) - rest);
	gap = strstr(format, "%s");
	style.prefix = gap ? xstrfmt("%.*s%.*s%s", (int)(gap - format), format,
				     (int)len, rest, gap + 2) :
			     xstrdup(format);
	return style;
}

/* --- from the history --- */

struct usage {
	char *prefix;
	size_t nr, capitals;
};

struct usages {
	struct usage list[32];
	size_t nr;
};

static void count_subject(void *data, char *line, size_t len)
{
	struct usages *u = data;
	char *colon, *at = line;
	size_t i;

	(void)len;
	if (!strncmp(line, "Merge ", 6) || !strncmp(line, "Revert ", 7) ||
	    !strncmp(line, "treewide", 8))
		return;
	for (colon = NULL; (at = strstr(at, ": ")); at += 2)
		colon = at + 2;
	if (!colon)
		return;
	for (i = 0; i < u->nr; i++)
		if (!strncmp(u->list[i].prefix, line, (size_t)(colon - line)) &&
		    !u->list[i].prefix[colon - line])
			break;
	if (i == ARRAY_SIZE(u->list))
		return;
	if (i == u->nr) {
		u->nr++;
		u->list[i] = (struct usage){
			xstrndup(line, (size_t)(colon - line)), 0, 0 };
	}
	u->list[i].nr++;
	u->list[i].capitals += isupper((unsigned char)*colon) != 0;
}

struct subject_style subject_style(const struct tree *tree, const char *file)
{
	const char *words[] = { "log", "--no-merges", "--no-show-signature",
		"--format=%s", "-n", COMMITS, "--", file, NULL };
	char *subjects, *rest, *line;
	struct usages usages = { .nr = 0 };
	struct usage *best = NULL;
	struct subject_style style;
	size_t i;

	subjects = git_is_top(tree->root) ? git_ask(tree->root, words, false) : NULL;
	for (rest = subjects; (line = strsep(&rest, "\n")); )
		count_subject(&usages, line, strlen(line));
	free(subjects);
	/* If two are equally frequent, that of the later commit. */
	for (i = 0; i < usages.nr; i++)
		if (!best || usages.list[i].nr > best->nr)
			best = &usages.list[i];
	if (best)
		style = (struct subject_style){ xstrdup(best->prefix),
			best->capitals * 2 > best->nr };
	else
		style = subject_style_of_path(file);
	for (i = 0; i < usages.nr; i++)
		free(usages.list[i].prefix);
	return style;
}

char *subject_join(const struct subject_style *style, const char *text)
{
	char *whole = xstrfmt("%s%s", style->prefix, text);
	char *first = whole + strlen(style->prefix);

	if (style->capital)
		*first = (char)toupper((unsigned char)*first);
	return whole;
}

void subject_style_release(struct subject_style *style)
{
	free(style->prefix);
	*style = (struct subject_style){ NULL, false };
}
