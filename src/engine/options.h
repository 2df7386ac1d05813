// Checks that several requests and options share.
#ifndef INFLUENCE_ENGINE_OPTIONS_H_
#define INFLUENCE_ENGINE_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/error.h"

namespace influence {

// TOO_LARGE for a request, of the parameter's name, over the limit of a call.
Error CheckSize(const char* parameter, std::string_view bytes);

// The number of items that a list shows: 10 for 0. OUT_OF_RANGE, of the field
// "top".
inline constexpr uint32_t kMaxTop = 1000;
Error ReadTop(uint32_t asked, size_t* top);

// The rows of a table that a serialized StreamOptions asks for. MALFORMED,
// OUT_OF_RANGE.
Error ReadStreamOptions(std::string_view bytes, size_t* batch_rows);

// A fault of a message whose list has the name of its parameter: a fault
// without a field is the parameter's.
Error OfList(const char* name, Error error);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_OPTIONS_H_
