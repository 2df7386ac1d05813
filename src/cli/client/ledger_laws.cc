// Checks a ledger against the laws of influence.proto without the library, so
// that an edited result is found even if the library agreed.
#include "cli/client/ledger_laws.h"

#include <cstdint>

#include "absl/strings/str_cat.h"
#include "cli/basics/printable.h"

namespace influence::cli {
namespace {

constexpr int64_t kFullScore = 100'000'000;  // micropoints

// A sum modulo 2^64, so that no made-up number can overflow.
class Sum {
 public:
  void Add(int64_t value) { sum_ += static_cast<uint64_t>(value); }
  bool Is(int64_t value) const { return sum_ == static_cast<uint64_t>(value); }

 private:
  uint64_t sum_ = 0;
};

void CheckLine(const abi1::Line& line, std::vector<std::string>* broken) {
  Sum points;
  Sum quantity;
  for (const abi1::Part& part : line.parts()) {
    points.Add(part.points_micropoints());
    quantity.Add(part.quantity_micros());
  }
  const std::string name = FactorName(line.factor());
  if (!points.Is(line.points_micropoints())) {
    broken->push_back(name + ": the parts' points do not sum to the line's");
  }
  if (!quantity.Is(line.quantity_micros())) {
    broken->push_back(name +
                      ": the parts' quantities do not sum to the line's");
  }
}

}  // namespace

std::vector<std::string> BrokenLaws(const abi1::Ledger& ledger) {
  std::vector<std::string> broken;
  Sum points;
  Sum covered;
  for (const abi1::Line& line : ledger.lines()) {
    CheckLine(line, &broken);
    points.Add(line.points_micropoints());
    covered.Add(line.covered_micropoints());
  }
  if (!points.Is(ledger.score_micropoints())) {
    broken.emplace_back("the lines' points do not sum to the score");
  }
  if (!covered.Is(ledger.coverage_micropoints())) {
    broken.emplace_back("the lines' covered points do not sum to the coverage");
  }
  if (ledger.low_micropoints() != ledger.score_micropoints()) {
    broken.emplace_back("low is not the score");
  }
  if (ledger.high_micropoints() < ledger.score_micropoints() ||
      ledger.high_micropoints() > kFullScore) {
    broken.emplace_back("high is not between the score and 100 points");
  }
  return broken;
}

std::vector<std::string> Differences(const abi1::Ledger& stored,
                                     const abi1::Ledger& again) {
  std::vector<std::string> differences;
  const google::protobuf::Reflection* reflection = stored.GetReflection();
  const google::protobuf::Descriptor* type = stored.GetDescriptor();
  for (int i = 0; i < type->field_count(); ++i) {
    // Two ledgers that have this field alone.
    abi1::Ledger a = stored;
    abi1::Ledger b = again;
    for (int other = 0; other < type->field_count(); ++other) {
      if (other == i) continue;
      reflection->ClearField(&a, type->field(other));
      reflection->ClearField(&b, type->field(other));
    }
    a.DiscardUnknownFields();
    if (a.SerializeAsString() == b.SerializeAsString()) continue;
    std::string text = type->field(i)->name();
    if (!type->field(i)->is_repeated() &&
        type->field(i)->cpp_type() ==
            google::protobuf::FieldDescriptor::CPPTYPE_INT64) {
      absl::StrAppend(
          &text, " is ", reflection->GetInt64(stored, type->field(i)),
          ", recomputed ", reflection->GetInt64(again, type->field(i)));
    } else {
      text += " is not what is recomputed from the accounts";
    }
    differences.push_back(text);
  }
  if (differences.empty() &&
      stored.SerializeAsString() != again.SerializeAsString()) {
    differences.emplace_back("it has fields that a ledger does not have");
  }
  return differences;
}

}  // namespace influence::cli
