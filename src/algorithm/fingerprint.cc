#include "algorithm/fingerprint.h"

#include "base/sha256.h"

namespace influence {

std::string CanonicalText(const Algorithm& algorithm) {
  std::string text =
      "influence-algorithm 1\n"
      "points weight*min(1,log2(1+x)/log2(1+full_marks))\n"
      "id " +
      algorithm.id + "\n";
  if (algorithm.age_unit_seconds != kDay) {
    text +=
        "age_unit_seconds " + std::to_string(algorithm.age_unit_seconds) + "\n";
  }
  if (algorithm.crowd != kDefaultCrowd) {
    text += "crowd " + std::to_string(algorithm.crowd) + "\n";
  }
  if (algorithm.standing != StandingRule()) {
    text += "standing " + std::to_string(algorithm.standing.teleport) + " " +
            std::to_string(algorithm.standing.iterations) + "\n";
  }
  for (const Row& row : algorithm.rows) {
    text += "factor " + std::string(Name(row.factor)) + " " +
            std::to_string(row.weight) + " " + std::to_string(row.full_marks) +
            " " + std::to_string(row.half_life_units) + "\n";
    for (const SignalValue& count : row.counts) {
      text += "counts " + std::string(Name(count.signal)) + " " +
              std::to_string(count.value) + "\n";
    }
  }
  return text;
}

std::string Fingerprint(const Algorithm& algorithm) {
  return Sha256Hex(CanonicalText(algorithm));
}

}  // namespace influence
