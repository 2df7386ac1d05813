#include "wire/response.h"

#include "wire/fields.h"
#include "wire/standing_identity.h"
#include "wire/writer.h"

namespace influence {
namespace {

// What a message's fixed fields take at most: ten varint fields and its own
// tag and length. No message has more.
constexpr size_t kMaxMessage = 11 * kMaxVarintField;

template <typename Enum>
uint64_t Number(Enum value) {
  return static_cast<uint64_t>(value);
}

void WritePart(const Profile& profile, const Part& part, Writer* out) {
  using namespace field::part;
  uint8_t* start = out->Open(field::line::kParts);
  out->Bytes(kNetwork, profile.accounts[part.account].network);
  out->Int64(kQuantity, part.quantity);
  out->Int64(kPoints, part.points);
  out->Close(start);
}

void WriteLine(const Profile& profile, const Ledger& ledger, const Line& line,
               Writer* out) {
  using namespace field::line;
  uint8_t* start = out->Open(field::ledger::kLines);
  out->Varint(kFactor, Number(line.factor));
  out->Int64(kQuantity, line.quantity);
  out->Int64(kFullMarks, line.full_marks);
  out->Int64(kShare, line.share);
  out->Int64(kWeight, line.weight);
  out->Int64(kPoints, line.points);
  out->Varint(kCap, Number(line.cap));
  out->Int64(kCovered, line.covered);
  out->Int64(kMissing, line.missing);
  for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
    WritePart(profile, ledger.parts[i], out);
  }
  out->Close(start);
}

void WriteReason(uint32_t list, const Reason& reason, Writer* out) {
  using namespace field::reason;
  uint8_t* start = out->Open(list);
  out->Varint(kCode, Number(reason.code));
  out->Varint(kFactor, Number(reason.factor));
  out->Int64(kPoints, reason.points);
  out->Int64(kQuantity, reason.quantity);
  out->Int64(kFullMarks, reason.full_marks);
  out->Close(start);
}

void WriteAccount(const Account& account, Writer* out) {
  using namespace field::account;
  uint8_t* start = out->Open(field::ledger::kAccounts);
  out->Bytes(kNetwork, account.network);
  for (uint32_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    if (account.signals.Has(signal)) {
      out->PresentVarint(kFirstSignal + i, Number(account.signals.Get(signal)));
    }
  }
  out->Close(start);
}

// An upper bound of what AppendResult() writes.
size_t ResultBound(const Profile& profile, const Ledger& ledger,
                   std::string_view text) {
  const size_t messages = 4 + ledger.lines.size() + ledger.lifted.size() +
                          ledger.held_back.size() + ledger.parts.size() +
                          profile.accounts.size();
  const size_t networks = ledger.parts.size() + profile.accounts.size();
  return messages * kMaxMessage + networks * MaxBytesField(kMaxNetworkBytes) +
         MaxBytesField(profile.id.size()) + MaxBytesField(text.size());
}

void WriteRow(const Row& row, Writer* out) {
  using namespace field::row;
  uint8_t* start = out->Open(field::algorithm::kRows);
  out->Varint(kFactor, Number(row.factor));
  out->Int64(kWeight, row.weight);
  out->Int64(kFullMarks, row.full_marks);
  out->Varint(kHalfLifeDays, Number(row.half_life_days));
  for (const SignalValue& count : row.counts) {
    uint8_t* inner = out->Open(kCounts);
    out->Varint(field::signal_value::kSignal, Number(count.signal));
    out->Int64(field::signal_value::kValue, count.value);
    out->Close(inner);
  }
  out->Close(start);
}

void WriteDescription(const Description& description, Writer* out) {
  using namespace field::description;
  uint8_t* algorithm = out->Open(kAlgorithm);
  out->Bytes(field::algorithm::kId, description.algorithm.id);
  for (const Row& row : description.algorithm.rows) WriteRow(row, out);
  // What is as everywhere is left out, as it may be in what is read.
  if (description.algorithm.age_unit_seconds != kDay) {
    out->Varint(field::algorithm::kAgeUnitSeconds,
                Number(description.algorithm.age_unit_seconds));
  }
  if (description.algorithm.crowd != kDefaultCrowd) {
    out->Int64(field::algorithm::kCrowd, description.algorithm.crowd);
  }
  const StandingRule& standing = description.algorithm.standing;
  if (standing != StandingRule()) {
    uint8_t* rule = out->Open(field::algorithm::kStanding);
    out->Int64(field::standing_rule::kTeleport, standing.teleport);
    out->Varint(field::standing_rule::kIterations, standing.iterations);
    out->Close(rule);
  }
  out->Close(algorithm);
  out->Bytes(kFingerprint, description.fingerprint);
  out->Varint(kReleased, description.algorithm.released ? 1 : 0);
  for (const PriceLine& price : description.prices) {
    uint8_t* start = out->Open(kPrices);
    out->Varint(field::price_line::kFactor, Number(price.factor));
    out->Int64(field::price_line::kDoubled, price.doubled);
    out->Int64(field::price_line::kTenfold, price.tenfold);
    out->Int64(field::price_line::kSilent30Days, price.silent_30_days);
    out->Close(start);
  }
}

size_t DescriptionBound(const Description& description) {
  size_t messages = 3 + description.prices.size();
  for (const Row& row : description.algorithm.rows) {
    messages += 1 + row.counts.size();
  }
  return messages * kMaxMessage +
         MaxBytesField(description.algorithm.id.size()) +
         MaxBytesField(description.fingerprint.size());
}

}  // namespace

