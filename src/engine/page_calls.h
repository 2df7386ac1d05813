// Renders stored results as pages. A result is recomputed first, so that no
// page can show a number that its data does not produce.
#ifndef INFLUENCE_ENGINE_PAGE_CALLS_H_
#define INFLUENCE_ENGINE_PAGE_CALLS_H_

#include <string>
#include <string_view>

#include "engine/engine.h"
#include "messages/enums.h"
#include "model/error.h"

namespace influence {

// Renders the page of a serialized RenderRequest. Fails with NOT_VERIFIED if a
// result does not follow from its data; otherwise as influence_render().
Error RenderPage(std::string_view bytes, ByteBuffer* out);

// INVALID_ARGUMENT, "rendering", for a text in a response that a library built
// without pages cannot give.
Error CheckPages(Rendering rendering);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_PAGE_CALLS_H_
