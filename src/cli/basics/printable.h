// Names of enumerations as people read them, and messages as JSON.
#ifndef INFLUENCE_CLI_BASICS_PRINTABLE_H_
#define INFLUENCE_CLI_BASICS_PRINTABLE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "influence/abi1/influence.pb.h"
#include "text/escape.h"

namespace influence::cli {

// "attention", "mentions", "very high".
std::string FactorName(abi1::Factor factor);
std::string SignalName(abi1::Signal signal);
std::string BandName(abi1::Band band);

// Shortened() in single quotes: for messages.
inline constexpr size_t kMostQuoted = 40;
std::string Quoted(std::string_view text);

// protobuf's JSON mapping with the field names of the .proto; zeros printed.
std::string ToJson(const google::protobuf::Message& message);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_PRINTABLE_H_
