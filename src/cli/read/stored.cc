// Finds the algorithm that the options or a stored result name, and refuses one
// of the same name with another fingerprint.
#include "cli/read/stored.h"

#include <google/protobuf/util/json_util.h>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/read/inputs.h"
#include "cli/write/output_file.h"
#include "text/escape.h"

namespace influence::cli {

void ParseJsonOrBytes(std::string text, const std::string& name,
                      google::protobuf::Message* message) {
  constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";
  if (absl::StartsWith(text, kByteOrderMark)) {  // no message begins so
    text.erase(0, kByteOrderMark.size());
  }
  const std::string type = message->GetDescriptor()->name();
  const size_t first = text.find_first_not_of(" \t\r\n");
  const bool looks_like_json = first != std::string::npos && text[first] == '{';
  std::string why;
  if (looks_like_json) {
    const auto status =
        google::protobuf::util::JsonStringToMessage(text, message);
    if (status.ok()) return;
    why = " in JSON: " + status.ToString();
  }
  // The first byte of a message can be a line feed, and its second a brace.
  if (looks_like_json && first == 0) {
    throw Failure(kBadData, absl::StrCat(name, ": is no ", type, why));
  }
  if (text.empty() || !message->ParseFromString(text)) {
    throw Failure(kBadData, absl::StrCat(name, ": is no ", type, why));
  }
}

Engine ChooseEngine(const AlgorithmOptions& options) {
  if (!options.file.empty()) {
    abi1::Algorithm algorithm;
    const std::string name = NameOf(options.file);
    ParseJsonOrBytes(ReadAll(options.file), name, &algorithm);
    try {
      return Engine::Custom(algorithm.SerializeAsString());
    } catch (const Failure& failure) {
      throw Failure(failure.code(), absl::StrCat(name, ": ", failure.what()));
    }
  }
  if (!options.id.empty()) return Engine::Released(options.id);
  std::string message =
      "name an algorithm; there is no default, because a score means nothing "
      "without the version that gave it. There are:";
  const abi1::AlgorithmList list = ListAlgorithms();
  for (const abi1::AlgorithmDescription& known : list.algorithms()) {
    message += "\n  --algorithm " + known.algorithm().id();
  }
  throw Failure(kUsage, message + "\n  --algorithm-file FILE");
}

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
