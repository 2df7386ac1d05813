// The names of enumerations and of messages as JSON; escapes are the library's
// (text/escape.h).
#include "cli/basics/printable.h"

#include <google/protobuf/util/json_util.h>

#include "cli/basics/failure.h"
#include "text/escape.h"

namespace influence::cli {
namespace {

// "BAND_VERY_HIGH" without its prefix, as words.
std::string Words(const std::string& name, size_t prefix) {
  std::string words = name.size() > prefix ? name.substr(prefix) : "?";
  for (char& c : words) {
    c = c == '_' ? ' ' : c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
  }
  return words;
}

}  // namespace

std::string FactorName(abi1::Factor factor) {
  return Words(abi1::Factor_Name(factor), sizeof "FACTOR_" - 1);
}

std::string SignalName(abi1::Signal signal) {
  return Words(abi1::Signal_Name(signal), sizeof "SIGNAL_" - 1);
}

std::string BandName(abi1::Band band) {
  return Words(abi1::Band_Name(band), sizeof "BAND_" - 1);
}

std::string Quoted(std::string_view text) {
  return "'" + Shortened(text, kMostQuoted) + "'";
}

std::string ToJson(const google::protobuf::Message& message) {
  google::protobuf::util::JsonPrintOptions options;
  options.preserve_proto_field_names = true;
  options.always_print_primitive_fields = true;
  options.add_whitespace = true;
  std::string json;
  if (!google::protobuf::util::MessageToJsonString(message, &json, options)
           .ok()) {
    throw Failure(kInternal, "the answer cannot be written as JSON");
  }
  return json;
}

}  // namespace influence::cli
