// A file for the data that memory has no room for, behind the library's
// callbacks.
#ifndef INFLUENCE_CLI_CLIENT_SPILLED_H_
#define INFLUENCE_CLI_CLIENT_SPILLED_H_

#include <cstddef>
#include <cstdint>
#include <exception>
#include <memory>
#include <string>
#include <utility>

#include "cli/basics/temporary_file.h"

namespace influence::cli {

// Keeps the data, and the exception of a failed call: none may cross C.
class Spilled {
 public:
  explicit Spilled(const std::string& folder) : file_(folder) {}

  // The context of the callbacks: a share that the library holds, and gives
  // back by Release().
  static void* Share(const std::shared_ptr<Spilled>& spilled) {
    return new std::shared_ptr<Spilled>(spilled);
  }
  static void Release(void* context) {
    delete static_cast<std::shared_ptr<Spilled>*>(context);
  }
  static int32_t Write(void* context, const uint8_t* data, size_t size) {
    Spilled* const self = Of(context);
    return self->Try([&] { self->file_.Write(data, size); });
  }
  static int32_t ReadAt(void* context, uint64_t offset, uint8_t* data,
                        size_t size) {
    Spilled* const self = Of(context);
    return self->Try([&] { self->file_.ReadAt(offset, data, size); });
  }
  void Rethrow() {
    if (fault_ != nullptr) std::rethrow_exception(std::exchange(fault_, {}));
  }

 private:
  static Spilled* Of(void* context) {
    return static_cast<std::shared_ptr<Spilled>*>(context)->get();
  }
  template <typename Do>
  int32_t Try(const Do& what) {
    try {
      what();
      return 0;
    } catch (...) {
      fault_ = std::current_exception();
      return 1;
    }
  }

  TemporaryFile file_;
  std::exception_ptr fault_;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_CLIENT_SPILLED_H_
