// The part of zlib that answers are compressed with: its functions are macros and structs that Swift does not import well.
#pragma once
#include <stddef.h>
#include <stdint.h>

/// A gzip stream (RFC 1952) that is being written.
typedef struct apus_gzip apus_gzip;

/// Opens a stream; level 1 is fast, 9 is small. NULL without memory.
apus_gzip *apus_gzip_open(int level);

/// Compresses from `input` into `output`. Lowers `*input_left` by what was taken, and returns how many bytes were
/// written; -1 if the stream is broken. With `finish`, the stream's end is written too: it is complete once less than
/// `output_size` bytes come back.
ptrdiff_t apus_gzip_write(
    apus_gzip *stream, const uint8_t *input, size_t *input_left, uint8_t *output, size_t output_size, int finish);

/// Frees the stream.
void apus_gzip_close(apus_gzip *stream);
