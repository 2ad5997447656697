// SPDX-License-Identifier: GPL-2.0-only
/* Prints a fact set as text; for tests and debugging. */
#include "facts/facts.h"

static void print_place(const struct fact_set *set,
			const struct function *fn, uint32_t id, FILE *out)
{
	static const char carries[] = "-EPWANFO";
	const struct place *p;

	if (id == NO_PLACE) {
		fputs("none", out);
		return;
	}
	p = &set->places[fn->first_place + id];
	switch (p->kind) {
	case PLACE_LOCAL:
		fprintf(out, "%s", facts_str(set, p->name));
		break;
	case PLACE_PARAM:
		fprintf(out, "%s#%u", facts_str(set, p->name), p->number);
		break;
	case PLACE_RETURN:
		fputs("return", out);
		break;
	case PLACE_CALL:
		fprintf(out, "call@%u", p->number);
		break;
	case PLACE_FIELD:
		fprintf(out, "%s.%s", facts_str(set, p->record),
			facts_str(set, p->name));
		break;
	case PLACE_GLOBAL:
	case PLACE_STATIC:
		fprintf(out, "::%s", facts_str(set, p->name));
		break;
	case PLACE_FUNCTION:
		fprintf(out, "%s()", facts_str(set, p->name));
		break;
	}
	fprintf(out, "/%c%s", carries[p->carry], p->is_pointer ? "*" : "");
}

static void print_value(const struct fact_set *set, const struct function *fn,
			struct value value, FILE *out)
{
	uint32_t i;

	fputc('{', out);
	for (i = 0; i < value.nr; i++) {
		const struct term *t =
			&set->terms[fn->first_term + value.first + i];

		if (i)
			fputs(" ", out);
		if (t->alt != ALT_ALL)
			fprintf(out, "%u:", t->alt);
		if (t->kind == TERM_PLACE)
			print_place(set, fn, t->place, out);
		else if (t->kind == TERM_BITS)
			fprintf(out, "%s%s0x%llx",
				t->name == NO_NAME ? "" :
				facts_str(set, t->name),
				t->name == NO_NAME ? "" : "=",
				(unsigned long long)t->bits);
		else
			fputs("?", out);
	}
	fputc('}', out);
}

static void print_test(const struct fact_set *set, const struct function *fn,
		       const struct op *op, FILE *out)
{
	static const char *const tests[] = {
		"", "!", "<", "<=", ">", ">=", "==", "!=", "&",
	};

	fprintf(out, "test %s", op->nr_args ? "" : tests[op->flags]);
	print_value(set, fn, op->value, out);
	if (!op->nr_args)
		return;
	fprintf(out, " %s ", tests[op->flags]);
	print_value(set, fn, set->args[fn->first_arg + op->first_arg], out);
}

static void print_details(const struct fact_set *set, const struct op *op,
			  FILE *out)
{
	uint32_t i;

	if (op->first_detail == NO_DETAIL)
		return;
	for (i = 0; i < op->nr_args; i++) {
		const struct arg_detail *d =
			&set->details[op->first_detail + i];

		fprintf(out, "\n    %u: %s: %s", i, facts_str(set, d->type),
			facts_str(set, d->text));
		if (d->record)
			fprintf(out, " = %s.%s", facts_str(set, d->record),
				facts_str(set, d->field));
		fprintf(out, "%s%s%s%s",
			d->flags & DETAIL_ADDRESS ? " address" : "",
			d->flags & DETAIL_ELEMENT ? " element" : "",
			d->flags & DETAIL_LOCAL ? " local" : "",
			d->flags & DETAIL_MACRO ? " macro" : "");
	}
}

static void print_jump(const struct fact_set *set, const struct op *op,
		       FILE *out)
{
	static const char *const jumps[] = { "goto ", "break", "continue" };

	fprintf(out, "%s%s", op->kind == OP_JUMP ? jumps[op->flags] : "",
		facts_str(set, op->spelling));
	if (op->kind == OP_LABEL)
		fputc(':', out);
}

