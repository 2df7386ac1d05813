// What every table that comes in is checked for.
#ifndef INFLUENCE_COLUMNS_CHECK_H_
#define INFLUENCE_COLUMNS_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "columns/arrow.h"
#include "model/columns.h"
#include "model/error.h"

namespace influence {

// More rows than any memory holds; keeps sizes in bytes from overflowing.
inline constexpr int64_t kMaxRows = int64_t{1} << 48;

// INVALID_ARGUMENT.
Error Refused(const std::string& field, const std::string& why);

// What a caller sent as a name or format, fit for a message.
std::string Printable(const char* text);

bool IsStruct(const ArrowSchema& schema);

// The memory that every array has, checked: `length` entries from its own
// offset and `first` on, in `n_buffers` buffers.
Error CheckArray(const ArrowArray* array, const std::string& field,
                 int64_t n_buffers, size_t n_children, int64_t first,
                 int64_t length);

// Which entries from `first` on are not null. Requires a checked array.
Bitmap Validity(const ArrowArray& array, int64_t first);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_CHECK_H_
