// Compare and what-if: bytes in, bytes out.
#ifndef INFLUENCE_ENGINE_INSIGHT_H_
#define INFLUENCE_ENGINE_INSIGHT_H_

#include <string_view>

#include "engine/engine.h"
#include "model/error.h"
#include "model/profile.h"
#include "model/stored.h"
#include "wire/byte_buffer.h"
#include "wire/identity.h"

namespace influence {

// Appends the CompareResponse to a CompareRequest.
Error Compare(const Engine& before, const Engine& after, std::string_view bytes,
              ByteBuffer* response);

// Appends the WhatIfResponse to a WhatIfRequest.
Error WhatIf(const Engine& engine, std::string_view bytes,
             ByteBuffer* response);

// What changed between two sides of one person.
struct ComparedSide {
  const Engine& engine;
  const Profile& profile;
  const GivenIdentity& identity;
};
Comparison Compare(const ComparedSide& before, const ComparedSide& after);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_INSIGHT_H_
