// Made by proto/generate.cc from influence/abi1/influence.proto, which
// says what everything means.
#include "messages/messages.h"

#include <cstddef>

namespace influence {

// clang-format off
std::string_view Name(Signal value) {
  switch (value) {
    case Signal::kUnspecified: return "unspecified";
    case Signal::kMentions: return "mentions";
    case Signal::kReplies: return "replies";
    case Signal::kSaves: return "saves";
    case Signal::kLikes: return "likes";
    case Signal::kReshares: return "reshares";
    case Signal::kQuotes: return "quotes";
    case Signal::kListings: return "listings";
    case Signal::kFollowers: return "followers";
    case Signal::kStanding: return "standing";
    case Signal::kEndorsements: return "endorsements";
  }
  return "";
}
std::string_view UpperName(Signal value) {
  switch (value) {
    case Signal::kUnspecified: return "UNSPECIFIED";
    case Signal::kMentions: return "MENTIONS";
    case Signal::kReplies: return "REPLIES";
    case Signal::kSaves: return "SAVES";
    case Signal::kLikes: return "LIKES";
    case Signal::kReshares: return "RESHARES";
    case Signal::kQuotes: return "QUOTES";
    case Signal::kListings: return "LISTINGS";
    case Signal::kFollowers: return "FOLLOWERS";
    case Signal::kStanding: return "STANDING";
    case Signal::kEndorsements: return "ENDORSEMENTS";
  }
  return "";
}
std::string_view Name(Factor value) {
  switch (value) {
    case Factor::kUnspecified: return "unspecified";
    case Factor::kAttention: return "attention";
    case Factor::kAmplification: return "amplification";
    case Factor::kCuration: return "curation";
    case Factor::kAudience: return "audience";
    case Factor::kStanding: return "standing";
    case Factor::kEndorsement: return "endorsement";
  }
  return "";
}
std::string_view UpperName(Factor value) {
  switch (value) {
    case Factor::kUnspecified: return "UNSPECIFIED";
    case Factor::kAttention: return "ATTENTION";
    case Factor::kAmplification: return "AMPLIFICATION";
    case Factor::kCuration: return "CURATION";
    case Factor::kAudience: return "AUDIENCE";
    case Factor::kStanding: return "STANDING";
    case Factor::kEndorsement: return "ENDORSEMENT";
  }
  return "";
}
std::string_view Name(Code value) {
  switch (value) {
    case Code::kOk: return "ok";
    case Code::kInvalidArgument: return "invalid_argument";
    case Code::kMalformed: return "malformed";
    case Code::kTooLarge: return "too_large";
    case Code::kUnknownAlgorithm: return "unknown_algorithm";
    case Code::kAlgorithmMismatch: return "algorithm_mismatch";
    case Code::kInvalidAlgorithm: return "invalid_algorithm";
    case Code::kOutOfRange: return "out_of_range";
    case Code::kInvalidUtf8: return "invalid_utf8";
    case Code::kOutOfMemory: return "out_of_memory";
    case Code::kInternal: return "internal";
    case Code::kCancelled: return "cancelled";
    case Code::kNotFound: return "not_found";
    case Code::kFailedPrecondition: return "failed_precondition";
    case Code::kNotVerified: return "not_verified";
    case Code::kOptedOut: return "opted_out";
  }
  return "";
}
std::string_view UpperName(Code value) {
  switch (value) {
    case Code::kOk: return "OK";
    case Code::kInvalidArgument: return "INVALID_ARGUMENT";
    case Code::kMalformed: return "MALFORMED";
    case Code::kTooLarge: return "TOO_LARGE";
    case Code::kUnknownAlgorithm: return "UNKNOWN_ALGORITHM";
    case Code::kAlgorithmMismatch: return "ALGORITHM_MISMATCH";
    case Code::kInvalidAlgorithm: return "INVALID_ALGORITHM";
    case Code::kOutOfRange: return "OUT_OF_RANGE";
    case Code::kInvalidUtf8: return "INVALID_UTF8";
    case Code::kOutOfMemory: return "OUT_OF_MEMORY";
    case Code::kInternal: return "INTERNAL";
    case Code::kCancelled: return "CANCELLED";
    case Code::kNotFound: return "NOT_FOUND";
    case Code::kFailedPrecondition: return "FAILED_PRECONDITION";
    case Code::kNotVerified: return "NOT_VERIFIED";
    case Code::kOptedOut: return "OPTED_OUT";
  }
  return "";
}
std::string_view Name(Detail value) {
  switch (value) {
    case Detail::kLedger: return "ledger";
    case Detail::kScore: return "score";
  }
  return "";
}
std::string_view UpperName(Detail value) {
  switch (value) {
    case Detail::kLedger: return "LEDGER";
    case Detail::kScore: return "SCORE";
  }
  return "";
}
std::string_view Name(Rendering value) {
  switch (value) {
    case Rendering::kNone: return "none";
    case Rendering::kText: return "text";
    case Rendering::kMarkdown: return "markdown";
  }
  return "";
}
std::string_view UpperName(Rendering value) {
  switch (value) {
    case Rendering::kNone: return "NONE";
    case Rendering::kText: return "TEXT";
    case Rendering::kMarkdown: return "MARKDOWN";
  }
  return "";
}
std::string_view Name(FloatRounding value) {
  switch (value) {
    case FloatRounding::kRefused: return "refused";
    case FloatRounding::kHalfEven: return "half_even";
  }
  return "";
}
std::string_view UpperName(FloatRounding value) {
  switch (value) {
    case FloatRounding::kRefused: return "REFUSED";
    case FloatRounding::kHalfEven: return "HALF_EVEN";
  }
  return "";
}
std::string_view Name(ScoreUnit value) {
  switch (value) {
    case ScoreUnit::kPoints: return "points";
    case ScoreUnit::kMicropoints: return "micropoints";
  }
  return "";
}
std::string_view UpperName(ScoreUnit value) {
  switch (value) {
    case ScoreUnit::kPoints: return "POINTS";
    case ScoreUnit::kMicropoints: return "MICROPOINTS";
  }
  return "";
}
std::string_view Name(Band value) {
  switch (value) {
    case Band::kUnspecified: return "unspecified";
    case Band::kMinimal: return "minimal";
    case Band::kLimited: return "limited";
    case Band::kModerate: return "moderate";
    case Band::kHigh: return "high";
    case Band::kVeryHigh: return "very_high";
  }
  return "";
}
std::string_view UpperName(Band value) {
  switch (value) {
    case Band::kUnspecified: return "UNSPECIFIED";
    case Band::kMinimal: return "MINIMAL";
    case Band::kLimited: return "LIMITED";
    case Band::kModerate: return "MODERATE";
    case Band::kHigh: return "HIGH";
    case Band::kVeryHigh: return "VERY_HIGH";
  }
  return "";
}
std::string_view Name(Cap value) {
  switch (value) {
    case Cap::kNone: return "none";
    case Cap::kFullMarks: return "full_marks";
  }
  return "";
}
std::string_view UpperName(Cap value) {
  switch (value) {
    case Cap::kNone: return "NONE";
    case Cap::kFullMarks: return "FULL_MARKS";
  }
  return "";
}
std::string_view Name(ReasonCode value) {
  switch (value) {
    case ReasonCode::kUnspecified: return "unspecified";
    case ReasonCode::kEarned: return "earned";
    case ReasonCode::kFullMarks: return "full_marks";
    case ReasonCode::kNotStated: return "not_stated";
    case ReasonCode::kPartlyStated: return "partly_stated";
    case ReasonCode::kBelowFullMarks: return "below_full_marks";
  }
  return "";
}
std::string_view UpperName(ReasonCode value) {
  switch (value) {
    case ReasonCode::kUnspecified: return "UNSPECIFIED";
    case ReasonCode::kEarned: return "EARNED";
    case ReasonCode::kFullMarks: return "FULL_MARKS";
    case ReasonCode::kNotStated: return "NOT_STATED";
    case ReasonCode::kPartlyStated: return "PARTLY_STATED";
    case ReasonCode::kBelowFullMarks: return "BELOW_FULL_MARKS";
  }
  return "";
}
std::string_view Name(Future value) {
  switch (value) {
    case Future::kRefused: return "refused";
    case Future::kIgnored: return "ignored";
  }
  return "";
}
std::string_view UpperName(Future value) {
  switch (value) {
    case Future::kRefused: return "REFUSED";
    case Future::kIgnored: return "IGNORED";
  }
  return "";
}
std::string_view Name(ChangeCode value) {
  switch (value) {
    case ChangeCode::kUnspecified: return "unspecified";
    case ChangeCode::kRose: return "rose";
    case ChangeCode::kFell: return "fell";
    case ChangeCode::kFaded: return "faded";
    case ChangeCode::kNowStated: return "now_stated";
    case ChangeCode::kNoLongerStated: return "no_longer_stated";
    case ChangeCode::kCountsMore: return "counts_more";
    case ChangeCode::kCountsLess: return "counts_less";
    case ChangeCode::kFactorAdded: return "factor_added";
    case ChangeCode::kFactorRemoved: return "factor_removed";
    case ChangeCode::kNew: return "new";
    case ChangeCode::kNowStatedInPart: return "now_stated_in_part";
    case ChangeCode::kNoLongerStatedInPart: return "no_longer_stated_in_part";
    case ChangeCode::kSpread: return "spread";
  }
  return "";
}
std::string_view UpperName(ChangeCode value) {
  switch (value) {
    case ChangeCode::kUnspecified: return "UNSPECIFIED";
    case ChangeCode::kRose: return "ROSE";
    case ChangeCode::kFell: return "FELL";
    case ChangeCode::kFaded: return "FADED";
    case ChangeCode::kNowStated: return "NOW_STATED";
    case ChangeCode::kNoLongerStated: return "NO_LONGER_STATED";
    case ChangeCode::kCountsMore: return "COUNTS_MORE";
    case ChangeCode::kCountsLess: return "COUNTS_LESS";
    case ChangeCode::kFactorAdded: return "FACTOR_ADDED";
    case ChangeCode::kFactorRemoved: return "FACTOR_REMOVED";
    case ChangeCode::kNew: return "NEW";
    case ChangeCode::kNowStatedInPart: return "NOW_STATED_IN_PART";
    case ChangeCode::kNoLongerStatedInPart: return "NO_LONGER_STATED_IN_PART";
    case ChangeCode::kSpread: return "SPREAD";
  }
  return "";
}
std::string_view Name(RenderFormat value) {
  switch (value) {
    case RenderFormat::kUnspecified: return "unspecified";
    case RenderFormat::kText: return "text";
    case RenderFormat::kMarkdown: return "markdown";
    case RenderFormat::kHtml: return "html";
    case RenderFormat::kJson: return "json";
    case RenderFormat::kSvgBadge: return "svg_badge";
  }
  return "";
}
std::string_view UpperName(RenderFormat value) {
  switch (value) {
    case RenderFormat::kUnspecified: return "UNSPECIFIED";
    case RenderFormat::kText: return "TEXT";
    case RenderFormat::kMarkdown: return "MARKDOWN";
    case RenderFormat::kHtml: return "HTML";
    case RenderFormat::kJson: return "JSON";
    case RenderFormat::kSvgBadge: return "SVG_BADGE";
  }
  return "";
}
std::string_view Name(SeedKind value) {
  switch (value) {
    case SeedKind::kListed: return "listed";
    case SeedKind::kUniform: return "uniform";
  }
  return "";
}
std::string_view UpperName(SeedKind value) {
  switch (value) {
    case SeedKind::kListed: return "LISTED";
    case SeedKind::kUniform: return "UNIFORM";
  }
  return "";
}

namespace msg {
namespace {

constexpr Field kGraphIdentityFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "digest", offsetof(GraphIdentity, digest), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "seeds_digest", offsetof(GraphIdentity, seeds_digest), nullptr, nullptr},
  {3, Kind::kUint64, Label::kPlain, 0, "nodes", offsetof(GraphIdentity, nodes), nullptr, nullptr},
  {4, Kind::kUint64, Label::kPlain, 0, "edges", offsetof(GraphIdentity, edges), nullptr, nullptr},
  {5, Kind::kInt64, Label::kPlain, 0, "teleport_micros", offsetof(GraphIdentity, teleport_micros), nullptr, nullptr},
  {6, Kind::kUint32, Label::kPlain, 0, "iterations", offsetof(GraphIdentity, iterations), nullptr, nullptr},
};
constexpr Field kAccountFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "network", offsetof(Account, network), nullptr, nullptr},
  {2, Kind::kInt64, Label::kOptional, 0, "mentions_micros", offsetof(Account, mentions_micros), nullptr, &kOptionalOps<int64_t>},
  {3, Kind::kInt64, Label::kOptional, 0, "replies_micros", offsetof(Account, replies_micros), nullptr, &kOptionalOps<int64_t>},
  {4, Kind::kInt64, Label::kOptional, 0, "saves_micros", offsetof(Account, saves_micros), nullptr, &kOptionalOps<int64_t>},
  {5, Kind::kInt64, Label::kOptional, 0, "likes_micros", offsetof(Account, likes_micros), nullptr, &kOptionalOps<int64_t>},
  {6, Kind::kInt64, Label::kOptional, 0, "reshares_micros", offsetof(Account, reshares_micros), nullptr, &kOptionalOps<int64_t>},
  {7, Kind::kInt64, Label::kOptional, 0, "quotes_micros", offsetof(Account, quotes_micros), nullptr, &kOptionalOps<int64_t>},
  {8, Kind::kInt64, Label::kOptional, 0, "listings_micros", offsetof(Account, listings_micros), nullptr, &kOptionalOps<int64_t>},
  {9, Kind::kInt64, Label::kOptional, 0, "followers_micros", offsetof(Account, followers_micros), nullptr, &kOptionalOps<int64_t>},
  {10, Kind::kInt64, Label::kOptional, 0, "standing_micros", offsetof(Account, standing_micros), nullptr, &kOptionalOps<int64_t>},
  {11, Kind::kInt64, Label::kOptional, 0, "endorsements_micros", offsetof(Account, endorsements_micros), nullptr, &kOptionalOps<int64_t>},
};
constexpr Field kProfileFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(Profile, id), nullptr, nullptr},
  {2, Kind::kMessage, Label::kRepeated, 0, "accounts", offsetof(Profile, accounts), &kAccount, &kRepeatedOps<Account>},
  {20, Kind::kBool, Label::kPlain, 0, "opted_out", offsetof(Profile, opted_out), nullptr, nullptr},
};
constexpr Field kScoreRequestFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(ScoreRequest, algorithm), nullptr, nullptr},
  {2, Kind::kInt32, Label::kOptional, 0, "as_of_days", offsetof(ScoreRequest, as_of_days), nullptr, &kOptionalOps<int32_t>},
  {3, Kind::kMessage, Label::kRepeated, 0, "profiles", offsetof(ScoreRequest, profiles), &kProfile, &kRepeatedOps<Profile>},
  {4, Kind::kEnum, Label::kPlain, 0, "detail", offsetof(ScoreRequest, detail), nullptr, nullptr},
  {5, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(ScoreRequest, fingerprint), nullptr, nullptr},
  {6, Kind::kEnum, Label::kPlain, 0, "rendering", offsetof(ScoreRequest, rendering), nullptr, nullptr},
  {20, Kind::kMessage, Label::kOptional, 0, "graph", offsetof(ScoreRequest, graph), &kGraphIdentity, &kOptionalOps<GraphIdentity>},
};
constexpr Field kColumnsOptionsFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(ColumnsOptions, algorithm), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(ColumnsOptions, fingerprint), nullptr, nullptr},
  {3, Kind::kUint32, Label::kPlain, 0, "threads", offsetof(ColumnsOptions, threads), nullptr, nullptr},
  {4, Kind::kEnum, Label::kPlain, 0, "float_rounding", offsetof(ColumnsOptions, float_rounding), nullptr, nullptr},
  {5, Kind::kBool, Label::kPlain, 0, "bands", offsetof(ColumnsOptions, bands), nullptr, nullptr},
  {6, Kind::kBool, Label::kPlain, 0, "points", offsetof(ColumnsOptions, points), nullptr, nullptr},
  {7, Kind::kBool, Label::kPlain, 0, "reasons", offsetof(ColumnsOptions, reasons), nullptr, nullptr},
  {8, Kind::kEnum, Label::kPlain, 0, "score_unit", offsetof(ColumnsOptions, score_unit), nullptr, nullptr},
  {10, Kind::kMessage, Label::kOptional, 0, "graph", offsetof(ColumnsOptions, graph), &kGraphIdentity, &kOptionalOps<GraphIdentity>},
};
constexpr Field kIdentityFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(Identity, algorithm), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(Identity, fingerprint), nullptr, nullptr},
  {3, Kind::kString, Label::kPlain, 0, "library_version", offsetof(Identity, library_version), nullptr, nullptr},
  {4, Kind::kString, Label::kPlain, 0, "input_digest", offsetof(Identity, input_digest), nullptr, nullptr},
  {5, Kind::kInt32, Label::kOptional, 0, "as_of_days", offsetof(Identity, as_of_days), nullptr, &kOptionalOps<int32_t>},
  {10, Kind::kMessage, Label::kOptional, 0, "graph", offsetof(Identity, graph), &kGraphIdentity, &kOptionalOps<GraphIdentity>},
};
constexpr Field kPartFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "network", offsetof(Part, network), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "quantity_micros", offsetof(Part, quantity_micros), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "points_micropoints", offsetof(Part, points_micropoints), nullptr, nullptr},
};
constexpr Field kLineFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(Line, factor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "quantity_micros", offsetof(Line, quantity_micros), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "full_marks_micros", offsetof(Line, full_marks_micros), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "share_micros", offsetof(Line, share_micros), nullptr, nullptr},
  {5, Kind::kInt64, Label::kPlain, 0, "weight_micropoints", offsetof(Line, weight_micropoints), nullptr, nullptr},
  {6, Kind::kInt64, Label::kPlain, 0, "points_micropoints", offsetof(Line, points_micropoints), nullptr, nullptr},
  {7, Kind::kEnum, Label::kPlain, 0, "cap", offsetof(Line, cap), nullptr, nullptr},
  {8, Kind::kInt64, Label::kPlain, 0, "covered_micropoints", offsetof(Line, covered_micropoints), nullptr, nullptr},
  {9, Kind::kInt64, Label::kPlain, 0, "missing_micropoints", offsetof(Line, missing_micropoints), nullptr, nullptr},
  {10, Kind::kMessage, Label::kRepeated, 0, "parts", offsetof(Line, parts), &kPart, &kRepeatedOps<Part>},
};
constexpr Field kReasonFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "code", offsetof(Reason, code), nullptr, nullptr},
  {2, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(Reason, factor), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "points_micropoints", offsetof(Reason, points_micropoints), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "quantity_micros", offsetof(Reason, quantity_micros), nullptr, nullptr},
  {5, Kind::kInt64, Label::kPlain, 0, "full_marks_micros", offsetof(Reason, full_marks_micros), nullptr, nullptr},
};
constexpr Field kLedgerFields[] = {
  {1, Kind::kInt64, Label::kPlain, 0, "score_micropoints", offsetof(Ledger, score_micropoints), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "low_micropoints", offsetof(Ledger, low_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "high_micropoints", offsetof(Ledger, high_micropoints), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "coverage_micropoints", offsetof(Ledger, coverage_micropoints), nullptr, nullptr},
  {5, Kind::kEnum, Label::kPlain, 0, "band", offsetof(Ledger, band), nullptr, nullptr},
  {6, Kind::kMessage, Label::kRepeated, 0, "lines", offsetof(Ledger, lines), &kLine, &kRepeatedOps<Line>},
  {7, Kind::kMessage, Label::kRepeated, 0, "lifted", offsetof(Ledger, lifted), &kReason, &kRepeatedOps<Reason>},
  {8, Kind::kMessage, Label::kRepeated, 0, "held_back", offsetof(Ledger, held_back), &kReason, &kRepeatedOps<Reason>},
  {9, Kind::kMessage, Label::kRepeated, 0, "accounts", offsetof(Ledger, accounts), &kAccount, &kRepeatedOps<Account>},
};
constexpr Field kErrorFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "code", offsetof(Error, code), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "field", offsetof(Error, field), nullptr, nullptr},
  {3, Kind::kString, Label::kPlain, 0, "message", offsetof(Error, message), nullptr, nullptr},
  {4, Kind::kUint64, Label::kOptional, 0, "row", offsetof(Error, row), nullptr, &kOptionalOps<uint64_t>},
};
constexpr Field kResultFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(Result, id), nullptr, nullptr},
  {2, Kind::kMessage, Label::kOptional, 1, "ledger", offsetof(Result, ledger), &kLedger, &kOptionalOps<Ledger>},
  {3, Kind::kMessage, Label::kOptional, 1, "error", offsetof(Result, error), &kError, &kOptionalOps<Error>},
  {4, Kind::kString, Label::kPlain, 0, "text", offsetof(Result, text), nullptr, nullptr},
};
constexpr Field kScoreResponseFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "identity", offsetof(ScoreResponse, identity), &kIdentity, &kOptionalOps<Identity>},
  {2, Kind::kMessage, Label::kRepeated, 0, "results", offsetof(ScoreResponse, results), &kResult, &kRepeatedOps<Result>},
};
constexpr Field kSignalValueFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "signal", offsetof(SignalValue, signal), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "value_micros", offsetof(SignalValue, value_micros), nullptr, nullptr},
};
constexpr Field kRowFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(Row, factor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "weight_micropoints", offsetof(Row, weight_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "full_marks_micros", offsetof(Row, full_marks_micros), nullptr, nullptr},
  {4, Kind::kInt32, Label::kPlain, 0, "half_life_units", offsetof(Row, half_life_units), nullptr, nullptr},
  {5, Kind::kMessage, Label::kRepeated, 0, "counts", offsetof(Row, counts), &kSignalValue, &kRepeatedOps<SignalValue>},
};
constexpr Field kStandingRuleFields[] = {
  {1, Kind::kInt64, Label::kPlain, 0, "teleport_micros", offsetof(StandingRule, teleport_micros), nullptr, nullptr},
  {2, Kind::kUint32, Label::kPlain, 0, "iterations", offsetof(StandingRule, iterations), nullptr, nullptr},
};
constexpr Field kAlgorithmFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(Algorithm, id), nullptr, nullptr},
  {2, Kind::kMessage, Label::kRepeated, 0, "rows", offsetof(Algorithm, rows), &kRow, &kRepeatedOps<Row>},
  {3, Kind::kInt32, Label::kPlain, 0, "age_unit_seconds", offsetof(Algorithm, age_unit_seconds), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "crowd_micros", offsetof(Algorithm, crowd_micros), nullptr, nullptr},
  {10, Kind::kMessage, Label::kOptional, 0, "standing", offsetof(Algorithm, standing), &kStandingRule, &kOptionalOps<StandingRule>},
};
constexpr Field kPriceLineFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(PriceLine, factor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "doubled_micropoints", offsetof(PriceLine, doubled_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "tenfold_micropoints", offsetof(PriceLine, tenfold_micropoints), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "silent_30_days_micropoints", offsetof(PriceLine, silent_30_days_micropoints), nullptr, nullptr},
};
constexpr Field kAlgorithmDescriptionFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "algorithm", offsetof(AlgorithmDescription, algorithm), &kAlgorithm, &kOptionalOps<Algorithm>},
  {2, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(AlgorithmDescription, fingerprint), nullptr, nullptr},
  {3, Kind::kBool, Label::kPlain, 0, "released", offsetof(AlgorithmDescription, released), nullptr, nullptr},
  {4, Kind::kMessage, Label::kRepeated, 0, "prices", offsetof(AlgorithmDescription, prices), &kPriceLine, &kRepeatedOps<PriceLine>},
};
constexpr Field kAlgorithmListFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "library_version", offsetof(AlgorithmList, library_version), nullptr, nullptr},
  {2, Kind::kUint32, Label::kPlain, 0, "abi_version", offsetof(AlgorithmList, abi_version), nullptr, nullptr},
  {3, Kind::kMessage, Label::kRepeated, 0, "algorithms", offsetof(AlgorithmList, algorithms), &kAlgorithmDescription, &kRepeatedOps<AlgorithmDescription>},
};
constexpr Field kEventFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "actor", offsetof(Event, actor), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "subject", offsetof(Event, subject), nullptr, nullptr},
  {3, Kind::kEnum, Label::kPlain, 0, "kind", offsetof(Event, kind), nullptr, nullptr},
  {4, Kind::kSint64, Label::kPlain, 0, "time_seconds", offsetof(Event, time_seconds), nullptr, nullptr},
  {5, Kind::kString, Label::kPlain, 0, "network", offsetof(Event, network), nullptr, nullptr},
  {6, Kind::kString, Label::kPlain, 0, "topic", offsetof(Event, topic), nullptr, nullptr},
  {7, Kind::kString, Label::kPlain, 0, "event_id", offsetof(Event, event_id), nullptr, nullptr},
  {8, Kind::kInt64, Label::kOptional, 0, "quality_micros", offsetof(Event, quality_micros), nullptr, &kOptionalOps<int64_t>},
  {9, Kind::kInt64, Label::kOptional, 0, "count", offsetof(Event, count), nullptr, &kOptionalOps<int64_t>},
};
constexpr Field kEventBatchFields[] = {
  {1, Kind::kMessage, Label::kRepeated, 0, "events", offsetof(EventBatch, events), &kEvent, &kRepeatedOps<Event>},
};
constexpr Field kTallyOptionsFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(TallyOptions, algorithm), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(TallyOptions, fingerprint), nullptr, nullptr},
  {3, Kind::kInt64, Label::kOptional, 0, "as_of_seconds", offsetof(TallyOptions, as_of_seconds), nullptr, &kOptionalOps<int64_t>},
  {4, Kind::kEnum, Label::kPlain, 0, "future", offsetof(TallyOptions, future), nullptr, nullptr},
  {5, Kind::kUint32, Label::kPlain, 0, "threads", offsetof(TallyOptions, threads), nullptr, nullptr},
};
constexpr Field kIgnoredEventsFields[] = {
  {1, Kind::kUint64, Label::kPlain, 0, "no_actor", offsetof(IgnoredEvents, no_actor), nullptr, nullptr},
  {2, Kind::kUint64, Label::kPlain, 0, "no_subject", offsetof(IgnoredEvents, no_subject), nullptr, nullptr},
  {3, Kind::kUint64, Label::kPlain, 0, "unknown_kind", offsetof(IgnoredEvents, unknown_kind), nullptr, nullptr},
  {4, Kind::kUint64, Label::kPlain, 0, "not_counted", offsetof(IgnoredEvents, not_counted), nullptr, nullptr},
  {5, Kind::kUint64, Label::kPlain, 0, "network_too_long", offsetof(IgnoredEvents, network_too_long), nullptr, nullptr},
  {6, Kind::kUint64, Label::kPlain, 0, "topic_too_long", offsetof(IgnoredEvents, topic_too_long), nullptr, nullptr},
  {7, Kind::kUint64, Label::kPlain, 0, "event_id_too_long", offsetof(IgnoredEvents, event_id_too_long), nullptr, nullptr},
  {8, Kind::kUint64, Label::kPlain, 0, "bad_quality", offsetof(IgnoredEvents, bad_quality), nullptr, nullptr},
  {9, Kind::kUint64, Label::kPlain, 0, "bad_count", offsetof(IgnoredEvents, bad_count), nullptr, nullptr},
  {10, Kind::kUint64, Label::kPlain, 0, "self_reaction", offsetof(IgnoredEvents, self_reaction), nullptr, nullptr},
  {11, Kind::kUint64, Label::kPlain, 0, "after_as_of", offsetof(IgnoredEvents, after_as_of), nullptr, nullptr},
  {12, Kind::kUint64, Label::kPlain, 0, "faded", offsetof(IgnoredEvents, faded), nullptr, nullptr},
  {13, Kind::kUint64, Label::kPlain, 0, "duplicate", offsetof(IgnoredEvents, duplicate), nullptr, nullptr},
  {14, Kind::kUint64, Label::kPlain, 0, "not_utf8", offsetof(IgnoredEvents, not_utf8), nullptr, nullptr},
};
constexpr Field kTallyReportFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(TallyReport, algorithm), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(TallyReport, fingerprint), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "as_of_seconds", offsetof(TallyReport, as_of_seconds), nullptr, nullptr},
  {4, Kind::kUint64, Label::kPlain, 0, "events", offsetof(TallyReport, events), nullptr, nullptr},
  {5, Kind::kUint64, Label::kPlain, 0, "counted", offsetof(TallyReport, counted), nullptr, nullptr},
  {6, Kind::kMessage, Label::kOptional, 0, "ignored", offsetof(TallyReport, ignored), &kIgnoredEvents, &kOptionalOps<IgnoredEvents>},
  {7, Kind::kUint64, Label::kPlain, 0, "ids", offsetof(TallyReport, ids), nullptr, nullptr},
  {8, Kind::kUint64, Label::kPlain, 0, "pairs", offsetof(TallyReport, pairs), nullptr, nullptr},
  {9, Kind::kUint64, Label::kPlain, 0, "networks", offsetof(TallyReport, networks), nullptr, nullptr},
  {10, Kind::kUint64, Label::kPlain, 0, "topics", offsetof(TallyReport, topics), nullptr, nullptr},
  {11, Kind::kUint64, Label::kPlain, 0, "memory_bytes", offsetof(TallyReport, memory_bytes), nullptr, nullptr},
};
constexpr Field kStreamOptionsFields[] = {
  {1, Kind::kUint32, Label::kPlain, 0, "batch_rows", offsetof(StreamOptions, batch_rows), nullptr, nullptr},
};
constexpr Field kNodeShareFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "source", offsetof(NodeShare, source), nullptr, nullptr},
  {2, Kind::kUint64, Label::kPlain, 0, "rank", offsetof(NodeShare, rank), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "standing_micros", offsetof(NodeShare, standing_micros), nullptr, nullptr},
};
constexpr Field kNodeReportFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(NodeReport, id), nullptr, nullptr},
  {2, Kind::kUint64, Label::kPlain, 0, "rank", offsetof(NodeReport, rank), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "standing_micros", offsetof(NodeReport, standing_micros), nullptr, nullptr},
  {4, Kind::kUint64, Label::kPlain, 0, "position", offsetof(NodeReport, position), nullptr, nullptr},
  {5, Kind::kUint64, Label::kPlain, 0, "seed_rank", offsetof(NodeReport, seed_rank), nullptr, nullptr},
  {6, Kind::kInt64, Label::kPlain, 0, "seed_standing_micros", offsetof(NodeReport, seed_standing_micros), nullptr, nullptr},
  {7, Kind::kUint64, Label::kPlain, 0, "remainder_rank", offsetof(NodeReport, remainder_rank), nullptr, nullptr},
  {8, Kind::kMessage, Label::kRepeated, 0, "top", offsetof(NodeReport, top), &kNodeShare, &kRepeatedOps<NodeShare>},
  {9, Kind::kMessage, Label::kOptional, 0, "others", offsetof(NodeReport, others), &kNodeShare, &kOptionalOps<NodeShare>},
  {10, Kind::kUint64, Label::kPlain, 0, "others_count", offsetof(NodeReport, others_count), nullptr, nullptr},
  {11, Kind::kInt64, Label::kPlain, 0, "rounded_standing_micros", offsetof(NodeReport, rounded_standing_micros), nullptr, nullptr},
  {20, Kind::kMessage, Label::kOptional, 0, "graph", offsetof(NodeReport, graph), &kGraphIdentity, &kOptionalOps<GraphIdentity>},
};
constexpr Field kSubjectRequestFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(SubjectRequest, id), nullptr, nullptr},
  {2, Kind::kUint32, Label::kPlain, 0, "top", offsetof(SubjectRequest, top), nullptr, nullptr},
  {3, Kind::kInt64, Label::kOptional, 0, "standing_micros", offsetof(SubjectRequest, standing_micros), nullptr, &kOptionalOps<int64_t>},
  {4, Kind::kBool, Label::kPlain, 0, "carriers", offsetof(SubjectRequest, carriers), nullptr, nullptr},
  {5, Kind::kMessage, Label::kOptional, 0, "node", offsetof(SubjectRequest, node), &kNodeReport, &kOptionalOps<NodeReport>},
  {10, Kind::kMessage, Label::kOptional, 0, "graph", offsetof(SubjectRequest, graph), &kGraphIdentity, &kOptionalOps<GraphIdentity>},
};
constexpr Field kSourceFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "actor", offsetof(Source, actor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "quantity_micros", offsetof(Source, quantity_micros), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "points_micropoints", offsetof(Source, points_micropoints), nullptr, nullptr},
};
constexpr Field kFactorSourcesFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(FactorSources, factor), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "network", offsetof(FactorSources, network), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "quantity_micros", offsetof(FactorSources, quantity_micros), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "points_micropoints", offsetof(FactorSources, points_micropoints), nullptr, nullptr},
  {5, Kind::kMessage, Label::kRepeated, 0, "top", offsetof(FactorSources, top), &kSource, &kRepeatedOps<Source>},
  {6, Kind::kMessage, Label::kOptional, 0, "others", offsetof(FactorSources, others), &kSource, &kOptionalOps<Source>},
  {7, Kind::kUint64, Label::kPlain, 0, "others_count", offsetof(FactorSources, others_count), nullptr, nullptr},
  {8, Kind::kInt64, Label::kPlain, 0, "remainder_quantity_micros", offsetof(FactorSources, remainder_quantity_micros), nullptr, nullptr},
  {9, Kind::kInt64, Label::kPlain, 0, "remainder_points_micropoints", offsetof(FactorSources, remainder_points_micropoints), nullptr, nullptr},
};
constexpr Field kTopicEvidenceFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "topic", offsetof(TopicEvidence, topic), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "quantity_micros", offsetof(TopicEvidence, quantity_micros), nullptr, nullptr},
  {3, Kind::kUint64, Label::kPlain, 0, "people", offsetof(TopicEvidence, people), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "score_micros", offsetof(TopicEvidence, score_micros), nullptr, nullptr},
  {5, Kind::kInt64, Label::kOptional, 0, "score_without_micropoints", offsetof(TopicEvidence, score_without_micropoints), nullptr, &kOptionalOps<int64_t>},
};
constexpr Field kActorCarrierFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "actor", offsetof(ActorCarrier, actor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "score_without_micropoints", offsetof(ActorCarrier, score_without_micropoints), nullptr, nullptr},
};
constexpr Field kSubjectReportFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "result", offsetof(SubjectReport, result), &kResult, &kOptionalOps<Result>},
  {2, Kind::kInt64, Label::kPlain, 0, "as_of_seconds", offsetof(SubjectReport, as_of_seconds), nullptr, nullptr},
  {3, Kind::kMessage, Label::kRepeated, 0, "sources", offsetof(SubjectReport, sources), &kFactorSources, &kRepeatedOps<FactorSources>},
  {4, Kind::kMessage, Label::kRepeated, 0, "topics", offsetof(SubjectReport, topics), &kTopicEvidence, &kRepeatedOps<TopicEvidence>},
  {5, Kind::kMessage, Label::kRepeated, 0, "actors", offsetof(SubjectReport, actors), &kActorCarrier, &kRepeatedOps<ActorCarrier>},
  {6, Kind::kMessage, Label::kOptional, 0, "node", offsetof(SubjectReport, node), &kNodeReport, &kOptionalOps<NodeReport>},
  {7, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(SubjectReport, algorithm), nullptr, nullptr},
  {8, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(SubjectReport, fingerprint), nullptr, nullptr},
  {10, Kind::kMessage, Label::kOptional, 0, "graph", offsetof(SubjectReport, graph), &kGraphIdentity, &kOptionalOps<GraphIdentity>},
};
constexpr Field kCompareSideFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "profile", offsetof(CompareSide, profile), &kProfile, &kOptionalOps<Profile>},
  {2, Kind::kMessage, Label::kOptional, 0, "identity", offsetof(CompareSide, identity), &kIdentity, &kOptionalOps<Identity>},
};
constexpr Field kCompareRequestFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "before", offsetof(CompareRequest, before), &kCompareSide, &kOptionalOps<CompareSide>},
  {2, Kind::kMessage, Label::kOptional, 0, "after", offsetof(CompareRequest, after), &kCompareSide, &kOptionalOps<CompareSide>},
  {3, Kind::kEnum, Label::kPlain, 0, "rendering", offsetof(CompareRequest, rendering), nullptr, nullptr},
};
constexpr Field kIdentityDifferenceFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "field", offsetof(IdentityDifference, field), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "before", offsetof(IdentityDifference, before), nullptr, nullptr},
  {3, Kind::kString, Label::kPlain, 0, "after", offsetof(IdentityDifference, after), nullptr, nullptr},
};
constexpr Field kLegPartFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "network", offsetof(LegPart, network), nullptr, nullptr},
  {2, Kind::kEnum, Label::kPlain, 0, "signal", offsetof(LegPart, signal), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "before_quantity_micros", offsetof(LegPart, before_quantity_micros), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "after_quantity_micros", offsetof(LegPart, after_quantity_micros), nullptr, nullptr},
  {5, Kind::kSint64, Label::kPlain, 0, "change_micropoints", offsetof(LegPart, change_micropoints), nullptr, nullptr},
  {6, Kind::kSint64, Label::kPlain, 0, "faded_micropoints", offsetof(LegPart, faded_micropoints), nullptr, nullptr},
  {7, Kind::kInt64, Label::kPlain, 0, "faded_quantity_micros", offsetof(LegPart, faded_quantity_micros), nullptr, nullptr},
};
constexpr Field kLegLineFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(LegLine, factor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "before_micropoints", offsetof(LegLine, before_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "after_micropoints", offsetof(LegLine, after_micropoints), nullptr, nullptr},
  {4, Kind::kSint64, Label::kPlain, 0, "change_micropoints", offsetof(LegLine, change_micropoints), nullptr, nullptr},
  {5, Kind::kInt64, Label::kPlain, 0, "before_quantity_micros", offsetof(LegLine, before_quantity_micros), nullptr, nullptr},
  {6, Kind::kInt64, Label::kPlain, 0, "after_quantity_micros", offsetof(LegLine, after_quantity_micros), nullptr, nullptr},
  {7, Kind::kInt64, Label::kPlain, 0, "before_weight_micropoints", offsetof(LegLine, before_weight_micropoints), nullptr, nullptr},
  {8, Kind::kInt64, Label::kPlain, 0, "after_weight_micropoints", offsetof(LegLine, after_weight_micropoints), nullptr, nullptr},
  {9, Kind::kInt64, Label::kPlain, 0, "before_full_marks_micros", offsetof(LegLine, before_full_marks_micros), nullptr, nullptr},
  {10, Kind::kInt64, Label::kPlain, 0, "after_full_marks_micros", offsetof(LegLine, after_full_marks_micros), nullptr, nullptr},
  {11, Kind::kMessage, Label::kRepeated, 0, "networks", offsetof(LegLine, networks), &kLegPart, &kRepeatedOps<LegPart>},
  {12, Kind::kMessage, Label::kRepeated, 0, "signals", offsetof(LegLine, signals), &kLegPart, &kRepeatedOps<LegPart>},
  {13, Kind::kSint64, Label::kPlain, 0, "faded_micropoints", offsetof(LegLine, faded_micropoints), nullptr, nullptr},
  {14, Kind::kInt64, Label::kPlain, 0, "faded_quantity_micros", offsetof(LegLine, faded_quantity_micros), nullptr, nullptr},
};
constexpr Field kLegFields[] = {
  {1, Kind::kSint64, Label::kPlain, 0, "change_micropoints", offsetof(Leg, change_micropoints), nullptr, nullptr},
  {2, Kind::kMessage, Label::kRepeated, 0, "lines", offsetof(Leg, lines), &kLegLine, &kRepeatedOps<LegLine>},
  {3, Kind::kSint64, Label::kPlain, 0, "faded_micropoints", offsetof(Leg, faded_micropoints), nullptr, nullptr},
};
constexpr Field kChangeReasonFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "code", offsetof(ChangeReason, code), nullptr, nullptr},
  {2, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(ChangeReason, factor), nullptr, nullptr},
  {3, Kind::kSint64, Label::kPlain, 0, "change_micropoints", offsetof(ChangeReason, change_micropoints), nullptr, nullptr},
  {4, Kind::kEnum, Label::kPlain, 0, "signal", offsetof(ChangeReason, signal), nullptr, nullptr},
  {5, Kind::kInt64, Label::kPlain, 0, "before_quantity_micros", offsetof(ChangeReason, before_quantity_micros), nullptr, nullptr},
  {6, Kind::kInt64, Label::kPlain, 0, "after_quantity_micros", offsetof(ChangeReason, after_quantity_micros), nullptr, nullptr},
  {7, Kind::kInt32, Label::kPlain, 0, "half_life_units", offsetof(ChangeReason, half_life_units), nullptr, nullptr},
  {8, Kind::kSint64, Label::kPlain, 0, "whole_points", offsetof(ChangeReason, whole_points), nullptr, nullptr},
  {9, Kind::kInt64, Label::kOptional, 0, "before_count_micros", offsetof(ChangeReason, before_count_micros), nullptr, &kOptionalOps<int64_t>},
  {10, Kind::kInt64, Label::kOptional, 0, "after_count_micros", offsetof(ChangeReason, after_count_micros), nullptr, &kOptionalOps<int64_t>},
  {11, Kind::kUint32, Label::kPlain, 0, "networks", offsetof(ChangeReason, networks), nullptr, nullptr},
  {12, Kind::kString, Label::kPlain, 0, "network", offsetof(ChangeReason, network), nullptr, nullptr},
  {13, Kind::kUint32, Label::kPlain, 0, "others", offsetof(ChangeReason, others), nullptr, nullptr},
};
constexpr Field kCompareResponseFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(CompareResponse, id), nullptr, nullptr},
  {2, Kind::kMessage, Label::kOptional, 0, "before", offsetof(CompareResponse, before), &kIdentity, &kOptionalOps<Identity>},
  {3, Kind::kMessage, Label::kOptional, 0, "after", offsetof(CompareResponse, after), &kIdentity, &kOptionalOps<Identity>},
  {4, Kind::kMessage, Label::kRepeated, 0, "differences", offsetof(CompareResponse, differences), &kIdentityDifference, &kRepeatedOps<IdentityDifference>},
  {5, Kind::kInt64, Label::kPlain, 0, "before_micropoints", offsetof(CompareResponse, before_micropoints), nullptr, nullptr},
  {6, Kind::kInt64, Label::kPlain, 0, "between_micropoints", offsetof(CompareResponse, between_micropoints), nullptr, nullptr},
  {7, Kind::kInt64, Label::kPlain, 0, "after_micropoints", offsetof(CompareResponse, after_micropoints), nullptr, nullptr},
  {8, Kind::kSint64, Label::kPlain, 0, "change_micropoints", offsetof(CompareResponse, change_micropoints), nullptr, nullptr},
  {9, Kind::kEnum, Label::kPlain, 0, "before_band", offsetof(CompareResponse, before_band), nullptr, nullptr},
  {10, Kind::kEnum, Label::kPlain, 0, "after_band", offsetof(CompareResponse, after_band), nullptr, nullptr},
  {11, Kind::kMessage, Label::kOptional, 0, "input", offsetof(CompareResponse, input), &kLeg, &kOptionalOps<Leg>},
  {12, Kind::kMessage, Label::kOptional, 0, "formula", offsetof(CompareResponse, formula), &kLeg, &kOptionalOps<Leg>},
  {13, Kind::kMessage, Label::kRepeated, 0, "reasons", offsetof(CompareResponse, reasons), &kChangeReason, &kRepeatedOps<ChangeReason>},
  {14, Kind::kSint64, Label::kPlain, 0, "whole_points", offsetof(CompareResponse, whole_points), nullptr, nullptr},
  {15, Kind::kString, Label::kPlain, 0, "text", offsetof(CompareResponse, text), nullptr, nullptr},
};
constexpr Field kDriftOptionsFields[] = {
  {1, Kind::kUint32, Label::kPlain, 0, "threads", offsetof(DriftOptions, threads), nullptr, nullptr},
  {2, Kind::kEnum, Label::kPlain, 0, "float_rounding", offsetof(DriftOptions, float_rounding), nullptr, nullptr},
  {3, Kind::kUint32, Label::kPlain, 0, "top", offsetof(DriftOptions, top), nullptr, nullptr},
  {4, Kind::kString, Label::kRepeated, 0, "slices", offsetof(DriftOptions, slices), nullptr, &kRepeatedOps<std::string_view>},
};
constexpr Field kDriftQuantileFields[] = {
  {1, Kind::kInt32, Label::kPlain, 0, "permyriad", offsetof(DriftQuantile, permyriad), nullptr, nullptr},
  {2, Kind::kSint64, Label::kPlain, 0, "change_micropoints", offsetof(DriftQuantile, change_micropoints), nullptr, nullptr},
};
constexpr Field kDriftFactorFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(DriftFactor, factor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "up_micropoints", offsetof(DriftFactor, up_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "down_micropoints", offsetof(DriftFactor, down_micropoints), nullptr, nullptr},
  {4, Kind::kInt64, Label::kPlain, 0, "share_micros", offsetof(DriftFactor, share_micros), nullptr, nullptr},
};
constexpr Field kDriftFactorChangeFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(DriftFactorChange, factor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "before_micropoints", offsetof(DriftFactorChange, before_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "after_micropoints", offsetof(DriftFactorChange, after_micropoints), nullptr, nullptr},
};
constexpr Field kDriftMoverFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(DriftMover, id), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "before_micropoints", offsetof(DriftMover, before_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "after_micropoints", offsetof(DriftMover, after_micropoints), nullptr, nullptr},
  {4, Kind::kMessage, Label::kRepeated, 0, "factors", offsetof(DriftMover, factors), &kDriftFactorChange, &kRepeatedOps<DriftFactorChange>},
};
constexpr Field kBandChangeFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "before", offsetof(BandChange, before), nullptr, nullptr},
  {2, Kind::kEnum, Label::kPlain, 0, "after", offsetof(BandChange, after), nullptr, nullptr},
  {3, Kind::kUint64, Label::kPlain, 0, "people", offsetof(BandChange, people), nullptr, nullptr},
};
constexpr Field kDriftSummaryFields[] = {
  {1, Kind::kUint64, Label::kPlain, 0, "people", offsetof(DriftSummary, people), nullptr, nullptr},
  {2, Kind::kUint64, Label::kPlain, 0, "refused", offsetof(DriftSummary, refused), nullptr, nullptr},
  {3, Kind::kUint64, Label::kPlain, 0, "unchanged", offsetof(DriftSummary, unchanged), nullptr, nullptr},
  {4, Kind::kUint64, Label::kPlain, 0, "up", offsetof(DriftSummary, up), nullptr, nullptr},
  {5, Kind::kUint64, Label::kPlain, 0, "down", offsetof(DriftSummary, down), nullptr, nullptr},
  {6, Kind::kUint64, Label::kPlain, 0, "beyond", offsetof(DriftSummary, beyond), nullptr, nullptr},
  {7, Kind::kInt64, Label::kPlain, 0, "up_micropoints", offsetof(DriftSummary, up_micropoints), nullptr, nullptr},
  {8, Kind::kInt64, Label::kPlain, 0, "down_micropoints", offsetof(DriftSummary, down_micropoints), nullptr, nullptr},
  {9, Kind::kMessage, Label::kRepeated, 0, "quantiles", offsetof(DriftSummary, quantiles), &kDriftQuantile, &kRepeatedOps<DriftQuantile>},
  {10, Kind::kMessage, Label::kRepeated, 0, "bands", offsetof(DriftSummary, bands), &kBandChange, &kRepeatedOps<BandChange>},
  {11, Kind::kSint64, Label::kOptional, 0, "spearman_micros", offsetof(DriftSummary, spearman_micros), nullptr, &kOptionalOps<int64_t>},
  {12, Kind::kSint64, Label::kOptional, 0, "kendall_micros", offsetof(DriftSummary, kendall_micros), nullptr, &kOptionalOps<int64_t>},
  {13, Kind::kInt64, Label::kOptional, 0, "stability_micros", offsetof(DriftSummary, stability_micros), nullptr, &kOptionalOps<int64_t>},
  {14, Kind::kMessage, Label::kRepeated, 0, "factors", offsetof(DriftSummary, factors), &kDriftFactor, &kRepeatedOps<DriftFactor>},
  {15, Kind::kMessage, Label::kRepeated, 0, "movers", offsetof(DriftSummary, movers), &kDriftMover, &kRepeatedOps<DriftMover>},
};
constexpr Field kDriftSliceFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "column", offsetof(DriftSlice, column), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "value", offsetof(DriftSlice, value), nullptr, nullptr},
  {3, Kind::kBool, Label::kPlain, 0, "is_null", offsetof(DriftSlice, is_null), nullptr, nullptr},
  {4, Kind::kMessage, Label::kOptional, 0, "summary", offsetof(DriftSlice, summary), &kDriftSummary, &kOptionalOps<DriftSummary>},
};
constexpr Field kDriftChangeFields[] = {
  {1, Kind::kSint32, Label::kPlain, 0, "hundredths", offsetof(DriftChange, hundredths), nullptr, nullptr},
  {2, Kind::kUint64, Label::kPlain, 0, "people", offsetof(DriftChange, people), nullptr, nullptr},
};
constexpr Field kDriftReportFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "before", offsetof(DriftReport, before), &kIdentity, &kOptionalOps<Identity>},
  {2, Kind::kMessage, Label::kOptional, 0, "after", offsetof(DriftReport, after), &kIdentity, &kOptionalOps<Identity>},
  {3, Kind::kMessage, Label::kOptional, 0, "all", offsetof(DriftReport, all), &kDriftSummary, &kOptionalOps<DriftSummary>},
  {4, Kind::kMessage, Label::kRepeated, 0, "slices", offsetof(DriftReport, slices), &kDriftSlice, &kRepeatedOps<DriftSlice>},
  {5, Kind::kUint64, Label::kRepeated, 0, "before_by_point", offsetof(DriftReport, before_by_point), nullptr, &kRepeatedOps<uint64_t>},
  {6, Kind::kUint64, Label::kRepeated, 0, "after_by_point", offsetof(DriftReport, after_by_point), nullptr, &kRepeatedOps<uint64_t>},
  {7, Kind::kMessage, Label::kRepeated, 0, "changes", offsetof(DriftReport, changes), &kDriftChange, &kRepeatedOps<DriftChange>},
};
constexpr Field kOverrideFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "signal", offsetof(Override, signal), nullptr, nullptr},
  {2, Kind::kInt64, Label::kOptional, 0, "value_micros", offsetof(Override, value_micros), nullptr, &kOptionalOps<int64_t>},
  {3, Kind::kString, Label::kPlain, 0, "network", offsetof(Override, network), nullptr, nullptr},
};
constexpr Field kCurveQuestionFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(CurveQuestion, factor), nullptr, nullptr},
  {2, Kind::kInt64, Label::kRepeated, 0, "quantities_micros", offsetof(CurveQuestion, quantities_micros), nullptr, &kRepeatedOps<int64_t>},
};
constexpr Field kGoalQuestionFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "signal", offsetof(GoalQuestion, signal), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "network", offsetof(GoalQuestion, network), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "rise_micropoints", offsetof(GoalQuestion, rise_micropoints), nullptr, nullptr},
};
constexpr Field kWhatIfRequestFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "profile", offsetof(WhatIfRequest, profile), &kProfile, &kOptionalOps<Profile>},
  {2, Kind::kMessage, Label::kOptional, 0, "identity", offsetof(WhatIfRequest, identity), &kIdentity, &kOptionalOps<Identity>},
  {3, Kind::kMessage, Label::kRepeated, 0, "overrides", offsetof(WhatIfRequest, overrides), &kOverride, &kRepeatedOps<Override>},
  {4, Kind::kMessage, Label::kRepeated, 0, "curves", offsetof(WhatIfRequest, curves), &kCurveQuestion, &kRepeatedOps<CurveQuestion>},
  {5, Kind::kMessage, Label::kRepeated, 0, "goals", offsetof(WhatIfRequest, goals), &kGoalQuestion, &kRepeatedOps<GoalQuestion>},
  {6, Kind::kEnum, Label::kPlain, 0, "rendering", offsetof(WhatIfRequest, rendering), nullptr, nullptr},
  {7, Kind::kMessage, Label::kRepeated, 0, "actors", offsetof(WhatIfRequest, actors), &kActorCarrier, &kRepeatedOps<ActorCarrier>},
  {8, Kind::kMessage, Label::kRepeated, 0, "topics", offsetof(WhatIfRequest, topics), &kTopicEvidence, &kRepeatedOps<TopicEvidence>},
};
constexpr Field kCurvePointFields[] = {
  {1, Kind::kInt64, Label::kPlain, 0, "quantity_micros", offsetof(CurvePoint, quantity_micros), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "points_micropoints", offsetof(CurvePoint, points_micropoints), nullptr, nullptr},
};
constexpr Field kCurveAnswerFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "factor", offsetof(CurveAnswer, factor), nullptr, nullptr},
  {2, Kind::kMessage, Label::kRepeated, 0, "points", offsetof(CurveAnswer, points), &kCurvePoint, &kRepeatedOps<CurvePoint>},
};
constexpr Field kGoalAnswerFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "signal", offsetof(GoalAnswer, signal), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "network", offsetof(GoalAnswer, network), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "rise_micropoints", offsetof(GoalAnswer, rise_micropoints), nullptr, nullptr},
  {4, Kind::kBool, Label::kPlain, 0, "reachable", offsetof(GoalAnswer, reachable), nullptr, nullptr},
  {5, Kind::kInt64, Label::kPlain, 0, "value_micros", offsetof(GoalAnswer, value_micros), nullptr, nullptr},
  {6, Kind::kInt64, Label::kPlain, 0, "score_micropoints", offsetof(GoalAnswer, score_micropoints), nullptr, nullptr},
  {7, Kind::kInt64, Label::kOptional, 0, "stated_micros", offsetof(GoalAnswer, stated_micros), nullptr, &kOptionalOps<int64_t>},
  {8, Kind::kBool, Label::kPlain, 0, "is_new_account", offsetof(GoalAnswer, is_new_account), nullptr, nullptr},
};
constexpr Field kCarrierFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "network", offsetof(Carrier, network), nullptr, nullptr},
  {2, Kind::kInt64, Label::kPlain, 0, "points_micropoints", offsetof(Carrier, points_micropoints), nullptr, nullptr},
  {3, Kind::kInt64, Label::kPlain, 0, "score_without_micropoints", offsetof(Carrier, score_without_micropoints), nullptr, nullptr},
};
constexpr Field kWhatIfResponseFields[] = {
  {1, Kind::kMessage, Label::kOptional, 0, "identity", offsetof(WhatIfResponse, identity), &kIdentity, &kOptionalOps<Identity>},
  {2, Kind::kMessage, Label::kOptional, 0, "now", offsetof(WhatIfResponse, now), &kResult, &kOptionalOps<Result>},
  {3, Kind::kMessage, Label::kOptional, 0, "then", offsetof(WhatIfResponse, then), &kResult, &kOptionalOps<Result>},
  {4, Kind::kMessage, Label::kOptional, 0, "change", offsetof(WhatIfResponse, change), &kLeg, &kOptionalOps<Leg>},
  {5, Kind::kMessage, Label::kRepeated, 0, "curves", offsetof(WhatIfResponse, curves), &kCurveAnswer, &kRepeatedOps<CurveAnswer>},
  {6, Kind::kMessage, Label::kRepeated, 0, "goals", offsetof(WhatIfResponse, goals), &kGoalAnswer, &kRepeatedOps<GoalAnswer>},
  {7, Kind::kMessage, Label::kRepeated, 0, "carriers", offsetof(WhatIfResponse, carriers), &kCarrier, &kRepeatedOps<Carrier>},
  {8, Kind::kString, Label::kPlain, 0, "text", offsetof(WhatIfResponse, text), nullptr, nullptr},
  {9, Kind::kMessage, Label::kRepeated, 0, "actors", offsetof(WhatIfResponse, actors), &kActorCarrier, &kRepeatedOps<ActorCarrier>},
  {10, Kind::kMessage, Label::kRepeated, 0, "topics", offsetof(WhatIfResponse, topics), &kTopicEvidence, &kRepeatedOps<TopicEvidence>},
  {11, Kind::kString, Label::kRepeated, 0, "new_networks", offsetof(WhatIfResponse, new_networks), nullptr, &kRepeatedOps<std::string_view>},
};
constexpr Field kRenderRequestFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "format", offsetof(RenderRequest, format), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "language", offsetof(RenderRequest, language), nullptr, nullptr},
  {3, Kind::kString, Label::kPlain, 0, "messages", offsetof(RenderRequest, messages), nullptr, nullptr},
  {4, Kind::kMessage, Label::kOptional, 1, "result", offsetof(RenderRequest, result), &kScoreResponse, &kOptionalOps<ScoreResponse>},
  {5, Kind::kMessage, Label::kOptional, 0, "before", offsetof(RenderRequest, before), &kScoreResponse, &kOptionalOps<ScoreResponse>},
  {6, Kind::kMessage, Label::kOptional, 0, "algorithm", offsetof(RenderRequest, algorithm), &kAlgorithm, &kOptionalOps<Algorithm>},
  {7, Kind::kMessage, Label::kOptional, 0, "before_algorithm", offsetof(RenderRequest, before_algorithm), &kAlgorithm, &kOptionalOps<Algorithm>},
  {8, Kind::kMessage, Label::kOptional, 1, "drift", offsetof(RenderRequest, drift), &kDriftReport, &kOptionalOps<DriftReport>},
  {9, Kind::kString, Label::kOptional, 1, "card", offsetof(RenderRequest, card), nullptr, &kOptionalOps<std::string_view>},
  {10, Kind::kMessage, Label::kOptional, 1, "comparison", offsetof(RenderRequest, comparison), &kCompareResponse, &kOptionalOps<CompareResponse>},
  {11, Kind::kMessage, Label::kOptional, 1, "what_if", offsetof(RenderRequest, what_if), &kWhatIfResponse, &kOptionalOps<WhatIfResponse>},
  {12, Kind::kMessage, Label::kOptional, 1, "description", offsetof(RenderRequest, description), &kAlgorithmDescription, &kOptionalOps<AlgorithmDescription>},
  {13, Kind::kMessage, Label::kOptional, 1, "compare_request", offsetof(RenderRequest, compare_request), &kCompareRequest, &kOptionalOps<CompareRequest>},
  {14, Kind::kMessage, Label::kOptional, 1, "what_if_request", offsetof(RenderRequest, what_if_request), &kWhatIfRequest, &kOptionalOps<WhatIfRequest>},
};
constexpr Field kGraphOptionsFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(GraphOptions, algorithm), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(GraphOptions, fingerprint), nullptr, nullptr},
};
constexpr Field kEdgeFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "source", offsetof(Edge, source), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "target", offsetof(Edge, target), nullptr, nullptr},
  {3, Kind::kUint64, Label::kOptional, 0, "weight", offsetof(Edge, weight), nullptr, &kOptionalOps<uint64_t>},
};
constexpr Field kEdgeBatchFields[] = {
  {1, Kind::kMessage, Label::kRepeated, 0, "edges", offsetof(EdgeBatch, edges), &kEdge, &kRepeatedOps<Edge>},
};
constexpr Field kSeedFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(Seed, id), nullptr, nullptr},
  {2, Kind::kUint64, Label::kOptional, 0, "weight", offsetof(Seed, weight), nullptr, &kOptionalOps<uint64_t>},
};
constexpr Field kSeedListFields[] = {
  {1, Kind::kMessage, Label::kRepeated, 0, "seeds", offsetof(SeedList, seeds), &kSeed, &kRepeatedOps<Seed>},
  {2, Kind::kEnum, Label::kPlain, 0, "kind", offsetof(SeedList, kind), nullptr, nullptr},
  {3, Kind::kBool, Label::kPlain, 0, "anew", offsetof(SeedList, anew), nullptr, nullptr},
};
constexpr Field kRunOptionsFields[] = {
  {1, Kind::kUint32, Label::kPlain, 0, "threads", offsetof(RunOptions, threads), nullptr, nullptr},
  {10, Kind::kString, Label::kPlain, 0, "graph_digest", offsetof(RunOptions, graph_digest), nullptr, nullptr},
  {13, Kind::kString, Label::kPlain, 0, "seeds_digest", offsetof(RunOptions, seeds_digest), nullptr, nullptr},
};
constexpr Field kEdgeCountsFields[] = {
  {1, Kind::kUint64, Label::kPlain, 0, "added", offsetof(EdgeCounts, added), nullptr, nullptr},
  {2, Kind::kUint64, Label::kPlain, 0, "self_loops", offsetof(EdgeCounts, self_loops), nullptr, nullptr},
  {3, Kind::kUint64, Label::kPlain, 0, "weightless", offsetof(EdgeCounts, weightless), nullptr, nullptr},
  {4, Kind::kUint64, Label::kPlain, 0, "dangling_nodes", offsetof(EdgeCounts, dangling_nodes), nullptr, nullptr},
};
constexpr Field kSeedCountsFields[] = {
  {1, Kind::kEnum, Label::kPlain, 0, "kind", offsetof(SeedCounts, kind), nullptr, nullptr},
  {2, Kind::kUint64, Label::kPlain, 0, "nodes", offsetof(SeedCounts, nodes), nullptr, nullptr},
  {3, Kind::kUint64, Label::kPlain, 0, "unknown", offsetof(SeedCounts, unknown), nullptr, nullptr},
  {4, Kind::kUint64, Label::kPlain, 0, "weightless", offsetof(SeedCounts, weightless), nullptr, nullptr},
};
constexpr Field kStandingReportFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "algorithm", offsetof(StandingReport, algorithm), nullptr, nullptr},
  {2, Kind::kString, Label::kPlain, 0, "fingerprint", offsetof(StandingReport, fingerprint), nullptr, nullptr},
  {3, Kind::kMessage, Label::kOptional, 0, "edges", offsetof(StandingReport, edges), &kEdgeCounts, &kOptionalOps<EdgeCounts>},
  {4, Kind::kMessage, Label::kOptional, 0, "seeds", offsetof(StandingReport, seeds), &kSeedCounts, &kOptionalOps<SeedCounts>},
  {5, Kind::kString, Label::kPlain, 0, "ranks_digest", offsetof(StandingReport, ranks_digest), nullptr, nullptr},
  {6, Kind::kUint64, Label::kPlain, 0, "last_leak", offsetof(StandingReport, last_leak), nullptr, nullptr},
  {7, Kind::kUint64, Label::kPlain, 0, "memory_bytes", offsetof(StandingReport, memory_bytes), nullptr, nullptr},
  {10, Kind::kMessage, Label::kOptional, 0, "graph", offsetof(StandingReport, graph), &kGraphIdentity, &kOptionalOps<GraphIdentity>},
};
constexpr Field kNodeRequestFields[] = {
  {1, Kind::kString, Label::kPlain, 0, "id", offsetof(NodeRequest, id), nullptr, nullptr},
  {2, Kind::kUint32, Label::kPlain, 0, "top", offsetof(NodeRequest, top), nullptr, nullptr},
};

}  // namespace

