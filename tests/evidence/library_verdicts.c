/*
 * What the library says of evidence, for a comparison with readers that do not know it. Questions on standard input: a
 * letter, a digit that says how many pieces follow, and each piece behind its length (4 bytes, big-endian). Answers: a
 * line each. A piece of no bytes stands for none.
 *
 * R keys receipt; D keys declaration receipt; N keys announcement; C keys checkpoint previous; P keys checkpoint proof;
 * L keys checkpoint leaves: the name of the status. E export; A keys checkpoint leaves export: the name of a status
 * that is a failure, else verdict, sequence, entries the checkpoint vouches for.
 */
#include <nctracks/anchor.h>
#include <nctracks/checkpoint.h>
#include <nctracks/key.h>
#include <nctracks/receipt.h>

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>

#define PIECES 4

struct piece {
    unsigned char *bytes; /* NULL: none */
    size_t len;
};

static void fail(const char *what) {
    fprintf(stderr, "library_verdicts: %s\n", what);
    exit(1);
}

static void read_piece(struct piece *piece) {
    unsigned char head[4];
    if (fread(head, 1, sizeof head, stdin) != sizeof head)
        fail("a length is missing");
    piece->len = (size_t)head[0] << 24 | (size_t)head[1] << 16 | (size_t)head[2] << 8 | head[3];
    piece->bytes = piece->len > 0 ? malloc(piece->len) : NULL;
    if (piece->len > 0 && (piece->bytes == NULL || fread(piece->bytes, 1, piece->len, stdin) != piece->len))
        fail("a piece is missing");
}

static void tell_verdict(nct_status status, int32_t verdict, uint64_t sequence, uint64_t anchored) {
    static const char *const names[] = {"VALID", "VALID_BUT_UNANCHORED", "TAMPERED"};
    if (status != NCT_OK)
        puts(nct_status_name(status));
    else
        printf("%s %" PRIu64 " %" PRIu64 "\n", names[verdict], sequence, anchored);
}

static void judge_export(const struct piece *export) {
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t sequence = 0;
    nct_status status = nct_ledger_verify_export(export->bytes, export->len, &verdict, &sequence, NULL);
    tell_verdict(status, verdict, sequence, 0);
}

static void judge_anchored(const struct piece p[PIECES]) {
    nct_anchors *anchors = NULL;
    int32_t verdict = NCT_LEDGER_TAMPERED;
    uint64_t sequence = 0;
    uint64_t anchored = 0;
    nct_status status =
        nct_anchors_from_leaves(p[1].bytes, p[1].len, p[2].bytes, p[2].len, p[0].bytes, p[0].len, &anchors);
    if (status == NCT_OK)
        status = nct_ledger_verify_export_against(p[3].bytes, p[3].len, anchors, &verdict, &sequence, &anchored);
    nct_anchors_free(anchors);
    tell_verdict(status, verdict, sequence, anchored);
}

static nct_status judge_leaves(const struct piece p[PIECES]) {
    nct_anchors *anchors = NULL;
    nct_status status =
        nct_anchors_from_leaves(p[1].bytes, p[1].len, p[2].bytes, p[2].len, p[0].bytes, p[0].len, &anchors);
    nct_anchors_free(anchors);
    return status;
}

static nct_status judge(int question, const struct piece p[PIECES]) {
    switch (question) {
    case 'R':
        return nct_receipt_verify(p[1].bytes, p[1].len, p[0].bytes, p[0].len, NULL, 0, NULL);
    case 'D':
        return nct_repudiation_verify(p[1].bytes, p[1].len, p[2].bytes, p[2].len, p[0].bytes, p[0].len, NULL);
    case 'N':
        return nct_announcement_verify(p[1].bytes, p[1].len, p[0].bytes, p[0].len, NULL, NULL);
    case 'C':
        return nct_checkpoint_verify(p[1].bytes, p[1].len, p[0].bytes, p[0].len, p[2].bytes, p[2].len, NULL);
    case 'P':
        return nct_checkpoint_verify_inclusion(p[1].bytes, p[1].len, p[0].bytes, p[0].len, p[2].bytes, p[2].len, NULL);
    case 'L':
        return judge_leaves(p);
    default:
        fail("an unknown question");
        return NCT_E_ARGUMENT;
    }
}

int main(void) {
    for (int question = getchar(); question != EOF; question = getchar()) {
        struct piece pieces[PIECES] = {{NULL, 0}};
        int count = getchar() - '0';
        if (count < 1 || count > PIECES)
            fail("no number of pieces");
        for (int i = 0; i < count; i++)
            read_piece(&pieces[i]);
        if (question == 'E')
            judge_export(&pieces[0]);
        else if (question == 'A')
            judge_anchored(pieces);
        else
            puts(nct_status_name(judge(question, pieces)));
        for (int i = 0; i < count; i++)
            free(pieces[i].bytes);
    }
    return 0;
}
