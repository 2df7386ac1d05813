// Of which graph a standing is: the same fields in every message that says so,
// with the same numbers, or in requests for scores from another one on.
#ifndef INFLUENCE_WIRE_STANDING_IDENTITY_H_
#define INFLUENCE_WIRE_STANDING_IDENTITY_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/standing.h"
#include "wire/faults.h"
#include "wire/fields.h"
#include "wire/reader.h"
#include "wire/writer.h"

namespace influence {

inline constexpr size_t kDigestDigits = 64;
inline constexpr size_t kMaxStandingIdentity =
    4 * kMaxVarintField + 2 * MaxBytesField(kDigestDigits);

class StandingFields {
 public:
  // `first` is the number of the first of them.
  explicit StandingFields(
      uint32_t first = field::standing_identity::kGraphDigest)
      : shift_((first - field::standing_identity::kGraphDigest) << 3) {}

  // Reads the current field if it is one of these; else false.
  bool Read(Reader* in);
  // What was read, or nothing. Faults: INVALID_UTF8, INVALID_ARGUMENT (some
  // are stated and some are not, or a digest is not one), OUT_OF_RANGE.
  void Finish(StandingIdentity* identity, FirstFault* fault) const;

 private:
  uint32_t shift_;  // of their tags
  std::string_view graph_digest_, seeds_digest_;
  uint64_t nodes_ = 0;
  uint64_t edges_ = 0;
  int64_t teleport_ = 0;
  uint32_t iterations_ = 0;
};

// Whether it is 64 digits of 0-9 and a-f.
bool IsDigest(std::string_view text);

// Writes nothing if it is not stated.
void WriteStandingIdentity(const StandingIdentity& identity, Writer* out);

}  // namespace influence

#endif  // INFLUENCE_WIRE_STANDING_IDENTITY_H_
