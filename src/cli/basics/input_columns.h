// The columns of the input: what each is called and which field it fills.
#ifndef INFLUENCE_CLI_BASICS_INPUT_COLUMNS_H_
#define INFLUENCE_CLI_BASICS_INPUT_COLUMNS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "influence/abi1/influence.pb.h"

namespace influence::cli {

inline constexpr size_t kIdColumn = 0;
inline constexpr size_t kNetworkColumn = 1;
inline constexpr size_t kFirstSignalColumn = 2;

// The signals in the order of influence/abi1/influence.proto, each named as its
// field without "_micros": the command's only list of them.
// clang-format off
#define INFLUENCE_CLI_SIGNALS(SIGNAL) \
  SIGNAL(mentions) SIGNAL(replies) SIGNAL(saves) SIGNAL(likes) \
  SIGNAL(reshares) SIGNAL(quotes) SIGNAL(listings) SIGNAL(followers) \
  SIGNAL(standing) SIGNAL(endorsements)
// clang-format on

#define INFLUENCE_CLI_ONE(name) +1
inline constexpr size_t kColumns =
    kFirstSignalColumn + (0 INFLUENCE_CLI_SIGNALS(INFLUENCE_CLI_ONE));
#undef INFLUENCE_CLI_ONE
static_assert(kColumns == kFirstSignalColumn + abi1::Signal_MAX);

// Names of CSV columns and of JSONL keys.
#define INFLUENCE_CLI_NAME(name) , #name
inline constexpr std::array<std::string_view, kColumns> kColumnNames = {
    "id", "network" INFLUENCE_CLI_SIGNALS(INFLUENCE_CLI_NAME)};
#undef INFLUENCE_CLI_NAME

// The column of that name, if there is one.
std::optional<size_t> FindColumn(std::string_view name);

// Sets the signal of a column. Requires column >= kFirstSignalColumn.
void SetSignal(abi1::Account* account, size_t column, int64_t micros);

// The signal of a column, if it is set. Requires the same.
std::optional<int64_t> GetSignal(const abi1::Account& account, size_t column);

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_INPUT_COLUMNS_H_
