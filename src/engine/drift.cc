// Feeds a drift: scores a table under both algorithms, chunk by chunk, and adds
// the pairs of scores to the totals of insight/drift.h. A batch is collected in
// a State of its own and merged at the end, so that a failure adds nobody.
#include "engine/drift.h"

#include <algorithm>
#include <optional>
#include <tuple>
#include <utility>
#include <vector>

#include "codec/codec.h"
#include "codec/hot/request.h"
#include "columns/check.h"
#include "columns/input.h"
#include "columns/text.h"
#include "engine/drift_state.h"
#include "engine/match.h"
#include "engine/options.h"
#include "engine/standing_metadata.h"
#include "insight/drift_report.h"
#include "insight/laws.h"
#include "model/graph_identity.h"
#include "scoring/parallel.h"
#include "scoring/population.h"

namespace influence {
namespace {

// Rows scored at a time: few enough that both sets of scores stay in the cache.
constexpr size_t kChunkRows = 2048;
static_assert(kChunkRows % kColumnPadding == 0);

// The scores of a chunk.
class ChunkScores {
 public:
  explicit ChunkScores(const Evaluator& evaluator)
      : micros_((3 + evaluator.rows().size()) * kChunkRows),
        errors_(kChunkRows),
        fields_(kChunkRows),
        scored_(kChunkRows / 8) {
    Micros* next = micros_.data();
    const auto take = [&next] {
      Micros* const column = next;
      next += kChunkRows;
      return column;
    };
    columns_.score = take();
    columns_.high = take();
    columns_.coverage = take();
    for (size_t r = 0; r < evaluator.rows().size(); ++r) {
      columns_.points[r] = take();
      by_factor_[Index(evaluator.rows()[r].factor)] = columns_.points[r];
    }
    columns_.error = errors_.data();
    columns_.error_field = fields_.data();
    columns_.scored = scored_.data();
  }

  // Population only clears bits of `scored_`, so they are set again for each
  // chunk.
  void Score(const Population& population, size_t begin, size_t end) {
    std::fill(scored_.begin(), scored_.end(), uint8_t{0xff});
    columns_.first_row = begin;
    population.Score(begin, end, columns_);
  }

  const Micros* score() const { return columns_.score; }
  const std::array<const Micros*, kFactorCount>& by_factor() const {
    return by_factor_;
  }
  bool AllScored() const {
    return std::all_of(scored_.begin(), scored_.end(),
                       [](uint8_t bits) { return bits == 0xff; });
  }
  bool IsScored(size_t i) const {
    return ((scored_[i / 8] >> (i % 8)) & 1) != 0;
  }

