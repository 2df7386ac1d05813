// The totals of a drift. AddRange() in the header does the counting in one
// branch-free loop per chunk; the figures of a report are derived here, when
// they are asked for, from the two histograms.
#include "insight/drift_counts.h"

#include <algorithm>
#include <iterator>
#include <tuple>
#include <utility>

#include "base/muldiv.h"
#include "insight/agreement.h"
#include "scoring/evaluator.h"

namespace influence {
namespace {

Micros SizeOf(const Mover& mover) {
  const Micros change = mover.after - mover.before;
  return change < 0 ? -change : change;
}

size_t BandIndex(size_t half_points) {
  const auto score = static_cast<Micros>(half_points) * kHalfPoint;
  return static_cast<size_t>(BandOf(score)) - 1;
}

}  // namespace

bool operator<(const Mover& a, const Mover& b) {
  const auto key = [](const Mover& mover) {
    return std::tie(mover.id, mover.before, mover.after, mover.before_points,
                    mover.after_points);
  };
  if (SizeOf(a) != SizeOf(b)) return SizeOf(a) > SizeOf(b);
  return key(a) < key(b);
}

bool operator==(const Mover& a, const Mover& b) { return !(a < b) && !(b < a); }

void DriftTotals::AddPoints(const DriftRows& rows, size_t begin, size_t count) {
  static const Micros kNone[kFactorCount] = {};
  for (size_t f = 0; f < kFactorCount; ++f) {
    const Micros* before = rows.before_points[f];
    const Micros* after = rows.after_points[f];
    if (before == nullptr && after == nullptr) continue;
    // A factor that one side lacks earns nothing there.
    const size_t before_step = before == nullptr ? 0 : 1;
    const size_t after_step = after == nullptr ? 0 : 1;
    before = before == nullptr ? kNone : before + begin;
    after = after == nullptr ? kNone : after + begin;
    Micros size = 0, net = 0;
    for (size_t i = 0; i < count; ++i) {
      const Micros change = after[i * after_step] - before[i * before_step];
      size += change < 0 ? -change : change;
      net += change;
    }
    // size = up + down and net = up - down, so half their sum and half their
    // difference are exact.
    factors_[f].up += static_cast<uint64_t>((size + net) / 2);
    factors_[f].down += static_cast<uint64_t>((size - net) / 2);
  }
}

void DriftTotals::Fold(const Counts& counts, size_t rows) {
  unchanged_ += counts.unchanged;
  up_ += counts.up;
  down_ += rows - counts.unchanged - counts.up;
  beyond_ += counts.beyond;
  points_.up += static_cast<uint64_t>((counts.size + counts.net) / 2);
  points_.down += static_cast<uint64_t>((counts.size - counts.net) / 2);
  least_ = std::min(least_, counts.least);
  most_ = std::max(most_, counts.most);
}

Mover DriftTotals::MoverOf(const DriftRows& rows, size_t i, std::string id) {
  Mover mover = {std::move(id), rows.before[i], rows.after[i], {}, {}};
  for (size_t f = 0; f < kFactorCount; ++f) {
    if (rows.before_points[f] != nullptr) {
      mover.before_points[f] = rows.before_points[f][i];
    }
    if (rows.after_points[f] != nullptr) {
      mover.after_points[f] = rows.after_points[f][i];
    }
  }
  return mover;
}

// The list stays sorted. Most rows never get here, because AddRange() compares
// with least_mover_ first.
void DriftTotals::KeepMover(Mover mover, size_t top) {
  const auto place = std::upper_bound(movers_.begin(), movers_.end(), mover);
  if (place == movers_.end() && movers_.size() >= top) return;
  movers_.insert(place, std::move(mover));
  if (movers_.size() > top) movers_.pop_back();
  NoteLeastMover(top);
}

void DriftTotals::NoteLeastMover(size_t top) {
  const bool full = !movers_.empty() && movers_.size() >= top;
  least_mover_ = full ? SizeOf(movers_.back()) : 0;
}

// The top of a union is the top of the union of both tops, because the order is
// total.
std::vector<Mover> DriftTotals::MergedMovers(const DriftTotals& other,
                                             size_t top) const {
  std::vector<Mover> merged;
  merged.reserve(movers_.size() + other.movers_.size());
  std::merge(movers_.begin(), movers_.end(), other.movers_.begin(),
             other.movers_.end(), std::back_inserter(merged));
  if (merged.size() > top) {
    merged.erase(merged.begin() + static_cast<std::ptrdiff_t>(top),
                 merged.end());
  }
  return merged;
}

void DriftTotals::Merge(const DriftTotals& other,
                        std::vector<Mover> movers) noexcept {
  const bool full = movers.size() < movers_.size() + other.movers_.size();
  refused_ += other.refused_;
  unchanged_ += other.unchanged_;
  up_ += other.up_;
  down_ += other.down_;
  beyond_ += other.beyond_;
  points_.up += other.points_.up;
  points_.down += other.points_.down;
  least_ = std::min(least_, other.least_);
  most_ = std::max(most_, other.most_);
  for (size_t f = 0; f < kFactorCount; ++f) {
    factors_[f].up += other.factors_[f].up;
    factors_[f].down += other.factors_[f].down;
  }
  for (size_t i = 0; i < changes_.size(); ++i) changes_[i] += other.changes_[i];
  for (size_t i = 0; i < joint_.size(); ++i) joint_[i] += other.joint_[i];
  movers_ = std::move(movers);
  // A lower bound is enough: KeepMover() drops a smaller change.
  least_mover_ = full && !movers_.empty() ? SizeOf(movers_.back()) : 0;
}

// Between the ends a quantile is its step's centre, clamped to the exact
// extremes.
Micros DriftTotals::Quantile(int permyriad) const {
  if (permyriad <= 0) return least_;
  if (permyriad >= 10'000) return most_;
  const uint64_t rank = RankAt(people(), permyriad);
  uint64_t reached = 0;
  size_t step = 0;
  while ((reached += changes_[step]) < rank) ++step;
  const Micros change = static_cast<Micros>(step) * kChangeStep - kFullScore;
  return std::clamp(change, least_, most_);
}

// Exact, because every band begins at a half point.
std::array<uint64_t, 25> DriftTotals::Bands() const {
  std::array<uint64_t, 25> bands{};
  for (size_t i = 0; i < kHalfPoints; ++i) {
    for (size_t j = 0; j < kHalfPoints; ++j) {
      bands[BandIndex(i) * 5 + BandIndex(j)] += joint_[i * kHalfPoints + j];
    }
  }
  return bands;
}

std::vector<uint64_t> DriftTotals::ByHalfPoint(bool after) const {
  std::vector<uint64_t> counts(kHalfPoints);
  for (size_t i = 0; i < kHalfPoints; ++i) {
    for (size_t j = 0; j < kHalfPoints; ++j) {
      counts[after ? j : i] += joint_[i * kHalfPoints + j];
    }
  }
  return counts;
}

std::optional<int64_t> DriftTotals::SpearmanMicros() const {
  return Spearman({kHalfPoints, joint_});
}

std::optional<int64_t> DriftTotals::KendallMicros() const {
  return Kendall({kHalfPoints, joint_});
}

// Ten bins of ten points; a score of 100 belongs to the last one.
std::optional<int64_t> DriftTotals::StabilityMicros() const {
  if (people() == 0) return std::nullopt;
  constexpr size_t kBins = 10;
  std::vector<uint64_t> bins[2];
  for (const bool after : {false, true}) {
    std::vector<uint64_t>& to = bins[after ? 1 : 0];
    to.resize(kBins);
    const std::vector<uint64_t> counts = ByHalfPoint(after);
    for (size_t i = 0; i < kHalfPoints; ++i) {
      to[std::min(i / 20, kBins - 1)] += counts[i];
    }
  }
  return Stability(bins[0], bins[1]);
}

// Each share is rounded by itself, so they may sum to a few millionths more or
// less than one.
std::array<int64_t, kFactorCount> DriftTotals::Shares() const {
  uint64_t all = 0;
  for (const Sums& sums : factors_) all += sums.up + sums.down;
  std::array<int64_t, kFactorCount> shares{};
  if (all == 0) return shares;
  for (size_t f = 0; f < kFactorCount; ++f) {
    const auto part = static_cast<Micros>(factors_[f].up + factors_[f].down);
    shares[f] = MulDiv(kOne, part, static_cast<Micros>(all));
  }
  return shares;
}

// Extremes are shifted by kFullScore, because the saved numbers are unsigned.
std::array<uint64_t, DriftTotals::kNumbers> DriftTotals::Numbers() const {
  const bool any = people() > 0;
  std::array<uint64_t, kNumbers> numbers = {
      refused_,
      unchanged_,
      up_,
      down_,
      beyond_,
      points_.up,
      points_.down,
      any ? static_cast<uint64_t>(least_ + kFullScore) : 0,
      any ? static_cast<uint64_t>(most_ + kFullScore) : 0};
  for (size_t f = 0; f < kFactorCount; ++f) {
    numbers[9 + 2 * f] = factors_[f].up;
    numbers[10 + 2 * f] = factors_[f].down;
  }
  return numbers;
}

// The bytes may be hostile: every number is bounded before it enters a sum, so
// that no sum overflows, and the sums must agree.
bool DriftTotals::Restore(const std::array<uint64_t, kNumbers>& numbers,
                          std::vector<uint64_t> changes,
                          std::vector<uint64_t> joint,
                          std::vector<Mover> movers, size_t top) {
  for (size_t i = 0; i < 5; ++i) {
    if (numbers[i] > kMaxDriftPeople) return false;
  }
  refused_ = numbers[0];
  unchanged_ = numbers[1];
  up_ = numbers[2];
  down_ = numbers[3];
  beyond_ = numbers[4];
  const uint64_t people_here = people();
  if (people_here + refused_ > kMaxDriftPeople || beyond_ > people_here) {
    return false;
  }
  constexpr auto kMost = static_cast<uint64_t>(kFullScore);
  const uint64_t most_points = people_here * kMost;
  if (numbers[5] > most_points || numbers[6] > most_points ||
      numbers[7] > 2 * kMost || numbers[8] > 2 * kMost) {
    return false;
  }
  points_ = {numbers[5], numbers[6]};
  if (people_here > 0) {
    least_ = static_cast<Micros>(numbers[7]) - kFullScore;
    most_ = static_cast<Micros>(numbers[8]) - kFullScore;
    if (least_ > most_) return false;
  }
  // The factors of a score sum to at most 100 points, before and after.
  uint64_t left = 2 * most_points;
  for (size_t f = 0; f < kFactorCount; ++f) {
    factors_[f] = {numbers[9 + 2 * f], numbers[10 + 2 * f]};
    for (const uint64_t sum : {factors_[f].up, factors_[f].down}) {
      if (sum > left) return false;
      left -= sum;
    }
  }
  uint64_t in_changes = 0, in_joint = 0;
  for (const uint64_t count : changes) {
    if (count > people_here) return false;
    in_changes += count;
  }
  for (const uint64_t count : joint) {
    if (count > people_here) return false;
    in_joint += count;
  }
  if (in_changes != people_here || in_joint != people_here ||
      movers.size() > top || movers.size() > up_ + down_ ||
      !std::is_sorted(movers.begin(), movers.end())) {
    return false;
  }
  changes_ = std::move(changes);
  joint_ = std::move(joint);
  movers_ = std::move(movers);
  NoteLeastMover(top);
  return true;
}

}  // namespace influence
