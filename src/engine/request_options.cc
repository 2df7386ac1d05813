#include "engine/request_options.h"

#include <string>
#include <utility>

#include "codec/codec.h"
#include "engine/engine.h"

namespace influence {
namespace {

// Ten items fit a page; batches of 2^16 rows make the cost per batch
// negligible.
constexpr uint32_t kDefaultTop = 10;
constexpr uint32_t kDefaultBatchRows = uint32_t{1} << 16;
constexpr uint32_t kMaxBatchRows = uint32_t{1} << 20;

}  // namespace

Error CheckSize(const char* parameter, std::string_view bytes) {
  if (bytes.size() <= kMaxRequestBytes) return {};
  return {Code::kTooLarge, parameter,
          std::to_string(bytes.size()) + " bytes; the limit is " +
              std::to_string(kMaxRequestBytes)};
}

Error ReadTop(uint32_t asked, size_t* top) {
  if (asked > kMaxTop) return NotIn("top", asked, 0, kMaxTop);
  *top = asked == 0 ? kDefaultTop : asked;
  return {};
}

Error ReadStreamOptions(std::string_view bytes, size_t* batch_rows) {
  msg::StreamOptions options;
  Error error = Decode(bytes, &options);
  if (error.ok() && options.batch_rows > kMaxBatchRows) {
    error = NotIn("batch_rows", options.batch_rows, 0, kMaxBatchRows);
  }
  if (!error.ok()) return std::move(error).Within("options");
  *batch_rows =
      options.batch_rows == 0 ? kDefaultBatchRows : options.batch_rows;
  return {};
}

Error OfList(const char* name, Error error) {
  return error.field().empty() ? std::move(error).Within(name)
                               : std::move(error);
}

}  // namespace influence
