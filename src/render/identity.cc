#include "render/identity.h"

#include <algorithm>
#include <utility>
#include <vector>

namespace influence {
namespace {

// Identity's fields, by number, in the order of a page.
struct Field {
  uint32_t number;
  Message name;
  bool is_count;
};
constexpr uint32_t kAsOfField = 5;
constexpr Field kFields[] = {
    {1, Message::kRowAlgorithm, false},
    {2, Message::kRowFingerprint, false},
    {kAsOfField, Message::kRowAsOf, false},
    {10, Message::kRowGraph, false},
    {11, Message::kRowGraphNodes, true},
    {12, Message::kRowGraphEdges, true},
    {13, Message::kRowSeeds, false},
    {14, Message::kRowTeleport, true},
    {15, Message::kRowIterations, true},
    {4, Message::kRowInput, false},
    {3, Message::kRowScoredBy, false},
};

const Field* Find(uint32_t number) {
  for (const Field& field : kFields) {
    if (field.number == number) return &field;
  }
  return nullptr;
}

// The number that it is, of at most `digits` digits; else -1.
int64_t NumberIn(const std::string& value, size_t digits) {
  const bool is_number = !value.empty() && value.size() <= digits &&
                         std::all_of(value.begin(), value.end(), [](char c) {
                           return c >= '0' && c <= '9';
                         });
  return is_number ? std::stoll(value) : -1;
}

// "" for a field that is not stated.
std::string ValueIn(const IdentityValues& identity, uint32_t field) {
  const auto found = identity.find(field);
  return found == identity.end() ? "" : found->second;
}

// The fields that either side states, in the order of a page.
std::vector<uint32_t> FieldsOf(const IdentityValues& before,
                               const IdentityValues& now) {
  std::vector<uint32_t> fields;
  const auto add = [&](uint32_t field) {
    if (before.count(field) + now.count(field) > 0) fields.push_back(field);
  };
  for (const Field& field : kFields) add(field.number);
  constexpr uint32_t kMost = 16;  // more than an Identity has
  for (uint32_t field = 1; field < kMost; ++field) {
    if (Find(field) == nullptr) add(field);
  }
  return fields;
}

}  // namespace

Argument FieldName(uint32_t field) {
  const Field* const known = Find(field);
  return known == nullptr ? Inner({Message::kRowOther, {Count(field)}})
                          : Word(known->name);
}

// A day that a calendar of four digits has, a number, or the text as it is.
Argument FieldValue(uint32_t field, const std::string& value) {
  constexpr int64_t kLastDay = 2'932'896;  // 9999-12-31
  if (value.empty()) return Word(Message::kNotStatedThere);
  if (field == kAsOfField) {
    const int64_t day = NumberIn(value, 7);
    return day >= 0 && day <= kLastDay ? Day(static_cast<int32_t>(day))
                                       : Text(value);
  }
  const Field* const known = Find(field);
  const int64_t count =
      known != nullptr && known->is_count ? NumberIn(value, 18) : -1;
  return count >= 0 ? Count(static_cast<uint64_t>(count)) : Text(value);
}

Section IdentityOf(std::string_view person, const IdentityValues* before,
                   const IdentityValues& now, const Origin& origin) {
  Section section;
  section.heading = Say(Message::kHeadIdentity);
  section.table.align = "ll";
  const auto add = [&section](Sentence what, Argument is) {
    section.table.rows.push_back({std::move(what), Say(std::move(is))});
  };
  add(Say(Message::kColumnWhat), Word(Message::kColumnIs));
  if (!person.empty()) add(Say(Message::kRowPerson), Text(person));
  const IdentityValues& other = before == nullptr ? now : *before;
  for (const uint32_t field : FieldsOf(other, now)) {
    const std::string was = ValueIn(other, field), is = ValueIn(now, field);
    if (was == is) {
      add(Say(FieldName(field)), FieldValue(field, is));
    } else {
      add({Message::kIdentityBefore, {FieldName(field)}},
          FieldValue(field, was));
      add({Message::kIdentityNow, {FieldName(field)}}, FieldValue(field, is));
    }
  }
  add(Say(Message::kRowRenderedBy), Text(origin.rendered_by));
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
