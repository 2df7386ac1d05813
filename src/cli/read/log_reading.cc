// Reads files of rows or messages one after the other into a sink. A refused
// block is halved until the row at fault is found, so that good rows are added
// in few calls.
#include "cli/read/log_reading.h"

#include <filesystem>
#include <memory>
#include <optional>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/read/event_reader.h"
#include "cli/read/inputs.h"
#include "cli/write/complaint_writer.h"
#include "cli/write/output_file.h"
#include "cli/write/progress.h"

namespace influence::cli {
namespace {

// 0 if there is no telling. Nothing is opened that can be opened but once, as
// a pipe; what is not there is a Failure before anything is read.
size_t SizeOnDisk(const std::string& file) {
  namespace fs = std::filesystem;
  std::error_code error;
  if (file == "-") return 0;
  if (!fs::exists(file, error)) InputFile{file};
  return fs::is_regular_file(file, error) ? fs::file_size(file, error) : 0;
}

// All of the files, one after the other.
class Reading {
 public:
  Reading(const LogFiles& logs, bool rows_to_terminal, const LogSink& sink,
          Output* errors)
      : logs_(logs), sink_(sink), errors_(errors) {
    size_t total = 0;
    bool is_known = true;
    for (const std::string& file : logs.files) {
      FormatOf(file, logs.format, logs.otherwise);  // before any is read
      const size_t size = SizeOnDisk(file);
      is_known = is_known && size > 0;
      total += size;
    }
    progress_.emplace(is_known ? total : 0, rows_to_terminal, logs.counted);
  }

  void Run() {
    for (const std::string& file : logs_.files) Read(file);
  }

  size_t left_out() const { return left_out_; }

 private:
  void Read(const std::string& file) {
    EventReader::Options options;
    options.file = file;
    options.format = FormatOf(file, logs_.format, logs_.otherwise);
    options.allow_extra = logs_.allow_extra;
    options.names = logs_.names;
    std::optional<ComplaintWriter> writer;
    if (errors_ != nullptr) {
      writer.emplace(NameOf(file), errors_, has_heading_);
      has_heading_ = true;
      options.complain = [&](const Complaint& complaint) {
        writer->Write(complaint);
        ++left_out_;
      };
    }
    EventReader reader(options);
    if (options.format == InputFormat::kProto) {
      ReadMessages(&reader);
    } else {
      ReadRows(&reader);
    }
    bytes_before_ += reader.input().file_bytes_done();
  }

  void ReadRows(EventReader* reader) {
    while (reader->Next(&batch_)) {
      Add(reader, 0, batch_.rows());
      rows_ += batch_.rows();
      Update(*reader);
    }
  }

  // Adds some rows of the batch. If one of them is refused, none was added:
  // those at fault are found by halves.
  void Add(EventReader* reader, size_t first, size_t last) {
    const std::string why = sink_.add_rows(batch_, first, last);
    if (why.empty()) return;
    if (last - first == 1) {
      return reader->Complain(batch_.line(first), 1, why, batch_.raw(first));
    }
    const size_t middle = first + (last - first) / 2;
    Add(reader, first, middle);
    Add(reader, middle, last);
  }

  void ReadMessages(EventReader* reader) {
    std::string_view message;
    for (size_t number = 1; reader->NextMessage(&message); ++number) {
      try {
        sink_.add_message(message);
      } catch (const Failure& failure) {
        throw Failure(failure.code(),
                      absl::StrCat(reader->name(), ": message ", number, ": ",
                                   failure.what()));
      }
      Update(*reader);
    }
  }

  void Update(const EventReader& reader) {
    progress_->Update(bytes_before_ + reader.input().file_bytes_done(), rows_);
  }

  const LogFiles& logs_;
  const LogSink& sink_;
  EventBatch batch_;
  std::optional<Progress> progress_;
  Output* errors_;
  bool has_heading_ = false;  // the file of errors
  size_t left_out_ = 0;
  size_t bytes_before_ = 0;  // of the files before
  size_t rows_ = 0;
};

}  // namespace

void ReadLogs(const LogFiles& logs, bool rows_to_terminal,
              const LogSink& sink) {
  const bool skip = logs.on_error == "skip";
  if (skip != !logs.errors.empty()) {
    throw Failure(kUsage, "--on-error=skip and --errors FILE go together");
  }
  std::unique_ptr<Output> errors;
  if (skip) errors = std::make_unique<Output>(logs.errors);
  Reading reading(logs, rows_to_terminal, sink, errors.get());
  reading.Run();
  if (skip) errors->Finish();
  TellLeftOut(reading.left_out(), logs.errors);
}

}  // namespace influence::cli
