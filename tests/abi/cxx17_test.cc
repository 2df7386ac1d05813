// The public header is valid C++17 by itself, and twice in one program.
#include "influence/influence.h"

int AbiVersionElsewhere();

int main() {
  influence_bytes list{};
  const influence_status status = influence_algorithm_list(&list, nullptr);
  const bool filled = list.data != nullptr && list.size > 0;
  influence_bytes_free(&list);
  return status == INFLUENCE_OK && filled &&
                 AbiVersionElsewhere() == INFLUENCE_ABI_VERSION
             ? 0
             : 1;
}
