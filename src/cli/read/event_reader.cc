// Splits a block of whole lines into events. A line without quotes and carriage
// returns is split at its commas; every other line goes through CsvReader.
#include "cli/read/event_reader.h"

#include <algorithm>
#include <cstring>

#include "absl/strings/str_cat.h"
#include "base/utf8.h"
#include "cli/basics/failure.h"
#include "cli/read/csv_rows.h"
#include "influence/influence.h"

namespace influence::cli {
namespace {

// Whether every line can be split at its commas, and is what it seems to be.
bool IsPlain(std::string_view text) {
  const auto has = [&](char c) {
    return text.find(c) != std::string_view::npos;
  };
  return !has('"') && !has('\r') && !has('\0') && IsUtf8(text);
}

// The values of a JSON object as an event; its texts are kept here.
class EventFields : public JsonFields {
 public:
  explicit EventFields(const EventNames& names) : names_(names) {}

  std::optional<size_t> Find(std::string_view name) override {
    return names_.Find(name);
  }
  void Place(size_t, size_t) override {}
  bool Set(size_t field, JsonType type, std::string_view text,
           std::string* why) override {
    if (type == JsonType::kNull) return !names_.required[field];
    const bool is_number = type == JsonType::kNumber;
    if (is_number ? field < kTime : field > kTime) return false;
    if (text.find('\0') != std::string_view::npos) {  // as in CSV
      *why = "has a NUL";
      return false;
    }
    if (field < kEventTexts) {
      texts_[field] = text;
      text = texts_[field];
    }
    seen_[field] = true;
    return SetEventField(field, text, &row_, why);
  }

  EventRow* row() { return &row_; }
  std::string Missing() const {
    for (size_t field = 0; field < kEventFields; ++field) {
      if (names_.required[field] && !seen_[field]) {
        return absl::StrCat("there is no ", std::string(names_.names[field]));
      }
    }
    return "";
  }

 private:
  const EventNames& names_;
  EventRow row_;
  std::array<std::string, kEventTexts> texts_;
  std::array<bool, kEventFields> seen_{};
};

}  // namespace

EventReader::EventReader(const Options& options)
    : options_(options), name_(NameOf(options.file)), input_(options.file) {
  if (options_.format == InputFormat::kCsv) ReadHeader();
}

// Reads until there are at least that many bytes from at_ on; false if there
// are fewer.
bool EventReader::Fill(size_t bytes) {
  if (at_ > 0) {
    std::memmove(&buffer_[0], &buffer_[at_], filled_ - at_);
    filled_ -= at_;
    end_ -= at_;
    at_ = 0;
  }
  bytes = std::max<size_t>(bytes, 1);
  if (buffer_.size() < std::max(bytes, options_.block_bytes)) {
    buffer_.resize(std::max(bytes, options_.block_bytes));
  }
  while (!ended_ && filled_ < bytes) {
    const size_t more =
        input_.Read(&buffer_[filled_], buffer_.size() - filled_);
    ended_ = more == 0;
    filled_ += more;
  }
  return filled_ >= bytes;
}

// Has whole lines at hand, more than there were before; false if there are no
// more.
bool EventReader::More() {
  const size_t had = end_ - at_;
  for (size_t bytes = had + options_.block_bytes;; bytes *= 2) {
    bytes = std::min(bytes, options_.most_bytes);
    const bool is_full = Fill(bytes);
    end_ = is_full ? Buffered(0, filled_).rfind('\n') + 1 : filled_;
    if (end_ > had || !is_full) break;
    if (bytes == options_.most_bytes) {
      if (had > 0) break;  // a quote is open for all of it
      throw Failure(kBadData, absl::StrCat(name_, ":", line_,
                                           ":1: the line is longer than ",
                                           options_.most_bytes, " bytes"));
    }
  }
  is_plain_ = IsPlain(text());
  return end_ > had;
}

void EventReader::ReadHeader() {
  for (;;) {
    const bool is_all = !More();
    CsvReader probe(text());
    const auto outcome = probe.Next(&record_);
    const bool is_open =
        outcome == CsvReader::Outcome::kFault && probe.fault().is_open_quote;
    if (is_all || (outcome != CsvReader::Outcome::kEnd && !is_open)) break;
  }
  CsvReader reader(text());
  const EventNames& names = *options_.names;
  std::vector<std::string_view> required;
  for (size_t field = 0; field < kEventFields; ++field) {
    if (names.required[field]) required.push_back(names.names[field]);
  }
  const auto cells = ReadCsvNames(
      &reader, name_, options_.allow_extra,
      [&names](std::string_view name) { return names.Find(name); }, required,
      kEventFields, &width_);
  fields_.resize(width_);
  for (size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].has_value()) fields_[*cells[i]] = i;
  }
  line_ = reader.line();
  at_ += reader.position();
}

