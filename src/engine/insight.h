// Compare and what-if: bytes in, bytes out.
#ifndef INFLUENCE_ENGINE_INSIGHT_H_
#define INFLUENCE_ENGINE_INSIGHT_H_

#include <functional>
#include <string_view>
#include <vector>

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

// What two sides say of themselves, by number.
std::vector<IdentityField> FieldsOf(const GivenIdentity& before,
                                    const GivenIdentity& after);

// What changed between two sides of one person.
struct ComparedSide {
  const Engine& engine;
  const Profile& profile;
  const GivenIdentity& identity;
};
Comparison Compare(const ComparedSide& before, const ComparedSide& after);

// Calls `use` with what a CompareRequest, or a WhatIfRequest, gives under the
// algorithms that it names; a custom one is a serialized Algorithm, else empty.
Error UseComparison(std::string_view bytes, std::string_view before_algorithm,
                    std::string_view algorithm,
                    const std::function<void(const Comparison&)>& use);
Error UseWhatIf(std::string_view bytes, std::string_view algorithm,
                const std::function<void(const WhatIfAnswer&)>& use);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_INSIGHT_H_
