// Comparisons and what-ifs: requests to responses, serialized or decoded.
#ifndef INFLUENCE_ENGINE_COMPARE_CALLS_H_
#define INFLUENCE_ENGINE_COMPARE_CALLS_H_

#include <string_view>

#include "base/byte_buffer.h"
#include "codec/codec.h"
#include "engine/engine.h"
#include "messages/messages.h"
#include "model/error.h"
#include "model/profile.h"

namespace influence {

// Appends the CompareResponse to a serialized CompareRequest.
Error Compare(const Engine& before, const Engine& after, std::string_view bytes,
              ByteBuffer* response);

// Appends the WhatIfResponse to a serialized WhatIfRequest.
Error WhatIf(const Engine& engine, std::string_view bytes,
             ByteBuffer* response);

// The same for decoded requests, without the text. The answers view what the
// requests view, and the pool.
Error Compare(const Engine& before, const Engine& after,
              const msg::CompareRequest& request, TextPool* pool,
              msg::CompareResponse* response);
Error WhatIf(const Engine& engine, const msg::WhatIfRequest& request,
             TextPool* pool, msg::WhatIfResponse* response);

// Compares two sides of one person. Their identities are not checked. The
// answer views the sides and the pool.
struct ComparedSide {
  const Engine& engine;
  const Profile& profile;
  const msg::Identity& identity;
};
msg::CompareResponse Compare(const ComparedSide& before,
                             const ComparedSide& after, TextPool* pool);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_COMPARE_CALLS_H_
