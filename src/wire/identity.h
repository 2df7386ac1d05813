// Of what a result is, as it was given.
#ifndef INFLUENCE_WIRE_IDENTITY_H_
#define INFLUENCE_WIRE_IDENTITY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "model/error.h"

namespace influence {

// An Identity as it was given: by field number, its value as text, and the
// fields themselves. Fields that only a later library knows are kept too.
struct GivenIdentity {
  std::map<uint32_t, std::string> values;
  std::map<uint32_t, std::string> fields;  // as bytes of the message
  std::string_view algorithm, fingerprint;
  std::optional<int32_t> as_of_days;

  // Sets a text field, as a library knows it of itself.
  void Set(uint32_t field, std::string_view text);
};

// MALFORMED, INVALID_UTF8, TOO_LARGE. Views point into `bytes`.
Error ReadIdentity(std::string_view bytes, GivenIdentity* identity);

}  // namespace influence

#endif  // INFLUENCE_WIRE_IDENTITY_H_
