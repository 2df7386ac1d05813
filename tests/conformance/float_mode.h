// The floating-point mode that a host may have set before it calls.
#ifndef INFLUENCE_TESTS_CONFORMANCE_FLOAT_MODE_H_
#define INFLUENCE_TESTS_CONFORMANCE_FLOAT_MODE_H_

#include <string>

namespace influence::conformance {

struct FloatMode {
  std::string rounding = "nearest";  // up, down, zero
  bool flush_to_zero = false;        // and denormals are zero
};

// For the calling thread. False if this processor or build cannot.
bool SetFloatMode(const FloatMode& mode);

}  // namespace influence::conformance

#endif  // INFLUENCE_TESTS_CONFORMANCE_FLOAT_MODE_H_
