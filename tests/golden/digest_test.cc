// One SHA-256 over the results of 100,000 generated profiles, per released
// algorithm. It alone sees an edit to code that all algorithms share.
//
// The digest is over, for each profile in turn, the size of its serialized
// Result message as eight bytes, lowest first, and the message; an error's
// field without its leading "profiles[n]", and no message. Profiles are
// RandomProfile() of tests/random_profiles.h with seed 1; every fiftieth, from
// the first, has signal (its number / 50) % 10 of a first account set to -1 or
// to one over the limit, in turn, so that errors are locked too. The identity
// is left out: it names the library's version, which may change.
#include <fstream>
#include <string>

#include "base/sha256.h"
#include "gtest/gtest.h"
#include "tests/client.h"
#include "tests/random_profiles.h"

namespace influence::testing {
namespace {

constexpr int kProfiles = 100'000;
// Of the day the digests were locked: a new signal moves none of them.
constexpr int kLockedSignals = 10;

std::string Digest(const std::string& id) {
  const Client client = Client::Released(id);
  std::mt19937_64 rng(1);
  std::string all;
  abi1::ScoreRequest request = client.NewRequest();
  for (int i = 0; i < kProfiles; ++i) {
    abi1::Profile* profile = request.add_profiles();
    *profile = RandomProfile(rng, kLockedSignals);
    if (i % 50 == 0) {
      if (profile->accounts_size() == 0) profile->add_accounts();
      SetSignal(profile->mutable_accounts(0), i / 50 % kLockedSignals,
                i / 50 % 2 == 0 ? -1 : kLimit + 1);
    }
    if (request.profiles_size() < 1000) continue;
    const abi1::ScoreResponse response = client.Score(request);
    for (const abi1::Result& result : response.results()) {
      std::string bytes = result.SerializeAsString();
      // Where it stood in its batch is no part of a result, nor are words.
      if (result.has_error()) {
        abi1::Result alone = result;
        std::string* field = alone.mutable_error()->mutable_field();
        field->erase(0, field->find(']') + 1);
        alone.mutable_error()->clear_message();
        bytes = alone.SerializeAsString();
      }
      for (int b = 0; b < 8; ++b) {
        all += static_cast<char>(bytes.size() >> (8 * b) & 0xff);
      }
      all += bytes;
    }
    request.clear_profiles();
  }
  return Sha256Hex(all);
}

TEST(Digest, IsTheOneThatWasReleased) {
  const abi1::AlgorithmList list = ListAlgorithms();
  for (const auto& algorithm : list.algorithms()) {
    const std::string& id = algorithm.algorithm().id();
    const std::string want = id + " " + Digest(id);
    std::ifstream file(std::string(INFLUENCE_SOURCE_DIR) +
                       "/tests/frozen/digests.txt");
    bool found = false;
    for (std::string line; std::getline(file, line);) found |= line == want;
    EXPECT_TRUE(found) << "tests/frozen/digests.txt has no line: " << want;
  }
}

}  // namespace
}  // namespace influence::testing
