#include "laws.h"

#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "influence/abi1/influence.pb.h"

namespace {

namespace pb = influence::abi1;

constexpr int64_t kFullScore = 100'000'000;  // micropoints

void CheckLine(const pb::Line& line) {
  Require(line.points_micropoints() >= 0 &&
              line.points_micropoints() <= line.weight_micropoints(),
          "0 <= points <= weight");
  Require(line.covered_micropoints() >= 0 &&
              line.covered_micropoints() <= line.weight_micropoints(),
          "0 <= covered <= weight");
  Require(line.missing_micropoints() >= 0, "missing signals cannot subtract");
  Require(line.share_micros() >= 0 && line.share_micros() <= 1'000'000,
          "0 <= share <= 1");
  Require((line.cap() == pb::CAP_FULL_MARKS) ==
              (line.quantity_micros() >= line.full_marks_micros()),
          "capped if and only if at full marks");
  int64_t quantity = 0;
  int64_t points = 0;
  for (const pb::Part& part : line.parts()) {
    quantity += part.quantity_micros();
    points += part.points_micropoints();
  }
  Require(quantity == line.quantity_micros(), "quantity is its parts' sum");
  Require(points == line.points_micropoints(), "points are their parts' sum");
}

void CheckLedger(const pb::Ledger& ledger) {
  Require(ledger.low_micropoints() == ledger.score_micropoints(),
          "low is the score");
  Require(0 <= ledger.score_micropoints() &&
              ledger.score_micropoints() <= ledger.high_micropoints() &&
              ledger.high_micropoints() <= kFullScore,
          "0 <= score <= high <= 100 points");
  Require(0 <= ledger.coverage_micropoints() &&
              ledger.coverage_micropoints() <= kFullScore,
          "0 <= coverage <= 100 points");
  Require(ledger.lifted_size() <= 4 && ledger.held_back_size() <= 4,
          "at most four reasons each");
  if (ledger.lines_size() == 0) return;  // DETAIL_SCORE
  int64_t score = 0;
  int64_t covered = 0;
  int64_t missing = 0;
  for (const pb::Line& line : ledger.lines()) {
    CheckLine(line);
    score += line.points_micropoints();
    covered += line.covered_micropoints();
    missing += line.missing_micropoints();
  }
  Require(score == ledger.score_micropoints(), "the score is its lines' sum");
  Require(covered == ledger.coverage_micropoints(), "coverage is a sum");
  Require(score + missing == ledger.high_micropoints(),
          "high is the score and what is missing");
}

void CheckResponse(const influence_bytes& bytes, int profiles) {
  pb::ScoreResponse response;
  Require(response.ParseFromArray(bytes.data, static_cast<int>(bytes.size)),
          "a response is a ScoreResponse");
  Require(
      response.SerializeAsString() ==
          std::string(reinterpret_cast<const char*>(bytes.data), bytes.size),
      "a response is written as protobuf writes it");
  Require(response.identity().fingerprint().size() == 64 &&
              response.identity().input_digest().size() == 64,
          "identity has two digests");
  Require(profiles < 0 || response.results_size() == profiles,
          "one result for each profile");
  for (const pb::Result& result : response.results()) {
    Require(result.has_ledger() != result.has_error(), "a score or an error");
    if (result.has_ledger()) {
      CheckLedger(result.ledger());
    } else {
      Require(result.error().code() != pb::CODE_OK &&
                  pb::Code_IsValid(result.error().code()) &&
                  !result.error().message().empty() && result.text().empty(),
              "an error has its code and its words");
    }
  }
}

}  // namespace

void Require(bool holds, const char* law) {
  if (holds) return;
  std::fprintf(stderr, "broken law: %s\n", law);
  std::abort();
}

void CheckError(influence_status status, influence_error* error) {
  Require((status == INFLUENCE_OK) == (error == nullptr),
          "an error if and only if it failed");
  Require(std::strcmp(influence_status_name(status), "UNKNOWN") != 0,
          "a status has a name");
  Require(status != INFLUENCE_INTERNAL, "no defect was found");
  Require(influence_error_status(error) == status,
          "the error has the status that was returned");
  Require((influence_error_text(error)[0] == '\0') == (error == nullptr),
          "an error has words");
  Require(influence_error_field(error) != nullptr, "a field is never NULL");
  Require(influence_error_row(error) >= -1, "a row counts from 0");
  influence_error_free(error);
}

influence_engine* NewOneRow() {
  pb::Algorithm algorithm;
  algorithm.set_id("acme/one");
  pb::Row* row = algorithm.add_rows();
  row->set_factor(pb::FACTOR_AUDIENCE);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'000'000'000);
  pb::SignalValue* count = row->add_counts();
  count->set_signal(pb::SIGNAL_FOLLOWERS);
  count->set_value_micros(1'000'000);
  const std::string bytes = algorithm.SerializeAsString();
  influence_engine* engine = nullptr;
  Require(influence_engine_open_custom(
              reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
              &engine, nullptr) == INFLUENCE_OK,
          "the custom engine is valid");
  return engine;
}

const influence_engine* V1() {
  static const influence_engine* const v1 = [] {
    influence_engine* engine = nullptr;
    Require(influence_engine_open("v1", &engine, nullptr) == INFLUENCE_OK,
            "v1 is there");
    return engine;
  }();
  return v1;
}

influence_status CheckScore(const influence_engine* engine,
                            const uint8_t* request, size_t size, int profiles) {
  influence_bytes first = {};
  influence_bytes second = {};
  influence_error* error = nullptr;
  const influence_status status =
      influence_score(engine, request, size, &first, &error);
  CheckError(status, error);
  Require((status == INFLUENCE_OK) == (first.size > 0),
          "a response if and only if it succeeded");
  Require(influence_score(engine, request, size, &second, nullptr) == status &&
              second.size == first.size &&
              (first.size == 0 ||
               std::memcmp(first.data, second.data, first.size) == 0),
          "twice the same answer");
  if (status == INFLUENCE_OK) CheckResponse(first, profiles);
  influence_bytes_free(&first);
  influence_bytes_free(&second);
  return status;
}
