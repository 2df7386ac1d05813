// The rules for custom algorithms. They bound every number of a table, so that
// one shared evaluator runs it without an overflow check: model/algorithm.h has
// the limits, and an engine is only ever made from a table that passed.
#include "algorithm/custom.h"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>
#include <utility>

namespace influence {
namespace {

// Every rule of a table is INVALID_ALGORITHM, whatever its nature, so that a
// host can tell a bad table from a bad call by the status alone.
Error Fault(std::string field, std::string message) {
  return {Code::kInvalidAlgorithm, std::move(field), std::move(message)};
}

std::string At(const char* list, size_t i, const char* field) {
  return std::string(list) + "[" + std::to_string(i) + "]" +
         (*field ? "." : "") + field;
}

std::string NotIn(Micros value, Micros low, Micros high) {
  return std::to_string(value) + " is not in " + std::to_string(low) + " .. " +
         std::to_string(high);
}

// Lower case only, so that two owners' names cannot differ by case alone.
bool IsNamePart(std::string_view part) {
  const auto is_alnum = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  };
  if (part.empty() || !is_alnum(part.front())) return false;
  return std::all_of(part.begin(), part.end(), [&](char c) {
    return is_alnum(c) || c == '-' || c == '_' || c == '.';
  });
}

// Names without a slash belong to released algorithms, so an owner's "v1" can
// never be taken for the library's.
Error ValidateId(std::string_view id) {
  if (id.empty()) return Fault("id", "is empty; name it owner/name");
  if (id.size() > kMaxAlgorithmIdBytes) {
    return Fault("id", "is longer than " +
                           std::to_string(kMaxAlgorithmIdBytes) + " bytes");
  }
  const size_t slash = id.find('/');
  if (slash == std::string_view::npos) {
    return Fault("id",
                 "names without an owner are reserved for released "
                 "algorithms; use owner/name");
  }
  const std::string_view owner = id.substr(0, slash);
  if (owner == "influence" || owner == "libinfluence") {
    return Fault("id", "the owner '" + std::string(owner) + "' is reserved");
  }
  if (!IsNamePart(owner) || !IsNamePart(id.substr(slash + 1))) {
    return Fault("id",
                 "is not owner/name of a-z 0-9 - _ . with a letter or digit "
                 "first");
  }
  return {};
}

// The first use of each factor and signal, named when a second one is reported.
struct Uses {
  std::array<std::string, kFactorCount> factors;
  std::array<std::string, kSignalCount> signals;
};

// Values of a row sum to at most kMaxRowValue: together with the limits of a
// signal and of a profile this bounds every quantity by kMaxQuantity.
Error ValidateCounts(const Row& row, Uses* uses, const std::string& parent) {
  if (row.counts.empty())
    return Fault("counts", "is empty; nothing is counted");
  Micros total = 0;
  for (size_t i = 0; i < row.counts.size(); ++i) {
    const SignalValue& count = row.counts[i];
    const size_t index = Index(count.signal);
    if (index >= kSignalCount) {
      return Fault(At("counts", i, "signal"), "is not a known signal");
    }
    std::string& first = uses->signals[index];
    if (!first.empty()) {
      return Fault(
          At("counts", i, "signal"),
          std::string(Name(count.signal)) + " is counted already, in " + first);
    }
    first = parent;
    if (count.value < 1 || count.value > kMaxRowValue) {
      return Fault(At("counts", i, "value_micros"),
                   NotIn(count.value, 1, kMaxRowValue));
    }
    total += count.value;  // at most ten values of 10^7
  }
  if (total > kMaxRowValue) {
    return Fault("counts", "the values sum to " + std::to_string(total) +
                               ", over " + std::to_string(kMaxRowValue));
  }
  return {};
}

// Checks one row. A factor with two rows would have two lines in a ledger, so
// it is rejected here.
Error ValidateRow(const Row& row, Uses* uses, const std::string& parent) {
  const size_t index = Index(row.factor);
  if (index >= kFactorCount) return Fault("factor", "is not a known factor");
  std::string& first = uses->factors[index];
  if (!first.empty()) {
    return Fault("factor", std::string(Name(row.factor)) +
                               " has a row already, " + first);
  }
  first = parent;
  if (row.weight < 1 || row.weight > kFullScore) {
    return Fault("weight_micropoints", NotIn(row.weight, 1, kFullScore));
  }
  if (row.full_marks < kOne || row.full_marks > kMaxFullMarks) {
    return Fault("full_marks_micros",
                 NotIn(row.full_marks, kOne, kMaxFullMarks));
  }
  if (row.half_life_units < 0 || row.half_life_units > kMaxHalfLifeUnits) {
    return Fault("half_life_units",
                 NotIn(row.half_life_units, 0, kMaxHalfLifeUnits));
  }
  return ValidateCounts(row, uses, parent);
}

}  // namespace

