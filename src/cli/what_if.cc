// `influence what-if`: what the formula would give.
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/strings/str_split.h"
#include "cli/columns.h"
#include "cli/decimal.h"
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

}  // namespace

ExitCode RunWhatIf(const WhatIfOptions& options) {
  CheckFiles(
      {options.input.file, options.algorithm.file, options.language.messages},
      {options.output});
  wire::WhatIfRequest request = RequestOf(options);
  const Population::Options population_options =
      PopulationOptions(options.input);
  const Engine engine = ChooseEngine(options.algorithm);
  const std::string text = ReadAll(options.input.file);
  const Population population(text, population_options);
  *request.mutable_profile() =
      FindPerson(options.id, population_options.name, population.people())
          .profile;
  const wire::WhatIfResponse response = AskWhatIf(engine, request);
  Output output(options.output);
  if (options.format == "json") {
    output.Write(ToJson(response));
  } else {
    wire::RenderRequest page;
    *page.mutable_what_if() = response;
    output.Write(Page(std::move(page), options.format, options.language));
  }
  output.Finish();
  return kFine;
}

}  // namespace influence::cli
