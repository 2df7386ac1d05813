// The cases of a corpus: the golden ones, some written by hand, and a hundred
// thousand made from their number. tests/conformance/README.md defines them.
#ifndef INFLUENCE_CLI_CONFORMANCE_CORPUS_H_
#define INFLUENCE_CLI_CONFORMANCE_CORPUS_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/conformance/corpus_request.h"
#include "cli/conformance/engines.h"
#include "cli/conformance/outcome.h"

namespace influence::conformance {

inline constexpr size_t kGenerated = 100'000;

struct Case {
  std::string name;
  size_t engine = 0;
  std::string bytes;  // the request
  // A description of the bytes, unless they are `hostile`, which no head
  // describes.
  bool hostile = false;
  Head head;
  std::vector<Profile> profiles;
};

// Immutable; any number of threads may use one.
class Corpus {
 public:
  explicit Corpus(std::string_view algorithm);

  const std::vector<Engine>& engines() const { return engines_; }
  size_t size() const { return fixed_.size() + kGenerated; }
  Case Get(size_t number) const;

  // The lines before the first case.
  std::string Preamble() const;

 private:
  Case Generate(size_t number) const;

  std::string algorithm_;
  std::vector<Engine> engines_;
  std::vector<Case> fixed_;
};

// The lines of a case, without and with its outcome.
std::string Question(const Case& c, size_t number);
std::string CaseText(const Case& c, size_t number, const Answer& answer);

// The digest that a correct library gives for a released algorithm, or "".
std::string_view PublishedDigest(std::string_view algorithm);

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_CORPUS_H_
