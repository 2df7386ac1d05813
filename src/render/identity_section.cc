// Words the fields of an Identity. A field without an entry in kFields is still
// shown, under its path, so that an identity is never incomplete on a page of
// an older library.
#include "render/identity_section.h"

#include <algorithm>
#include <utility>

namespace influence {
namespace {

// The fields of Identity in the order of a page: names before digests.
struct FieldInfo {
  std::string_view path;
  Message name;
  enum Kind { kText, kCount, kDay, kDigest } kind;
};
constexpr FieldInfo kFields[] = {
    {"algorithm", Message::kRowAlgorithm, FieldInfo::kText},
    {"graph.nodes", Message::kRowGraphNodes, FieldInfo::kCount},
    {"graph.edges", Message::kRowGraphEdges, FieldInfo::kCount},
    {"graph.teleport_micros", Message::kRowTeleport, FieldInfo::kCount},
    {"graph.iterations", Message::kRowIterations, FieldInfo::kCount},
    {"as_of_days", Message::kRowAsOf, FieldInfo::kDay},
    {"library_version", Message::kRowScoredBy, FieldInfo::kText},
    {"", Message::kRowOther, FieldInfo::kText},  // any other field
    {"graph.digest", Message::kRowGraph, FieldInfo::kDigest},
    {"graph.seeds_digest", Message::kRowSeeds, FieldInfo::kDigest},
    {"fingerprint", Message::kRowFingerprint, FieldInfo::kDigest},
    {"input_digest", Message::kRowInput, FieldInfo::kDigest},
};

const FieldInfo& InfoOf(std::string_view path) {
  const FieldInfo* other = nullptr;
  for (const FieldInfo& info : kFields) {
    if (info.path == path) return info;
    if (info.path.empty()) other = &info;
  }
  return *other;
}

// Parses a number of at most `digits` digits; -1 for other text.
int64_t NumberIn(const std::string& value, size_t digits) {
  const bool is_number = !value.empty() && value.size() <= digits &&
                         std::all_of(value.begin(), value.end(), [](char c) {
                           return c >= '0' && c <= '9';
                         });
  return is_number ? std::stoll(value) : -1;
}

}  // namespace

Argument FieldName(std::string_view path) {
  const Message name = InfoOf(path).name;
  return name == Message::kRowOther ? Inner({name, {Text(path)}}) : Word(name);
}

// Shows a value as a day of the years 1970 to 9999, as a number, or else as
// text.
Argument FieldValue(std::string_view path, const std::string& value) {
  constexpr int64_t kLastDay = 2'932'896;  // 9999-12-31
  if (value.empty()) return Word(Message::kNotStatedThere);
  const FieldInfo::Kind kind = InfoOf(path).kind;
  if (kind == FieldInfo::kDay) {
    const int64_t day = NumberIn(value, 7);
    if (day >= 0 && day <= kLastDay) return Day(static_cast<int32_t>(day));
  } else if (kind == FieldInfo::kCount) {
    const int64_t count = NumberIn(value, 18);
    if (count >= 0) return Count(static_cast<uint64_t>(count));
  }
  return Text(value);
}

bool NamesBytes(std::string_view path) {
  return InfoOf(path).kind == FieldInfo::kDigest;
}

// The order of kFields; unknown fields keep theirs, at the place of the empty
// path.
std::vector<IdentityField> InOrder(std::vector<IdentityField> fields) {
  std::stable_sort(fields.begin(), fields.end(),
                   [](const IdentityField& a, const IdentityField& b) {
                     return &InfoOf(a.path) < &InfoOf(b.path);
                   });
  return fields;
}

Section IdentityOf(Message heading, std::string_view person,
                   const std::vector<IdentityField>& identity,
                   const Origin& origin) {
  Section section;
  section.heading = Say(heading);
  section.table.align = "ll";
  const auto add = [&section](Sentence what, Argument is) {
    section.table.rows.push_back({std::move(what), Say(std::move(is))});
  };
  add(Say(Message::kColumnWhat), Word(Message::kColumnIs));
  if (!person.empty()) add(Say(Message::kRowPerson), Text(person));
  for (const IdentityField& one : InOrder(identity)) {
    const Argument name = FieldName(one.path);
    if (one.before == one.after) {
      add(Say(name), FieldValue(one.path, one.after));
    } else {
      add({Message::kRowBefore, {name}}, FieldValue(one.path, one.before));
      add({Message::kRowNow, {name}}, FieldValue(one.path, one.after));
    }
  }
  if (!origin.rendered_by.empty()) {
    add(Say(Message::kRowRenderedBy), Text(origin.rendered_by));
  }
  return section;
}

// Each page says what was proved: recomputation, or only sums.
Section LimitsOf(bool prices, Proof proof) {
  Section section;
  section.heading = Say(Message::kHeadLimits);
  section.items = {Say(Message::kResolution), Say(Message::kLimitMeasure)};
  if (prices) section.items.push_back(Say(Message::kLimitBought));
  section.items.push_back(Say(Message::kLimitUses));
  section.items.push_back(
      Say(proof == Proof::kFacts ? Message::kLimitProof : Message::kLimitSums));
  return section;
}

}  // namespace influence
