#include "model/columns.h"

#include <cstring>

namespace influence {
namespace {

template <typename Value>
Value At(const void* values, size_t i) {
  Value value;
  std::memcpy(&value, static_cast<const char*>(values) + i * sizeof value,
              sizeof value);
  return value;
}

// Of `words` words of 64 bits, the low one first if the machine's bytes are.
bool LoadWide(const void* values, size_t i, size_t words, int64_t* value) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  const size_t low = words - 1;
#else
  const size_t low = 0;
#endif
  const auto lowest = At<int64_t>(values, words * i + low);
  for (size_t word = 0; word < words; ++word) {
    if (word == low) continue;
    if (At<int64_t>(values, words * i + word) != (lowest < 0 ? -1 : 0)) {
      return false;
    }
  }
  *value = lowest;
  return true;
}

}  // namespace

size_t SizeOf(ColumnType type) {
  switch (type) {
    case ColumnType::kInt8:
    case ColumnType::kUint8:
      return 1;
    case ColumnType::kInt16:
    case ColumnType::kUint16:
    case ColumnType::kHalf:
      return 2;
    case ColumnType::kInt32:
    case ColumnType::kUint32:
    case ColumnType::kDecimal32:
    case ColumnType::kFloat:
      return 4;
    case ColumnType::kInt64:
    case ColumnType::kUint64:
    case ColumnType::kDecimal64:
    case ColumnType::kDouble:
      return 8;
    case ColumnType::kDecimal128:
      return 16;
    case ColumnType::kDecimal256:
      return 32;
  }
  return 0;
}

bool LoadInteger(ColumnType type, const void* values, size_t i,
                 int64_t* value) {
  switch (type) {
    case ColumnType::kInt8:
      *value = At<int8_t>(values, i);
      return true;
    case ColumnType::kInt16:
      *value = At<int16_t>(values, i);
      return true;
    case ColumnType::kInt32:
    case ColumnType::kDecimal32:
      *value = At<int32_t>(values, i);
      return true;
    case ColumnType::kInt64:
    case ColumnType::kDecimal64:
      *value = At<int64_t>(values, i);
      return true;
    case ColumnType::kUint8:
      *value = At<uint8_t>(values, i);
      return true;
    case ColumnType::kUint16:
      *value = At<uint16_t>(values, i);
      return true;
    case ColumnType::kUint32:
      *value = At<uint32_t>(values, i);
      return true;
    case ColumnType::kUint64:
      *value = At<int64_t>(values, i);
      return *value >= 0;
    case ColumnType::kDecimal128:
      return LoadWide(values, i, 2, value);
    case ColumnType::kDecimal256:
      return LoadWide(values, i, 4, value);
    case ColumnType::kHalf:
    case ColumnType::kFloat:
    case ColumnType::kDouble:
      break;
  }
  return false;
}

void ReasonColumns::Append(const Fixed<Reason, kMaxReasons>& reasons) {
  for (const Reason& reason : reasons) {
    codes.push_back(static_cast<int8_t>(reason.code));
    factors.push_back(static_cast<int8_t>(reason.factor));
    points.push_back(reason.points);
  }
  ends.push_back(static_cast<int32_t>(codes.size()));
}

}  // namespace influence
