// `influence what-if`: what the formula would give.
#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/columns.h"
#include "cli/decimal.h"
#include "cli/event_log.h"
#include "cli/files.h"
#include "cli/insight_calls.h"
#include "cli/insight_commands.h"
#include "cli/pages.h"
#include "cli/person.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

// "network:name=value"; the network may be left out.
struct Setting {
  std::string network, name, value;
};

Setting ParseSetting(const std::string& option, const std::string& text) {
  const size_t equals = text.rfind('=');
  if (equals == std::string::npos || equals + 1 == text.size()) {
    throw Failure(kUsage, absl::StrCat(option, ": ", Quoted(text),
                                       " is not of the form NAME=VALUE"));
  }
  Setting setting;
  setting.value = text.substr(equals + 1);
  setting.name = text.substr(0, equals);
  const size_t colon = setting.name.rfind(':');
  if (colon != std::string::npos) {
    setting.network = setting.name.substr(0, colon);
    setting.name = setting.name.substr(colon + 1);
  }
  return setting;
}

wire::Signal SignalOf(const std::string& option, const std::string& name) {
  const std::optional<size_t> column = FindColumn(name);
  if (!column.has_value() || *column < kFirstSignalColumn) {
    throw Failure(kUsage,
                  absl::StrCat(option, ": ", Quoted(name), " is no signal"));
  }
  return static_cast<wire::Signal>(*column - kFirstSignalColumn + 1);
}

wire::Factor FactorOf(const std::string& option, const std::string& name) {
  for (int i = wire::Factor_MIN + 1; i <= wire::Factor_MAX; ++i) {
    const auto factor = static_cast<wire::Factor>(i);
    if (wire::Factor_IsValid(i) && FactorName(factor) == name) return factor;
  }
  throw Failure(kUsage,
                absl::StrCat(option, ": ", Quoted(name), " is no factor"));
}

int64_t MicrosOf(const std::string& option, std::string_view text) {
  std::string why;
  const std::optional<int64_t> micros = ParseMicros(text, &why);
  if (!micros.has_value()) {
    throw Failure(kUsage, absl::StrCat(option, ": ", Quoted(text), ": ", why));
  }
  return *micros;
}

wire::WhatIfRequest RequestOf(const WhatIfOptions& options) {
  wire::WhatIfRequest request;
  for (const std::string& text : options.set) {
    const Setting setting = ParseSetting("--set", text);
    wire::Override* fact = request.add_overrides();
    fact->set_signal(SignalOf("--set", setting.name));
    fact->set_network(setting.network);
    if (setting.value != "unknown") {
      fact->set_value_micros(MicrosOf("--set", setting.value));
    }
  }
  for (const std::string& text : options.curve) {
    const Setting setting = ParseSetting("--curve", text);
    wire::CurveQuestion* curve = request.add_curves();
    curve->set_factor(FactorOf("--curve", setting.name));
    for (const auto quantity : absl::StrSplit(setting.value, ',')) {
      curve->add_quantities_micros(MicrosOf("--curve", std::string(quantity)));
    }
  }
  for (const std::string& text : options.gain) {
    const Setting setting = ParseSetting("--gain", text);
    wire::GoalQuestion* goal = request.add_goals();
    goal->set_signal(SignalOf("--gain", setting.name));
    goal->set_network(setting.network);
    goal->set_rise_micropoints(MicrosOf("--gain", setting.value));
  }
  return request;
}

