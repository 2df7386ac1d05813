#include "tests/conformance/ways.h"

#include <algorithm>
#include <atomic>
#include <functional>
#include <map>
#include <stdexcept>
#include <thread>
#include <utility>

#include "cli/conformance/random.h"
#include "tests/conformance/columns.h"
#include "tests/conformance/kernel.h"

namespace influence::conformance {
namespace {

// Runs item 0 .. count - 1 in the way's order on its threads, in its mode.
void ForEach(const Way& way, size_t count,
             const std::function<void(size_t)>& run) {
  std::vector<size_t> order(count);
  for (size_t i = 0; i < count; ++i) order[i] = i;
  if (way.shuffle != 0) {
    Random random(way.shuffle);
    for (size_t i = count; i > 1; --i) {
      std::swap(order[i - 1], order[random.Below(i)]);
    }
  }
  std::atomic<size_t> next{0};
  std::atomic<bool> failed{false};
  const auto work = [&] {
    if (!SetFloatMode(way.mode)) {
      failed = true;
      return;
    }
    for (size_t i = next++; i < count; i = next++) run(order[i]);
    SetFloatMode({});
  };
  std::vector<std::thread> threads;
  for (size_t i = 1; i < way.threads; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  if (failed) throw std::runtime_error("no such floating-point mode here");
}

struct Place {
  size_t number;   // of a case
  size_t profile;  // of it
};
struct Batch {
  size_t engine = 0;
  std::string bytes;
  std::vector<Place> places;
};

std::vector<Batch> MakeBatches(const std::vector<Case>& cases,
                               const std::vector<size_t>& sizes) {
  std::map<std::pair<size_t, std::string>, std::vector<Place>> alike;
  for (size_t n = 0; n < cases.size(); ++n) {
    if (cases[n].hostile) continue;
    auto& places = alike[{cases[n].engine, Bytes(cases[n].head)}];
    for (size_t i = 0; i < cases[n].profiles.size(); ++i) {
      places.push_back({n, i});
    }
  }
  std::vector<Batch> batches;
  for (const auto& [key, places] : alike) {
    for (size_t begin = 0; begin < places.size();) {
      const size_t size = sizes[batches.size() % sizes.size()];
      Batch batch;
      batch.engine = key.first;
      batch.bytes = key.second;
      for (; batch.places.size() < size && begin < places.size(); ++begin) {
        const Place& place = places[begin];
        AppendProfile(Bytes(cases[place.number].profiles[place.profile]),
                      &batch.bytes);
        batch.places.push_back(place);
      }
      batches.push_back(std::move(batch));
    }
  }
  return batches;
}

void AskInBatches(const Corpus& corpus, const std::vector<Case>& cases,
                  const Way& way, std::vector<Answer>* answers) {
  const std::vector<Batch> batches = MakeBatches(cases, way.batches);
  std::vector<Answer> batched(batches.size());
  ForEach(way, batches.size(), [&](size_t i) {
    batched[i] = Score(corpus.engines()[batches[i].engine].handle.get(),
                       batches[i].bytes);
  });
  for (size_t i = 0; i < batches.size(); ++i) {
    for (size_t j = 0; j < batches[i].places.size(); ++j) {
      const Place& place = batches[i].places[j];
      Answer& answer = (*answers)[place.number];
      answer.status = batched[i].status;
      answer.identity = batched[i].identity;
      if (j < batched[i].results.size()) {
        answer.results.resize(cases[place.number].profiles.size());
        answer.results[place.profile] = std::move(batched[i].results[j]);
      }
    }
  }
}

// Puts what the columns say in the place of what the messages said.
void AskByColumns(const Corpus& corpus, const std::vector<Case>& cases,
                  const Way& way, std::vector<Answer>* answers) {
  std::vector<std::vector<Place>> by_engine(corpus.engines().size());
  for (size_t n = 0; n < cases.size(); ++n) {
    if (cases[n].hostile || (*answers)[n].status != INFLUENCE_OK) continue;
    for (size_t i = 0; i < cases[n].profiles.size(); ++i) {
      const Profile& profile = cases[n].profiles[i];
      if (profile.plain && profile.accounts.size() == 1) {
        by_engine[cases[n].engine].push_back({n, i});
      }
    }
  }
  ForEach(way, by_engine.size(), [&](size_t engine) {
    std::vector<const Account*> rows;
    for (const Place& place : by_engine[engine]) {
      rows.push_back(&cases[place.number].profiles[place.profile].accounts[0]);
    }
    if (rows.empty()) return;
    influence_engine* const handle = corpus.engines()[engine].handle.get();
    if (!way.kernel.empty() && !UseKernel(handle, way.kernel)) {
      throw std::runtime_error("no kernel " + way.kernel + " here");
    }
    const std::vector<ColumnResult> results =
        ScoreColumns(handle, static_cast<uint32_t>(way.threads), rows);
    for (size_t i = 0; i < results.size(); ++i) {
      const Place& place = by_engine[engine][i];
      Result& result = (*answers)[place.number].results[place.profile];
      result.has_ledger = results[i].code == INFLUENCE_OK;
      result.has_error = !result.has_ledger;
      result.code = results[i].code;
      std::copy_n(results[i].headline, kHeadline, result.headline);
    }
  });
}

}  // namespace

std::vector<Answer> Ask(const Corpus& corpus, const std::vector<Case>& cases,
                        const Way& way, const std::vector<Answer>& by_message) {
  std::vector<Answer> answers;
  if (way.columns) answers = by_message;
  if (answers.empty()) {
    answers.resize(cases.size());
    ForEach(way, cases.size(), [&](size_t n) {
      if (!way.batches.empty() && !cases[n].hostile) return;
      answers[n] =
          Score(corpus.engines()[cases[n].engine].handle.get(), cases[n].bytes);
    });
    if (!way.batches.empty()) AskInBatches(corpus, cases, way, &answers);
  }
  if (way.columns) AskByColumns(corpus, cases, way, &answers);
  return answers;
}

}  // namespace influence::conformance
