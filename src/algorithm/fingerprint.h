// What identifies an algorithm, released or custom.
#ifndef INFLUENCE_ALGORITHM_FINGERPRINT_H_
#define INFLUENCE_ALGORITHM_FINGERPRINT_H_

#include <string>

#include "model/algorithm.h"

namespace influence {

// The text that identifies an algorithm, and its SHA-256 in hex. README.md
// gives the format; anybody can recompute it with sha256sum.
std::string CanonicalText(const Algorithm& algorithm);
std::string Fingerprint(const Algorithm& algorithm);

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_FINGERPRINT_H_
