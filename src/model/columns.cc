#include "model/columns.h"

namespace influence {

void ReasonColumns::Append(const Fixed<Reason, kMaxReasons>& reasons) {
  for (const Reason& reason : reasons) {
    codes.push_back(static_cast<int8_t>(reason.code));
    factors.push_back(static_cast<int8_t>(reason.factor));
    points.push_back(reason.points);
  }
  ends.push_back(static_cast<int32_t>(codes.size()));
}

}  // namespace influence
