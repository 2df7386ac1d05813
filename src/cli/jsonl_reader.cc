#include "cli/jsonl_reader.h"

#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "cli/decimal.h"

namespace influence::cli {
namespace {

// Receives the parse events of one line.
class RowHandler : public nlohmann::json_sax<nlohmann::json> {
 public:
  RowHandler(bool allow_extra, JsonRow* row)
      : allow_extra_(allow_extra), row_(row) {}

  bool key(string_t& name) override {
    if (depth_ > 1) return true;
    key_ = name;
    if (!seen_.insert(name).second) return Fault("occurs twice");
    return true;
  }
  bool null() override {
    if (depth_ == 1 && key_ == "id") return Fault("is null");
    return depth_ == 0 ? NotAnObject() : KnownOrExtra();
  }
  bool boolean(bool) override { return Other("true or false"); }
  bool number_integer(number_integer_t value) override {
    return Number(std::to_string(value));
  }
  bool number_unsigned(number_unsigned_t value) override {
    return Number(std::to_string(value));
  }
  bool number_float(number_float_t, const string_t& text) override {
    return Number(text);
  }
  bool string(string_t& text) override {
    if (depth_ == 0) return NotAnObject();
    if (depth_ > 1) return true;
    if (key_ == "id") {
      row_->id = text;
      return text.empty() ? Fault("is empty") : true;
    }
    if (key_ == "network") {
      row_->account.set_network(text);
      return true;
    }
    return Other("text");
  }
  bool binary(binary_t&) override { return Other("binary"); }
  bool start_object(size_t) override {
    if (depth_++ == 0) return true;
    return depth_ > 2 || Other("an object");
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool start_array(size_t) override {
    if (depth_++ == 0) return NotAnObject();
    return depth_ > 2 || Other("an array");
  }
  bool end_array() override {
    --depth_;
    return true;
  }
  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception&) override {
    row_->column = position == 0 ? 1 : position;
    row_->fault = "the line is not a JSON object";
    return false;
  }

 private:
  // The index of the signal that key_ names, or kSignals.
  size_t SignalIndex() const {
    size_t i = 0;
    while (i < kSignals && kSignalColumns[i] != key_) ++i;
    return i;
  }

  bool Number(const std::string& text) {
    if (depth_ == 0) return NotAnObject();
    if (depth_ > 1) return true;
    const size_t i = SignalIndex();
    if (i == kSignals) return Other("a number");
    std::string why;
    const auto micros = ParseMicros(text, &why);
    if (!micros.has_value()) return Fault(absl::StrCat(text, " ", why));
    SetSignal(&row_->account, i, *micros);
    row_->stated[i] = true;
    return true;
  }

  // A value of a type that the key, if it is known, does not take.
  bool Other(const char* what) {
    if (depth_ == 0) return NotAnObject();
    if (key_ == "id" || key_ == "network" || SignalIndex() < kSignals) {
      return Fault(absl::StrCat("is ", what));
    }
    return KnownOrExtra();
  }

  bool KnownOrExtra() {
    if (depth_ > 2 || allow_extra_ || key_ == "id" || key_ == "network" ||
        SignalIndex() < kSignals) {
      return true;
    }
    return Fault("is not a known name; --allow-extra ignores such names");
  }

  bool NotAnObject() {
    row_->fault = "the line is not a JSON object";
    return false;
  }

  bool Fault(const std::string& reason) {
    row_->fault = absl::StrCat(key_, ": ", reason);
    return false;
  }

  bool allow_extra_;
  JsonRow* row_;
  int depth_ = 0;
  std::string key_;
  std::set<std::string> seen_;
};

}  // namespace

JsonRow ReadJsonRow(std::string_view line, bool allow_extra) {
  JsonRow row;
  RowHandler handler(allow_extra, &row);
  nlohmann::json::sax_parse(line.begin(), line.end(), &handler);
  if (row.fault.empty() && row.id.empty()) row.fault = "there is no id";
  return row;
}

}  // namespace influence::cli
