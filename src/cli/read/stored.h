// The algorithm that the options or a stored result name, and what is stored:
// results that were kept, which algorithm made them and whose they are.
#ifndef INFLUENCE_CLI_READ_STORED_H_
#define INFLUENCE_CLI_READ_STORED_H_

#include <google/protobuf/message.h>

#include <string>

#include "cli/client/engine_handle.h"

namespace influence::cli {

struct AlgorithmOptions {
  std::string id;    // --algorithm
  std::string file;  // --algorithm-file
};

// The algorithm that was asked for. There is no default.
Engine ChooseEngine(const AlgorithmOptions& options);

// Parses JSON, with or without a byte order mark, or bytes, by how they begin;
// throws Failure(kBadData).
void ParseJsonOrBytes(std::string text, const std::string& name,
                      google::protobuf::Message* message);

// The algorithm that an identity names; a custom one is in `file`. Throws
// Failure(kUnknownAlgorithm) if it is not there or has another fingerprint;
// kUsage if a released one has a file.
Engine EngineOf(const abi1::Identity& identity, const std::string& file);

// The one result of that id, or the only one if the id is empty, with its whole
// ledger. Throws Failure; `name` is the file's.
const abi1::Result& FindResult(const std::string& id, const std::string& name,
                               const abi1::ScoreResponse& response);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_STORED_H_
