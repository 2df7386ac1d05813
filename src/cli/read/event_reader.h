// A log of events, of any size: CSV, JSONL or a stream of messages, compressed
// or not, in memory that does not grow with it.
#ifndef INFLUENCE_CLI_READ_EVENT_READER_H_
#define INFLUENCE_CLI_READ_EVENT_READER_H_

#include <array>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "cli/client/event_batch.h"
#include "cli/read/csv_reader.h"
#include "cli/read/inputs.h"
#include "cli/read/json_object.h"
#include "cli/write/complaint_writer.h"

namespace influence::cli {

class EventReader {
 public:
  struct Options {
    std::string file;
    InputFormat format = InputFormat::kCsv;
    bool allow_extra = false;
    const EventNames* names = &kEventNames;
    // Takes a row that cannot be read; if empty, such a row is a
    // Failure(kBadData).
    std::function<void(const Complaint&)> complain;
    size_t block_bytes = size_t{1} << 20;
    size_t most_bytes = size_t{16} << 20;      // of a line
    size_t most_row_bytes = size_t{64} << 10;  // of a row with quotes
  };

  // Throws Failure(kBadData), as Next() does.
  explicit EventReader(const Options& options);

  // The next events of CSV or JSONL; false at the end.
  bool Next(EventBatch* batch);

  // The next message of a stream of them, each after its size as a varint, as
  // protobuf's writeDelimitedTo() has it; false at the end.
  bool NextMessage(std::string_view* message);

  // Reports a fault at one place: throws, or calls options.complain.
  void Complain(size_t line, size_t column, const std::string& reason,
                std::string_view raw);

  const std::string& name() const { return name_; }
  const InputStream& input() const { return input_; }
  // The line of the next row, or the number of the next message, from 1.
  size_t line() const { return line_; }

 private:
  std::string_view Buffered(size_t begin, size_t size) const {
    return {buffer_.data() + begin, size};
  }
  std::string_view text() const { return Buffered(at_, end_ - at_); }
  bool Fill(size_t bytes);
  bool More();
  void ReadHeader();
  void ReadCsvRow(EventBatch* batch);
  void ReadJsonRow(EventBatch* batch);
  std::string_view Window() const;
  bool AddPlainCells(std::string_view line, EventBatch* batch);
  void AddRecord(std::string_view raw, EventBatch* batch);
  void Add(std::string_view raw, EventRow* row, EventBatch* batch);
  std::string_view LineAtHand(size_t* size) const;

  Options options_;
  std::string name_;
  InputStream input_;
  std::string buffer_;
  size_t at_ = 0;      // what comes before was read
  size_t end_ = 0;     // of whole lines
  size_t filled_ = 0;  // of the buffer
  size_t line_ = 1;
  bool ended_ = false;
  bool is_plain_ = false;  // nothing to be careful about up to end_
  size_t width_ = 0;       // of a CSV record
  std::vector<std::optional<size_t>> fields_;  // of each cell
  std::vector<Cell> record_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_READ_EVENT_READER_H_
