// Pages of what-if answers.
#ifndef INFLUENCE_RENDER_WHAT_IF_PAGE_H_
#define INFLUENCE_RENDER_WHAT_IF_PAGE_H_

#include "messages/messages.h"
#include "render/identity_section.h"
#include "render/page.h"

namespace influence {

// Requires an answer that CheckWhatIf() accepts.
Page PageOf(const msg::WhatIfResponse& answer, const Origin& origin);

}  // namespace influence

#endif  // INFLUENCE_RENDER_WHAT_IF_PAGE_H_
