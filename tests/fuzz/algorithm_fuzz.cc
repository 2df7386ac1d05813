// Any bytes at all as an Algorithm: no crash, no leak. One that is accepted
// keeps the rules of influence.proto, describes itself, is the same algorithm
// when made again from its description, and scores.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>

#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "laws.h"

namespace {

namespace pb = influence::abi1;

influence_status NewEngine(const std::string& bytes,
                           influence_engine** engine) {
  influence_error* error = nullptr;
  const influence_status status = influence_engine_open_custom(
      reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(), engine,
      &error);
  CheckError(status, error);
  Require((status == INFLUENCE_OK) == (*engine != nullptr),
          "an engine if and only if it succeeded");
  return status;
}

pb::AlgorithmDescription Describe(const influence_engine* engine) {
  influence_bytes bytes = {};
  Require(influence_engine_describe(engine, &bytes, nullptr) == INFLUENCE_OK,
          "an engine describes itself");
  pb::AlgorithmDescription description;
  Require(description.ParseFromArray(bytes.data, static_cast<int>(bytes.size)),
          "a description is an AlgorithmDescription");
  influence_bytes_free(&bytes);
  return description;
}

void CheckAccepted(const pb::AlgorithmDescription& description) {
  const pb::Algorithm& algorithm = description.algorithm();
  Require(!description.released(), "a custom algorithm is not released");
  Require(description.fingerprint().size() == 64, "it has a fingerprint");
  Require(algorithm.id().find('/') != std::string::npos,
          "it is named by its owner");
  Require(algorithm.rows_size() >= 1 && algorithm.rows_size() <= 6,
          "it has 1 to 6 rows");
  Require(description.prices_size() == algorithm.rows_size(),
          "each row has its price");
  int64_t weights = 0;
  for (const pb::Row& row : algorithm.rows()) {
    Require(row.full_marks_micros() >= 1'000'000 &&
                row.full_marks_micros() <= 10'000'000'000'000'000,
            "full marks are in range");
    weights += row.weight_micropoints();
  }
  Require(weights == 100'000'000, "the weights sum to 100 points");
}

// One person with every signal at 0, at 1, at its limit, or not stated.
void CheckScores(const influence_engine* engine, const std::string& id) {
  pb::ScoreRequest request;
  request.set_algorithm(id);
  request.set_rendering(pb::RENDERING_TEXT);
  constexpr int64_t kLimit = 10'000'000'000'000'000;  // 10^10 units
  for (const int64_t value : {int64_t{0}, int64_t{1}, kLimit}) {
    pb::Account* account = request.add_profiles()->add_accounts();
    account->set_network("net");
    for (int number = 2; number <= 11; ++number) {
      account->GetReflection()->SetInt64(
          account, account->GetDescriptor()->FindFieldByNumber(number), value);
    }
  }
  request.add_profiles();
  const std::string bytes = request.SerializeAsString();
  Require(CheckScore(engine, reinterpret_cast<const uint8_t*>(bytes.data()),
                     bytes.size(), request.profiles_size()) == INFLUENCE_OK,
          "an accepted algorithm scores");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  influence_engine* engine = nullptr;
  if (NewEngine(std::string(reinterpret_cast<const char*>(data), size),
                &engine) != INFLUENCE_OK) {
    return 0;
  }
  const pb::AlgorithmDescription description = Describe(engine);
  CheckAccepted(description);
  CheckScores(engine, description.algorithm().id());
  influence_engine_free(engine);

  influence_engine* again = nullptr;
  Require(NewEngine(description.algorithm().SerializeAsString(), &again) ==
              INFLUENCE_OK,
          "a described algorithm is accepted");
  Require(Describe(again).fingerprint() == description.fingerprint(),
          "a described algorithm is the same algorithm");
  influence_engine_free(again);
  return 0;
}
