/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef CLI_EXPLAIN_LOG_H
#define CLI_EXPLAIN_LOG_H
struct options;

/*
 * `dmacheck explain --dmesg LOG`: for each warning of the DMA API in the kernel
 * log opt->dmesg, print what it means and which rules find it; with a kernel
 * tree also where its functions are, and what these rules find there. Returns
 * dmacheck's exit status: EXIT_FAILED after an error().
 */
int explain_log(const struct options *opt);

#endif
