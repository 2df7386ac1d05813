// `influence report`: a page to keep, and `influence verify` of such a page.
#include <algorithm>
#include <memory>
#include <string_view>

#include "absl/strings/ascii.h"
#include "absl/strings/escaping.h"
#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "base/civil.h"
#include "cli/commands/commands.h"
#include "cli/commands/one_person.h"
#include "cli/commands/pages.h"
#include "cli/read/edge_log.h"
#include "cli/read/inputs.h"
#include "cli/read/stored.h"
#include "cli/write/output.h"

namespace influence::cli {
namespace {

constexpr std::string_view kDataBegin =
    "href=\"data:application/octet-stream;base64,";

// A stored result of one person, of the file's many.
abi1::ScoreResponse ReadResult(const std::string& file, const std::string& id) {
  const std::string name = NameOf(file);
  abi1::ScoreResponse stored;
  ParseJsonOrBytes(ReadAll(file), name, &stored);
  abi1::ScoreResponse one;
  *one.mutable_identity() = stored.identity();
  *one.add_results() = FindResult(id, name, stored);
  return one;
}

// After the result that it is before.
void AddBefore(const ReportOptions& options, abi1::RenderRequest* request) {
  if (options.before.empty()) return;
  const abi1::Identity& new_one = request->result().identity();
  *request->mutable_before() =
      ReadResult(options.before, request->result().results(0).id());
  const abi1::Identity& old_one = request->before().identity();
  std::string file = options.before_algorithm_file;
  if (file.empty() && old_one.algorithm() == new_one.algorithm()) {
    file = options.score.algorithm.file;
  }
  StateCustom(EngineOf(old_one, file),
              [&] { return request->mutable_before_algorithm(); });
  if (old_one.has_as_of_days() && new_one.has_as_of_days() &&
      old_one.as_of_days() > new_one.as_of_days()) {
    throw Failure(
        kBadData,
        absl::StrCat("--before: ", NameOf(options.before), " is of ",
                     DayText(old_one.as_of_days()), ", which is after ",
                     DayText(new_one.as_of_days())));
  }
}

void AddPerson(const ReportOptions& options, const Engine& engine,
               abi1::RenderRequest* request) {
  const std::unique_ptr<Standing> standing =
      StandingOf(options.score, engine, nullptr, /*rows_to_terminal=*/false);
  *request->mutable_result() =
      ScoreOne(options.score, engine, abi1::RENDERING_NONE, standing.get());
  StateCustom(engine, [&] { return request->mutable_algorithm(); });
  AddBefore(options, request);
}

// The drift of the population, or, to the algorithm that it is under, what
// there is of it without one; and of when and of which graph it is.
abi1::DriftReport PopulationOf(const ReportOptions& options,
                               const Engine& engine) {
  const ScoreOptions& score = options.score;
  // Refuses another fingerprint than was asked for.
  const abi1::ScoreRequest head =
      NewRequest(score, engine, abi1::ScoreRequest());
  const AlgorithmOptions& to = options.drift_to;
  const bool has_drift = !to.id.empty() || !to.file.empty();
  DriftCommand command;
  command.input = score.input;
  command.before = score.algorithm;
  command.after = has_drift ? to : score.algorithm;
  command.by = options.by;
  command.top = options.top;
  const std::unique_ptr<Standing> standing =
      StandingOf(score, engine, nullptr, /*rows_to_terminal=*/false);
  abi1::DriftReport report = DriftOf(command, standing.get());
  for (abi1::Identity* side :
       {report.mutable_before(), report.mutable_after()}) {
    if (head.has_as_of_days()) side->set_as_of_days(head.as_of_days());
    if (standing != nullptr) StateGraph(standing->Report(), side);
  }
  if (!has_drift) {
    report.clear_before();
    report.clear_before_by_point();
  }
  return report;
}

// Whether the page is of something stored, which is then in the request.
bool AddStored(const ReportOptions& options, abi1::RenderRequest* request) {
  const auto read = [](const std::string& file,
                       google::protobuf::Message* message) {
    ParseJsonOrBytes(ReadAll(file), NameOf(file), message);
  };
  if (!options.result.empty()) {
    *request->mutable_result() = ReadResult(options.result, options.score.id);
    StateCustom(
        EngineOf(request->result().identity(), options.score.algorithm.file),
        [&] { return request->mutable_algorithm(); });
    AddBefore(options, request);
  } else if (!options.drift.empty()) {
    read(options.drift, request->mutable_drift());
  } else if (!options.comparison.empty()) {
    read(options.comparison, request->mutable_comparison());
  } else if (!options.what_if.empty()) {
    read(options.what_if, request->mutable_what_if());
  } else {
    return false;
  }
  return true;
}

void AddComputed(const ReportOptions& options, abi1::RenderRequest* request) {
  const ScoreOptions& score = options.score;
  if (score.input.file.empty()) {
    throw Failure(kUsage,
                  "give a FILE of profiles (`influence tally` makes one of "
                  "events), or --result, a stored one");
  }
  if (score.input.format.empty() &&
      absl::EndsWithIgnoreCase(score.input.file, ".json")) {
    throw Failure(kUsage, NameOf(score.input.file) +
                              " is no file of profiles; a result that was "
                              "stored goes with --result");
  }
  if (options.population != score.id.empty()) {
    throw Failure(kUsage, "give --id or --population");
  }
  const Engine engine = ChooseEngine(score.algorithm);
  if (options.population) {
    *request->mutable_drift() = PopulationOf(options, engine);
  } else {
    AddPerson(options, engine, request);
  }
}

}  // namespace

ExitCode RunReport(const ReportOptions& options) {
  const ScoreOptions& score = options.score;
  CheckFiles({score.input.file, score.algorithm.file, options.before,
              options.before_algorithm_file, options.language.messages,
              options.drift_to.file, options.result, options.drift,
              options.comparison, options.what_if},
             {score.output}, score.standing);
  abi1::RenderRequest request;
  if (!AddStored(options, &request)) AddComputed(options, &request);
  const std::string page =
      Page(std::move(request), score.format, options.language);
  Output output(score.output);
  output.Write(page);
  output.Finish();
  return kFine;
}

bool IsReport(const std::string& text) {
  constexpr absl::string_view kByteOrderMark = "\xef\xbb\xbf";
  absl::string_view begin = text;
  absl::ConsumePrefix(&begin, kByteOrderMark);
  begin = absl::StripLeadingAsciiWhitespace(begin);
  // A page whose first line was edited is a page. JSON begins with a brace, and
  // a message whose second byte is a < has a third that is no such letter.
  return begin.size() > 1 && begin[0] == '<' &&
         (begin[1] == '!' ||
          absl::ascii_isalpha(static_cast<unsigned char>(begin[1])));
}

namespace {

// What is inside a page and cannot be computed anew from it.
struct Unproved {
  bool is_stored = false;  // the answer itself, of which there are no facts
  std::string note;        // "" if there is nothing
};

Unproved UnprovedIn(const std::string& bytes) {
  abi1::RenderRequest request;
  if (!request.ParseFromString(bytes)) return {};
  const char* stored = request.has_drift()        ? "drift report"
                       : request.has_comparison() ? "comparison"
                       : request.has_what_if()    ? "what-if"
                                                  : nullptr;
  if (stored != nullptr) {
    return {true,
            absl::StrCat("not recomputed: a ", stored,
                         " is inside, and not the facts it is of; whether its "
                         "numbers are true cannot be known from the page")};
  }
  const abi1::WhatIfRequest& asked = request.what_if_request();
  if (asked.actors().empty() && asked.topics().empty()) return {};
  return {false,
          "not recomputed: who and what carries the score; the events are not "
          "inside"};
}

}  // namespace

ExitCode VerifyReport(const std::string& text) {
  const auto say = [](bool good, const std::string& what,
                      const std::string& note = "") {
    Output output("");
    output.Write(absl::StrCat(good ? "ok      " : "FAILED  ", what, "\n"));
    if (!note.empty()) output.Write("-       " + note + "\n");
    output.Write(
        absl::StrCat(good ? 1 : 0, " passed, ", good ? 0 : 1, " failed\n"));
    output.Finish();
    return good ? kFine : kCheckFailed;
  };
  const size_t begin = text.rfind(kDataBegin);
  const size_t data = begin + kDataBegin.size();
  const size_t end = begin == std::string::npos ? begin : text.find('"', data);
  std::string bytes;
  if (end == std::string::npos ||
      !absl::Base64Unescape(text.substr(data, end - data), &bytes)) {
    return say(false, "the page has no result inside");
  }
  std::string again;
  try {
    again = Render(bytes);
  } catch (const Failure& failure) {
    if (failure.code() == kUnknownAlgorithm || failure.code() == kInternal) {
      throw;
    }
    return say(false, absl::StrCat("the result inside: ", failure.what()));
  }
  if (again == text) {
    const Unproved unproved = UnprovedIn(bytes);
    return say(true,
               unproved.is_stored
                   ? "the page says what the answer inside it says, and "
                     "the sums of that hold"
                   : "the page is, to the last character, what its "
                     "facts give",
               unproved.note);
  }
  const size_t same = static_cast<size_t>(
      std::mismatch(text.begin(), text.end(), again.begin(), again.end())
          .first -
      text.begin());
  const auto line =
      1 + std::count(text.begin(), text.begin() + static_cast<ptrdiff_t>(same),
                     '\n');
  return say(false,
             absl::StrCat("the page is not what its facts give: line ", line,
                          " differs, if it was made by libinfluence ",
                          influence_library_version(),
                          "; another version may word it otherwise"));
}

}  // namespace influence::cli
