// Opens files with O_TMPFILE where the file system has it, and else unlinks
// them at once, so that they end with the process.
#include "cli/basics/temporary_file.h"

#include <fcntl.h>
#include <sys/types.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "cli/basics/failure.h"
#include "text/escape.h"

namespace influence::cli {
namespace {

// Opens a file and takes its name away, with no signal in between.
int OpenNamed(const std::string& folder) {
  sigset_t all;
  sigset_t before;
  sigfillset(&all);
  std::string name = folder + "/influence-XXXXXX";
  sigprocmask(SIG_BLOCK, &all, &before);
  const int descriptor = mkostemp(&name[0], O_CLOEXEC);
  if (descriptor >= 0) unlink(name.c_str());
  const int error = errno;
  sigprocmask(SIG_SETMASK, &before, nullptr);
  errno = error;
  return descriptor;
}

int OpenNameless(const std::string& folder) {
#ifdef O_TMPFILE  // not every file system has it
  const int descriptor =
      open(folder.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (descriptor >= 0) return descriptor;
#endif
  return OpenNamed(folder);
}

}  // namespace

std::string TemporaryFolder() {
  const char* const folder = std::getenv("TMPDIR");
  return folder == nullptr || *folder == '\0' ? "/tmp" : folder;
}

TemporaryFile::TemporaryFile(const std::string& folder)
    : folder_(folder), descriptor_(OpenNameless(folder)) {
  if (descriptor_ < 0) Fail();
}

TemporaryFile::TemporaryFile(TemporaryFile&& other) noexcept
    : folder_(std::move(other.folder_)),
      descriptor_(std::exchange(other.descriptor_, -1)),
      size_(other.size_) {}

TemporaryFile::~TemporaryFile() {
  if (descriptor_ >= 0) close(descriptor_);
}

void TemporaryFile::Write(const void* bytes, size_t size) {
  const auto* at = static_cast<const char*>(bytes);
  while (size > 0) {
    const ssize_t written = write(descriptor_, at, size);
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) Fail();
    at += written;
    size -= static_cast<size_t>(written);
    size_ += static_cast<uint64_t>(written);
  }
}

void TemporaryFile::ReadAt(uint64_t offset, void* to, size_t size) const {
  auto* at = static_cast<char*>(to);
  while (size > 0) {
    const ssize_t more =
        pread(descriptor_, at, size, static_cast<off_t>(offset));
    if (more < 0 && errno == EINTR) continue;
    if (more == 0) errno = EIO;  // someone has cut it
    if (more <= 0) Fail();
    at += more;
    offset += static_cast<uint64_t>(more);
    size -= static_cast<size_t>(more);
  }
}

void TemporaryFile::Fail() const {
  const int error = errno;
  std::string text = Printable(folder_) + ": " + std::strerror(error);
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    text +=
        ", for what does not fit into --memory; the input is as it was, and "
        "nothing was written; --temporary-folder names another place";
  }
  throw Failure(kInternal, text);
}

}  // namespace influence::cli
