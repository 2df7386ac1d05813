#include "wire/render_request.h"

#include <utility>

#include "wire/faults.h"
#include "wire/fields.h"
#include "wire/level.h"
#include "wire/reader.h"
#include "wire/stored.h"
#include "wire/writer.h"

namespace influence {
namespace {

void ReadIdentity(std::string_view bytes, const std::string& path, int depth,
                  StoredResult* result, FirstFault* fault) {
  using namespace field::identity;
  Level at(bytes, depth, path + ".identity.", fault);
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kAlgorithm):
        result->algorithm = at.Text("algorithm");
        break;
      case BytesTag(kFingerprint):
        result->fingerprint = at.Text("fingerprint");
        break;
      case VarintTag(kAsOfDays):
        result->as_of_days = at.in.Int32();
        break;
      default:
        at.in.Skip();
    }
  }
}

// A field of bytes, appended.
void AppendField(uint32_t field, std::string_view bytes, std::string* out) {
  std::string written(MaxBytesField(bytes.size()) + 8, '\0');
  auto* begin = reinterpret_cast<uint8_t*>(written.data());
  Writer writer(begin);
  // An account that states nothing is a field nonetheless.
  uint8_t* start = writer.Open(field);
  writer = Writer(start + 1);
  writer.Close(start);
  if (!bytes.empty()) {
    writer = Writer(begin);
    writer.Bytes(field, bytes);
  }
  out->append(written.data(), static_cast<size_t>(writer.at() - begin));
}

void ReadResult(std::string_view bytes, const std::string& path, int depth,
                StoredResult* result, FirstFault* fault) {
  Level at(bytes, depth, path + ".results[0].", fault);
  std::string_view id;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(field::result::kId):
        id = at.Text("id");
        break;
      case BytesTag(field::result::kLedger):
        result->ledger = at.in.Bytes();
        break;
      default:
        at.in.Skip();
    }
  }
  result->profile.clear();
  if (!id.empty()) AppendField(field::profile::kId, id, &result->profile);
  Reader ledger(result->ledger, depth - 1);
  while (ledger.Next()) {
    if (ledger.tag() == BytesTag(field::ledger::kAccounts)) {
      AppendField(field::profile::kAccounts, ledger.Bytes(), &result->profile);
    } else {
      ledger.Skip();
    }
  }
}

StoredResult ReadResponse(std::string_view bytes, const std::string& path,
                          FirstFault* fault) {
  StoredResult result;
  size_t results = 0;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(field::response::kIdentity): {
        const std::string_view identity = in.Bytes();
        result.identity.append(identity);
        ReadIdentity(identity, path, kMaxDepth - 2, &result, fault);
        break;
      }
      case BytesTag(field::response::kResults):
        ++results;
        ReadResult(in.Bytes(), path, kMaxDepth - 2, &result, fault);
        break;
      default:
        in.Skip();
    }
  }
  if (results != 1) {
    fault->Add({Code::kInvalidArgument, path + ".results",
                "has " + std::to_string(results) + " people; 1 is needed"});
  } else if (result.ledger.empty()) {
    fault->Add({Code::kInvalidArgument, path + ".results[0].ledger",
                "is missing: this person has no score"});
  }
  return result;
}

// The subjects there are, of which a request has one.
size_t SubjectsOf(const RenderRequest& request) {
  size_t subjects = 0;
  for (const bool there :
       {request.result.has_value(), request.drift.has_value(),
        request.comparison.has_value(), request.what_if.has_value(),
        request.description.has_value(), !request.card.empty(),
        request.compare_request.has_value(),
        request.what_if_request.has_value()}) {
    subjects += there ? 1 : 0;
  }
  return subjects;
}

StoredDescription ReadDescription(Level at) {
  using namespace field::description;
  StoredDescription read;
  while (at.in.Next()) {
    switch (at.in.tag()) {
      case BytesTag(kAlgorithm):
        read.algorithm = at.in.Bytes();
        break;
      case BytesTag(kFingerprint):
        read.fingerprint = at.Text("fingerprint");
        break;
      case VarintTag(kReleased):
        read.released = at.in.Varint() != 0;
        break;
      default:
        at.in.Skip();
    }
  }
  return read;
}

}  // namespace

Error ReadRenderRequest(std::string_view bytes, RenderRequest* request) {
  using namespace field::render_request;
  return Guarded("RenderRequest", [&]() -> Error {
    FirstFault fault;
    int32_t format = 0;
    Level at(bytes, kMaxDepth, "", &fault);
    while (at.in.Next()) {
      switch (at.in.tag()) {
        case VarintTag(kFormat):
          format = at.in.Int32();
          break;
        case BytesTag(kLanguage):
          request->language = at.Text("language");
          break;
        case BytesTag(kMessages):
          request->messages = at.Text("messages");
          break;
        case BytesTag(kResult):
          request->result = ReadResponse(at.in.Bytes(), "result", &fault);
          break;
        case BytesTag(kBefore):
          request->before = ReadResponse(at.in.Bytes(), "before", &fault);
          break;
        case BytesTag(kAlgorithm):
          request->algorithm = at.in.Bytes();
          break;
        case BytesTag(kBeforeAlgorithm):
          request->before_algorithm = at.in.Bytes();
          break;
        case BytesTag(kDrift):
          request->drift = ReadDriftResult(at.Inner("drift"));
          break;
        case BytesTag(kComparison):
          request->comparison = ReadComparison(at.Inner("comparison"));
          break;
        case BytesTag(kWhatIf):
          request->what_if = ReadWhatIfAnswer(at.Inner("what_if"));
          break;
        case BytesTag(kDescription):
          request->description = ReadDescription(at.Inner("description"));
          break;
        case BytesTag(kCompareRequest):
          request->compare_request = at.in.Bytes();
          break;
        case BytesTag(kWhatIfRequest):
          request->what_if_request = at.in.Bytes();
          break;
        case BytesTag(kCard):
          request->card = at.Text("card");
          break;
        default:
          at.in.Skip();
      }
    }
    if (format < static_cast<int32_t>(Format::kText) ||
        format > static_cast<int32_t>(Format::kBadge)) {
      fault.Add({Code::kInvalidArgument, "format",
                 std::to_string(format) + " is not a known format"});
    } else {
      request->format = static_cast<Format>(format);
    }
    if (SubjectsOf(*request) != 1) {
      fault.Add({Code::kInvalidArgument, "result",
                 "is needed, or something else to show, and one of them"});
    }
    return fault.Take();
  });
}

std::string_view LedgerIn(std::string_view results) {
  Reader in(results, kMaxDepth);
  in.Next();
  Reader result(in.Bytes(), kMaxDepth);
  while (result.Next()) {
    if (result.tag() == BytesTag(field::result::kLedger)) return result.Bytes();
    result.Skip();
  }
  return {};
}

}  // namespace influence
