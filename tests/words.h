// Sentences of the pages by code and argument: a test that asserts Say(...)
// fails if a page has another code or argument, and holds if only the wording
// changes.
#ifndef INFLUENCE_TESTS_WORDS_H_
#define INFLUENCE_TESTS_WORDS_H_

#include <map>
#include <string>
#include <string_view>

#include "gtest/gtest.h"

namespace influence::testing {

// The English sentence of a code. Fails the test unless `arguments`, as they
// are shown, are exactly those of the code.
inline std::string Say(
    std::string_view code,
    const std::map<std::string, std::string>& arguments = {}) {
  struct Sentence {
    std::string_view code, words;
  };
  static constexpr Sentence kSentences[] = {
#define MESSAGE(name, code, arguments, english) {code, english},
#include "src/render/messages.inc"
#undef MESSAGE
  };
  for (const Sentence& sentence : kSentences) {
    if (sentence.code != code) continue;
    std::string said(sentence.words);
    for (const auto& [name, value] : arguments) {
      const std::string gap = "{" + name + "}";
      size_t at = said.find(gap);
      EXPECT_NE(at, std::string::npos) << code << " has no " << gap;
      for (; at != std::string::npos; at = said.find(gap, at + value.size())) {
        said.replace(at, gap.size(), value);
      }
    }
    EXPECT_EQ(said.find('{'), std::string::npos) << said;
    return said;
  }
  ADD_FAILURE() << "no sentence has the code " << code;
  return {};
}

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_WORDS_H_
