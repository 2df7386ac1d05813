// The calls of a drift. Each batch of people is collected in a State of its own
// (drift_batch.cc for tables) and merged at the end, so that a failure adds
// nobody.
#include "engine/drift_calls.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "codec/codec.h"
#include "codec/hot/score_request.h"
#include "engine/drift_batch.h"
#include "engine/drift_state.h"
#include "engine/match.h"
#include "engine/request_options.h"
#include "insight/drift_report.h"
#include "insight/stored_laws.h"
#include "model/graph_identity.h"
#include "scoring/parallel.h"

namespace influence {
namespace {

bool IsSignal(std::string_view column) {
  for (size_t i = 0; i < kSignalCount; ++i) {
    const std::string name(Name(static_cast<Signal>(i + 1)));
    if (column == name || column == name + "_micros") return true;
  }
  return false;
}

// Reports the first fault in the order of the message's fields.
Error ReadSettings(std::string_view bytes, DriftSettings* settings) {
  msg::DriftOptions options;
  Error error = Decode(bytes, &options);
  if (error.ok()) error = CheckThreads(options.threads);
  if (!error.ok()) return error;
  if (options.float_rounding != FloatRounding::kRefused &&
      options.float_rounding != FloatRounding::kHalfEven) {
    return {Code::kInvalidArgument, "float_rounding",
            std::to_string(static_cast<int32_t>(options.float_rounding)) +
                " is not a known rounding"};
  }
  if (options.top > kMaxTopMovers) {
    return NotIn("top", options.top, 0, kMaxTopMovers);
  }
  const std::vector<std::string_view>& slices = options.slices;
  if (slices.size() > kMaxSliceColumns) {
    return {Code::kOutOfRange, "slices",
            "more than " + std::to_string(kMaxSliceColumns)};
  }
  for (size_t i = 0; i < slices.size(); ++i) {
    const std::string field = "slices[" + std::to_string(i) + "]";
    if (slices[i].empty() || slices[i].size() > kMaxIdBytes) {
      return {Code::kInvalidArgument, field, "is no column's name"};
    }
    if (slices[i] == "network") {
      return {Code::kInvalidArgument, field,
              "'network' is of an account, and a slice is of a person; give "
              "the column another name"};
    }
    if (IsSignal(slices[i]) || slices[i] == "accounts") {
      return {Code::kInvalidArgument, field,
              Quoted(slices[i]) + " is scored; a slice is another column"};
    }
    if (std::count(slices.begin(), slices.end(), slices[i]) > 1) {
      return {Code::kInvalidArgument, field,
              Quoted(slices[i]) + " is there twice"};
    }
  }
  settings->threads = options.threads;
  settings->accept_doubles = options.float_rounding == FloatRounding::kHalfEven;
  settings->top = options.top;
  settings->slices = {slices.begin(), slices.end()};
  return {};
}

// Identifies the formula only: a drift has no single input and no single day.
msg::Identity IdentityOf(const Engine::Core& side) {
  msg::Identity identity;
  identity.algorithm = side.description.algorithm.id;
  identity.fingerprint = side.description.fingerprint;
  identity.library_version = LibraryVersion();
  return identity;
}

}  // namespace

Error Drift::New(const Engine& before, const Engine& after,
                 std::string_view options, std::unique_ptr<Drift>* out) {
  std::unique_ptr<Drift> drift(new Drift(before, after));
  Error error = ReadSettings(options, &drift->settings_);
  if (!error.ok()) return std::move(error).Within("options");
  *out = std::move(drift);
  return {};
}

Error Drift::MergeState(const State& other) {
  const auto people = [](const State& state) {
    return state.all.people() + state.all.refused();
  };
  if (people(state_) + people(other) > kMaxDriftPeople) {
    return {Code::kTooLarge, "", "a drift has at most 2^35 people"};
  }
  // Steps that may throw or fail come first: new slices and lists of movers.
  // The rest only adds numbers, so a failure leaves the state unchanged.
  Slices added;
  std::vector<std::vector<Mover>> movers;
  for (const auto& [key, totals] : other.slices) {
    const auto found = state_.slices.find(key);
    if (found == state_.slices.end()) {
      added.emplace(key, totals);
    } else {
      movers.push_back(found->second.MergedMovers(totals, settings_.top));
    }
  }
  if (state_.slices.size() + added.size() > kMaxSlices) {
    return {Code::kTooLarge, "slices",
            "more than " + std::to_string(kMaxSlices) + " values together"};
  }
  std::vector<Mover> all = state_.all.MergedMovers(other.all, settings_.top);
  size_t next = 0;
  for (const auto& [key, totals] : other.slices) {
    const auto found = state_.slices.find(key);
    if (found == state_.slices.end()) continue;
    found->second.Merge(totals, std::move(movers[next++]));
  }
  state_.slices.merge(added);
  state_.all.Merge(other.all, std::move(all));
  return {};
}

Error Drift::AddColumns(Owned<ArrowSchema> schema, Owned<ArrowArray> array) {
  State state;
  Error error =
      ScoreTable(settings_, *before_, *after_, *schema, *array, &state);
  if (!error.ok()) return error;
  return MergeState(state);
}

// The same totals as AddColumns(), one row at a time: a population may come
// partly as messages and partly as tables.
Error Drift::Add(std::string_view bytes) {
  Error error = CheckSize("request", bytes);
  if (!error.ok()) return error;
  if (!settings_.slices.empty()) {
    return {Code::kInvalidArgument, "request",
            "this drift has slices, which only columns have"};
  }
  Request request;
  error = ReadRequest(bytes, &request);
  if (!error.ok()) return error;
  GraphIdentity graph;
  error = ReadGraph(request.graph, &graph);
  if (error.ok()) error = CheckGraph(graph, *before_, *after_);
  if (!error.ok()) return error;
  const Error old_one =
      Match(request.algorithm, request.fingerprint, before_->description);
  Error new_one =
      Match(request.algorithm, request.fingerprint, after_->description);
  if (!old_one.ok() && !new_one.ok()) return new_one;
  State state;
  Profile profile;
  Ledger old_ledger, new_ledger;
  for (const std::string_view bytes_of_one : request.profiles) {
    if (!ReadProfile(bytes_of_one, &profile).ok()) {
      state.all.AddRefused(1);
      continue;
    }
    before_->evaluator.Score(profile, Detail::kLedger, &old_ledger);
    after_->evaluator.Score(profile, Detail::kLedger, &new_ledger);
    DriftRows rows = {&old_ledger.score, &new_ledger.score, {}, {}};
    for (const Line& line : old_ledger.lines) {
      rows.before_points[Index(line.factor)] = &line.points;
    }
    for (const Line& line : new_ledger.lines) {
      rows.after_points[Index(line.factor)] = &line.points;
    }
    state.all.AddRow(rows, 0, settings_.top,
                     [&](size_t) { return std::string(profile.id); });
  }
  return MergeState(state);
}

// Algorithms are compared by fingerprint, which covers the name and every
// number.
Error Drift::Merge(const Drift& other) {
  if (&other == this) {
    return {Code::kInvalidArgument, "other", "is the drift itself"};
  }
  for (const auto& [mine, theirs, name] :
       {std::tuple{&before_, &other.before_, "before"},
        std::tuple{&after_, &other.after_, "after"}}) {
    if ((*mine)->description.fingerprint ==
        (*theirs)->description.fingerprint) {
      continue;
    }
    return {Code::kAlgorithmMismatch, name,
            "is " + Quoted((*theirs)->description.algorithm.id) +
                "; this drift's is " +
                Quoted((*mine)->description.algorithm.id) +
                " of another fingerprint"};
  }
  if (settings_.top != other.settings_.top ||
      settings_.slices != other.settings_.slices) {
    return {Code::kInvalidArgument, "other",
            "has another number of movers or other slices"};
  }
  return MergeState(other.state_);
}

void Drift::Save(ByteBuffer* out) const {
  SaveDrift({before_->description.fingerprint, after_->description.fingerprint,
             settings_},
            state_, out);
}

// The saved fingerprints must be those of the engines, else the sums would mix
// algorithms.
Error Drift::Load(const Engine& before, const Engine& after,
                  std::string_view bytes, std::unique_ptr<Drift>* out) {
  std::unique_ptr<Drift> drift(new Drift(before, after));
  SavedDrift saved;
  Error error = LoadDrift(bytes, &saved, &drift->state_);
  if (!error.ok()) return error;
  error = Match("", saved.before, before.core()->description);
  if (!error.ok()) return std::move(error).Within("before");
  error = Match("", saved.after, after.core()->description);
  if (!error.ok()) return std::move(error).Within("after");
  drift->settings_ = std::move(saved.settings);
  *out = std::move(drift);
  return {};
}

// Factors of the old algorithm first, then those only the new one has: the
// order of a formula leg.
void Drift::Report(ByteBuffer* out) const {
  std::vector<Factor> factors;
  for (const auto* side : {before_.get(), after_.get()}) {
    for (const Evaluator::Compiled& row : side->evaluator.rows()) {
      if (std::find(factors.begin(), factors.end(), row.factor) ==
          factors.end()) {
        factors.push_back(row.factor);
      }
    }
  }
  msg::DriftReport report;
  report.before = IdentityOf(*before_);
  report.after = IdentityOf(*after_);
  report.all = SummaryOf(state_.all, factors);
  for (const auto& [key, totals] : state_.slices) {
    report.slices.push_back({settings_.slices[key.column], key.value,
                             key.is_null, SummaryOf(totals, factors)});
  }
  AddDistributions(state_.all, &report);
  Encode(report, out);
}

}  // namespace influence
