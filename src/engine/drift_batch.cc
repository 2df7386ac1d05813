// Reads the signals, ids and slices of a table and scores its rows under both
// algorithms, chunk by chunk, so that both sets of scores stay in the cache.
#include "engine/drift_batch.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "columns/schema_checks.h"
#include "columns/score_input.h"
#include "columns/text_column.h"
#include "engine/match.h"
#include "engine/standing_metadata.h"
#include "scoring/column_scoring.h"
#include "scoring/parallel.h"

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

// The name of a column, or "" if it is longer than any slice column's.
std::string_view NameOf(const ArrowSchema& column) {
  return Bounded(column.name).value_or(std::string_view());
}

// One table that is being added: its signals, ids and slices.
class Batch {
 public:
  Batch(const DriftSettings& settings, const Engine::Core& before,
        const Engine::Core& after)
      : settings_(settings), before_(before), after_(after) {}

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
    if (error.ok()) error = CheckGraph(graph, before_, after_);
    if (!error.ok()) return error;
    if (settings_.top > 0 && layout_.id.has_value()) {
      error = ReadText("id", schema, array, kTakesNames, &id_);
      if (error.ok()) error = CheckIds();
      if (!error.ok()) return error;
      has_id_ = true;
    }
    for (size_t i = 0; i < settings_.slices.size(); ++i) {
      error = ReadSlice(i, schema, array);
      if (!error.ok()) return error;
    }
    return {};
  }

  // Parts are merged in order, but any order would do: totals are sums.
  Drift::State Score() const {
    const size_t parts = PartsFor(columns_.rows, settings_.threads);
    const Population before(before_.evaluator, before_.kernel, columns_);
    const Population after(after_.evaluator, after_.kernel, columns_);
    std::vector<Part> done(parts);
    RunParts(columns_.rows, parts, [&](size_t part, size_t begin, size_t end) {
      done[part] = ScorePart(before, after, begin, end);
    });
    Drift::State state;
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
    Error error = ReadSchema(table_schema, settings_.accept_doubles, &layout_);
    if (!error.ok()) return error;
    return ReadArray(layout_, table, &columns_);
  }

  bool IsSliced(std::string_view name) const {
    const std::vector<std::string>& slices = settings_.slices;
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
    const std::string& name = settings_.slices[index];
    TextColumn column;
    Error error =
        ReadText(name, schema, array, kTakesNames | kTakesBooleans, &column);
    if (!error.ok()) return error;
    std::vector<uint32_t> key_of(columns_.rows);
    for (size_t i = 0; i < columns_.rows; ++i) {
      Drift::SliceKey key = {index, column.Get(i), column.IsNull(i)};
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
    ChunkScores old_scores(before_.evaluator);
    ChunkScores new_scores(after_.evaluator);
    const DriftRows rows = {old_scores.score(), new_scores.score(),
                            old_scores.by_factor(), new_scores.by_factor()};
    for (; begin < end; begin += kChunkRows) {
      const size_t count = std::min(kChunkRows, end - begin);
      old_scores.Score(before, begin, begin + count);
      new_scores.Score(after, begin, begin + count);
      const size_t top = settings_.top;
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
      totals->AddRow(rows, i, settings_.top, id_of);
    } else {
      totals->AddRefused(1);
    }
  }

  void Add(const DriftTotals& from, DriftTotals* to) const {
    to->Merge(from, to->MergedMovers(from, settings_.top));
  }

  const DriftSettings& settings_;
  const Engine::Core& before_;
  const Engine::Core& after_;
  TableLayout layout_;
  Columns columns_;
  TextColumn id_;
  bool has_id_ = false;
  std::vector<Drift::SliceKey> keys_;  // in order of first occurrence
  std::map<Drift::SliceKey, uint32_t> places_;
  std::vector<std::vector<uint32_t>> key_of_;  // for each slice, each row's
};

}  // namespace

Error CheckGraph(const GraphIdentity& graph, const Engine::Core& before,
                 const Engine::Core& after) {
  Error error = Match(graph, before.description);
  return error.ok() ? Match(graph, after.description) : error;
}

Error ScoreTable(const DriftSettings& settings, const Engine::Core& before,
                 const Engine::Core& after, const ArrowSchema& schema,
                 const ArrowArray& array, Drift::State* state) {
  Batch batch(settings, before, after);
  Error error = batch.Open(schema, array);
  if (error.ok()) *state = batch.Score();
  return error;
}

}  // namespace influence
