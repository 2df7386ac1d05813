#include "tests/wire/agreement.h"

#include <google/protobuf/stubs/logging.h>

#include "influence.pb.h"
#include "influence/influence.h"
#include "tests/client.h"

namespace influence::testing {
namespace {

bool IsUnreadable(int code) {
  return code == INFLUENCE_MALFORMED || code == INFLUENCE_INVALID_UTF8;
}

template <typename Message>
std::string RoundTrip(const std::string& bytes, Message* message) {
  if (!message->ParseFromString(bytes)) return "protobuf cannot read our bytes";
  if (message->SerializeAsString() != bytes) {
    return "protobuf writes other bytes than we do";
  }
  return "";
}

std::string RequestDisagreement(const Client& client,
                                const std::string& bytes) {
  wire::ScoreRequest request;
  const bool accepted = request.ParseFromString(bytes);
  const Answer answer = client.ScoreBytes(bytes);
  if (answer.status != INFLUENCE_OK) {
    if (!answer.bytes.empty()) return "a failure with a response";
    if (answer.message.empty()) return "a failure without a message";
    // A request that is refused as a whole for another reason may hide a
    // malformed profile, which is not read then.
    if (IsUnreadable(answer.status) && accepted) return "only protobuf accepts";
    return "";
  }
  wire::ScoreResponse response;
  const std::string fault = RoundTrip(answer.bytes, &response);
  if (!fault.empty()) return fault;
  bool readable = true;
  for (const wire::Result& result : response.results()) {
    readable &= !IsUnreadable(result.error().code());
  }
  if (readable != accepted) {
    return accepted ? "only protobuf accepts" : "only we accept";
  }
  if (!accepted) return "";
  if (response.results_size() != request.profiles_size()) {
    return "not one result for each profile";
  }
  request.DiscardUnknownFields();
  const Answer again = client.ScoreBytes(request.SerializeAsString());
  wire::ScoreResponse response_again;
  if (again.status != INFLUENCE_OK ||
      !response_again.ParseFromString(again.bytes)) {
    return "what protobuf read is refused";
  }
  // The digest is of the bytes, which may well differ.
  response.mutable_identity()->clear_input_digest();
  response_again.mutable_identity()->clear_input_digest();
  return response.SerializeAsString() == response_again.SerializeAsString()
             ? ""
             : "the values read differ";
}

std::string AlgorithmDisagreement(const std::string& bytes) {
  wire::Algorithm algorithm;
  const bool accepted = algorithm.ParseFromString(bytes);
  influence_engine* engine = nullptr;
  const influence_status status = influence_engine_new_custom(
      reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), &engine,
      nullptr);
  influence_bytes description = {nullptr, 0};
  std::string fault;
  if (status == INFLUENCE_OK) {
    influence_engine_describe(engine, &description);
    wire::AlgorithmDescription message;
    fault =
        RoundTrip(std::string(reinterpret_cast<const char*>(description.data),
                              description.size),
                  &message);
  }
  influence_bytes_free(&description);
  influence_engine_free(engine);
  if (!fault.empty()) return fault;
  if (status == INFLUENCE_TOO_LARGE) return "";
  return IsUnreadable(status) == accepted ? "as an algorithm, only one accepts"
                                          : "";
}

}  // namespace

std::string Disagreement(const std::string& bytes) {
  // protobuf would print a line for each string that is not UTF-8.
  google::protobuf::SetLogHandler(nullptr);
  static const Client* const v1 = new Client(Client::Released("v1"));
  const std::string fault = RequestDisagreement(*v1, bytes);
  return fault.empty() ? AlgorithmDisagreement(bytes) : fault;
}

}  // namespace influence::testing
