// Reads the tables of a tally as profiles. The schema is checked once, so that
// rows can be read without.
#include "cli/client/profile_stream.h"

#include <cstring>
#include <string>
#include <string_view>
#include <utility>

#include "cli/basics/failure.h"
#include "cli/client/library.h"

namespace influence::cli {
namespace {

// Buffers of an array: whether a value is there, then offsets or values.
constexpr size_t kValidity = 0;
constexpr size_t kValues = 1;
constexpr size_t kBytes = 2;

template <typename T>
T At(const ArrowArray& array, size_t buffer, int64_t i) {
  T value;
  std::memcpy(&value,
              static_cast<const char*>(array.buffers[buffer]) +
                  static_cast<size_t>(i + array.offset) * sizeof(T),
              sizeof value);
  return value;
}

bool IsNull(const ArrowArray& array, int64_t i) {
  if (array.buffers[kValidity] == nullptr) return false;
  const auto bit = static_cast<size_t>(i + array.offset);
  const auto* const bits =
      static_cast<const uint8_t*>(array.buffers[kValidity]);
  return (bits[bit / 8] >> (bit % 8) & 1) == 0;
}

std::string_view TextAt(const ArrowArray& array, int64_t i) {
  const auto begin = At<int32_t>(array, kValues, i);
  const auto end = At<int32_t>(array, kValues, i + 1);
  if (begin == end) return {};
  return {static_cast<const char*>(array.buffers[kBytes]) + begin,
          static_cast<size_t>(end - begin)};
}

[[noreturn]] void Unexpected(const char* what) {
  throw Failure(kInternal, std::string("the library's profiles have ") + what);
}

void Require(const ArrowSchema& schema, const char* format) {
  if (std::strcmp(schema.format, format) != 0) {
    Unexpected("a column of another type than the header says");
  }
}

std::string Signal(std::string_view column) {
  constexpr std::string_view kSuffix = "_micros";
  if (column.size() < kSuffix.size()) return "";
  return std::string(column.substr(0, column.size() - kSuffix.size()));
}

}  // namespace

ProfileStream::ProfileStream(ArrowArrayStream* stream,
                             std::function<void()> explain)
    : stream_(*stream), explain_(std::move(explain)) {
  stream->release = nullptr;
  ReadSchema();
}

ProfileStream::~ProfileStream() {
  if (batch_.release != nullptr) batch_.release(&batch_);
  if (stream_.release != nullptr) stream_.release(&stream_);
}

void ProfileStream::ReadSchema() {
  ArrowSchema schema = {};
  if (stream_.get_schema(&stream_, &schema) != 0) Unexpected("no schema");
  const struct Release {
    ArrowSchema* schema;
    ~Release() { schema->release(schema); }
  } release = {&schema};
  bool has_id = false;
  const ArrowSchema* accounts = nullptr;
  for (int64_t i = 0; i < schema.n_children; ++i) {
    const ArrowSchema& child = *schema.children[i];
    const auto index = static_cast<size_t>(i);
    if (std::strcmp(child.name, "id") == 0) {
      Require(child, "u");
      has_id = true;
      id_ = index;
    } else if (std::strcmp(child.name, "accounts") == 0) {
      Require(child, "+l");
      accounts = child.children[0];
      accounts_ = index;
    } else if (std::strcmp(child.name, "standing_micros") == 0) {
      Require(child, "l");
      standing_ = index;
    }
  }
  if (!has_id || accounts == nullptr) Unexpected("no id or no accounts");
  for (int64_t i = 0; i < accounts->n_children; ++i) {
    const ArrowSchema& child = *accounts->children[i];
    const std::string_view name = child.name;
    const auto column = FindColumn(name == "network" ? name : Signal(name));
    if (!column.has_value() || *column == kIdColumn) {
      Unexpected("a column that is not known");
    }
    Require(child, *column == kNetworkColumn ? "u" : "l");
    columns_.push_back(*column);
  }
}

bool ProfileStream::NextBatch() {
  if (batch_.release != nullptr) batch_.release(&batch_);
  batch_ = {};
  row_ = 0;
  if (stream_.get_next(&stream_, &batch_) != 0) {
    explain_();
    ThrowStreamError(&stream_);
  }
  return batch_.release != nullptr;
}

bool ProfileStream::Next(abi1::Profile* profile) {
  while (batch_.release == nullptr || row_ == batch_.length) {
    if (!NextBatch()) return false;
  }
  const int64_t row = row_++ + batch_.offset;
  profile->Clear();
  profile->set_id(std::string(TextAt(*batch_.children[id_], row)));
  const ArrowArray& lists = *batch_.children[accounts_];
  const ArrowArray& items = *lists.children[0];
  const auto end = At<int32_t>(lists, kValues, row + 1);
  for (auto item = At<int32_t>(lists, kValues, row); item < end; ++item) {
    abi1::Account* const account = profile->add_accounts();
    for (size_t i = 0; i < columns_.size(); ++i) {
      const ArrowArray& column = *items.children[i];
      const int64_t at = item + items.offset;
      if (IsNull(column, at)) continue;
      if (columns_[i] == kNetworkColumn) {
        account->set_network(std::string(TextAt(column, at)));
      } else {
        SetSignal(account, columns_[i], At<int64_t>(column, kValues, at));
      }
    }
  }
  if (standing_ && !IsNull(*batch_.children[*standing_], row)) {
    if (profile->accounts().empty()) profile->add_accounts();
    profile->mutable_accounts(0)->set_standing_micros(
        At<int64_t>(*batch_.children[*standing_], kValues, row));
  }
  return true;
}

}  // namespace influence::cli
