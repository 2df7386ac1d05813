// Reads a file block by block and gives whole people to a parser: a block ends
// where a person does, unless they have more rows than a person may.
#include "cli/read/people/row_stream.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/read/people/row_parsers.h"
#include "cli/read/swar.h"
#include "influence/influence.h"

namespace influence::cli {

RowStream::RowStream(Read read, const Options& options)
    : read_(std::move(read)), options_(options) {}

RowStream::~RowStream() = default;

bool RowStream::Next(RowBatch* batch) {
  size_t most = options_.block_bytes + carried_.size();
  Reserve(most, batch);
  std::memcpy(batch->buffer()->data(), carried_.data(), carried_.size());
  filled_ = carried_.size();
  RowBatch::Place from = {0, line_};
  bool is_final = false;  // the text is to be judged as it is
  for (;;) {
    if (!Fill(most, batch)) return false;
    const bool can_grow = !ended_ && most < options_.most_bytes;
    const auto grow = [&] {
      is_final = !can_grow;
      most = std::min(2 * most, options_.most_bytes);
    };
    is_final = is_final || ended_;
    const std::string_view text = batch->text();
    if (parser_ == nullptr && !Begin(text, is_final, &from)) {
      grow();
      continue;
    }
    batch->Clear();
    if (!condemned_.empty()) batch->Condemn(condemned_, from);
    const RowBatch::Place place = parser_->Parse(from, is_final, batch);
    if (place.text == from.text && !is_final) {  // a quote is still open
      grow();
      continue;
    }
    const bool is_end = ended_ && place.text == text.size();
    const bool is_one = batch->people().size() == 1 && batch->has_last_id();
    const bool is_over =
        !condemned_.empty() || batch->last_rows() > INFLUENCE_MAX_ACCOUNTS;
    if (is_one && !is_end && !is_over && can_grow) {
      grow();
      continue;
    }
    condemned_ = "";
    if (is_one && !is_end && is_over) {
      condemned_ = batch->id(batch->people()[0]);
    }
    const RowBatch::Place next = batch->Close(place, is_end || is_one);
    carried_.assign(batch->buffer()->data() + next.text, filled_ - next.text);
    line_ = next.line;
    return true;
  }
}

void RowStream::Reserve(size_t size, RowBatch* batch) {
  std::vector<char>* buffer = batch->buffer();
  if (buffer->size() < size + kPadding) buffer->resize(size + kPadding);
}

// Reads until the batch has that many bytes, more if they are one line; false
// if there is nothing.
bool RowStream::Fill(size_t most, RowBatch* batch) {
  for (;;) {
    Reserve(most, batch);
    char* data = batch->buffer()->data();
    while (!ended_ && filled_ < most) {
      const size_t size = read_(data + filled_, most - filled_);
      ended_ = size == 0;
      filled_ += size;
      bytes_read_ += size;
    }
    size_t size = filled_;
    if (ended_) {
      std::memset(data + size, 0, kPadding);
      data[size] = '\n';
    } else {
      size = std::string_view(data, size).rfind('\n') + 1;
    }
    batch->set_text(size);
    // Not even a header is for the parser to say.
    if (size > 0 || (ended_ && parser_ == nullptr)) return true;
    if (ended_) return false;
    if (most >= options_.most_bytes) {
      throw Failure(kBadData, absl::StrCat(options_.population.name, ":", line_,
                                           ":1: the line is longer than ",
                                           options_.most_bytes, " bytes"));
    }
    most = std::min(2 * most, options_.most_bytes);
  }
}

// Makes the parser; false if the header may go on after the text.
bool RowStream::Begin(std::string_view text, bool is_final,
                      RowBatch::Place* from) {
  const Population::Options& options = options_.population;
  if (options.format == InputFormat::kJsonl) {
    parser_ = NewJsonlParser(options.allow_extra_columns);
    return true;
  }
  if (!is_final) {
    CsvReader probe(text);
    std::vector<Cell> record;
    const CsvReader::Outcome outcome = probe.Next(&record);
    if (outcome == CsvReader::Outcome::kEnd) return false;
    if (outcome == CsvReader::Outcome::kFault && probe.fault().is_open_quote) {
      return false;
    }
  }
  CsvReader reader(text);
  header_ = ReadCsvHeader(&reader, options.name, options.allow_extra_columns);
  *from = {reader.position(), reader.line()};
  parser_ = NewCsvParser(header_);
  return true;
}

Population::Options RowStream::Careful(const RowBatch& batch, size_t first,
                                       size_t last,
                                       std::string_view* text) const {
  const std::vector<BatchPerson>& people = batch.people();
  const size_t begin = people[first].text;
  const size_t end =
      last == people.size() ? batch.text_end() : people[last].text;
  Population::Options options = options_.population;
  options.first_line = people[first].line;
  options.header = &header_;
  options.size = end - begin;
  *text = batch.text().substr(begin);
  return options;
}

}  // namespace influence::cli