const Table kGraphIdentity = {"GraphIdentity", sizeof(GraphIdentity), kGraphIdentityFields, 6};
const Table kAccount = {"Account", sizeof(Account), kAccountFields, 11};
const Table kProfile = {"Profile", sizeof(Profile), kProfileFields, 3};
const Table kScoreRequest = {"ScoreRequest", sizeof(ScoreRequest), kScoreRequestFields, 7};
const Table kColumnsOptions = {"ColumnsOptions", sizeof(ColumnsOptions), kColumnsOptionsFields, 9};
const Table kIdentity = {"Identity", sizeof(Identity), kIdentityFields, 6};
const Table kPart = {"Part", sizeof(Part), kPartFields, 3};
const Table kLine = {"Line", sizeof(Line), kLineFields, 10};
const Table kReason = {"Reason", sizeof(Reason), kReasonFields, 5};
const Table kLedger = {"Ledger", sizeof(Ledger), kLedgerFields, 9};
const Table kError = {"Error", sizeof(Error), kErrorFields, 4};
const Table kResult = {"Result", sizeof(Result), kResultFields, 4};
const Table kScoreResponse = {"ScoreResponse", sizeof(ScoreResponse), kScoreResponseFields, 2};
const Table kSignalValue = {"SignalValue", sizeof(SignalValue), kSignalValueFields, 2};
const Table kRow = {"Row", sizeof(Row), kRowFields, 5};
const Table kStandingRule = {"StandingRule", sizeof(StandingRule), kStandingRuleFields, 2};
const Table kAlgorithm = {"Algorithm", sizeof(Algorithm), kAlgorithmFields, 5};
const Table kPriceLine = {"PriceLine", sizeof(PriceLine), kPriceLineFields, 4};
const Table kAlgorithmDescription = {"AlgorithmDescription", sizeof(AlgorithmDescription), kAlgorithmDescriptionFields, 4};
const Table kAlgorithmList = {"AlgorithmList", sizeof(AlgorithmList), kAlgorithmListFields, 3};
const Table kEvent = {"Event", sizeof(Event), kEventFields, 9};
const Table kEventBatch = {"EventBatch", sizeof(EventBatch), kEventBatchFields, 1};
const Table kTallyOptions = {"TallyOptions", sizeof(TallyOptions), kTallyOptionsFields, 5};
const Table kIgnoredEvents = {"IgnoredEvents", sizeof(IgnoredEvents), kIgnoredEventsFields, 14};
const Table kTallyReport = {"TallyReport", sizeof(TallyReport), kTallyReportFields, 11};
const Table kStreamOptions = {"StreamOptions", sizeof(StreamOptions), kStreamOptionsFields, 1};
const Table kNodeShare = {"NodeShare", sizeof(NodeShare), kNodeShareFields, 3};
const Table kNodeReport = {"NodeReport", sizeof(NodeReport), kNodeReportFields, 12};
const Table kSubjectRequest = {"SubjectRequest", sizeof(SubjectRequest), kSubjectRequestFields, 6};
const Table kSource = {"Source", sizeof(Source), kSourceFields, 3};
const Table kFactorSources = {"FactorSources", sizeof(FactorSources), kFactorSourcesFields, 9};
const Table kTopicEvidence = {"TopicEvidence", sizeof(TopicEvidence), kTopicEvidenceFields, 5};
const Table kActorCarrier = {"ActorCarrier", sizeof(ActorCarrier), kActorCarrierFields, 2};
const Table kSubjectReport = {"SubjectReport", sizeof(SubjectReport), kSubjectReportFields, 9};
const Table kCompareSide = {"CompareSide", sizeof(CompareSide), kCompareSideFields, 2};
const Table kCompareRequest = {"CompareRequest", sizeof(CompareRequest), kCompareRequestFields, 3};
const Table kIdentityDifference = {"IdentityDifference", sizeof(IdentityDifference), kIdentityDifferenceFields, 3};
const Table kLegPart = {"LegPart", sizeof(LegPart), kLegPartFields, 7};
const Table kLegLine = {"LegLine", sizeof(LegLine), kLegLineFields, 14};
const Table kLeg = {"Leg", sizeof(Leg), kLegFields, 3};
const Table kChangeReason = {"ChangeReason", sizeof(ChangeReason), kChangeReasonFields, 13};
const Table kCompareResponse = {"CompareResponse", sizeof(CompareResponse), kCompareResponseFields, 15};
const Table kDriftOptions = {"DriftOptions", sizeof(DriftOptions), kDriftOptionsFields, 4};
const Table kDriftQuantile = {"DriftQuantile", sizeof(DriftQuantile), kDriftQuantileFields, 2};
const Table kDriftFactor = {"DriftFactor", sizeof(DriftFactor), kDriftFactorFields, 4};
const Table kDriftFactorChange = {"DriftFactorChange", sizeof(DriftFactorChange), kDriftFactorChangeFields, 3};
const Table kDriftMover = {"DriftMover", sizeof(DriftMover), kDriftMoverFields, 4};
const Table kBandChange = {"BandChange", sizeof(BandChange), kBandChangeFields, 3};
const Table kDriftSummary = {"DriftSummary", sizeof(DriftSummary), kDriftSummaryFields, 15};
const Table kDriftSlice = {"DriftSlice", sizeof(DriftSlice), kDriftSliceFields, 4};
const Table kDriftChange = {"DriftChange", sizeof(DriftChange), kDriftChangeFields, 2};
const Table kDriftReport = {"DriftReport", sizeof(DriftReport), kDriftReportFields, 7};
const Table kOverride = {"Override", sizeof(Override), kOverrideFields, 3};
const Table kCurveQuestion = {"CurveQuestion", sizeof(CurveQuestion), kCurveQuestionFields, 2};
const Table kGoalQuestion = {"GoalQuestion", sizeof(GoalQuestion), kGoalQuestionFields, 3};
const Table kWhatIfRequest = {"WhatIfRequest", sizeof(WhatIfRequest), kWhatIfRequestFields, 8};
const Table kCurvePoint = {"CurvePoint", sizeof(CurvePoint), kCurvePointFields, 2};
const Table kCurveAnswer = {"CurveAnswer", sizeof(CurveAnswer), kCurveAnswerFields, 2};
const Table kGoalAnswer = {"GoalAnswer", sizeof(GoalAnswer), kGoalAnswerFields, 8};
const Table kCarrier = {"Carrier", sizeof(Carrier), kCarrierFields, 3};
const Table kWhatIfResponse = {"WhatIfResponse", sizeof(WhatIfResponse), kWhatIfResponseFields, 11};
const Table kRenderRequest = {"RenderRequest", sizeof(RenderRequest), kRenderRequestFields, 14};
const Table kGraphOptions = {"GraphOptions", sizeof(GraphOptions), kGraphOptionsFields, 2};
const Table kEdge = {"Edge", sizeof(Edge), kEdgeFields, 3};
const Table kEdgeBatch = {"EdgeBatch", sizeof(EdgeBatch), kEdgeBatchFields, 1};
const Table kSeed = {"Seed", sizeof(Seed), kSeedFields, 2};
const Table kSeedList = {"SeedList", sizeof(SeedList), kSeedListFields, 3};
const Table kRunOptions = {"RunOptions", sizeof(RunOptions), kRunOptionsFields, 3};
const Table kEdgeCounts = {"EdgeCounts", sizeof(EdgeCounts), kEdgeCountsFields, 4};
const Table kSeedCounts = {"SeedCounts", sizeof(SeedCounts), kSeedCountsFields, 4};
const Table kStandingReport = {"StandingReport", sizeof(StandingReport), kStandingReportFields, 8};
const Table kNodeRequest = {"NodeRequest", sizeof(NodeRequest), kNodeRequestFields, 2};

}  // namespace msg
// clang-format on
}  // namespace influence
