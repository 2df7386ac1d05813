// What every table that comes in is checked for. Its schema is as hostile as
// its memory: no text of it is read beyond a limit, no child is taken on trust.
#ifndef INFLUENCE_COLUMNS_CHECK_H_
#define INFLUENCE_COLUMNS_CHECK_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "columns/arrow.h"
#include "model/columns.h"
#include "model/error.h"

namespace influence {

// More rows than any memory holds; keeps sizes in bytes from overflowing.
inline constexpr int64_t kMaxRows = int64_t{1} << 48;
// The most columns of a table, or of a struct in it.
inline constexpr int64_t kMaxColumns = 65'536;

// INVALID_ARGUMENT.
Error Refused(const std::string& field, const std::string& why);

// What a caller sent as a name or format, fit for a message.
std::string Printable(const char* text);

// A name or format of a schema; "" for null, as a name may be, and none if it
// has more bytes than any that is known.
std::optional<std::string_view> Bounded(const char* text);

// That all children are there; a released one is not.
Error CheckChildren(const ArrowSchema& schema, const std::string& field);

// That it is a struct, whose children are all there.
Error CheckStruct(const ArrowSchema& schema, const std::string& field);

// The memory that every array has, checked: `length` entries from its own
// offset and `first` on, in `n_buffers` buffers.
Error CheckArray(const ArrowArray* array, const std::string& field,
                 int64_t n_buffers, size_t n_children, int64_t first,
                 int64_t length);

// A column that is handed on unread: that it has an entry for each of the
// table's rows.
Error CheckCarried(const ArrowArray* array, const std::string& field,
                   const ArrowArray& table);

// Which entries from `first` on are not null. Requires a checked array.
Bitmap Validity(const ArrowArray& array, int64_t first);

}  // namespace influence

#endif  // INFLUENCE_COLUMNS_CHECK_H_
