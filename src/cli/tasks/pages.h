// Pages in a language: text, Markdown, HTML, JSON, a badge.
#ifndef INFLUENCE_CLI_TASKS_PAGES_H_
#define INFLUENCE_CLI_TASKS_PAGES_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "cli/client/engine_handle.h"

namespace influence::cli {

struct LanguageOptions {
  std::string name;      // "en", "de"; empty is English
  std::string messages;  // instead: a file of words
};

void AddLanguage(CLI::App* app, LanguageOptions* options);

// The page of what the request has, as `format`: "text", "markdown", "html",
// "json" (sentences by code) or "svg". Throws Failure.
std::string Page(abi1::RenderRequest request, const std::string& format,
                 const LanguageOptions& language);

// Throws Failure(kUsage) if a language is asked for and the format, which is of
// an answer and not of a page, has no words.
void CheckWords(const LanguageOptions& language, const std::string& format);

// Puts the algorithm into `where()` if it is a custom one, which a page needs.
void StateCustom(const Engine& engine,
                 const std::function<abi1::Algorithm*()>& where);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_TASKS_PAGES_H_
