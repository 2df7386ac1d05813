// Accumulates the effect of a change of formula on a population, in integers.
//
// Adding people and merging are sums, minima, maxima and the top of a total
// order, so the same people end in the same state however they are split and
// ordered.
#ifndef INFLUENCE_INSIGHT_DRIFT_COUNTS_H_
#define INFLUENCE_INSIGHT_DRIFT_COUNTS_H_

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/micros.h"
#include "model/vocabulary.h"

namespace influence {

// Smaller differences mean almost nothing.
inline constexpr Micros kScoreResolution = 6 * kOne;

// The histogram of changes has hundredths of a point, from -100 to 100 points.
inline constexpr Micros kChangeStep = kOne / 100;
inline constexpr size_t kChangeSteps = 2 * 100 * 100 + 1;
// The joint histogram has half points. Every band begins at a half point, so
// the bands follow from it.
inline constexpr Micros kHalfPoint = kOne / 2;
inline constexpr size_t kHalfPoints = 2 * 100 + 1;
// No sum of micropoints overflows: 2^35 * 10^8 < 2^62.
inline constexpr uint64_t kMaxDriftPeople = uint64_t{1} << 35;

// The position of a quantile among people ordered by change, counted from 1:
// the first person whose change at least permyriad / 10'000 of them do not
// exceed.
inline uint64_t RankAt(uint64_t people, int permyriad) {
  return std::max<uint64_t>(
      1, (people * static_cast<uint64_t>(permyriad) + 9'999) / 10'000);
}

using FactorPoints = std::array<Micros, kFactorCount>;  // by Index(factor)

struct Mover {
  std::string id;
  Micros before, after;
  FactorPoints before_points, after_points;
};
// By size of the change, the largest first, then by every other member.
bool operator<(const Mover& a, const Mover& b);
bool operator==(const Mover& a, const Mover& b);

// Rows that were scored under both algorithms.
struct DriftRows {
  const Micros* before;
  const Micros* after;
  std::array<const Micros*, kFactorCount> before_points;  // null: no such row
  std::array<const Micros*, kFactorCount> after_points;
};

// The totals of all people or of a slice. About half a MiB.
class DriftTotals {
 public:
  DriftTotals() : changes_(kChangeSteps), joint_(kHalfPoints * kHalfPoints) {}

  // Adds `count` rows, or the row `i`, each with a score. Keeps `top` movers;
  // `id_of(i)` returns a std::string.
  template <typename IdOf>
  void AddRows(const DriftRows& rows, size_t count, size_t top, IdOf id_of) {
    AddRange(rows, 0, count, top, id_of);
  }
  template <typename IdOf>
  void AddRow(const DriftRows& rows, size_t i, size_t top, IdOf id_of) {
    AddRange(rows, i, i + 1, top, id_of);
  }
  void AddRefused(uint64_t count) { refused_ += count; }

  // Merging has two steps: MergedMovers() allocates the movers of both, and
  // Merge(), which cannot fail, takes them and adds the rest.
  std::vector<Mover> MergedMovers(const DriftTotals& other, size_t top) const;
  void Merge(const DriftTotals& other, std::vector<Mover> movers) noexcept;

  struct Sums {
    uint64_t up = 0, down = 0;  // micropoints
  };
  uint64_t people() const { return unchanged_ + up_ + down_; }
  uint64_t refused() const { return refused_; }
  uint64_t unchanged() const { return unchanged_; }
  uint64_t up() const { return up_; }
  uint64_t down() const { return down_; }
  uint64_t beyond() const { return beyond_; }
  const Sums& points() const { return points_; }
  const std::array<Sums, kFactorCount>& factors() const { return factors_; }
  const std::vector<Mover>& movers() const { return movers_; }
  const std::vector<uint64_t>& changes() const { return changes_; }
  const std::vector<uint64_t>& joint() const { return joint_; }
  // These and Quantile() require people() > 0.
  Micros least() const { return least_; }
  Micros most() const { return most_; }
  // The change at RankAt(): at least permyriad / 10'000 of the people do not
  // exceed it.
  Micros Quantile(int permyriad) const;
  // 5 rows for the band before, 5 columns for the band after.
  std::array<uint64_t, 25> Bands() const;
  std::vector<uint64_t> ByHalfPoint(bool after) const;
  std::optional<int64_t> SpearmanMicros() const;
  std::optional<int64_t> KendallMicros() const;
  std::optional<int64_t> StabilityMicros() const;
  // The share of each factor in all movement, in millionths; 0 if nothing
  // moved.
  std::array<int64_t, kFactorCount> Shares() const;

  // Everything but the histograms and movers as numbers, for saving.
  static constexpr size_t kNumbers = 9 + 2 * kFactorCount;
  std::array<uint64_t, kNumbers> Numbers() const;
  // Restores Numbers() and the rest. False if they cannot be a state.
  bool Restore(const std::array<uint64_t, kNumbers>& numbers,
               std::vector<uint64_t> changes, std::vector<uint64_t> joint,
               std::vector<Mover> movers, size_t top);

 private:
  // The counters of one loop over rows, kept in registers.
  struct Counts {
    uint64_t unchanged = 0, up = 0, beyond = 0;
    Micros size = 0, net = 0;  // sums of changes, without and with sign
    Micros least = kFullScore + 1, most = -kFullScore - 1;
  };

  template <typename IdOf>
  void AddRange(const DriftRows& rows, size_t begin, size_t end, size_t top,
                IdOf id_of) {
    AddPoints(rows, begin, end - begin);
    uint64_t* const changes = changes_.data();
    uint64_t* const joint = joint_.data();
    Counts counts;
    for (size_t i = begin; i < end; ++i) {
      const Micros before = rows.before[i], after = rows.after[i];
      const Micros change = after - before;
      const Micros size = change < 0 ? -change : change;
      counts.unchanged += change == 0;
      counts.up += change > 0;
      counts.beyond += size >= kScoreResolution;
      counts.size += size;
      counts.net += change;
      counts.least = change < counts.least ? change : counts.least;
      counts.most = change > counts.most ? change : counts.most;
      ++changes[StepOf(change)];
      ++joint[HalfPointOf(before) * kHalfPoints + HalfPointOf(after)];
      if (size >= least_mover_ && size > 0 && top > 0) {
        KeepMover(MoverOf(rows, i, id_of(i)), top);
      }
    }
    Fold(counts, end - begin);
  }
  void AddPoints(const DriftRows& rows, size_t begin, size_t count);
  void Fold(const Counts& counts, size_t rows);
  // Scores fit 32 bits, and 32-bit divisions by a constant are the fast ones.
  static size_t HalfPointOf(Micros score) {
    return static_cast<uint32_t>(score) / static_cast<uint32_t>(kHalfPoint);
  }
  static size_t StepOf(Micros change) {
    return static_cast<uint32_t>(change + kFullScore + kChangeStep / 2) /
           static_cast<uint32_t>(kChangeStep);
  }
  static Mover MoverOf(const DriftRows& rows, size_t i, std::string id);
  void KeepMover(Mover mover, size_t top);
  void NoteLeastMover(size_t top);

  uint64_t refused_ = 0;
  uint64_t unchanged_ = 0, up_ = 0, down_ = 0, beyond_ = 0;
  Micros least_ = kFullScore + 1, most_ = -kFullScore - 1;  // nobody yet
  Sums points_;
  std::array<Sums, kFactorCount> factors_;
  std::vector<uint64_t> changes_;
  std::vector<uint64_t> joint_;
  std::vector<Mover> movers_;  // in order
  Micros least_mover_ = 0;     // a smaller change is not kept
};

}  // namespace influence

#endif  // INFLUENCE_INSIGHT_DRIFT_COUNTS_H_
