// Profiles made from a seed, for every test that wants many.
//
// The generator is part of what tests/frozen/digests.txt locks: std::
// mt19937_64 (fully specified by the C++ standard) and the remainders below,
// in this order, so that any language can repeat it.
#ifndef INFLUENCE_TESTS_RANDOM_PROFILES_H_
#define INFLUENCE_TESTS_RANDOM_PROFILES_H_

#include <cstdint>
#include <random>
#include <string>
#include <vector>

#include "google/protobuf/descriptor.h"
#include "influence/abi1/influence.pb.h"

namespace influence::testing {

// Every signal of the vocabulary, so that a new one is in each test at once.
inline constexpr int kSignals = abi1::Signal_ARRAYSIZE - 1;
inline constexpr int64_t kLimit = 10'000'000'000'000'000;

// Account's field of signal i, 0 .. kSignals - 1, by the order of the
// enumeration: SIGNAL_MENTIONS is counted in mentions_micros.
inline const google::protobuf::FieldDescriptor* SignalField(int i) {
  static const auto* const kFields = [] {
    auto* fields = new std::vector<const google::protobuf::FieldDescriptor*>;
    for (int signal = 1; signal <= kSignals; ++signal) {
      std::string name =
          abi1::Signal_Name(static_cast<abi1::Signal>(signal)).substr(7);
      for (char& c : name) c = static_cast<char>(c - 'A' + 'a');
      fields->push_back(
          abi1::Account::descriptor()->FindFieldByName(name + "_micros"));
    }
    return fields;
  }();
  return kFields->at(static_cast<size_t>(i));
}
inline void SetSignal(abi1::Account* account, int i, int64_t micros) {
  account->GetReflection()->SetInt64(account, SignalField(i), micros);
}
inline int64_t GetSignal(const abi1::Account& account, int i) {
  return account.GetReflection()->GetInt64(account, SignalField(i));
}
inline bool HasSignal(const abi1::Account& account, int i) {
  return account.GetReflection()->HasField(account, SignalField(i));
}
inline void ClearSignal(abi1::Account* account, int i) {
  account->GetReflection()->ClearField(account, SignalField(i));
}

// Of every magnitude: `bits` significant bits, 0 .. 53, in millionths or,
// one time in four, in whole units; one time in sixteen an edge.
inline int64_t RandomMicros(std::mt19937_64& rng) {
  constexpr int64_t kEdges[] = {0,
                                1,
                                999'999,
                                1'000'000,
                                1'000'001,
                                99'999'999'999,
                                100'000'000'000,
                                100'000'000'001,
                                10'000'000'000'000,
                                kLimit - 1,
                                kLimit};
  const uint64_t roll = rng();
  if (roll % 16 == 0) return kEdges[(roll >> 8) % 11];
  const uint64_t bits = (roll >> 8) % 54;
  const uint64_t value = bits == 0 ? 0 : rng() >> (64 - bits);
  if (roll % 4 == 1) return static_cast<int64_t>(value / 1'000'000 * 1'000'000);
  return static_cast<int64_t>(value);
}

// One time in eight a signal is missing. A digest that is locked names the
// number of signals of its day.
inline abi1::Account RandomAccount(std::mt19937_64& rng,
                                   int signals = kSignals) {
  abi1::Account account;
  const uint64_t roll = rng();
  if (roll % 8 != 0) {
    account.set_network(std::string(1, static_cast<char>('a' + roll / 8 % 4)));
  }
  for (int i = 0; i < signals; ++i) {
    if (rng() % 8 != 0) SetSignal(&account, i, RandomMicros(rng));
  }
  return account;
}

// Mostly one account, else 0 to 4.
inline abi1::Profile RandomProfile(std::mt19937_64& rng,
                                   int signals = kSignals) {
  abi1::Profile profile;
  profile.set_id("p" + std::to_string(rng() % 1'000'000));
  const uint64_t roll = rng();
  const uint64_t accounts = roll % 2 == 0 ? 1 : roll / 2 % 5;
  for (uint64_t i = 0; i < accounts; ++i) {
    *profile.add_accounts() = RandomAccount(rng, signals);
  }
  return profile;
}

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_RANDOM_PROFILES_H_
