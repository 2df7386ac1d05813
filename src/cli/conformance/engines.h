// The engines of a corpus: the released algorithm, then custom tables, some of
// which the library has to refuse.
#ifndef INFLUENCE_CLI_CONFORMANCE_ENGINES_H_
#define INFLUENCE_CLI_CONFORMANCE_ENGINES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "influence/influence.h"

namespace influence::conformance {

struct EngineFree {
  void operator()(influence_engine* engine) const {
    influence_engine_free(engine);
  }
};

struct Engine {
  std::string table;  // a serialized Algorithm; empty for a released one
  std::unique_ptr<influence_engine, EngineFree> handle;  // NULL if refused
  std::string id;
  std::string fingerprint;
  std::string text;  // the lines of the corpus
};

// The custom tables, well-formed and valid ones first.
std::vector<std::string> CustomTables();
inline constexpr size_t kValidTables = 5;

Engine ReleasedEngine(std::string_view id);
Engine CustomEngine(const std::string& table, size_t number);

// Number 0 is the released algorithm, then CustomTables() in order.
std::vector<Engine> AllEngines(std::string_view id);

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_ENGINES_H_
