#include "render/identity.h"

#include <algorithm>
#include <utility>

namespace influence {
namespace {

// Identity's fields in the order of a page; see proto/influence.proto. What
// names a thing and not its bytes comes first.
struct FieldInfo {
  uint32_t number;
  Message name;
  enum Kind { kText, kCount, kDay, kDigest } kind;
};
constexpr FieldInfo kFields[] = {
    {1, Message::kRowAlgorithm, FieldInfo::kText},
    {11, Message::kRowGraphNodes, FieldInfo::kCount},
    {12, Message::kRowGraphEdges, FieldInfo::kCount},
    {14, Message::kRowTeleport, FieldInfo::kCount},
    {15, Message::kRowIterations, FieldInfo::kCount},
    {5, Message::kRowAsOf, FieldInfo::kDay},
    {3, Message::kRowScoredBy, FieldInfo::kText},
    {0, Message::kRowOther, FieldInfo::kText},  // what this library knows not
    {10, Message::kRowGraph, FieldInfo::kDigest},
    {13, Message::kRowSeeds, FieldInfo::kDigest},
    {2, Message::kRowFingerprint, FieldInfo::kDigest},
    {4, Message::kRowInput, FieldInfo::kDigest},
};

const FieldInfo& InfoOf(uint32_t number) {
  const FieldInfo* other = nullptr;
  for (const FieldInfo& info : kFields) {
    if (info.number == number) return info;
    if (info.number == 0) other = &info;
  }
  return *other;
}

// The number that it is, of at most `digits` digits; else -1.
int64_t NumberIn(const std::string& value, size_t digits) {
  const bool is_number = !value.empty() && value.size() <= digits &&
                         std::all_of(value.begin(), value.end(), [](char c) {
                           return c >= '0' && c <= '9';
                         });
  return is_number ? std::stoll(value) : -1;
}

}  // namespace

Argument FieldName(uint32_t field) {
  const Message name = InfoOf(field).name;
  return name == Message::kRowOther ? Inner({name, {Count(field)}})
                                    : Word(name);
}

// A day that a calendar of four digits has, a number, or the text as it is.
Argument FieldValue(uint32_t field, const std::string& value) {
  constexpr int64_t kLastDay = 2'932'896;  // 9999-12-31
  if (value.empty()) return Word(Message::kNotStatedThere);
  const FieldInfo::Kind kind = InfoOf(field).kind;
  if (kind == FieldInfo::kDay) {
    const int64_t day = NumberIn(value, 7);
    if (day >= 0 && day <= kLastDay) return Day(static_cast<int32_t>(day));
  } else if (kind == FieldInfo::kCount) {
    const int64_t count = NumberIn(value, 18);
    if (count >= 0) return Count(static_cast<uint64_t>(count));
  }
  return Text(value);
}

bool IsDigest(uint32_t field) {
  return InfoOf(field).kind == FieldInfo::kDigest;
}

std::vector<IdentityField> InOrder(std::vector<IdentityField> fields) {
  std::stable_sort(fields.begin(), fields.end(),
                   [](const IdentityField& a, const IdentityField& b) {
                     return &InfoOf(a.field) < &InfoOf(b.field);
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
    const Argument name = FieldName(one.field);
    if (one.before == one.after) {
      add(Say(name), FieldValue(one.field, one.after));
    } else {
      add({Message::kRowBefore, {name}}, FieldValue(one.field, one.before));
      add({Message::kRowNow, {name}}, FieldValue(one.field, one.after));
    }
  }
  if (!origin.rendered_by.empty()) {
    add(Say(Message::kRowRenderedBy), Text(origin.rendered_by));
  }
  return section;
}

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
