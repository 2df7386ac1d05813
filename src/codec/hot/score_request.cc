// Reads requests and profiles by hand, field by field. Every fault of a profile
// ends in that profile's result and never fails the batch; only faults of the
// outer message fail the call.
#include "codec/hot/score_request.h"

#include <string>
#include <utility>

#include "base/utf8.h"
#include "codec/codec.h"
#include "codec/reader.h"
#include "model/messages_of.h"

namespace influence {
namespace {

// Signal s is field s + 1 of an Account: model/messages_of.cc asserts it.
constexpr uint32_t kFirstSignal = msg::Account::kMentionsMicrosField;

Error TooLong(std::string field, size_t size, size_t limit) {
  return {Code::kTooLarge, std::move(field),
          "has " + std::to_string(size) + " bytes; the limit is " +
              std::to_string(limit)};
}

std::string Item(const char* list, size_t i) {
  return std::string(list) + "[" + std::to_string(i) + "]";
}

Error RangeFault(const Signals& signals) {
  for (size_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    const Micros value = signals.Get(signal);
    if (value >= 0 && value <= kMaxSignal) continue;
    return {Code::kOutOfRange, std::string(Name(signal)) + "_micros",
            value < 0 ? std::to_string(value) + " is negative"
                      : std::to_string(value) + " is over " +
                            std::to_string(kMaxSignal)};
  }
  return {};
}

Error CheckAccount(const Account& account, bool in_range) {
  if (account.network.size() > kMaxNetworkBytes) {
    return TooLong("network", account.network.size(), kMaxNetworkBytes);
  }
  return in_range ? Error() : RangeFault(account.signals);
}

// Ranges are checked with one comparison a signal; only an account that failed
// it is searched for the signal at fault.
Error ReadAccount(std::string_view bytes, Account* account) {
  Error fault;
  bool in_range = true;
  Reader in(bytes, kMaxDepth - 2);
  while (in.Next()) {
    const uint32_t index = in.field() - kFirstSignal;
    if (index < kSignalCount && in.tag() == VarintTag(index + kFirstSignal)) {
      const Micros value = in.Int64();
      in_range &= static_cast<uint64_t>(value) <= uint64_t{kMaxSignal};
      account->signals.Set(static_cast<Signal>(index + 1), value);
    } else if (in.tag() == BytesTag(msg::Account::kNetworkField)) {
      account->network = in.Bytes();
      if (!IsUtf8(account->network)) fault = NotUtf8("network");
    } else {
      in.Skip();
    }
  }
  if (in.failed()) return NotValid("Profile");
  return fault.ok() ? CheckAccount(*account, in_range) : fault;
}

// Adds the faults of a profile as a whole: a long id, too many accounts.
void CheckProfile(const Profile& profile, size_t accounts, FirstFault* fault) {
  if (profile.id.size() > kMaxIdBytes) {
    fault->Add(TooLong("id", profile.id.size(), kMaxIdBytes));
  }
  if (accounts > kMaxAccounts) {
    fault->Add({Code::kTooLarge, "accounts",
                std::to_string(accounts) + " accounts; the limit is " +
                    std::to_string(kMaxAccounts)});
  }
}

Error OptedOut() {
  return {Code::kOptedOut, "opted_out",
          "the person does not want to be scored"};
}

// Opting out outranks every fault that leaves the message readable: the answer
// must not depend on the data of a person who opted out.
Error Finish(bool opted_out, FirstFault* faults, Profile* profile) {
  Error fault = faults->Take();
  if (opted_out && fault.code() != Code::kMalformed &&
      fault.code() != Code::kInvalidUtf8) {
    fault = OptedOut();
  }
  if (fault.ok()) {
    SortAccounts(&profile->accounts);
  } else if (profile->id.size() > kMaxIdBytes || !IsUtf8(profile->id)) {
    profile->id = {};
  }
  return fault;
}

}  // namespace

// Only collects the profiles' bytes: each profile is read when it is scored,
// into one Profile that is reused.
Error ReadRequest(std::string_view bytes, Request* request) {
  FirstFault fault;
  int32_t detail = 0;
  int32_t rendering = 0;
  size_t profiles = 0;
  Reader in(bytes, kMaxDepth);
  using Fields = msg::ScoreRequest;
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(Fields::kAlgorithmField):
        request->algorithm = in.Bytes();
        if (!IsUtf8(request->algorithm)) fault.Add(NotUtf8("algorithm"));
        break;
      case VarintTag(Fields::kAsOfDaysField):
        request->as_of_days = in.Int32();
        break;
      case BytesTag(Fields::kProfilesField): {
        const std::string_view profile = in.Bytes();
        if (profiles < kMaxProfiles) request->profiles.push_back(profile);
        ++profiles;
        break;
      }
      case VarintTag(Fields::kDetailField):
        detail = in.Int32();
        break;
      case BytesTag(Fields::kFingerprintField):
        request->fingerprint = in.Bytes();
        if (!IsUtf8(request->fingerprint)) fault.Add(NotUtf8("fingerprint"));
        break;
      case VarintTag(Fields::kRenderingField):
        rendering = in.Int32();
        break;
      case BytesTag(Fields::kGraphField): {
        if (!request->graph.has_value()) request->graph.emplace();
        msg::GraphIdentity* graph = &*request->graph;
        FirstFault inner;
        DecodeItem(TableOf(*graph), in.Bytes(), Utf8::kChecked, graph, &inner);
        fault.Add(inner.Take().Within("graph"));
        break;
      }
      default:
        in.Skip();
    }
  }
  if (in.failed()) return NotValid("ScoreRequest");
  if (profiles > kMaxProfiles) {
    fault.Add({Code::kTooLarge, "profiles",
               std::to_string(profiles) + " profiles; the limit is " +
                   std::to_string(kMaxProfiles)});
  }
  // Checked after the loop, because the last occurrence of a scalar counts.
  const int32_t as_of = request->as_of_days.value_or(0);
  if (as_of < 0 || as_of > kMaxAsOfDays) {
    fault.Add(NotIn("as_of_days", as_of, 0, kMaxAsOfDays));
  }
  if (detail < 0 || detail > static_cast<int32_t>(kDetailCount)) {
    fault.Add({Code::kInvalidArgument, "detail",
               std::to_string(detail) + " is not a known detail"});
  }
  request->detail = static_cast<Detail>(detail);
  request->rendering = static_cast<Rendering>(rendering);
  fault.Add(CheckRendering(request->rendering));
  if (request->detail == Detail::kScore &&
      request->rendering != Rendering::kNone) {
    fault.Add({Code::kInvalidArgument, "rendering",
               "needs the whole ledger, but detail is DETAIL_SCORE"});
  }
  return fault.Take();
}

