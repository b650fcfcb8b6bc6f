/* What the CBOR writer and reader share about the heads of items. */
#ifndef NCT_CODEC_CBOR_HEAD_H
#define NCT_CODEC_CBOR_HEAD_H

/* The simple values of the subset. */
enum { NCT_CBOR_FALSE = 20, NCT_CBOR_TRUE = 21, NCT_CBOR_NULL = 22 };

/* A head is a byte of major type and additional information, then an argument of 0, 1, 2, 4 or 8 bytes. */
enum { NCT_CBOR_TYPE_SHIFT = 5, NCT_CBOR_INFO_MASK = 0x1f, NCT_CBOR_INFO_1_BYTE = 24, NCT_CBOR_INFO_8_BYTES = 27 };

#endif
