// Takes lines that are plainly good (known keys, no escapes) eight bytes at a
// time, and hands every other line to ReadJsonRow(), the one grammar.
#include <array>
#include <cstring>
#include <string>

#include "base/utf8.h"
#include "cli/read/people/jsonl_reader.h"
#include "cli/read/people/row_parsers.h"
#include "cli/read/swar.h"

namespace influence::cli {
namespace {

bool IsSpace(char c) { return c == ' ' || c == '\t' || c == '\r'; }

const char* SkipSpace(const char* at) {
  while (IsSpace(*at)) ++at;
  return at;
}

// Takes objects of known keys, each once, whose text has no escapes.
class JsonlParser : public RowParser {
 public:
  explicit JsonlParser(bool allow_extra) : allow_extra_(allow_extra) {
    for (size_t i = 0; i < kColumns; ++i) {
      quoted_[i] = "\"" + std::string(kColumnNames[i]) + "\"";
      expected_[i] = i;
    }
  }

  RowBatch::Place Parse(RowBatch::Place from, bool, RowBatch* batch) override {
    const std::string_view text = batch->text();
    const char* begin = text.data();
    const char* end = begin + text.size();
    batch_ = batch;
    const std::string_view rest = text.substr(from.text);
    const bool is_utf8 = FirstInvalid(rest) == rest.size();
    const char* at = begin + from.text;
    size_t line = from.line;
    for (; at < end && !batch->full(); ++line) {
      const RowBatch::Place place = {static_cast<size_t>(at - begin), line};
      const char* next = is_utf8 ? ReadRow(at) : nullptr;
      if (next == nullptr) {
        batch->Forget();
        const void* feed = std::memchr(at, '\n', static_cast<size_t>(end - at));
        next = feed == nullptr ? end : static_cast<const char*>(feed);
        ReadCarefully({at, static_cast<size_t>(next - at)}, place);
      } else if (IsIdSize(id_.size()) && IsNetworkSize(network_.size())) {
        batch->Add(id_, place.text, place.line);
      } else {
        batch->SetAside(id_, place.text, place.line);
      }
      at = next == end ? end : next + 1;
    }
    return {static_cast<size_t>(at - begin), line};
  }

 private:
  void ReadCarefully(std::string_view raw, RowBatch::Place place) {
    if (!raw.empty() && raw.back() == '\r') raw.remove_suffix(1);
    if (raw.find_first_not_of(" \t") == std::string_view::npos) return;
    const JsonRow row = ReadJsonRow(raw, allow_extra_);
    AddCarefully(row.id, row.account, row.fault.empty(), place, batch_);
  }

  // Reads a line and returns its end; NULL if it is not plainly good, with any
  // of its signals set.
  const char* ReadRow(const char* at) {
    id_ = network_ = {};
    unsigned seen = 0;
    at = SkipSpace(at);
    if (*at != '{') return nullptr;
    for (size_t n = 0;; ++n) {
      at = SkipSpace(at + 1);
      if (n == kColumns) return nullptr;
      const size_t column = ReadKey(&at, n);
      if (column == kColumns || (seen >> column & 1) != 0) return nullptr;
      seen |= 1u << column;
      at = SkipSpace(at);
      if (*at != ':') return nullptr;
      at = ReadValue(SkipSpace(at + 1), column);
      if (at == nullptr) return nullptr;
      at = SkipSpace(at);
      if (*at != ',') break;
    }
    if (*at != '}' || id_.empty()) return nullptr;
    at = SkipSpace(at + 1);
    return *at == '\n' ? at : nullptr;
  }

  // The column of the n-th key, most likely the one it was in the line before;
  // kColumns if it is none.
  size_t ReadKey(const char** at, size_t n) {
    const std::string& likely = quoted_[expected_[n]];
    if (std::memcmp(*at, likely.data(), likely.size()) == 0) {
      *at += likely.size();
      return expected_[n];
    }
    for (size_t i = 0; i < kColumns; ++i) {
      if (std::strncmp(*at, quoted_[i].data(), quoted_[i].size()) != 0) {
        continue;
      }
      *at += quoted_[i].size();
      expected_[n] = i;
      return i;
    }
    return kColumns;
  }

  const char* ReadValue(const char* at, size_t column) {
    if (column < kFirstSignalColumn && *at == '"') {
      return ReadText(at + 1, column == kIdColumn ? &id_ : &network_);
    }
    if (column != kIdColumn && std::strncmp(at, "null", 4) == 0) return at + 4;
    if (column < kFirstSignalColumn) return nullptr;
    // JSON allows fewer spellings of a number than CSV.
    if (*at < '0' || *at > '9') return nullptr;
    if (*at == '0' && at[1] >= '0' && at[1] <= '9') return nullptr;
    int64_t micros = 0;
    at = ScanMicros(at, &micros);
    if (at == nullptr || at[-1] == '.') return nullptr;
    batch_->Set(column - kFirstSignalColumn, micros);
    return at;  // before whatever JSON allows there, or it is no row
  }

  static const char* ReadText(const char* at, std::string_view* text) {
    const char* begin = at;
    for (;;) {
      const uint64_t word = Load8(at);
      const uint64_t found =
          Below(word, '"' + 1) | Below(word ^ (kEveryByte * '\\'), 1);
      at += FirstByte(found);
      if (found == 0) continue;
      if (*at == '"') break;
      if (*at != ' ' && *at != '!') return nullptr;  // an escape or a control
      ++at;
    }
    *text = {begin, static_cast<size_t>(at - begin)};
    return at + 1;
  }

  bool allow_extra_;
  std::array<std::string, kColumns> quoted_;  // the names of the columns
  std::array<size_t, kColumns> expected_;     // the column of the n-th key
  RowBatch* batch_ = nullptr;
  std::string_view id_;
  std::string_view network_;
};

}  // namespace

std::unique_ptr<RowParser> NewJsonlParser(bool allow_extra) {
  return std::make_unique<JsonlParser>(allow_extra);
}

}  // namespace influence::cli
