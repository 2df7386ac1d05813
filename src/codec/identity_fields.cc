// Walks the message table of Identity, so that comparisons, pages and their
// differences pick up a new field without a change here. Both sides are walked
// in the same order, which is why the two fill the same list by position.
#include "codec/identity_fields.h"

#include <cstring>
#include <utility>

namespace influence {
namespace {

using msg::Field;
using msg::Kind;
using msg::Label;
using msg::Table;

template <typename Number>
std::string Decimal(const void* value) {
  return std::to_string(*static_cast<const Number*>(value));
}

// Numbers as decimals, enumerations by number: an identity is compared, not
// read.
std::string TextOf(const Field& field, const void* value) {
  switch (field.kind) {
    case Kind::kString:
      return std::string(*static_cast<const std::string_view*>(value));
    case Kind::kInt32:
    case Kind::kSint32:
      return Decimal<int32_t>(value);
    case Kind::kUint32:
      return Decimal<uint32_t>(value);
    case Kind::kInt64:
    case Kind::kSint64:
      return Decimal<int64_t>(value);
    case Kind::kUint64:
      return Decimal<uint64_t>(value);
    case Kind::kBool:
      return *static_cast<const bool*>(value) ? "1" : "0";
    case Kind::kEnum: {  // an object of another type, with these bytes
      int32_t number = 0;
      std::memcpy(&number, value, sizeof number);
      return std::to_string(number);
    }
    case Kind::kMessage:
      break;
  }
  return {};
}

// Adds the fields below `prefix` of one side. Walking both sides in the same
// order puts the same field at the same place.
class Walk {
 public:
  explicit Walk(std::string IdentityField::*side) : side_(side) {}

  void Message(const Table& table, const std::string& prefix,
               const void* message, std::vector<IdentityField>* fields) {
    for (size_t f = 0; f < table.count; ++f) {
      const Field& field = table.fields[f];
      const std::string path = prefix + field.name;
      const void* member =
          message == nullptr ? nullptr
                             : static_cast<const char*>(message) + field.offset;
      if (member != nullptr && field.label != Label::kPlain) {
        member =
            field.ops->count(member) == 0 ? nullptr : field.ops->get(member, 0);
      }
      if (field.kind == Kind::kMessage) {
        Message(*field.table, path + ".", member, fields);
        continue;
      }
      if (at_ == fields->size()) fields->push_back({path, {}, {}});
      IdentityField& to = (*fields)[at_++];
      if (member == nullptr) continue;
      std::string text = TextOf(field, member);
      // A plain number that is zero is not stated.
      if (field.label == Label::kPlain && field.kind != Kind::kString &&
          text == "0") {
        continue;
      }
      to.*side_ = std::move(text);
    }
  }

 private:
  std::string IdentityField::*side_;
  size_t at_ = 0;
};

}  // namespace

// Walks both sides completely, then drops the fields that neither has.
std::vector<IdentityField> FieldsOf(const msg::Identity& before,
                                    const msg::Identity& after) {
  std::vector<IdentityField> all;
  Walk(&IdentityField::before).Message(msg::kIdentity, "", &before, &all);
  Walk(&IdentityField::after).Message(msg::kIdentity, "", &after, &all);
  std::vector<IdentityField> stated;
  for (IdentityField& field : all) {
    if (field.before.empty() && field.after.empty()) continue;
    stated.push_back(std::move(field));
  }
  return stated;
}

std::vector<IdentityField> FieldsOf(const msg::Identity& identity) {
  return FieldsOf(identity, identity);
}

std::vector<msg::IdentityDifference> DifferencesOf(const msg::Identity& before,
                                                   const msg::Identity& after,
                                                   TextPool* pool) {
  std::vector<msg::IdentityDifference> differences;
  for (IdentityField& field : FieldsOf(before, after)) {
    if (field.before == field.after) continue;
    differences.push_back({pool->Keep(std::move(field.path)),
                           pool->Keep(std::move(field.before)),
                           pool->Keep(std::move(field.after))});
  }
  return differences;
}

Error CheckTexts(const msg::Identity& identity) {
  constexpr size_t kMost = 4'096;
  for (const IdentityField& field : FieldsOf(identity)) {
    if (field.after.size() <= kMost) continue;
    return {Code::kTooLarge, field.path,
            "has " + std::to_string(field.after.size()) +
                " bytes; the limit is " + std::to_string(kMost)};
  }
  return {};
}

}  // namespace influence
