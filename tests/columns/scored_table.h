// A table of scores, as it came back through the Arrow C data interface.
#ifndef INFLUENCE_TESTS_POPULATION_SCORED_TABLE_H_
#define INFLUENCE_TESTS_POPULATION_SCORED_TABLE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "gtest/gtest.h"
#include "influence/influence.h"

namespace influence::testing {

// A table that came back.
class Scored {
 public:
  Scored() = default;
  Scored(Scored&& other) noexcept : schema(other.schema), array(other.array) {
    other.schema.release = nullptr;
    other.array.release = nullptr;
  }
  ~Scored() {
    if (array.release != nullptr) array.release(&array);
    if (schema.release != nullptr) schema.release(&schema);
  }

  ArrowSchema schema{};
  ArrowArray array{};

  std::vector<std::string> Names() const {
    std::vector<std::string> names;
    for (int64_t i = 0; i < schema.n_children; ++i) {
      names.emplace_back(schema.children[i]->name);
    }
    return names;
  }
  const ArrowArray* Find(const std::string& name) const {
    for (int64_t i = 0; i < schema.n_children; ++i) {
      if (NameOf(*schema.children[i]) == name) return array.children[i];
    }
    ADD_FAILURE() << "no column " << name;
    return nullptr;
  }
  static bool IsNull(const ArrowArray* column, size_t i) {
    const auto* bits = static_cast<const uint8_t*>(column->buffers[0]);
    return bits != nullptr && ((bits[i / 8] >> (i % 8)) & 1) == 0;
  }
  template <typename Value>
  std::optional<int64_t> At(const std::string& name, size_t i) const {
    const ArrowArray* column = Find(name);
    if (IsNull(column, i)) return std::nullopt;
    return static_cast<const Value*>(column->buffers[1])[i];
  }
  // A column's name without the unit of its points.
  static std::string NameOf(const ArrowSchema& type) {
    const std::string name = type.name;
    const std::string unit = "_micropoints";
    const size_t at = name.rfind(unit);
    return at != std::string::npos && at + unit.size() == name.size()
               ? name.substr(0, at)
               : name;
  }
  // Of a column of points, in whichever unit, by its name without the unit.
  std::optional<int64_t> Micros(const std::string& name, size_t i) const {
    for (int64_t c = 0; c < schema.n_children; ++c) {
      if (NameOf(*schema.children[c]) != name) continue;
      if (IsNull(array.children[c], i)) return std::nullopt;
      return PointsAt(*schema.children[c], *array.children[c], i);
    }
    ADD_FAILURE() << "no column " << name;
    return std::nullopt;
  }
  // The micropoints of an entry that is not null.
  static int64_t PointsAt(const ArrowSchema& type, const ArrowArray& column,
                          size_t i) {
    const auto* words = static_cast<const int64_t*>(column.buffers[1]);
    if (std::string(type.format) == "l") return words[i];
    EXPECT_STREQ(type.format, "d:9,6");
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
    EXPECT_EQ(words[2 * i], 0);
    return words[2 * i + 1];
#else
    EXPECT_EQ(words[2 * i + 1], 0);
    return words[2 * i];
#endif
  }
  // The points of an entry of `lifted` or `held_back`.
  int64_t ReasonPoints(const std::string& name, size_t entry) const {
    for (int64_t c = 0; c < schema.n_children; ++c) {
      if (schema.children[c]->name != name) continue;
      return PointsAt(*schema.children[c]->children[0]->children[2],
                      *array.children[c]->children[0]->children[2], entry);
    }
    ADD_FAILURE() << "no column " << name;
    return -1;
  }
  std::string ErrorField(size_t i) const {
    const ArrowArray* column = Find("error_field");
    if (IsNull(column, i)) return "(null)";
    const int8_t index = static_cast<const int8_t*>(column->buffers[1])[i];
    const ArrowArray* texts = column->dictionary;
    const auto* ends = static_cast<const int32_t*>(texts->buffers[1]);
    const auto* text = static_cast<const char*>(texts->buffers[2]);
    return {text + ends[index], text + ends[index + 1]};
  }
  // Every value of every column (from the `first`), as text: two tables that
  // read the same are, but for the unit of their points.
  std::string Dump(int64_t first = 0) const {
    std::string text;
    for (int64_t c = first; c < schema.n_children; ++c) {
      Dump(*schema.children[c], *array.children[c], &text);
    }
    return text;
  }

 private:
  static void Dump(const ArrowSchema& type, const ArrowArray& column,
                   std::string* text) {
    const std::string format = type.format;
    const bool is_points = format == "l" || format == "d:9,6";
    *text += NameOf(type) + ":" + (is_points ? "points" : format) + " " +
             std::to_string(column.length) + " " +
             std::to_string(column.null_count) + "\n";
    for (size_t i = 0; i < static_cast<size_t>(column.length); ++i) {
      if (format == "+s") break;
      if (IsNull(&column, i)) {
        *text += "null ";
      } else if (is_points) {
        *text += std::to_string(PointsAt(type, column, i)) + " ";
      } else if (format == "i" || format == "+l") {
        *text +=
            std::to_string(static_cast<const int32_t*>(column.buffers[1])[i]) +
            " ";
      } else if (format == "c") {
        *text +=
            std::to_string(static_cast<const int8_t*>(column.buffers[1])[i]) +
            " ";
      }
    }
    for (int64_t c = 0; c < column.n_children; ++c) {
      Dump(*type.children[c], *column.children[c], text);
    }
    *text += "\n";
  }
};

}  // namespace influence::testing

#endif  // INFLUENCE_TESTS_POPULATION_SCORED_TABLE_H_