void AppendIdentity(const Identity& identity, ByteBuffer* out) {
  using namespace field::identity;
  Writer writer(out->Room(
      kMaxMessage + MaxBytesField(identity.algorithm.size()) +
      MaxBytesField(identity.fingerprint.size()) +
      MaxBytesField(identity.library_version.size()) +
      MaxBytesField(identity.input_digest.size()) + kMaxStandingIdentity));
  uint8_t* start = writer.Open<2>(field::response::kIdentity);
  writer.Bytes(kAlgorithm, identity.algorithm);
  writer.Bytes(kFingerprint, identity.fingerprint);
  writer.Bytes(kLibraryVersion, identity.library_version);
  writer.Bytes(kInputDigest, identity.input_digest);
  if (identity.as_of_days.has_value()) {
    writer.PresentVarint(kAsOfDays, Number(*identity.as_of_days));
  }
  WriteStandingIdentity(identity.standing, &writer);
  writer.Close<2>(start);
  out->SetEnd(writer.at());
}

void AppendResult(const Profile& profile, const Ledger& ledger, Detail detail,
                  std::string_view text, ByteBuffer* out) {
  Writer writer(out->Room(ResultBound(profile, ledger, text)));
  uint8_t* result = writer.Open<2>(field::response::kResults);
  writer.Bytes(field::result::kId, profile.id);
  uint8_t* start = writer.Open<2>(field::result::kLedger);
  writer.Int64(field::ledger::kScore, ledger.score);
  writer.Int64(field::ledger::kLow, ledger.low);
  writer.Int64(field::ledger::kHigh, ledger.high);
  writer.Int64(field::ledger::kCoverage, ledger.coverage);
  writer.Varint(field::ledger::kBand, Number(ledger.band));
  if (detail == Detail::kLedger) {
    for (const Line& line : ledger.lines) {
      WriteLine(profile, ledger, line, &writer);
    }
    for (const Reason& reason : ledger.lifted) {
      WriteReason(field::ledger::kLifted, reason, &writer);
    }
    for (const Reason& reason : ledger.held_back) {
      WriteReason(field::ledger::kHeldBack, reason, &writer);
    }
    for (const Account& account : profile.accounts) {
      WriteAccount(account, &writer);
    }
  }
  writer.Close<2>(start);
  writer.Bytes(field::result::kText, text);
  writer.Close<2>(result);
  out->SetEnd(writer.at());
}

void AppendError(std::string_view profile_id, const Error& error,
                 ByteBuffer* out) {
  Writer writer(out->Room(3 * kMaxMessage + MaxBytesField(profile_id.size()) +
                          MaxBytesField(error.field().size()) +
                          MaxBytesField(error.message().size())));
  uint8_t* result = writer.Open(field::response::kResults);
  writer.Bytes(field::result::kId, profile_id);
  uint8_t* start = writer.Open(field::result::kError);
  writer.Varint(field::error::kCode, Number(error.code()));
  writer.Bytes(field::error::kField, error.field());
  writer.Bytes(field::error::kMessage, error.message());
  writer.Close(start);
  writer.Close(result);
  out->SetEnd(writer.at());
}

void AppendDescription(const Description& description, ByteBuffer* out) {
  Writer writer(out->Room(DescriptionBound(description)));
  WriteDescription(description, &writer);
  out->SetEnd(writer.at());
}

void AppendList(std::string_view library_version, uint32_t abi_version,
                const std::vector<Description>& descriptions, ByteBuffer* out) {
  using namespace field::list;
  size_t bound = kMaxMessage + MaxBytesField(library_version.size());
  for (const Description& description : descriptions) {
    bound += kMaxMessage + DescriptionBound(description);
  }
  Writer writer(out->Room(bound));
  writer.Bytes(kLibraryVersion, library_version);
  writer.Varint(kAbiVersion, abi_version);
  for (const Description& description : descriptions) {
    uint8_t* start = writer.Open<2>(kAlgorithms);
    WriteDescription(description, &writer);
    writer.Close<2>(start);
  }
  out->SetEnd(writer.at());
}

}  // namespace influence
