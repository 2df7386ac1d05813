// Renders stored results as pages. A result is recomputed first, so that no
// page can show a number that its data does not produce.
#ifndef INFLUENCE_ENGINE_RENDER_H_
#define INFLUENCE_ENGINE_RENDER_H_

#include <string>
#include <string_view>

#include "engine/engine.h"
#include "model/error.h"

namespace influence {

// Renders the page of a serialized RenderRequest. Fails with NOT_VERIFIED if a
// result does not follow from its data; otherwise as influence_render().
Error RenderPage(std::string_view bytes, ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_RENDER_H_
