// SPDX-License-Identifier: GPL-2.0-only
/* module: demo */
#include <linux/dma-mapping.h>
#include "demo.h"

void good_init(struct good_map *map)
{
	map->attrs = DMA_ATTR_REQUIRE_COHERENT;
}

void bad_init(struct bad_map *map)
{
	map->attrs = DMA_ATTR_NO_WARN;
}
