/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_VERSION_H
#define LIB_VERSION_H

#define DMACHECK_VERSION "0.1"

#endif
