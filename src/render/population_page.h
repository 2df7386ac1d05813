// Pages of a population, and of the effect of another formula on it.
#ifndef INFLUENCE_RENDER_POPULATION_PAGE_H_
#define INFLUENCE_RENDER_POPULATION_PAGE_H_

#include "messages/messages.h"
#include "render/identity_section.h"
#include "render/page.h"

namespace influence {

// Requires a report that CheckDrift() accepts.
Page PageOf(const msg::DriftReport& drift, const Origin& origin);

}  // namespace influence

#endif  // INFLUENCE_RENDER_POPULATION_PAGE_H_
