// Writes one result into memory reserved up front: ResultBound() is an upper
// bound of the bytes, so the writer needs no check per field. The lengths of
// nested messages are filled in when they are closed (hot/writer.h).
#include "codec/hot/score_response.h"

#include <cstdint>

#include "codec/codec.h"
#include "codec/hot/writer.h"
#include "messages/messages.h"

namespace influence {
namespace {

// The most bytes of a message's fixed fields: ten varint fields, its own tag
// and its length. No message has more.
constexpr size_t kMaxMessage = 11 * kMaxVarintField;

template <typename Enum>
uint64_t Number(Enum value) {
  return static_cast<uint64_t>(value);
}

void WritePart(const Profile& profile, const Part& part, Writer* out) {
  using Fields = msg::Part;
  uint8_t* start = out->Open(msg::Line::kPartsField);
  out->Bytes(Fields::kNetworkField, profile.accounts[part.account].network);
  out->Int64(Fields::kQuantityMicrosField, part.quantity);
  out->Int64(Fields::kPointsMicropointsField, part.points);
  out->Close(start);
}

void WriteLine(const Profile& profile, const Ledger& ledger, const Line& line,
               Writer* out) {
  using Fields = msg::Line;
  uint8_t* start = out->Open(msg::Ledger::kLinesField);
  out->Varint(Fields::kFactorField, Number(line.factor));
  out->Int64(Fields::kQuantityMicrosField, line.quantity);
  out->Int64(Fields::kFullMarksMicrosField, line.full_marks);
  out->Int64(Fields::kShareMicrosField, line.share);
  out->Int64(Fields::kWeightMicropointsField, line.weight);
  out->Int64(Fields::kPointsMicropointsField, line.points);
  out->Varint(Fields::kCapField, Number(line.cap));
  out->Int64(Fields::kCoveredMicropointsField, line.covered);
  out->Int64(Fields::kMissingMicropointsField, line.missing);
  for (uint32_t i = line.parts_begin; i < line.parts_end; ++i) {
    WritePart(profile, ledger.parts[i], out);
  }
  out->Close(start);
}

void WriteReason(uint32_t list, const Reason& reason, Writer* out) {
  using Fields = msg::Reason;
  uint8_t* start = out->Open(list);
  out->Varint(Fields::kCodeField, Number(reason.code));
  out->Varint(Fields::kFactorField, Number(reason.factor));
  out->Int64(Fields::kPointsMicropointsField, reason.points);
  out->Int64(Fields::kQuantityMicrosField, reason.quantity);
  out->Int64(Fields::kFullMarksMicrosField, reason.full_marks);
  out->Close(start);
}

// A signal of 0 is written too: in an account, absent and 0 differ.
void WriteAccount(const Account& account, Writer* out) {
  uint8_t* start = out->Open(msg::Ledger::kAccountsField);
  out->Bytes(msg::Account::kNetworkField, account.network);
  for (uint32_t i = 0; i < kSignalCount; ++i) {
    const auto signal = static_cast<Signal>(i + 1);
    if (account.signals.Has(signal)) {
      out->PresentVarint(msg::Account::kMentionsMicrosField + i,
                         Number(account.signals.Get(signal)));
    }
  }
  out->Close(start);
}

// An upper bound of the bytes that AppendResult() writes.
size_t ResultBound(const Profile& profile, const Ledger& ledger,
                   std::string_view text) {
  const size_t messages = 4 + ledger.lines.size() + ledger.lifted.size() +
                          ledger.held_back.size() + ledger.parts.size() +
                          profile.accounts.size();
  const size_t networks = ledger.parts.size() + profile.accounts.size();
  return messages * kMaxMessage + networks * MaxBytesField(kMaxNetworkBytes) +
         MaxBytesField(profile.id.size()) + MaxBytesField(text.size());
}

}  // namespace

void AppendResult(const Profile& profile, const Ledger& ledger, Detail detail,
                  std::string_view text, ByteBuffer* out) {
  Writer writer(out->Room(ResultBound(profile, ledger, text)));
  uint8_t* result = writer.Open<2>(msg::ScoreResponse::kResultsField);
  writer.Bytes(msg::Result::kIdField, profile.id);
  uint8_t* start = writer.Open<2>(msg::Result::kLedgerField);
  writer.Int64(msg::Ledger::kScoreMicropointsField, ledger.score);
  writer.Int64(msg::Ledger::kLowMicropointsField, ledger.low);
  writer.Int64(msg::Ledger::kHighMicropointsField, ledger.high);
  writer.Int64(msg::Ledger::kCoverageMicropointsField, ledger.coverage);
  writer.Varint(msg::Ledger::kBandField, Number(ledger.band));
  if (detail == Detail::kLedger) {
    for (const Line& line : ledger.lines) {
      WriteLine(profile, ledger, line, &writer);
    }
    for (const Reason& reason : ledger.lifted) {
      WriteReason(msg::Ledger::kLiftedField, reason, &writer);
    }
    for (const Reason& reason : ledger.held_back) {
      WriteReason(msg::Ledger::kHeldBackField, reason, &writer);
    }
    for (const Account& account : profile.accounts) {
      WriteAccount(account, &writer);
    }
  }
  writer.Close<2>(start);
  writer.Bytes(msg::Result::kTextField, text);
  writer.Close<2>(result);
  out->SetEnd(writer.at());
}

// Faults are rare, so they take the general encoder.
void AppendError(std::string_view profile_id, const Error& error,
                 ByteBuffer* out) {
  msg::ScoreResponse response;
  msg::Result& result = response.results.emplace_back();
  result.id = profile_id;
  result.error.emplace();
  result.error->code = error.code();
  result.error->field = error.field();
  result.error->message = error.message();
  result.error->row = error.row();
  Encode(response, out);
}

}  // namespace influence
