// The list of released algorithms. It is the only place that turns the constant
// tables of v1/, v2/ and so on into the Algorithm that the evaluator runs;
// frozen.h locks the same tables at compile time.
#include "algorithm/registry.h"

#include "algorithm/frozen.h"  // IWYU pragma: keep
#include "algorithm/table.h"
#include "algorithm/v1/weights.h"
#include "algorithm/v2/weights.h"

namespace influence {
namespace {

// A released version's two tables, whatever their lengths.
struct Released {
  template <size_t N, size_t M>
  constexpr Released(std::string_view version, const FactorRow (&f)[N],
                     const SignalRow (&s)[M])
      : id(version),
        factors(f),
        factors_end(f + N),
        signals(s),
        signals_end(s + M) {}

  std::string_view id;
  const FactorRow *factors, *factors_end;
  const SignalRow *signals, *signals_end;
};

// One line a version, oldest first.
constexpr Released kReleased[] = {
    {"v1", v1::kFactors, v1::kSignals},
    {"v2", v2::kFactors, v2::kSignals},
};

// Signals keep the order of the table, which is that of the enumeration:
// results and fingerprints depend on it.
Algorithm Build(const Released& released) {
  Algorithm out{std::string(released.id), true, {}};
  for (const FactorRow* f = released.factors; f != released.factors_end; ++f) {
    Row row{f->factor,
            f->weight_micropoints,
            f->full_marks_units * kOne,
            f->half_life_units,
            {}};
    for (const SignalRow* s = released.signals; s != released.signals_end;
         ++s) {
      if (s->factor == f->factor) {
        row.counts.push_back({s->signal, s->value_micros});
      }
    }
    out.rows.push_back(std::move(row));
  }
  return out;
}

}  // namespace

std::vector<std::string_view> ReleasedIds() {
  std::vector<std::string_view> ids;
  for (const Released& released : kReleased) ids.push_back(released.id);
  return ids;
}

std::optional<Algorithm> FindReleased(std::string_view id) {
  for (const Released& released : kReleased) {
    if (released.id == id) return Build(released);
  }
  return std::nullopt;
}

}  // namespace influence
