// What is stored as words, in a language: text, Markdown, HTML, JSON, a badge.
#ifndef INFLUENCE_CLI_PAGES_H_
#define INFLUENCE_CLI_PAGES_H_

#include <string>

#include "cli/engine.h"

namespace influence::cli {

struct LanguageOptions {
  std::string name;      // "en", "de"; empty is English
  std::string messages;  // instead: a file of words
};

// The page of what the request has, as `format`: "text", "markdown", "html",
// "json" (sentences by code) or "svg". Throws Failure.
std::string Page(wire::RenderRequest request, const std::string& format,
                 const LanguageOptions& language);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_PAGES_H_
