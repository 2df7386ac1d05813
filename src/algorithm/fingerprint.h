// Identifies an algorithm, released or custom, by the digest of its table.
#ifndef INFLUENCE_ALGORITHM_FINGERPRINT_H_
#define INFLUENCE_ALGORITHM_FINGERPRINT_H_

#include <string>

#include "model/algorithm.h"

namespace influence {

// The canonical text of an algorithm, and its SHA-256 in hex. README.md defines
// the format; sha256sum recomputes the fingerprint.
std::string CanonicalText(const Algorithm& algorithm);
std::string Fingerprint(const Algorithm& algorithm);

}  // namespace influence

#endif  // INFLUENCE_ALGORITHM_FINGERPRINT_H_