// The line that comes next, without its end, and its size with it.
std::string_view EventReader::LineAtHand(size_t* size) const {
  const std::string_view rest = text();
  const size_t feed = rest.find('\n');
  *size = feed == std::string_view::npos ? rest.size() : feed + 1;
  std::string_view line = rest.substr(0, feed);
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

bool EventReader::Next(EventBatch* batch) {
  batch->Clear();
  while (!batch->full()) {
    if (at_ == end_ && !More()) break;
    if (options_.format == InputFormat::kCsv) {
      ReadCsvRow(batch);
    } else {
      ReadJsonRow(batch);
    }
  }
  return batch->rows() > 0;
}

void EventReader::ReadCsvRow(EventBatch* batch) {
  size_t size = 0;
  const std::string_view line = LineAtHand(&size);
  const bool is_plain = is_plain_ || IsPlain(line);
  if (is_plain && (line.empty() || AddPlainCells(line, batch))) {
    at_ += size;
    ++line_;
    return;
  }
  for (bool can_grow = true;;) {
    CsvReader reader(Window(), line_);
    const CsvReader::Outcome outcome = reader.Next(&record_);
    if (outcome == CsvReader::Outcome::kFault) {
      const CsvReader::Fault& fault = reader.fault();
      if (fault.is_open_quote && can_grow) {
        can_grow = text().size() < options_.most_row_bytes && More();
        continue;  // what there was may have moved
      }
      Complain(fault.line, fault.column, fault.reason, reader.raw());
    } else if (outcome == CsvReader::Outcome::kRecord) {
      AddRecord(reader.raw(), batch);
    }
    at_ += reader.position();
    line_ = reader.line();
    return;
  }
}

// The whole lines of a row, if it is no longer than it may be: so that an open
// quote does not cost the rest of the file to look for its end, once a row.
std::string_view EventReader::Window() const {
  const std::string_view rest = text();
  if (rest.size() <= options_.most_row_bytes) return rest;
  const size_t feed = rest.substr(0, options_.most_row_bytes).rfind('\n');
  return rest.substr(
      0, feed == std::string_view::npos ? rest.find('\n') + 1 : feed + 1);
}

// Adds the event in record_, or complains of it.
void EventReader::AddRecord(std::string_view raw, EventBatch* batch) {
  if (record_.size() != width_) {
    return Complain(record_[0].line, 1,
                    absl::StrCat("the row has ", record_.size(),
                                 " cells, the header has ", width_),
                    raw);
  }
  EventRow row;
  std::string why;
  for (size_t i = 0; i < width_; ++i) {
    const Cell& cell = record_[i];
    if (!fields_[i].has_value() ||
        SetEventField(*fields_[i], cell.text, &row, &why)) {
      continue;
    }
    const std::string name(options_.names->names[*fields_[i]]);
    return Complain(cell.line, cell.column, absl::StrCat(name, ": ", why), raw);
  }
  Add(raw, &row, batch);
}

void EventReader::Add(std::string_view raw, EventRow* row, EventBatch* batch) {
  row->line = line_;
  if (options_.complain != nullptr) row->raw = raw;
  batch->Add(*row);
}

// Adds a row without quotes; false if it is not good.
bool EventReader::AddPlainCells(std::string_view line, EventBatch* batch) {
  const std::string_view raw = line;
  EventRow row;
  std::string why;
  for (size_t i = 0; i < width_; ++i) {
    const size_t comma = line.find(',');
    const bool is_last = comma == std::string_view::npos;
    if (is_last != (i + 1 == width_)) return false;
    if (fields_[i].has_value() &&
        !SetEventField(*fields_[i], line.substr(0, comma), &row, &why)) {
      return false;
    }
    if (!is_last) line.remove_prefix(comma + 1);
  }
  Add(raw, &row, batch);
  return true;
}

void EventReader::ReadJsonRow(EventBatch* batch) {
  size_t size = 0;
  const std::string_view line = LineAtHand(&size);
  if (line.find_first_not_of(" \t") != std::string_view::npos) {
    EventFields fields(*options_.names);
    JsonFault fault = ReadJsonObject(line, options_.allow_extra, &fields);
    if (fault.reason.empty()) fault.reason = fields.Missing();
    if (fault.reason.empty()) {
      Add(line, fields.row(), batch);
    } else {
      Complain(line_, fault.column, fault.reason, line);
    }
  }
  at_ += size;
  ++line_;
}

void EventReader::Complain(size_t line, size_t column,
                           const std::string& reason, std::string_view raw) {
  if (options_.complain == nullptr) {
    throw Failure(kBadData,
                  absl::StrCat(name_, ":", line, ":", column, ": ", reason));
  }
  options_.complain({line, column, reason, std::string(raw)});
}

bool EventReader::NextMessage(std::string_view* message) {
  const auto stop = [this](const char* reason) {
    throw Failure(kBadData,
                  absl::StrCat(name_, ": message ", line_, ": ", reason));
  };
  size_t size = 0;
  for (unsigned shift = 0;; shift += 7) {
    if (at_ == filled_ && !Fill(1)) {
      if (shift == 0) return false;
      stop("the stream ends in it");
    }
    const auto byte = static_cast<unsigned char>(buffer_[at_++]);
    size |= static_cast<size_t>(byte & 0x7f) << shift;
    if (size > INFLUENCE_MAX_REQUEST_BYTES || shift > 28) stop("is too large");
    if (byte < 0x80) break;
  }
  if (filled_ - at_ < size) {
    if (!Fill(size)) stop("the stream ends in it");
  }
  *message = Buffered(at_, size);
  at_ += size;
  ++line_;
  return true;
}

}  // namespace influence::cli
