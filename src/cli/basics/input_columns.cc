#include "cli/basics/input_columns.h"

namespace influence::cli {
namespace {

struct Accessor {
  void (abi1::Account::*set)(int64_t);
  bool (abi1::Account::*has)() const;
  int64_t (abi1::Account::*get)() const;
};

#define ACCESSOR(name)                          \
  Accessor{&abi1::Account::set_##name##_micros, \
           &abi1::Account::has_##name##_micros, \
           &abi1::Account::name##_micros},
constexpr std::array<Accessor, kColumns - kFirstSignalColumn> kAccessors = {
    INFLUENCE_CLI_SIGNALS(ACCESSOR)};
#undef ACCESSOR

}  // namespace

std::optional<size_t> FindColumn(std::string_view name) {
  for (size_t i = 0; i < kColumns; ++i) {
    if (kColumnNames[i] == name) return i;
  }
  return std::nullopt;
}

void SetSignal(abi1::Account* account, size_t column, int64_t micros) {
  (account->*kAccessors[column - kFirstSignalColumn].set)(micros);
}

std::optional<int64_t> GetSignal(const abi1::Account& account, size_t column) {
  const Accessor& accessor = kAccessors[column - kFirstSignalColumn];
  if (!(account.*accessor.has)()) return std::nullopt;
  return (account.*accessor.get)();
}

}  // namespace influence::cli
