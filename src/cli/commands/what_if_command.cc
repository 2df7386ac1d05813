// `influence what-if`: what the formula would give.
#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "base/micros.h"
#include "cli/basics/decimal.h"
#include "cli/basics/input_columns.h"
#include "cli/basics/printable.h"
#include "cli/client/insight_calls.h"
#include "cli/client/library.h"
#include "cli/commands/commands.h"
#include "cli/read/edge_log.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/one_person.h"
#include "cli/tasks/pages.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

struct WhatIfOptions {
  ScoreOptions score;              // of profiles, or of events
  std::vector<std::string> set;    // "followers=12000", "x:followers=unknown"
  std::vector<std::string> curve;  // "audience=0,1000,2000"
  std::vector<std::string> gain;   // "listings=5": points
  LanguageOptions language;
};

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

abi1::Signal SignalOf(const std::string& option, const std::string& name) {
  const std::optional<size_t> column = FindColumn(name);
  if (!column.has_value() || *column < kFirstSignalColumn) {
    throw Failure(kUsage,
                  absl::StrCat(option, ": ", Quoted(name), " is no signal"));
  }
  return static_cast<abi1::Signal>(*column - kFirstSignalColumn + 1);
}

abi1::Factor FactorOf(const std::string& option, const std::string& name) {
  for (int i = abi1::Factor_MIN + 1; i <= abi1::Factor_MAX; ++i) {
    const auto factor = static_cast<abi1::Factor>(i);
    if (abi1::Factor_IsValid(i) && FactorName(factor) == name) return factor;
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

abi1::WhatIfRequest RequestOf(const WhatIfOptions& options) {
  abi1::WhatIfRequest request;
  for (const std::string& text : options.set) {
    const Setting setting = ParseSetting("--set", text);
    abi1::Override* fact = request.add_overrides();
    fact->set_signal(SignalOf("--set", setting.name));
    fact->set_network(setting.network);
    if (setting.value == "unknown") continue;
    fact->set_value_micros(MicrosOf("--set", setting.value));
    constexpr int64_t kMost = int64_t{10'000'000'000} * kOne;
    if (fact->value_micros() > kMost) {
      throw Failure(kUsage, absl::StrCat("--set ", Quoted(text),
                                         ": is over 10000000000, the most that "
                                         "a signal can be"));
    }
  }
  for (const std::string& text : options.curve) {
    const Setting setting = ParseSetting("--curve", text);
    abi1::CurveQuestion* curve = request.add_curves();
    curve->set_factor(FactorOf("--curve", setting.name));
    for (const auto quantity : absl::StrSplit(setting.value, ',')) {
      curve->add_quantities_micros(MicrosOf("--curve", std::string(quantity)));
    }
  }
  for (const std::string& text : options.gain) {
    const Setting setting = ParseSetting("--gain", text);
    abi1::GoalQuestion* goal = request.add_goals();
    goal->set_signal(SignalOf("--gain", setting.name));
    goal->set_network(setting.network);
    goal->set_rise_micropoints(MicrosOf("--gain", setting.value));
    if (goal->rise_micropoints() < 1 || goal->rise_micropoints() > 100 * kOne) {
      throw Failure(kUsage, absl::StrCat("--gain ", Quoted(text),
                                         ": points to gain are more than 0 and "
                                         "at most 100"));
    }
  }
  return request;
}

// Says in the words of the command line why a question cannot be answered: a
// fault of goals[0].network is "--gain 'likes=1': the network is needed".
std::string InOptions(const Unanswered& said, const WhatIfOptions& options) {
  const struct {
    const char* list;
    const char* option;
    const std::vector<std::string>& texts;
  } questions[] = {{"overrides", "--set", options.set},
                   {"curves", "--curve", options.curve},
                   {"goals", "--gain", options.gain}};
  const FieldPath field = SplitPath(said.field());
  for (const auto& question : questions) {
    if (field.list != question.list) continue;
    if (!field.index.has_value() || *field.index >= question.texts.size()) {
      return absl::StrCat(question.option, ": ", said.text());
    }
    const std::string& text = question.texts[*field.index];
    const bool of_network = field.rest == "network";
    const bool names_none =
        of_network && ParseSetting(question.option, text).network.empty();
    return absl::StrCat(
        question.option, " ", Quoted(text), ": ",
        of_network ? "the network " : "", said.text(),
        names_none ? absl::StrCat("; as in NETWORK:", text) : "");
  }
  return said.what();
}

abi1::WhatIfResponse Ask(const Engine& engine, const WhatIfOptions& options,
                         const abi1::WhatIfRequest& request) {
  try {
    return AskWhatIf(engine, request);
  } catch (const Unanswered& said) {
    throw Failure(said.code(), InOptions(said, options));
  }
}

void SetProfile(const ScoreOptions& options, const Engine& engine,
                abi1::WhatIfRequest* request) {
  const std::unique_ptr<Standing> standing = StandingOf(
      options, engine, /*tally=*/nullptr, /*rows_to_terminal=*/false);
  const abi1::ScoreResponse now =
      ScoreOne(options, engine, abi1::RENDERING_NONE, standing.get());
  *request->mutable_identity() = now.identity();
  request->mutable_profile()->set_id(now.results(0).id());
  *request->mutable_profile()->mutable_accounts() =
      now.results(0).ledger().accounts();
}

// The same from events, and who and what carries most of the score: the lowest
// without them first.
void SetFromEvents(const ScoreOptions& options, const Engine& engine,
                   bool rows_to_terminal, abi1::WhatIfRequest* request) {
  const OpenedPerson opened =
      OpenPerson(options, engine, /*carriers=*/true, rows_to_terminal);
  const abi1::SubjectReport& report = opened.report;
  if (report.result().has_error()) {
    const abi1::Error& error = report.result().error();
    throw Failure(
        kBadData,
        absl::StrCat(Quoted(options.id), ": ", error.field(),
                     error.field().empty() ? "" : " ", error.message()));
  }
  *request->mutable_identity() = engine.Score(opened.request).identity();
  *request->mutable_profile() = opened.request.profiles(0);
  *request->mutable_actors() = report.actors();
  *request->mutable_topics() = report.topics();
  auto* const topics = request->mutable_topics();
  std::stable_sort(
      topics->begin(), topics->end(),
      [](const abi1::TopicEvidence& a, const abi1::TopicEvidence& b) {
        return a.score_without_micropoints() < b.score_without_micropoints();
      });
  const auto top = static_cast<int>(options.top);
  if (topics->size() > top) {
    topics->DeleteSubrange(top, topics->size() - top);
  }
}

ExitCode RunWhatIf(const WhatIfOptions& options) {
  const ScoreOptions& score = options.score;
  CheckWords(options.language, score.format);
  const bool has_events = !score.events.files.empty();
  std::vector<std::string> inputs = score.events.files;
  inputs.insert(inputs.end(), {score.input.file, score.algorithm.file,
                               options.language.messages});
  CheckFiles(inputs, {score.output, score.events.report}, score.standing);
  abi1::WhatIfRequest request = RequestOf(options);
  const Engine engine = ChooseEngine(score.algorithm);
  Output output(score.output);
  if (has_events) {
    SetFromEvents(score, engine, output.is_terminal(), &request);
  } else {
    SetProfile(score, engine, &request);
  }
  const abi1::WhatIfResponse response = Ask(engine, options, request);
  if (score.format == "json") {
    output.Write(ToJson(response));
  } else {
    abi1::RenderRequest page;
    *page.mutable_what_if_request() = request;
    StateCustom(engine, [&] { return page.mutable_algorithm(); });
    output.Write(Page(std::move(page), score.format, options.language));
  }
  output.Finish();
  return kFine;
}

}  // namespace

void AddWhatIf(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<WhatIfOptions>();
  ScoreOptions* const score = &options->score;
  score->format = "text";
  CLI::App* const what_if =
      app->add_subcommand("what-if", "what the formula would give");
  AddScoring(what_if, {"text", "markdown", "html", "json"}, score);
  what_if->add_option("--id", score->id, "the person")
      ->required()
      ->check(IsUtf8Text());
  AddTop(what_if, "with --events: how many actors and topics are named", 1,
         &score->top);
  what_if->get_option("--top")->needs(what_if->get_option("--events"));
  what_if
      ->add_option("--set", options->set,
                   "a fact instead: followers=12000, or likes=unknown; of "
                   "several accounts, x:followers=12000")
      ->check(IsUtf8Text());
  what_if
      ->add_option("--curve", options->curve,
                   "the points of a factor: audience=0,1000,10000")
      ->check(IsUtf8Text());
  what_if
      ->add_option("--gain", options->gain,
                   "the least of one signal that gives so many points more: "
                   "listings=5")
      ->check(IsUtf8Text());
  AddLanguage(what_if, &options->language);
  what_if->final_callback([=] {
    ShareReading(*what_if, &options->score);
    *code = RunWhatIf(*options);
  });
}

}  // namespace influence::cli
