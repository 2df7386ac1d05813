// Scores a population under two algorithms, table by table, and accumulates the
// differences.
#ifndef INFLUENCE_ENGINE_DRIFT_CALLS_H_
#define INFLUENCE_ENGINE_DRIFT_CALLS_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/byte_buffer.h"
#include "columns/arrow.h"
#include "engine/engine.h"
#include "insight/drift_counts.h"
#include "model/error.h"

namespace influence {

inline constexpr size_t kMaxSlices = 256;
inline constexpr size_t kMaxSliceColumns = 4;

// The checked DriftOptions of a drift.
struct DriftSettings {
  uint32_t threads = 0;
  bool accept_doubles = false;
  uint32_t top = 0;
  std::vector<std::string> slices;
};

class Drift {
 public:
  static Error New(const Engine& before, const Engine& after,
                   std::string_view options, std::unique_ptr<Drift>* out);
  static Error Load(const Engine& before, const Engine& after,
                    std::string_view bytes, std::unique_ptr<Drift>* out);

  // Each adds all people or, on failure, none.
  Error AddColumns(Owned<ArrowSchema> schema, Owned<ArrowArray> array);
  Error Add(std::string_view request);
  Error Merge(const Drift& other);

  void Save(ByteBuffer* out) const;
  // Appends a DriftReport.
  void Report(ByteBuffer* out) const;

  // A value of a slice column. Ordered as in a report.
  struct SliceKey {
    size_t column;  // in DriftSettings.slices
    std::string value;
    bool is_null;
    friend bool operator<(const SliceKey& a, const SliceKey& b) {
      if (a.column != b.column) return a.column < b.column;
      if (a.value != b.value) return a.value < b.value;
      return a.is_null < b.is_null;
    }
  };
  using Slices = std::map<SliceKey, DriftTotals>;
  struct State {
    DriftTotals all;
    Slices slices;
  };

 private:
  Drift(const Engine& before, const Engine& after)
      : before_(before.core()), after_(after.core()) {}
  Error MergeState(const State& other);

  std::shared_ptr<const Engine::Core> before_;
  std::shared_ptr<const Engine::Core> after_;
  DriftSettings settings_;
  State state_;
};

}  // namespace influence

#endif  // INFLUENCE_ENGINE_DRIFT_CALLS_H_
