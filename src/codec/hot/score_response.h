// Writes the results of a ScoreResponse from the evaluator's ledgers.
//
// A result has about a hundred numbers, and there are millions of results, so
// this path is written by hand; Encode() writes the same bytes, and tests
// compare the two. The bytes are canonical: protobuf's own C++, Go and Java
// serializers write the same ones for the same values.
#ifndef INFLUENCE_CODEC_HOT_SCORE_RESPONSE_H_
#define INFLUENCE_CODEC_HOT_SCORE_RESPONSE_H_

#include <string_view>

#include "base/byte_buffer.h"
#include "messages/enums.h"
#include "model/error.h"
#include "model/ledger.h"
#include "model/profile.h"

namespace influence {

// Appends one of ScoreResponse.results.
void AppendResult(const Profile& profile, const Ledger& ledger, Detail detail,
                  std::string_view text, ByteBuffer* out);
void AppendError(std::string_view profile_id, const Error& error,
                 ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_CODEC_HOT_SCORE_RESPONSE_H_
