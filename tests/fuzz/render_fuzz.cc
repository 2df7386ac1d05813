// Any bytes at all as a RenderRequest: no crash, no leak, no page with a NUL or
// bytes that are not UTF-8, and of a page the same again.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "influence/influence.h"
#include "laws.h"

namespace {

std::string Render(const uint8_t* data, size_t size, influence_status* status) {
  influence_bytes text = {};
  influence_error* error = nullptr;
  *status = influence_render(data, size, &text, &error);
  CheckError(*status, error);
  Require((*status == INFLUENCE_OK) == (text.size > 0),
          "a page if and only if it succeeded");
  const std::string page(reinterpret_cast<const char*>(text.data), text.size);
  influence_bytes_free(&text);
  return page;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  influence_status status = INFLUENCE_OK;
  const std::string page = Render(data, size, &status);
  if (status != INFLUENCE_OK) return 0;
  Require(page.find('\0') == std::string::npos, "a page is text");
  Require(page == Render(data, size, &status), "a page is always the same");
  return 0;
}
