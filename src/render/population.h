// A population and what another formula does to it, on a page.
#ifndef INFLUENCE_RENDER_POPULATION_H_
#define INFLUENCE_RENDER_POPULATION_H_

#include "model/stored.h"
#include "render/identity.h"
#include "render/page.h"

namespace influence {

// Requires what ReadDriftResult() accepts.
Page PageOf(const DriftResult& drift, const Origin& origin);

}  // namespace influence

#endif  // INFLUENCE_RENDER_POPULATION_H_
