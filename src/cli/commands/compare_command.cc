// `influence compare`: why a score changed, adding up.
#include <CLI/CLI.hpp>
#include <memory>
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/basics/printable.h"
#include "cli/client/insight_calls.h"
#include "cli/commands/commands.h"
#include "cli/read/inputs.h"
#include "cli/read/stored.h"
#include "cli/tasks/command_options.h"
#include "cli/tasks/one_person.h"
#include "cli/tasks/pages.h"
#include "cli/tasks/score_people.h"
#include "cli/write/output_file.h"

namespace influence::cli {
namespace {

struct CompareOptions {
  // Results that were stored, or profiles (.csv, .jsonl, .pb).
  std::string before_file, after_file;
  // Required for profiles; for results, only the file of a custom algorithm.
  AlgorithmOptions before, after;
  std::string before_as_of, after_as_of;  // of profiles
  std::string id;                         // may be empty if there is one
  std::string format = "text";
  LanguageOptions language;
  std::string output;
};

struct Side {
  Engine engine;
  abi1::CompareSide facts;
};

bool IsStored(const std::string& file) {
  for (const char* end : {".csv", ".jsonl", ".ndjson"}) {
    if (absl::EndsWithIgnoreCase(file, end)) return false;
  }
  return true;
}

Side StoredSide(const std::string& file, const AlgorithmOptions& algorithm,
                const std::string& id) {
  const std::string name = NameOf(file);
  if (!algorithm.id.empty()) {
    throw Failure(kUsage, name + " is a result, which names its algorithm");
  }
  abi1::ScoreResponse response;
  ParseJsonOrBytes(ReadAll(file), name, &response);
  const abi1::Result& result = FindResult(id, name, response);
  Side side = {EngineOf(response.identity(), algorithm.file), {}};
  *side.facts.mutable_identity() = response.identity();
  side.facts.mutable_profile()->set_id(result.id());
  *side.facts.mutable_profile()->mutable_accounts() =
      result.ledger().accounts();
  // The result may have been edited: what it says is not what is compared.
  abi1::ScoreRequest request;
  request.set_algorithm(response.identity().algorithm());
  *request.add_profiles() = side.facts.profile();
  const abi1::Result again = side.engine.Score(request).results(0);
  if (again.ledger().score_micropoints() !=
      result.ledger().score_micropoints()) {
    throw Failure(kBadData,
                  absl::StrCat(name, ": the score of ", Quoted(result.id()),
                               " is not what its facts give; see `influence "
                               "verify`"));
  }
  return side;
}

Side ProfileSide(const std::string& file, const AlgorithmOptions& algorithm,
                 const std::string& as_of, const std::string& id) {
  if (id.empty()) throw Failure(kUsage, "say whose score, with --id");
  const Population::Options options = PopulationOptions({file, "", false});
  Side side = {ChooseEngine(algorithm), {}};
  const std::string text = ReadAll(file);
  const std::unique_ptr<Population> population = ReadForOne(id, text, options);
  *side.facts.mutable_profile() =
      FindPerson(id, options.name, population->people()).profile;
  ScoreOptions score;
  score.as_of = as_of;
  const abi1::ScoreRequest request =
      NewRequest(score, side.engine, population->head());
  if (request.has_as_of_days()) {
    side.facts.mutable_identity()->set_as_of_days(request.as_of_days());
  }
  return side;
}

Side ReadSide(const std::string& file, const AlgorithmOptions& algorithm,
              const std::string& as_of, const char* as_of_option,
              const std::string& id) {
  if (!IsStored(file)) return ProfileSide(file, algorithm, as_of, id);
  if (!as_of.empty()) {
    throw Failure(kUsage, absl::StrCat(NameOf(file),
                                       " is a result, which says "
                                       "of when it is: ",
                                       as_of_option, " is for profiles"));
  }
  return StoredSide(file, algorithm, id);
}

ExitCode RunCompare(const CompareOptions& options) {
  CheckWords(options.language, options.format);
  CheckFiles({options.before_file, options.after_file, options.before.file,
              options.after.file, options.language.messages},
             {options.output});
  const Side before =
      ReadSide(options.before_file, options.before, options.before_as_of,
               "--from-as-of", options.id);
  const Side after = ReadSide(options.after_file, options.after,
                              options.after_as_of, "--to-as-of", options.id);
  abi1::CompareRequest request;
  *request.mutable_before() = before.facts;
  *request.mutable_after() = after.facts;
  if (before.facts.profile().id() != after.facts.profile().id()) {
    throw Failure(
        kBadData,
        absl::StrCat("the results are of ", Quoted(before.facts.profile().id()),
                     " and ", Quoted(after.facts.profile().id())));
  }
  const abi1::CompareResponse response =
      CompareScores(before.engine, after.engine, request);
  Output output(options.output);
  if (options.format == "json") {
    output.Write(ToJson(response));
  } else if (options.format == "proto") {
    output.Write(response.SerializeAsString());
  } else {
    // The facts, as the answer says they were taken.
    *request.mutable_before()->mutable_identity() = response.before();
    *request.mutable_after()->mutable_identity() = response.after();
    abi1::RenderRequest page;
    *page.mutable_compare_request() = request;
    StateCustom(before.engine, [&] { return page.mutable_before_algorithm(); });
    StateCustom(after.engine, [&] { return page.mutable_algorithm(); });
    output.Write(Page(std::move(page), options.format, options.language));
  }
  output.Finish();
  return kFine;
}

}  // namespace

void AddCompare(CLI::App* app, ExitCode* code) {
  const auto options = std::make_shared<CompareOptions>();
  CLI::App* const compare =
      app->add_subcommand("compare", "why one person's score changed");
  compare
      ->add_option("BEFORE", options->before_file,
                   "a stored result (JSON or bytes), or profiles (.csv, "
                   ".jsonl) with --from")
      ->required();
  compare->add_option("AFTER", options->after_file, "likewise, with --to")
      ->required();
  AddSides(compare, &options->before, &options->after);
  compare->add_option("--id", options->id, "the person")->check(IsUtf8Text());
  compare->add_option("--from-as-of", options->before_as_of,
                      "the day the profiles before are of");
  compare->add_option("--to-as-of", options->after_as_of,
                      "the day the profiles after are of");
  AddFormat(compare, {"text", "markdown", "html", "json", "proto"},
            &options->format);
  AddOutput(compare, &options->output);
  AddLanguage(compare, &options->language);
  compare->final_callback([=] { *code = RunCompare(*options); });
}

}  // namespace influence::cli
