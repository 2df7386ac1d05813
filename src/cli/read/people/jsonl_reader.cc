// The fields of an account by the names of the columns, as a receiver of
// ReadJsonObject().
#include "cli/read/people/jsonl_reader.h"

#include "absl/strings/str_cat.h"
#include "cli/basics/decimal.h"
#include "cli/basics/printable.h"
#include "cli/read/json_object.h"

namespace influence::cli {
namespace {

class AccountFields : public JsonFields {
 public:
  explicit AccountFields(JsonRow* row) : row_(row) {}

  std::optional<size_t> Find(std::string_view name) override {
    return FindColumn(name);
  }
  void Place(size_t field, size_t column) override {
    row_->columns[field] = column;
  }
  bool Set(size_t field, JsonType type, std::string_view text,
           std::string* why) override {
    if (type == JsonType::kNull) return field != kIdColumn;
    if (field >= kFirstSignalColumn) return SetCount(field, type, text, why);
    if (type != JsonType::kText) return false;
    if (text.find('\0') != std::string_view::npos) {  // as in CSV
      *why = "has a NUL";
    } else if (field == kNetworkColumn) {
      row_->account.set_network(std::string(text));
    } else {
      row_->id = text;
      if (text.empty()) *why = "is empty";
    }
    return why->empty();
  }

 private:
  bool SetCount(size_t field, JsonType type, std::string_view text,
                std::string* why) {
    if (type != JsonType::kNumber) return false;
    const auto micros = ParseMicros(text, why);
    if (!micros.has_value()) {
      *why = absl::StrCat(Quoted(text), " ", *why);
      return false;
    }
    SetSignal(&row_->account, field, *micros);
    return true;
  }

  JsonRow* row_;
};

}  // namespace

JsonRow ReadJsonRow(std::string_view line, bool allow_extra) {
  JsonRow row;
  AccountFields fields(&row);
  const JsonFault fault = ReadJsonObject(line, allow_extra, &fields);
  row.fault = fault.reason;
  row.column = fault.column;
  if (row.fault.empty() && row.id.empty()) row.fault = "there is no id";
  return row;
}

}  // namespace influence::cli
