// influence_error at the C boundary: an Error that the caller owns. Texts are
// converted to UTF-8 here, once, because the header promises it of all of them.
#include "model/error.h"

#include <limits>
#include <new>
#include <utility>

#include "base/utf8.h"
#include "boundary.h"
#include "influence/influence.h"

namespace influence::boundary {
namespace {

// Column names and messages of input streams are the caller's bytes and may not
// be UTF-8.
Error InUtf8(Error error) {
  if (IsUtf8(error.field()) && IsUtf8(error.message())) return error;
  Error readable(error.code(), Readable(error.field()),
                 Readable(error.message()));
  if (!error.row().has_value()) return readable;
  return std::move(readable).AtRow(*error.row());
}

}  // namespace

// The status never depends on whether memory for the error was found.
influence_status Fail(Error failure, influence_error** error) noexcept {
  const auto status = static_cast<influence_status>(failure.code());
  if (failure.ok() || error == nullptr) return status;
  try {
    *error = reinterpret_cast<influence_error*>(
        new Error(InUtf8(std::move(failure))));
  } catch (const std::bad_alloc&) {
    *error = nullptr;
  }
  return status;
}

influence_status Fail(Code code, const char* field, const char* text,
                      influence_error** error) noexcept {
  const auto status = static_cast<influence_status>(code);
  if (error == nullptr) return status;
  try {
    return Fail(Error(code, field, text), error);
  } catch (const std::bad_alloc&) {
    return status;
  }
}

}  // namespace influence::boundary

namespace {

const influence::Error* FromHandle(const influence_error* handle) {
  return reinterpret_cast<const influence::Error*>(handle);
}

}  // namespace

influence_status influence_error_status(const influence_error* error) {
  return error == nullptr
             ? INFLUENCE_OK
             : static_cast<influence_status>(FromHandle(error)->code());
}

// Texts point into the error and live as long as it does.
const char* influence_error_field(const influence_error* error) {
  return error == nullptr ? "" : FromHandle(error)->field().c_str();
}

// Rows are 64-bit unsigned inside; -1 is reserved for none.
int64_t influence_error_row(const influence_error* error) {
  if (error == nullptr || !FromHandle(error)->row().has_value()) return -1;
  const uint64_t row = *FromHandle(error)->row();
  constexpr auto kMost =
      static_cast<uint64_t>(std::numeric_limits<int64_t>::max());
  return static_cast<int64_t>(row < kMost ? row : kMost);
}

const char* influence_error_text(const influence_error* error) {
  return error == nullptr ? "" : FromHandle(error)->message().c_str();
}

void influence_error_free(influence_error* error) { delete FromHandle(error); }
