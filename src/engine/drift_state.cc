// Saves and loads a drift. The digest finds damage, not malice: whoever can
// write the bytes can write the digest, so loading also checks every number
// against the laws that DriftTotals::Restore() knows.
#include "engine/drift_state.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>
#include <optional>
#include <utility>
#include <vector>

#include "base/sha256.h"
#include "codec/codec.h"
#include "insight/stored_laws.h"
#include "model/profile.h"

namespace influence {

// The saved state as messages, with tables for the codec. They are private:
// only the same version of the library reads them.
namespace kept {

using msg::Field;
using msg::Kind;
using msg::kOptionalOps;
using msg::kRepeatedOps;
using msg::Label;
using msg::Table;

struct Person {
  std::string_view id;
  std::vector<uint64_t> scores;  // before, after
  std::vector<uint64_t> before_points, after_points;
};
constexpr Field kPersonFields[] = {
    {1, Kind::kString, Label::kPlain, 0, "id", offsetof(Person, id), nullptr,
     nullptr},
    {2, Kind::kUint64, Label::kRepeated, 0, "scores", offsetof(Person, scores),
     nullptr, &kRepeatedOps<uint64_t>},
    {3, Kind::kUint64, Label::kRepeated, 0, "before_points",
     offsetof(Person, before_points), nullptr, &kRepeatedOps<uint64_t>},
    {4, Kind::kUint64, Label::kRepeated, 0, "after_points",
     offsetof(Person, after_points), nullptr, &kRepeatedOps<uint64_t>},
};
constexpr Table kPerson = {"Person", sizeof(Person), kPersonFields, 4};

struct Totals {
  std::vector<uint64_t> numbers;         // DriftTotals::Numbers()
  std::vector<uint64_t> changes, joint;  // histograms
  std::vector<Person> movers;
};
constexpr Field kTotalsFields[] = {
    {1, Kind::kUint64, Label::kRepeated, 0, "numbers",
     offsetof(Totals, numbers), nullptr, &kRepeatedOps<uint64_t>},
    {2, Kind::kUint64, Label::kRepeated, 0, "changes",
     offsetof(Totals, changes), nullptr, &kRepeatedOps<uint64_t>},
    {3, Kind::kUint64, Label::kRepeated, 0, "joint", offsetof(Totals, joint),
     nullptr, &kRepeatedOps<uint64_t>},
    {4, Kind::kMessage, Label::kRepeated, 0, "movers", offsetof(Totals, movers),
     &kPerson, &kRepeatedOps<Person>},
};
constexpr Table kTotals = {"Totals", sizeof(Totals), kTotalsFields, 4};

struct Slice {
  uint64_t column{};
  bool is_null{};
  std::string_view value;
  std::optional<Totals> totals;
};
constexpr Field kSliceFields[] = {
    {1, Kind::kUint64, Label::kPlain, 0, "column", offsetof(Slice, column),
     nullptr, nullptr},
    {2, Kind::kBool, Label::kPlain, 0, "is_null", offsetof(Slice, is_null),
     nullptr, nullptr},
    {3, Kind::kString, Label::kPlain, 0, "value", offsetof(Slice, value),
     nullptr, nullptr},
    {4, Kind::kMessage, Label::kOptional, 0, "totals", offsetof(Slice, totals),
     &kTotals, &kOptionalOps<Totals>},
};
constexpr Table kSlice = {"Slice", sizeof(Slice), kSliceFields, 4};

struct State {
  std::string_view before, after;
  uint64_t top{};
  bool accept_doubles{};
  std::vector<std::string_view> slice_columns;
  std::optional<Totals> all;
  std::vector<Slice> slices;
};
constexpr Field kStateFields[] = {
    {1, Kind::kString, Label::kPlain, 0, "before", offsetof(State, before),
     nullptr, nullptr},
    {2, Kind::kString, Label::kPlain, 0, "after", offsetof(State, after),
     nullptr, nullptr},
    {3, Kind::kUint64, Label::kPlain, 0, "top", offsetof(State, top), nullptr,
     nullptr},
    {4, Kind::kBool, Label::kPlain, 0, "accept_doubles",
     offsetof(State, accept_doubles), nullptr, nullptr},
    {5, Kind::kString, Label::kRepeated, 0, "slice_columns",
     offsetof(State, slice_columns), nullptr, &kRepeatedOps<std::string_view>},
    {6, Kind::kMessage, Label::kOptional, 0, "all", offsetof(State, all),
     &kTotals, &kOptionalOps<Totals>},
    {7, Kind::kMessage, Label::kRepeated, 0, "slices", offsetof(State, slices),
     &kSlice, &kRepeatedOps<Slice>},
};
constexpr Table kState = {"State", sizeof(State), kStateFields, 7};

}  // namespace kept

namespace {

constexpr std::string_view kMagic = "influence drift 2\n";
constexpr size_t kDigestBytes = 64;  // hex

void Append(std::string_view bytes, ByteBuffer* out) {
  uint8_t* const room = out->Room(bytes.size());
  std::memcpy(room, bytes.data(), bytes.size());
  out->SetEnd(room + bytes.size());
}

// --------------------------------------------------------------- histograms

// Most of the 40'401 cells of a joint histogram are 0.
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

// Rejects pairs out of range, counts of 0 and repeated cells, so that each
// histogram has exactly one encoding.
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

// ------------------------------------------------------------------- saving

std::vector<uint64_t> Unsigned(const FactorPoints& points) {
  return {points.begin(), points.end()};
}

// Views the ids of the movers: the totals must outlive the message.
kept::Totals KeptOf(const DriftTotals& totals) {
  const auto numbers = totals.Numbers();
  kept::Totals kept;
  kept.numbers = {numbers.begin(), numbers.end()};
  kept.changes = Sparse(totals.changes());
  kept.joint = Sparse(totals.joint());
  for (const Mover& mover : totals.movers()) {
    kept.movers.push_back({mover.id,
                           {static_cast<uint64_t>(mover.before),
                            static_cast<uint64_t>(mover.after)},
                           Unsigned(mover.before_points),
                           Unsigned(mover.after_points)});
  }
  return kept;
}

// ------------------------------------------------------------------ loading

Error Damaged() {
  return {Code::kMalformed, "bytes", "are not a drift that was saved"};
}

bool InRange(const std::vector<uint64_t>& points) {
  return std::all_of(points.begin(), points.end(), [](uint64_t value) {
    return value <= static_cast<uint64_t>(kFullScore);
  });
}

// Scores and points are unsigned in the file; a negative number would be out of
// range here.
bool Read(const kept::Person& person, Mover* mover) {
  if (person.scores.size() != 2 ||
      person.before_points.size() != kFactorCount ||
      person.after_points.size() != kFactorCount || !InRange(person.scores) ||
      !InRange(person.before_points) || !InRange(person.after_points) ||
      person.id.size() > kMaxIdBytes) {
    return false;
  }
  mover->id = std::string(person.id);
  mover->before = static_cast<Micros>(person.scores[0]);
  mover->after = static_cast<Micros>(person.scores[1]);
  for (size_t f = 0; f < kFactorCount; ++f) {
    mover->before_points[f] = static_cast<Micros>(person.before_points[f]);
    mover->after_points[f] = static_cast<Micros>(person.after_points[f]);
  }
  return true;
}

// Restore() checks the laws that tie the parts together.
bool Read(const kept::Totals& kept, size_t top, DriftTotals* totals) {
  std::array<uint64_t, DriftTotals::kNumbers> numbers;
  if (kept.numbers.size() != numbers.size() || kept.movers.size() > top) {
    return false;
  }
  std::copy(kept.numbers.begin(), kept.numbers.end(), numbers.begin());
  std::vector<Mover> movers(kept.movers.size());
  for (size_t i = 0; i < movers.size(); ++i) {
    if (!Read(kept.movers[i], &movers[i])) return false;
  }
  std::vector<uint64_t> changes(kChangeSteps);
  std::vector<uint64_t> joint(kHalfPoints * kHalfPoints);
  return Dense(kept.changes, &changes) && Dense(kept.joint, &joint) &&
         totals->Restore(numbers, std::move(changes), std::move(joint),
                         std::move(movers), top);
}

bool Read(const kept::State& kept, SavedDrift* saved, Drift::State* state) {
  if (kept.before.empty() || kept.after.empty() || kept.top > kMaxTopMovers ||
      kept.slice_columns.size() > kMaxSliceColumns ||
      kept.slices.size() > kMaxSlices || !kept.all.has_value()) {
    return false;
  }
  saved->before = std::string(kept.before);
  saved->after = std::string(kept.after);
  DriftSettings& settings = saved->settings;
  settings.top = static_cast<uint32_t>(kept.top);
  settings.accept_doubles = kept.accept_doubles;
  settings.slices = {kept.slice_columns.begin(), kept.slice_columns.end()};
  if (!Read(*kept.all, settings.top, &state->all)) return false;
  for (const kept::Slice& slice : kept.slices) {
    if (slice.column >= settings.slices.size() ||
        slice.value.size() > kMaxIdBytes || !slice.totals.has_value()) {
      return false;
    }
    const auto [place, is_new] =
        state->slices.try_emplace({static_cast<size_t>(slice.column),
                                   std::string(slice.value), slice.is_null});
    if (!is_new || !Read(*slice.totals, settings.top, &place->second)) {
      return false;
    }
  }
  return true;
}

}  // namespace

// Slices come from an ordered map, so equal drifts have equal bytes.
void SaveDrift(const SavedDrift& saved, const Drift::State& state,
               ByteBuffer* out) {
  const DriftSettings& settings = saved.settings;
  kept::State kept;
  kept.before = saved.before;
  kept.after = saved.after;
  kept.top = settings.top;
  kept.accept_doubles = settings.accept_doubles;
  kept.slice_columns = {settings.slices.begin(), settings.slices.end()};
  kept.all = KeptOf(state.all);
  for (const auto& [key, totals] : state.slices) {
    kept.slices.push_back({key.column, key.is_null, key.value, KeptOf(totals)});
  }
  const size_t begin = out->size();
  Append(kMagic, out);
  EncodeAs(kept::kState, &kept, out);
  Append(Sha256Hex(out->view().substr(begin)), out);
}

// The digest is checked before the message is decoded.
Error LoadDrift(std::string_view bytes, SavedDrift* saved,
                Drift::State* state) {
  if (bytes.size() < kMagic.size() + kDigestBytes ||
      bytes.substr(0, kMagic.size()) != kMagic) {
    return Damaged();
  }
  const std::string_view all = bytes.substr(0, bytes.size() - kDigestBytes);
  if (Sha256Hex(all) != bytes.substr(all.size())) return Damaged();
  kept::State kept;
  const Error error = DecodeAs(kept::kState, all.substr(kMagic.size()), &kept);
  return error.ok() && Read(kept, saved, state) ? Error() : Damaged();
}

}  // namespace influence
