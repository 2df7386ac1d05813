#include "cli/tasks/pages.h"

#include "cli/basics/failure.h"
#include "cli/read/inputs.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

abi1::RenderFormat FormatOf(const std::string& name) {
  if (name == "text") return abi1::RENDER_FORMAT_TEXT;
  if (name == "markdown") return abi1::RENDER_FORMAT_MARKDOWN;
  if (name == "json") return abi1::RENDER_FORMAT_JSON;
  if (name == "svg") return abi1::RENDER_FORMAT_SVG_BADGE;
  return abi1::RENDER_FORMAT_HTML;
}

}  // namespace

void AddLanguage(CLI::App* app, LanguageOptions* options) {
  CLI::Option* const language =
      app->add_option("--language", options->name, "en or de");
  app->add_option("--messages", options->messages,
                  "another language, as a file of words")
      ->excludes(language);
}

std::string Page(abi1::RenderRequest request, const std::string& format,
                 const LanguageOptions& language) {
  request.set_format(FormatOf(format));
  request.set_language(language.name);
  if (!language.messages.empty()) {
    request.set_messages(ReadAll(language.messages));
    if (request.messages().empty()) {  // which would be English
      throw Failure(kBadData, NameOf(language.messages) + ": is empty");
    }
  }
  return Render(request.SerializeAsString());
}

void CheckWords(const LanguageOptions& language, const std::string& format) {
  const bool is_asked = !language.name.empty() || !language.messages.empty();
  const bool has_words =
      format == "text" || format == "markdown" || format == "html";
  if (is_asked && !has_words) {
    throw Failure(kUsage,
                  "--language and --messages are for text, markdown and html");
  }
}

void StateCustom(const Engine& engine,
                 const std::function<abi1::Algorithm*()>& where) {
  const abi1::AlgorithmDescription description = engine.Describe();
  if (!description.released()) *where() = description.algorithm();
}

}  // namespace influence::cli
