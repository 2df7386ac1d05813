// A population and what another formula does to it, on a page.
#ifndef INFLUENCE_RENDER_POPULATION_H_
#define INFLUENCE_RENDER_POPULATION_H_

#include "messages/messages.h"
#include "render/identity.h"
#include "render/page.h"

namespace influence {

// Requires what CheckDrift() accepts.
Page PageOf(const msg::DriftReport& drift, const Origin& origin);

}  // namespace influence

#endif  // INFLUENCE_RENDER_POPULATION_H_
