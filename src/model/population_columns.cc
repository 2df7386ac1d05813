// Reads single numbers out of columns of any numeric type. Buffers of the
// caller need no alignment, so every load is a memcpy; wide decimals are read
// word by word in the machine's byte order.
#include "model/population_columns.h"

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

// Word `word`, from the low end, of a value of `words` words of 64 bits, which
// lie as the bytes of the machine do.
int64_t WordOf(const void* values, size_t i, size_t words, size_t word) {
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = words - 1 - word;
#endif
  return At<int64_t>(values, words * i + word);
}

// A value fits an int64_t if every higher word only repeats the sign of the
// lowest one.
bool LoadWide(const void* values, size_t i, size_t words, int64_t* value) {
  *value = WordOf(values, i, words, 0);
  for (size_t word = 1; word < words; ++word) {
    if (WordOf(values, i, words, word) != (*value < 0 ? -1 : 0)) return false;
  }
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

bool LoadDecimal(ColumnType type, const void* values, size_t i, uint64_t* high,
                 uint64_t* low) {
  const size_t words = SizeOf(type) / sizeof(int64_t);
  if (words < 2) {
    int64_t value = 0;
    if (!LoadInteger(type, values, i, &value) || value < 0) return false;
    *high = 0;
    *low = static_cast<uint64_t>(value);
    return true;
  }
  for (size_t word = 2; word < words; ++word) {
    if (WordOf(values, i, words, word) != 0) return false;
  }
  const int64_t second = WordOf(values, i, words, 1);
  if (second < 0) return false;
  *high = static_cast<uint64_t>(second);
  *low = static_cast<uint64_t>(WordOf(values, i, words, 0));
  return true;
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
