// The form in which a released version writes its numbers (v1/weights.h), and
// the hash that locks them (frozen.h). registry.cc turns them into the
// Algorithm that runs.
#ifndef INFLUENCE_ALGORITHM_TABLE_H_
#define INFLUENCE_ALGORITHM_TABLE_H_

#include <cstddef>
#include <cstdint>

#include "base/micros.h"
#include "model/vocabulary.h"

namespace influence {

// One factor of a released version.
struct FactorRow {
  Factor factor;
  Micros weight_micropoints;
  int64_t full_marks_units;
  int32_t half_life_units;  // 0: none
};

// One signal of a released version: the factor it counts in, and its value
// there.
struct SignalRow {
  Signal signal;
  Factor factor;
  Micros value_micros;
};

// The sum of a table's weights, for a static_assert next to the table.
template <size_t N>
constexpr Micros TotalWeight(const FactorRow (&rows)[N]) {
  Micros total = 0;
  for (const FactorRow& row : rows) total += row.weight_micropoints;
  return total;
}

// FNV-1a over the numbers of a version, for the lock in frozen.h. Comments,
// spacing and alignment do not count; every number and the row order do.
template <size_t N, size_t M>
constexpr uint64_t LockOf(const FactorRow (&factors)[N],
                          const SignalRow (&signals)[M]) {
  uint64_t hash = 0xcbf29ce484222325;  // FNV offset basis
  auto mix = [&hash](uint64_t value) {
    for (int byte = 0; byte < 8; ++byte) {
      hash = (hash ^ ((value >> (8 * byte)) & 0xff)) * 0x100000001b3;
    }
  };
  for (const FactorRow& row : factors) {
    mix(static_cast<uint64_t>(row.factor));
    mix(static_cast<uint64_t>(row.weight_micropoints));
    mix(static_cast<uint64_t>(row.full_marks_units));
    mix(static_cast<uint64_t>(row.half_life_units));
  }
  for (const SignalRow& row : signals) {
    mix(static_cast<uint64_t>(row.signal));
    mix(static_cast<uint64_t>(row.factor));
    mix(static_cast<uint64_t>(row.value_micros));
  }
  return hash;
}

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_TABLE_H_
