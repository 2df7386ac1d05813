// Events go from files into a tally, which may spill to a file; stderr says
// what was ignored and why.
#include "cli/read/event_log.h"

#ifdef __GLIBC__
#include <malloc.h>
#endif

#include <algorithm>
#include <cstdio>
#include <utility>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/basics/temporary_file.h"
#include "cli/basics/times.h"
#include "cli/client/event_batch.h"
#include "cli/client/standing_handle.h"
#include "cli/read/log_reading.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

// "1,234,567".
std::string Grouped(uint64_t number) {
  std::string text = std::to_string(number);
  for (size_t i = text.size(); i > 3; i -= 3) text.insert(i - 3, ",");
  return text;
}

// Returns freed memory to the system at once: otherwise the allocator keeps a
// seventh of what --memory allows in holes (measured).
void GiveMemoryBack() {
#ifdef __GLIBC__
  mallopt(M_MMAP_THRESHOLD, 1 << 16);
  mallopt(M_TRIM_THRESHOLD, 1 << 20);
#endif
}

void Report(const std::string& file, const abi1::TallyReport& report) {
  Output output(file);
  output.Write(ToJson(report));
  output.Finish();
}

void TellWhatWasIgnored(const abi1::TallyReport& report) {
  const abi1::IgnoredEvents& ignored = report.ignored();
  const struct {
    uint64_t events;
    const char* why;
  } reasons[] = {
      {ignored.no_actor(),
       "without an actor's id, or a longer one than may be"},
      {ignored.no_subject(),
       "without a subject's id, or a longer one than may be"},
      {ignored.not_utf8(), "with text that is not UTF-8"},
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

abi1::TallyOptions NewTallyOptions(const EventOptions& options,
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
  const abi1::AlgorithmDescription description = engine.Describe();
  abi1::TallyOptions tally;
  tally.set_algorithm(description.algorithm().id());
  tally.set_fingerprint(description.fingerprint());
  tally.set_as_of_seconds(*as_of);
  tally.set_future(options.future == "ignore" ? abi1::FUTURE_IGNORED
                                              : abi1::FUTURE_REFUSED);
  tally.set_threads(options.threads);
  return tally;
}

std::unique_ptr<Tally> TallyEvents(const EventOptions& options,
                                   const Engine& engine,
                                   bool rows_to_terminal) {
  const abi1::TallyOptions tally_options = NewTallyOptions(options, engine);
  auto tally = std::make_unique<Tally>(engine, tally_options);
  if (options.memory_bytes > 0) {
    GiveMemoryBack();
    tally->Spill(options.memory_bytes, options.temporary.empty()
                                           ? TemporaryFolder()
                                           : options.temporary);
  }
  const LogSink sink = {
      [&](const EventBatch& batch, size_t first, size_t last) {
        return tally->Add(batch, first, last) ? "" : "is after --as-of";
      },
      [&](std::string_view message) { tally->Add(message); }};
  ReadLogs({options.files, options.format, "", options.allow_extra,
            options.on_error, options.errors, &kEventNames, "events"},
           rows_to_terminal, sink);
  const abi1::TallyReport report = tally->Report();
  TellWhatWasIgnored(report);
  if (!options.report.empty()) Report(options.report, report);
  return tally;
}

abi1::ScoreRequest HeadOf(const Tally& tally, const Engine& engine,
                          const Standing* standing) {
  abi1::ScoreRequest head;
  head.set_algorithm(engine.Describe().algorithm().id());
  head.set_as_of_days(
      static_cast<int32_t>(DayOfSecond(tally.Report().as_of_seconds())));
  if (standing != nullptr) StateGraph(standing->Report(), &head);
  return head;
}

std::optional<std::string> RequestOf(const Tally& tally, const Engine& engine,
                                     const Standing* standing) {
  std::string request = HeadOf(tally, engine, standing).SerializeAsString();
  const std::unique_ptr<ProfileStream> profiles = tally.Profiles(standing);
  abi1::ScoreRequest one;
  for (size_t people = 1; profiles->Next(one.add_profiles()); ++people) {
    request += one.SerializeAsString();
    if (people > INFLUENCE_MAX_PROFILES ||
        request.size() > INFLUENCE_MAX_REQUEST_BYTES) {
      return std::nullopt;
    }
    one.Clear();
  }
  return request;
}

}  // namespace influence::cli
