// Checks a whole table of edges before the first one is added, so that a graph
// gets all of its edges or none. A bad id or weight is an error here, whereas a
// bad event is ignored and counted: STANDING.md defines the graph by all of its
// edges.
#include "columns/edge_columns.h"

#include <optional>
#include <string>

#include "columns/schema_checks.h"
#include "model/profile.h"

namespace influence {

Error EdgeColumns::Open(const ArrowSchema& schema, const ArrowArray& array) {
  Error error = CheckStruct(schema, "schema");
  if (!error.ok()) return error;
  const auto children = static_cast<size_t>(schema.n_children);
  error = CheckArray(&array, "array", 1, children, 0, 0);
  if (!error.ok()) return error;
  rows_ = static_cast<size_t>(array.length);
  const Bitmap valid = Validity(array, 0);
  for (size_t row = 0; row < rows_; ++row) {
    if (!valid.Get(row)) return Refused("array", "is null").AtRow(row);
  }
  bool has_source = false, has_target = false;
  for (size_t i = 0; i < children; ++i) {
    const ArrowSchema& field = *schema.children[i];
    const ArrowArray* child = array.children[i];
    const std::optional<std::string_view> name = Bounded(field.name);
    bool* const has = name == "source"   ? &has_source
                      : name == "target" ? &has_target
                      : name == "weight" ? &has_weight_
                                         : nullptr;
    const std::string shown = ShownName(field.name);
    if (has == nullptr) {
      return Refused(shown,
                     "is not a known column; they are source, target, weight");
    }
    if (child == nullptr) return Refused(shown, "the array is missing");
    if (*has) return Refused(shown, "occurs twice");
    *has = true;
    error = has == &has_weight_
                ? OpenWeights(field, *child, array.offset)
                : (has == &has_source ? &source_ : &target_)
                      ->Open(field, *child, shown, array.offset, array.length);
    if (!error.ok()) return error;
  }
  if (!has_source) return Refused("source", "is missing");
  if (!has_target) return Refused("target", "is missing");
  error = CheckIds(source_, "source");
  if (error.ok()) error = CheckIds(target_, "target");
  return error;
}

Error EdgeColumns::CheckIds(const TextColumn& ids, const char* name) const {
  char digits[TextColumn::kDigits];
  for (size_t row = 0; row < rows_; ++row) {
    const size_t size = ids.View(row, digits).size();
    if (size == 0) {
      return Refused(name, ids.IsNull(row) ? "is null" : "is empty").AtRow(row);
    }
    if (size > kMaxIdBytes) {
      return Error(Code::kTooLarge, name,
                   "has " + std::to_string(size) + " bytes; the limit is " +
                       std::to_string(kMaxIdBytes))
          .AtRow(row);
    }
  }
  return {};
}

Error EdgeColumns::OpenWeights(const ArrowSchema& schema,
                               const ArrowArray& array, int64_t first) {
  ColumnFormat format;
  Error error = ReadFormat(schema, "weight",
                           kTakesIntegers | kTakesWholeDecimals, &format);
  if (error.ok()) {
    error = weight_.Open(format, array, "weight", first,
                         static_cast<int64_t>(rows_));
  }
  if (!error.ok()) return error;
  for (size_t row = 0; row < rows_; ++row) {
    int64_t weight = 0;
    if (weight_.IsNull(row) || (weight_.Integer(row, &weight) && weight >= 0)) {
      continue;
    }
    return Error(Code::kOutOfRange, "weight", "is not in 0 .. 2^63 - 1")
        .AtRow(row);
  }
  return {};
}

// Open() has checked every weight, so a failed read cannot happen here.
uint64_t EdgeColumns::Weight(size_t row) const {
  int64_t weight = 1;
  if (has_weight_ && !weight_.IsNull(row)) weight_.Integer(row, &weight);
  return static_cast<uint64_t>(weight);
}

}  // namespace influence
