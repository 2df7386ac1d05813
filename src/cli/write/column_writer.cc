// Writes rows of csv and jsonl from columns without making a message of each. A
// test compares its bytes with those of NewWriter().
#include "cli/write/column_writer.h"

#include <algorithm>
#include <cstring>

#include "cli/write/result_writers.h"
#include "text/escape.h"
#include "text/numbers.h"

namespace influence::cli {
namespace {

constexpr size_t kChunk = size_t{1} << 18;  // written at once
constexpr size_t kNumberBytes = 21;

char* Append(std::string_view text, char* to) {
  std::memcpy(to, text.data(), text.size());
  return to + text.size();
}

// Whether JSON has that text as it is; any other is for its library.
bool IsPlainInJson(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    return c >= ' ' && c < '\x7f' && c != '"' && c != '\\';
  });
}

}  // namespace

ColumnWriter::ColumnWriter(bool is_jsonl,
                           const abi1::AlgorithmDescription& algorithm,
                           Output* output)
    : output_(output), is_jsonl_(is_jsonl) {
  for (const std::string& name : NumberNames(algorithm.algorithm())) {
    before_.push_back(is_jsonl ? ",\"" + name + "\":" : ",");
    row_bytes_ += before_.back().size() + kNumberBytes;
  }
  row_bytes_ += sizeof "{\"id\":}\n";
  buffer_.resize(2 * kChunk);
}

char* ColumnWriter::Reserve(size_t bytes) {
  if (size_ >= kChunk) Flush();
  if (buffer_.size() < size_ + bytes) buffer_.resize(size_ + bytes);
  return buffer_.data() + size_;
}

void ColumnWriter::Row(std::string_view id,
                       const std::vector<const int64_t*>& columns, size_t row) {
  std::string escaped;
  if (is_jsonl_) {
    if (!IsPlainInJson(id)) escaped = JsonString(id);
  } else if (id.find_first_of("\",\r\n") != std::string_view::npos) {
    escaped = CsvCell(id);
  }
  const bool is_plain = escaped.empty();
  char* at = Reserve(row_bytes_ + id.size() + escaped.size());
  if (is_jsonl_) at = Append("{\"id\":", at);
  if (is_jsonl_ && is_plain) *at++ = '"';
  at = Append(is_plain ? id : escaped, at);
  if (is_jsonl_ && is_plain) *at++ = '"';
  for (size_t i = 0; i < columns.size(); ++i) {
    at = WriteMicros(columns[i][row], kMicrosDecimals, Append(before_[i], at));
  }
  if (is_jsonl_) *at++ = '}';
  *at++ = '\n';
  size_ = static_cast<size_t>(at - buffer_.data());
}

void ColumnWriter::Text(std::string_view text) {
  size_ =
      static_cast<size_t>(Append(text, Reserve(text.size())) - buffer_.data());
}

void ColumnWriter::Flush() {
  output_->Write({buffer_.data(), size_});
  size_ = 0;
}

}  // namespace influence::cli
