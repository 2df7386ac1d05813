#include "tests/codec/agreement.h"

#include <google/protobuf/stubs/logging.h>

#include <algorithm>
#include <vector>

#include "influence/abi1/influence.pb.h"
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
  message->DiscardUnknownFields();
  return message->SerializeAsString() == bytes
             ? ""
             : "protobuf writes other bytes than we do";
}

std::vector<std::string> SortedAccounts(
    const google::protobuf::RepeatedPtrField<abi1::Account>& accounts) {
  std::vector<std::string> sorted;
  for (const abi1::Account& account : accounts) {
    sorted.push_back(account.SerializeAsString());
  }
  std::sort(sorted.begin(), sorted.end());
  return sorted;
}

// Whether what the response repeats is what protobuf read in the request.
std::string EchoFault(const abi1::ScoreRequest& request,
                      const abi1::ScoreResponse& response) {
  const abi1::Identity& identity = response.identity();
  if (identity.algorithm() != request.algorithm() ||
      identity.has_as_of_days() != request.has_as_of_days() ||
      identity.as_of_days() != request.as_of_days()) {
    return "the identity is of another request";
  }
  if (response.results_size() != request.profiles_size()) {
    return "not one result for each profile";
  }
  for (int i = 0; i < request.profiles_size(); ++i) {
    const abi1::Profile& profile = request.profiles(i);
    const abi1::Result& result = response.results(i);
    const bool id_too_long = profile.id().size() > INFLUENCE_MAX_ID_BYTES;
    if (result.id() != (id_too_long ? "" : profile.id())) {
      return "an id is not the profile's";
    }
    if (result.has_ledger() && request.detail() == abi1::DETAIL_LEDGER &&
        SortedAccounts(result.ledger().accounts()) !=
            SortedAccounts(profile.accounts())) {
      return "the accounts are not the profile's";
    }
  }
  return "";
}

// For a request that protobuf accepts: its answer is that of the same values
// in protobuf's own bytes.
std::string ValueFault(const Client& client, abi1::ScoreRequest request,
                       const Answer& answer, abi1::ScoreResponse response) {
  request.DiscardUnknownFields();
  const Answer again = client.ScoreBytes(request.SerializeAsString());
  if (again.status != answer.status || again.message != answer.message) {
    return "what protobuf read is judged otherwise";
  }
  if (answer.status != INFLUENCE_OK) return "";
  abi1::ScoreResponse response_again;
  if (!response_again.ParseFromString(again.bytes)) return "unreadable";
  // The digest is of the bytes, which may well differ.
  response.mutable_identity()->clear_input_digest();
  response_again.mutable_identity()->clear_input_digest();
  if (response.SerializeAsString() != response_again.SerializeAsString()) {
    return "the values read differ";
  }
  return EchoFault(request, response);
}

std::string RequestDisagreement(const Client& client,
                                const std::string& bytes) {
  abi1::ScoreRequest request;
  const bool accepted = request.ParseFromString(bytes);
  const Answer answer = client.ScoreBytes(bytes);
  const bool refused = answer.status != INFLUENCE_OK;
  if (refused != answer.bytes.empty()) return "a response just if it succeeded";
  if (refused == answer.message.empty()) return "a message just if it failed";
  abi1::ScoreResponse response;
  if (!refused) {
    const std::string fault = RoundTrip(answer.bytes, &response);
    if (!fault.empty()) return fault;
  }
  bool readable = !IsUnreadable(answer.status);
  for (const abi1::Result& result : response.results()) {
    readable &= !IsUnreadable(result.error().code());
  }
  if (accepted && !readable) return "only protobuf accepts";
  if (!accepted && readable && !refused) return "only we accept";
  return accepted ? ValueFault(client, request, answer, response) : "";
}

struct Made {
  influence_status status;
  std::string message;
  std::string description;
};

Made MakeEngine(const std::string& algorithm) {
  influence_engine* engine = nullptr;
  influence_error* error = nullptr;
  influence_bytes description = {nullptr, 0};
  Made made;
  made.status = influence_engine_open_custom(
      reinterpret_cast<const uint8_t*>(algorithm.data()), algorithm.size(),
      &engine, &error);
  if (engine != nullptr)
    influence_engine_describe(engine, &description, nullptr);
  influence_engine_free(engine);
  made.message = TakeWords(error);
  made.description.assign(reinterpret_cast<const char*>(description.data),
                          description.size);
  influence_bytes_free(&description);
  return made;
}

// What a description says of it: sorted, and without what is unset in effect.
abi1::Algorithm Canonical(abi1::Algorithm algorithm) {
  for (abi1::Row& row : *algorithm.mutable_rows()) {
    std::sort(row.mutable_counts()->begin(), row.mutable_counts()->end(),
              [](const abi1::SignalValue& a, const abi1::SignalValue& b) {
                return a.signal() < b.signal();
              });
  }
  if (algorithm.age_unit_seconds() == 86'400) {
    algorithm.clear_age_unit_seconds();
  }
  if (algorithm.crowd_micros() == 20'000'000) algorithm.clear_crowd_micros();
  if (!algorithm.has_standing()) return algorithm;
  abi1::StandingRule& rule = *algorithm.mutable_standing();
  if (rule.teleport_micros() == 0) rule.set_teleport_micros(150'000);
  if (rule.iterations() == 0) rule.set_iterations(100);
  if (rule.teleport_micros() == 150'000 && rule.iterations() == 100) {
    algorithm.clear_standing();
  }
  return algorithm;
}

std::string AlgorithmDisagreement(const std::string& bytes) {
  if (bytes.size() > INFLUENCE_MAX_ALGORITHM_BYTES) return "";
  abi1::Algorithm algorithm;
  const bool accepted = algorithm.ParseFromString(bytes);
  const Made made = MakeEngine(bytes);
  if (IsUnreadable(made.status) == accepted) {
    return accepted ? "as an algorithm, only protobuf accepts"
                    : "as an algorithm, only we accept";
  }
  if (!accepted) return "";
  algorithm.DiscardUnknownFields();
  const Made again = MakeEngine(algorithm.SerializeAsString());
  if (made.status != again.status || made.message != again.message ||
      made.description != again.description) {
    return "the algorithms read differ";
  }
  if (made.status != INFLUENCE_OK) return "";
  abi1::AlgorithmDescription description;
  const std::string fault = RoundTrip(made.description, &description);
  if (!fault.empty()) return fault;
  return description.algorithm().SerializeAsString() ==
                 Canonical(algorithm).SerializeAsString()
             ? ""
             : "the description is of another algorithm";
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
