// Compare, drift and what-if as tests use them; and algorithms from a seed.
#ifndef INFLUENCE_TESTS_INSIGHT_INSIGHT_CLIENT_H_
#define INFLUENCE_TESTS_INSIGHT_INSIGHT_CLIENT_H_

#include <algorithm>
#include <cstdint>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "influence/influence.h"
#include "tests/client.h"
#include "tests/random_profiles.h"

namespace influence::testing {

inline const uint8_t* DataOf(const std::string& bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

inline std::string TakeBytes(influence_bytes* bytes) {
  std::string taken(reinterpret_cast<const char*>(bytes->data), bytes->size);
  influence_bytes_free(bytes);
  return taken;
}

// A call that fills `response` or says why not.
template <typename Call>
Answer Ask(Call call) {
  influence_bytes response = {nullptr, 0};
  influence_error* error = nullptr;
  Answer answer;
  answer.status = call(&response, &error);
  answer.bytes = TakeBytes(&response);
  answer.message = TakeWords(error);
  return answer;
}

inline Answer CompareBytes(const Client& before, const Client& after,
                           const std::string& request) {
  return Ask([&](influence_bytes* response, influence_error** error) {
    return influence_compare(before.get(), after.get(), DataOf(request),
                             request.size(), response, error);
  });
}

inline Answer WhatIfBytes(const Client& engine, const std::string& request) {
  return Ask([&](influence_bytes* response, influence_error** error) {
    return influence_what_if(engine.get(), DataOf(request), request.size(),
                             response, error);
  });
}

template <typename Message>
Message Parsed(const Answer& answer) {
  EXPECT_EQ(answer.status, INFLUENCE_OK) << answer.message;
  Message message;
  EXPECT_TRUE(message.ParseFromString(answer.bytes));
  return message;
}

struct FreeDrift {
  void operator()(influence_drift* drift) const { influence_drift_free(drift); }
};
using Drift = std::unique_ptr<influence_drift, FreeDrift>;

inline Drift NewDrift(const Client& before, const Client& after,
                      const abi1::DriftOptions& options) {
  const std::string bytes = options.SerializeAsString();
  influence_drift* drift = nullptr;
  const Answer answer = Ask([&](influence_bytes*, influence_error** error) {
    return influence_drift_new(before.get(), after.get(), DataOf(bytes),
                               bytes.size(), &drift, error);
  });
  EXPECT_EQ(answer.status, INFLUENCE_OK) << answer.message;
  return Drift(drift);
}

inline void AddPeople(const Drift& drift, const abi1::ScoreRequest& request) {
  const std::string bytes = request.SerializeAsString();
  const Answer answer = Ask([&](influence_bytes*, influence_error** error) {
    return influence_drift_add(drift.get(), DataOf(bytes), bytes.size(), error);
  });
  EXPECT_EQ(answer.status, INFLUENCE_OK) << answer.message;
}

inline void MergeInto(const Drift& drift, const Drift& other) {
  const Answer answer = Ask([&](influence_bytes*, influence_error** error) {
    return influence_drift_merge(drift.get(), other.get(), error);
  });
  EXPECT_EQ(answer.status, INFLUENCE_OK) << answer.message;
}

inline std::string Saved(const Drift& drift) {
  const Answer answer =
      Ask([&](influence_bytes* bytes, influence_error** error) {
        return influence_drift_save(drift.get(), bytes, error);
      });
  EXPECT_EQ(answer.status, INFLUENCE_OK) << answer.message;
  return answer.bytes;
}

inline Answer LoadDrift(const Client& before, const Client& after,
                        const std::string& bytes, Drift* drift) {
  influence_drift* loaded = nullptr;
  Answer answer = Ask([&](influence_bytes*, influence_error** error) {
    return influence_drift_load(before.get(), after.get(), DataOf(bytes),
                                bytes.size(), &loaded, error);
  });
  drift->reset(loaded);
  return answer;
}

inline std::string ReportBytes(const Drift& drift) {
  const Answer answer =
      Ask([&](influence_bytes* bytes, influence_error** error) {
        return influence_drift_report(drift.get(), bytes, error);
      });
  EXPECT_EQ(answer.status, INFLUENCE_OK) << answer.message;
  return answer.bytes;
}

// A valid table: any factors, any full marks, signals dealt out among them.
inline abi1::Algorithm ValidAlgorithm(std::mt19937_64& rng) {
  abi1::Algorithm algorithm;
  algorithm.set_id("test/a" + std::to_string(rng() % 1'000));
  std::vector<int> factors = {1, 2, 3, 4, 5, 6};
  std::vector<int> signals = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
  std::shuffle(factors.begin(), factors.end(), rng);
  std::shuffle(signals.begin(), signals.end(), rng);
  const size_t rows = 1 + rng() % 6;
  int64_t weight = 100'000'000;
  for (size_t r = 0; r < rows; ++r) {
    abi1::Row* row = algorithm.add_rows();
    row->set_factor(static_cast<abi1::Factor>(factors[r]));
    const auto left = static_cast<int64_t>(rows - r - 1);
    const int64_t own =
        left == 0 ? weight
                  : 1 + static_cast<int64_t>(
                            rng() % static_cast<uint64_t>(weight - left));
    row->set_weight_micropoints(own);
    weight -= own;
    row->set_full_marks_micros(
        std::clamp<int64_t>(RandomMicros(rng), 1'000'000, kLimit));
    row->set_half_life_units(static_cast<int32_t>(rng() % 3 * 45));
    const size_t counts = 1 + (r == 0 ? rng() % 4 : 0);
    for (size_t c = 0; c < counts; ++c) {
      abi1::SignalValue* count = row->add_counts();
      count->set_signal(static_cast<abi1::Signal>(signals.back()));
      signals.pop_back();
      count->set_value_micros(
          rng() % 2 == 0 ? 1'000'000
                         : 1 + static_cast<int64_t>(rng() % 2'500'000));
    }
  }
  return algorithm;
}

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_INSIGHT_INSIGHT_CLIENT_H_
