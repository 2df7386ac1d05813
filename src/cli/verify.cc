// `influence verify`: a stored result proves itself by recomputation.
#include <utility>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/laws.h"
#include "cli/stored.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

class Report {
 public:
  void Add(bool good, const std::string& text) {
    (good ? passed_ : failed_) += 1;
    output_.Write(absl::StrCat(good ? "ok      " : "FAILED  ", text, "\n"));
  }
  // Neither good nor bad.
  void Note(const std::string& text) {
    output_.Write("-       " + text + "\n");
  }
  ExitCode Close() {
    output_.Write(absl::StrCat(passed_, " passed, ", failed_, " failed\n"));
    output_.Finish();
    return failed_ == 0 ? kFine : kCheckFailed;
  }

 private:
  Output output_{""};
  int passed_ = 0;
  int failed_ = 0;
};

// The same facts, scored again.
wire::Result Recompute(const wire::Result& result, const std::string& algorithm,
                       const Engine& engine,
                       wire::Rendering rendering = wire::RENDERING_NONE) {
  wire::ScoreRequest request;
  request.set_algorithm(algorithm);
  request.set_rendering(rendering);
  wire::Profile* profile = request.add_profiles();
  profile->set_id(result.id());
  *profile->mutable_accounts() = result.ledger().accounts();
  return engine.Score(request).results(0);
}

// Whether the words of a result are those that its facts have here.
bool IsWordedSo(const wire::Result& result, const std::string& algorithm,
                const Engine& engine) {
  for (const auto rendering :
       {wire::RENDERING_TEXT, wire::RENDERING_MARKDOWN}) {
    const wire::Result again = Recompute(result, algorithm, engine, rendering);
    if (again.text() == result.text()) return true;
  }
  return false;
}

// Adds a line for a good result, a line for each fault of a bad one.
void CheckResult(const wire::Result& result, const wire::Identity& identity,
                 const Engine& engine, Report* report) {
  const std::string& algorithm = identity.algorithm();
  const std::string name = Printable(result.id()) + ": ";
  const wire::Ledger& ledger = result.ledger();
  std::vector<std::string> faults = BrokenLaws(ledger);
  const wire::Result again = Recompute(result, algorithm, engine);
  if (again.has_error()) {
    faults.push_back("cannot be recomputed: " + again.error().message());
  } else {
    const std::vector<std::string> differences =
        Differences(ledger, again.ledger());
    faults.insert(faults.end(), differences.begin(), differences.end());
  }
  if (!result.text().empty() && !IsWordedSo(result, algorithm, engine)) {
    if (identity.library_version() == ListAlgorithms().library_version()) {
      faults.emplace_back("its text is not that of the ledger");
    } else {
      report->Note(name + "its text is another version's, and not checked");
    }
  }
  for (const std::string& fault : faults) report->Add(false, name + fault);
  if (!faults.empty()) return;
  report->Add(true, name + "adds up, and recomputed it is the same");
}

// Another library version may word explanations otherwise, and nothing else.
void ForgiveVersion(wire::ScoreResponse* a, wire::ScoreResponse* b) {
  if (a->identity().library_version() == b->identity().library_version()) {
    return;
  }
  for (wire::ScoreResponse* response : {a, b}) {
    response->mutable_identity()->clear_library_version();
    for (wire::Result& result : *response->mutable_results()) {
      result.clear_text();
    }
  }
}

// The requests that may have given the response: a serialized one as it is,
// bad profiles and all, or the one that `influence score` makes of the file.
std::vector<std::string> ReadRequests(const std::string& file,
                                      const Engine& engine,
                                      const wire::Identity& identity) {
  const std::string text = ReadAll(file);
  InputOptions input = {file, "", /*allow_extra=*/true};
  const bool is_csv = absl::EndsWithIgnoreCase(file, ".csv");
  const bool is_jsonl = absl::EndsWithIgnoreCase(file, ".jsonl") ||
                        absl::EndsWithIgnoreCase(file, ".ndjson");
  if (!is_csv && !is_jsonl) input.format = "proto";
  Population::Options population_options = PopulationOptions(input);
  population_options.skip_bad_rows = true;  // as it may have done
  const Population population(text, population_options);
  wire::ScoreRequest request =
      NewRequest(ScoreOptions(), engine, population.head());
  if (identity.has_as_of_days()) {
    request.set_as_of_days(identity.as_of_days());
  }
  std::vector<std::string> requests = {RequestBytes(population, request, text)};
  const bool unchanged =
      request.SerializeAsString() == population.head().SerializeAsString();
  if (unchanged && requests[0] != text) requests.push_back(text);
  return requests;
}

// Whether the request gives this response; adds the lines that say so.
bool CheckRequest(const std::string& file, wire::ScoreResponse response,
                  const Engine& engine, Report* report) {
  const std::string& digest = response.identity().input_digest();
  wire::ScoreResponse again;
  bool same_digest = false;
  for (const std::string& request :
       ReadRequests(file, engine, response.identity())) {
    if (same_digest) break;
    if (!again.ParseFromString(engine.ScoreBytes(request))) {
      throw Failure(kInternal, "the library's answer does not parse");
    }
    same_digest = again.identity().input_digest() == digest;
  }
  ForgiveVersion(&again, &response);
  const std::string name = NameOf(file);
  report->Add(same_digest,
              name + (same_digest ? ": is the request, by its digest"
                                  : ": is another request: the digests "
                                    "differ"));
  const bool same = again.SerializeAsString() == response.SerializeAsString();
  report->Add(same, name + (same ? ": scored again, every field is the same"
                                 : ": scored again, it is not the same"));
  return same_digest && same;
}

}  // namespace

ExitCode RunVerify(const VerifyOptions& options) {
  CheckFiles({options.result, options.request, options.algorithm_file}, {});
  wire::ScoreResponse response;
  const std::string name = NameOf(options.result);
  std::string text = ReadAll(options.result);
  if (IsReport(text)) return VerifyReport(text);
  ParseJsonOrBytes(std::move(text), name, &response);
  const wire::Identity& identity = response.identity();
  if (identity.algorithm().empty()) {
    throw Failure(kBadData, name + ": names no algorithm");
  }
  const Engine engine = EngineOf(identity, options.algorithm_file);
  Report report;
  report.Add(true, absl::StrCat("algorithm ", Printable(identity.algorithm()),
                                ", fingerprint ", identity.fingerprint()));
  const bool by_request =
      !options.request.empty() &&
      CheckRequest(options.request, response, engine, &report);
  for (const wire::Result& result : response.results()) {
    const std::string id = Printable(result.id());
    if (result.has_error()) {
      report.Note(id + ": an error, nothing to verify");
    } else if (!result.has_ledger()) {
      report.Add(false, id + ": has neither a score nor an error");
    } else if (!result.ledger().lines().empty()) {
      CheckResult(result, identity, engine, &report);
    } else if (by_request) {
      report.Add(true, id + ": a score without its ledger, as the request's");
    } else {
      report.Add(false, id + ": a score without its ledger cannot be "
                             "recomputed; give the --request");
    }
  }
  return report.Close();
}

}  // namespace influence::cli
