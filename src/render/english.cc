#include "render/english.h"

#include "render/comparison_page.h"
#include "render/what_if_page.h"

namespace influence {
namespace {

std::string InEnglish(const Page& page, Rendering rendering) {
  return rendering == Rendering::kMarkdown ? PageAsMarkdown(page, Words())
                                           : PageAsText(page, Words());
}

}  // namespace

std::string InEnglish(const msg::CompareResponse& comparison,
                      Rendering rendering, std::string_view rendered_by) {
  return rendering == Rendering::kNone
             ? ""
             : InEnglish(PageOf(comparison, {rendered_by, Proof::kFacts}),
                         rendering);
}

std::string InEnglish(const msg::WhatIfResponse& answer, Rendering rendering,
                      std::string_view rendered_by) {
  return rendering == Rendering::kNone
             ? ""
             : InEnglish(PageOf(answer, {rendered_by, Proof::kFacts}),
                         rendering);
}

}  // namespace influence
