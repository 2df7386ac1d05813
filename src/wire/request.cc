#include "wire/request.h"

#include <string>
#include <utility>

#include "wire/faults.h"
#include "wire/fields.h"
#include "wire/reader.h"
#include "wire/standing_identity.h"
#include "wire/utf8.h"

namespace influence {
namespace {

Error TooLong(std::string field, size_t size, size_t limit) {
  return {Code::kTooLarge, std::move(field),
          "has " + std::to_string(size) + " bytes; the limit is " +
              std::to_string(limit)};
}

std::string SignalField(Signal signal) {
  return std::string(Name(signal)) + "_micros";
}

// An enumeration value this library does not know becomes 0, which no
// algorithm may contain.
template <typename Enum>
Enum ReadEnum(Reader* in, size_t count) {
  const int32_t value = in->Int32();
  const bool known = value >= 1 && value <= static_cast<int32_t>(count);
  return static_cast<Enum>(known ? value : 0);
}

Error RangeFault(const Signals& signals) {
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    const Micros value = signals.Get(signal);
    if (value < 0) {
      return {Code::kOutOfRange, SignalField(signal),
              std::to_string(value) + " is negative"};
    }
    if (value > kMaxSignal) {
      return {Code::kOutOfRange, SignalField(signal),
              std::to_string(value) + " is over " + std::to_string(kMaxSignal)};
    }
  }
  return {};
}

Error ReadAccount(std::string_view bytes, Account* account) {
  using namespace field::account;
  Error fault;
  bool in_range = true;
  Reader in(bytes, kMaxDepth - 2);
  while (in.Next()) {
    const uint32_t index = (in.tag() >> 3) - kFirstSignal;
    if (index < kSignalCount && in.tag() == VarintTag(index + kFirstSignal)) {
      const Micros value = in.Int64();
      in_range &= static_cast<uint64_t>(value) <= uint64_t{kMaxSignal};
      account->signals.Set(static_cast<Signal>(index + 1), value);
    } else if (in.tag() == BytesTag(kNetwork)) {
      account->network = in.Bytes();
      if (!IsUtf8(account->network)) fault = NotUtf8("network");
    } else {
      in.Skip();
    }
  }
  if (!fault.ok()) return fault;
  if (account->network.size() > kMaxNetworkBytes) {
    return TooLong("network", account->network.size(), kMaxNetworkBytes);
  }
  return in_range ? Error() : RangeFault(account->signals);
}

Error ReadProfileFields(std::string_view bytes, Profile* profile) {
  using namespace field::profile;
  FirstFault fault;
  size_t accounts = 0;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kId):
        profile->id = in.Bytes();
        if (!IsUtf8(profile->id)) fault.Add(NotUtf8("id"));
        break;
      case BytesTag(kAccounts): {
        Account account;
        Error error = ReadAccount(in.Bytes(), &account);
        if (!error.ok()) {
          fault.Add(std::move(error).Within("accounts[" +
                                            std::to_string(accounts) + "]"));
        }
        if (accounts < kMaxAccounts) profile->accounts.push_back(account);
        ++accounts;
        break;
      }
      default:
        in.Skip();
    }
  }
  if (profile->id.size() > kMaxIdBytes) {
    fault.Add(TooLong("id", profile->id.size(), kMaxIdBytes));
  }
  if (accounts > kMaxAccounts) {
    fault.Add({Code::kTooLarge, "accounts",
               std::to_string(accounts) + " accounts; the limit is " +
                   std::to_string(kMaxAccounts)});
  }
  return fault.Take();
}

void ReadSignalValue(std::string_view bytes, SignalValue* count) {
  using namespace field::signal_value;
  Reader in(bytes, kMaxDepth - 2);
  while (in.Next()) {
    switch (in.tag()) {
      case VarintTag(kSignal):
        count->signal = ReadEnum<Signal>(&in, kSignalCount);
        break;
      case VarintTag(kValue):
        count->value = in.Int64();
        break;
      default:
        in.Skip();
    }
  }
}

void ReadRow(std::string_view bytes, Row* row) {
  using namespace field::row;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case VarintTag(kFactor):
        row->factor = ReadEnum<Factor>(&in, kFactorCount);
        break;
      case VarintTag(kWeight):
        row->weight = in.Int64();
        break;
      case VarintTag(kFullMarks):
        row->full_marks = in.Int64();
        break;
      case VarintTag(kHalfLifeDays):
        row->half_life_days = in.Int32();
        break;
      case BytesTag(kCounts): {
        SignalValue count{};
        ReadSignalValue(in.Bytes(), &count);
        row->counts.push_back(count);
        break;
      }
      default:
        in.Skip();
    }
  }
}

// What is unset is as before; zero is what v1 has.
void ReadStandingRule(std::string_view bytes, StandingRule* rule) {
  using namespace field::standing_rule;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case VarintTag(kTeleport):
        rule->teleport = in.Int64();
        if (rule->teleport == 0) rule->teleport = StandingRule().teleport;
        break;
      case VarintTag(kIterations):
        rule->iterations = static_cast<uint32_t>(in.Varint());
        if (rule->iterations == 0) rule->iterations = StandingRule().iterations;
        break;
      default:
        in.Skip();
    }
  }
}

}  // namespace

