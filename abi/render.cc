// Rendering at the C boundary.
#include "engine/render.h"

#include "boundary.h"
#include "influence/influence.h"

namespace {

using influence::ByteBuffer;
using influence::Error;
using influence::boundary::Barrier;
using influence::boundary::Clear;
using influence::boundary::Fail;
using influence::boundary::FailNull;
using influence::boundary::Give;
using influence::boundary::View;

}  // namespace

influence_status influence_render(const uint8_t* request, size_t request_size,
                                  influence_bytes* text,
                                  influence_bytes* message) {
  return Barrier([&]() -> influence_status {
    Clear(message);
    if (text == nullptr) return FailNull("text", message);
    Clear(text);
    if (request == nullptr && request_size != 0) {
      return FailNull("request", message);
    }
    ByteBuffer page;
    const Error error =
        influence::RenderPage(View(request, request_size), &page);
    if (!error.ok()) return Fail(error.code(), error.ToString(), message);
    Give(&page, text);
    return INFLUENCE_OK;
  });
}
