// What the formula would give, on a page.
#ifndef INFLUENCE_RENDER_WHAT_IF_H_
#define INFLUENCE_RENDER_WHAT_IF_H_

#include "model/stored.h"
#include "render/identity.h"
#include "render/page.h"

namespace influence {

Page PageOf(const WhatIfAnswer& answer, const Origin& origin);

}  // namespace influence

#endif  // INFLUENCE_RENDER_WHAT_IF_H_