Error ReadRequest(std::string_view bytes, Request* request) {
  using namespace field::request;
  return Guarded("ScoreRequest", [&]() -> Error {
    FirstFault fault;
    StandingFields standing(kGraphDigest);
    int32_t detail = 0;
    int32_t rendering = 0;
    size_t profiles = 0;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kAlgorithm):
          request->algorithm = in.Bytes();
          if (!IsUtf8(request->algorithm)) fault.Add(NotUtf8("algorithm"));
          break;
        case VarintTag(kAsOfDays):
          request->as_of_days = in.Int32();
          break;
        case BytesTag(kProfiles): {
          const std::string_view profile = in.Bytes();
          if (profiles < kMaxProfiles) request->profiles.push_back(profile);
          ++profiles;
          break;
        }
        case VarintTag(kDetail):
          detail = in.Int32();
          break;
        case BytesTag(kFingerprint):
          request->fingerprint = in.Bytes();
          if (!IsUtf8(request->fingerprint)) fault.Add(NotUtf8("fingerprint"));
          break;
        case VarintTag(kRendering):
          rendering = in.Int32();
          break;
        default:
          if (!standing.Read(&in)) in.Skip();
      }
    }
    if (profiles > kMaxProfiles) {
      fault.Add({Code::kTooLarge, "profiles",
                 std::to_string(profiles) + " profiles; the limit is " +
                     std::to_string(kMaxProfiles)});
    }
    const int32_t as_of = request->as_of_days.value_or(0);
    if (as_of < 0 || as_of > kMaxAsOfDays) {
      fault.Add({Code::kOutOfRange, "as_of_days",
                 std::to_string(as_of) + " is not in 0 .. " +
                     std::to_string(kMaxAsOfDays)});
    }
    if (detail < 0 || detail > static_cast<int32_t>(Detail::kScore)) {
      fault.Add({Code::kInvalidArgument, "detail",
                 std::to_string(detail) + " is not a known detail"});
    }
    if (rendering < 0 ||
        rendering > static_cast<int32_t>(Rendering::kMarkdown)) {
      fault.Add({Code::kInvalidArgument, "rendering",
                 std::to_string(rendering) + " is not a known rendering"});
    }
    request->detail = static_cast<Detail>(detail);
    request->rendering = static_cast<Rendering>(rendering);
    if (request->detail == Detail::kScore &&
        request->rendering != Rendering::kNone) {
      fault.Add({Code::kInvalidArgument, "rendering",
                 "needs the whole ledger, but detail is DETAIL_SCORE"});
    }
    standing.Finish(&request->standing, &fault);
    return fault.Take();
  });
}

Error ReadColumnsOptions(std::string_view bytes, ColumnsOptions* options) {
  using namespace field::columns_options;
  return Guarded("ColumnsOptions", [&]() -> Error {
    FirstFault fault;
    StandingFields standing;
    int32_t float_rounding = 0;
    const auto text = [&fault](Reader* in, const char* name) {
      const std::string_view value = in->Bytes();
      if (!IsUtf8(value)) fault.Add(NotUtf8(name));
      return value;
    };
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kAlgorithm):
          options->algorithm = text(&in, "algorithm");
          break;
        case BytesTag(kFingerprint):
          options->fingerprint = text(&in, "fingerprint");
          break;
        case BytesTag(kKernel):
          options->kernel = text(&in, "kernel");
          break;
        case VarintTag(kThreads):
          options->threads = static_cast<uint32_t>(in.Varint());
          break;
        case VarintTag(kFloatRounding):
          float_rounding = in.Int32();
          break;
        case VarintTag(kBands):
          options->bands = in.Varint() != 0;
          break;
        case VarintTag(kPoints):
          options->points = in.Varint() != 0;
          break;
        case VarintTag(kReasons):
          options->reasons = in.Varint() != 0;
          break;
        default:
          if (!standing.Read(&in)) in.Skip();
      }
    }
    if (options->threads > kMaxThreads) {
      fault.Add({Code::kOutOfRange, "threads",
                 std::to_string(options->threads) + " is over " +
                     std::to_string(kMaxThreads)});
    }
    if (float_rounding < 0 || float_rounding > 1) {
      fault.Add({Code::kInvalidArgument, "float_rounding",
                 std::to_string(float_rounding) + " is not a known rounding"});
    }
    options->accept_doubles = float_rounding == 1;
    standing.Finish(&options->standing, &fault);
    return fault.Take();
  });
}

Error ReadProfile(std::string_view bytes, Profile* profile) {
  profile->id = {};
  profile->accounts.clear();
  Error error =
      Guarded("Profile", [&] { return ReadProfileFields(bytes, profile); });
  if (error.ok()) {
    SortAccounts(&profile->accounts);
  } else if (profile->id.size() > kMaxIdBytes || !IsUtf8(profile->id)) {
    profile->id = {};
  }
  return error;
}

Error ReadAlgorithm(std::string_view bytes, Algorithm* algorithm) {
  using namespace field::algorithm;
  return Guarded("Algorithm", [&]() -> Error {
    FirstFault fault;
    Reader in(bytes, kMaxDepth);
    while (in.Next()) {
      switch (in.tag()) {
        case BytesTag(kId):
          algorithm->id = std::string(in.Bytes());
          if (!IsUtf8(algorithm->id)) fault.Add(NotUtf8("id"));
          break;
        case BytesTag(kRows): {
          Row row{};
          ReadRow(in.Bytes(), &row);
          algorithm->rows.push_back(std::move(row));
          break;
        }
        // Unset is the default, as in Algorithm.
        case VarintTag(kAgeUnitSeconds):
          algorithm->age_unit_seconds = in.Int32();
          if (algorithm->age_unit_seconds == 0) {
            algorithm->age_unit_seconds = kDay;
          }
          break;
        case VarintTag(kCrowd):
          algorithm->crowd = in.Int64();
          if (algorithm->crowd == 0) algorithm->crowd = kDefaultCrowd;
          break;
        case BytesTag(kStanding):
          ReadStandingRule(in.Bytes(), &algorithm->standing);
          break;
        default:
          in.Skip();
      }
    }
    return fault.Take();
  });
}

}  // namespace influence
