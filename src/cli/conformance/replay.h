// A corpus in a file, put to the library again.
#ifndef INFLUENCE_CLI_CONFORMANCE_REPLAY_H_
#define INFLUENCE_CLI_CONFORMANCE_REPLAY_H_

#include <cstddef>
#include <stdexcept>
#include <string>
#include <string_view>

namespace influence::conformance {

// The text is not a corpus; what() says where.
class NotACorpus : public std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct Replay {
  size_t cases = 0;
  std::string digest;  // of what this library gives: the text's, if all is well
  // The first line that differs, if one does.
  bool differs = false;
  std::string where;     // "case 12", "engine 3"
  size_t line = 0;       // of the text, from 1
  std::string expected;  // "" if the text has no such line
  std::string got;
};

// Takes from the text its requests and tables alone. Throws NotACorpus.
Replay ReplayCorpus(std::string_view text);

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_REPLAY_H_
