#include "wire/render_request.h"

#include <utility>

#include "wire/faults.h"
#include "wire/fields.h"
#include "wire/reader.h"
#include "wire/utf8.h"
#include "wire/writer.h"

namespace influence {
namespace {

// What a page shows of DriftReport and of the DriftSummary inside.
namespace shown_report {
enum : uint32_t { kBefore = 1, kAfter = 2, kAll = 3, kAfterByPoint = 6 };
}
namespace shown_summary {
enum : uint32_t {
  kPeople = 1,
  kRefused = 2,
  kUnchanged = 3,
  kUp = 4,
  kDown = 5,
  kBeyond = 6,
  kBands = 10
};
}

// One level of a message: reads it, and says where a fault is.
class Level {
 public:
  Level(std::string_view bytes, int depth, std::string path, FirstFault* fault)
      : in(bytes, depth), path_(std::move(path)), fault_(fault) {}

  std::string_view Text(const char* name) {
    const std::string_view value = in.Bytes();
    if (!IsUtf8(value)) fault_->Add(NotUtf8(path_ + name));
    return value;
  }

  Reader in;

 private:
  std::string path_;
  FirstFault* fault_;
};

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
      case BytesTag(kLibraryVersion):
        result->library_version = at.Text("library_version");
        break;
      case BytesTag(kInputDigest):
        result->input_digest = at.Text("input_digest");
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
      case BytesTag(field::response::kIdentity):
        ReadIdentity(in.Bytes(), path, kMaxDepth - 2, &result, fault);
        break;
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

// A repeated number, packed or not.
void ReadCounts(Reader* in, bool packed, std::vector<uint64_t>* counts) {
  constexpr size_t kMost = 128;  // more than any there is
  const auto add = [counts](uint64_t count) {
    if (counts->size() < kMost) counts->push_back(count);
  };
  if (!packed) {
    add(in->Varint());
    return;
  }
  const std::string_view bytes = in->Bytes();
  const char* at = bytes.data();
  const char* end = at + bytes.size();
  while (at != end) add(protozero::decode_varint(&at, end));
}

void ReadSummary(std::string_view bytes, StoredDrift* drift) {
  using namespace shown_summary;
  Reader in(bytes, kMaxDepth - 2);
  while (in.Next()) {
    switch (in.tag()) {
      case VarintTag(kPeople):
        drift->people = in.Varint();
        break;
      case VarintTag(kRefused):
        drift->refused = in.Varint();
        break;
      case VarintTag(kUnchanged):
        drift->unchanged = in.Varint();
        break;
      case VarintTag(kUp):
        drift->up = in.Varint();
        break;
      case VarintTag(kDown):
        drift->down = in.Varint();
        break;
      case VarintTag(kBeyond):
        drift->beyond = in.Varint();
        break;
      case VarintTag(kBands):
      case BytesTag(kBands):
        ReadCounts(&in, in.tag() == BytesTag(kBands), &drift->bands);
        break;
      default:
        in.Skip();
    }
  }
}

// Counts that a page can show: of people, and as many as there are.
void CheckDrift(const StoredDrift& drift, FirstFault* fault) {
  constexpr uint64_t kMostPeople = uint64_t{1} << 35;
  constexpr size_t kPoints = 100;
  uint64_t sum = 0;
  for (const std::vector<uint64_t>* counts :
       {&drift.after_by_point, &drift.bands}) {
    for (const uint64_t count : *counts) sum |= count;
  }
  if ((sum | drift.people | drift.refused | drift.unchanged | drift.up |
       drift.down | drift.beyond) > kMostPeople) {
    fault->Add({Code::kOutOfRange, "drift", "has more than 2^35 people"});
  } else if (drift.after_by_point.size() != kPoints) {
    fault->Add({Code::kInvalidArgument, "drift.after_by_point",
                "has " + std::to_string(drift.after_by_point.size()) +
                    " counts; 100 are needed"});
  } else {
    sum = 0;
    for (const uint64_t count : drift.after_by_point) sum += count;
    if (sum != drift.people) {
      fault->Add({Code::kInvalidArgument, "drift.after_by_point",
                  "does not sum to drift.all.people"});
    }
  }
}

StoredDrift ReadDrift(std::string_view bytes, FirstFault* fault) {
  using namespace shown_report;
  StoredDrift drift;
  Reader in(bytes, kMaxDepth - 1);
  while (in.Next()) {
    switch (in.tag()) {
      case BytesTag(kBefore):
      case BytesTag(kAfter): {
        const bool is_before = in.tag() == BytesTag(kBefore);
        StoredResult side;
        ReadIdentity(in.Bytes(), is_before ? "drift.before" : "drift.after",
                     kMaxDepth - 2, &side, fault);
        (is_before ? drift.before : drift.after) = side.algorithm;
        break;
      }
      case BytesTag(kAll):
        ReadSummary(in.Bytes(), &drift);
        break;
      case VarintTag(kAfterByPoint):
      case BytesTag(kAfterByPoint):
        ReadCounts(&in, in.tag() == BytesTag(kAfterByPoint),
                   &drift.after_by_point);
        break;
      default:
        in.Skip();
    }
  }
  CheckDrift(drift, fault);
  return drift;
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
          request->drift = ReadDrift(at.in.Bytes(), &fault);
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
    const int subjects = (request->result.has_value() ? 1 : 0) +
                         (request->drift.has_value() ? 1 : 0) +
                         (request->card.empty() ? 0 : 1);
    if (subjects != 1) {
      fault.Add({Code::kInvalidArgument, "result",
                 "is needed, or a drift or a card instead, and one of them"});
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
