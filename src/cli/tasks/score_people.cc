// Makes requests of people who are held as messages, and keeps each request
// well below the library's limits.
#include "cli/tasks/score_people.h"

#include <cstddef>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "base/civil.h"
#include "cli/basics/failure.h"
#include "cli/basics/printable.h"

namespace influence::cli {
namespace {

void CheckSame(const char* what, const std::string& asked,
               const std::string& there) {
  if (asked.empty() || asked == there) return;
  throw Failure(kUnknownAlgorithm,
                absl::StrCat("the ", what, " asked for is ", Quoted(asked),
                             ", the algorithm's is '", there, "'"));
}

// A request well below the library's limit, so that the next person fits.
constexpr size_t kBatchPeople = 1000;
constexpr size_t kBatchBytes = INFLUENCE_MAX_REQUEST_BYTES / 2;

abi1::Error TooLarge() {
  abi1::Error error;
  error.set_code(abi1::CODE_TOO_LARGE);
  error.set_field("id");
  error.set_message("the person is larger than a request may be");
  return error;
}

// Scores a population in requests of a bounded size.
class Batches {
 public:
  Batches(const Engine& engine, const abi1::ScoreRequest& head,
          Population* population)
      : engine_(engine), request_(head), population_(population) {}

  // Calls `use` with the result of each person who has one, in order; the
  // others are refused in the population.
  void ForEach(const std::function<void(const abi1::Result&)>& use) {
    const std::vector<Person>& people = population_->people();
    for (size_t i = 0; i < people.size(); ++i) {
      const size_t size = people[i].profile.ByteSizeLong();
      if (bytes_ + size > kBatchBytes || batch_.size() == kBatchPeople) {
        Flush(use);
      }
      if (size > kBatchBytes) {
        population_->Refuse(i, TooLarge());
        continue;
      }
      *request_.add_profiles() = people[i].profile;
      batch_.push_back(i);
      bytes_ += size;
    }
    Flush(use);
  }

 private:
  void Flush(const std::function<void(const abi1::Result&)>& use) {
    if (batch_.empty()) return;
    const abi1::ScoreResponse response = engine_.Score(request_);
    for (size_t i = 0; i < batch_.size(); ++i) {
      const abi1::Result& result = response.results(static_cast<int>(i));
      if (result.has_error()) {
        population_->Refuse(batch_[i], result.error());
      } else {
        use(result);
      }
    }
    batch_.clear();
    bytes_ = 0;
    request_.clear_profiles();
  }

  const Engine& engine_;
  abi1::ScoreRequest request_;
  Population* population_;
  std::vector<size_t> batch_;  // the people in request_
  size_t bytes_ = 0;
};

}  // namespace

void ScorePopulation(const Engine& engine, const abi1::ScoreRequest& head,
                     Population* population,
                     const std::function<void(const abi1::Result&)>& use) {
  Batches(engine, head, population).ForEach(use);
}

abi1::ScoreRequest NewRequest(const ScoreOptions& options, const Engine& engine,
                              const abi1::ScoreRequest& head) {
  const abi1::AlgorithmDescription description = engine.Describe();
  const std::string& id = description.algorithm().id();
  CheckSame("algorithm", head.algorithm(), id);
  CheckSame("fingerprint", head.fingerprint(), description.fingerprint());
  CheckSame("fingerprint", options.fingerprint, description.fingerprint());
  abi1::ScoreRequest request = head;
  request.set_algorithm(id);
  // A tally has its own point in time, and its head the day of it.
  if (!options.as_of.empty() && options.events.files.empty()) {
    const auto day = ReadDay(options.as_of);
    if (!day || *day < 0) {
      throw Failure(kUsage, "--as-of: " + Quoted(options.as_of) +
                                " is not a day such as 2026-01-31, from "
                                "1970-01-01 on");
    }
    request.set_as_of_days(static_cast<int32_t>(*day));
  }
  return request;
}

std::string RequestBytes(const Population& population,
                         abi1::ScoreRequest request, const std::string& text) {
  const bool unchanged =
      request.SerializeAsString() == population.head().SerializeAsString();
  if (unchanged && population.complaints().empty()) return text;
  for (const Person& person : population.people()) {
    *request.add_profiles() = person.profile;
  }
  return request.SerializeAsString();
}

}  // namespace influence::cli