// Stops at the first fault, in the order of the message. The counts of a row
// are sorted after they were checked, because errors name them by the caller's
// positions.
Error ValidateCustom(Algorithm* algorithm) {
  if (Error error = ValidateId(algorithm->id); !error.ok()) return error;
  if (algorithm->rows.empty()) return Fault("rows", "is empty");
  if (algorithm->age_unit_seconds < 1 ||
      algorithm->age_unit_seconds > kMaxAgeUnit) {
    return Fault("age_unit_seconds",
                 NotIn(algorithm->age_unit_seconds, 1, kMaxAgeUnit));
  }
  if (algorithm->crowd < 1 || algorithm->crowd > kMaxCrowd) {
    return Fault("crowd_micros", NotIn(algorithm->crowd, 1, kMaxCrowd));
  }
  const int64_t teleport = algorithm->standing.teleport;
  if (teleport < 1 || teleport >= kOne) {
    return Fault("standing.teleport_micros", NotIn(teleport, 1, kOne - 1));
  }
  if (algorithm->standing.iterations > kMaxIterations) {
    return Fault("standing.iterations",
                 NotIn(algorithm->standing.iterations, 1, kMaxIterations));
  }
  Uses uses;
  Micros total = 0;
  for (size_t i = 0; i < algorithm->rows.size(); ++i) {
    Row& row = algorithm->rows[i];
    const std::string name = At("rows", i, "");
    if (Error error = ValidateRow(row, &uses, name); !error.ok()) {
      return std::move(error).Within(name);
    }
    total += row.weight;  // at most six rows pass, of 10^8 each
    std::sort(row.counts.begin(), row.counts.end(),
              [](const SignalValue& a, const SignalValue& b) {
                return a.signal < b.signal;
              });
  }
  if (total != kFullScore) {
    return Fault("rows", "the weights sum to " + std::to_string(total) +
                             " micropoints, not " + std::to_string(kFullScore));
  }
  return {};
}

namespace {

// Maps an enumeration value that this library does not know to 0, which no
// algorithm may contain.
template <typename Enum>
Enum Known(Enum value, size_t count) {
  const auto number = static_cast<int32_t>(value);
  return number >= 1 && number <= static_cast<int32_t>(count) ? value : Enum{};
}

}  // namespace

// 0 means v1's number for every field outside the rows, so a message without
// these fields keeps its meaning when a field is added.
Algorithm FromMessage(const msg::Algorithm& message) {
  Algorithm algorithm{};
  algorithm.id = std::string(message.id);
  for (const msg::Row& from : message.rows) {
    Row row{Known(from.factor, kFactorCount),
            from.weight_micropoints,
            from.full_marks_micros,
            from.half_life_units,
            {}};
    for (const msg::SignalValue& count : from.counts) {
      row.counts.push_back(
          {Known(count.signal, kSignalCount), count.value_micros});
    }
    algorithm.rows.push_back(std::move(row));
  }
  if (message.age_unit_seconds != 0) {
    algorithm.age_unit_seconds = message.age_unit_seconds;
  }
  if (message.crowd_micros != 0) algorithm.crowd = message.crowd_micros;
  if (message.standing.has_value()) {
    StandingRule& rule = algorithm.standing;
    if (message.standing->teleport_micros != 0) {
      rule.teleport = message.standing->teleport_micros;
    }
    if (message.standing->iterations != 0) {
      rule.iterations = message.standing->iterations;
    }
  }
  return algorithm;
}

msg::Algorithm MessageOf(const Algorithm& algorithm) {
  msg::Algorithm message;
  message.id = algorithm.id;
  for (const Row& row : algorithm.rows) {
    msg::Row& to = message.rows.emplace_back();
    to.factor = row.factor;
    to.weight_micropoints = row.weight;
    to.full_marks_micros = row.full_marks;
    to.half_life_units = row.half_life_units;
    for (const SignalValue& count : row.counts) {
      to.counts.push_back({count.signal, count.value});
    }
  }
  if (algorithm.age_unit_seconds != kDay) {
    message.age_unit_seconds = algorithm.age_unit_seconds;
  }
  if (algorithm.crowd != kDefaultCrowd) message.crowd_micros = algorithm.crowd;
  if (algorithm.standing != StandingRule()) {
    message.standing = msg::StandingRule{algorithm.standing.teleport,
                                         algorithm.standing.iterations};
  }
  return message;
}

}  // namespace influence
