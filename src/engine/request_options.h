// Checks that several requests and options share.
#ifndef INFLUENCE_ENGINE_REQUEST_OPTIONS_H_
#define INFLUENCE_ENGINE_REQUEST_OPTIONS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "model/error.h"

namespace influence {

// Fails with TOO_LARGE, naming the parameter, for a request over the limit of a
// call.
Error CheckSize(const char* parameter, std::string_view bytes);

// Reads the number of items that a list shows; 0 defaults to 10. Fails with
// OUT_OF_RANGE and the field "top".
inline constexpr uint32_t kMaxTop = 1000;
Error ReadTop(uint32_t asked, size_t* top);

// Reads the rows per table from a serialized StreamOptions. Fails with
// MALFORMED or OUT_OF_RANGE.
Error ReadStreamOptions(std::string_view bytes, size_t* batch_rows);

// For a message whose list has the name of the parameter: a fault without a
// field gets the parameter's name.
Error OfList(const char* name, Error error);

}  // namespace influence

#endif  // INFLUENCE_ENGINE_REQUEST_OPTIONS_H_
