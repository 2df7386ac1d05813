// Reads a corpus as text, puts each request to the library again and finds the
// first answer that differs.
#include "cli/conformance/replay.h"

#include <algorithm>
#include <charconv>
#include <utility>
#include <vector>

#include "cli/conformance/corpus.h"
#include "cli/conformance/corpus_sha256.h"
#include "cli/conformance/corpus_text.h"

namespace influence::conformance {
namespace {

// Takes what is before the first separator, and that, off the text.
std::string_view Take(std::string_view separator, std::string_view* text) {
  const size_t end = text->find(separator);
  if (end == std::string_view::npos) {
    return std::exchange(*text, std::string_view());
  }
  const std::string_view head = text->substr(0, end);
  text->remove_prefix(end + separator.size());
  return head;
}

[[noreturn]] void Refuse(const char* why, size_t line) {
  throw NotACorpus("line " + std::to_string(line) + ": " + why);
}

// Returns the text after "word " in a line that begins so.
std::string_view After(std::string_view word, std::string_view line,
                       size_t number) {
  if (line.substr(0, word.size()) != word) {
    Refuse("is not what a corpus has there", number);
  }
  return line.substr(word.size());
}

size_t Number(std::string_view word, size_t line) {
  size_t value = 0;
  const char* const end = word.data() + word.size();
  const auto read = std::from_chars(word.data(), end, value);
  if (word.empty() || read.ec != std::errc() || read.ptr != end) {
    Refuse("has no number", line);
  }
  return value;
}

std::string Hex(std::string_view word, size_t line) {
  std::string bytes;
  if (!FromHex(word, &bytes)) Refuse("has no hexadecimal bytes", line);
  return bytes;
}

class Replayer {
 public:
  // One block with its last newline, without the empty line that ends it.
  std::string Answer(std::string_view block, size_t line) {
    std::string_view rest = block;
    const std::string_view first = Take("\n", &rest);
    if (line == 1) {
      After("influence conformance corpus", first, line);
      algorithm_ = After("of ", Take("\n", &rest), line + 1);
      return std::string(block);
    }
    return first.substr(0, 7) == "engine " ? AnswerEngine(first, line)
                                           : AnswerCase(block, line);
  }

  size_t cases() const { return cases_; }

 private:
  std::string AnswerEngine(std::string_view first, size_t line) {
    std::string_view words = After("engine ", first, line);
    if (Number(Take(" ", &words), line) != engines_.size()) {
      Refuse("is not the next engine", line);
    }
    if (engines_.empty()) {
      if (words != algorithm_) Refuse("is another algorithm", line);
      engines_.push_back(ReleasedEngine(words));
    } else {
      engines_.push_back(CustomEngine(Hex(After("table ", words, line), line),
                                      engines_.size()));
    }
    std::string text = engines_.back().text;
    text.pop_back();
    return text;
  }

  std::string AnswerCase(std::string_view block, size_t line) {
    std::string_view rest = block;
    After("case ", Take("\n", &rest), line);
    const size_t engine =
        Number(After("by ", Take("\n", &rest), line + 1), line + 1);
    const std::string request =
        Hex(After("request ", Take("\n", &rest), line + 2), line + 2);
    if (engine >= engines_.size() || engines_[engine].handle == nullptr) {
      Refuse("there is no such engine", line + 1);
    }
    const size_t outcome = block.find("\nstatus ");
    if (outcome == std::string_view::npos) Refuse("has no outcome", line);
    std::string text(block.substr(0, outcome + 1));
    Render(Score(engines_[engine].handle.get(), request), &text);
    ++cases_;
    return text;
  }

  std::string_view algorithm_;
  std::vector<Engine> engines_;
  size_t cases_ = 0;
};

void FindDifference(std::string_view want, std::string_view got, size_t line,
                    Replay* replay) {
  std::string_view first = want;
  first = Take("\n", &first);
  const std::string_view kind = Take(" ", &first);
  replay->where = std::string(kind) + " " + std::string(Take(" ", &first));
  for (;; ++line) {
    const std::string_view expected = Take("\n", &want);
    const std::string_view found = Take("\n", &got);
    if (expected == found && !(want.empty() && got.empty())) continue;
    replay->differs = true;
    replay->line = line;
    replay->expected = expected;
    replay->got = found;
    return;
  }
}

}  // namespace

Replay ReplayCorpus(std::string_view text) {
  Replay replay;
  Replayer replayer;
  Sha256 hash;
  for (size_t line = 1; !text.empty();) {
    const std::string_view start = text;
    const bool ended = text.find("\n\n") != std::string_view::npos;
    if (!ended) Refuse("this block is cut short", line);
    const std::string_view block =
        start.substr(0, Take("\n\n", &text).size() + 1);
    const std::string got = replayer.Answer(block, line);
    if (got != block && !replay.differs) {
      FindDifference(block, got, line, &replay);
    }
    hash.Update(got);
    hash.Update("\n");
    line += static_cast<size_t>(std::count(block.begin(), block.end(), '\n'));
    ++line;
  }
  if (replayer.cases() == 0) Refuse("there is no case", 1);
  replay.cases = replayer.cases();
  replay.digest = hash.Hex();
  return replay;
}

}  // namespace influence::conformance