Error CheckRendering(Rendering rendering) {
  const auto number = static_cast<int32_t>(rendering);
  if (number >= 0 && number <= static_cast<int32_t>(kRenderingCount)) return {};
  return {Code::kInvalidArgument, "rendering",
          std::to_string(number) + " is not a known rendering"};
}

Error ReadProfile(std::string_view bytes, Profile* profile) {
  profile->id = {};
  profile->accounts.clear();
  FirstFault fault;
  bool opted_out = false;
  size_t accounts = 0;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(msg::Profile::kIdField):
        profile->id = in.Bytes();
        if (!IsUtf8(profile->id)) fault.Add(NotUtf8("id"));
        break;
      case BytesTag(msg::Profile::kAccountsField): {
        Account account;
        Error error = ReadAccount(in.Bytes(), &account);
        if (error.code() == Code::kMalformed) {
          fault.Add(std::move(error));
        } else if (!error.ok()) {
          fault.Add(std::move(error).Within(Item("accounts", accounts)));
        }
        if (accounts < kMaxAccounts) profile->accounts.push_back(account);
        ++accounts;
        break;
      }
      case VarintTag(msg::Profile::kOptedOutField):
        opted_out = in.Varint() != 0;
        break;
      default:
        in.Skip();
    }
  }
  if (in.failed()) fault.Add(NotValid("Profile"));
  CheckProfile(*profile, accounts, &fault);
  return Finish(opted_out, &fault, profile);
}

// Must find the same faults in the same order as the reader above; tests
// compare the two.
Error ReadProfile(const msg::Profile& message, Profile* profile) {
  profile->id = message.id;
  profile->accounts.clear();
  FirstFault fault;
  for (size_t i = 0; i < message.accounts.size() && i < kMaxAccounts; ++i) {
    const msg::Account& from = message.accounts[i];
    Account account;
    account.network = from.network;
    bool in_range = true;
    for (size_t s = 0; s < kSignalCount; ++s) {
      const auto signal = static_cast<Signal>(s + 1);
      const std::optional<int64_t>& value = FieldOf(signal, from);
      if (!value.has_value()) continue;
      in_range &= *value >= 0 && *value <= kMaxSignal;
      account.signals.Set(signal, *value);
    }
    fault.Add(CheckAccount(account, in_range).Within(Item("accounts", i)));
    profile->accounts.push_back(account);
  }
  CheckProfile(*profile, message.accounts.size(), &fault);
  return Finish(message.opted_out, &fault, profile);
}

}  // namespace influence
