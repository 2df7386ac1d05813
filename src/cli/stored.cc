#include "cli/stored.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/text.h"

namespace influence::cli {

Engine EngineOf(const wire::Identity& identity, const std::string& file) {
  const std::string& id = identity.algorithm();
  const bool custom = absl::StrContains(id, "/");
  if (custom && file.empty()) {
    throw Failure(
        kUnknownAlgorithm,
        Quoted(id) + " is a custom algorithm; give it with --algorithm-file");
  }
  Engine engine = ChooseEngine({custom ? "" : id, custom ? file : ""});
  const wire::AlgorithmDescription description = engine.Describe();
  if (description.algorithm().id() != id) {
    throw Failure(kUnknownAlgorithm, absl::StrCat(NameOf(file), " is ",
                                                  description.algorithm().id(),
                                                  ", not ", Quoted(id)));
  }
  if (description.fingerprint() != identity.fingerprint()) {
    throw Failure(kUnknownAlgorithm,
                  absl::StrCat("the result's fingerprint of ", Printable(id),
                               " is ", Printable(identity.fingerprint()),
                               ", here it is ", description.fingerprint()));
  }
  return engine;
}

}  // namespace influence::cli
