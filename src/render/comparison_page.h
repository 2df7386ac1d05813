// Pages that explain a change of score, in points that add up.
#ifndef INFLUENCE_RENDER_COMPARISON_PAGE_H_
#define INFLUENCE_RENDER_COMPARISON_PAGE_H_

#include <vector>

#include "messages/messages.h"
#include "render/identity_section.h"
#include "render/page.h"

namespace influence {

// Requires a comparison that CheckComparison() accepts.
Page PageOf(const msg::CompareResponse& comparison, const Origin& origin);

// The same as sections of a report. The first one is the summary.
std::vector<Section> ChangedSince(const msg::CompareResponse& comparison);

}  // namespace influence

#endif  // INFLUENCE_RENDER_COMPARISON_PAGE_H_
