// Arguments, languages and the filling of templates. A language is checked
// completely when it is read, so that rendering a page cannot fail half-way for
// a missing word.
#include "render/words.h"

#include <algorithm>

#include "base/civil.h"
#include "base/muldiv.h"
#include "text/escape.h"
#include "text/numbers.h"

namespace influence {
namespace {

constexpr std::string_view kGerman =
#include "render/languages/card_de.inc"
#include "render/languages/de.inc"
    ;

Message Offset(Message first, size_t by) {
  return static_cast<Message>(static_cast<size_t>(first) + by);
}

// Layout codes only place a value; languages do not translate them.
bool IsLayout(size_t message) {
  return message >= static_cast<size_t>(Message::kNothing) &&
         message <= static_cast<size_t>(Message::kInBrackets);
}

// True for codes that occur only on cards.
bool IsOfCard(size_t message) {
  constexpr std::string_view kPrefix = "card.";
  return kMessages[message].code.substr(0, kPrefix.size()) == kPrefix;
}

// Finds `name` in a list separated by spaces, and sets its position.
bool FindName(std::string_view names, std::string_view name, size_t* position) {
  for (*position = 0; !names.empty(); ++*position) {
    const size_t space = names.find(' ');
    if (names.substr(0, space) == name) return true;
    names = space == std::string_view::npos ? "" : names.substr(space + 1);
  }
  return false;
}

// Calls `text` and `name` for the parts of a template in order. False for an
// unpaired brace.
template <typename TextFn, typename NameFn>
bool Walk(std::string_view words, TextFn text, NameFn name) {
  while (!words.empty()) {
    const size_t open = words.find_first_of("{}");
    text(words.substr(0, open));
    if (open == std::string_view::npos) return true;
    const size_t close = words.find('}', open);
    if (words[open] == '}' || close == std::string_view::npos) return false;
    name(words.substr(open + 1, close - open - 1));
    words.remove_prefix(close + 1);
  }
  return true;
}

// Returns the fault of these words for the message, or "".
std::string FaultOf(const MessageInfo& info, std::string_view words) {
  std::string fault;
  size_t used = 0;
  const bool whole = Walk(
      words, [](std::string_view) {},
      [&](std::string_view name) {
        size_t position = 0;
        if (!FindName(info.arguments, name, &position) || position >= 32) {
          fault = "has no argument {" + Printable(name.substr(0, 40)) + "}";
        } else {
          used |= size_t{1} << position;
        }
      });
  if (!whole) return "has a brace that is alone";
  if (!fault.empty()) return fault;
  size_t count = info.arguments.empty() ? 0 : 1;
  for (const char c : info.arguments) count += c == ' ' ? 1 : 0;
  return used + 1 == size_t{1} << count ? "" : "leaves out an argument";
}

Error Wrong(size_t line, const std::string& what) {
  return {Code::kInvalidArgument, "messages",
          "line " + std::to_string(line) + ": " + what};
}

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r";
  const size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

}  // namespace

std::string_view Name(Argument::Type type) {
  constexpr std::string_view kNames[] = {
      "points",       "change",   "change_hundredths",
      "whole_points", "quantity", "count",
      "day",          "text",     "message",
      "sum",          "list"};
  return kNames[static_cast<size_t>(type)];
}

Argument Points(Micros points) { return {Argument::Type::kPoints, points}; }
Argument Signed(Micros points) { return {Argument::Type::kChange, points}; }
Argument SignedHundredths(Micros points) {
  return {Argument::Type::kHundredths, points};
}
Argument WholePoints(Micros points) {
  return {Argument::Type::kWholePoints, points};
}
Argument Quantity(Micros quantity) {
  return {Argument::Type::kQuantity, quantity};
}
Argument Count(uint64_t count) {
  return {Argument::Type::kCount, static_cast<int64_t>(count)};
}
Argument Day(int32_t day) { return {Argument::Type::kDate, day}; }
Argument Text(std::string_view text) {
  return {Argument::Type::kText, 0, std::string(text)};
}
Argument Word(Message message) {
  return {Argument::Type::kMessage, static_cast<int64_t>(message)};
}
Argument Word(Band band) {
  return Word(Offset(Message::kBandMinimal, static_cast<size_t>(band) - 1));
}
Argument Word(Factor factor) {
  return Word(Offset(Message::kFactorAttention, Index(factor)));
}
Argument Word(Signal signal) {
  return Word(Offset(Message::kSignalMentions, Index(signal)));
}
Argument Sum(std::vector<Sentence> sentences) {
  return {Argument::Type::kSum, 0, {}, std::move(sentences)};
}
Argument List(std::vector<Sentence> sentences) {
  return {Argument::Type::kList, 0, {}, std::move(sentences)};
}
Argument Inner(Sentence sentence) { return List({std::move(sentence)}); }
Argument Network(std::string_view name) {
  return name.empty() ? Word(Message::kNoNetwork) : Text(name);
}
Argument PercentOf(uint64_t part, uint64_t all) {
  constexpr Micros kHundredth = kOne / 100;
  if (all == 0) return Quantity(0);
  return Quantity(
      MulDiv(static_cast<Micros>(part), 10'000, static_cast<Micros>(all)) *
      kHundredth);
}
Sentence Say(Argument value) { return {Message::kValue, {std::move(value)}}; }

Words::Words() {
  for (size_t i = 0; i < kMessageCount; ++i) {
    templates_[i] = kMessages[i].english;
  }
}

Error Words::Find(std::string_view name, Words* words) {
  if (name.empty() || name == "en") {
    *words = Words();
    return {};
  }
  if (name == "de") return Read(kGerman, /*card=*/true, words);
  return {Code::kInvalidArgument, "language",
          "there are: en, de; for another send its messages"};
}

// Every code must occur exactly once, so a translation cannot silently mix
// languages.
Error Words::Read(std::string_view text, bool card, Words* words) {
  std::array<bool, kMessageCount> seen{};
  for (size_t line = 1; !text.empty(); ++line) {
    const size_t end = text.find('\n');
    const std::string_view row = Trimmed(text.substr(0, end));
    text = end == std::string_view::npos ? "" : text.substr(end + 1);
    if (row.empty() || row[0] == '#') continue;
    const size_t equals = row.find('=');
    if (equals == std::string_view::npos) return Wrong(line, "has no =");
    const std::string_view code = Trimmed(row.substr(0, equals));
    const auto* info =
        std::find_if(std::begin(kMessages), std::end(kMessages),
                     [&](const MessageInfo& i) { return i.code == code; });
    if (info == std::end(kMessages) ||
        IsLayout(static_cast<size_t>(info - kMessages))) {
      return Wrong(line, Printable(code.substr(0, 40)) + " is no code");
    }
    const auto at = static_cast<size_t>(info - kMessages);
    if (seen[at]) return Wrong(line, std::string(code) + " is there twice");
    seen[at] = true;
    const std::string_view value = Trimmed(row.substr(equals + 1));
    if (std::string fault = FaultOf(*info, value); !fault.empty()) {
      return Wrong(line, std::string(code) + " " + fault);
    }
    words->templates_[at] = value;
  }
  for (size_t i = 0; i < kMessageCount; ++i) {
    if (IsLayout(i)) {
      words->templates_[i] = kMessages[i].english;
    } else if (!seen[i] && (card || !IsOfCard(i))) {
      return {Code::kInvalidArgument, "messages",
              std::string(kMessages[i].code) + " is missing"};
    }
  }
  return {};
}

// Numbers are formatted in English and then get the marks of the language.
std::string Words::Localized(const std::string& number) const {
  std::string out;
  for (const char c : number) {
    if (c == '.') {
      out += (*this)(Message::kDecimalMark);
    } else if (c == ',') {
      out += (*this)(Message::kGroupMark);
    } else {
      out += c;
    }
  }
  return out;
}

std::string Words::Format(const Argument& argument, Escape escape) const {
  switch (argument.type) {
    case Argument::Type::kPoints:
      return Localized(FormatMicros(argument.number));
    case Argument::Type::kChange:
      return (argument.number > 0 ? "+" : "") +
             Localized(FormatMicros(argument.number));
    case Argument::Type::kHundredths: {
      const std::string text = FormatHundredths(argument.number);
      const bool is_above = text[0] != '-' && text != "0.00";
      return (is_above ? "+" : "") + Localized(text);
    }
    case Argument::Type::kWholePoints:
      return FormatMicros(argument.number, 0);
    case Argument::Type::kQuantity:
      return Localized(FormatQuantity(argument.number));
    case Argument::Type::kCount:
      return Localized(FormatCount(static_cast<uint64_t>(argument.number)));
    case Argument::Type::kDate:
      return DayText(argument.number);
    case Argument::Type::kText:
      return escape(argument.text);
    case Argument::Type::kMessage:
      return (*this)(static_cast<Message>(argument.number));
    case Argument::Type::kSum:
    case Argument::Type::kList: {
      std::string out;
      for (const Sentence& part : argument.sentences) {
        if (!out.empty()) {
          out += argument.type == Argument::Type::kSum ? " + " : ", ";
        }
        out += (*this)(part, escape);
      }
      return out;
    }
  }
  return {};
}

// Words and arguments are joined here and nowhere else; `escape` sees only text
// from outside.
std::string Words::operator()(const Sentence& sentence, Escape escape) const {
  const std::string_view names = Info(sentence.message).arguments;
  std::string out;
  Walk(
      templates_[static_cast<size_t>(sentence.message)],
      [&](std::string_view text) { out += text; },
      [&](std::string_view name) {
        size_t position = 0;
        if (FindName(names, name, &position) &&
            position < sentence.arguments.size()) {
          out += Format(sentence.arguments[position], escape);
        }
      });
  return out;
}

}  // namespace influence
