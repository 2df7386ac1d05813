// Checks that every incoming table must pass. A schema is as untrusted as its
// memory: no text is read beyond a limit, and no child pointer is followed
// unchecked.
#ifndef INFLUENCE_COLUMNS_SCHEMA_CHECKS_H_
#define INFLUENCE_COLUMNS_SCHEMA_CHECKS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "columns/arrow.h"
#include "model/error.h"
#include "model/population_columns.h"

namespace influence {

// More rows than any memory holds. Keeps sizes in bytes from overflowing.
inline constexpr int64_t kMaxRows = int64_t{1} << 48;
// The most columns of a table, or of a struct in it.
inline constexpr int64_t kMaxColumns = 65'536;

// INVALID_ARGUMENT.
Error Refused(const std::string& field, const std::string& why);

// Returns a name or format from the caller for a message: printable ASCII only.
std::string ShownName(const char* text);

// Returns a name or format of a schema, "" for null (names may be null), or
// nothing if it is longer than any known one.
std::optional<std::string_view> Bounded(const char* text);

// Fails unless all children are present and none is released.
Error CheckChildren(const ArrowSchema& schema, const std::string& field);

// Fails unless it is a struct whose children are all present.
Error CheckStruct(const ArrowSchema& schema, const std::string& field);

// Checks the parts that every array has: `length` entries from its own offset
// plus `first` on, in `n_buffers` buffers.
Error CheckArray(const ArrowArray* array, const std::string& field,
                 int64_t n_buffers, size_t n_children, int64_t first,
                 int64_t length);

// Checks a column that is passed through unread: it must have an entry for each
// row of the table.
Error CheckCarried(const ArrowArray* array, const std::string& field,
                   const ArrowArray& table);

// Returns the validity of the entries from `first` on. Requires an array that
// passed CheckArray().
Bitmap Validity(const ArrowArray& array, int64_t first);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_SCHEMA_CHECKS_H_
