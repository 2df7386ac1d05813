// The closed lists every algorithm draws from, with their names.
//
// Append only. The numbers are those of proto/influence.proto, so they are in
// stored results: renaming is free, renumbering is not.
#ifndef INFLUENCE_MODEL_VOCABULARY_H_
#define INFLUENCE_MODEL_VOCABULARY_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace influence {

// One kind of measured fact about an account.
enum class Signal : uint8_t {
  kMentions = 1,
  kReplies = 2,
  kSaves = 3,
  kLikes = 4,
  kReshares = 5,
  kQuotes = 6,
  kListings = 7,
  kFollowers = 8,
  kStanding = 9,
  kEndorsements = 10,
};
inline constexpr size_t kSignalCount = 10;

// One line of a score.
enum class Factor : uint8_t {
  kAttention = 1,
  kAmplification = 2,
  kCuration = 3,
  kAudience = 4,
  kStanding = 5,
  kEndorsement = 6,
};
inline constexpr size_t kFactorCount = 6;

// The words that documents, messages and columns use: "mentions",
// "attention". Empty for a value outside the list.
std::string_view Name(Signal signal);
std::string_view Name(Factor factor);

// The position of a value in a table that has one entry for each.
constexpr size_t Index(Signal s) { return static_cast<size_t>(s) - 1; }
constexpr size_t Index(Factor f) { return static_cast<size_t>(f) - 1; }

}  // namespace influence

#endif  // INFLUENCE_MODEL_VOCABULARY_H_
