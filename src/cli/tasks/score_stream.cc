// Reads a batch of rows into columns, scores it and writes it, so that memory
// does not grow with the file. Only rows that are set aside or refused become
// messages, which know where and why.
#include "cli/tasks/score_stream.h"

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "cli/basics/failure.h"
#include "cli/client/column_scorer.h"
#include "cli/read/inputs.h"
#include "cli/read/people/id_ledger.h"
#include "cli/read/people/row_stream.h"
#include "cli/tasks/score_people.h"
#include "cli/write/column_writer.h"
#include "cli/write/progress.h"
#include "cli/write/result_writers.h"

namespace influence::cli {
namespace {

class Scoring {
 public:
  Scoring(const ScoreOptions& options, const Engine& engine,
          const Population::Options& population_options, Output* output,
          ComplaintWriter* complaints)
      : name_(population_options.name),
        engine_(engine),
        algorithm_(engine.Describe()),
        request_(NewRequest(options, engine, abi1::ScoreRequest())),
        input_(options.input.file),
        stream_([this](char* to, size_t size) { return input_.Read(to, size); },
                {population_options}),
        scorer_(engine, algorithm_, options.threads),
        row_writer_(NewWriter(options.format, algorithm_)),
        writer_(options.format == "jsonl", algorithm_, output),
        complaints_(complaints),
        progress_(input_.file_size(), output->is_terminal()) {
    request_.set_detail(row_writer_->detail());
  }

  void Run() {
    writer_.Text(row_writer_->Head());
    std::string continued;  // whoever has more rows than the last batch held
    while (stream_.Next(&batch_)) {
      scorer_.Score(batch_, &scores_);
      std::string fault;
      const size_t people = CheckWhoComesBack(continued, &fault);
      WritePeople(people, continued);
      if (!fault.empty()) Stop(fault);
      continued = stream_.condemned();
      people_ += people;
      progress_.Update(input_.file_bytes_done(), people_);
    }
    writer_.Flush();
  }

 private:
  // How many people come before one who was there before, and the fault.
  size_t CheckWhoComesBack(const std::string& continued, std::string* fault) {
    const std::vector<BatchPerson>& people = batch_.people();
    for (size_t i = 0; i < people.size(); ++i) {
      const std::string_view id = batch_.id(people[i]);
      if (id.empty() || (i == 0 && id == continued)) continue;
      const size_t before = ledger_.Enter(id, people[i].line);
      if (before != 0) {
        *fault = ComesBack(name_, people[i].line, id, before);
        return i;
      }
      if (ledger_.is_blind() && !has_warned_) {
        has_warned_ = true;
        progress_.Clear();
        std::fprintf(stderr,
                     "influence: %s: too many people, in no order; from line "
                     "%zu on, who comes back is not noticed\n",
                     name_.c_str(), people[i].line);
      }
    }
    return people.size();
  }

  // Writes the first `count` people of the batch.
  void WritePeople(size_t count, const std::string& continued) {
    const std::vector<BatchPerson>& people = batch_.people();
    size_t row = 0;  // of the scores
    const auto is_scored = [&](size_t i) {
      return !people[i].set_aside && !scores_.is_refused(row);
    };
    for (size_t i = 0; i < count;) {
      if (is_scored(i)) {
        writer_.Row(batch_.id(people[i++]), scores_.columns(), row++);
        continue;
      }
      const size_t first = i;
      while (i < count && !is_scored(i)) {
        if (!people[i++].set_aside) ++row;
      }
      WriteCarefully(first, i, first == 0 ? continued : "");
    }
  }

  // Writes people who were set aside or refused through the careful readers,
  // which know where and why.
  void WriteCarefully(size_t first, size_t last, const std::string& continued) {
    if (complaints_ == nullptr) writer_.Flush();  // what comes first stands
    std::string_view text;
    Population::Options options = stream_.Careful(batch_, first, last, &text);
    options.bad_id = continued;
    options.bad_line = bad_line_;
    Population population(text, options);
    ScorePopulation(engine_, request_, &population,
                    [this](const abi1::Result& result) {
                      writer_.Text(row_writer_->Row(result));
                    });
    if (complaints_ != nullptr) complaints_->Write(population.complaints());
    bad_line_ = population.BadLine(stream_.condemned());
  }

  [[noreturn]] void Stop(const std::string& fault) {
    writer_.Flush();
    throw Failure(kBadData, fault);
  }

  std::string name_;
  const Engine& engine_;
  abi1::AlgorithmDescription algorithm_;
  abi1::ScoreRequest request_;
  InputStream input_;
  RowStream stream_;
  RowBatch batch_;
  ColumnScorer scorer_;
  Scores scores_;
  std::unique_ptr<Writer> row_writer_;
  ColumnWriter writer_;
  ComplaintWriter* complaints_;
  IdLedger ledger_;
  bool has_warned_ = false;
  size_t bad_line_ = 0;  // of whoever is continued
  size_t people_ = 0;
  Progress progress_;
};

}  // namespace

void ScoreStream(const ScoreOptions& options, const Engine& engine,
                 const Population::Options& population_options, Output* output,
                 ComplaintWriter* complaints) {
  Scoring(options, engine, population_options, output, complaints).Run();
}

}  // namespace influence::cli
