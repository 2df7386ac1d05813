// Made by proto/generate.cc from influence/abi1/influence.proto, which
// says what everything means.
#ifndef INFLUENCE_MESSAGES_ENUMS_H_
#define INFLUENCE_MESSAGES_ENUMS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace influence {

// clang-format off
enum class Signal : int32_t {
  kUnspecified = 0,
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
inline constexpr size_t kSignalCount = 10;  // the highest

enum class Factor : int32_t {
  kUnspecified = 0,
  kAttention = 1,
  kAmplification = 2,
  kCuration = 3,
  kAudience = 4,
  kStanding = 5,
  kEndorsement = 6,
};
inline constexpr size_t kFactorCount = 6;  // the highest

enum class Code : int32_t {
  kOk = 0,
  kInvalidArgument = 1,
  kMalformed = 2,
  kTooLarge = 3,
  kUnknownAlgorithm = 4,
  kAlgorithmMismatch = 5,
  kInvalidAlgorithm = 6,
  kOutOfRange = 7,
  kInvalidUtf8 = 8,
  kOutOfMemory = 9,
  kInternal = 10,
  kCancelled = 11,
  kNotFound = 12,
  kFailedPrecondition = 13,
  kNotVerified = 14,
  kOptedOut = 15,
};
inline constexpr size_t kCodeCount = 15;  // the highest

enum class Detail : int32_t {
  kLedger = 0,
  kScore = 1,
};
inline constexpr size_t kDetailCount = 1;  // the highest

enum class Rendering : int32_t {
  kNone = 0,
  kText = 1,
  kMarkdown = 2,
};
inline constexpr size_t kRenderingCount = 2;  // the highest

enum class FloatRounding : int32_t {
  kRefused = 0,
  kHalfEven = 1,
};
inline constexpr size_t kFloatRoundingCount = 1;  // the highest

enum class ScoreUnit : int32_t {
  kPoints = 0,
  kMicropoints = 1,
};
inline constexpr size_t kScoreUnitCount = 1;  // the highest

enum class Band : int32_t {
  kUnspecified = 0,
  kMinimal = 1,
  kLimited = 2,
  kModerate = 3,
  kHigh = 4,
  kVeryHigh = 5,
};
inline constexpr size_t kBandCount = 5;  // the highest

enum class Cap : int32_t {
  kNone = 0,
  kFullMarks = 1,
};
inline constexpr size_t kCapCount = 1;  // the highest

enum class ReasonCode : int32_t {
  kUnspecified = 0,
  kEarned = 1,
  kFullMarks = 2,
  kNotStated = 3,
  kPartlyStated = 4,
  kBelowFullMarks = 5,
};
inline constexpr size_t kReasonCodeCount = 5;  // the highest

enum class Future : int32_t {
  kRefused = 0,
  kIgnored = 1,
};
inline constexpr size_t kFutureCount = 1;  // the highest

enum class ChangeCode : int32_t {
  kUnspecified = 0,
  kRose = 1,
  kFell = 2,
  kFaded = 3,
  kNowStated = 4,
  kNoLongerStated = 5,
  kCountsMore = 6,
  kCountsLess = 7,
  kFactorAdded = 8,
  kFactorRemoved = 9,
  kNew = 10,
  kNowStatedInPart = 11,
  kNoLongerStatedInPart = 12,
  kSpread = 13,
};
inline constexpr size_t kChangeCodeCount = 13;  // the highest

enum class RenderFormat : int32_t {
  kUnspecified = 0,
  kText = 1,
  kMarkdown = 2,
  kHtml = 3,
  kJson = 4,
  kSvgBadge = 5,
};
inline constexpr size_t kRenderFormatCount = 5;  // the highest

enum class SeedKind : int32_t {
  kListed = 0,
  kUniform = 1,
};
inline constexpr size_t kSeedKindCount = 1;  // the highest

// clang-format on
// The names of the values without that of their type: Name() in lower case,
// "half_even"; UpperName() as in the messages, "HALF_EVEN". Both end in a NUL,
// and are empty for a number without one.
std::string_view Name(Signal value);
std::string_view UpperName(Signal value);
std::string_view Name(Factor value);
std::string_view UpperName(Factor value);
std::string_view Name(Code value);
std::string_view UpperName(Code value);
std::string_view Name(Detail value);
std::string_view UpperName(Detail value);
std::string_view Name(Rendering value);
std::string_view UpperName(Rendering value);
std::string_view Name(FloatRounding value);
std::string_view UpperName(FloatRounding value);
std::string_view Name(ScoreUnit value);
std::string_view UpperName(ScoreUnit value);
std::string_view Name(Band value);
std::string_view UpperName(Band value);
std::string_view Name(Cap value);
std::string_view UpperName(Cap value);
std::string_view Name(ReasonCode value);
std::string_view UpperName(ReasonCode value);
std::string_view Name(Future value);
std::string_view UpperName(Future value);
std::string_view Name(ChangeCode value);
std::string_view UpperName(ChangeCode value);
std::string_view Name(RenderFormat value);
std::string_view UpperName(RenderFormat value);
std::string_view Name(SeedKind value);
std::string_view UpperName(SeedKind value);

}  // namespace influence

#endif  // INFLUENCE_MESSAGES_ENUMS_H_