static void print_op(const struct fact_set *set, const struct function *fn,
		     uint32_t number, FILE *out)
{
	const struct op *op = &set->ops[fn->first_op + number];
	uint32_t i;

	fprintf(out, "  %u:%u b%u ", op->line, op->column, op->branch);
	if (op->kind == OP_RETURN) {
		fputs("return ", out);
		print_value(set, fn, op->value, out);
	} else if (op->kind == OP_TEST) {
		print_test(set, fn, op, out);
	} else if (op->kind == OP_JUMP || op->kind == OP_LABEL) {
		print_jump(set, op, out);
	} else if (op->kind == OP_ALIAS) {
		print_place(set, fn, op->dst, out);
		fprintf(out, " is %s", facts_str(set, op->spelling));
	} else if (op->kind == OP_KEEP) {
		fprintf(out, "%s ", op->dst == NO_PLACE ?
			facts_str(set, op->spelling) : "");
		if (op->dst != NO_PLACE)
			print_place(set, fn, op->dst, out);
		fputs(" keeps ", out);
		print_value(set, fn, op->value, out);
	} else if (op->kind == OP_ASSIGN) {
		if (op->flags & ASSIGN_ELEMENT)
			fputs("*", out);
		print_place(set, fn, op->dst, out);
		fputs(op->flags & ASSIGN_OR ? " |= " :
		      op->flags & ASSIGN_AND ? " &= " :
		      op->flags & ASSIGN_UPDATE ? " ?= " : " = ", out);
		print_value(set, fn, op->value, out);
		if (op->flags & ASSIGN_NARROW)
			fputs(" narrow", out);
	} else {
		fprintf(out, "@%u ", number);
		print_value(set, fn, op->value, out);
		fputs("(", out);
		for (i = 0; i < op->nr_args; i++) {
			if (i)
				fputs(", ", out);
			print_value(set, fn,
				    set->args[fn->first_arg + op->first_arg +
					      i], out);
		}
		fputs(op->flags & CALL_IGNORED ? ") ignored" : ")", out);
		print_details(set, op, out);
	}
	fputc('\n', out);
}

static void print_records(const struct fact_set *set, FILE *out)
{
	uint32_t i, j;

	for (i = 0; i < set->nr_records; i++) {
		const struct record_layout *r = &set->records[i];

		fprintf(out, "struct %s (%s:%u) %u bytes\n",
			facts_str(set, r->name), facts_str(set, r->file),
			r->line, r->size);
		for (j = 0; j < r->nr_fields; j++) {
			const struct field_layout *f =
				&set->fields[r->first_field + j];

			fprintf(out, "  %u+%u align %u %s: %s\n", f->offset,
				f->size, f->align, facts_str(set, f->name),
				facts_str(set, f->type));
		}
	}
	for (i = 0; i < set->nr_exports; i++) {
		const struct export_fact *e = &set->exports[i];

		fprintf(out, "%s %s %s\n", facts_str(set, e->macro),
			facts_str(set, e->name),
			facts_str(set, e->arguments));
	}
}

static void print_edge(uint32_t block, FILE *out)
{
	if (block == NO_BLOCK)
		fputs(" end", out);
	else
		fprintf(out, " %u", block);
}

static void print_blocks(const struct fact_set *set,
			 const struct function *fn, FILE *out)
{
	uint32_t i;

	/* A single one says nothing. */
	for (i = 0; fn->nr_blocks > 1 && i < fn->nr_blocks; i++) {
		const struct block *b = &set->blocks[fn->first_block + i];

		fprintf(out, "  block %u from %u:", i, b->first_op);
		print_edge(b->next[0], out);
		if (b->next[1] != NO_BLOCK) {
			fputs(" else", out);
			print_edge(b->next[1], out);
			fprintf(out, " if %s", facts_str(set, b->text));
		}
		if (b->test != NO_OP)
			fprintf(out, " by %u", b->test);
		fputc('\n', out);
	}
}

void facts_print(const struct fact_set *set, FILE *out)
{
	uint32_t i, j;

	print_records(set, out);

	for (i = 0; i < set->nr_functions; i++) {
		const struct function *fn = &set->functions[i];

		fprintf(out, "%s (%s:%u)\n", facts_str(set, fn->key),
			facts_str(set, fn->file), fn->line);
		for (j = 0; j < fn->nr_ops; j++)
			print_op(set, fn, j, out);
		print_blocks(set, fn, out);
	}
}
