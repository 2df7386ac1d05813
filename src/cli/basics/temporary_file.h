// Files without a name, for what does not fit into memory.
#ifndef INFLUENCE_CLI_BASICS_TEMPORARY_FILE_H_
#define INFLUENCE_CLI_BASICS_TEMPORARY_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace influence::cli {

// The folder of such files if the options name none: $TMPDIR, or /tmp.
std::string TemporaryFolder();

// A file that no folder lists: it is gone with this command however that ends,
// by a signal that nobody can handle included. Written at its end, read
// anywhere.
class TemporaryFile {
 public:
  // Throws Failure(kInternal), as Write() and ReadAt() do: also for a full
  // disk, which loses nothing but the work.
  explicit TemporaryFile(const std::string& folder);
  ~TemporaryFile();
  TemporaryFile(TemporaryFile&& other) noexcept;
  TemporaryFile& operator=(TemporaryFile&&) = delete;

  void Write(const void* bytes, size_t size);
  // Reads exactly that many bytes.
  void ReadAt(uint64_t offset, void* to, size_t size) const;

  // The size of all that was written.
  uint64_t size() const { return size_; }

 private:
  [[noreturn]] void Fail() const;

  std::string folder_;
  int descriptor_ = -1;
  uint64_t size_ = 0;
};

}  // namespace influence::cli

#endif  // INFLUENCE_CLI_BASICS_TEMPORARY_FILE_H_
