// Separates contents from wording: sentences are codes with typed arguments,
// and languages are templates for the codes.
#ifndef INFLUENCE_RENDER_WORDS_H_
#define INFLUENCE_RENDER_WORDS_H_

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/micros.h"
#include "model/error.h"
#include "model/ledger.h"
#include "model/vocabulary.h"

namespace influence {

enum class Message {
#define MESSAGE(name, code, arguments, english) k##name,
#include "render/card_messages.inc"
#include "render/messages.inc"
#undef MESSAGE
};

struct MessageInfo {
  std::string_view code;       // "reason.earned"
  std::string_view arguments;  // their names, separated by spaces, in order
  std::string_view english;
};
inline constexpr MessageInfo kMessages[] = {
#define MESSAGE(name, code, arguments, english) {code, arguments, english},
#include "render/card_messages.inc"
#include "render/messages.inc"
#undef MESSAGE
};
inline constexpr size_t kMessageCount = sizeof kMessages / sizeof *kMessages;

constexpr const MessageInfo& Info(Message message) {
  return kMessages[static_cast<size_t>(message)];
}

struct Sentence;

// One value in a sentence.
struct Argument {
  enum class Type {
    kPoints,       // micropoints, all six decimals
    kChange,       // micropoints, with their sign
    kHundredths,   // the same, to the nearest hundredth of a point
    kWholePoints,  // micropoints, shown rounded half-even
    kQuantity,     // millionths
    kCount,        // things
    kDate,         // days since 1970-01-01
    kText,         // from outside
    kMessage,      // words
    kSum,          // sentences with plus signs between
    kList,         // sentences with commas between
  };
  Type type;
  int64_t number = 0;
  std::string text = {};
  std::vector<Sentence> sentences = {};
};

struct Sentence {
  Message message = Message::kNothing;
  std::vector<Argument> arguments = {};
};

// The type's name in JSON: "points", "text", ...
std::string_view Name(Argument::Type type);

Argument Points(Micros points);
Argument Signed(Micros points);
Argument SignedHundredths(Micros points);
Argument WholePoints(Micros points);
Argument Quantity(Micros quantity);
Argument Count(uint64_t count);
Argument Day(int32_t day);
Argument Text(std::string_view text);
Argument Word(Message message);
Argument Word(Band band);
Argument Word(Factor factor);
Argument Word(Signal signal);
Argument Sum(std::vector<Sentence> sentences);
Argument List(std::vector<Sentence> sentences);
// Makes a sentence a part of another.
Argument Inner(Sentence sentence);
// The name of a network, or words for one without a name.
Argument Network(std::string_view name);
// A percentage with at most two decimals, rounded half-even; 0 if `all` is 0.
Argument PercentOf(uint64_t part, uint64_t all);
// A sentence that is only the value.
Sentence Say(Argument value);
inline Sentence Say(Message message) { return {message, {}}; }

// Escapes text from outside for a format.
using Escape = std::string (*)(std::string_view);

// A language: a template for every code. Views the text it was read from.
class Words {
 public:
  Words();  // English

  // Reads a language from lines `code = words`, in which {name} is an argument
  // and a line that begins with # is a comment. Fails with INVALID_ARGUMENT and
  // the line unless each code occurs once with all of its arguments. Codes of
  // cards are required only if `card` is true. Requires UTF-8.
  static Error Read(std::string_view text, bool card, Words* words);

  // Finds the built-in language `name`: "en" (also ""), "de". Fails with
  // INVALID_ARGUMENT for another name.
  static Error Find(std::string_view name, Words* words);

  std::string operator()(const Sentence& sentence, Escape escape) const;
  std::string operator()(Message message) const {
    return std::string(templates_[static_cast<size_t>(message)]);
  }

 private:
  std::string Format(const Argument& argument, Escape escape) const;
  std::string Localized(const std::string& number) const;

  std::array<std::string_view, kMessageCount> templates_;
};

}  // namespace influence

#endif  // INFLUENCE_RENDER_WORDS_H_
