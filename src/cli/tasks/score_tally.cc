// Tally, standing and scores as one stream of tables, as influence.h joins them
// (csv, jsonl); formats that need the ledger take the same profiles as
// messages, some at a time.
#include "cli/tasks/score_tally.h"

#include <memory>
#include <string>

#include "absl/strings/str_cat.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"
#include "cli/client/column_scorer.h"
#include "cli/read/event_log.h"
#include "cli/tasks/score_people.h"
#include "cli/write/column_writer.h"
#include "cli/write/progress.h"
#include "cli/write/result_writers.h"

namespace influence::cli {
namespace {

class Scoring {
 public:
  Scoring(const ScoreOptions& options, const Engine& engine, const Tally& tally,
          const Standing* standing, Output* output)
      : options_(options),
        engine_(engine),
        tally_(tally),
        standing_(standing),
        algorithm_(engine.Describe()),
        writer_(NewWriter(options.format, algorithm_)),
        output_(output),
        progress_(0, output->is_terminal()) {}

  void Run() {
    output_->Write(writer_->Head());
    if (options_.format == "csv" || options_.format == "jsonl") {
      RunTables();
    } else {
      RunMessages(0, SIZE_MAX);
    }
    output_->Write(writer_->Tail());
  }

 private:
  void RunTables() {
    ColumnWriter rows(options_.format == "jsonl", algorithm_, output_);
    const ColumnScorer scorer(engine_, algorithm_, options_.threads);
    ArrowArrayStream profiles = {};
    tally_.ProfileTables(standing_, &profiles);
    ScoredStream stream(scorer, &profiles, [this] { tally_.Rethrow(); });
    Scores scores;
    while (stream.Next(&scores)) {
      for (size_t row = 0; row < scores.rows(); ++row, ++people_) {
        if (scores.is_refused(row)) {  // and a message says why
          rows.Flush();
          RunMessages(people_, people_ + 1);
          throw Failure(kInternal, "a score is refused in columns alone");
        }
        rows.Row(scores.id(row), scores.columns(), row);
      }
      progress_.Update(people_, people_);
    }
    rows.Flush();
  }

  // The people from `first` to before `last`.
  void RunMessages(size_t first, size_t last) {
    constexpr int kMostPeople = 1000;  // in a request
    constexpr size_t kMostBytes = INFLUENCE_MAX_REQUEST_BYTES / 2;
    const abi1::ScoreRequest head =
        NewRequest(options_, engine_, HeadOf(tally_, engine_, standing_));
    abi1::ScoreRequest request = head;
    request.set_detail(writer_->detail());
    const std::unique_ptr<ProfileStream> profiles = tally_.Profiles(standing_);
    abi1::Profile profile;
    size_t bytes = 0;
    people_ = 0;
    while (people_ < last && profiles->Next(&profile)) {
      if (people_++ < first) continue;
      bytes += profile.ByteSizeLong();
      *request.add_profiles() = std::move(profile);
      if (request.profiles_size() == kMostPeople || bytes > kMostBytes) {
        WriteResults(&request);
        bytes = 0;
      }
    }
    WriteResults(&request);
  }

  void WriteResults(abi1::ScoreRequest* request) {
    if (request->profiles().empty()) return;
    size_t number = people_ - static_cast<size_t>(request->profiles_size());
    const abi1::ScoreResponse response = engine_.Score(*request);
    for (const abi1::Result& result : response.results()) {
      if (result.has_error()) {
        const abi1::Error& error = result.error();
        throw Failure(
            kBadData,
            absl::StrCat("the tally: profile ", number, " (",
                         Quoted(result.id()), "): ", error.field(),
                         error.field().empty() ? "" : ": ", error.message()));
      }
      output_->Write(writer_->Row(result));
      ++number;
    }
    request->clear_profiles();
    progress_.Update(people_, people_);
  }

  const ScoreOptions& options_;
  const Engine& engine_;
  const Tally& tally_;
  const Standing* standing_;
  abi1::AlgorithmDescription algorithm_;
  std::unique_ptr<Writer> writer_;
  Output* output_;
  Progress progress_;
  size_t people_ = 0;  // so far
};

}  // namespace

void ScoreTally(const ScoreOptions& options, const Engine& engine,
                const Tally& tally, const Standing* standing, Output* output) {
  Scoring(options, engine, tally, standing, output).Run();
}

}  // namespace influence::cli
