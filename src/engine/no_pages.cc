// Stands in for page_calls.cc and the layer render in a library that is built
// without pages (INFLUENCE_PAGES=OFF): every function is there, and none of the
// formats. Empty in any other build, so that a build by hand may compile it.
#ifdef INFLUENCE_NO_PAGES
#include "engine/page_calls.h"
#include "render/english.h"
#include "render/ledger_text.h"

namespace influence {
namespace {

Error WithoutPages(const char* field) {
  return {Code::kInvalidArgument, field,
          "this library was built without pages"};
}

}  // namespace

Error CheckPages(Rendering rendering) {
  return rendering == Rendering::kNone ? Error() : WithoutPages("rendering");
}

Error RenderPage(std::string_view, ByteBuffer*) {
  return WithoutPages("format");
}

// CheckPages() lets nothing but Rendering::kNone through.
std::string Render(const Algorithm&, const Profile&, const Ledger&, Rendering) {
  return {};
}
std::string InEnglish(const msg::CompareResponse&, Rendering,
                      std::string_view) {
  return {};
}
std::string InEnglish(const msg::WhatIfResponse&, Rendering, std::string_view) {
  return {};
}

}  // namespace influence
#endif  // INFLUENCE_NO_PAGES
