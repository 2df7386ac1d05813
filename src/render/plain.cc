#include "render/plain.h"

#include "render/comparison.h"
#include "render/what_if.h"

namespace influence {
namespace {

std::string InEnglish(const Page& page, Rendering rendering) {
  return rendering == Rendering::kMarkdown ? PageAsMarkdown(page, Words())
                                           : PageAsText(page, Words());
}

}  // namespace

std::string InEnglish(const Comparison& comparison, Rendering rendering) {
  return rendering == Rendering::kNone
             ? ""
             : InEnglish(PageOf(comparison), rendering);
}

std::string InEnglish(const WhatIfAnswer& answer, Rendering rendering) {
  return rendering == Rendering::kNone ? ""
                                       : InEnglish(PageOf(answer), rendering);
}

}  // namespace influence
