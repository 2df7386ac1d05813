// `influence verify`: a stored result proves itself by recomputation.
#include <cstdio>

#include "absl/strings/match.h"
#include "absl/strings/str_cat.h"
#include "cli/commands.h"
#include "cli/files.h"
#include "cli/text.h"

namespace influence::cli {
namespace {

constexpr int64_t kFullScore = 100'000'000;

// The first law of proto/influence.proto that a ledger breaks, or "".
std::string BrokenLaw(const wire::Ledger& ledger) {
  // Sums modulo 2^64, so that no made-up number can overflow.
  uint64_t points = 0;
  uint64_t covered = 0;
  uint64_t missing = 0;
  uint64_t weight = 0;
  const auto add = [](uint64_t* sum, int64_t value) {
    *sum += static_cast<uint64_t>(value);
  };
  const auto differ = [](uint64_t sum, int64_t value) {
    return sum != static_cast<uint64_t>(value);
  };
  for (const wire::Line& line : ledger.lines()) {
    uint64_t part_points = 0;
    uint64_t part_quantity = 0;
    for (const wire::Part& part : line.parts()) {
      add(&part_points, part.points_micropoints());
      add(&part_quantity, part.quantity_micros());
    }
    const std::string name = FactorName(line.factor());
    if (differ(part_points, line.points_micropoints())) {
      return name + ": the parts' points do not sum to the line's";
    }
    if (differ(part_quantity, line.quantity_micros())) {
      return name + ": the parts' quantities do not sum to the line's";
    }
    add(&points, line.points_micropoints());
    add(&covered, line.covered_micropoints());
    add(&missing, line.missing_micropoints());
    add(&weight, line.weight_micropoints());
  }
  if (differ(points, ledger.score_micropoints())) {
    return "the lines' points do not sum to the score";
  }
  if (differ(covered, ledger.coverage_micropoints())) {
    return "the lines' covered points do not sum to the coverage";
  }
  if (differ(weight, kFullScore)) return "the weights do not sum to 100 points";
  if (ledger.low_micropoints() != ledger.score_micropoints()) {
    return "low is not the score";
  }
  if (differ(points + missing, ledger.high_micropoints())) {
    return "high is not the score and the missing points";
  }
  return "";
}

// The first field in which two ledgers differ, or "".
std::string Difference(const wire::Ledger& stored, const wire::Ledger& again) {
  if (stored.score_micropoints() != again.score_micropoints()) {
    return absl::StrCat("score_micropoints is ", stored.score_micropoints(),
                        ", recomputed ", again.score_micropoints());
  }
  const google::protobuf::Reflection* reflection = stored.GetReflection();
  const google::protobuf::Descriptor* type = stored.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    // Two ledgers that agree in this field alone are equal.
    wire::Ledger a = stored;
    wire::Ledger b = again;
    for (int other = 0; other < type->field_count(); ++other) {
      if (other == i) continue;
      reflection->ClearField(&a, type->field(other));
      reflection->ClearField(&b, type->field(other));
    }
    if (a.SerializeAsString() != b.SerializeAsString()) {
      return absl::StrCat(type->field(i)->name(),
                          " is not what is recomputed from the accounts");
    }
  }
  return stored.SerializeAsString() == again.SerializeAsString()
             ? ""
             : "it has fields that a ledger does not have";
}

class Report {
 public:
  void Add(bool good, const std::string& text) {
    (good ? passed_ : failed_) += 1;
    std::printf("%-6s  %s\n", good ? "ok" : "FAILED", text.c_str());
  }
  ExitCode Close() {
    std::printf("%d passed, %d failed\n", passed_, failed_);
    if (std::fflush(stdout) != 0) {
      throw Failure(kInternal, "standard output cannot be written");
    }
    return failed_ == 0 ? kFine : kCheckFailed;
  }

 private:
  int passed_ = 0;
  int failed_ = 0;
};

Engine EngineOf(const wire::Identity& identity, const std::string& file) {
  const std::string& id = identity.algorithm();
  const bool custom = absl::StrContains(id, "/");
  if (custom && file.empty()) {
    throw Failure(kUnknownAlgorithm, "'" + Printable(id) +
                                         "' is a custom algorithm; give it "
                                         "with --algorithm-file");
  }
  Engine engine = ChooseEngine({custom ? "" : id, custom ? file : ""});
  const wire::AlgorithmDescription description = engine.Describe();
  if (description.algorithm().id() != id) {
    throw Failure(kUnknownAlgorithm, file + " is not " + Printable(id));
  }
  if (description.fingerprint() != identity.fingerprint()) {
    throw Failure(
        kUnknownAlgorithm,
        absl::StrCat("the result is of a ", Printable(id), " with fingerprint ",
                     Printable(identity.fingerprint()), "; this library's is ",
                     description.fingerprint()));
  }
  return engine;
}

// What is wrong with one result, or "".
std::string Fault(const wire::Result& result, const wire::Identity& identity,
                  const Engine& engine) {
  if (result.ledger().lines().empty()) {
    return "has a score without its ledger; it can only be checked with "
           "--request";
  }
  std::string fault = BrokenLaw(result.ledger());
  if (!fault.empty()) return fault;
  wire::ScoreRequest request;
  request.set_algorithm(identity.algorithm());
  wire::Profile* profile = request.add_profiles();
  profile->set_id(result.id());
  *profile->mutable_accounts() = result.ledger().accounts();
  const wire::ScoreResponse again = engine.Score(request);
  if (again.results(0).has_error()) {
    return "cannot be recomputed: " + again.results(0).error().message();
  }
  return Difference(result.ledger(), again.results(0).ledger());
}

}  // namespace

ExitCode RunVerify(const VerifyOptions& options) {
  wire::ScoreResponse response;
  ParseJsonOrBytes(ReadAll(options.result), options.result, &response);
  const wire::Identity& identity = response.identity();
  if (identity.algorithm().empty()) {
    throw Failure(kBadData, options.result + ": names no algorithm");
  }
  const Engine engine = EngineOf(identity, options.algorithm_file);
  Report report;
  report.Add(true, "algorithm " + Printable(identity.algorithm()) +
                       ", fingerprint " + identity.fingerprint());
  if (!options.request.empty()) {
    wire::ScoreResponse again;
    again.ParseFromString(engine.ScoreBytes(ReadAll(options.request)));
    // Another library version may word things otherwise, but not score.
    again.mutable_identity()->set_library_version(identity.library_version());
    report.Add(again.SerializeAsString() == response.SerializeAsString(),
               options.request + ": scored again, every byte is the same");
    return report.Close();
  }
  for (const wire::Result& result : response.results()) {
    const std::string name = Printable(result.id());
    if (result.has_error()) {
      std::printf("-       %s: an error, nothing to verify\n", name.c_str());
      continue;
    }
    const std::string fault = Fault(result, identity, engine);
    report.Add(
        fault.empty(),
        name + ": " +
            (fault.empty() ? "adds up, and recomputed it is the same" : fault));
  }
  return report.Close();
}

}  // namespace influence::cli
