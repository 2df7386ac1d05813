#include "engine/drift_state.h"

#include <algorithm>
#include <utility>

#include "base/sha256.h"
#include "wire/fields.h"
#include "wire/unpack.h"
#include "wire/utf8.h"

namespace influence {
namespace {

constexpr std::string_view kMagic = "influence drift 1\n";
constexpr size_t kDigestBytes = 64;  // hex

// Field numbers of what is kept.
enum Kept : uint32_t { kBefore = 1, kAfter, kTop, kSlice, kAll, kPart, kFloat };
enum KeptPart : uint32_t { kColumn = 1, kIsNull, kValue, kTotals };
enum KeptTotals : uint32_t { kNumbers = 1, kChanges, kJoint, kMover };
enum KeptMover : uint32_t { kId = 1, kScores, kBeforePoints, kAfterPoints };

std::vector<uint64_t> Sparse(const std::vector<uint64_t>& counts) {
  std::vector<uint64_t> pairs;
  size_t last = 0;
  for (size_t i = 0; i < counts.size(); ++i) {
    if (counts[i] == 0) continue;
    pairs.push_back(i - last);
    pairs.push_back(counts[i]);
    last = i;
  }
  return pairs;
}

bool Dense(const std::vector<uint64_t>& pairs, std::vector<uint64_t>* counts) {
  if (pairs.size() % 2 != 0) return false;
  size_t at = 0;
  for (size_t i = 0; i < pairs.size(); i += 2) {
    if (pairs[i] >= counts->size() - at || pairs[i + 1] == 0 ||
        (i > 0 && pairs[i] == 0)) {
      return false;
    }
    at += static_cast<size_t>(pairs[i]);
    (*counts)[at] = pairs[i + 1];
  }
  return true;
}

std::vector<uint64_t> Unsigned(const FactorPoints& points) {
  return {points.begin(), points.end()};
}

Message MoverState(const Mover& mover) {
  Message message;
  message.Text(kId, mover.id);
  message.Packed(kScores, {static_cast<uint64_t>(mover.before),
                           static_cast<uint64_t>(mover.after)});
  message.Packed(kBeforePoints, Unsigned(mover.before_points));
  message.Packed(kAfterPoints, Unsigned(mover.after_points));
  return message;
}

Message TotalsState(const DriftTotals& totals) {
  const auto numbers = totals.Numbers();
  Message message;
  message.Packed(kNumbers, {numbers.begin(), numbers.end()});
  message.Packed(kChanges, Sparse(totals.changes()));
  message.Packed(kJoint, Sparse(totals.joint()));
  for (const Mover& mover : totals.movers()) {
    message.Sub(kMover, MoverState(mover));
  }
  return message;
}

Error Damaged() {
  return {Code::kMalformed, "bytes", "are not a drift that was saved"};
}

bool InRange(const std::vector<uint64_t>& points) {
  return std::all_of(points.begin(), points.end(), [](uint64_t value) {
    return value <= static_cast<uint64_t>(kFullScore);
  });
}

bool ReadMover(std::string_view bytes, Mover* mover) {
  std::vector<uint64_t> scores, before, after;
  Fields in(bytes);
  while (in.Next()) {
    if (in.IsBytes(kId)) {
      mover->id = std::string(in.Bytes());
    } else if (in.IsBytes(kScores)) {
      scores = in.Packed(2);
    } else if (in.IsBytes(kBeforePoints)) {
      before = in.Packed(kFactorCount);
    } else if (in.IsBytes(kAfterPoints)) {
      after = in.Packed(kFactorCount);
    } else {
      in.Skip();
    }
  }
  if (scores.size() != 2 || before.size() != kFactorCount ||
      after.size() != kFactorCount || !InRange(scores) || !InRange(before) ||
      !InRange(after) || mover->id.size() > kMaxIdBytes) {
    return false;
  }
  mover->before = static_cast<Micros>(scores[0]);
  mover->after = static_cast<Micros>(scores[1]);
  for (size_t f = 0; f < kFactorCount; ++f) {
    mover->before_points[f] = static_cast<Micros>(before[f]);
    mover->after_points[f] = static_cast<Micros>(after[f]);
  }
  return true;
}

bool ReadTotals(std::string_view bytes, size_t top, DriftTotals* totals) {
  std::vector<uint64_t> numbers, changes, joint;
  std::vector<Mover> movers;
  Fields in(bytes);
  while (in.Next()) {
    if (in.IsBytes(kNumbers)) {
      numbers = in.Packed(DriftTotals::kNumbers);
    } else if (in.IsBytes(kChanges)) {
      changes = in.Packed(2 * kChangeSteps);
    } else if (in.IsBytes(kJoint)) {
      joint = in.Packed(2 * kHalfPoints * kHalfPoints);
    } else if (in.IsBytes(kMover)) {
      Mover mover{};
      if (movers.size() >= top || !ReadMover(in.Bytes(), &mover)) return false;
      movers.push_back(std::move(mover));
    } else {
      in.Skip();
    }
  }
  if (numbers.size() != DriftTotals::kNumbers) return false;
  std::array<uint64_t, DriftTotals::kNumbers> all;
  std::copy(numbers.begin(), numbers.end(), all.begin());
  std::vector<uint64_t> change_counts(kChangeSteps);
  std::vector<uint64_t> joint_counts(kHalfPoints * kHalfPoints);
  return Dense(changes, &change_counts) && Dense(joint, &joint_counts) &&
         totals->Restore(all, std::move(change_counts), std::move(joint_counts),
                         std::move(movers), top);
}

bool ReadPart(std::string_view bytes, const DriftOptions& options,
              Drift::Slices* slices) {
  Drift::SliceKey key = {0, "", false};
  std::string_view totals_bytes;
  Fields in(bytes);
  while (in.Next()) {
    if (in.IsVarint(kColumn)) {
      key.column = static_cast<size_t>(in.Varint());
    } else if (in.IsVarint(kIsNull)) {
      key.is_null = in.Varint() != 0;
    } else if (in.IsBytes(kValue)) {
      key.value = std::string(in.Bytes());
    } else if (in.IsBytes(kTotals)) {
      totals_bytes = in.Bytes();
    } else {
      in.Skip();
    }
  }
  if (key.column >= options.slices.size() || key.value.size() > kMaxIdBytes ||
      slices->size() >= kMaxSlices) {
    return false;
  }
  const auto [place, is_new] = slices->try_emplace(std::move(key));
  return is_new && ReadTotals(totals_bytes, options.top, &place->second);
}

bool ReadAll(std::string_view bytes, SavedDrift* saved, Drift::State* state) {
  // The options come first, as they are written: the rest is read by them.
  bool has_totals = false;
  Fields in(bytes);
  while (in.Next()) {
    if (in.IsBytes(kBefore)) {
      saved->before = std::string(in.Bytes());
    } else if (in.IsBytes(kAfter)) {
      saved->after = std::string(in.Bytes());
    } else if (in.IsVarint(kTop)) {
      const uint64_t top = in.Varint();
      if (top > kMaxTopMovers) return false;
      saved->options.top = static_cast<uint32_t>(top);
    } else if (in.IsBytes(kSlice)) {
      if (saved->options.slices.size() >= kMaxSliceColumns) return false;
      saved->options.slices.emplace_back(in.Bytes());
      if (!IsUtf8(saved->options.slices.back())) return false;
    } else if (in.IsBytes(kAll)) {
      if (has_totals) return false;
      has_totals = true;
      if (!ReadTotals(in.Bytes(), saved->options.top, &state->all)) {
        return false;
      }
    } else if (in.IsBytes(kPart)) {
      if (!ReadPart(in.Bytes(), saved->options, &state->slices)) return false;
    } else if (in.IsVarint(kFloat)) {
      saved->options.accept_doubles = in.Varint() != 0;
    } else {
      in.Skip();
    }
  }
  return has_totals && !saved->before.empty() && !saved->after.empty();
}

Message MoverMessage(const Mover& mover, const std::vector<Factor>& factors) {
  using namespace field::drift_mover;
  Message message;
  message.Text(field::drift_mover::kId, Readable(mover.id));
  message.Int(field::drift_mover::kBefore, mover.before);
  message.Int(field::drift_mover::kAfter, mover.after);
  for (const Factor factor : factors) {
    Message change;
    change.Number(field::drift_factor_change::kFactor, factor);
    change.Int(field::drift_factor_change::kBefore,
               mover.before_points[Index(factor)]);
    change.Int(field::drift_factor_change::kAfter,
               mover.after_points[Index(factor)]);
    message.Sub(kFactors, change);
  }
  return message;
}

}  // namespace

void SaveDrift(const SavedDrift& saved, const Drift::State& state,
               ByteBuffer* out) {
  Message message;
  message.Raw(kMagic);
  message.Text(kBefore, saved.before);
  message.Text(kAfter, saved.after);
  message.Uint(kTop, saved.options.top);
  for (const std::string& slice : saved.options.slices) {
    message.Text(kSlice, slice);
  }
  message.Sub(kAll, TotalsState(state.all));
  for (const auto& [key, totals] : state.slices) {
    Message part;
    part.Uint(kColumn, key.column);
    part.Number(kIsNull, key.is_null);
    part.Text(kValue, key.value);
    part.Sub(kTotals, TotalsState(totals));
    message.Sub(kPart, part);
  }
  message.Number(kFloat, saved.options.accept_doubles);
  message.Raw(Sha256Hex(message.bytes()));
  message.AppendTo(out);
}

Error LoadDrift(std::string_view bytes, SavedDrift* saved,
                Drift::State* state) {
  if (bytes.size() < kMagic.size() + kDigestBytes ||
      bytes.substr(0, kMagic.size()) != kMagic) {
    return Damaged();
  }
  const std::string_view kept = bytes.substr(0, bytes.size() - kDigestBytes);
  if (Sha256Hex(kept) != bytes.substr(kept.size())) return Damaged();
  bool good = false;
  const Error error = ReadFields(
      [&] { good = ReadAll(kept.substr(kMagic.size()), saved, state); });
  return error.ok() && good ? Error() : Damaged();
}

Message SummaryMessage(const DriftTotals& totals,
                       const std::vector<Factor>& factors) {
  using namespace field::drift_summary;
  Message message;
  message.Uint(kPeople, totals.people());
  message.Uint(kRefused, totals.refused());
  message.Uint(kUnchanged, totals.unchanged());
  message.Uint(kUp, totals.up());
  message.Uint(kDown, totals.down());
  message.Uint(kBeyond, totals.beyond());
  message.Uint(kUpPoints, totals.points().up);
  message.Uint(kDownPoints, totals.points().down);
  if (totals.people() > 0) {
    for (const int permyriad :
         {0, 100, 500, 1000, 2500, 5000, 7500, 9000, 9500, 9900, 10'000}) {
      Message quantile;
      quantile.Int(field::drift_quantile::kPermyriad, permyriad);
      quantile.Int(field::drift_quantile::kChange, totals.Quantile(permyriad));
      message.Sub(kQuantiles, quantile);
    }
  }
  const auto bands = totals.Bands();
  message.Packed(kBands, {bands.begin(), bands.end()});
  const auto optional = [&message](uint32_t field,
                                   const std::optional<int64_t>& value) {
    if (value.has_value()) message.PresentInt(field, *value);
  };
  optional(kSpearman, totals.SpearmanMicros());
  optional(kKendall, totals.KendallMicros());
  optional(kStability, totals.StabilityMicros());
  const auto shares = totals.Shares();
  for (const Factor factor : factors) {
    const DriftTotals::Sums& sums = totals.factors()[Index(factor)];
    Message part;
    part.Number(field::drift_factor::kFactor, factor);
    part.Uint(field::drift_factor::kUp, sums.up);
    part.Uint(field::drift_factor::kDown, sums.down);
    part.Int(field::drift_factor::kShare, shares[Index(factor)]);
    message.Sub(kFactors, part);
  }
  for (const Mover& mover : totals.movers()) {
    message.Sub(kMovers, MoverMessage(mover, factors));
  }
  return message;
}

void AddDistributions(const DriftTotals& totals, Message* report) {
  using namespace field::drift_report;
  for (const bool after : {false, true}) {
    const std::vector<uint64_t> halves = totals.ByHalfPoint(after);
    std::vector<uint64_t> points(100);
    for (size_t i = 0; i < halves.size(); ++i) {
      points[std::min<size_t>(i / 2, 99)] += halves[i];
    }
    report->Packed(after ? kAfterByPoint : kBeforeByPoint, points);
  }
  constexpr auto kZero = static_cast<int64_t>(kChangeSteps / 2);
  for (size_t i = 0; i < totals.changes().size(); ++i) {
    uint64_t people = totals.changes()[i];
    const int64_t hundredths = static_cast<int64_t>(i) - kZero;
    if (hundredths == 0) people -= totals.unchanged();
    if (people == 0) continue;
    Message change;
    change.Int(field::drift_change::kHundredths, hundredths);
    change.Uint(field::drift_change::kPeople, people);
    report->Sub(field::drift_report::kChanges, change);
  }
}

}  // namespace influence