// Whose reactions, and what topics, the score rests on most: lowest first.
std::string CarriersAsText(const wire::SubjectReport& report, uint32_t top) {
  Grid grid = {{"actor", "without them the formula would give"}};
  for (const wire::ActorCarrier& one : report.actors()) {
    grid.push_back({Printable(one.actor()),
                    FormatMicros(one.score_without_micropoints())});
  }
  std::string text = "\n" + AlignedTable(grid);
  std::vector<const wire::TopicEvidence*> topics;
  for (const wire::TopicEvidence& one : report.topics()) {
    topics.push_back(&one);
  }
  if (topics.empty()) return text;
  std::stable_sort(
      topics.begin(), topics.end(),
      [](const wire::TopicEvidence* a, const wire::TopicEvidence* b) {
        return a->score_without_micropoints() < b->score_without_micropoints();
      });
  topics.resize(std::min<size_t>(topics.size(), top));
  grid = {{"topic", "people", "without it the formula would give"}};
  for (const wire::TopicEvidence* one : topics) {
    grid.push_back({Printable(one->topic()), absl::StrCat(one->people()),
                    FormatMicros(one->score_without_micropoints())});
  }
  return text + "\n" + AlignedTable(grid);
}

void SetIdentity(const wire::ScoreRequest& head, wire::Identity* identity) {
  identity->set_algorithm(head.algorithm());
  if (head.has_as_of_days()) identity->set_as_of_days(head.as_of_days());
}

void SetProfile(const ScoreOptions& options, const Engine& engine,
                wire::WhatIfRequest* request) {
  const Population::Options population_options =
      PopulationOptions(options.input);
  const std::string text = ReadAll(options.input.file);
  const Population population(text, population_options);
  SetIdentity(NewRequest(options, engine, population.head()),
              request->mutable_identity());
  *request->mutable_profile() =
      FindPerson(options.id, population_options.name, population.people())
          .profile;
}

// The same from events, and where the reactions came from.
wire::SubjectReport SetFromEvents(const ScoreOptions& options,
                                  const Engine& engine, bool rows_to_terminal,
                                  wire::WhatIfRequest* request) {
  NewRequest(options, engine, wire::ScoreRequest());
  const std::unique_ptr<Tally> tally =
      TallyEvents(options.events, engine, rows_to_terminal);
  wire::SubjectRequest subject;
  subject.set_id(options.id);
  subject.set_top(options.top);
  subject.set_carriers(true);
  wire::SubjectReport report = tally->Subject(subject);
  if (report.result().has_error()) {
    const wire::Error& error = report.result().error();
    throw Failure(kBadData, absl::StrCat(Quoted(options.id), ": ",
                                         error.field(), " ", error.message()));
  }
  SetIdentity(HeadOf(*tally, engine), request->mutable_identity());
  request->mutable_profile()->set_id(report.result().id());
  *request->mutable_profile()->mutable_accounts() =
      report.result().ledger().accounts();
  return report;
}

}  // namespace

ExitCode RunWhatIf(const WhatIfOptions& options) {
  const ScoreOptions& score = options.score;
  const bool has_events = !score.events.files.empty();
  if (has_events) {
    CheckEventFiles(score.events, score.algorithm, score.output);
  } else {
    CheckFiles(
        {score.input.file, score.algorithm.file, options.language.messages},
        {score.output});
  }
  wire::WhatIfRequest request = RequestOf(options);
  const Engine engine = ChooseEngine(score.algorithm);
  const bool is_json = score.format == "json";
  const auto worded = [&options](const wire::WhatIfResponse& response) {
    wire::RenderRequest page;
    *page.mutable_what_if() = response;
    return Page(std::move(page), options.score.format, options.language);
  };
  Output output(score.output);
  if (has_events) {
    const wire::SubjectReport report =
        SetFromEvents(score, engine, output.is_terminal(), &request);
    const wire::WhatIfResponse response = AskWhatIf(engine, request);
    output.Write(
        is_json ? absl::StrCat("{\n\"what_if\": ", ToJson(response),
                               ",\n\"subject\": ", ToJson(report), "}\n")
                : worded(response) + (score.format == "text"
                                          ? CarriersAsText(report, score.top)
                                          : ""));
  } else {
    SetProfile(score, engine, &request);
    const wire::WhatIfResponse response = AskWhatIf(engine, request);
    output.Write(is_json ? ToJson(response) : worded(response));
  }
  output.Finish();
  return kFine;
}

}  // namespace influence::cli
