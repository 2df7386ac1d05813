// One writer for each format of `influence tally`; `influence score` reads all
// of them.
#include "cli/write/profile_writers.h"

#include <cstddef>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/basics/input_columns.h"
#include "influence/influence.h"
#include "text/escape.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

class CsvProfiles : public ProfileWriter {
 public:
  std::string Head() override {
    std::string row;
    for (const std::string_view name : kColumnNames) {
      absl::StrAppend(&row, row.empty() ? "" : ",", std::string(name));
    }
    return row + "\n";
  }
  std::string Row(const abi1::Profile& profile) override {
    const std::string id = CsvCell(profile.id());
    std::string rows;
    for (const abi1::Account& account : profile.accounts()) {
      absl::StrAppend(&rows, id, ",", CsvCell(account.network()));
      for (size_t i = kFirstSignalColumn; i < kColumns; ++i) {
        const auto micros = GetSignal(account, i);
        absl::StrAppend(&rows, ",", micros ? FormatMicros(*micros) : "");
      }
      rows += '\n';
    }
    return rows;
  }
};

class JsonlProfiles : public ProfileWriter {
 public:
  std::string Row(const abi1::Profile& profile) override {
    const std::string id = JsonString(profile.id());
    std::string rows;
    for (const abi1::Account& account : profile.accounts()) {
      absl::StrAppend(&rows, "{\"id\":", id,
                      ",\"network\":", JsonString(account.network()));
      for (size_t i = kFirstSignalColumn; i < kColumns; ++i) {
        const auto micros = GetSignal(account, i);
        if (!micros) continue;
        absl::StrAppend(&rows, ",\"", std::string(kColumnNames[i]),
                        "\":", FormatMicros(*micros));
      }
      rows += "}\n";
    }
    return rows;
  }
};

// One ScoreRequest: its fields may come in any order, so the profiles may come
// one after the other.
class ProtoProfiles : public ProfileWriter {
 public:
  explicit ProtoProfiles(const abi1::ScoreRequest& head)
      : head_(head.SerializeAsString()), bytes_(head_.size()) {}

  std::string Head() override { return head_; }
  std::string Row(const abi1::Profile& profile) override {
    abi1::ScoreRequest request;
    *request.add_profiles() = profile;
    std::string row = request.SerializeAsString();
    bytes_ += row.size();
    if (++profiles_ > INFLUENCE_MAX_PROFILES ||
        bytes_ > INFLUENCE_MAX_REQUEST_BYTES) {
      throw Failure(kUsage,
                    "--format proto is one request, which these profiles do "
                    "not fit; use csv or jsonl");
    }
    return row;
  }

 private:
  std::string head_;
  size_t bytes_;
  size_t profiles_ = 0;
};

}  // namespace

std::unique_ptr<ProfileWriter> NewProfileWriter(
    const std::string& format, const abi1::ScoreRequest& head) {
  if (format == "csv") return std::make_unique<CsvProfiles>();
  if (format == "jsonl") return std::make_unique<JsonlProfiles>();
  return std::make_unique<ProtoProfiles>(head);
}

}  // namespace influence::cli
