#include "cli/stored.h"

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/text.h"

namespace influence::cli {

Engine EngineOf(const abi1::Identity& identity, const std::string& file) {
  const std::string& id = identity.algorithm();
  const bool custom = absl::StrContains(id, "/");
  if (!custom && !file.empty()) {
    throw Failure(kUsage, absl::StrCat(NameOf(file), " is not needed: ",
                                       Quoted(id), " is no custom algorithm"));
  }
  if (custom && file.empty()) {
    throw Failure(
        kUnknownAlgorithm,
        Quoted(id) + " is a custom algorithm; give it with --algorithm-file");
  }
  Engine engine = ChooseEngine({custom ? "" : id, custom ? file : ""});
  const abi1::AlgorithmDescription description = engine.Describe();
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

const abi1::Result& FindResult(const std::string& id, const std::string& name,
                               const abi1::ScoreResponse& response) {
  const abi1::Result* found = nullptr;
  for (const abi1::Result& result : response.results()) {
    if (!id.empty() && result.id() != id) continue;
    if (found != nullptr) {
      throw Failure(id.empty() ? kUsage : kBadData,
                    absl::StrCat(name, ": more than one result",
                                 id.empty() ? "; say whose, with --id"
                                            : " has the id " + Quoted(id)));
    }
    found = &result;
  }
  if (found == nullptr) {
    throw Failure(kBadData, absl::StrCat(name, ": has no result",
                                         id.empty() ? "" : " of ",
                                         id.empty() ? "" : Quoted(id)));
  }
  if (!found->has_ledger() || found->ledger().lines_size() == 0) {
    throw Failure(kBadData,
                  absl::StrCat(name, ": the result of ", Quoted(found->id()),
                               " has no ledger, which says the facts"));
  }
  return *found;
}

}  // namespace influence::cli