 private:
  std::vector<Micros> micros_;
  std::vector<int32_t> errors_;
  std::vector<int8_t> fields_;
  std::vector<uint8_t> scored_;
  ScoreColumns columns_;
  std::array<const Micros*, kFactorCount> by_factor_{};
};

bool IsSignal(std::string_view column) {
  for (size_t i = 0; i < kSignalCount; ++i) {
    const std::string name(Name(static_cast<Signal>(i + 1)));
    if (column == name || column == name + "_micros") return true;
  }
  return false;
}

// The name of a column, or "" if it is longer than any slice column's.
std::string_view NameOf(const ArrowSchema& column) {
  return Bounded(column.name).value_or(std::string_view());
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

// One table that is being added: its signals, ids and slices.
class Drift::Batch {
 public:
  explicit Batch(const Drift& drift) : drift_(drift) {}

  Error Open(const ArrowSchema& schema, const ArrowArray& array) {
    Error error = CheckStruct(schema, "schema");
    if (!error.ok()) return error;
    if (array.release == nullptr || array.n_children != schema.n_children ||
        (array.n_children > 0 && array.children == nullptr)) {
      return {Code::kInvalidArgument, "array",
              "is not of the type its schema says"};
    }
    error = OpenTable(schema, array);
    if (!error.ok()) return error;
    GraphIdentity graph;
    error = Unite(schema, &graph);
    if (error.ok()) error = drift_.CheckGraph(graph);
    if (!error.ok()) return error;
    if (drift_.settings_.top > 0 && layout_.id.has_value()) {
      error = ReadText("id", schema, array, kTakesNames, &id_);
      if (error.ok()) error = CheckIds();
      if (!error.ok()) return error;
      has_id_ = true;
    }
    for (size_t i = 0; i < drift_.settings_.slices.size(); ++i) {
      error = ReadSlice(i, schema, array);
      if (!error.ok()) return error;
    }
    return {};
  }

  size_t rows() const { return columns_.rows; }

  // Parts are merged in order, but any order would do: totals are sums.
  State Score() const {
    const size_t parts = PartsFor(columns_.rows, drift_.settings_.threads);
    const Population before(drift_.before_->evaluator, drift_.before_->kernel,
                            columns_);
    const Population after(drift_.after_->evaluator, drift_.after_->kernel,
                           columns_);
    std::vector<Part> done(parts);
    RunParts(columns_.rows, parts, [&](size_t part, size_t begin, size_t end) {
      done[part] = ScorePart(before, after, begin, end);
    });
    State state;
    for (const Part& part : done) {
      Add(*part.all, &state.all);
      for (size_t k = 0; k < keys_.size(); ++k) {
        if (part.slices[k] == nullptr) continue;
        Add(*part.slices[k], &state.slices[keys_[k]]);
      }
    }
    return state;
  }

 private:
  struct Part {
    std::unique_ptr<DriftTotals> all;
    std::vector<std::unique_ptr<DriftTotals>> slices;  // by key
  };

  // Opens the table without the slice columns, which scoring would reject.
  Error OpenTable(const ArrowSchema& schema, const ArrowArray& array) {
    ArrowSchema table_schema = schema;
    ArrowArray table = array;
    std::vector<ArrowSchema*> fields;
    std::vector<ArrowArray*> children;
    for (int64_t i = 0; i < schema.n_children; ++i) {
      const std::string_view name = NameOf(*schema.children[i]);
      if (name != "id" && IsSliced(name)) continue;
      fields.push_back(schema.children[i]);
      children.push_back(array.children[i]);
    }
    table_schema.children = fields.data();
    table.children = children.data();
    table_schema.n_children = table.n_children =
        static_cast<int64_t>(fields.size());
    Error error =
        ReadSchema(table_schema, drift_.settings_.accept_doubles, &layout_);
    if (!error.ok()) return error;
    return ReadArray(layout_, table, &columns_);
  }

  bool IsSliced(std::string_view name) const {
    const std::vector<std::string>& slices = drift_.settings_.slices;
    return std::find(slices.begin(), slices.end(), name) != slices.end();
  }

  // Finds a column by name. Requires a schema that Open() has checked.
  static Error ReadText(const std::string& name, const ArrowSchema& schema,
                        const ArrowArray& array, unsigned takes,
                        TextColumn* column) {
    for (int64_t i = 0; i < schema.n_children; ++i) {
      const ArrowSchema& field = *schema.children[i];
      if (NameOf(field) != name) continue;
      if (array.children[i] == nullptr) return Refused(name, "is NULL");
      return column->Open(field, *array.children[i], name, array.offset,
                          array.length, takes);
    }
    return Refused(name, "the table has no such column");
  }

  // Movers keep ids, so these have the limit of a profile's id.
  Error CheckIds() const {
    char digits[TextColumn::kDigits];
    for (size_t i = 0; i < columns_.rows; ++i) {
      if (id_.View(i, digits).size() <= kMaxIdBytes) continue;
      return Error(Code::kTooLarge, "id",
                   "has more than " + std::to_string(kMaxIdBytes) + " bytes")
          .AtRow(i);
    }
    return {};
  }

  // Maps each value to a small number once, so that scoring indexes an array.
  Error ReadSlice(size_t index, const ArrowSchema& schema,
                  const ArrowArray& array) {
    const std::string& name = drift_.settings_.slices[index];
    TextColumn column;
    Error error =
        ReadText(name, schema, array, kTakesNames | kTakesBooleans, &column);
    if (!error.ok()) return error;
    std::vector<uint32_t> key_of(columns_.rows);
    for (size_t i = 0; i < columns_.rows; ++i) {
      SliceKey key = {index, column.Get(i), column.IsNull(i)};
      auto found = places_.find(key);
      if (found == places_.end()) {
        if (keys_.size() >= kMaxSlices) {
          return {Code::kTooLarge, name,
                  "the slices have more than " + std::to_string(kMaxSlices) +
                      " values together"};
        }
        if (key.value.size() > kMaxIdBytes) {
          return Error(
                     Code::kTooLarge, name,
                     "has more than " + std::to_string(kMaxIdBytes) + " bytes")
              .AtRow(i);
        }
        const auto place = static_cast<uint32_t>(keys_.size());
        found = places_.emplace(key, place).first;
        keys_.push_back(std::move(key));
      }
      key_of[i] = found->second;
    }
    key_of_.push_back(std::move(key_of));
    return {};
  }

  // Without slices and errors the whole chunk is added at once, in loops that
  // vectorise; otherwise row by row.
  Part ScorePart(const Population& before, const Population& after,
                 size_t begin, size_t end) const {
    Part part;
    part.all = std::make_unique<DriftTotals>();
    part.slices.resize(keys_.size());
    ChunkScores old_scores(drift_.before_->evaluator);
    ChunkScores new_scores(drift_.after_->evaluator);
    const DriftRows rows = {old_scores.score(), new_scores.score(),
                            old_scores.by_factor(), new_scores.by_factor()};
    for (; begin < end; begin += kChunkRows) {
      const size_t count = std::min(kChunkRows, end - begin);
      old_scores.Score(before, begin, begin + count);
      new_scores.Score(after, begin, begin + count);
      const size_t top = drift_.settings_.top;
      const auto id_of = [this, begin](size_t i) {
        return has_id_ ? id_.Get(begin + i) : std::string();
      };
      const bool all = old_scores.AllScored() && new_scores.AllScored();
      if (all && keys_.empty()) {
        part.all->AddRows(rows, count, top, id_of);
        continue;
      }
      for (size_t i = 0; i < count; ++i) {
        const bool scored = old_scores.IsScored(i) && new_scores.IsScored(i);
        AddTo(part.all.get(), rows, i, scored, id_of);
        for (const std::vector<uint32_t>& key_of : key_of_) {
          std::unique_ptr<DriftTotals>& slice = part.slices[key_of[begin + i]];
          if (slice == nullptr) slice = std::make_unique<DriftTotals>();
          AddTo(slice.get(), rows, i, scored, id_of);
        }
      }
    }
    return part;
  }

  template <typename IdOf>
  void AddTo(DriftTotals* totals, const DriftRows& rows, size_t i, bool scored,
             IdOf id_of) const {
    if (scored) {
      totals->AddRow(rows, i, drift_.settings_.top, id_of);
    } else {
      totals->AddRefused(1);
    }
  }

  void Add(const DriftTotals& from, DriftTotals* to) const {
    to->Merge(from, to->MergedMovers(from, drift_.settings_.top));
  }

  const Drift& drift_;
  TableLayout layout_;
  Columns columns_;
  TextColumn id_;
  bool has_id_ = false;
  std::vector<SliceKey> keys_;  // in order of first occurrence
  std::map<SliceKey, uint32_t> places_;
  std::vector<std::vector<uint32_t>> key_of_;  // for each slice, each row's
};

Error Drift::New(const Engine& before, const Engine& after,
                 std::string_view options, std::unique_ptr<Drift>* out) {
  std::unique_ptr<Drift> drift(new Drift(before, after));
  Error error = ReadSettings(options, &drift->settings_);
  if (!error.ok()) return std::move(error).Within("options");
  *out = std::move(drift);
  return {};
}

Error Drift::CheckGraph(const GraphIdentity& graph) const {
  Error error = Match(graph, before_->description);
  return error.ok() ? Match(graph, after_->description) : error;
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
  Batch batch(*this);
  Error error = batch.Open(*schema, *array);
  if (!error.ok()) return error;
  return MergeState(batch.Score());
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
  if (error.ok()) error = CheckGraph(graph);
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
