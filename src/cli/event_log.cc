#include "cli/event_log.h"

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <optional>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/complaint_writer.h"
#include "cli/event_reader.h"
#include "cli/failure.h"
#include "cli/progress.h"
#include "cli/temporary.h"
#include "cli/text.h"
#include "cli/times.h"

namespace influence::cli {
namespace {

// "1,234,567".
std::string Grouped(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

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
  Reading(const EventOptions& options, const Engine& engine,
          bool rows_to_terminal, Output* errors)
      : options_(options),
        tally_(
            std::make_unique<Tally>(engine, NewTallyOptions(options, engine))),
        errors_(errors) {
    if (!options.memory.empty()) {
      tally_->Spill(ParseMemory(options.memory), options.temporary.empty()
                                                     ? TemporaryFolder()
                                                     : options.temporary);
    }
    size_t total = 0;
    bool is_known = true;
    for (const std::string& file : options.files) {
      FormatOf(file, options.format);  // before anything is read
      const size_t size = SizeOnDisk(file);
      is_known = is_known && size > 0;
      total += size;
    }
    progress_.emplace(is_known ? total : 0, rows_to_terminal, "events");
  }

  std::unique_ptr<Tally> Run() {
    for (const std::string& file : options_.files) Read(file);
    return std::move(tally_);
  }

  size_t left_out() const { return left_out_; }

 private:
  void Read(const std::string& file) {
    EventReader::Options options;
    options.file = file;
    options.format = FormatOf(file, options_.format);
    options.allow_extra = options_.allow_extra;
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
    if (tally_->Add(batch_, first, last)) return;
    if (last - first == 1) {
      return reader->Complain(batch_.line(first), 1, "is after --as-of",
                              batch_.raw(first));
    }
    const size_t middle = first + (last - first) / 2;
    Add(reader, first, middle);
    Add(reader, middle, last);
  }

  void ReadMessages(EventReader* reader) {
    std::string_view message;
    for (size_t number = 1; reader->NextMessage(&message); ++number) {
      try {
        tally_->Add(message);
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

  const EventOptions& options_;
  std::unique_ptr<Tally> tally_;
  EventBatch batch_;
  std::optional<Progress> progress_;
  Output* errors_;
  bool has_heading_ = false;  // the file of errors
  size_t left_out_ = 0;
  size_t bytes_before_ = 0;  // of the files before
  size_t rows_ = 0;
};

void Report(const std::string& file, const wire::TallyReport& report) {
  Output output(file);
  output.Write(ToJson(report));
  output.Finish();
}

void TellWhatWasIgnored(const wire::TallyReport& report) {
  const wire::IgnoredEvents& ignored = report.ignored();
  const struct {
    uint64_t events;
    const char* why;
  } reasons[] = {
      {ignored.no_actor(),
       "without an actor's id, or a longer one than may be"},
      {ignored.no_subject(),
       "without a subject's id, or a longer one than may be"},
      {ignored.unknown_kind(), "of an unknown kind"},
      {ignored.not_counted(), "of a kind that the algorithm does not count"},
      {ignored.network_too_long(), "with too long a network"},
      {ignored.topic_too_long(), "with too long a topic"},
      {ignored.event_id_too_long(), "with too long an event_id"},
      {ignored.bad_quality(), "of a quality outside 0.1 to 1"},
      {ignored.bad_count(), "of a count outside 1 to 1000000"},
      {ignored.self_reaction(), "of people to themselves"},
      {ignored.after_as_of(), "after --as-of"},
      {ignored.faded(), "so old that nothing is left"},
      {ignored.duplicate(), "that another event of the same event_id is"},
  };
  if (report.counted() == report.events()) return;
  std::fprintf(stderr, "influence: %s of %s events were ignored\n",
               Grouped(report.events() - report.counted()).c_str(),
               Grouped(report.events()).c_str());
  for (const auto& reason : reasons) {
    if (reason.events == 0) continue;
    std::fprintf(stderr, "influence:   %s %s\n", Grouped(reason.events).c_str(),
                 reason.why);
  }
}

}  // namespace

uint64_t ParseMemory(const std::string& text) {
  constexpr uint64_t kLeast = uint64_t{64} << 20;
  constexpr size_t kMostDigits = 12;
  const size_t digits =
      std::min(text.find_first_not_of("0123456789"), text.size());
  uint64_t value = 0;
  unsigned shift = 0;
  const std::string unit = absl::AsciiStrToUpper(text.substr(digits));
  bool is_good = digits > 0 && digits <= kMostDigits;
  if (is_good) value = std::stoull(text.substr(0, digits));
  if (unit == "K") {
    shift = 10;
  } else if (unit == "M") {
    shift = 20;
  } else if (unit == "G") {
    shift = 30;
  } else {
    is_good = is_good && unit.empty();
  }
  is_good = is_good && value <= UINT64_MAX >> shift && value << shift >= kLeast;
  if (!is_good) {
    throw Failure(kUsage, "--memory: " + Quoted(text) +
                              " is not an amount such as 512M or 2G, of 64M at "
                              "least");
  }
  return value << shift;
}

wire::TallyOptions NewTallyOptions(const EventOptions& options,
                                   const Engine& engine) {
  if (options.as_of.empty()) {
    throw Failure(kUsage,
                  "--as-of is required: ages are counted from it, and no clock "
                  "is read");
  }
  const auto as_of = ParseAsOf(options.as_of);
  if (!as_of) {
    throw Failure(kUsage, "--as-of: " + Quoted(options.as_of) +
                              " is not a day or a time such as 2026-01-31 or "
                              "2026-01-31T12:00:00Z");
  }
  const wire::AlgorithmDescription description = engine.Describe();
  wire::TallyOptions tally;
  tally.set_algorithm(description.algorithm().id());
  tally.set_fingerprint(description.fingerprint());
  tally.set_as_of_seconds(*as_of);
  tally.set_future(options.future == "ignore" ? wire::FUTURE_IGNORED
                                              : wire::FUTURE_REFUSED);
  tally.set_threads(options.threads);
  return tally;
}

std::unique_ptr<Tally> TallyEvents(const EventOptions& options,
                                   const Engine& engine,
                                   bool rows_to_terminal) {
  const bool skip = options.on_error == "skip";
  if (skip != !options.errors.empty()) {
    throw Failure(kUsage, "--on-error=skip and --errors FILE go together");
  }
  std::unique_ptr<Output> errors;
  if (skip) errors = std::make_unique<Output>(options.errors);
  Reading reading(options, engine, rows_to_terminal, errors.get());
  std::unique_ptr<Tally> tally = reading.Run();
  if (skip) errors->Finish();
  TellLeftOut(reading.left_out(), options.errors);
  const wire::TallyReport report = tally->Report();
  TellWhatWasIgnored(report);
  if (!options.report.empty()) Report(options.report, report);
  return tally;
}

wire::ScoreRequest HeadOf(const Tally& tally, const Engine& engine) {
  wire::ScoreRequest head;
  head.set_algorithm(engine.Describe().algorithm().id());
  head.set_as_of_days(
      static_cast<int32_t>(DayOf(tally.Report().as_of_seconds())));
  return head;
}

std::string RequestOf(const Tally& tally, const Engine& engine) {
  std::string request = HeadOf(tally, engine).SerializeAsString();
  const std::unique_ptr<ProfileStream> profiles = tally.Finish();
  wire::ScoreRequest one;
  while (profiles->Next(one.add_profiles())) {
    request += one.SerializeAsString();
    one.Clear();
  }
  return request;
}

}  // namespace influence::cli
