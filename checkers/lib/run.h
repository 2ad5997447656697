/* SPDX-License-Identifier: GPL-2.0-only */
#ifndef LIB_RUN_H
#define LIB_RUN_H
#include "lib/compat.h"

#include <sys/types.h>

/*
 * Run a program and wait for it. It gets a process group of its own, which
 * is killed as a whole when dmacheck exits or is interrupted, so that
 * nothing that the program itself started is left either; should dmacheck be
 * killed outright, the kernel sends the program a SIGTERM.
 */
struct run_job {
	const char *const *argv;	/* NULL-terminated; found through PATH */
	const char *dir;		/* where it runs; NULL: here */
	char *const *env;		/* see run_env(); NULL: our own */
	const char *input;		/* the file that is its stdin; NULL: none */
	/*
	 * Where its stdout goes: to `line` line by line (without the newline;
	 * the line may be changed in place and ends with a NUL at line[len]),
	 * else into the file `output`, else into the result.
	 * Its stderr always goes into the result.
	 */
	void (*line)(void *data, char *line, size_t len);
	void *data;			/* for `line` and `tick` */
	void (*tick)(void *data);	/* called a few times a second */
	const char *output;
	unsigned int timeout;		/* seconds; 0: as long as it takes */
	size_t memory;			/* bytes that it may take; 0: any number */
	/* Bytes of output in the result; more end it. 0: any number. */
	size_t max_output;
};

struct run_result {
	int exit_status;	/* 0-255, -1 if it did not exit by itself */
	int signal;		/* the one it died of, or 0 */
	int start_errno;	/* why it could not be started, or 0 */
	bool timed_out;
	bool too_much;		/* more than max_output */
	char *output;		/* see above; as it came, NUL-terminated */
	size_t output_len;
};
#define RUN_RESULT_INIT { -1, 0, 0, false, false, NULL, 0 }

/*
 * 0 if the program ran and exited with 0, else -1; nothing is said about it.
 * `result` is to be released in either case.
 */
int run(struct run_result *result, const struct run_job *job);

/*
 * As run() for `nr` programs at the same time; 0 if all of them exited with 0.
 * `line` is called for one after the other, never for two at once.
 */
int run_all(struct run_result *results, const struct run_job *jobs, size_t nr);

/*
 * Many programs, some of them at a time: when one ends the next one starts.
 */
struct run_queue {
	size_t at_once;		/* 1 or more */
	/*
	 * Fill in the next program and a number for it; false if there are
	 * no more. What the job points to must live until `done`.
	 */
	bool (*next)(struct run_job *job, size_t *number, void *data);
	/* Called for each, in the order in which they end. */
	void (*done)(size_t number, const struct run_result *result,
		     const struct run_job *job, void *data);
	void *data;
};
void run_queue(const struct run_queue *queue);

/*
 * How it ended, in words: "exit status 2", "killed by signal 11
 * (Segmentation fault)", "no end after 60 seconds", "No such file or
 * directory". The caller frees it.
 */
char *run_words(const struct run_result *result, const struct run_job *job);

/* The last `lines` lines of the output; points into it, "" if there is none. */
const char *run_tail(const struct run_result *result, unsigned int lines);

void run_release(struct run_result *result);

/*
 * An environment for run_job.env: ours without the variables in `without`
 * (NULL-terminated; "KBUILD_*" means all that start so) and with the "X=y" in
 * `with` (NULL-terminated or NULL). One allocation for the list: free() it;
 * the strings are not copied.
 */
char **run_env(const char *const *without, const char *const *with);

/*
 * The words of a command as one would type them to a shell, quoted where they
 * need it. The caller frees it.
 */
char *run_command_line(const char *const *argv);

/* The absolute path of `program` as PATH finds it, NULL if it does not. */
char *run_find_program(const char *program);

#endif
