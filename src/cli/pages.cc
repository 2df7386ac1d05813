#include "cli/pages.h"

#include "cli/files.h"

namespace influence::cli {
namespace {

wire::RenderFormat FormatOf(const std::string& name) {
  if (name == "text") return wire::RENDER_FORMAT_TEXT;
  if (name == "markdown") return wire::RENDER_FORMAT_MARKDOWN;
  if (name == "json") return wire::RENDER_FORMAT_JSON;
  if (name == "svg") return wire::RENDER_FORMAT_SVG_BADGE;
  return wire::RENDER_FORMAT_HTML;
}

}  // namespace

std::string Page(wire::RenderRequest request, const std::string& format,
                 const LanguageOptions& language) {
  request.set_format(FormatOf(format));
  request.set_language(language.name);
  if (!language.messages.empty()) {
    request.set_messages(ReadAll(language.messages));
  }
  return Render(request.SerializeAsString());
}

}  // namespace influence::cli
