// Of which graph a standing is, as the metadata of a table says it.
#ifndef INFLUENCE_ENGINE_STANDING_METADATA_H_
#define INFLUENCE_ENGINE_STANDING_METADATA_H_

#include "columns/build.h"
#include "model/error.h"
#include "model/standing.h"

namespace influence {

// Puts it in, in place of what was there; nothing if it is not stated.
void SetStanding(const StandingIdentity& identity, Metadata* metadata);

// What either says, or both. INVALID_ARGUMENT if they differ, or the metadata
// is not all of it.
Error Unite(const Metadata& metadata, StandingIdentity* identity);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_STANDING_METADATA_H_
