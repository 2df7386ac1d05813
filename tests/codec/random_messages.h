// Requests and algorithms made from a seed: well-formed messages, some of them
// with contents that the library refuses.
#ifndef INFLUENCE_TESTS_CODEC_RANDOM_MESSAGES_H_
#define INFLUENCE_TESTS_CODEC_RANDOM_MESSAGES_H_

#include <cstdint>
#include <random>
#include <string>

#include "influence/abi1/influence.pb.h"
#include "tests/random_profiles.h"

namespace influence::testing {

// UTF-8 of one to four bytes a character, up to `longest` bytes and three more.
inline std::string RandomText(std::mt19937_64& rng, uint64_t longest) {
  constexpr const char* kPieces[] = {
      "a", "Z", " ", "\x1b", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x98\x80"};
  std::string text;
  for (const uint64_t size = rng() % (longest + 1); text.size() < size;) {
    text += kPieces[rng() % 7];
  }
  return text;
}

inline abi1::Profile RandomWireProfile(std::mt19937_64& rng) {
  abi1::Profile profile = RandomProfile(rng);
  const uint64_t roll = rng() % 16;
  if (roll < 2) profile.set_id(RandomText(rng, 300));
  if (roll == 2) profile.clear_id();
  if (rng() % 64 == 0) {  // about as many as are allowed
    while (profile.accounts_size() < 62) {
      *profile.add_accounts() = RandomAccount(rng);
    }
    for (uint64_t n = rng() % 4; n > 0; --n) {
      *profile.add_accounts() = RandomAccount(rng);
    }
  }
  for (abi1::Account& account : *profile.mutable_accounts()) {
    if (rng() % 8 == 0) account.set_network(RandomText(rng, 70));
    if (rng() % 64 == 0) {
      SetSignal(&account, static_cast<int>(rng() % kSignals),
                static_cast<int64_t>(rng() >> (rng() % 16)));
    }
  }
  return profile;
}

// For the engine of v1, whose fingerprint is given.
inline abi1::ScoreRequest RandomRequest(std::mt19937_64& rng,
                                        const std::string& fingerprint) {
  abi1::ScoreRequest request;
  request.set_algorithm(rng() % 64 == 0 ? RandomText(rng, 8) : "v1");
  if (rng() % 2 == 0) {
    request.set_as_of_days(static_cast<int32_t>(rng() % 3'000'000));
  }
  if (rng() % 64 == 0) request.set_as_of_days(static_cast<int32_t>(rng()));
  if (rng() % 4 == 0) request.set_detail(abi1::DETAIL_SCORE);
  if (rng() % 4 == 0) {
    request.set_rendering(static_cast<abi1::Rendering>(rng() % 3));
  }
  if (rng() % 128 == 0) {
    request.set_rendering(static_cast<abi1::Rendering>(rng()));
  }
  if (rng() % 8 == 0) request.set_fingerprint(fingerprint);
  if (rng() % 64 == 0) request.set_fingerprint(RandomText(rng, 64));
  for (uint64_t n = rng() % 4; n > 0; --n) {
    *request.add_profiles() = RandomWireProfile(rng);
  }
  return request;
}

// One that is accepted: every signal is in one of 1 to 6 rows, in any order.
inline abi1::Algorithm RandomAlgorithm(std::mt19937_64& rng) {
  abi1::Algorithm algorithm;
  algorithm.set_id("acme/" + std::to_string(rng() % 1000));
  const int rows = 1 + static_cast<int>(rng() % 6);
  const bool descending = rng() % 2 == 0;
  for (int i = 0; i < rows; ++i) {
    abi1::Row* row = algorithm.add_rows();
    row->set_factor(static_cast<abi1::Factor>(i + 1));
    row->set_weight_micropoints(100'000'000 / rows +
                                (i == 0 ? 100'000'000 % rows : 0));
    row->set_full_marks_micros(
        1'000'000 + static_cast<int64_t>(rng() >> (11 + rng() % 53)));
    row->set_half_life_units(static_cast<int32_t>(rng() % 36'501));
    for (int s = i; s < kSignals; s += rows) {
      abi1::SignalValue* count = row->add_counts();
      count->set_signal(
          static_cast<abi1::Signal>(descending ? kSignals - s : s + 1));
      count->set_value_micros(static_cast<int64_t>(1 + rng() % 1'000'000));
    }
  }
  return algorithm;
}

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_CODEC_RANDOM_MESSAGES_H_
