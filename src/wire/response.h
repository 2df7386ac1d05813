// ScoreResponse, AlgorithmDescription and AlgorithmList messages, written.
//
// The bytes are canonical: protobuf's own C++, Go and Java serializers write
// the same ones for the same values.
#ifndef INFLUENCE_WIRE_RESPONSE_H_
#define INFLUENCE_WIRE_RESPONSE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/algorithm.h"
#include "model/error.h"
#include "model/ledger.h"
#include "model/profile.h"
#include "wire/byte_buffer.h"

namespace influence {

struct Identity {
  std::string_view algorithm;
  std::string_view fingerprint;
  std::string_view library_version;
  std::string input_digest;
  std::optional<int32_t> as_of_days;
  StandingIdentity standing;
};

// The parts of a ScoreResponse, appended in this order.
void AppendIdentity(const Identity& identity, ByteBuffer* out);
void AppendResult(const Profile& profile, const Ledger& ledger, Detail detail,
                  std::string_view text, ByteBuffer* out);
void AppendError(std::string_view profile_id, const Error& error,
                 ByteBuffer* out);

struct Description {
  Algorithm algorithm;
  std::string fingerprint;
  std::vector<PriceLine> prices;
};

void AppendDescription(const Description& description, ByteBuffer* out);
void AppendList(std::string_view library_version, uint32_t abi_version,
                const std::vector<Description>& descriptions, ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_WIRE_RESPONSE_H_
