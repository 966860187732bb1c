#include "CZlib.h"

#include <limits.h>
#include <stdlib.h>
#include <zlib.h>

struct apus_gzip {
  z_stream zlib;
};

apus_gzip *apus_gzip_open(int level) {
  apus_gzip *stream = calloc(1, sizeof *stream);
  if (stream == NULL) return NULL;
  // 16 more bits of window than the largest window has: a gzip stream instead of a zlib one.
  if (deflateInit2(&stream->zlib, level, Z_DEFLATED, MAX_WBITS + 16, 8, Z_DEFAULT_STRATEGY) != Z_OK) {
    free(stream);
    return NULL;
  }
  return stream;
}

ptrdiff_t apus_gzip_write(
    apus_gzip *stream, const uint8_t *input, size_t *input_left, uint8_t *output, size_t output_size, int finish) {
  if (*input_left > UINT_MAX || output_size > UINT_MAX) return -1;
  stream->zlib.next_in = (Bytef *)input;
  stream->zlib.avail_in = (uInt)*input_left;
  stream->zlib.next_out = output;
  stream->zlib.avail_out = (uInt)output_size;
  int result = deflate(&stream->zlib, finish ? Z_FINISH : Z_NO_FLUSH);
  // Z_BUF_ERROR only says that there was nothing to do.
  if (result != Z_OK && result != Z_STREAM_END && result != Z_BUF_ERROR) return -1;
  *input_left = stream->zlib.avail_in;
  return (ptrdiff_t)(output_size - stream->zlib.avail_out);
}

void apus_gzip_close(apus_gzip *stream) {
  deflateEnd(&stream->zlib);
  free(stream);
}
