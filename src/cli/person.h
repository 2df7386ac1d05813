// One person, found in a population by id.
#ifndef INFLUENCE_CLI_PERSON_H_
#define INFLUENCE_CLI_PERSON_H_

#include <string>
#include <vector>

#include "cli/population.h"

namespace influence::cli {

// Throws Failure(kBadData) if nobody has the id, with ids that are near it, or
// more than one has. `file` is the input's name.
const Person& FindPerson(const std::string& id, const std::string& file,
                         const std::vector<Person>& people);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_PERSON_H_
