// The rows of a block that have a value.
#ifndef INFLUENCE_SCORING_VALID_ROWS_H_
#define INFLUENCE_SCORING_VALID_ROWS_H_

#include <cstddef>
#include <cstdint>

#include "model/population_columns.h"

namespace influence {

// Writes the valid rows of a block, a bit each, to `words`, which has room for
// kBlockRows; bits of rows past the block are set. False, and perhaps nothing
// written, if all are valid.
bool LoadRows(const Bitmap& map, size_t entries, size_t begin, size_t rows,
              uint64_t* words);

}  // namespace influence

#endif  // INFLUENCE_SCORING_VALID_ROWS_H_
