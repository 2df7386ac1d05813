// Any bytes at all as a CompareRequest, a WhatIfRequest, DriftOptions, people
// of a drift or a drift that was saved: no crash, no leak, the same answer
// twice, sums that hold. The first byte chooses which and the engines.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "influence/abi1/influence.pb.h"
#include "influence/influence.h"
#include "laws.h"

namespace {

namespace abi1 = influence::abi1;

std::string Take(influence_bytes* bytes) {
  std::string taken(reinterpret_cast<const char*>(bytes->data), bytes->size);
  influence_bytes_free(bytes);
  return taken;
}

// The answer of a call that is asked twice; "" if it is refused.
template <typename Call>
std::string Twice(Call call) {
  std::string answers[2];
  for (std::string& answer : answers) {
    influence_bytes out = {nullptr, 0};
    influence_error* error = nullptr;
    const influence_status status = call(&out, &error);
    CheckError(status, error);
    answer = Take(&out);
    Require(status == INFLUENCE_OK || answer.empty(),
            "a refusal leaves nothing");
  }
  Require(answers[0] == answers[1], "the same bytes both times");
  return answers[0];
}

// What the library answers can be worded, and its sums hold where it is read.
void CheckWorded(const abi1::RenderRequest& page) {
  abi1::RenderRequest request = page;
  request.set_format(abi1::RENDER_FORMAT_TEXT);
  const std::string bytes = request.SerializeAsString();
  Require(!Twice([&](influence_bytes* out, influence_error** error) {
             return influence_render(
                 reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
                 out, error);
           }).empty(),
          "an answer is worded");
}

// A custom algorithm goes along with the facts: into what `where` gives.
template <typename Where>
void StateCustom(const influence_engine* engine, Where where) {
  influence_bytes bytes = {nullptr, 0};
  Require(influence_engine_describe(engine, &bytes, nullptr) == INFLUENCE_OK,
          "an engine describes itself");
  abi1::AlgorithmDescription description;
  Require(description.ParseFromString(Take(&bytes)), "and that parses");
  if (!description.released()) *where() = description.algorithm();
}

void CheckLeg(const abi1::Leg& leg) {
  int64_t sum = 0, faded = 0;
  for (const abi1::LegLine& line : leg.lines()) {
    sum += line.change_micropoints();
    faded += line.faded_micropoints();
    Require(line.faded_micropoints() <= 0, "nothing rises by age");
    for (const auto* parts : {&line.networks(), &line.signals()}) {
      int64_t in_parts = 0, faded_parts = 0;
      for (const abi1::LegPart& part : *parts) {
        in_parts += part.change_micropoints();
        faded_parts += part.faded_micropoints();
      }
      Require(parts->empty() || (in_parts == line.change_micropoints() &&
                                 faded_parts == line.faded_micropoints()),
              "a line is its parts' sum");
    }
  }
  Require(sum == leg.change_micropoints(), "a leg is its lines' sum");
  Require(faded == leg.faded_micropoints(), "so is what faded");
}

void FuzzCompare(const influence_engine* before, const influence_engine* after,
                 const uint8_t* data, size_t size) {
  const std::string answer =
      Twice([&](influence_bytes* out, influence_error** error) {
        return influence_compare(before, after, data, size, out, error);
      });
  if (answer.empty()) return;
  abi1::CompareResponse response;
  Require(response.ParseFromString(answer), "the answer parses");
  CheckLeg(response.input());
  CheckLeg(response.formula());
  Require(response.input().change_micropoints() +
                  response.formula().change_micropoints() ==
              response.change_micropoints(),
          "the change is its legs' sum");
  int64_t reasons = 0, faded = 0, whole_points = 0;
  for (const abi1::ChangeReason& reason : response.reasons()) {
    reasons += reason.change_micropoints();
    whole_points += reason.whole_points();
    if (reason.code() == abi1::CHANGE_CODE_FADED) {
      faded += reason.change_micropoints();
    }
  }
  Require(reasons == response.change_micropoints() &&
              whole_points == response.whole_points(),
          "the change is its reasons' sum");
  Require(faded == response.input().faded_micropoints(),
          "what faded is the sum of the reasons that say so");
  abi1::RenderRequest page;
  *page.mutable_comparison() = response;
  CheckWorded(page);
  page.Clear();
  if (!page.mutable_compare_request()->ParseFromArray(data,
                                                      static_cast<int>(size))) {
    return;
  }
  abi1::CompareRequest* const facts = page.mutable_compare_request();
  *facts->mutable_before()->mutable_identity() = response.before();
  *facts->mutable_after()->mutable_identity() = response.after();
  StateCustom(before, [&] { return page.mutable_before_algorithm(); });
  StateCustom(after, [&] { return page.mutable_algorithm(); });
  CheckWorded(page);
}

void FuzzWhatIf(const influence_engine* engine, const uint8_t* data,
                size_t size) {
  const std::string answer =
      Twice([&](influence_bytes* out, influence_error** error) {
        return influence_what_if(engine, data, size, out, error);
      });
  if (answer.empty()) return;
  abi1::WhatIfResponse response;
  Require(response.ParseFromString(answer), "the answer parses");
  CheckLeg(response.change());
  int64_t carried = 0;
  for (const abi1::Carrier& carrier : response.carriers()) {
    carried += carrier.points_micropoints();
  }
  Require(carried == response.now().ledger().score_micropoints(),
          "the networks carry the score");
  abi1::RenderRequest page;
  *page.mutable_what_if() = response;
  CheckWorded(page);
  page.Clear();
  if (!page.mutable_what_if_request()->ParseFromArray(data,
                                                      static_cast<int>(size))) {
    return;
  }
  *page.mutable_what_if_request()->mutable_identity() = response.identity();
  StateCustom(engine, [&] { return page.mutable_algorithm(); });
  CheckWorded(page);
}

// Saves, loads and reports; what was loaded is saved as it was.
void CheckDrift(const influence_engine* before, const influence_engine* after,
                const influence_drift* drift) {
  const std::string saved =
      Twice([&](influence_bytes* out, influence_error** error) {
        return influence_drift_save(drift, out, error);
      });
  influence_drift* loaded = nullptr;
  Require(influence_drift_load(before, after,
                               reinterpret_cast<const uint8_t*>(saved.data()),
                               saved.size(), &loaded, nullptr) == INFLUENCE_OK,
          "what was saved is loaded");
  const std::string again =
      Twice([&](influence_bytes* out, influence_error** error) {
        return influence_drift_save(loaded, out, error);
      });
  Require(again == saved, "what was loaded is saved as it was");
  influence_drift_free(loaded);
  abi1::DriftReport report;
  Require(report.ParseFromString(
              Twice([&](influence_bytes* out, influence_error** error) {
                return influence_drift_report(drift, out, error);
              })),
          "the report parses");
  const abi1::DriftSummary& all = report.all();
  Require(all.unchanged() + all.up() + all.down() == all.people(),
          "everybody is somewhere");
  abi1::RenderRequest page;
  *page.mutable_drift() = report;
  CheckWorded(page);
}

void FuzzDrift(const influence_engine* before, const influence_engine* after,
               const uint8_t* options, size_t options_size,
               const uint8_t* people, size_t people_size) {
  influence_drift* drift = nullptr;
  if (influence_drift_new(before, after, options, options_size, &drift,
                          nullptr) != INFLUENCE_OK) {
    return;
  }
  influence_drift_add(drift, people, people_size, nullptr);
  CheckDrift(before, after, drift);
  influence_drift_free(drift);
}

void FuzzLoad(const influence_engine* before, const influence_engine* after,
              const uint8_t* data, size_t size) {
  influence_drift* drift = nullptr;
  influence_error* error = nullptr;
  const influence_status status =
      influence_drift_load(before, after, data, size, &drift, &error);
  CheckError(status, error);
  if (status == INFLUENCE_OK) CheckDrift(before, after, drift);
  influence_drift_free(drift);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const influence_engine* const engines[] = {V1(), NewOneRow()};
  if (size == 0) return 0;
  const uint8_t choice = data[0];
  const influence_engine* const before = engines[choice & 1];
  const influence_engine* const after = engines[choice >> 1 & 1];
  ++data;
  --size;
  static const uint8_t kTopFive[] = {0x18, 5};
  switch (choice >> 2 & 7) {
    case 0:
      FuzzCompare(before, after, data, size);
      break;
    case 1:
      FuzzWhatIf(before, data, size);
      break;
    case 2:
      FuzzDrift(before, after, data, size, nullptr, 0);
      break;
    case 3:
      FuzzDrift(before, after, kTopFive, sizeof kTopFive, data, size);
      break;
    default:
      FuzzLoad(before, after, data, size);
  }
  return 0;
}
