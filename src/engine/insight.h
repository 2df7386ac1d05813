// Compare and what-if: bytes in, bytes out.
#ifndef INFLUENCE_ENGINE_INSIGHT_H_
#define INFLUENCE_ENGINE_INSIGHT_H_

#include <string_view>

#include "engine/engine.h"
#include "model/error.h"
#include "wire/byte_buffer.h"

namespace influence {

// Appends the CompareResponse to a CompareRequest.
Error Compare(const Engine& before, const Engine& after, std::string_view bytes,
              ByteBuffer* response);

// Appends the WhatIfResponse to a WhatIfRequest.
Error WhatIf(const Engine& engine, std::string_view bytes,
             ByteBuffer* response);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_INSIGHT_H_
