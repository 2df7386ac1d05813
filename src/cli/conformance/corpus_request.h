// Requests and tables as the corpus makes them, and their bytes.
#ifndef INFLUENCE_CLI_CONFORMANCE_CORPUS_REQUEST_H_
#define INFLUENCE_CLI_CONFORMANCE_CORPUS_REQUEST_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace influence::conformance {

inline constexpr size_t kSignals = 10;
inline constexpr const char* kSignalNames[kSignals] = {
    "mentions", "replies",  "saves",     "likes",    "reshares",
    "quotes",   "listings", "followers", "standing", "endorsements"};

struct Account {
  std::string network;
  std::array<std::optional<int64_t>, kSignals> signals;
  std::string extra;  // appended as it is: unknown fields, repeated ones
};

struct Profile {
  std::string id;
  std::vector<Account> accounts;
  std::string extra;
  // The id and the networks are within the limits, and there is no extra: at
  // most a number is out of range.
  bool plain = true;
};

// A request without its profiles.
struct Head {
  std::string algorithm;
  std::optional<int32_t> as_of_days;
  int32_t detail = 0;
  std::string fingerprint;
  int32_t rendering = 0;
};

struct SignalValue {
  int32_t signal;
  int64_t value_micros;
};
struct Row {
  int32_t factor;
  int64_t weight_micropoints;
  int64_t full_marks_micros;
  int32_t half_life_units;
  std::vector<SignalValue> counts;
};
struct Table {
  std::string id;
  std::vector<Row> rows;
};

std::string Bytes(const Profile& profile);
std::string Bytes(const Head& head);
std::string Bytes(const Table& table);

// Adds a serialized Profile to a serialized request.
void AppendProfile(const std::string& profile, std::string* request);

// The lines `head`, `profile` and `account` of a case.
std::string Describe(const Head& head);
std::string Describe(const Profile& profile);

}  // namespace influence::conformance

#endif  // INFLUENCE_CLI_CONFORMANCE_CORPUS_REQUEST_H_
