// Reads one line by nlohmann's events. The parser tells no position, so that it
// reads through an iterator that counts, and each value's text is taken from
// the line: numbers stay exact.
#include "cli/read/json_object.h"

#include <iterator>
#include <nlohmann/json.hpp>
#include <set>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "cli/basics/printable.h"
#include "text/escape.h"

namespace influence::cli {
namespace {

constexpr char kNotAnObject[] = "the line is not a JSON object";

// Reads a line and tells how far the parser has got, which it does not.
class Cursor {
 public:
  // NOLINTBEGIN(readability-identifier-naming): names that the library needs
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;
  // NOLINTEND(readability-identifier-naming)

  Cursor(const char* at, const char** reached) : at_(at), reached_(reached) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    *reached_ = ++at_;
    return *this;
  }
  bool operator==(const Cursor& other) const { return at_ == other.at_; }
  bool operator!=(const Cursor& other) const { return at_ != other.at_; }

 private:
  const char* at_;
  const char** reached_;
};

// Receives the parse events of one line. After a fault it goes on, so that the
// person is known even if the id comes later.
class Handler : public nlohmann::json_sax<nlohmann::json> {
 public:
  Handler(std::string_view line, bool allow_extra, JsonFields* fields)
      : line_(line),
        allow_extra_(allow_extra),
        fields_(fields),
        reached_(line.data()) {}

  JsonFault Parse() {
    const size_t bad = FirstInvalid(line_);
    if (bad < line_.size()) SetFault("bytes that are not UTF-8", bad + 1);
    nlohmann::json::sax_parse(Cursor(line_.data(), &reached_),
                              Cursor(line_.data() + line_.size(), &reached_),
                              this);
    return fault_;
  }

  bool key(string_t& name) override {
    if (depth_ > 1) return true;
    key_ = name;
    known_ = fields_->Find(name);
    const auto reached = static_cast<size_t>(reached_ - line_.data());
    value_at_ =
        std::min(line_.find_first_not_of(" \t\r:", reached), line_.size());
    if (!seen_.insert(name).second) return Fault("occurs twice");
    if (known_.has_value()) {
      fields_->Place(*known_, value_at_ + 1);
    } else if (!allow_extra_) {
      return Fault("is not a known name; --allow-extra ignores such names");
    }
    return true;
  }
  bool null() override { return Value(JsonType::kNull, "", "null"); }
  bool boolean(bool) override { return Wrong("true or false"); }
  bool number_integer(number_integer_t) override { return Number(); }
  bool number_unsigned(number_unsigned_t) override { return Number(); }
  bool number_float(number_float_t, const string_t&) override {
    return Number();
  }
  bool string(string_t& text) override {
    return Value(JsonType::kText, text, "text");
  }
  bool binary(binary_t&) override { return Wrong("binary"); }
  bool start_object(size_t) override {
    if (depth_ > 0) Wrong("an object");
    ++depth_;
    return true;
  }
  bool start_array(size_t) override {
    const bool go_on = Wrong("an array");
    ++depth_;
    return go_on;
  }
  bool end_object() override {
    --depth_;
    return true;
  }
  bool end_array() override { return end_object(); }
  bool parse_error(size_t position, const std::string&,
                   const nlohmann::detail::exception& error) override {
    constexpr int kNumberOverflow = 406;
    SetFault(
        error.id == kNumberOverflow ? "a number is too large" : kNotAnObject,
        position == 0 ? 1 : position);
    return false;
  }

 private:
  bool Number() {
    const std::string_view text =
        line_.substr(std::min(value_at_, line_.size()));
    return Value(JsonType::kNumber,
                 text.substr(0, text.find_first_not_of("+-.0123456789eE")),
                 "a number");
  }

  bool Value(JsonType type, std::string_view text, const char* what) {
    if (depth_ != 1 || !known_.has_value()) return Wrong(what);
    std::string why;
    if (fields_->Set(*known_, type, text, &why)) return true;
    return Fault(why.empty() ? absl::StrCat("is ", what) : why);
  }

  // A value of a type that its key, if it is known, does not take.
  bool Wrong(const char* what) {
    if (depth_ == 0) {
      SetFault(kNotAnObject, 1);
      return false;
    }
    if (depth_ > 1 || !known_.has_value()) return true;
    return Fault(absl::StrCat("is ", what));
  }

  bool Fault(const std::string& reason) {
    SetFault(absl::StrCat(Shortened(key_, kMostQuoted), ": ", reason),
             value_at_ + 1);
    return true;
  }

  void SetFault(const std::string& reason, size_t column) {
    if (fault_.reason.empty()) fault_ = {reason, column};
  }

  std::string_view line_;
  bool allow_extra_;
  JsonFields* fields_;
  JsonFault fault_;
  const char* reached_;
  int depth_ = 0;
  std::string key_;
  std::optional<size_t> known_;  // the field that key_ names
  size_t value_at_ = 0;          // where the value of key_ begins
  std::set<std::string> seen_;
};

}  // namespace

JsonFault ReadJsonObject(std::string_view line, bool allow_extra,
                         JsonFields* fields) {
  return Handler(line, allow_extra, fields).Parse();
}

}  // namespace influence::cli
