// Rendering at the C boundary. It is the one function without a handle:
// algorithms are found by name or come with the request.
#include "boundary.h"
#include "engine/page_calls.h"
#include "influence/influence.h"

influence_status influence_render(const uint8_t* request, size_t request_size,
                                  influence_bytes* text,
                                  influence_error** error) {
  using influence::boundary::Bytes;
  return influence::boundary::Answer(
      text, {Bytes(request, request_size, "request"), {text, "text"}}, error,
      [&](influence::ByteBuffer* out) {
        return influence::RenderPage(
            influence::boundary::View(request, request_size), out);
      });
}
