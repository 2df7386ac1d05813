// A stored result on a page: recomputed first, so that no page can say what
// its facts do not give.
#ifndef INFLUENCE_ENGINE_RENDER_H_
#define INFLUENCE_ENGINE_RENDER_H_

#include <string>
#include <string_view>

#include "engine/engine.h"
#include "model/error.h"

namespace influence {

// The page that a serialized RenderRequest asks for. NOT_VERIFIED if a
// result is not what its facts give; else as influence_render().
Error RenderPage(std::string_view bytes, ByteBuffer* out);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_RENDER_H_
