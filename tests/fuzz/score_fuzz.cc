// Any bytes at all as a request: no crash, no leak, and every law of laws.h.
// The first byte chooses the engine: even, v1; odd, a custom table of one row.
#include <cstddef>
#include <cstdint>
#include <string>

#include "influence.pb.h"
#include "influence/influence.h"
#include "laws.h"

namespace {

influence_engine* NewCustom() {
  influence::wire::Algorithm algorithm;
  algorithm.set_id("acme/one");
  influence::wire::Row* row = algorithm.add_rows();
  row->set_factor(influence::wire::FACTOR_AUDIENCE);
  row->set_weight_micropoints(100'000'000);
  row->set_full_marks_micros(1'000'000'000);
  influence::wire::SignalValue* count = row->add_counts();
  count->set_signal(influence::wire::SIGNAL_FOLLOWERS);
  count->set_value_micros(1'000'000);
  const std::string bytes = algorithm.SerializeAsString();
  influence_engine* engine = nullptr;
  Require(influence_engine_new_custom(
              reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size(),
              &engine, nullptr) == INFLUENCE_OK,
          "the custom engine is valid");
  return engine;
}

influence_engine* NewV1() {
  influence_engine* engine = nullptr;
  Require(influence_engine_new("v1", 2, &engine, nullptr) == INFLUENCE_OK,
          "v1 is there");
  return engine;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const influence_engine* const engines[] = {NewV1(), NewCustom()};
  if (size == 0) return 0;
  CheckScore(engines[data[0] % 2], data + 1, size - 1, /*profiles=*/-1);
  return 0;
}
