// The ways to put one corpus to one library, all of which have one answer.
#ifndef INFLUENCE_TESTS_CONFORMANCE_WAYS_H_
#define INFLUENCE_TESTS_CONFORMANCE_WAYS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cli/conformance/corpus.h"
#include "tests/conformance/float_mode.h"

namespace influence::conformance {

struct Way {
  std::string name;
  size_t threads = 1;
  uint64_t shuffle = 0;  // a seed; 0 is the corpus's order
  // Profiles of like requests are sent together, so many to a request; the
  // sizes are taken in turn. Empty: each request as it is.
  std::vector<size_t> batches;
  FloatMode mode;
  // People with one account go through influence_score_columns() too, and its
  // numbers take the place of the message's.
  bool columns = false;
  std::string kernel;  // of those columns; empty: the fastest
};

// The answers to all cases, in order. A way of columns begins with those of the
// messages; `by_message` has them, unless it is empty. Throws
// std::runtime_error if this machine cannot do it so.
std::vector<Answer> Ask(const Corpus& corpus, const std::vector<Case>& cases,
                        const Way& way, const std::vector<Answer>& by_message);

}  // namespace influence::conformance

#endif  // INFLUENCE_TESTS_CONFORMANCE_WAYS_H_
